"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from typing import Any

from bihuan.core.say import Say


def no_duty(f: Any) -> Say | None:
    return None if f.data.get("duty") else Say("该单位无此职权。", "The unit has no duty here.")


def ruled(f: Any) -> Say | None:
    if f.case.times.get("rule"):
        return Say("已指定处置单位，不得再退。", "The unit was named by ruling; no return any more.")
    return None
