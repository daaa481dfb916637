"""Checks of promises against the record: lower, equal, missing, or not adding up year by year."""

from __future__ import annotations

import re

from bihuan.core.report.compare import amount, amount_en, english, joined, said_en
from bihuan.core.report.follow.basis import kin, strip_scope
from bihuan.core.report.follow.stated import vague
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.report.shelf import PERCENT, Shelf, less_is_better, refused
from bihuan.core.say import Say

_SCOPE = Say("须先确认两期统计口径相同", "First make sure that both periods count the same things")
_ECONOMY = Say(
    "目标放低可能是对形势的清醒判断，不等于退步",
    "A lower goal can be a sober view of the times, not a retreat",
)
_EVEN = Say("各年进度未必均匀", "Years need not be even")
_GROWTH = ("growth_avg", "growth_yoy")
_MADE = ("flow", "count", "cumulative")
_LESS_DONE = 0.9  # what is planned of last year's work; a tenth less is prudence, and the same is no news
_SLIP = 20.0  # a level this many times another of the same thing is a slip of the pen, not a retreat


def check_promises(shelf: Shelf) -> list[Check]:
    """All checks of this family."""
    out: list[Check] = []
    for name in shelf.by:
        out += _amounts(shelf, name) + _levels(shelf, name) + _rates(shelf, name)
        out += _yearly(shelf, name) + _each_year(shelf, name) + _missing(shelf, name)
    return out + _kin(shelf)


def _over_term(shelf: Shelf, name: str, part: str) -> list[Quantity]:
    """What was or will be made in a whole term."""
    years = shelf.years if part == "past" else shelf.plan_years
    return [
        q for q in shelf.pick(name, part, "cumulative", "count")
        if q.period.first is not None and q.period.last is not None and not shelf.at_the_end(q)
        and years >= 3 and q.period.last - q.period.first + 1 >= min(years, 3)
    ]  # fmt: skip


def _amounts(shelf: Shelf, name: str) -> list[Check]:
    """Done in the past term against promised for the next one; in a yearly report, last year against this one."""
    if shelf.years >= 3 and shelf.plan_years >= 3:
        done, goal = _over_term(shelf, name, "past"), _over_term(shelf, name, "term")
        zh, en = ("过去五年", "今后五年"), "the next term"
    else:
        last = (shelf.meta.plan_year or 0) - 1
        done = [
            q for q in shelf.pick(name, "past", "flow", "count") if q.period.first == q.period.last == last
        ]
        goal = [
            q
            for q in shelf.pick(name, "year", "flow", "count")
            if q.period.first == q.period.last == last + 1
        ]
        zh, en = ("上年", "今年"), "this year"
        if (
            len(done) != 1
            or len(goal) != 1
            or vague(name)
            or not 0.2 <= goal[0].norm_value / (done[0].norm_value or 1) <= _LESS_DONE
        ):
            return []  # several counts under one name are several things; so is one a fifth of the other
    goal = [q for q in goal if done and q.norm_unit == done[0].norm_unit]
    if not done or not goal or done[0].norm_value <= 0 or less_is_better(name):
        return []
    d, g = done[0], goal[0]
    if why := shelf.apart(d, g):
        return [refused("past_vs_goal", name, why, d, g)]
    diff = joined(g.norm_value, d.norm_value)
    unit = d.norm_unit
    more = "余" if d.comparator == "over_approx" else ""
    computed = {"past": d.norm_value, "goal": g.norm_value, "change_percent": round(diff * 100, 2)}
    if abs(diff) < 1e-9:
        finding = Say(
            f"{name}：{zh[0]}{amount(d.norm_value, unit)}，{zh[1]}的目标一样多",
            f"{english(name)}: {amount_en(d.norm_value, unit)} done, the same promised for {en}",
        )
        return [Check("goal_equals_past", (d.span, g.span), computed, "equal", "low", finding, _SCOPE, name)]
    lower = diff < 0
    if not lower and en == "this year":
        return []
    finding = Say(
        f"{name}：{zh[0]}{amount(d.norm_value, unit)}{more}，{zh[1]}目标{amount(g.norm_value, unit)}，{'低' if lower else '高'}{abs(diff) * 100:.1f}%",
        f"{english(name)}: {amount_en(d.norm_value, unit)} done, {amount_en(g.norm_value, unit)} promised for {en}, {diff * 100:+.1f}%",
    )
    grave = "none" if not lower else "medium" if en == "the next term" else "low"
    return [Check("past_vs_goal", (d.span, g.span), computed, "below" if lower else "above", grave, finding,
                  _ECONOMY if lower else _SCOPE, name)]  # fmt: skip


def _levels(shelf: Shelf, name: str) -> list[Check]:
    """A level to be reached against the level reached already."""
    done = [q for q in shelf.heights(name, "past") if q.role == "level" and shelf.named(q)]
    if not done or less_is_better(name) or vague(name):
        return []
    d = done[-1]
    out = []
    for part in ("term", "year"):
        goals = [
            q for q in shelf.heights(name, part)
            if q.role == "level" and q.norm_unit == d.norm_unit and q.comparator != "le" and shelf.named(q)
        ]  # fmt: skip
        if not goals or d.norm_value <= 0:
            continue
        g = goals[0]
        if any(q.norm_unit == d.norm_unit and q.norm_value < g.norm_value < d.norm_value for q in done):
            continue  # several figures under one name are several things
        if why := shelf.apart(d, g):
            out.append(refused("goal_below_past", name, why, d, g))
            continue
        diff = joined(g.norm_value, d.norm_value)
        computed = {"past": d.norm_value, "goal": g.norm_value, "change_percent": round(diff * 100, 2)}
        if abs(diff) < 1e-9:
            finding = Say(
                f"{name}：目标{g.text}已经达到({d.text})",
                f"{english(name)}: the goal {said_en(g)} is reached already",
            )
            out.append(
                Check(
                    "goal_equals_past", (d.span, g.span), computed, "equal", "medium", finding, _SCOPE, name
                )
            )
        elif diff < 0 and g.norm_value * _SLIP > d.norm_value:
            finding = Say(
                f"{name}：已经达到{d.text}，目标却是{g.text}，低{-diff * 100:.1f}%",
                f"{english(name)}: {said_en(d)} reached already, the goal is {said_en(g)}, {diff * 100:+.1f}%",
            )
            out.append(Check("goal_below_past", (d.span, g.span), computed, "below", "high" if diff < -0.1 else "medium",
                             finding, _SCOPE, name))  # fmt: skip
    return out


def _rates(shelf: Shelf, name: str) -> list[Check]:
    """Growth and rates of the past against the goals."""
    out: list[Check] = []
    past_growth = shelf.growth(name, "past", "growth_avg") or shelf.growth(name, "past", "growth_yoy")
    pairs: list[tuple[Quantity, Quantity]] = []
    for part, role in (("term", "growth_avg"), ("year", "growth_yoy")):
        goals = shelf.growth(name, part, role)
        if past_growth and goals:
            pairs.append((past_growth[0], goals[0]))
            if part == "term":
                break
    for part in ("term", "year"):
        past, goals = shelf.pick(name, "past", "rate", "share"), shelf.pick(name, part, "rate", "share")
        if past and goals and past[-1].norm_unit == goals[0].norm_unit:
            pairs.append((past[-1], goals[0]))
            break
    for d, g in pairs:
        why = shelf.apart(d, g)
        out += [refused("goal_below_past", name, why, d, g)] if why else _rate_pair(name, d, g)
    return out


def _rate_pair(name: str, d: Quantity, g: Quantity) -> list[Check]:
    best = g.upper if g.upper is not None and not less_is_better(name) else g.norm_value
    diff = best - d.norm_value
    computed = {"past": d.norm_value, "goal": best, "difference": round(diff, 3)}
    if abs(diff) < 1e-9:
        finding = Say(
            f"{name}：目标{g.text}与过去的{d.text}相同",
            f"{english(name)}: the goal {g.text} equals the past {d.text}",
        )
        return [Check("goal_equals_past", (d.span, g.span), computed, "equal", "low", finding, _SCOPE, name)]
    worse = diff > 0 if less_is_better(name) else diff < 0
    if not worse:
        return []
    finding = Say(f"{name}：过去{d.text}，目标{g.text}，{'高' if diff > 0 else '低'}{abs(diff):.4g}个百分点",
                  f"{english(name)}: {d.text} in the past, {g.text} as the goal, {diff:+.4g} points")  # fmt: skip
    growth = d.role in ("growth_avg", "growth_yoy")
    sharp = (
        d.role == "growth_avg" and abs(diff) > max(3.0, 0.2 * abs(d.norm_value))
        or not growth and g.comparator != "le" and abs(diff) >= 1 and not less_is_better(name)
    )  # fmt: skip
    return [Check("goal_below_past", (d.span, g.span), computed, "below", "medium" if sharp else "low", finding,
                  _ECONOMY if growth else _SCOPE, name)]  # fmt: skip


def _yearly(shelf: Shelf, name: str) -> list[Check]:
    """The first year's figure times the years of the term, or against the past yearly mean."""
    year = [q for q in shelf.pick(name, "year", *_MADE) if q.upper is None]
    if not year:
        return []
    y = year[0]
    unit = y.norm_unit
    n = shelf.plan_years
    term = _over_term(shelf, name, "term")
    if term and term[0].norm_unit == unit:
        t = term[0]
        total = y.norm_value * n
        diff = joined(total, t.norm_value)
        verdict = "holds" if abs(diff) <= 0.1 else "short" if diff < 0 else "over"
        fits = "正好相符" if abs(diff) < 1e-9 else "相符" if verdict == "holds" else f"相差{diff * 100:+.0f}%"
        finding = Say(
            f"{name}：{y.text}×{n}年={amount(total, unit)}，五年目标{amount(t.norm_value, unit)}，{fits}",
            f"{english(name)}: {said_en(y)} × {n} years = {amount_en(total, unit)}, the term's goal is {amount_en(t.norm_value, unit)} ({diff * 100:+.0f}%)",
        )
        computed = {"year": y.norm_value, "years": float(n), "total": total, "goal": t.norm_value}
        return [Check("per_year_vs_year", (y.span, t.span), computed, verdict,
                      "none" if verdict != "short" else "medium", finding, _EVEN, name)]  # fmt: skip
    past = _over_term(shelf, name, "past")
    if not past or past[0].norm_unit != unit or past[0].norm_value <= 0:
        return []
    mean = past[0].norm_value / shelf.years
    diff = joined(y.norm_value, mean)
    if abs(diff) < 0.25:
        return []
    finding = Say(
        f"{name}：过去{shelf.years}年年均{amount(mean, unit)}，明年安排{amount(y.norm_value, unit)}，为其{y.norm_value / mean:.2g}倍",
        f"{english(name)}: {amount_en(mean, unit)} a year over the past {shelf.years} years, {amount_en(y.norm_value, unit)} planned, {y.norm_value / mean:.2g} times",
    )
    return [Check("per_year_vs_year", (past[0].span, y.span), {"past_mean": round(mean, 2), "year": y.norm_value, "ratio": round(y.norm_value / mean, 3)},
                  "below" if diff < 0 else "above", "low" if diff < 0 else "none", finding, _SCOPE, name)]  # fmt: skip


def _each_year(shelf: Shelf, name: str) -> list[Check]:
    """A yearly amount promised for the term against the first year's own, and against the term's total."""
    each = [q for q in shelf.pick(name, "term", "per_year") if q.norm_unit not in PERCENT]
    if not each:
        return []
    e, n = each[0], shelf.plan_years
    out = []
    for q, times, zh, en in (
        *((q, 1, "当年", "the year's own") for q in shelf.pick(name, "year", *_MADE, "level")[:1]),
        *((q, n, f"{n}年", "the term's") for q in _over_term(shelf, name, "term")[:1]),
    ):  # fmt: skip
        if q.norm_unit != e.norm_unit or shelf.apart(e, q):
            continue
        diff = joined(q.norm_value, e.norm_value * times)
        # a year that plans less than the yearly amount falls short of it; so does a total below its years
        verdict = "holds" if abs(diff) <= 0.1 else "short" if diff < 0 else "over"
        finding = Say(
            f"{name}：每年{e.text}，{zh}却是{q.text}({diff * 100:+.0f}%)"
            if verdict != "holds"
            else f"{name}：每年{e.text}，{zh}{q.text}，相符",
            f"{english(name)}: {said_en(e)} every year, {en} figure is {said_en(q)} ({diff * 100:+.0f}%)",
        )
        computed = {
            "per_year": e.norm_value,
            "years": float(times),
            "expected": e.norm_value * times,
            "stated": q.norm_value,
        }
        grave = "medium" if verdict == "short" or verdict == "over" and times > 1 else "none"
        out.append(
            Check("per_year_vs_year", (e.span, q.span), computed, verdict, grave, finding, _EVEN, name)
        )
    return out


def _missing(shelf: Shelf, name: str) -> list[Check]:
    """Reported for the past and planned for the year, but without a goal for the term."""
    if shelf.plan_years < 3 or "term" in shelf.by.get(name, {}) or vague(name):
        return []
    past = shelf.pick(name, "past", "level", "flow", "cumulative", "growth_avg", "growth_yoy")
    year = shelf.pick(name, "year", "growth_yoy", "flow", "level")
    if not past or not year or _aimed_at(shelf, past[0].indicator, name):
        return []
    finding = Say(
        f"{name}：过去有数({past[0].text})，明年有目标({year[0].text})，今后五年没有目标",
        f"{english(name)}: a figure for the past ({said_en(past[0])}) and for the next year ({said_en(year[0])}), no goal for the term",
    )
    return [Check("missing_term_goal", (past[0].span, year[0].span), {}, "missing", "low", finding,
                  Say("规划纲要里可能另有目标", "The five-year outline may state one"), name)]  # fmt: skip


_AIM = re.compile(r"翻|倍增|达到?|超过|突破|增长|提高到|控制在|建成|新增|完成")


def _aimed_at(shelf: Shelf, *names: str) -> bool:
    """Whether the term says anything of a thing in words that set a goal, though no figure was read under its name."""
    pieces = re.split(r"[，。；\n]", shelf.term_text)
    return any(n in piece and _AIM.search(piece) for piece in pieces for n in names if len(n) > 3)


def _kin(shelf: Shelf) -> list[Check]:
    """A goal for one counting of a matter where the record holds only another counting of it."""
    out = []
    for name, parts in shelf.by.items():
        goals = [q for part in ("term", "year") for q in parts.get(part, []) if q.role in (*_GROWTH, *_MADE)]
        if not goals or "past" in parts:
            continue
        g = goals[0]
        for other, theirs in shelf.by.items():
            if other == name or not (kin(name, other) or strip_scope(name) == strip_scope(other)):
                continue
            roles = _GROWTH if g.role in _GROWTH else _MADE
            done = [q for q in theirs.get("past", []) if q.role in roles and q.norm_unit == g.norm_unit]
            if done:
                why = shelf.apart(done[0], g) or Say(
                    f"回顾报的是{other}，目标定的是{name}，口径不同",
                    f"The review reports {english(other)}, the goal is for {english(name)}: different countings",
                )
                kind = "goal_below_past" if g.role in _GROWTH else "past_vs_goal"
                out.append(refused(kind, name, why, done[0], g))
                break
    return out
