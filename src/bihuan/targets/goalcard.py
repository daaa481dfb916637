"""The goal card: three figures, the picture of the path, what they say, what is missing, and a table with the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.report.compare import english
from bihuan.core.say import Say
from bihuan.targets import drawing
from bihuan.targets.drawing import Band, Scale, scale, single
from bihuan.targets.paths import ADDED, FLOW, YEARLY, GoalPath, Past, mean_growth, unbroken
from bihuan.targets.prospects import prospect
from bihuan.targets.verdicts import judge

CAVEATS = {
    "level": Say("各年进度未必均匀；须先确认两期统计口径相同。", "Years need not be even; first make sure that both count the same things."),
    "growth": Say("增速按什么价格、什么口径算，须与目标一致。", "Growth must be measured on the goal's own price basis and scope."),
    "total": Say("匀速只是参照，各年未必均匀。", "An even pace is for comparison: years need not be even."),
    "year": Say("过去的平均数只是参照，口径未必相同。", "The mean of the past is for comparison; it may count other things."),
    "ceiling": Say("每一年都不应超过；读数须同一口径。", "No year should pass it; readings must be of the same scope."),
}  # fmt: skip
READ_AS = {
    YEARLY: Say(YEARLY, "growth on the year before"), FLOW: Say(FLOW, "of the year alone"), ADDED: Say(ADDED, "added in the year"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stat:
    """One of the three figures on top."""

    title: Say
    figure: str
    unit: Say


@dataclass(frozen=True, slots=True)
class Card:
    """What the template shows of a path. `columns` and `rows` are the picture as a table, empty cells where no data."""

    title: Say
    stats: tuple[Stat, ...]
    unit: Say
    short: bool | None  # the figures fall short of the goal
    verdict: Say
    finding: Say
    missing: tuple[Say, ...]
    caveat: Say
    chart: str
    legend: tuple[tuple[str, Say], ...]
    columns: tuple[Say, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    has_readings: bool  # later than the base
    axis: Say | None  # where the axis of values begins, if not at nought
    months: tuple[
        tuple[str, str, str], ...
    ] = ()  # month, figure, source: computed ones, in the measure of the goal
    ahead: tuple[Say, ...] = ()  # how likely the goal is on these readings, and what that rests on


def card(way: GoalPath, fact: Mapping[str, Any], caveat: Say | None, english_too: bool) -> Card:
    """The card of a goal's path in the language of the page."""
    band, ahead = prospect(way, fact["kind"])
    size = scale(way.unit, way.goal.value, english_too)
    verdict = judge(way)
    columns, rows = table(way, size, band)
    floor = drawing.floor_of(way, band)
    says = verdict.finding.en if english_too else str(verdict.finding)
    return Card(
        title=title(way, fact), stats=stats(way, size), unit=size.unit, short=verdict.short, verdict=verdict.title,
        finding=verdict.finding, missing=missing(way), caveat=caveat or CAVEATS[way.shape],
        chart=drawing.chart(way, size, says, band), legend=legend(way, band), columns=columns, rows=rows,
        has_readings=bool(way.later),
        axis=None if floor == 0 or way.shape not in ("level", "ceiling") else Say(f"纵轴从 {size.full(floor)} 起", f"The axis begins at {size.full(floor)}"),
        months=tuple((f"{p.year}-{p.month:02}", size.text(p.value), p.source) for p in way.months), ahead=ahead,
    )  # fmt: skip


def title(way: GoalPath, fact: Mapping[str, Any]) -> Say:
    """2021 年地区生产总值, 2017—2021 年新增就业累计."""
    name, en, by, first = fact["canonical"], english(fact["canonical"]), way.goal.year, way.first
    if way.shape == "growth":
        span = f"{first}—{by} 年" if by > first else f"{by} 年"
        word = "年均增长" if by > first else "增长"
        return Say(f"{span}{name}{word}", f"{en}: growth {span_en(first, by)}")
    if way.shape == "total":
        return Say(f"{first}—{by} 年{name}，累计", f"{en}: total of {span_en(first, by)}")
    if way.shape == "ceiling" and by > first:
        return Say(f"{first}—{by} 年{name}，上限", f"{en}: ceiling {span_en(first, by)}")
    return Say(f"{by} 年{name}", f"{en}, {by}")


def span_en(first: int, last: int) -> str:
    return f"{first}–{last}" if last > first else str(first)


def stats(way: GoalPath, size: Scale) -> tuple[Stat, ...]:
    """What it was, what it is to be, and what that needs or where it stands."""
    sign = {"gt": ">", "le": "≤", "ge": "≥", "approx": "≈"}.get(way.comparator, "")
    aim = Stat(
        Say("上限", "Ceiling") if way.shape == "ceiling" else Say(f"{way.goal.year} 年目标" if way.shape in ("level", "year") else "目标", "Goal"),
        f"{sign if sign != '≤' else ''}{size.text(way.goal.value)}", size.unit,
    )  # fmt: skip
    found = [*_before(way, size), aim]
    if way.later:
        last = way.later[-1]
        word = Say("累计到", "sum to") if way.shape == "total" else Say("", "")
        found.append(Stat(Say(f"{word}{last.year} 年{'，预计' if last.expected else ''}", f"{word.en} {last.year}{', estimate' if last.expected else ''}".strip()), size.text(last.value), size.unit))  # fmt: skip
    elif way.required_rate:
        found.append(Stat(Say("须年均", "Needs a year"), f"{way.required_rate * 100:.2f}", Say("%", "%")))
    elif way.step and way.shape != "year":
        found.append(Stat(Say("每年须", "Needs a year"), size.text(way.step), size.unit))
    return tuple(found)


def _before(way: GoalPath, size: Scale) -> list[Stat]:
    if way.base:
        late = way.base.expected
        return [Stat(Say(f"{way.base.year} 年{'，预计' if late else ''}", f"{way.base.year}{', estimate' if late else ''}"), size.text(way.base.value), size.unit)]  # fmt: skip
    if way.past is None:
        return []
    past, en = way.past, span_en(way.past.first, way.past.last)
    span = f"{past.first}—{past.last} 年" if past.years > 1 else f"{past.first} 年"
    word, word_en, value = _past_word(way, past)
    return [Stat(Say(f"{span}{word}", f"{en}{word_en}"), size.text(value), size.unit)]


def _past_word(way: GoalPath, past: Past) -> tuple[str, str, float]:
    if past.years == 1 or way.shape == "ceiling":
        return "", "", past.value
    if way.shape == "growth":
        return "年均", ", a year", past.value
    return (
        ("平均每年", ", mean year", past.a_year) if way.shape == "year" else ("累计", ", total", past.value)
    )


def missing(way: GoalPath) -> tuple[Say, ...]:
    """What would have to be known to draw more."""
    if way.later:
        return way.missing
    if way.months:
        return (
            *way.missing,
            Say("还没有一整年的数，只有月度的", "no figure of a whole year yet, only of months"),
        )
    read_as = READ_AS.get(way.read_as, Say("", ""))
    kind = Say(f"（口径：{read_as}）", f" ({read_as.en})") if read_as else read_as
    return (*way.missing, Say(f"还没有读数{kind}", f"no readings yet{kind.en}"))


def legend(way: GoalPath, band: Band | None) -> tuple[tuple[str, Say], ...]:
    """Only what the picture has; what is written on the lines themselves is left out."""
    rows: list[tuple[str, Say, bool]] = [
        ("req", Say("须达到", "required") if way.shape == "level" else Say("匀速", "even pace"), bool(way.required) and way.shape in ("level", "total")),
        ("rate", Say("按报告增速", "at the stated rate"), bool(way.at_rate)),
        ("past", Say("报告说的过去", "the past, as the report says"), bool(way.past) and way.shape != "level" and not single(way)),
        ("empty", Say("目标", "goal"), way.shape == "growth" and not single(way)),
        ("act", Say("实际和预计", "readings"), bool(way.later) and not single(way)),
        ("month", Say("按月，系统算的", "by month, computed"), bool(way.months) and not single(way)),
        ("forbidden", Say("不应到的一边", "the forbidden side"), way.shape == "ceiling"),
        ("band", Say("推算：半数、九成在内", "projected: half, nine tenths within"), band is not None),
    ]  # fmt: skip
    return tuple((css, say) for css, say, shown in rows if shown)


def table(
    way: GoalPath, size: Scale, band: Band | None
) -> tuple[tuple[Say, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The figures of the picture, year by year, readings with their source."""
    need = dict(zip(way.years, way.required, strict=False)) if way.required else {}
    rate = dict(zip(way.years, way.at_rate, strict=False)) if way.at_rate else {}
    held = {p.year: p for p in ((way.base,) if way.base else ()) + way.readings if p}
    mean = _means(way)
    likely = {y: (a, b) for y, a, b in zip(band.years, band.low90, band.high90, strict=True)} if band else {}
    parts: list[tuple[Say, Mapping[int, str]]] = [
        (Say("须达到", "required") if way.shape == "level" else Say("匀速累计", "even sum"), {y: size.text(v) for y, v in need.items()}),
        (Say("按报告增速", "at the stated rate"), {y: size.text(v) for y, v in rate.items()}),
        (Say("当年", "in the year"), {p.year: size.text(p.value) for p in way.flows} if way.shape == "total" else {}),
        (Say("累计", "sum") if way.shape == "total" else Say("实际和预计", "readings"), {y: size.text(p.value) + _guess(p.expected, size) for y, p in held.items()}),
        (Say("到这年平均", "mean so far"), mean),
        (Say("九成推算", "nine tenths"), {y: f"{size.text(a)}–{size.text(b)}" for y, (a, b) in likely.items()}),
        (Say("出处", "source"), {y: p.source for y, p in held.items() if p.source}),
    ]  # fmt: skip
    kept = [(name, cells) for name, cells in parts if cells]
    years = [y for y in range(way.first, way.goal.year + 1) if way.shape != "total" or y >= way.first]
    rows = tuple((y, tuple(cells.get(y, "") for _, cells in kept)) for y in years)
    return tuple(name for name, _ in kept), rows if kept else ()


def _guess(expected: bool, size: Scale) -> str:
    return size.say("（预计）", " (est.)") if expected else ""


def _means(way: GoalPath) -> dict[int, str]:
    if way.shape != "growth" or way.goal.year == way.first:
        return {}
    rates = unbroken(way.readings, way.first)
    return {p.year: f"{mean_growth([q.value for q in rates[: i + 1]]):.2f}%" for i, p in enumerate(rates)}


def missing_in_one(way: GoalPath | None) -> Say:
    """What is missing, as one sentence for a list."""
    said = missing(way) if way else ()
    return Say("；".join(said), "; ".join(one.en for one in said))
