"""The parts of a case: events, actors, children, what was held by whom; frozen, and a draft to fold into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from bihuan.core.clock import Limit, Run, Stop, read_limit
from bihuan.core.line_parts import Line, Source
from bihuan.core.say import Say

DAY = 86400
NO_DATA: Mapping[str, Any] = {}


class CaseError(ValueError):
    """Events that cannot be those of one case of this line; `.say` is the sentence."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(f"{say} | {say.en}")


class UnknownAction(CaseError):
    """An event or a request names an action the line does not have."""


@dataclass(frozen=True, slots=True)
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
        if cast(object, self.effective) is None:
            object.__setattr__(self, "effective", self.at)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    are copied by whoever changes them. Sealing turns the very object into a Case: a frozen dataclass pays
    three times as much for each field, and folding is what everything waits for.
    """

    __slots__ = Case.__slots__

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

    def __init__(self, case: Case) -> None:
        self.line, self.id, self.matter, self.parent = case.line, case.id, case.matter, case.parent
        self.state, self.outcome, self.parties = case.state, case.outcome, case.parties
        self.runs, self.times, self.done_by = case.runs.copy(), case.times.copy(), case.done_by.copy()
        self.history, self.children = case.history, case.children
        self.opened, self.closed, self.n_events = case.opened, case.closed, case.n_events
        self.moved, self.last, self.gathered = case.moved, case.last, case.gathered
        self.held, self.halts, self.returns = case.held, case.halts, case.returns

    def sealed(self) -> Case:
        """This draft as a Case; it must not be used as a draft any more."""
        self.__class__ = Case  # type: ignore[assignment]
        return cast(Case, self)


class _OpenRun:
    __slots__ = Run.__slots__


class _OpenStop:
    __slots__ = Stop.__slots__


def run_of(
    clock: str,
    limit: Limit,
    roll: bool,
    start: int,
    extension: int = 0,
    stops: tuple[Stop, ...] = (),
    end: int | None = None,
    how: str = "",
    asked: int | None = None,
) -> Run:
    """A Run, made open and sealed like a draft."""
    run: Any = _OpenRun()
    run.clock = clock
    run.limit = limit
    run.roll = roll
    run.start = start
    run.extension = extension
    run.stops = stops
    run.end = end
    run.how = how
    run.asked = asked
    run.__class__ = Run
    return cast(Run, run)


def stop_of(pause: str, a: int, b: int | None, expiry: int, by_unit: str, event: int) -> Stop:
    """A Stop, made open and sealed like a draft."""
    stop: Any = _OpenStop()
    stop.pause = pause
    stop.a = a
    stop.b = b
    stop.expiry = expiry
    stop.by_unit = by_unit
    stop.event = event
    stop.__class__ = Stop
    return cast(Stop, stop)


def limit_of(line: Line, source: Source, matter: str, day: int, data: Mapping[str, Any] = NO_DATA) -> Limit:
    """The limit a source gives on Day `day`; a missing row, column or declaration raises."""
    if source.kind == "fixed":
        assert source.limit is not None
        return source.limit
    if source.kind == "matter":
        return line.matter(matter, day).limits[source.name]
    if source.kind == "param":
        limit = line.param(source.name, day).limit
        if limit is None:
            raise KeyError(f"{line.code}/params.toml: {source.name} is not a limit")
        return limit
    return read_limit(str(data["limit"]))


def number_of(line: Line, source: Source, day: int) -> int:
    """The number of times a source gives on Day `day`."""
    return source.number if source.kind == "fixed" else int(line.param(source.name, day).value)


class _OpenEvent:
    __slots__ = Event.__slots__


def event_from(row: Mapping[str, Any]) -> Event:
    """An event from its JSON form (Instants as whole numbers)."""
    event: Any = _OpenEvent()
    at, effective = row["at"], row.get("effective")
    event.name, event.at, event.by, event.unit = row["name"], at, row["by"], row.get("unit", "")
    event.data, event.effective = row.get("data") or {}, at if effective is None else effective
    event.role = row.get("role", "")
    event.__class__ = Event
    return cast(Event, event)


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
