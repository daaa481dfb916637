"""Checks of goals against growth: whether the pace reaches them, and what doubles."""

from __future__ import annotations

import re

from bihuan.core.report.compare import amount, amount_en, english, joined, said_en
from bihuan.core.report.path import path
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.report.shelf import Shelf, as_sum, less_is_better, refused
from bihuan.core.say import Say

CAVEAT = Say(
    "增速按可比价(实际)，总量按现价(名义)，两者不能严格相除；价格上涨会缩小差距",
    "Growth is real (constant prices) and the level nominal; price rises would narrow the gap",
)
_ESTIMATE = Say("；基数是预计数，以后会修订", "; the base is an estimate that will be revised")
_GRAVE = 10.0  # per cent short of the term's own average
_SINCE = re.compile(r"(?:比|较|在)(20\d\d)年(?:的?基础上)?(?:增长|实现|提前|再)*翻?$")


def check_growth(shelf: Shelf) -> list[Check]:
    """All checks of this family."""
    out: list[Check] = []
    for name in shelf.by:
        out += _pace(shelf, name) + _pace_of_rates(shelf, name) + _growth_to_level(shelf, name)
        out += _doubling(shelf, name) + _doubling_by_rate(shelf, name)
    return out


def _goals(shelf: Shelf, name: str, base: Quantity) -> list[Quantity]:
    """Levels of the term to set against the base, each once."""
    goals: dict[tuple[float, int | None], Quantity] = {}
    for q in shelf.heights(name, "term"):
        far = (q.period.last or 0) > (base.period.last or 0)
        if q.norm_unit != base.norm_unit or not far or q.comparator == "le":
            continue
        if q.role == "cumulative" and as_sum(q.norm_value, base.norm_value):
            continue
        goals.setdefault((q.norm_value, q.period.last), q)
    return list(goals.values())


def _pace(shelf: Shelf, name: str) -> list[Check]:
    base, year = shelf.base(name), shelf.meta.plan_year
    rates = (
        shelf.growth(name, "year", "growth_yoy") or shelf.growth(name, "term", "growth_avg")
        or shelf.growth(name, "past", "growth_avg")
    )  # fmt: skip
    if (
        not base
        or not year
        or base.role == "count"
        or base.norm_value <= 0
        or not rates
        or less_is_better(name)
    ):
        return []
    out = []
    for goal in _goals(shelf, name, base)[:2]:
        if goal.norm_value <= base.norm_value:
            continue
        if why := shelf.apart(base, goal):
            out.append(refused("pace_vs_goal", name, why, base, rates[0], goal))
        else:
            out.append(_pace_to(shelf, name, base, rates[0], goal))
    return out


def _pace_to(shelf: Shelf, name: str, base: Quantity, rate: Quantity, goal: Quantity) -> Check:
    start = base.period.last or 0
    last = goal.period.last or start + 1
    p = path(start, base.norm_value, last, goal.norm_value, rate.norm_value / 100)
    short = p.reached < goal.norm_value * 0.995
    best = path(start, base.norm_value, last, goal.norm_value, (rate.upper or rate.norm_value) / 100)
    unit = base.norm_unit
    shown = amount(goal.norm_value, unit)
    if short:
        finding = Say(
            f"{name}：按{rate.text}逐年增长，{start}年的{amount(base.norm_value, unit)}到{last}年只有{amount(p.reached, unit)}，"
            f"离{shown}还差{amount(p.gap, unit)}；要达到须年均增长{p.required_rate * 100:.2f}%",
            f"{english(name)}: growing {rate.text} a year, {amount_en(base.norm_value, unit)} in {start} reaches {amount_en(p.reached, unit)} in {last}, "
            f"{amount_en(p.gap, unit)} short of {amount_en(goal.norm_value, unit)}; the goal needs {p.required_rate * 100:.2f}% a year",
        )
    else:
        finding = Say(
            f"{name}：按{rate.text}逐年增长，到{last}年可达{amount(p.reached, unit)}，够得上{shown}",
            f"{english(name)}: growing {rate.text} a year reaches {amount_en(p.reached, unit)} in {last}, enough for {amount_en(goal.norm_value, unit)}",
        )
    computed = {
        "base": base.norm_value, "goal": goal.norm_value, "rate": rate.norm_value, "years": float(last - start),
        "reached": round(p.reached, 2), "gap": round(p.gap, 2), "required_rate": round(p.required_rate * 100, 3),
    }  # fmt: skip
    # a range may reach at its upper end, and less than two in a hundred is rounding and prices
    grave = "high" if best.reached < goal.norm_value * 0.98 and rate.part != "past" else "medium"
    estimate = base.status == "expected"
    caveat = Say(CAVEAT + _ESTIMATE, CAVEAT.en + _ESTIMATE.en) if estimate else CAVEAT
    return Check("pace_vs_goal", (base.span, rate.span, goal.span), computed, "short" if short else "holds",
                 grave if short else "none", finding, caveat, name)  # fmt: skip


def _pace_of_rates(shelf: Shelf, name: str) -> list[Check]:
    """The year's growth against the term's average: compounded, it must not fall behind."""
    term, year = shelf.growth(name, "term", "growth_avg"), shelf.growth(name, "year", "growth_yoy")
    if not term or not year or less_is_better(name):
        return []
    t, y = term[0], year[0]
    if why := shelf.apart(t, y):
        return [refused("pace_vs_goal", name, why, t, y)]
    best = y.upper or y.norm_value
    lag = best < t.norm_value - 1e-9
    n = shelf.plan_years or 5
    rest = ((1 + t.norm_value / 100) ** n / (1 + best / 100)) ** (1 / (n - 1)) - 1 if n > 1 else 0.0
    short = (((1 + best / 100) / (1 + t.norm_value / 100)) ** n - 1) * 100
    finding = (
        Say(f"{name}：今后{n}年要年均增长{t.text}，第一年只安排{y.text}，逐年照此到期末低{-short:.1f}%；其余各年须年均增长{rest * 100:.2f}%",
            f"{english(name)}: the term promises {t.text} a year, the first year plans {y.text}; at that pace the end is {-short:.1f}% lower, the other years need {rest * 100:.2f}%")
        if lag else
        Say(f"{name}：年度目标{y.text}与五年年均{t.text}相符", f"{english(name)}: the year's {y.text} fits the term's {t.text} a year")
    )  # fmt: skip
    computed = {
        "term_rate": t.norm_value,
        "year_rate": best,
        "rest_rate": round(rest * 100, 3),
        "short_percent": round(short, 2),
    }
    grave = "high" if short <= -_GRAVE else "medium"
    return [Check("pace_vs_goal", (t.span, y.span), computed, "short" if lag else "holds", grave if lag else "none",
                  finding, _prices(shelf, t, y), name)]  # fmt: skip


def _prices(shelf: Shelf, t: Quantity, y: Quantity) -> Say:
    """What the two growth figures say of their prices."""
    one, other = shelf.basis(t).price, shelf.basis(y).price
    if not one and not other:
        return Say("两个增速都没有写明价格基础和口径", "Neither rate states its price basis")
    if one and other:
        return Say("两个增速都写明了价格基础", "Both rates state their price basis")
    zh, en = ("年度", "year") if other else ("五年", "term")
    return Say(f"只有{zh}目标写明了口径", f"Only the goal of the {en} states its basis")


def _growth_to_level(shelf: Shelf, name: str) -> list[Check]:
    """A term that states both a level and an average rate must agree with itself."""
    base, year = shelf.base(name), shelf.meta.plan_year
    rates = shelf.growth(name, "term", "growth_avg")
    if (
        not base
        or not year
        or not rates
        or base.role == "count"
        or not shelf.growth(name, "year", "growth_yoy")
    ):
        return []
    plan = shelf.meta.term_plan
    for goal in _goals(shelf, name, base):
        last = goal.period.last or year
        if plan and last != plan[1] or abs(goal.span[0] - rates[0].span[0]) > 60 or shelf.apart(base, goal):
            continue
        reached = base.norm_value * (1 + rates[0].norm_value / 100) ** (last - year + 1)
        diff = joined(reached, goal.norm_value)
        if abs(diff) < 0.03:
            continue
        unit, rate = base.norm_unit, rates[0]
        finding = Say(
            f"{name}：年均增长{rate.text}到{last}年是{amount(reached, unit)}，与{amount(goal.norm_value, unit)}的目标相差{diff * 100:+.1f}%",
            f"{english(name)}: {rate.text} a year gives {amount_en(reached, unit)} in {last}, {diff * 100:+.1f}% from the goal of {amount_en(goal.norm_value, unit)}",
        )
        return [Check("pace_vs_goal", (base.span, rate.span, goal.span), {"reached": round(reached, 2), "goal": goal.norm_value, "difference_percent": round(diff * 100, 2)},
                      "short" if diff < 0 else "over", "medium" if diff < 0 else "low", finding, CAVEAT, name)]  # fmt: skip
    return []


def _doubling(shelf: Shelf, name: str) -> list[Check]:
    base = shelf.base(name)
    if not base or base.norm_unit == "%" or base.norm_value <= 0 or less_is_better(name):
        return []
    for goal in _goals(shelf, name, base):
        ratio = goal.norm_value / base.norm_value
        n = (goal.period.last or 0) - (base.period.last or 0)
        if not 1.9 <= ratio < 20 or shelf.apart(base, goal):
            continue
        rate = (ratio ** (1 / n) - 1) * 100
        finding = Say(
            f"{name}：由{base.text}到{goal.text}，{n}年翻到{ratio:.2g}倍，相当于年均增长{rate:.1f}%",
            f"{english(name)}: from {said_en(base)} to {said_en(goal)} is {ratio:.2g} times in {n} years, {rate:.1f}% a year",
        )
        return [Check("doubling", (base.span, goal.span), {"base": base.norm_value, "goal": goal.norm_value, "ratio": round(ratio, 3), "required_rate": round(rate, 2)},
                      "doubles", "medium", finding, Say("基数与目标口径须一致", "Base and goal must count the same things"), name)]  # fmt: skip
    return []


def _doubling_by_rate(shelf: Shelf, name: str) -> list[Check]:
    """翻番 within the term, or since the year before the review, against the stated yearly growth."""
    plan, review = shelf.meta.term_plan, shelf.meta.term_review
    rates = shelf.growth(name, "term", "growth_avg") or shelf.growth(name, "year", "growth_yoy")
    if not plan or not review or not rates or len(name) < 4:
        return []
    for goal in (q for q in shelf.by[name].get("term", []) if q.norm_unit == "番"):
        rate, spans = rates[0], [rates[0].span, goal.span]
        n = (goal.period.last or plan[1]) - plan[0] + 1
        if n < 3:
            n = plan[1] - plan[0] + 1
        times = (1 + rate.norm_value / 100) ** n
        since = _SINCE.search(shelf.before(goal))
        if since and int(since.group(1)) != review[1]:
            done = shelf.growth(name, "past", "growth_avg")
            if not done or int(since.group(1)) != review[0] - 1:
                continue  # the report does not tell how far the years before have come
            times *= (1 + done[0].norm_value / 100) ** shelf.years
            spans.insert(0, done[0].span)
            n += shelf.years
        want = 2**goal.norm_value
        holds = times >= want * 0.98
        need = (want ** (1 / n) - 1) * 100
        finding = Say(
            f"{name}：{goal.text}在{n}年里要年均增长{need:.1f}%，按{rate.text}是{times:.2f}倍"
            + ("，够" if holds else "，不够"),
            f"{english(name)}: {want:.0f} times in {n} years needs {need:.1f}% a year; at {rate.text} it becomes {times:.2f} times",
        )
        return [Check("doubling", tuple(spans), {"times": round(times, 3), "wanted": want, "required_rate": round(need, 2), "years": float(n)},
                      "holds" if holds else "short", "none" if holds else "high" if times < want * 0.95 else "medium", finding, CAVEAT, name)]  # fmt: skip
    return []
