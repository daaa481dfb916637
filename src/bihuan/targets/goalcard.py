"""The goal card: base, goal, required rate, the chart of the path, the verdict in words and a table with the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core.picture.svg import tag, words
from bihuan.core.report.compare import amount, amount_en, english
from bihuan.core.say import Say
from bihuan.targets.paths import GoalPath, Point

WIDE, HIGH = 344, 208
LEFT, RIGHT, TOP, FLOOR = 12, 262, 30, 172
CAVEAT = Say(
    "各年进度未必均匀；须先确认两期统计口径相同。",
    "Years need not be even; first make sure that both count the same things.",
)
LEGEND = (
    ("req", Say("须达到", "required")),
    ("rate", Say("按报告增速", "at the stated rate")),
    ("act", Say("实际和预计", "readings")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A year of the table: figures as words, empty where there is none."""

    year: int
    required: str
    at_rate: str
    reading: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the template shows of a path."""

    title: Say
    base_title: Say
    base: str
    goal_title: Say
    goal: str
    rate: str
    unit: Say
    short: bool  # the two figures do not fit
    verdict: Say
    finding: Say
    caveat: Say
    chart: str
    rows: tuple[Row, ...]
    has_rate: bool
    has_readings: bool  # later than the base
    legend: tuple[tuple[str, Say], ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How figures are written in one language: divided, with the unit in words."""

    by: float
    unit: Say
    whole: bool = False  # large enough that no decimals are shown

    def text(self, value: float) -> str:
        shown = value / self.by
        return f"{shown:.0f}" if self.whole or abs(shown) >= 100 else f"{shown:.3g}"


def scale(unit: str, top: float, english_too: bool) -> Scale:
    """亿元 or CNY bn; classifiers stay as they are. From 500 on figures are whole."""
    zh = {"元": (1e8, "亿元"), "平方米": (1e4, "万平方米"), "人": (1e4, "万人")}.get(unit, (1.0, unit))
    en = {"元": (1e9, "CNY bn"), "平方米": (1e6, "million m²"), "人": (1e3, "thousand")}.get(unit, (1.0, ""))
    by = en[0] if english_too else zh[0]
    return Scale(by, Say(zh[1], en[1]), top / by >= 500)


def card(way: GoalPath, fact: Mapping[str, Any], caveat: Say | None, english_too: bool) -> Card:
    """The card of a goal's path in the language of the page."""
    size = scale(way.unit, way.goal.value, english_too)
    verdict, finding = judge(way)
    later = [p for p in way.readings if p.year > way.base.year]
    name = fact["canonical"]
    return Card(
        title=Say(f"{way.goal.year} 年{name}", f"{english(name)}, {way.goal.year}"),
        base_title=Say(f"{way.base.year} 年{'，预计' if way.base.expected else ''}", f"{way.base.year}{', estimate' if way.base.expected else ''}"),
        base=size.text(way.base.value),
        goal_title=Say(f"{way.goal.year} 年目标", f"Goal {way.goal.year}"),
        goal=f"{'>' if way.strict else ''}{size.text(way.goal.value)}",
        rate=f"{way.required_rate * 100:.2f}%",
        unit=size.unit,
        short=way.gap > 0,
        verdict=verdict,
        finding=finding,
        caveat=caveat or CAVEAT,
        chart=chart(way, size, f"{finding if not english_too else finding.en}", english_too),
        rows=table(way, size),
        has_rate=bool(way.at_rate),
        has_readings=bool(later),
        legend=tuple(row for row in LEGEND if (row[0] != "rate" or way.at_rate) and (row[0] != "act" or later)),
    )  # fmt: skip


def judge(way: GoalPath) -> tuple[Say, Say]:
    """The verdict in a few words, and the arithmetic behind it."""
    goal, unit = way.goal, way.unit
    need = f"{way.required_rate * 100:.2f}%"
    if not way.at_rate:
        return (
            Say("没有写年度增速", "No yearly rate is stated"),
            Say(f"要达到目标，须年均增长 {need}。", f"The goal needs {need} a year."),
        )
    rate = f"{way.rate * 100:.4g}%"
    reached, en = (
        amount(round(way.at_rate[-1], -6) if unit == "元" else way.at_rate[-1], unit),
        amount_en(way.at_rate[-1], unit),
    )
    said = Say(f"按 {way.rate_year} 年目标的 {rate} 逐年算，{goal.year} 年是{_space(reached)}",
               f"At {rate} a year, the goal of {way.rate_year}, {goal.year} has {en}")  # fmt: skip
    if way.gap > 0:
        short, short_en = amount(way.gap, unit), amount_en(way.gap, unit)
        return (
            Say("两个数对不上", "The two figures do not fit"),
            Say(
                f"{said}，差{_space(short)}；须年均 {need}。",
                f"{said.en}, {short_en} short; it needs {need}.",
            ),
        )
    return (
        Say("两个数对得上", "The two figures fit"),
        Say(f"{said}，够得到目标；须年均 {need}。", f"{said.en}, enough for the goal; it needs {need}."),
    )


def _space(figure: str) -> str:
    """648亿元 as 648 亿元, rounded to whole units where it is long."""
    digits = "".join(c for c in figure if c.isdigit() or c == ".")
    rest = figure[len(digits) :]
    value = float(digits)
    return f" {value:.0f} {rest}" if value >= 10 else f" {digits} {rest}"


def table(way: GoalPath, size: Scale) -> tuple[Row, ...]:
    """The figures of the chart, year by year."""
    held = {p.year: p for p in way.readings} | {way.base.year: way.base}
    return tuple(
        Row(
            year, size.text(way.required[i]), size.text(way.at_rate[i]) if way.at_rate else "",
            size.text(held[year].value) if year in held else "",
        )
        for i, year in enumerate(way.years)
    )  # fmt: skip


def chart(way: GoalPath, size: Scale, says: str, english_too: bool) -> str:
    """The path as SVG: required dashed, at the stated rate solid, readings as points, the gap bracketed."""
    every = [*way.required, *way.at_rate, *(p.value for p in way.readings)]
    top, low = max(every), min(every)
    span, years = (top - low) or 1.0, max(1, len(way.years) - 1)

    def x(year: float) -> float:
        return LEFT + (RIGHT - LEFT) * (year - way.base.year) / years

    def y(value: float) -> float:
        return FLOOR - (FLOOR - TOP) * (value - low) / span

    goal_word = Say(
        f"目标 {size.text(way.goal.value)} {size.unit}",
        f"Goal {size.text(way.goal.value)} {size.unit.en}".rstrip(),
    )
    parts = [
        tag("line", klass="goal-line", x1=LEFT, x2=RIGHT, y1=y(way.goal.value), y2=y(way.goal.value)),
        words(goal_word.en if english_too else str(goal_word), klass="cap", x=LEFT, y=y(way.goal.value) - 8),
        tag("line", klass="axis", x1=LEFT, x2=RIGHT, y1=FLOOR, y2=FLOOR),
    ]
    parts += _years(way.years, x)
    if way.at_rate:
        if way.gap > 0:
            parts.append(tag("polygon", klass="gap", points=_points(way.years, way.required, x, y) + " "
                             + _points(way.years[::-1], way.at_rate[::-1], x, y)))  # fmt: skip
        parts.append(tag("polyline", klass="rate", points=_points(way.years, way.at_rate, x, y)))
        parts += [
            tag("circle", klass="rate-dot", cx=x(a), cy=y(v), r=3.5)
            for a, v in zip(way.years, way.at_rate, strict=True)
        ]
    parts.append(tag("polyline", klass="req", points=_points(way.years, way.required, x, y)))
    parts += _rates(way, x, y, english_too)
    parts += _readings(way, x, y)
    parts += _ends(way, size, x, y)
    return tag(
        "svg", *parts, klass="rp-chart", view=f"0 0 {WIDE} {HIGH}", role="img", aria_label=says, width="100%"
    )


def _points(years: Sequence[int], values: Sequence[float], x: Any, y: Any) -> str:
    return " ".join(f"{x(a):.1f},{y(v):.1f}" for a, v in zip(years, values, strict=True))


def _years(years: Sequence[int], x: Any) -> list[str]:
    step = max(1, -(-len(years) // 7))
    shown = [a for a in years if (a - years[-1]) % step == 0]
    return [words(str(a), klass="tick", x=x(a), y=FLOOR + 22, text_anchor=_anchor(a, years)) for a in shown]


def _anchor(year: int, years: Sequence[int]) -> str:
    return "start" if year == years[0] else "middle"


def _rates(way: GoalPath, x: Any, y: Any, english_too: bool) -> list[str]:
    middle = way.years[len(way.years) // 2]
    i = middle - way.base.year
    need, at = f"{way.required_rate * 100:.2f}%", f"{way.rate * 100:.4g}%"
    found = [
        words(f"needs {need}" if english_too else f"须年均 {need}", klass="cap-req", x=x(middle) - 10,
              y=y(way.required[i]) - 12, text_anchor="end")
    ]  # fmt: skip
    if way.at_rate:
        found.append(
            words(
                f"at {at}" if english_too else f"按 {at}",
                klass="cap-rate",
                x=x(middle) + 12,
                y=y(way.at_rate[i]) + 20,
            )
        )
    return found


def _readings(way: GoalPath, x: Any, y: Any) -> list[str]:
    points: list[Point] = sorted(way.readings, key=lambda p: p.year) or [way.base]
    if points[0].year > way.base.year:
        points = [way.base, *points]
    found = []
    if len(points) > 1:
        found.append(
            tag(
                "polyline",
                klass="act",
                points=_points([p.year for p in points], [p.value for p in points], x, y),
            )
        )
    found += [tag("circle", klass="act-dot", cx=x(p.year), cy=y(p.value), r=4.5) for p in points]
    return found


def _ends(way: GoalPath, size: Scale, x: Any, y: Any) -> list[str]:
    """Figures at both ends, and the bracket with the gap."""
    right, top = x(way.goal.year), y(way.goal.value)
    found = [
        words(size.text(way.base.value), klass="val", x=LEFT, y=y(way.base.value) - 10),
        tag(
            "rect",
            klass="goal-dot",
            x=right - 4,
            y=top - 4,
            width=8,
            height=8,
            transform=f"rotate(45 {right:.1f} {top:.1f})",
        ),
        words(size.text(way.goal.value), klass="val-req", x=right + 9, y=top + 1),
    ]
    if way.at_rate:
        bottom = y(way.at_rate[-1])
        found.append(
            words(size.text(way.at_rate[-1]), klass="val-rate", x=right + 9, y=max(bottom + 7, top + 16))
        )
        if way.gap > 0:
            a, b = top - 3, max(bottom + 3, top + 12)
            found.append(tag("path", klass="bracket", d=f"M{right + 40:.1f} {a:.1f}h5V{b:.1f}h-5"))
            found.append(words(size.text(way.gap), klass="val", x=right + 49, y=(a + b) / 2 + 4))
    return found
