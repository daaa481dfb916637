"""What several reads give to the pages: a commitment with its case, a line of the contents."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.cases.shapes import Head
from bihuan.core.say import Say
from bihuan.targets.models import Commitment


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment and the state of its case."""

    row: Commitment
    lead: Say
    head: Head | None

    @property
    def key(self) -> str:
        return self.row.key


@dataclass(frozen=True, slots=True)
class Section:
    """A line of the contents: where the heading stands, its words, how many marks lie under it."""

    start: int
    level: int
    text: str
    count: int
