"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from typing import Any

from bihuan.core.say import Say


def not_reviewed(f: Any) -> Say | None:
    return None if f.case.times.get("review") else Say("尚无审查意见。", "There is no review yet.")
