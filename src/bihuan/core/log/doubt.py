"""Why bytes are not believed."""

from __future__ import annotations

from bihuan.core.say import Say


class Doubt(ValueError):
    """Something is malformed or does not prove what it claims; `.say` is the sentence."""

    def __init__(self, zh: str, en: str) -> None:
        self.say = Say(zh, en)
        super().__init__(f"{zh} / {en}")
