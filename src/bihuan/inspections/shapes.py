"""What the reads of inspections give to their callers: frozen values, no queries inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bihuan.core.register import Roster
from bihuan.core.say import Say

COUNTED = ("random", "key_area")  # a targeted check has its reason and is shown beside the cap, not under it
OTHER = "other"
FOLLOWS = {
    "published": Say("没有后续", "nothing follows"), "rectifying": Say("责令改正中", "being put right"),
    "rectified": Say("已改正", "put right"), "handing": Say("待移送立案", "to be handed over"),
    "handed": Say("已移送立案", "handed over to enforcement"),
}  # fmt: skip


class NoSuchTask(LookupError):
    """There is no such task, plan or business here."""


CHANGES = {
    "new": Say("新列入名录", "newly listed"), "kind": Say("不再算这一类", "no longer of this kind"), "closing": Say("标为注销在途", "marked as closing"),
    "valid_until": Say("名录有效期改短", "entry cut short"), "head": Say("改为与总部一处经营", "put with its head office"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a unit says of one of its inspectors: person, number, certificate, specialities, last days."""

    person: str
    unit: str
    iid: str
    certificate: str
    specialities: tuple[str, ...]
    valid_until: date
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The roster of a task as the registers stand, with the names of those on it, how classes moved lately, and what
    of the register's own entries was changed lately that leaves a business out."""

    roster: Roster
    names: Mapping[str, str]
    moves: Mapping[str, int]  # "B→A": how many within 90 days
    changes: Mapping[str, int]  # key of CHANGES: how many within 90 days


@dataclass(frozen=True, slots=True)
class Progress:
    """One draw of a task: `drawn` with the substitutes called in, and how far their inspections are."""

    draw: str
    drawn: int
    taken: int
    inspected: int
    published: int
    dropped: tuple[tuple[Say, int], ...]  # not inspected, by reason
    late: int
    short: int
    secret: bool

    @property
    def not_inspected(self) -> int:
        return sum(n for _, n in self.dropped)

    @property
    def open(self) -> int:
        """Drawn, and neither inspected nor found to be no longer there."""
        return self.drawn - self.inspected - self.not_inspected


@dataclass(frozen=True, slots=True)
class Published:
    """A result as everybody may read it."""

    number: str
    code: str
    name: str
    unit: Say
    items: str
    result: Say
    words: str
    follow: Say
    at: datetime
    random: bool
    draw: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit to a business: by whom, why, registered on the spot or only found in the record of an inspection."""

    at: datetime
    units: Say
    channel: Say
    counted: bool
    basis: str
    number: str
    scanned: bool
    people: int  # 0 where nobody registered how many came


@dataclass(frozen=True, slots=True)
class Door:
    """A business as its own page shows it: visits of the year against the cap."""

    code: str
    name: str
    address: str
    year: int
    cap: int
    source: Say
    visits: Sequence[Seen]
    kinds: tuple[Say, ...]
    cls: Say

    @property
    def counted(self) -> int:
        return sum(one.counted for one in self.visits)

    @property
    def over(self) -> bool:
        return self.counted > self.cap


@dataclass(frozen=True, slots=True)
class Load:
    """One inspector: cases and those still open; relations declared, and whether their share deserves a look."""

    iid: str
    name: str
    unit: Say
    certificate: str
    pools: tuple[Say, ...]
    valid_until: date
    lapsed: bool
    cases: int
    open: int
    relations: int
    share: float  # of the businesses on the register, per cent
    flagged: bool
