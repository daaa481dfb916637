"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say


def must_keep(f: Facts) -> Say | None:
    """What the law keeps for a time is not deleted before it is over (个人信息保护法§47第二款)."""
    if f.case.matter != "kept":
        return None
    until, law = f.ask["said"]("keep_until") or "", f.ask["said"]("keep_law") or ""
    return Say(
        f"法律要求保存到{until}（{law}），期满前不能删除",
        f"The law keeps it until {until} ({law}); it cannot be deleted before",
    )
