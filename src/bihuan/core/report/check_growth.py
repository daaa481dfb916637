"""Checks of levels against growth: pace, sums, implied baselines, doublings."""

from __future__ import annotations

from bihuan.core.report.compare import HEADLINE_CAVEAT, Shelf, amount, amount_en, english, joined, said_en
from bihuan.core.report.path import last_from_sum, path, sum_at_rate
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.say import Say

_CAVEAT = Say(*HEADLINE_CAVEAT)
_UNEVEN = Say(
    "年均增速不等于逐年匀速；若前慢后快，总和会小于按匀速算出的数；口径中途变化也会如此",
    "An average is not an even path: slow years first give a smaller sum; so does a change of definition on the way",
)


def check_growth(shelf: Shelf) -> list[Check]:
    """All checks of this family."""
    out: list[Check] = []
    for name in shelf.by:
        out += _pace(shelf, name) + _pace_of_rates(shelf, name) + _sum(shelf, name)
        out += (
            _implied(shelf, name)
            + _implied_share(shelf, name)
            + _doubling(shelf, name)
            + _growth_to_level(shelf, name)
        )
    return out


def _base(shelf: Shelf, name: str) -> Quantity | None:
    """Last stated level before the plan."""
    end = shelf.meta.plan_year - 1 if shelf.meta.plan_year else None
    for q in shelf.pick(name, "past", "level", "flow", "count"):
        if q.period.last == end and (q.period.first == end or q.role == "level" or q.role == "count"):
            return q
    return None


def _pace(shelf: Shelf, name: str) -> list[Check]:
    base = _base(shelf, name)
    year = shelf.meta.plan_year
    if not base or not year or base.role == "count":
        return []
    goals = [
        q
        for q in shelf.pick(name, "term", "level")
        if q.norm_unit == base.norm_unit and (q.period.last or 0) > year - 1
    ]
    if not goals:
        return []
    goal = goals[0]
    rates = (
        shelf.pick(name, "year", "growth_yoy")
        or shelf.pick(name, "term", "growth_avg")
        or shelf.pick(name, "past", "growth_avg")
    )
    if not rates:
        return []
    rate = rates[0]
    last = goal.period.last or year
    p = path(year - 1, base.norm_value, last, goal.norm_value, rate.norm_value / 100)
    short = p.reached < goal.norm_value * 0.995
    unit = base.norm_unit
    shown = amount(goal.norm_value, unit)
    if short:
        finding = Say(
            f"{name}：按{rate.text}逐年增长，{year - 1}年的{amount(base.norm_value, unit)}到{last}年只有{amount(p.reached, unit)}，"
            f"离{shown}还差{amount(p.gap, unit)}；要达到须年均增长{p.required_rate * 100:.2f}%",
            f"{english(name)}: growing {rate.text} a year, {amount_en(base.norm_value, unit)} in {year - 1} reaches {amount_en(p.reached, unit)} in {last}, "
            f"{amount_en(p.gap, unit)} short of {amount_en(goal.norm_value, unit)}; the goal needs {p.required_rate * 100:.2f}% a year",
        )
    else:
        finding = Say(
            f"{name}：按{rate.text}逐年增长，到{last}年可达{amount(p.reached, unit)}，够得上{shown}",
            f"{english(name)}: growing {rate.text} a year reaches {amount_en(p.reached, unit)} in {last}, enough for {amount_en(goal.norm_value, unit)}",
        )
    computed = {
        "base": base.norm_value, "goal": goal.norm_value, "rate": rate.norm_value, "years": float(last - year + 1),
        "reached": round(p.reached, 2), "gap": round(p.gap, 2), "required_rate": round(p.required_rate * 100, 3),
    }  # fmt: skip
    return [Check("pace_vs_goal", (base.span, rate.span, goal.span), computed, "short" if short else "holds",
                  "high" if short else "none", finding, _CAVEAT, name)]  # fmt: skip


def _pace_of_rates(shelf: Shelf, name: str) -> list[Check]:
    term, year = shelf.pick(name, "term", "growth_avg"), shelf.pick(name, "year", "growth_yoy")
    if not term or not year:
        return []
    t, y = term[0], year[0]
    lag = y.norm_value < t.norm_value - 1e-9
    n = shelf.plan_years or 5
    rest = ((1 + t.norm_value / 100) ** n / (1 + y.norm_value / 100)) ** (1 / (n - 1)) - 1 if n > 1 else 0.0
    finding = (
        Say(f"{name}：今后{n}年要年均增长{t.text}，第一年只安排{y.text}；其余各年须年均增长{rest * 100:.2f}%",
            f"{english(name)}: the term promises {t.text} a year, the first year plans {y.text}; the other years need {rest * 100:.2f}%")
        if lag else
        Say(f"{name}：年度目标{y.text}与五年年均{t.text}相符", f"{english(name)}: the year's {y.text} fits the term's {t.text} a year")
    )  # fmt: skip
    return [Check("pace_vs_goal", (t.span, y.span), {"term_rate": t.norm_value, "year_rate": y.norm_value, "rest_rate": round(rest * 100, 3)},
                  "short" if lag else "holds", "medium" if lag else "none", finding,
                  Say("年度目标按可比口径，五年目标未说明口径", "The year is on a comparable basis; the term does not state its basis"), name)]  # fmt: skip


def _sum(shelf: Shelf, name: str) -> list[Check]:
    n = shelf.years
    if n < 3:
        return []
    base, rates = _base(shelf, name), shelf.pick(name, "past", "growth_avg")
    sums = [
        q for q in shelf.pick(name, "past", "cumulative") if (q.period.last or 0) - (q.period.first or 0) >= 2
    ]
    if base and any(abs(joined(q.norm_value, base.norm_value)) < 0.01 for q in sums):
        return []  # 累计 said of one year's own total
    if not rates:
        return []
    if base and sums and base.norm_unit == sums[0].norm_unit and base.span != sums[0].span:
        total = sum_at_rate(base.norm_value, rates[0].norm_value / 100, n)
        diff = joined(sums[0].norm_value, total)
        holds = abs(diff) <= 0.03
        unit = base.norm_unit
        finding = Say(
            f"{name}：末年{amount(base.norm_value, unit)}、年均增长{rates[0].text}，{n}年合计应约{amount(total, unit)}，"
            f"报告写{amount(sums[0].norm_value, unit)}，{'相符' if holds else f'相差{diff * 100:+.1f}%'}",
            f"{english(name)}: {amount_en(base.norm_value, unit)} in the last year at {rates[0].text} a year adds up to about {amount_en(total, unit)} over {n} years; "
            f"the report says {amount_en(sums[0].norm_value, unit)} ({diff * 100:+.1f}%)",
        )
        return [Check("sum_vs_growth", (base.span, rates[0].span, sums[0].span),
                      {"last": base.norm_value, "rate": rates[0].norm_value, "implied_sum": round(total, 2), "stated_sum": sums[0].norm_value,
                       "difference_percent": round(diff * 100, 2)},
                      "holds" if holds else "differs", "none" if holds else "medium" if abs(diff) > 0.1 else "low", finding, _UNEVEN, name)]  # fmt: skip
    if not base and sums:
        return _last_from_sum(shelf, name, sums[0], rates[0], n)
    return []


def _last_from_sum(shelf: Shelf, name: str, total: Quantity, rate: Quantity, n: int) -> list[Check]:
    last = last_from_sum(total.norm_value, rate.norm_value / 100, n)
    unit = total.norm_unit
    computed = {"stated_sum": total.norm_value, "rate": rate.norm_value, "implied_last": round(last, 2)}
    spans = [total.span, rate.span]
    extra = extra_en = ""
    goals = [q for q in shelf.pick(name, "year", "flow", "level", "cumulative") if q.norm_unit == unit]
    severity = "low"
    if not goals or not 0.6 <= goals[0].norm_value / last <= 1.6:
        return []  # nothing shows that the figure is a sum and not the last year's own
    if goals:
        change = joined(goals[0].norm_value, last)
        computed |= {"goal": goals[0].norm_value, "implied_growth_percent": round(change * 100, 2)}
        spans.append(goals[0].span)
        extra = f"；明年目标{amount(goals[0].norm_value, unit)}{'只比它多' if change >= 0 else '比它还少'}{abs(change) * 100:.1f}%"
        extra_en = (
            f"; next year's goal of {amount_en(goals[0].norm_value, unit)} is {change * 100:+.1f}% on that"
        )
        severity = "medium" if change < rate.norm_value / 200 else "low"
    finding = Say(
        f"{name}：{n}年共{amount(total.norm_value, unit)}、年均增长{rate.text}，推得末年约{amount(last, unit)}{extra}",
        f"{english(name)}: {amount_en(total.norm_value, unit)} over {n} years at {rate.text} a year implies about {amount_en(last, unit)} in the last year{extra_en}",
    )
    return [Check("implied_baseline", tuple(spans), computed, "implied", severity, finding, _UNEVEN, name)]


def _implied(shelf: Shelf, name: str) -> list[Check]:
    n, base = shelf.years, _base(shelf, name)
    rates = shelf.pick(name, "past", "growth_avg")
    if n < 3 or not base or not rates or not shelf.meta.term_review:
        return []
    first = base.norm_value / (1 + rates[0].norm_value / 100) ** n
    start = shelf.meta.term_review[0] - 1
    finding = Say(
        f"{name}：由末年{amount(base.norm_value, base.norm_unit)}和年均{rates[0].text}推得{start}年约{amount(first, base.norm_unit)}，可与当年公报核对",
        f"{english(name)}: {amount_en(base.norm_value, base.norm_unit)} and {rates[0].text} a year imply about {amount_en(first, base.norm_unit)} in {start}; compare that year's bulletin",
    )
    return [Check("implied_baseline", (base.span, rates[0].span), {"implied_base": round(first, 2), "base_year": float(start)},
                  "implied", "none", finding, _CAVEAT, name)]  # fmt: skip


def _implied_share(shelf: Shelf, name: str) -> list[Check]:
    out = []
    for share in shelf.pick(name, "past", "share", "rate"):
        for change in shelf.pick(name, "past", "change_pp"):
            if not 0 < change.span[0] - share.span[1] < 40 or change.period.first == change.period.last:
                continue
            before = share.norm_value - change.norm_value
            bad = before < 0
            year = change.period.first or 0
            finding = Say(
                f"{name}：{share.text}减去{change.text}，{year}年应为{before:.4g}%"
                + ("，不可能" if bad else ""),
                f"{english(name)}: {share.text} less {said_en(change)} means {before:.4g}% in {year}"
                + (", impossible" if bad else ""),
            )
            out.append(
                Check("implied_baseline", (share.span, change.span), {"implied_base": round(before, 3), "base_year": float(year)},
                      "impossible" if bad else "implied", "high" if bad else "none", finding,
                      Say("产业分类和核算口径在此期间有过调整", "Classifications and national accounts were revised in between"), name)
            )  # fmt: skip
    return out


def _doubling(shelf: Shelf, name: str) -> list[Check]:
    base = _base(shelf, name)
    if not base or base.norm_unit == "%":
        return []
    goals = [q for q in shelf.pick(name, "term", "level", "count") if q.norm_unit == base.norm_unit]
    for goal in goals:
        ratio = goal.norm_value / base.norm_value if base.norm_value else 0
        if not 1.9 <= ratio < 20 or goal.role == "count":
            continue
        n = (goal.period.last or 0) - (base.period.last or 0)
        if n <= 0:
            continue
        rate = (ratio ** (1 / n) - 1) * 100
        finding = Say(
            f"{name}：由{base.text}到{goal.text}，{n}年翻到{ratio:.2g}倍，相当于年均增长{rate:.1f}%",
            f"{english(name)}: from {said_en(base)} to {said_en(goal)} is {ratio:.2g} times in {n} years, {rate:.1f}% a year",
        )
        return [Check("doubling", (base.span, goal.span), {"base": base.norm_value, "goal": goal.norm_value, "ratio": round(ratio, 3), "required_rate": round(rate, 2)},
                      "doubles", "medium", finding, Say("基数与目标口径须一致", "Base and goal must count the same things"), name)]  # fmt: skip
    return []


def _growth_to_level(shelf: Shelf, name: str) -> list[Check]:
    """A term that states both a level and an average rate must agree with itself."""
    base, year = _base(shelf, name), shelf.meta.plan_year
    levels, rates = shelf.pick(name, "term", "level"), shelf.pick(name, "term", "growth_avg")
    if not base or not year or not levels or not rates or base.role == "count":
        return []
    goal, rate = levels[0], rates[0]
    last = goal.period.last or year
    plan = shelf.meta.term_plan
    if plan and last != plan[1]:
        return []
    if (
        goal.norm_unit != base.norm_unit
        or last < year
        or abs(goal.span[0] - rate.span[0]) > 60
        or shelf.pick(name, "year", "growth_yoy") == []
    ):
        return []
    reached = base.norm_value * (1 + rate.norm_value / 100) ** (last - year + 1)
    diff = joined(reached, goal.norm_value)
    if abs(diff) < 0.03:
        return []
    unit = base.norm_unit
    finding = Say(
        f"{name}：年均增长{rate.text}到{last}年是{amount(reached, unit)}，与{amount(goal.norm_value, unit)}的目标相差{diff * 100:+.1f}%",
        f"{english(name)}: {rate.text} a year gives {amount_en(reached, unit)} in {last}, {diff * 100:+.1f}% from the goal of {amount_en(goal.norm_value, unit)}",
    )
    return [Check("pace_vs_goal", (base.span, rate.span, goal.span), {"reached": round(reached, 2), "goal": goal.norm_value, "difference_percent": round(diff * 100, 2)},
                  "short" if diff < 0 else "over", "medium" if diff < 0 else "low", finding, _CAVEAT, name)]  # fmt: skip
