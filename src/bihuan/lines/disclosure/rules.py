"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

CONFIRMED = {"plain_post", "internet", "fax"}


def day_unproved(f: Facts) -> Say | None:
    """The day of receipt depends on the channel (§31): handed in, signed for, or confirmed by both sides."""
    channel = f.data.get("channel", "")
    if channel == "signed_post" and "evidence:signature" not in f.has:
        return Say(
            "邮寄以签收之日为收到之日,要有签收凭证", "By registered post: the signature is needed as proof"
        )
    if channel in CONFIRMED and not f.data.get("confirmed_with"):
        return Say(
            "平信、互联网、传真以双方确认之日为收到之日,要写明与谁确认",
            "Plain post, internet or fax: say with whom the receipt was confirmed",
        )
    if channel not in CONFIRMED | {"in_person", "signed_post"}:
        return Say("要写明提出申请的渠道", "The channel of the request must be given")
    return None


def no_reason(f: Facts) -> Say | None:
    """§36 and §37 ask for reasons wherever information is held back."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def no_ground(f: Facts) -> Say | None:
    """§37: only what falls under one of the grounds of §14 to §16 is held back, so the ground is named."""
    if str(f.data.get("withheld_on", "")).strip():
        return None
    return Say("要写明不公开的部分属于哪种情形", "The ground for what is held back must be named")


def third_untold(f: Facts) -> Say | None:
    """§32: disclosing over a third party's objection, that party is told in writing what and why."""
    objects = any(child.outcome == "objected" for child in f.case.children.values())
    if not objects or "letter:third_party" in f.has:
        return None
    return Say(
        "第三方不同意公开:决定公开的,要先书面告知第三方内容和理由",
        "A third party objects: before disclosing, tell it in writing what and why",
    )


def reasons_not_asked(f: Facts) -> Say | None:
    """§35: only after the applicant was asked to explain."""
    if f.case.times.get("ask_reason"):
        return None
    return Say("没有要求申请人说明理由", "The applicant was not asked for reasons")


def not_clarified(f: Facts) -> Say | None:
    """§30: what is unclear is asked for once, before anything is answered as unclear."""
    if f.case.times.get("supplement"):
        return None
    return Say("没有要求补正或者没有收到补正", "No clarification was asked for, or none has come")


def reasons_missing(f: Facts) -> Say | None:
    """§35: a later date is set only where the reasons given are reasonable."""
    if f.case.times.get("explain"):
        return None
    return Say("申请人没有说明理由,不能确定延迟答复期限", "No reasons were given: no later date can be set")
