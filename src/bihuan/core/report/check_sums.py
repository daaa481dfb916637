"""Checks of the record with itself: sums against growth, and the base that a figure and its growth imply."""

from __future__ import annotations

import re

from bihuan.core.report.check_growth import CAVEAT
from bihuan.core.report.compare import amount, amount_en, english, joined, said_en
from bihuan.core.report.path import last_from_sum, sum_at_rate
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.report.shelf import PERCENT, Shelf, refused, sentences
from bihuan.core.say import Say

_UNEVEN = Say(
    "年均增速不等于逐年匀速；若前慢后快，总和会小于按匀速算出的数；口径中途变化也会如此",
    "An average is not an even path: slow years first give a smaller sum; so does a change of definition on the way",
)
_BEFORE = re.compile(r"(?:上年|去年|前年|(?:20|19)\d\d年)(?:底|末|同期)?的?$")
_FROM_YEAR = re.compile(r"((?:20|19)\d\d)年(?:底|末)?的?$")


def check_sums(shelf: Shelf) -> list[Check]:
    """All checks of this family."""
    out: list[Check] = []
    for name in shelf.by:
        out += _sum(shelf, name) + _implied(shelf, name) + _implied_share(shelf, name)
    for group in sentences(shelf):
        out += _stated_base(shelf, group)
    return out


def _grave(diff: float) -> str:
    """How grave a difference of a sum is, by its share."""
    size = abs(diff)
    return "none" if size <= 0.03 else "low" if size <= 0.1 else "medium" if size <= 0.25 else "high"


def _sum(shelf: Shelf, name: str) -> list[Check]:
    n = shelf.years
    rates = shelf.growth(name, "past", "growth_avg")
    if n < 3 or not rates:
        return []
    base = shelf.base(name)
    sums = [
        q for q in shelf.pick(name, "past", "cumulative")
        if (q.period.last or 0) - (q.period.first or 0) >= 2 and (not base or q.span != base.span)
    ]  # fmt: skip
    if base and any(abs(joined(q.norm_value, base.norm_value)) < 0.01 for q in sums):
        return []  # 累计 said of one year's own total
    if not base:
        return _last_from_sum(shelf, name, sums[0], rates[0], n) if sums else []
    sums = [q for q in sums if q.norm_unit == base.norm_unit]
    if not sums or base.norm_value <= 0:
        return []
    if why := shelf.apart(base, sums[0]):
        return [refused("sum_vs_growth", name, why, base, rates[0], sums[0])]
    total = sum_at_rate(base.norm_value, rates[0].norm_value / 100, n)
    diff = joined(sums[0].norm_value, total)
    unit, grave = base.norm_unit, _grave(diff)
    finding = Say(
        f"{name}：末年{amount(base.norm_value, unit)}、年均增长{rates[0].text}，{n}年合计应约{amount(total, unit)}，"
        f"报告写{amount(sums[0].norm_value, unit)}，{'相符' if grave == 'none' else f'相差{diff * 100:+.1f}%'}",
        f"{english(name)}: {amount_en(base.norm_value, unit)} in the last year at {rates[0].text} a year adds up to about {amount_en(total, unit)} over {n} years; "
        f"the report says {amount_en(sums[0].norm_value, unit)} ({diff * 100:+.1f}%)",
    )
    computed = {"last": base.norm_value, "rate": rates[0].norm_value, "implied_sum": round(total, 2),
                "stated_sum": sums[0].norm_value, "difference_percent": round(diff * 100, 2)}  # fmt: skip
    return [Check("sum_vs_growth", (base.span, rates[0].span, sums[0].span), computed,
                  "holds" if grave == "none" else "differs", grave, finding, _UNEVEN, name)]  # fmt: skip


def _last_from_sum(shelf: Shelf, name: str, total: Quantity, rate: Quantity, n: int) -> list[Check]:
    last = last_from_sum(total.norm_value, rate.norm_value / 100, n)
    unit = total.norm_unit
    goals = [q for q in shelf.pick(name, "year", "flow", "level", "cumulative") if q.norm_unit == unit]
    if not goals or not 0.6 <= goals[0].norm_value / last <= 1.6:
        return []  # nothing shows that the figure is a sum and not the last year's own
    change = joined(goals[0].norm_value, last)
    computed = {"stated_sum": total.norm_value, "rate": rate.norm_value, "implied_last": round(last, 2),
                "goal": goals[0].norm_value, "implied_growth_percent": round(change * 100, 2)}  # fmt: skip
    finding = Say(
        f"{name}：{n}年共{amount(total.norm_value, unit)}、年均增长{rate.text}，推得末年约{amount(last, unit)}；"
        f"明年目标{amount(goals[0].norm_value, unit)}{'只比它多' if change >= 0 else '比它还少'}{abs(change) * 100:.1f}%",
        f"{english(name)}: {amount_en(total.norm_value, unit)} over {n} years at {rate.text} a year implies about {amount_en(last, unit)} in the last year; "
        f"next year's goal of {amount_en(goals[0].norm_value, unit)} is {change * 100:+.1f}% on that",
    )
    severity = "medium" if change < rate.norm_value / 200 else "low"
    return [Check("implied_baseline", (total.span, rate.span, goals[0].span), computed, "implied", severity, finding,
                  _UNEVEN, name)]  # fmt: skip


def _implied(shelf: Shelf, name: str) -> list[Check]:
    n, base = shelf.years, shelf.base(name)
    rates = shelf.growth(name, "past", "growth_avg")
    if n < 3 or not base or not rates or not shelf.meta.term_review or base.norm_unit in PERCENT:
        return []
    first = base.norm_value / (1 + rates[0].norm_value / 100) ** n
    start = shelf.meta.term_review[0] - 1
    finding = Say(
        f"{name}：由末年{amount(base.norm_value, base.norm_unit)}和年均{rates[0].text}推得{start}年约{amount(first, base.norm_unit)}，可与当年公报核对",
        f"{english(name)}: {amount_en(base.norm_value, base.norm_unit)} and {rates[0].text} a year imply about {amount_en(first, base.norm_unit)} in {start}; compare that year's bulletin",
    )
    return [Check("implied_baseline", (base.span, rates[0].span), {"implied_base": round(first, 2), "base_year": float(start)},
                  "implied", "none", finding, CAVEAT, name)]  # fmt: skip


def _implied_share(shelf: Shelf, name: str) -> list[Check]:
    out = []
    for share in shelf.pick(name, "past", "share", "rate"):
        for change in shelf.pick(name, "past", "change_pp"):
            if not 0 < change.span[0] - share.span[1] < 40 or _falls(shelf, change):
                continue
            before = share.norm_value - change.norm_value
            bad = before < 0
            if not bad and change.period.first == change.period.last:
                continue
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


def _falls(shelf: Shelf, change: Quantity) -> bool:
    return bool(re.search(r"下降|降低|减少|回落|低$|低于", shelf.before(change)))


def _stated_base(shelf: Shelf, group: list[Quantity]) -> list[Check]:
    """A sentence that states where a figure stood, where it stands and by how much it changed."""
    out = []
    for i, a in enumerate(group):
        stood = a.role == "baseline" or bool(_BEFORE.search(shelf.before(a)))
        if not stood or a.norm_value <= 0:
            continue
        near = [q for q in group[max(0, i - 2) : i + 4] if q is not a]
        grown = next((q for q in near if q.span[0] > a.span[1] and q.role in _CHANGES), None)
        if not grown or grown.span[0] - a.span[1] > 60:
            continue
        same = [
            q
            for q in near
            if q.norm_unit == a.norm_unit and q is not grown and q.canonical in (grown.canonical, "")
        ]
        now = next((q for q in same if q.role not in ("baseline", "scope")), None)
        if now and (now.canonical or now.span[0] - a.span[1] < 12) and a.canonical in ("", grown.canonical):
            out += _triple(shelf, a, now, grown)
    return out


_CHANGES = frozenset({"growth_yoy", "growth_avg", "decrease", "change_pp"})


def _triple(shelf: Shelf, a: Quantity, b: Quantity, change: Quantity) -> list[Check]:
    """The change from a to b as printed and as computed, in points a year or in points."""
    name = change.canonical
    if why := shelf.apart(a, b):
        return [refused("implied_baseline", name, why, a, b, change)]
    down = -1.0 if change.role == "decrease" or change.role == "change_pp" and _falls(shelf, change) else 1.0
    if a.norm_unit in PERCENT:
        if change.norm_unit != "百分点":
            return []
        real, n = b.norm_value - a.norm_value, 1
    elif change.norm_unit == "%":
        n = _years(shelf, a, b) if change.role == "growth_avg" else 1
        real = ((b.norm_value / a.norm_value) ** (1 / n) - 1) * 100
    else:
        return []
    said = down * change.norm_value
    off = abs(real - said)
    # an average joins constant and current prices: two points a year are within what prices do
    free = 0.15 if change.norm_unit == "百分点" else 2.5 if change.role == "growth_avg" else 1.0
    real_growth = _REAL.search(name) or not _NOMINAL.search(name)
    prices = change.role == "growth_avg" and real_growth and -1.5 <= real - said <= _PRICES
    close = off <= max(free, 0.02 * abs(said))
    holds = close or prices
    end = (
        Say("，相符", ", which fits")
        if close
        else Say("，差的可以是价格", ", prices may make the difference")
        if holds
        else Say("，不符", ", which does not fit")
    )
    word = "年均" if change.role == "growth_avg" else ""
    points = "个百分点" if change.norm_unit == "百分点" else "%"
    finding = Say(
        f"{name}：由{a.text}到{b.text}，算得{word}变动{real:+.1f}{points}，报告写{said:+.4g}{points}" + end,
        f"{english(name)}: from {said_en(a)} to {said_en(b)} is {real:+.1f} {'points' if points != '%' else '%'}"
        f"{' a year' if word else ''}; the report says {said:+.4g}{end.en}",
    )
    grave = "none" if holds else "high" if off > max(5.0, 4 * free) else "medium"
    computed = {
        "base": a.norm_value,
        "now": b.norm_value,
        "stated_change": said,
        "computed_change": round(real, 3),
        "years": float(n),
    }
    return [Check("implied_baseline", (a.span, b.span, change.span), computed, "holds" if holds else "differs", grave,
                  finding, CAVEAT, name)]  # fmt: skip


# growth of these is reckoned at constant prices, of those at current ones
_REAL = re.compile(r"生产总值|增加值|产值")
_NOMINAL = re.compile(r"收入|支出|投资|零售|进出口|出口|外资|税|存款|贷款|游客|就业|客|人数")
_PRICES = 6.0  # points a year between real growth and current levels, as in 2007–2011


def _years(shelf: Shelf, a: Quantity, b: Quantity) -> int:
    m = _FROM_YEAR.search(shelf.before(a))
    n = (b.period.last or 0) - int(m.group(1)) if m else shelf.years
    return max(1, n)
