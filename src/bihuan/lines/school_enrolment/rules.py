"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say


def not_by_lot(f: Facts) -> Say | None:
    """A place, or a place on the waiting list, comes from the rule and the lot, never by hand."""
    return f.ask["unplaced"](f.data.get("lot", ""))


def special_unproved(f: Facts) -> Say | None:
    """A special group is entered only where it was checked."""
    if f.data.get("group") == "none" or "service" in (f.data.get("checked") or ()):
        return None
    return Say("优待身份要核对过才能登记", "A special group is entered only after it was checked")


def no_reason(f: Facts) -> Say | None:
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明哪一项不符合、依据哪一条", "Say what is not met, and by which provision")


def no_school(f: Facts) -> Say | None:
    """Whoever has no place here is told where there is one (§12)."""
    if str(f.data.get("school", "")).strip():
        return None
    return Say("要写明安排到哪所学校：适龄儿童的入学由政府保障（§12）", "Name the school: the government sees to it that every child has one (§12)")  # fmt: skip
