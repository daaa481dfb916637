"""The parts of a line: what its folder says, as frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bihuan.core.line.bundle import BundleRow
from bihuan.core.say import Say
from bihuan.core.time.clock import Limit
from bihuan.core.time.instant import day_text

ALWAYS = -(10**9)
"""The Day before all days: a row without a date is in force from here."""
RAISED = "raised_to"
"""The party an overdue case was escalated to, as long as the overdue limit lives; it owes nothing."""
CHILDREN = "children"
"""The owner of a state in which the open children owe everything: nobody holds the case, nobody is billed."""
AUTOMATIC = frozenset({"clock", "children", "draw", "opening", "joined"})
SHREDDED = "shredded"
SYSTEM_EVENTS = frozenset({"amend", "child_settled", "redated", "recurs", "recurred", SHREDDED})
"""Events of the core itself: new law, a settled child, a date changed by the published calendar, words that were deleted."""

Rule = Callable[[Any], "Say | None"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a line's folder: file, key and the reason as a sentence."""

    file: str
    key: str
    reason: Say

    @property
    def en(self) -> str:
        return f"{self.file} {self.key}: {self.reason.en}"

    def __str__(self) -> str:
        return f"{self.file} {self.key}: {self.reason}"


class LineError(ValueError):
    """A folder that cannot be read as a line; `faults` lists everything wrong with it."""

    def __init__(self, folder: str, faults: tuple[Fault, ...]) -> None:
        self.folder = folder
        self.faults = faults
        lines = "\n".join(f"  {fault} | {fault.reason.en}" for fault in faults)
        super().__init__(f"{folder}: {len(faults)} 处错误 / faults\n{lines}")


@dataclass(frozen=True, slots=True)
class State:
    name: str
    title: Say
    owner: str = ""
    final: bool = False
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """Who may act: staff of a party holding `post`, or (no post) the party in person."""

    name: str
    party: str
    post: str = ""
    title: Say | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a limit or a number comes from: kind "fixed", "matter", "param" or "declared"."""

    kind: str
    name: str = ""
    limit: Limit | None = None
    number: int = 0

    @property
    def text(self) -> str:
        if self.kind == "fixed":
            return self.limit.text if self.limit is not None else str(self.number)
        return self.kind if self.kind == "declared" else f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Opens:
    """`bundle`: the field that lists the parts asked for; what is opened is then the bundle of the matter."""

    each: str = "children"
    line: str = ""
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """A case of another line opened beside this one where field `unit` is filled in; nobody waits for it.

    `matter` is a code, or `data.KEY` where the form chooses it; `gives` says where each answer of the other line's
    opening form comes from: (its key, kind, key), kind being data, said (the latest word of this case), case (number
    or title of this one) or word (the key itself)."""

    line: str
    unit: str
    matter: str = ""
    note: str = ""
    gives: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rebills:
    since: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    title: Say
    by: tuple[str, ...]
    origin: tuple[str, ...]
    states: frozenset[str]
    law: str
    to: str = ""
    effective: str = ""
    at_most: Source | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sets: tuple[tuple[str, str, str], ...] = ()
    outcome: str = ""
    opens: Opens | None = None
    hands: Hands | None = None
    releases: bool = False
    draws: str = ""
    rebills: Rebills | None = None
    quits: bool = False
    housekeeping: bool = False
    shown_to: tuple[str, ...] = ()
    """Parties whose units may read it; empty: whoever may read the case. Never the public."""
    onward: str = ""
    """The action that follows at once, by the same person, where the form says what that one needs."""
    narrows: str = ""
    """The field that says which condition of its matter the case is opened under: it may have limits of its own."""
    onto: str = ""
    """The action by "joined" that the case this one was joined to gets with it."""
    amends: str = ""
    """The field that says for which area the unit named here is written into the duty list."""
    passes: str = ""
    """The action that every open child gets with it where it may; no further part of the bundle begins."""

    @property
    def anywhere(self) -> bool:
        """Written `from = ["*"]`."""
        return self.origin == ("*",)


@dataclass(frozen=True, slots=True)
class Extend:
    on: str
    at_most: Source
    law: str
    times: int = 1
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A named stop of a clock; `children` says that it waits for child cases."""

    name: str
    clock: str
    on: str
    until: tuple[str, ...]
    at_most: Source
    law: str
    then: str = ""
    billed: str = ""
    children: bool = False


@dataclass(frozen=True, slots=True)
class Remind:
    """A note a clock sends by itself: `near` working days before due, and once due has passed if `late`."""

    on: str
    law: str
    near: Source | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Rise:
    """A step up that an overdue clock takes by itself: at once, or when the limit `after` has passed since due."""

    on: str
    law: str
    after: Source | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    name: str
    title: Say
    law: str
    limit: Source
    starts_on: tuple[str, ...]
    stops_on: tuple[str, ...] = ()
    clears_on: tuple[str, ...] = ()
    reopens_on: tuple[str, ...] = ()
    roll: bool = False
    extend: Extend | None = None
    pauses: tuple[Pause, ...] = ()
    on_expire: str = ""
    effect_from: str = "due"
    grace: Source | None = None
    window: bool = False
    closes: tuple[str, ...] = ()
    remind: Remind | None = None
    rises: tuple[Rise, ...] = ()


@dataclass(frozen=True, slots=True)
class Separate:
    sides: tuple[tuple[str, ...], ...]
    by: str
    law: str
    says: Say | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    name: str
    post: str
    of: str
    sets: str
    event: str
    without: tuple[str, ...] = ()
    hidden_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """One row of matters.csv; `since` is a Day when the file dates its rows, else the first day of all."""

    code: str
    name: str
    columns: Mapping[str, str]
    limits: Mapping[str, Limit]
    since: int = ALWAYS

    @property
    def name_en(self) -> str:
        return self.columns.get("name_en") or self.name


@dataclass(frozen=True, slots=True)
class Param:
    """A dated value: in force from Day `since` until the next row of the same name."""

    name: str
    since: int
    value: Any
    source: str
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class KeptClock:
    name: str
    keep: str
    was: str


@dataclass(frozen=True, slots=True)
class Amend:
    """How running cases of version `was` (a Day) come under the new text."""

    was: int
    law: str
    states: Mapping[str, str]
    clocks: Mapping[str, KeptClock]


@dataclass(frozen=True, slots=True)
class Ops:
    """What one action does to clocks and whom it may not meet, worked out once at load."""

    expires: tuple[Clock, ...] = ()
    clears: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[Pause, ...] = ()
    resumes: tuple[Pause, ...] = ()
    extends: tuple[Clock, ...] = ()
    asks: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    starts: tuple[Clock, ...] = ()
    windows: tuple[Clock, ...] = ()
    ends: tuple[Clock, ...] = ()
    rivals: tuple[tuple[Separate, tuple[str, ...]], ...] = ()
    declares: bool = False
    clocks: bool = False
    moves: bool = False
    wide: bool = False
    finishes: tuple[tuple[str, str], ...] = ()  # (clock, how) of all it clears and stops
    sets: bool = False
    rare: bool = False  # pauses, resumes, asks, extends or reopens something
    to: str = ""
    final: bool = False
    owner: str = ""  # the party that owes the next step in `to`
    narrows: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One kind of government business in force from Day `version`; compared by identity."""

    code: str
    version: int
    title: Say
    opens_with: str
    main_clock: str
    outcomes: tuple[str, ...]
    states: Mapping[str, State]
    roles: Mapping[str, Role]
    actions: Mapping[str, Action]
    clocks: Mapping[str, Clock]
    separates: tuple[Separate, ...]
    draws: Mapping[str, Draw]
    matters: Mapping[str, tuple[Matter, ...]]
    params: Mapping[str, tuple[Param, ...]]
    rules: Mapping[str, Rule]
    ops: Mapping[str, Ops]
    digest: str
    folder: str
    forms: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Say] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Mapping[str, Any], ...] = ()
    gaps: tuple[Mapping[str, Any], ...] = ()
    score: Mapping[str, Any] = field(default_factory=dict)
    readme: str = ""
    bundle: tuple[BundleRow, ...] = ()
    conditions: Mapping[str, tuple[Matter, ...]] = field(default_factory=dict)
    amend: Amend | None = None

    @property
    def version_text(self) -> str:
        return day_text(self.version)

    @property
    def first_state(self) -> str:
        """The state in which a case waits for its opening action."""
        return self.actions[self.opens_with].origin[0]

    def matter(self, code: str, day: int) -> Matter:
        """The row of matters.csv in force on `day`; an unknown code or an uncovered day raises KeyError."""
        rows = self.matters.get(code, ())
        if rows and rows[-1].since <= day:
            return rows[-1]
        for row in rows[::-1]:
            if row.since <= day:
                return row
        raise KeyError(f"{self.code}/matters.csv: no matter {code!r} in force on {day_text(day)}")

    def conditions_of(self, matter: str, day: int) -> dict[str, Matter]:
        """The conditions under which a matter may be opened on `day`, by code; {} where it has none."""
        rows = sorted(self.conditions.get(matter, ()), key=lambda row: row.since)
        return {row.code: row for row in rows if row.since <= day}

    def param(self, name: str, day: int) -> Param:
        """The row of params.toml in force on `day`; none raises KeyError, never "the last one"."""
        rows = self.params.get(name, ())
        if rows and rows[-1].since <= day:
            return rows[-1]
        for row in rows[::-1]:
            if row.since <= day:
                return row
        raise KeyError(f"{self.code}/params.toml: no value of {name!r} covers {day_text(day)}")

    def named(self, key: str) -> Say:
        """The name people read for a need such as "letter:consult" or "evidence:after"."""
        return self.names.get(key) or Say(key, key)


def effective_line(versions: Mapping[int, Line], day: int) -> Line:
    """The version of a line in force on `day`; a day before the first version raises KeyError."""
    found = [since for since in versions if since <= day]
    if not found:
        some = next(iter(versions.values())).code if versions else "?"
        raise KeyError(f"{some}: no version in force on {day_text(day)}")
    return versions[max(found)]
