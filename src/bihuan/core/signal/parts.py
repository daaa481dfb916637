"""What signals are told of, and what they find: cases with their pictures in, leads with their reasons out.

A signal blames nobody. It says what is unlikely or does not fit, with the cases it is seen in; people find out why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bihuan.core.case.parts import Case, Event
from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar

PAIRS = 30  # pictures shown with one lead


@record
class Shot:
    """A picture of a case: `at` is when the server had it; what the camera wrote is evidence only."""

    id: int
    number: str
    seq: int
    kind: str
    by: str
    unit: str
    at: int
    taken: int | None = None
    lon: float | None = None
    lat: float | None = None
    bearing: float | None = None


@record
class Twin:
    """A picture and an earlier one that it resembles: so many bits `apart` from it or from what is left of it with
    its edges cut off; `whole` counts only the pictures as they are."""

    new: Shot
    old: Shot
    apart: int
    whole: int


@record
class Told:
    """A case as far as it is known, where it lies, its pictures, and who its parties were after each event."""

    number: str
    case: Case
    events: Sequence[Event]
    parties: Sequence[Mapping[str, str]]
    shots: Sequence[Shot] = ()
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One signal as the line sets it: its parameters are data, its version changes with what it computes."""

    key: str
    version: int
    title: Say
    weight: int
    params: Mapping[str, Any]
    source: str

    def __getitem__(self, name: str) -> Any:
        return self.params[name]


@dataclass(frozen=True)
class Seen:
    """What lies before the signals: cases alive in [since, until), their twins, names to say."""

    told: Sequence[Told]
    since: int
    until: int
    cal: Calendar
    words: Mapping[str, str]
    """What the line calls things: main clock, work, good, bad, more, stop, again, sent, back, agreed."""
    twins: Sequence[Twin] = ()
    names: Mapping[str, Say] = field(default_factory=dict)

    def holds(self, moment: int) -> bool:
        return self.since <= moment < self.until

    def name(self, code: str) -> Say:
        """A unit or person by name."""
        return self.names.get(code) or Say(code, code)

    @cached_property
    def by_number(self) -> Mapping[str, Told]:
        return {one.number: one for one in self.told}

    @cached_property
    def checks(self) -> Sequence[Check]:
        """Every check in the period that followed upon work, oldest case first."""
        return [check for one in self.told for check in checks_of(one, self.words) if self.holds(check.at)]


@record
class Found:
    """A lead: what it is `about`, the cases it is seen in, how heavy it weighs (1 to 100), and the reason."""

    signal: str
    version: int
    about: tuple[str, ...]
    cases: tuple[str, ...]
    weight: int
    say: Say
    pairs: tuple[tuple[int, int, int], ...] = ()
    """Pictures to lay side by side: (document, earlier document, bits apart)."""


@record
class Check:
    """A check of a unit's work: `first` is the first one of its case."""

    number: str
    checker: str
    unit: str
    worked: int
    at: int
    good: bool
    first: bool


def checks_of(one: Told, words: Mapping[str, str]) -> Iterator[Check]:
    """Each feedback of the unit at work with the check that followed it."""
    worked: tuple[int, str] | None = None
    first = True
    for event in one.events:
        if event.name == words["work"]:
            worked = event.at, event.unit
        elif event.name in (words["good"], words["bad"]) and worked is not None:
            good = event.name == words["good"]
            yield Check(one.number, event.by, worked[1], worked[0], event.at, good, first)
            worked, first = None, False


def found(
    rule: Rule,
    about: Iterable[str],
    cases: Iterable[str],
    say: Say,
    pairs: Iterable[tuple[int, int, int]] = (),
) -> Found:
    """A lead of this rule; more cases weigh a little more."""
    numbers = tuple(sorted(set(cases)))
    weight = min(100, rule.weight + min(9, len(numbers) - 1))
    return Found(rule.key, rule.version, tuple(about), numbers, weight, say, tuple(pairs)[:PAIRS])


def per_cent(part: float) -> str:
    """A share as people read it: 97%."""
    return f"{part * 100:.0f}%"


def odds(chance: float) -> Say:
    """A chance as people read it."""
    if chance >= 0.001:
        return Say(f"{chance * 100:.2g}%", f"{chance * 100:.2g} %")
    return Say("不到千分之一", "under one in a thousand")
