"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

FOUND = ("符合", "不符合", "不适用")
RANDOM = "random"


def undrawn(f: Facts) -> Say | None:
    """A random check is opened by the published result of a draw and by nothing else; any other carries no draw."""
    draw, code = str(f.data.get("draw", "")), str(f.data.get("subject", ""))
    if f.case.matter == RANDOM:
        return f.ask["undrawn"](draw, code)
    if draw:
        return Say("针对性检查不带抽取编号：不是随机抽的，不能写成随机", "A targeted check carries no draw: what was not drawn is not called random")  # fmt: skip
    return None


def no_origin(f: Facts) -> Say | None:
    """A targeted check says what it comes from."""
    if f.case.matter == RANDOM or str(f.data.get("origin", "")).strip():
        return None
    return Say("针对性检查要写明来源：投诉举报、转办的编号，或者数据监测的出处", "A targeted check names its origin: the number of the complaint or transfer, or the source of the data")  # fmt: skip


def alone(f: Facts) -> Say | None:
    """§42: at least two, both with an account: whoever only has a look-up code inspects nothing."""
    two = {str(f.data.get(key)) for key in ("first", "second")}
    if len(two) == 2 and all(one.isdecimal() for one in two):
        return None
    return Say("执法人员不得少于两人（行政处罚法§42）", "There are at least two inspectors (行政处罚法§42)")


def not_agency(f: Facts) -> Say | None:
    """Whoever opens it acts for the agency that answers for it."""
    if f.actor.unit == f.data.get("agency") and {"officer", "head"} & f.actor.posts:
        return None
    return Say("由发起检查的部门的经办人、负责人立件", "The officer or head of the initiating department opens it")  # fmt: skip


def no_certificate(f: Facts) -> Say | None:
    """The post of an enforcement officer lasts as long as the certificate; without it nobody inspects."""
    if "enforcer" in f.actor.posts:
        return None
    return Say("今天没有有效的执法资格（执法人员岗位），不能检查（行政处罚法§42）", "No valid qualification today (post of enforcement officer): no inspection (行政处罚法§42)")  # fmt: skip


def unanswered(f: Facts) -> Say | None:
    """Every point of the list is answered in one of three words, and none of the list is left out."""
    if "checks" not in f.data:
        return None  # the form asks for it
    rows = {row.get("point"): row.get("found") for row in f.data.get("checks") or ()}
    wanted = [row["point"] for row in f.ask["said"]("points") or ()] or list(rows)
    missing = [point for point in wanted if rows.get(point) not in FOUND]
    if rows and not missing:
        return None
    return Say(
        f"检查表还有 {len(missing) or '全部'} 条没有写“符合、不符合、不适用”",
        f"{len(missing) or 'All'} points of the checklist are not answered",
    )


def unsigned(f: Facts) -> Say | None:
    """Who does not sign is written down with what was said."""
    if f.data.get("signed") == "yes" or str(f.data.get("sign_note", "")).strip():
        return None
    return Say("当事人没有签字的，写明是拒签还是不在场、怎么说的", "Where nobody signed, say whether it was refused and what was said")  # fmt: skip


def backwards(f: Facts) -> Say | None:
    """One leaves after one came."""
    came, left = f.data.get("began_at"), f.data.get("ended_at")
    if not (came and left) or str(came) <= str(left):
        return None
    return Say("离开的时间早于到场的时间", "The time of leaving lies before the time of arrival")


def something_follows(f: Facts) -> Say | None:
    return _unfit(f, "none")


def nothing_to_rectify(f: Facts) -> Say | None:
    return _unfit(f, "rectify")


def nothing_to_hand(f: Facts) -> Say | None:
    return _unfit(f, "enforce")


def _unfit(f: Facts, wanted: str) -> Say | None:
    """What follows is laid down by the kind of result, not chosen when it is published."""
    ways = {"none": "没有后续", "rectify": "责令改正", "enforce": "移送立案"}
    english = {"none": "nothing follows", "rectify": "it is put right", "enforce": "it is handed over"}
    follows = f.params["follow"].get(f.ask["said"]("result"))
    if follows == wanted:
        return None
    return Say(
        f"这种结果的后续是“{ways.get(follows, '没有写明')}”，不能选“{ways[wanted]}”",
        f"With this kind of result {english.get(follows, 'nothing is laid down')}: not {english[wanted]!r}",
    )


def first_stays(f: Facts) -> Say | None:
    return _stays(f, "first")


def second_stays(f: Facts) -> Say | None:
    return _stays(f, "second")


def _stays(f: Facts, party: str) -> Say | None:
    """Only the place of the one who declared is filled anew."""
    last = f.case.done_by.get("avoid", ())
    if last and last[-1].by == f.case.parties.get(party):
        return None
    return Say("申报回避的不是这名检查人", "It is not this inspector who declared")


def same_person(f: Facts) -> Say | None:
    if f.data.get("person") not in (f.case.parties.get("first"), f.case.parties.get("second")):
        return None
    return Say("借调的要是另一个人", "The one who is lent must be somebody else")


def no_words(f: Facts) -> Say | None:
    if str(f.data.get("text", "")).strip():
        return None
    return Say("要写明理由", "Say why")
