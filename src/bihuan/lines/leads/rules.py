"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say


def not_theirs(f: Facts) -> Say | None:
    """§21 and §23: the supervision office and the government hand over, each for itself."""
    if f.actor.unit and f.actor.unit in (f.data.get("office"), f.data.get("government")):
        return None
    return Say("由督查机构或者本级政府移送", "The supervision office or the government hands over")


def not_competent(f: Facts) -> Say | None:
    """§23 names who receives; a unit that is no competent body never gets to read a lead."""
    if f.data.get("unit") in f.params["bodies"]:
        return None
    return Say(
        "这个单位不在可以接收移送的有权机关里；没有账号的机关按移送函送达",
        "This unit is no competent body here; one without an account gets the letter on paper",
    )


def no_reason(f: Facts) -> Say | None:
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("退回要写明理由", "Say why it is returned")


def no_result(f: Facts) -> Say | None:
    """What came of it is told in one of four words; more only as far as the law lets it be told."""
    if f.data.get("result"):
        return None
    return Say("要写明处理结果", "Say what came of it")
