"""Checks of promises against the record: lower, equal, missing, or not adding up year by year."""

from __future__ import annotations

from bihuan.core.report.compare import AMOUNT, Shelf, amount, amount_en, english, joined, said_en
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.say import Say

# indicators of which less is better
_LESS = ("失业率", "能耗", "排放", "价格", "死亡", "贫困", "发生率", "逾期", "浓度", "三公", "消耗", "负担")
_SCOPE = Say("须先确认两期统计口径相同", "First make sure that both periods count the same things")
_ECONOMY = Say(
    "目标放低可能是对形势的清醒判断，不等于退步",
    "A lower goal can be a sober view of the times, not a retreat",
)


def check_promises(shelf: Shelf) -> list[Check]:
    """All checks of this family."""
    out: list[Check] = []
    for name in shelf.by:
        out += _amounts(shelf, name) + _rates(shelf, name) + _yearly(shelf, name) + _missing(shelf, name)
    return out


def _less_is_better(name: str) -> bool:
    return any(w in name for w in _LESS)


def _over_term(qs: list[Quantity], years: int) -> list[Quantity]:
    return [
        q
        for q in qs
        if q.period.first is not None
        and q.period.last is not None
        and q.period.last - q.period.first + 1 >= min(years, 3)
    ]


def _amounts(shelf: Shelf, name: str) -> list[Check]:
    """Done in the past term against promised for the next one."""
    if shelf.years < 3 or shelf.plan_years < 3:
        return []
    done = _over_term(shelf.pick(name, "past", "cumulative", "count"), shelf.years)
    goal = _over_term(shelf.pick(name, "term", "cumulative", "count"), shelf.plan_years)
    if not done or not goal or done[0].norm_unit != goal[0].norm_unit:
        return []
    d, g = done[0], goal[0]
    diff = joined(g.norm_value, d.norm_value)
    unit = d.norm_unit
    more = "余" if d.comparator == "over_approx" else ""
    computed = {"past": d.norm_value, "goal": g.norm_value, "change_percent": round(diff * 100, 2)}
    if abs(diff) < 1e-9:
        finding = Say(
            f"{name}：过去五年{amount(d.norm_value, unit)}，今后五年的目标一样多",
            f"{english(name)}: {amount_en(d.norm_value, unit)} done, the same promised for the next term",
        )
        return [Check("goal_equals_past", (d.span, g.span), computed, "equal", "low", finding, _SCOPE, name)]
    lower = diff < 0
    finding = Say(
        f"{name}：过去五年{amount(d.norm_value, unit)}{more}，今后五年目标{amount(g.norm_value, unit)}，{'低' if lower else '高'}{abs(diff) * 100:.1f}%",
        f"{english(name)}: {amount_en(d.norm_value, unit)} done, {amount_en(g.norm_value, unit)} promised for the next term, {diff * 100:+.1f}%",
    )
    return [Check("past_vs_goal", (d.span, g.span), computed, "below" if lower else "above", "medium" if lower else "none", finding,
                  _ECONOMY if lower else _SCOPE, name)]  # fmt: skip


def _rates(shelf: Shelf, name: str) -> list[Check]:
    """Growth and rates of the past against the goals."""
    out: list[Check] = []
    past_growth = shelf.pick(name, "past", "growth_avg") or shelf.pick(name, "past", "growth_yoy")
    pairs: list[tuple[Quantity, Quantity]] = []
    for part, role in (("term", "growth_avg"), ("year", "growth_yoy")):
        goals = shelf.pick(name, part, role)
        if past_growth and goals and goals[0].norm_unit == past_growth[0].norm_unit:
            pairs.append((past_growth[0], goals[0]))
            if part == "term":
                break
    for part in ("term", "year"):
        past, goals = shelf.pick(name, "past", "rate", "share"), shelf.pick(name, part, "rate", "share")
        if past and goals and past[-1].norm_unit == goals[0].norm_unit:
            pairs.append((past[-1], goals[0]))
            break
    for d, g in pairs:
        out += _rate_pair(name, d, g)
    return out


def _rate_pair(name: str, d: Quantity, g: Quantity) -> list[Check]:
    diff = g.norm_value - d.norm_value
    computed = {"past": d.norm_value, "goal": g.norm_value, "difference": round(diff, 3)}
    if abs(diff) < 1e-9:
        finding = Say(
            f"{name}：目标{g.text}与过去的{d.text}相同",
            f"{english(name)}: the goal {g.text} equals the past {d.text}",
        )
        return [Check("goal_equals_past", (d.span, g.span), computed, "equal", "low", finding, _SCOPE, name)]
    worse = diff > 0 if _less_is_better(name) else diff < 0
    if not worse:
        return []
    finding = Say(f"{name}：过去{d.text}，目标{g.text}，{'高' if diff > 0 else '低'}{abs(diff):.4g}个百分点",
                  f"{english(name)}: {d.text} in the past, {g.text} as the goal, {diff:+.4g} points")  # fmt: skip
    sharp = d.role == "growth_avg" and abs(diff) > max(3.0, 0.2 * abs(d.norm_value))
    return [
        Check(
            "goal_below_past",
            (d.span, g.span),
            computed,
            "below",
            "medium" if sharp else "low",
            finding,
            _ECONOMY,
            name,
        )
    ]


def _yearly(shelf: Shelf, name: str) -> list[Check]:
    """The first year's figure times the years of the term, or against the past yearly mean."""
    out: list[Check] = []
    year = [
        q
        for q in shelf.pick(name, "year", "flow", "count", "cumulative")
        if q.role in AMOUNT and q.upper is None
    ]
    if not year:
        return out
    y = year[0]
    unit = y.norm_unit
    n = shelf.plan_years
    term = _over_term(shelf.pick(name, "term", "cumulative", "count"), n) if n >= 3 else []
    if term and term[0].norm_unit == unit:
        t = term[0]
        total = y.norm_value * n
        diff = joined(total, t.norm_value)
        verdict = "holds" if abs(diff) <= 0.1 else "short" if diff < 0 else "over"
        finding = Say(
            f"{name}：{y.text}×{n}年={amount(total, unit)}，五年目标{amount(t.norm_value, unit)}，"
            + (
                "正好相符"
                if abs(diff) < 1e-9
                else "相符"
                if verdict == "holds"
                else f"相差{diff * 100:+.0f}%"
            ),
            f"{english(name)}: {said_en(y)} × {n} years = {amount_en(total, unit)}, the term's goal is {amount_en(t.norm_value, unit)} ({diff * 100:+.0f}%)",
        )
        out.append(Check("per_year_vs_year", (y.span, t.span), {"year": y.norm_value, "years": float(n), "total": total, "goal": t.norm_value},
                         verdict, "none" if verdict != "short" else "medium", finding,
                         Say("各年进度未必均匀", "Years need not be even"), name))  # fmt: skip
        return out
    past = (
        _over_term(shelf.pick(name, "past", "cumulative", "count"), shelf.years) if shelf.years >= 3 else []
    )
    if past and past[0].norm_unit == unit:
        mean = past[0].norm_value / shelf.years
        diff = joined(y.norm_value, mean)
        if abs(diff) >= 0.25:
            finding = Say(
                f"{name}：过去{shelf.years}年年均{amount(mean, unit)}，明年安排{amount(y.norm_value, unit)}，为其{y.norm_value / mean:.2g}倍",
                f"{english(name)}: {amount_en(mean, unit)} a year over the past {shelf.years} years, {amount_en(y.norm_value, unit)} planned, {y.norm_value / mean:.2g} times",
            )
            out.append(Check("per_year_vs_year", (past[0].span, y.span), {"past_mean": round(mean, 2), "year": y.norm_value, "ratio": round(y.norm_value / mean, 3)},
                             "below" if diff < 0 else "above", "low" if diff < 0 else "none", finding, _SCOPE, name))  # fmt: skip
    return out


def _missing(shelf: Shelf, name: str) -> list[Check]:
    """Reported for the past and planned for the year, but without a goal for the term."""
    if shelf.plan_years < 3 or "term" in shelf.by.get(name, {}):
        return []
    past = shelf.pick(name, "past", "level", "flow", "cumulative", "growth_avg", "growth_yoy")
    year = shelf.pick(name, "year", "growth_yoy", "flow", "level")
    if not past or not year:
        return []
    finding = Say(
        f"{name}：过去有数({past[0].text})，明年有目标({year[0].text})，今后五年没有目标",
        f"{english(name)}: a figure for the past ({said_en(past[0])}) and for the next year ({said_en(year[0])}), no goal for the term",
    )
    return [Check("missing_term_goal", (past[0].span, year[0].span), {}, "missing", "low", finding,
                  Say("规划纲要里可能另有目标", "The five-year outline may state one"), name)]  # fmt: skip
