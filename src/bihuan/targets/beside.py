"""A hand figure beside the one a formula gave for the same year: the computed one holds, and both are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.core.say import Say
from bihuan.core.score.formula import compare
from bihuan.core.score.pace import figure
from bihuan.lines.scores import indicators
from bihuan.targets.measure import in_unit
from bihuan.targets.models import Reading

NAMELESS = Say("", "")


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it is shown: in `unit`, with its source; a computed one with formula and version too."""

    value: Decimal
    unit: str
    source: str
    formula: str = ""
    version: str = ""
    named: Say = NAMELESS  # the formula in the words of its line

    @property
    def text(self) -> str:
        """4.2万人, with all the digits that are kept."""
        return f"{figure(Fraction(self.value), 4)}{self.unit}"

    @property
    def page(self) -> str:
        """The page of this site that lists what was counted, "" where the source is words."""
        return self.source if self.source.startswith("/") else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is in force for a year, and the hand figure beside it, with how far it lies apart."""

    year: int
    computed: Told
    hand: Told | None
    agree: bool
    words: Say | None


def pairs(rows: Iterable[Reading], unit: str) -> tuple[Pair, ...]:
    """For every year with a computed figure the latest of each kind, by year; `rows` of one indicator in `unit`."""
    computed: dict[int, Told] = {}
    by_hand: dict[int, Told] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        kind = computed if row.kind == Reading.Kind.COMPUTED else by_hand
        kind[row.year] = told(row, row.value, unit)
    return tuple(pair(year, one, by_hand.get(year)) for year, one in sorted(computed.items()))


def told(row: Reading, value: Decimal, unit: str) -> Told:
    """A reading as it is shown, `value` in `unit`."""
    return Told(value, unit, row.source, row.formula, row.version, _named(row) if row.formula else NAMELESS)


def _named(row: Reading) -> Say:
    """数字城管：按期处置率; the code as it is where the line no longer has the formula."""
    code, _, key = row.formula.partition("/")
    line = lines.in_force(day_of(row.added_at)).get(code)
    for one in indicators(line) if line else ():
        if line and one.key == key:
            return Say(f"{line.title}：{one.title}", f"{line.title.en}: {one.title.en}")
    return Say(row.formula, row.formula)


def pair(year: int, computed: Told, hand: Told | None) -> Pair:
    """Both figures of a year, compared where there are two."""
    if hand is None:
        return Pair(year, computed, None, True, None)
    found = compare(hand.value, computed.value, computed.unit)
    return Pair(year, computed, hand, found.agree, found.words)


def of_case(case_id: int, unit: str) -> list[tuple[Reading, Told]]:
    """The readings of the goal that a case follows, in the unit of the case, oldest first; none where it has none."""
    rows = Reading.objects.filter(indicator__targets__commitments__case=case_id).select_related("indicator")
    return [
        (row, told(row, value, unit))
        for row in rows.order_by("year", "id")
        if (value := in_unit(row.value, row.indicator.unit, unit)) is not None
    ]
