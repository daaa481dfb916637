"""Draws a goal's path as what it is: a line to a level, bars of growth, a running sum, one year, a ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.picture.frame import FLOOR, HIGH, LEFT, RIGHT, TOP, WIDE, Frame, cut, meter
from bihuan.core.picture.frame import spark as small
from bihuan.core.picture.svg import tag, words
from bihuan.core.say import Say
from bihuan.targets.paths import GoalPath, Point

TIP = 300.0  # pixels a source may take in the label of a point


@dataclass(frozen=True, slots=True)
class Scale:
    """How figures are written in one language: divided, with the unit in words."""

    by: float
    unit: Say
    english: bool = False
    whole: bool = False  # large enough that no decimals are shown

    def text(self, value: float) -> str:
        shown = value / self.by
        return f"{shown:.0f}" if self.whole or abs(shown) >= 100 else f"{shown:.3g}"

    def say(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def full(self, value: float) -> str:
        """The figure with its unit: 648 亿元, 8.5%."""
        unit = self.unit.en if self.english else str(self.unit)
        return f"{self.text(value)}{unit}" if unit in ("%", "") else f"{self.text(value)} {unit}"


@dataclass(frozen=True, slots=True)
class Band:
    """What the readings project year by year, in the measure of the goal: the middle, a half and nine tenths of cases."""

    years: tuple[int, ...]
    median: tuple[float, ...]
    low50: tuple[float, ...]
    high50: tuple[float, ...]
    low90: tuple[float, ...]
    high90: tuple[float, ...]


def scale(unit: str, top: float, english: bool) -> Scale:
    """亿元 or CNY bn; classifiers stay as they are. From 500 on figures are whole."""
    zh = {"元": (1e8, "亿元"), "平方米": (1e4, "万平方米"), "人": (1e4, "万人")}.get(unit, (1.0, unit))
    en = {
        "元": (1e9, "CNY bn"), "平方米": (1e6, "million m²"), "人": (1e3, "thousand"), "%": (1.0, "%"),
    }.get(unit, (1.0, ""))  # fmt: skip
    if unit in ("元", "平方米", "人") and abs(top) < zh[0]:  # small figures stay as they are
        zh, en = (1.0, unit), (1.0, {"元": "CNY", "平方米": "m²", "人": ""}[unit])
    by = en[0] if english else zh[0]
    return Scale(by, Say(zh[1], en[1]), english, top / by >= 500)


def chart(way: GoalPath, size: Scale, says: str, band: Band | None = None) -> str:
    """The path as SVG, `says` its words; empty where there is nothing to see beside the goal."""
    if not way.drawn:
        return ""
    parts = _columns(way, size) if single(way) else SHAPES[way.shape](way, size, band)
    return tag("svg", *parts, klass=f"rp-chart is-{way.shape}", role="group", aria_label=says, view=f"0 0 {WIDE} {HIGH}", width="100%")  # fmt: skip


def floor_of(way: GoalPath, band: Band | None = None) -> float:
    """Where the axis of values begins: bars and sums at nought, lines at the lowest figure unless nought is near."""
    if way.shape not in ("level", "ceiling"):
        return min(0.0, way.goal.value, *(p.value for p in way.readings))
    every = _values(way, band)
    low, top = min(every), max(every)
    if low == top:  # one figure alone still needs room below it
        return top - abs(top) * 0.2
    return 0.0 if 0 <= low < top * 0.35 else low - (top - low) * (0.35 if way.shape == "ceiling" else 0.0)


def _values(way: GoalPath, band: Band | None) -> list[float]:
    every = [way.goal.value, *way.required, *way.at_rate, *(p.value for p in (*way.readings, *way.months))]
    if way.past and way.shape == "ceiling":
        every.append(way.past.value)
    if band:
        every += [*band.low90, *band.high90]
    return every


def _top(way: GoalPath, band: Band | None) -> float:
    """Where the axis ends; above a ceiling some of the forbidden side is to be seen."""
    top = max(_values(way, band))
    return top + (top - floor_of(way, band)) * 0.3 if way.shape == "ceiling" else top


def _level(way: GoalPath, size: Scale, band: Band | None) -> list[str]:
    at = Frame(way.first, way.goal.year, floor_of(way, band), _top(way, band))
    parts = [
        _goal_words(way, size, at),
        at.level(way.goal.value, "goal-line"),
        at.axis([(y, str(y)) for y in way.years]),
    ]
    held = list(zip(way.years, way.required, strict=False)) if way.required else []
    if way.at_rate:
        stated = list(zip(way.years, way.at_rate, strict=True))
        if not way.later and not band:
            parts.insert(0, at.between(held, stated, "gap"))
        parts.append(at.line(stated, "rate"))
        parts += [tag("circle", klass="rate-dot", cx=at.x(a), cy=at.y(v), r=3.5) for a, v in stated[1:]]
    parts += _band(at, way, band)
    if held:
        parts += [at.line(held, "req"), *_rates(way, at, size)]
    parts += [*_held(at, way, size), *_months(at, way, size)]
    return [*parts, *_ends(way, size, at)]


def _months(at: Frame, way: GoalPath, size: Scale) -> list[str]:
    """Computed figures by month: a thin line with small dots. In slots a year's months lie side by side within it."""
    if not way.months:
        return []
    held = [(p.year + (p.month - 6.5) / 15 if at.slots else p.place, p) for p in way.months]
    line = [at.line([(x, p.value) for x, p in held], "month")] if len(held) > 1 else []
    return [*line, *(at.point(x, p.value, _says(p, size), "month-dot") for x, p in held)]


def single(way: GoalPath) -> bool:
    """Whether the goal is of one year: then it is columns side by side, not a path."""
    return way.shape == "year" or (way.shape == "growth" and way.first == way.goal.year)


def _columns(way: GoalPath, size: Scale) -> list[str]:
    """A usual year of the past, the goal, what was reached: three columns that say what they are."""
    year, past, aim = way.goal.year, way.past, way.goal.value
    last = next(iter((*way.readings[-1:], *way.months[-1:])), None)  # the year, else as far as the months go
    usual = (past.a_year if way.shape == "year" else past.value) if past else 0.0
    high = max(aim, usual, last.value if last else 0.0) * 1.16
    at = Frame(0, 2, min(0.0, last.value if last else 0.0), high, slots=True)
    several = past is not None and past.years > 1
    span = (
        f"{past.first}{size.say('—', '–')}{past.last}"
        if past and several
        else f"{past.first}"
        if past
        else ""
    )
    mean = size.say("年均", "mean year") if several else ""
    done = size.say("预计", "estimate") if last and last.expected else size.say("实际", "actual")
    if last and last.month:
        done = size.say(f"到 {last.month} 月", f"by month {last.month}")
    names = [(span, mean), (str(year), size.say("目标", "goal")), (str(year), done)]
    parts = [at.axis([])]
    for slot, lines in enumerate(names):
        parts += [
            words(line, klass="tick", x=at.x(slot), y=FLOOR + 16 + 15 * i, text_anchor="middle") for i, line in enumerate(lines) if line
        ]  # fmt: skip
    if past:
        parts += [at.bar(0, usual, "past-block", 0.7), _over(at, 0, usual, size, "val")]
    parts += [at.bar(1, aim, "slot-empty", 0.7), _over(at, 1, aim, size, "val-req")]
    if last is None:
        none = size.say("没有数据", "no data")
        return [*parts, words(none, klass="cap", x=at.x(2), y=at.y(0) - 7, text_anchor="middle")]
    return [
        *parts, tag("line", klass="goal-line", x1=at.x(1) + 22, x2=at.x(2) + 35, y1=at.y(aim), y2=at.y(aim)),
        at.bar(2, last.value, "act-bar guess" if last.expected else "act-bar", 0.7),
        _over(at, 2, last.value, size, "val"), at.point(2, last.value, _says(last, size), "bar-dot"),
    ]  # fmt: skip


def _over(at: Frame, slot: float, value: float, size: Scale, klass: str) -> str:
    return words(
        size.full(value), klass=klass, x=at.x(slot), y=at.y(max(value, 0.0)) - 8, text_anchor="middle"
    )


def _growth(way: GoalPath, size: Scale, band: Band | None) -> list[str]:
    """Bars of the years beside the goal, the past as one block over its years."""
    first = way.past.first if way.past and way.past.last < way.first else way.first
    top = (
        max(way.goal.value, way.past.value if way.past else 0.0, *(p.value for p in way.readings), 0.0) * 1.12
    )
    at = Frame(first, way.goal.year, floor_of(way), top, slots=True)
    parts = [at.axis(_ticks(first, way.goal.year))]
    if way.past and first < way.first:
        parts += _past_block(at, way, size, way.past.value)
    taken = {p.year for p in way.readings}
    parts += [
        at.bar(y, way.goal.value, "slot-empty") for y in range(way.first, way.goal.year + 1) if y not in taken
    ]
    parts += [at.bar(p.year, p.value, "act-bar guess" if p.expected else "act-bar") for p in way.readings]
    parts.append(at.level(way.goal.value, "goal-line bold", way.first, way.goal.year))
    aim, end = size.full(way.goal.value), at.y(way.goal.value)
    parts.append(words(size.say(f"目标 {aim}", f"Goal {aim}"), klass="val-req", x=RIGHT + 6, y=end + 4))
    return [*parts, *(at.point(p.year, p.value, _says(p, size), "bar-dot") for p in way.readings)]


def _total(way: GoalPath, size: Scale, band: Band | None) -> list[str]:
    """The running sum from nought, the even way dashed, the last term's sum as a level for comparison."""
    past = way.past if way.past and way.past.years == way.goal.year - way.first + 1 else None
    top = max([*_values(way, band), past.value if past else 0.0])
    at = Frame(way.years[0], way.goal.year, floor_of(way), top)
    parts = [at.axis([(float(y), str(y)) for y in way.years])]
    if past:
        word = size.say(
            f"{past.first}—{past.last} 年 {size.full(past.value)}",
            f"{past.first}–{past.last}: {size.full(past.value)}",
        )
        parts += [at.level(past.value, "past-line"), words(word, klass="cap", x=LEFT, y=at.y(past.value) - 7)]
    parts += _band(at, way, band)
    even = list(zip(way.years, way.required, strict=True))
    if way.readings:
        steps = [(float(way.years[0]), 0.0), *((float(p.year), p.value) for p in way.readings)]
        parts += [at.between(steps, [(a, 0.0) for a, _ in steps], "sum"), at.line(steps, "act")]
    middle = way.years[len(way.years) // 2]
    each = size.say(f"匀速每年 {size.full(way.step)}", f"evenly {size.full(way.step)} a year")
    parts += [
        at.line(even, "req"),
        words(each, klass="cap-req", x=at.x(middle) + 8, y=at.y(way.required[len(way.years) // 2]) + 18),
        *(at.point(p.year, p.value, _says(p, size)) for p in way.readings),
        *_months(at, way, size),
    ]
    return [*parts, *_ends(way, size, at)]


def _ceiling(way: GoalPath, size: Scale, band: Band | None) -> list[str]:
    """The forbidden side shaded, the past as a level piece before the term, readings as points."""
    first = way.past.first if way.past and way.past.last < way.first else way.first
    at = Frame(first, way.goal.year, floor_of(way, band), _top(way, band), slots=True)
    top = way.goal.value
    word = size.say(f"上限 {size.full(top)}", f"Ceiling {size.full(top)}")
    parts = [
        at.beyond(top, "forbidden"), at.axis(_ticks(first, way.goal.year)), at.level(top, "ceiling-line"),
        words(word, klass="val-late", x=LEFT + 4, y=at.y(top) - 8),
    ]  # fmt: skip
    if way.past and first < way.first:
        parts.append(at.level(way.past.value, "past-bar", way.past.first, way.past.last))
        said = size.say(f"{way.past.first}—{way.past.last} 年 {size.full(way.past.value)}", f"{way.past.first}–{way.past.last}: {size.full(way.past.value)}")  # fmt: skip
        parts.append(words(said, klass="cap", x=LEFT + 4, y=at.y(way.past.value) + 20))
    parts += _band(at, way, band)
    if len(way.readings) > 1:
        parts.append(at.line([(p.year, p.value) for p in way.readings], "act"))
    parts += _months(at, way, size)
    return [*parts, *(at.point(p.year, p.value, _says(p, size), "over-dot" if p.value > top else "act-dot") for p in way.readings)]  # fmt: skip


def _past_block(at: Frame, way: GoalPath, size: Scale, value: float) -> list[str]:
    """What the report says of the years before, as one block over all of them: a mean, not a figure of each."""
    assert way.past is not None
    a, b = at.x(way.past.first) - at.slot * 0.4, at.x(way.past.last) + at.slot * 0.4
    top = at.y(value)
    lines = [
        tag(
            "rect",
            klass="past-block",
            x=a,
            y=top,
            width=b - a,
            height=max(0.75, at.y(max(0.0, at.low)) - top),
        )
    ]
    said = size.say(f"{'年均 ' if way.past.years > 1 else ''}{size.full(value)}", f"{size.full(value)}{' a year' if way.past.years > 1 else ''}")  # fmt: skip
    lines.append(words(said, klass="val", x=(a + b) / 2, y=top - 7, text_anchor="middle"))
    return lines


def _ticks(first: int, last: int) -> list[tuple[float, str]]:
    return [(float(year), str(year)) for year in range(first, last + 1)]


def _says(point: Point, size: Scale) -> list[str]:
    """The label of a reading: year, figure, whether an estimate; where it comes from."""
    kind = size.say("，预计", ", estimate") if point.expected else ""
    by = size.say("系统计算：", "computed: ") if point.computed else ""
    when = size.say(f"{point.year} 年 ", f"{point.year}: ")
    if point.month:
        when = size.say(f"{point.year} 年 {point.month} 月 ", f"{point.year}-{point.month:02}: ")
    first = f"{when}{size.full(point.value)}{kind}"
    return [first, cut(f"{by}{point.source}", TIP)] if point.source else [first]


def _goal_words(way: GoalPath, size: Scale, at: Frame) -> str:
    word = size.say(f"目标 {size.full(way.goal.value)}", f"Goal {size.full(way.goal.value)}")
    return words(word, klass="cap", x=LEFT, y=at.y(way.goal.value) - 8)


def _band(at: Frame, way: GoalPath, band: Band | None) -> list[str]:
    """Where the readings lead: nine tenths of cases in the wide band, half in the narrow one, from the last reading."""
    if band is None or not way.readings:
        return []
    last = way.readings[-1]
    here = [(float(last.year), last.value)]

    def held(values: Sequence[float]) -> list[tuple[float, float]]:
        return here + [(float(a), v) for a, v in zip(band.years, values, strict=True) if a > last.year]

    return [
        at.between(held(band.high90), held(band.low90), "band90"),
        at.between(held(band.high50), held(band.low50), "band50"), at.line(held(band.median), "median"),
    ]  # fmt: skip


def _rates(way: GoalPath, at: Frame, size: Scale) -> list[str]:
    middle = way.years[len(way.years) // 2]
    i = middle - way.first
    need = f"{way.required_rate * 100:.2f}%" if way.required_rate else size.full(way.step)
    zh = f"须年均 {need}" if way.required_rate else f"每年 {need}"
    falling = way.required[-1] < way.required[0]
    found = [
        words(size.say(zh, f"{need} a year"), klass="cap-req", x=at.x(middle) + (10 if falling else -10),
              y=at.y(way.required[i]) - 12, text_anchor="start" if falling else "end")
    ]  # fmt: skip
    if way.at_rate:
        said = size.say(f"按 {way.rate * 100:.4g}%", f"at {way.rate * 100:.4g}%")
        found.append(words(said, klass="cap-rate", x=at.x(middle) + 12, y=at.y(way.at_rate[i]) + 20))
    return found


def _held(at: Frame, way: GoalPath, size: Scale) -> list[str]:
    """Readings as points on a line, from the base on."""
    points = list(way.readings)
    if way.base and (not points or points[0].year > way.base.year):
        points = [way.base, *points]
    line = [at.line([(p.year, p.value) for p in points], "act")] if len(points) > 1 else []
    return [*line, *(at.point(p.year, p.value, _says(p, size)) for p in points)]


def _ends(way: GoalPath, size: Scale, at: Frame) -> list[str]:
    """Figures at both ends, and the bracket with the gap."""
    right, top = at.x(way.goal.year), at.y(way.goal.value)
    found = [
        at.goal_mark(way.goal.year, way.goal.value),
        words(size.text(way.goal.value), klass="val-req", x=right + 9, y=top + 1),
    ]
    if way.base:
        over = at.y(way.base.value) - 10
        found.append(
            words(size.text(way.base.value), klass="val", x=LEFT, y=over if over > TOP else over + 28)
        )
    if way.at_rate and not way.later:
        bottom = at.y(way.at_rate[-1])
        found.append(
            words(size.text(way.at_rate[-1]), klass="val-rate", x=right + 9, y=max(bottom + 7, top + 16))
        )
        if way.gap > 0:
            a, b = top - 3, max(bottom + 3, top + 12)
            found.append(tag("path", klass="bracket", d=f"M{right + 40:.1f} {a:.1f}h5V{b:.1f}h-5"))
            found.append(words(size.text(way.gap), klass="val", x=right + 49, y=(a + b) / 2 + 4))
    return found


def spark(way: GoalPath, says: str) -> str:
    """The path in a line of a list; empty where there is nothing to see."""
    if not way.drawn:
        return ""
    if way.shape in ("total", "year") and way.readings and way.goal.value > 0:
        last = way.readings[-1]
        due = (last.year - way.first + 1) / (way.goal.year - way.first + 1) if way.shape == "total" else None
        return meter(last.value / way.goal.value, due, says)
    held = [(p.year, p.value) for p in way.readings]
    if way.base and way.base.year not in {a for a, _ in held}:
        held = [(way.base.year, way.base.value), *held]
    if way.past and way.shape in ("growth", "year", "ceiling"):
        usual = way.past.a_year if way.shape == "year" else way.past.value
        held = [(way.past.first, usual), (way.past.last, usual), *held]
    aim = list(zip(way.years, way.required, strict=True)) if way.required and way.shape != "year" else [
        (way.first, way.goal.value), (way.goal.year, way.goal.value)
    ]  # fmt: skip
    kind = "top" if way.shape == "ceiling" else "req"
    dots = [("act-dot", a, v) for a, v in held[-1:]] + [("goal-dot", way.goal.year, way.goal.value)]
    return small([(kind, aim), ("act", held)], dots, says)


SHAPES = {"level": _level, "growth": _growth, "total": _total, "ceiling": _ceiling}
