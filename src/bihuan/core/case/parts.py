"""The parts of a case: events, actors, children, what was held by whom; frozen, and a draft to fold into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, NamedTuple, cast

from bihuan.core.line.parts import Line, Source
from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.time.clock import Limit, Run, read_limit

DAY = 86400
NO_DATA: Mapping[str, Any] = {}


def is_unit(value: str) -> bool:
    """Whether a party or actor is a unit: neither the number of an account nor a resident nor the system."""
    return bool(value) and not value.isdecimal() and not value.startswith("r:")


class CaseError(ValueError):
    """Events that cannot be those of one case of this line; `.say` is the sentence."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(f"{say} | {say.en}")


class UnknownAction(CaseError):
    """An event or a request names an action the line does not have."""


@record
class Event:
    """An action that happened: recorded `at`, lawful moment `effective` (Instants), by whom."""

    name: str
    at: int
    by: str
    unit: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    effective: int = cast(int, None)  # absent: the recorded moment
    role: str = ""

    def __post_init__(self) -> None:
        effective: object = self.effective
        if effective is None:
            object.__setattr__(self, "effective", self.at)


@record
class Actor:
    """A person acting for one unit, with the posts held there today."""

    id: str
    unit: str = ""
    posts: frozenset[str] = frozenset()


class Doer(NamedTuple):
    """Who did an action, for which unit, recorded when."""

    by: str
    unit: str
    at: int


class Child(NamedTuple):
    """A case this one waits for: `opened`, `settled` as recorded, `lawful` the effective settlement."""

    unit: str
    opened: int
    settled: int | None = None
    outcome: str = ""
    lawful: int | None = None
    item: str = ""


class Held(NamedTuple):
    """From `at` on (recorded) this holder owes the next step; "" is nobody."""

    at: int
    holder: str


class Halt(NamedTuple):
    """A stop of the main clock in recorded moments, and who is billed for it."""

    a: int
    b: int | None
    expiry: int
    billed: str
    children: bool
    pause: str


class Returned(NamedTuple):
    """An agreed return: what `source` held in [a, b] is billed to `target`."""

    a: int
    b: int
    source: str
    target: str


@record
class Case:
    """What the events of one case amount to; `times` are effective moments, bills use recorded ones."""

    line: Line
    id: str
    matter: str
    parent: str
    state: str
    outcome: str
    parties: dict[str, str]
    runs: dict[str, Run]
    history: tuple[Run, ...]
    times: dict[str, tuple[int, ...]]
    done_by: dict[str, tuple[Doer, ...]]
    children: dict[str, Child]
    opened: int | None
    closed: int | None
    n_events: int
    moved: int | None
    last: int | None
    gathered: int | None
    held: tuple[Held, ...]
    halts: tuple[Halt, ...]
    returns: tuple[Returned, ...]
    condition: str
    wanted: tuple[str, ...]

    @property
    def final(self) -> bool:
        return self.line.states[self.state].final

    @property
    def holder(self) -> str:
        """The unit or person that owes the next step now, "" in a final state or before the opening."""
        return self.held[-1].holder if self.held else ""

    @property
    def open_children(self) -> list[str]:
        return [key for key, child in self.children.items() if child.settled is None]

    def run(self, clock: str) -> Run | None:
        """The live run of a clock, else its latest ended one, else None."""
        live = self.runs.get(clock)
        if live is not None:
            return live
        return next((run for run in reversed(self.history) if run.clock == clock), None)


class Draft:
    """A case while events are folded into it: the fields of Case, open to change until sealed.

    Tuples are replaced, never changed; runs, times and done_by are this draft's own; parties and children
    are copied by whoever changes them. Sealing turns the very object into a Case.
    """

    __slots__ = tuple(Case.__annotations__)  # the same places, so that sealing may change the class

    line: Line
    id: str
    matter: str
    parent: str
    state: str
    outcome: str
    parties: dict[str, str]
    runs: dict[str, Run]
    history: tuple[Run, ...]
    times: dict[str, tuple[int, ...]]
    done_by: dict[str, tuple[Doer, ...]]
    children: dict[str, Child]
    opened: int | None
    closed: int | None
    n_events: int
    moved: int | None
    last: int | None
    gathered: int | None
    held: tuple[Held, ...]
    halts: tuple[Halt, ...]
    returns: tuple[Returned, ...]
    condition: str
    wanted: tuple[str, ...]

    def __init__(self, line: Line, id: str = "", matter: str = "", parent: str = "") -> None:
        self.line, self.id, self.matter, self.parent = line, id, matter, parent
        self.state, self.outcome, self.parties = line.first_state, "", {}
        self.runs, self.times, self.done_by = {}, {}, {}
        self.history, self.children = (), {}
        self.opened, self.closed, self.n_events = None, None, 0
        self.moved, self.last, self.gathered = None, None, None
        self.held, self.halts, self.returns = (), (), ()
        self.condition, self.wanted = "", ()

    @classmethod
    def of(cls, case: Case) -> Draft:
        """A draft that begins where the case is; the case stays as it was."""
        self = cls.__new__(cls)
        self.line, self.id, self.matter, self.parent = case.line, case.id, case.matter, case.parent
        self.state, self.outcome, self.parties = case.state, case.outcome, case.parties
        self.runs, self.times, self.done_by = case.runs.copy(), case.times.copy(), case.done_by.copy()
        self.history, self.children = case.history, case.children
        self.opened, self.closed, self.n_events = case.opened, case.closed, case.n_events
        self.moved, self.last, self.gathered = case.moved, case.last, case.gathered
        self.held, self.halts, self.returns = case.held, case.halts, case.returns
        self.condition, self.wanted = case.condition, case.wanted
        return self

    def sealed(self) -> Case:
        """This draft as a Case; it must not be used as a draft any more."""
        self.__class__ = Case  # type: ignore[assignment]
        case: Any = self
        return case  # type: ignore[no-any-return]


def limit_of(
    line: Line, source: Source, matter: str, day: int, data: Mapping[str, Any] = NO_DATA, condition: str = ""
) -> Limit:
    """The limit a source gives on Day `day`, that of the condition where it has one; a missing row, column or
    declaration raises."""
    kind = source.kind
    if kind == "matter":
        if condition and (own := line.conditions_of(matter, day)[condition].limits.get(source.name)):
            return own
        return line.matter(matter, day).limits[source.name]
    if kind == "param":
        limit = line.param(source.name, day).limit
        if limit is None:
            raise KeyError(f"{line.code}/params.toml: {source.name} is not a limit")
        return limit
    if kind == "fixed":
        assert source.limit is not None
        return source.limit
    return read_limit(str(data["limit"]))


def number_of(line: Line, source: Source, day: int) -> int:
    """The number of times a source gives on Day `day`."""
    return source.number if source.kind == "fixed" else int(line.param(source.name, day).value)


def event_from(row: Mapping[str, Any]) -> Event:
    """An event from its JSON form (Instants as whole numbers)."""
    get, at = row.get, row["at"]
    effective = get("effective")
    if effective is None:
        effective = at
    return Event(row["name"], at, row["by"], get("unit", ""), get("data") or {}, effective, get("role", ""))


def event_json(event: Event) -> dict[str, Any]:
    """The JSON form of an event, `event_from` reversed."""
    return {
        "name": event.name,
        "at": event.at,
        "by": event.by,
        "unit": event.unit,
        "data": event.data,
        "effective": event.effective,
        "role": event.role,
    }
