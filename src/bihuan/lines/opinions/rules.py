"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say


def no_reason(f: Facts) -> Say | None:
    """§32 looks at whether an objection has good reasons, so an objection carries them."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("不同意的要写明理由", "An objection must give its reasons")
