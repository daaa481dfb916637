"""The facts a report yields; every span is [a, b) in the original text as decoded."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.say import Say

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """First and last calendar year a figure speaks about."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Meta:
    """Who spoke, for which place, about which years."""

    region: str
    level: str
    speaker: str
    delivered: str
    term_review: tuple[int, int] | None
    term_plan: tuple[int, int] | None
    plan_year: int | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, what it measures, and whether it is done or promised.

    `norm_value` is in `norm_unit`: 元, 平方米, 公里, 人, 户, %, 百分点 or the bare classifier.
    """

    span: Span
    text: str
    value: float
    unit: str
    norm_value: float
    norm_unit: str
    indicator: str
    canonical: str
    role: str
    comparator: str
    status: str
    period: Period
    section: tuple[str, ...]
    part: str
    hedge: str = ""
    upper: float | None = None
    suspicious: bool = False
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A goal that one could later judge, or a stated goal that carries no number."""

    span: Span
    text: str
    indicator: str
    canonical: str
    comparator: str
    norm_value: float | None
    norm_unit: str
    by: int | None
    kind: str
    horizon: str
    section: tuple[str, ...]
    role: str = ""
    stated: bool = True
    hedge: str = ""
    suspicious: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence that says what will be done; a soft one is never kept or broken."""

    span: Span
    text: str
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    projects: tuple[str, ...]
    quantities: tuple[Span, ...]
    horizon: str
    measurability: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the report's own glossary and the places where the body uses it."""

    term: str
    definition: str
    span: Span
    uses: tuple[Span, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A damaged place and the repairs that would make it regular, best first."""

    span: Span
    text: str
    kind: str
    suggestions: tuple[str, ...]
    confidence: float
    why: Say


@dataclass(frozen=True, slots=True)
class Check:
    """One piece of the report's own arithmetic, done again."""

    kind: str
    spans: tuple[Span, ...]
    computed: dict[str, float]
    verdict: str
    severity: str
    finding: Say
    caveat: Say
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """The same matter in several parts of the report."""

    name: str
    mentions: tuple[Span, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one report."""

    meta: Meta
    quantities: tuple[Quantity, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    glossary: tuple[Term, ...] = ()
    suspicious: tuple[Suspect, ...] = ()
    checks: tuple[Check, ...] = ()
    links: tuple[Link, ...] = ()
    furniture: tuple[Span, ...] = field(default=())
