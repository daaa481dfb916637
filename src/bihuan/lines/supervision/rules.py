"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.facts import Facts
from bihuan.core.say import Say


def no_decision(f: Facts) -> Say | None:
    """§11: the government decides or its head instructs; the office alone never does."""
    if f.data.get("basis") in ("decision", "instruction", "proposal_approved") and f.data.get("decision"):
        return None
    return Say(
        "立项须有本级政府决定、行政首长指令或经批准的建议,写明文号或批示",
        "To open, give the decision of the government, the instruction of its head or the approved proposal",
    )


def duplicated(f: Facts) -> Say | None:
    """§15 forbids repeated supervision: the shell looks for a case on the same object and matter."""
    reason: Say | None = f.ask["same_matter"](f.case)
    return reason


def no_reason(f: Facts) -> Say | None:
    """These acts change what somebody owes, so they carry their reason."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def not_disputed(f: Facts) -> Say | None:
    """The government names the lead unit only where an assignment came back."""
    if f.case.times.get("agree_object"):
        return None
    return Say("没有异议成立过,由督查机构交办", "No dispute was upheld: the supervision office assigns it")


def no_figures(f: Facts) -> Say | None:
    """A changed target shows the old and the new figure, for the public difference."""
    if f.data.get("target_old") and f.data.get("target_new"):
        return None
    return Say("要写明原目标和新目标", "Give the old and the new target")


def only_papers(f: Facts) -> Say | None:
    """A meeting or a document is no result: evidence points to facts (case, permit, invoice, photograph)."""
    if f.data.get("facts"):
        return None
    return Say(
        "佐证要指向事实(案件号、许可证号、发票、现场照片),会议和发文不算",
        "Evidence must point to facts (case, permit, invoice, photograph); meetings and papers do not count",
    )


def not_true(f: Facts) -> Say | None:
    """ "Done" is concluded only on a verification that found it true."""
    if _last(f, "check_true") > _last(f, "check_short"):
        return None
    return Say("核查没有认定完成,不能作出完成的结论", "The verification did not find it done")


def reviewed_already(f: Facts) -> Say | None:
    """One review for each conclusion told; what a review decided is not reviewed again."""
    asked = max(_last(f, "ask_review"), _last(f, "ask_review_demand"))
    if asked < max(_last(f, "tell"), _last(f, "tell_demand")):
        return None
    return Say("这个结论已经申请过复核", "This conclusion was put to review already")


def not_concluded_done(f: Facts) -> Say | None:
    """Upholding keeps the conclusion that was told, whichever it was."""
    return _unless_last(f, "conclude", Say("原结论不是“完成”", "The conclusion was not “done”"))


def not_concluded_missed(f: Facts) -> Say | None:
    return _unless_last(f, "conclude_missed", Say("原结论不是“未完成”", "The conclusion was not “missed”"))


def not_put_right(f: Facts) -> Say | None:
    """A closed case whose last conclusion was a demand has been put right."""
    return _unless_last(f, "demand", Say("原结论不是要求整改", "The conclusion was no demand"))


def _last(f: Facts, name: str) -> int:
    return max(f.case.times.get(name, ()), default=-1)


def _unless_last(f: Facts, name: str, reason: Say) -> Say | None:
    """The reason, unless `name` is the latest of the conclusions."""
    latest = max(("conclude", "conclude_missed", "demand"), key=lambda kind: _last(f, kind))
    return None if latest == name and _last(f, name) >= 0 else reason
