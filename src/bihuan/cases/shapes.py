"""What the reads and writes of this app give to their callers: plain frozen rows, no queries inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bihuan.cases.edge import to_datetime
from bihuan.core.authority.duty_list import RULED
from bihuan.core.say import Say
from bihuan.lines.forms import Field


class Refused(Exception):
    """The action is not possible; `reasons` are the sentences the page shows."""

    def __init__(self, reasons: Sequence[Say]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


class BadInput(Exception):
    """What was entered cannot be taken; `faults` are (field, sentence); field "" is the form as a whole."""

    def __init__(self, faults: Sequence[tuple[str, Say]]) -> None:
        super().__init__("; ".join(f"{name}: {say}" for name, say in faults))
        self.faults = list(faults)


class KeyConflict(BadInput):
    """The idempotency key was used before for a different request."""


class NoSuchCase(Exception):
    """There is no such case, or the wall does not show it to this reader."""


class TooMany(Exception):
    """Too many wrong look-up codes from one source; `reason` says when to try again."""

    def __init__(self, reason: Say) -> None:
        super().__init__(reason)
        self.reason = reason


def put_off(error: Exception, tries: int, moment: int) -> dict[str, Any]:
    """{error, tries, again_at} of what failed once more, for whoever repairs it; the pause before the next try doubles
    up to a day."""
    said = f"{type(error).__name__}: {error}"[:2000]
    again = moment + min(86400, 60 * 2 ** min(tries + 1, 20))
    return {"error": said, "tries": tries + 1, "again_at": to_datetime(again)}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives: `kind` is the form's field ("after") or what it is stored as ("evidence:after")."""

    kind: str
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case: its id, its public number, and the look-up code that is shown once."""

    case: int
    number: str
    code: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """One event as stored: `at` and `effective` are core instants."""

    case: int
    number: str
    seq: int
    name: str
    at: int
    effective: int
    state: str
    digest: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An action on the case page: possible if `reasons` is empty, else the sentences why not; its form's fields."""

    name: str
    title: Say
    law: str
    fields: tuple[Field, ...]
    reasons: tuple[Say, ...] = ()
    quits: bool = False
    housekeeping: bool = False
    here: bool = True  # whether the state fits; False: it belongs to another stage of the case


@dataclass(frozen=True, slots=True)
class Head:
    """The case row. All datetimes are aware (+08:00)."""

    id: int
    number: str
    line: str
    line_title: Say
    version: Any
    matter: str
    matter_title: Say
    title: str
    state: str
    state_title: Say
    outcome: str
    final: bool
    holder: str
    holder_title: Say
    units: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    plain_due_at: datetime | None
    stopped: bool
    late: bool
    provisional: bool
    lon: float | None
    lat: float | None
    datum: str
    cell: str
    community: str
    community_title: Say
    street: str
    street_title: Say
    parent: int | None
    data: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""  # late, today, tomorrow, later, stopped, none
    raised_to: Say | None = None  # the unit an overdue case was escalated to, while it is overdue


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue: rows in due order, the cursor of the next page ("" = last), why one may see it."""

    rows: tuple[Head, ...]
    groups: tuple[tuple[str, Say, tuple[Head, ...]], ...]
    next: str
    why: Say


@dataclass(frozen=True, slots=True)
class ClockView:
    """One run of a clock with its due, the sentences why, and the ledger that adds up."""

    code: str
    title: Say
    law: str
    window: bool
    live: bool
    run: Any  # core.time.clock.Run
    due: Any  # core.time.clock.Due
    due_at: datetime
    plain_due_at: datetime
    why: tuple[Say, ...]
    ledger: tuple[Any, ...]  # core.time.clock.Row


@dataclass(frozen=True, slots=True)
class Step:
    """One event on the timeline."""

    seq: int
    name: str
    title: Say
    by: str
    by_title: Say
    unit: str
    unit_title: Say
    at: datetime
    effective: datetime
    dated_back: bool
    automatic: bool
    law: str
    data: tuple[tuple[Say, str], ...]
    documents: tuple[Doc, ...] = ()


@dataclass(frozen=True, slots=True)
class Doc:
    """A document: `url` is where the public copy is served."""

    id: int
    seq: int
    kind: str
    kind_title: Say
    name: str
    mime: str
    size: int
    sha256: str
    url: str
    taken_at: datetime | None
    server_at: datetime
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Masked:
    """A contact as everybody with the case may see it: 张**, 138****1234; `fields` name what reveal shows."""

    name: str
    phone: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildRow:
    id: int
    number: str
    line: str
    line_title: Say
    unit: str
    unit_title: Say
    state_title: Say
    final: bool
    outcome: str
    due_at: datetime | None
    late: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """A piece of the holder bar: `kind` is "worked", "stopped" or "returned"; seconds of elapsed and working time."""

    holder: str
    holder_title: Say
    charged_to: str
    charged_title: Say
    a: datetime
    b: datetime
    elapsed: int
    working: int
    stopped: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """What the duty list says of a matter in a place: the answer, the names of those it may go to, and every unit
    it names with its part and reason."""

    answer: Any  # core.authority.duty.Answer
    takers: tuple[Say, ...]
    options: tuple[tuple[Say, Any], ...] = ()  # name, core.authority.suggest.Suggestion

    @property
    def ruled(self) -> bool:
        """Whether it stands on a ruling."""
        return any(row.kind == RULED for row in self.answer.rows)


@dataclass(frozen=True, slots=True)
class SentBack:
    """The last return, while it is to be decided where the case goes next: who sent it back, why, whom they name."""

    by_title: Say
    why: Say
    reason: str
    unit: str  # the unit named, "" where none could be
    unit_title: Say
    nobody: str
    lacks: Say | None  # why the unit named cannot be dispatched to


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page shows, from a fixed number of queries."""

    head: Head
    folded: Any  # core.case.parts.Case
    line: Any  # core.line.parts.Line
    clocks: tuple[ClockView, ...]
    main: ClockView | None
    holdings: tuple[Holding, ...]
    bill: Mapping[str, Any]  # holder -> core.case.bill.Share
    steps: tuple[Step, ...]
    allowed: tuple[Choice, ...]
    refused: tuple[Choice, ...]
    documents: tuple[Doc, ...]
    children: tuple[ChildRow, ...]
    parent: ChildRow | None
    contact: Masked | None
    duty: Duty | None  # None without a place or a matter
    why: Say  # why this reader may see it
    measured: Any = None  # cases.paced.Measured: lamp and pace, where the line has curves
    near: tuple[Any, ...] = ()  # cases.near.Near: what this report may be one with, while it may be joined
    joined: tuple[str, ...] = ()  # numbers of the reports joined to this case
    again: tuple[Any, ...] = ()  # cases.recur.Again: at this spot before closing and after
    sent_back: SentBack | None = None
    issued: bool = True  # whether letters or certificates were issued in it
    ground: int | None = None  # the stamp of the places it was read with, for its map
    gone: tuple[Any, ...] = ()  # cases.gone.Gone: the deletions of its words
    said: Mapping[str, Any] = field(
        default_factory=dict
    )  # the latest word of every field this reader may see


@dataclass(frozen=True, slots=True)
class Tracked:
    """What number + code show without an account: steps without names of persons, time by holder, dues."""

    head: Head
    clocks: tuple[ClockView, ...]
    main: ClockView | None
    holdings: tuple[Holding, ...]
    bill: Mapping[str, Any]
    steps: tuple[Step, ...]
    documents: tuple[Doc, ...]
    allowed: tuple[Choice, ...]  # what the person who reported or applied may do now
    by: str  # the identity under which that person acts: pass it as act(..., by=)
    measured: Any = None  # cases.paced.Measured: lamp and pace, where the line has curves
    main_case: Any = None  # cases.published.Published: the case this one was joined to
    split_off: tuple[
        tuple[int, Any], ...
    ] = ()  # id, cases.published.Published: problems taken out of this report
    part_of: str = ""  # the number of the report this one was taken out of
    parts: tuple[Any, ...] = ()  # cases.parts.Part: the parts of a bundle
    whole: str = ""  # the number of the bundle this one is a part of
    issued: bool = True  # whether letters or certificates were issued in it
    ground: int | None = None  # the stamp of the places it was read with, for its map
    gone: tuple[Any, ...] = ()  # cases.gone.Gone: the deletions of its words


@dataclass(frozen=True, slots=True)
class Count:
    """Open, late and stopped cases of one place (cell or street code) or line."""

    code: str
    open: int
    late: int
    stopped: int
