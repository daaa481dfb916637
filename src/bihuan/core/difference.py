"""What does not fit what is stored, as every `fsck` tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: where, stored (or, by `word`, published) and computed."""

    where: str
    stored: Any
    computed: Any
    word: str = "stored"

    def __str__(self) -> str:
        return f"{self.where}: {self.word} {self.stored!r}, computed {self.computed!r}"
