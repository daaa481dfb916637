"""What posts, parties and moments are called, and how a refusal begins."""

from __future__ import annotations

from bihuan.core.line.parts import RAISED, Action, Role
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text, text

POSTS = {
    "collector": ("信息采集员", "collector"),
    "acceptor": ("受理员", "acceptor"),
    "dispatcher": ("派遣员", "dispatcher"),
    "officer": ("经办人", "officer"),
    "checker": ("核查员", "checker"),
    "head": ("负责人", "head"),
    "window": ("窗口", "window clerk"),
    "inspector": ("督查员", "inspector"),
    "reviewer": ("审核人", "reviewer"),
    "enforcer": ("执法人员", "enforcement officer"),
}
PARTIES = {
    "applicant": ("申请人", "the applicant"),
    "reporter": ("上报人", "the person who reported it"),
    "checker": ("抽中的核查员", "the checker drawn for it"),
    "collector": ("派去核实的采集员", "the collector sent to verify it"),
    "centre": ("监督中心", "the supervision centre"),
    "command": ("指挥中心", "the command centre"),
    "handler": ("处置单位", "the handling unit"),
    "agency": ("办理机关", "the agency"),
    "party": ("当事人", "the party"),
    "office": ("公开工作机构", "the disclosure office"),
    "lead": ("主办单位", "the lead unit"),
    "asker": ("征询单位", "the asking unit"),
    "body": ("被征询单位", "the unit asked"),
    "helper": ("会办单位", "the helping unit"),
    "government": ("区政府", "the district government"),
    "inspector": ("督查员", "the inspector"),
    RAISED: ("升级到的单位", "the unit it was escalated to"),
}
SYSTEM = {
    "clock": ("系统到期", "the clock"),
    "children": ("系统（子件办齐时）", "the system once the child cases are settled"),
    "draw": ("系统抽取", "the draw"),
    "joined": ("并案的上报人", "the reporter of a joined case"),
    "opening": ("系统（立件时）", "the opening"),
}


CAME_TO = {
    "whole": Say("每一项都办成", "every part granted"),
    "partly": Say("办成一部分", "some parts granted"),
    "none": Say("哪一项也没办成", "no part granted"),
}
"""What a bundle came to, by core.line.bundle.TOGETHER."""


def post_title(post: str) -> Say:
    """The name of a post; an unnamed one is called by its code."""
    return Say(*POSTS.get(post, (post, post)))


def party_title(party: str) -> Say:
    """The name of a party; an unnamed one is called by its code."""
    return Say(*PARTIES.get(party, (party, party)))


def role_title(role: Role) -> Say:
    """Who may act in this role: the line's own words, else party and post."""
    if role.title is not None:
        return role.title
    party = party_title(role.party)
    if not role.post:
        return party
    post = post_title(role.post)
    return Say(f"{party}的{post}", f"{post.en} of {party.en}")


def system_title(name: str) -> Say:
    """What an automatic actor is called."""
    return Say(*SYSTEM[name])


def cannot(action: Action, zh: str, en: str) -> Say:
    """A refusal that names the action: 不能派遣：…。"""
    title = action.title.en
    return Say(f"不能{action.title}：{zh}。", f"Cannot {title[:1].lower()}{title[1:]}: {en}.")


def moment_text(t: int) -> str:
    """An Instant as people write it; the last second of a day is its 24:00."""
    return f"{day_text(t // 86400)} 24:00" if t % 86400 == 86399 else text(t)
