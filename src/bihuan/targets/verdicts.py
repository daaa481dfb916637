"""What the figures of a goal's path say, in a few words and with the arithmetic; never whether a goal "will fail"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.compare import amount, amount_en
from bihuan.core.say import Say
from bihuan.targets.paths import GROWING, GoalPath, Point, mean_growth, still_needed, unbroken

FIGURE = re.compile(r"-?[\d.]+(?:e[+-]?\d+)?")
ABOUT = 0.5  # points of growth by which 左右 may be missed


@dataclass(frozen=True, slots=True)
class Verdict:
    """`short`: the figures fall short of the goal, as far as they go; None where nothing can be compared."""

    short: bool | None
    title: Say
    finding: Say


def judge(way: GoalPath) -> Verdict:
    """The latest figure beside what is needed by then; without one, the report's own figures beside each other."""
    return {"level": _level, "growth": _growth, "total": _total, "year": _year, "ceiling": _ceiling}[
        way.shape
    ](way)


def figure(value: float, unit: str, digits: int = 4, whole: bool = True) -> Say:
    """648 亿元, 64.8 billion yuan; a few digits are enough to compare by."""
    value = float(f"{value:.{digits}g}") if value != int(value) else value
    if unit in GROWING and abs(value) >= 1e9:
        value = round(value, -6)
    return Say(_spaced(amount(value, unit), whole), amount_en(value, unit))


def percent(rate: float) -> str:
    return f"{rate:.2f}".rstrip("0").rstrip(".") + "%"


def _spaced(words: str, whole: bool) -> str:
    """648亿元 as 648 亿元, if `whole` without decimals from ten on."""
    found = FIGURE.match(words)
    digits = found[0] if found else ""
    rest = words[len(digits) :]
    if not digits or rest in ("%", "个百分点"):
        return words
    value = float(digits)
    if whole and abs(value) >= 10 and value != int(value) and rest[:1] in "亿万":
        digits = f"{value:.0f}"
    return f"{digits} {rest}".rstrip()


def _said(point: Point, have: Say) -> Say:
    """2018 年实际 36 座 / 2018: 36."""
    kind = Say("预计", ", an estimate") if point.expected else Say("实际", "")
    return Say(f"{point.year} 年{kind} {have}", f"{point.year}: {have.en}{kind.en}")


def _level(way: GoalPath) -> Verdict:
    if not way.later:
        return _rate_and_goal(way)
    last, unit, falling = way.later[-1], way.unit, bool(way.base and way.goal.value < way.base.value)
    now = _said(last, figure(last.value, unit, whole=False))
    if not way.required:
        aim = figure(way.goal.value, unit)
        return Verdict(None, Say("没有基数，只能看实际值", "No base: readings only"),
                       Say(f"{now}；{way.goal.year} 年目标 {aim}。", f"{now.en}; the goal for {way.goal.year} is {aim.en}."))  # fmt: skip
    due = way.required[way.years.index(last.year)]
    ahead = last.value - due if not falling else due - last.value
    short = ahead < 0 or (ahead == 0 and way.strict and last.year == way.goal.year)
    due_says, gap = figure(due, unit, whole=False), figure(abs(last.value - due), unit, 3, False)
    off = _off(last.value - due, gap, "少")
    finding = Say(
        f"{now}，这一年须达到 {due_says}，{off}。{_rest(way, last)}",
        f"{now.en}; needed by then: {due_says.en}; {off.en}. {_rest(way, last).en}".strip(),
    )
    return Verdict(short, _behind() if short else _abreast(), finding)


def _off(by: float, gap: Say, less: str) -> Say:
    """多 3 座, 少 3 座, 正好."""
    if by == 0:
        return Say("正好", "just that")
    return Say(f"多 {gap}", f"{gap.en} more") if by > 0 else Say(f"{less} {gap}", f"{gap.en} less")


def _reached(way: GoalPath, value: float) -> bool:
    """Whether a figure is the goal: 超过 wants more than the figure."""
    return value > way.goal.value if way.strict else value >= way.goal.value


def _behind() -> Say:
    return Say("比须达到的慢", "Behind what is needed")


def _abreast() -> Say:
    return Say("跟得上", "Keeps up with what is needed")


def _rest(way: GoalPath, last: Point) -> Say:
    """What the remaining years need."""
    left = way.goal.year - last.year
    if left <= 0 or last.value <= 0:
        return Say("", "")
    if way.step:
        each = figure(max(0.0, (way.goal.value - last.value) / left), way.unit, 3)
        return Say(
            f"余下 {left} 年须每年 {each}。",
            f"The {left} years left need {each.en} each." if left > 1 else f"The year left needs {each.en}.",
        )
    need = percent(((way.goal.value / last.value) ** (1 / left) - 1) * 100)
    en = f"The {left} years left need {need} a year." if left > 1 else f"The year left needs {need}."
    return Say(f"余下 {left} 年须年均 {need}。", en)


def _rate_and_goal(way: GoalPath) -> Verdict:
    """The report's yearly rate compounded, beside its goal."""
    goal, unit = way.goal, way.unit
    need = f"{way.required_rate * 100:.2f}%"
    if not way.required:
        return Verdict(None, Say("只有目标", "Only the goal"), Say("没有现在的数，快慢说不出来。", "There is no present figure to compare."))  # fmt: skip
    if not way.at_rate:
        each = figure(abs(way.step), unit)
        zh, en = (f"每年须{'增' if way.step > 0 else '减'} {each}", f"{each.en} {'more' if way.step > 0 else 'less'} a year") if way.step else (f"须年均增长 {need}", f"{need} a year")  # fmt: skip
        return Verdict(
            None, Say("还没有实际值", "No readings yet"), Say(f"要达到目标，{zh}。", f"The goal needs {en}.")
        )
    rate, reached = f"{way.rate * 100:.4g}%", figure(way.at_rate[-1], unit)
    said = Say(f"按 {way.rate_year} 年目标的 {rate} 逐年算，{goal.year} 年是 {reached}",
               f"At {rate} a year, the goal of {way.rate_year}, {goal.year} has {reached.en}")  # fmt: skip
    if way.gap > 0:
        short = figure(way.gap, unit)
        return Verdict(
            True, Say("两个数对不上", "The two figures do not fit"),
            Say(f"{said}，差 {short}；须年均 {need}。", f"{said.en}, {short.en} short; it needs {need}."),
        )  # fmt: skip
    return Verdict(
        False, Say("两个数对得上", "The two figures fit"),
        Say(f"{said}，够得到目标；须年均 {need}。", f"{said.en}, enough for the goal; it needs {need}."),
    )  # fmt: skip


def _growth(way: GoalPath) -> Verdict:
    aim, years = way.goal.value, way.goal.year - way.first + 1
    floor = aim - ABOUT if way.comparator in ("approx", "near") else aim
    rates = unbroken(way.readings, way.first)
    if not rates:
        if way.readings:
            return Verdict(None, Say("平均数算不出来", "The mean is not known"),
                           Say(f"{way.first} 年没有数。", f"There is no figure for {way.first}."))  # fmt: skip
        return _past_and_goal(way, "年均", "a year")
    if years == 1:
        have, gap = rates[0].value, rates[0].value - aim
        said = "预计" if rates[0].expected else "实际"
        guess = ", an estimate" if rates[0].expected else ""
        finding = Say(
            f"{way.first} 年{said}增长 {percent(have)}，目标 {percent(aim)}，{'高' if gap >= 0 else '低'} {percent(abs(gap))[:-1]} 个百分点。",
            f"Growth in {way.first}: {percent(have)}{guess}; the goal {percent(aim)}, {percent(abs(gap))[:-1]} points {'above' if gap >= 0 else 'below'}.",
        )
        return Verdict(have < floor, Say("没有到目标", "Below the goal") if have < floor else Say("到了目标", "The goal is reached"), finding)  # fmt: skip
    values = [p.value for p in rates]
    mean, need = mean_growth(values), still_needed(aim, values, years)
    left = years - len(rates)
    need_en = f"The {left} years left need" if left > 1 else "The year left needs"
    rest = (
        Say(f"余下 {left} 年须年均 {percent(need)}。", f"{need_en} {percent(need)}.")
        if need is not None
        else Say("", "")
    )
    finding = Say(
        f"{len(rates)} 年平均 {percent(mean)}，目标年均 {percent(aim)}。{rest}",
        f"{len(rates)} years average {percent(mean)}, the goal is {percent(aim)}. {rest.en}".strip(),
    )
    return Verdict(mean < floor, _behind() if mean < floor else _abreast(), finding)


def _past_and_goal(way: GoalPath, each: str, each_en: str) -> Verdict:
    """Nothing measured yet: the goal beside what the report says of the past."""
    title = Say("还没有实际值", "No readings yet")
    if way.past is None:
        return Verdict(None, title, Say("没有可比的。", "There is nothing to compare."))  # fmt: skip
    then, aim = (
        figure(way.past.a_year, way.unit),
        figure(way.goal.value if way.shape != "total" else way.step, way.unit),
    )
    span = f"{way.past.first}—{way.past.last}" if way.past.years > 1 else f"{way.past.first}"
    each = each if way.past.years > 1 else ""
    return Verdict(None, title, Say(f"{span} 年{each} {then}，目标{each} {aim}。", f"{span.replace('—', '–')}: {then.en}{' ' + each_en if each else ''}; the goal: {aim.en}."))  # fmt: skip


def _total(way: GoalPath) -> Verdict:
    if not way.readings:
        return _past_and_goal(way, "平均每年", "a year on average")
    last, aim = way.readings[-1], figure(way.goal.value, way.unit)
    have, due = figure(last.value, way.unit), way.step * (last.year - way.first + 1)
    if _reached(way, last.value):
        return Verdict(False, Say("到了目标", "The goal is reached"), Say(f"到 {last.year} 年累计 {have}，目标 {aim}。", f"By {last.year} the sum is {have.en}; the goal is {aim.en}."))  # fmt: skip
    should = figure(due, way.unit)
    finding = Say(
        f"到 {last.year} 年累计 {have}，匀速须 {should}。{_rest(way, last)}",
        f"By {last.year} the sum is {have.en}; an even pace has {should.en}. {_rest(way, last).en}".strip(),
    )
    return Verdict(last.value < due, _behind() if last.value < due else _abreast(), finding)


def _year(way: GoalPath) -> Verdict:
    if not way.readings:
        return _past_and_goal(way, "平均每年", "a year on average")
    last, aim = way.readings[-1], figure(way.goal.value, way.unit)
    now, short = _said(last, figure(last.value, way.unit)), not _reached(way, last.value)
    off = _off(last.value - way.goal.value, figure(abs(way.goal.value - last.value), way.unit), "差")
    return Verdict(
        short, Say("没有到目标", "Below the goal") if short else Say("到了目标", "The goal is reached"),
        Say(f"{now}，目标 {aim}，{off}。", f"{now.en}; the goal {aim.en}, {off.en}."),
    )  # fmt: skip


def _ceiling(way: GoalPath) -> Verdict:
    if not way.readings:
        if way.past is None:
            return _past_and_goal(way, "", "")
        then, top = figure(way.past.value, way.unit), figure(way.goal.value, way.unit)
        place = (
            Say("已在上限以内", "within it")
            if way.past.value <= way.goal.value
            else Say("在上限以上", "above it")
        )
        if way.past.value == way.goal.value:
            place = Say("正好在上限", "just at it")
        return Verdict(None, Say("还没有实际值", "No readings yet"), Say(f"报告说过去是 {then}，上限 {top}，{place}。", f"The report says {then.en} before; the ceiling is {top.en}: {place.en}."))  # fmt: skip
    over = [p for p in way.readings if p.value > way.goal.value]
    top, last = figure(way.goal.value, way.unit), way.readings[-1]
    have = figure(last.value, way.unit)
    if over:
        years = "、".join(str(p.year) for p in over)
        return Verdict(True, Say("超过上限", "Above the ceiling"), Say(f"{years} 年超过上限 {top}；最近 {last.year} 年 {have}。", f"Above {top.en} in {years.replace('、', ', ')}; the latest, {last.year}, is {have.en}."))  # fmt: skip
    return Verdict(False, Say("没有超过上限", "Within the ceiling"), Say(f"{len(way.readings)} 个读数都在 {top} 以内，最近 {last.year} 年 {have}。", f"All readings ({len(way.readings)}) are within {top.en}; the latest, {last.year}, is {have.en}."))  # fmt: skip
