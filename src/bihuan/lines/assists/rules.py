"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say


def no_reason(f: Facts) -> Say | None:
    """A body that sends a request back says why it is not its duty."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("退回的要写明为什么不属本单位职责", "Say why it is not your duty")
