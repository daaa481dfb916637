"""What following one place over years yields; every statement keeps its sentence, its span and its basis."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.report.shapes import Period, Reading, Span
from bihuan.core.say import Say

VERDICTS = ("kept", "partly", "not", "dropped", "base_changed", "incomparable", "not_rated", "open")
TITLES = {
    "kept": Say("做到", "kept"), "partly": Say("部分做到", "kept in part"), "not": Say("没有做到", "not kept"),
    "dropped": Say("不再提起", "silently dropped"), "base_changed": Say("口径变了", "base changed"),
    "incomparable": Say("不能比", "cannot be compared"), "not_rated": Say("不评", "not rated"),
    "open": Say("还没有下一份报告", "no later report yet"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a place: its file, the year it plans, its text and what was read from it."""

    name: str
    place: str
    year: int
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a figure rests; two figures are compared only where all of it agrees.

    `scope` 规模以上 …, empty = not stated; `price` constant | comparable | current | ""; `area` 市区 …, empty = the
    whole place; `vintage` the year of the report that states it; `settled` False while it is an estimate (预计).
    """

    scope: str
    price: str
    area: str
    vintage: int
    settled: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure or a named thing as one report states it."""

    report: str
    year: int  # of the report
    span: Span
    text: str
    sentence_span: Span
    sentence: str
    name: str  # the indicator under its one name
    printed: str  # the indicator as printed
    value: float | None
    unit: str
    role: str
    comparator: str
    status: str
    period: Period
    basis: Basis
    upper: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise and what the next report says of it, side by side."""

    promise: Statement
    answer: Statement | None
    verdict: str
    reason: Say
    numeric: bool
    due: int  # the year it was promised for


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of the same thing that differ: in reports of one year, or in a later one."""

    kind: str  # contradiction | revision
    one: Statement
    other: Statement
    reason: Say


@dataclass(frozen=True, slots=True)
class Met:
    """How often goals were met: `kept` of `judged` (kept, partly or not). `dropped` and `other` were not judged."""

    kept: int = 0
    partly: int = 0
    missed: int = 0
    dropped: int = 0
    other: int = 0

    @property
    def judged(self) -> int:
        return self.kept + self.partly + self.missed


@dataclass(frozen=True, slots=True)
class Following:
    """One place over years."""

    place: str
    years: tuple[int, ...]
    missing: tuple[int, ...]  # years in between without a report
    pairs: tuple[Followed, ...]
    conflicts: tuple[Conflict, ...]
    readings: tuple[Statement, ...]  # every reported figure with its basis
    met: Met = field(default_factory=Met)
    met_by_name: dict[str, Met] = field(default_factory=dict)
