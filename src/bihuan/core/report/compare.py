"""Which figures may be set side by side: same indicator, sound numbers, known part of the speech."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.report.shapes import Meta, Quantity

HEADLINE_CAVEAT = (
    "增速按可比价(实际),总量按现价(名义),两者不能严格相除;价格上涨会缩小差距",
    "Growth is real (constant prices) and the level nominal; price rises would narrow the gap",
)
AMOUNT = frozenset({"level", "flow", "cumulative", "count"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sound quantities by canonical indicator and part; damaged ones are kept apart and never used."""

    meta: Meta
    by: dict[str, dict[str, list[Quantity]]] = field(default_factory=dict)
    damaged: tuple[Quantity, ...] = ()

    def pick(self, name: str, part: str, *roles: str) -> list[Quantity]:
        """Figures of one indicator in one part with one of the roles."""
        return [q for q in self.by.get(name, {}).get(part, []) if q.role in roles]

    @property
    def years(self) -> int:
        """Length of the period under review."""
        r = self.meta.term_review
        return r[1] - r[0] + 1 if r else 0

    @property
    def plan_years(self) -> int:
        """Length of the term planned."""
        p = self.meta.term_plan
        return p[1] - p[0] + 1 if p else 0


def shelve(quantities: list[Quantity], meta: Meta) -> Shelf:
    """Sort the quantities for comparison."""
    by: dict[str, dict[str, list[Quantity]]] = {}
    damaged = []
    for q in quantities:
        if q.suspicious:
            damaged.append(q)
            continue
        if q.canonical and q.part in ("past", "term", "year"):
            by.setdefault(q.canonical, {}).setdefault(q.part, []).append(q)
    return Shelf(meta, by, tuple(damaged))


def amount(value: float, unit: str) -> str:
    """A figure as a report would print it: 974亿元, 21.6万人, 25座."""
    if unit in ("元", "美元", "平方米", "人", "户", "亩", "吨"):
        if abs(value) >= 10**8 and unit in ("元", "美元"):
            return f"{value / 10**8:.4g}亿{unit}" if abs(value) < 10**12 else f"{value / 10**8:.0f}亿{unit}"
        if abs(value) >= 10**4:
            return f"{value / 10**4:.4g}万{unit}" if abs(value) < 10**8 else f"{value / 10**4:.0f}万{unit}"
    if unit == "%":
        return f"{value:.4g}%"
    return f"{value:.6g}{unit}" if unit != "百分点" else f"{value:.4g}个百分点"


def amount_en(value: float, unit: str) -> str:
    """The same figure in English words."""
    names = {"元": "yuan", "美元": "US dollars", "平方米": "m²", "人": "people", "户": "households", "%": "%"}
    name = names.get(unit, unit)
    if unit == "%":
        return f"{value:.4g}%"
    if abs(value) >= 10**9:
        return f"{value / 10**9:.4g} billion {name}"
    if abs(value) >= 10**6:
        return f"{value / 10**6:.4g} million {name}"
    return f"{value:,.6g} {name}"


def joined(a: float, b: float) -> float:
    """Relative difference of a from b."""
    return (a - b) / b if b else 0.0
