"""What the reads of draws give to their callers: frozen values, no queries inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bihuan.core.say import Say


class NoSuchDraw(LookupError):
    """There is no draw of this number."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One that is drawn: rank from 1, its class, its ticket (hex), who goes (in the order dealt), how many are short."""

    rank: int
    sid: str
    stratum: str
    ticket: str
    team: tuple[str, ...]
    short: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a draw came to. `reserves`: substitutes of each class in order; `replaced`: drawn id → its substitute.

    `secret`: not published yet; then no page shows it but through `actions.read_teams`.
    """

    draw: str
    selected: tuple[Selected, ...]
    reserves: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, str]
    secret: bool
    at: datetime

    @property
    def used(self) -> frozenset[str]:
        """Substitutes that were put in somebody's place."""
        return frozenset(self.replaced.values())

    def stratum_of(self, sid: str) -> str | None:
        """The class of one that is drawn or was put in a place; None for anybody else."""
        for one in self.selected:
            if one.sid == sid:
                return one.stratum
        if sid in self.used:
            return next(stratum for stratum, ids in self.reserves.items() if sid in ids)
        return None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One line of a plan period's history: a draw frozen, logged, aborted, its result, a refused second draw."""

    at: datetime
    kind: str  # freeze, seal, abort, result, blind, refused
    draw: str
    said: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A draw in a list: where it stands now."""

    name: str
    title: str
    unit: Say
    period: str
    purpose: str
    sealed: bool
    state: str
    closes: datetime
    at: datetime
    reason: str = ""  # why it was aborted
    tries: int = 0  # how many draws there were for the plan period before
