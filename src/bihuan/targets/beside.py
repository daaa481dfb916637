"""A hand figure beside the one a formula gave for the same year: the computed one holds, and both are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.core.say import Say
from bihuan.core.score.formula import compare
from bihuan.core.score.pace import figure
from bihuan.lines.scores import indicators
from bihuan.targets.models import Reading

NAMELESS = Say("", "")
When = tuple[int, int]  # year, month; 0 is the whole year


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
    """What is in force for a year or month, and the hand figure beside it, with how far it lies apart."""

    when: When
    computed: Told
    hand: Told | None
    agree: bool
    words: Say | None

    @property
    def title(self) -> Say:
        year, month = self.when
        return Say(f"{year} 年 {month} 月", f"{year}-{month:02}") if month else Say(str(year), str(year))


def pairs(rows: Iterable[Reading], unit: str) -> tuple[Pair, ...]:
    """For every year or month with a computed figure the latest of each kind; `rows` of one indicator in `unit`."""
    computed: dict[When, Told] = {}
    by_hand: dict[When, Told] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        kind = computed if row.kind == Reading.Kind.COMPUTED else by_hand
        kind[row.year, row.month] = told(row, row.value, unit)
    return beside_each(computed, by_hand)


def beside_each(computed: Mapping[When, Told], by_hand: Mapping[When, Told]) -> tuple[Pair, ...]:
    """The computed figures in the order of time, each beside the hand figure of the same year or month."""
    return tuple(pair(when, one, by_hand.get(when)) for when, one in sorted(computed.items()))


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


def pair(when: When, computed: Told, hand: Told | None) -> Pair:
    """Both figures, compared where there are two."""
    if hand is None:
        return Pair(when, computed, None, True, None)
    found = compare(hand.value, computed.value, computed.unit)
    return Pair(when, computed, hand, found.agree, found.words)
