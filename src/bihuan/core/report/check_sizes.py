"""Figures that cannot be: damaged ones, shares above the whole, more than any place of its kind has, slips by powers of ten."""

from __future__ import annotations

import re
from math import log

from bihuan.core.report.compare import amount, amount_en, english
from bihuan.core.report.follow.stated import vague
from bihuan.core.report.shapes import Check, Quantity, Suspect
from bihuan.core.report.shelf import PERCENT, Shelf, less_is_better
from bihuan.core.say import Say

_ORIGINAL = Say("须以原件为准", "The original document decides")
# more than the largest place of the kind has; 省 stands for autonomous regions and municipalities too
_MOST = {
    "省": {"平方米": 1.8e12, "公里": 5e5, "人": 1.5e8, "元": 2e13},
    "市": {"平方米": 3e11, "公里": 2e5, "人": 3.5e7, "元": 6e12},
    "区": {"平方米": 3e10, "公里": 5e4, "人": 7e6, "元": 2e12},
}
# what is made in a year or a term, not what there is
_MADE = {
    "省": {"平方米": 2e10, "公里": 1e5}, "市": {"平方米": 3e9, "公里": 3e4}, "区": {"平方米": 3e8, "公里": 5e3},
}  # fmt: skip
_LENGTH = re.compile(r"路|道|管|河|线|渠|堤")
_KIND = (
    ("省", re.compile(r"省|自治区|国务院|国家|上海|北京|天津市?$|重庆市?$")),
    ("区", re.compile(r"[区县旗]$")),
)
_BOUNDED = re.compile(r"率$|比重$|占比$|比例$|份额$|覆盖$")
_UNBOUNDED = re.compile(
    r"增长|增幅|增速|增加|投资|杠杆|负债|入学率|入园率|升学率|赡养|抚养|周转|换手|利用率|产销|收益|回报|倍|完成率|产能|拨备|流动|充足|偿|存贷|贡献率|自给|拉动|相当于|占年度|占计划|占目标|占任务"
)
_FEW = (("失业率", 15.0), ("死亡率", 60.0), ("自然增长率", 30.0))
_DAYS = re.compile(r"天数")
_TURNOVER = re.compile(r"全国|世界|全球|全省|累计|交易|成交|结算|清算|资金流|市值|阅读|点击|访问")
_SLIP = 20.0


def check_sizes(shelf: Shelf, quantities: list[Quantity], suspects: list[Suspect]) -> list[Check]:
    """All checks of this family."""
    return [*_damaged(suspects, quantities), *_impossible(shelf), *_slips(shelf)]


def _damaged(suspects: list[Suspect], quantities: list[Quantity]) -> list[Check]:
    out = []
    for s in suspects:
        if s.kind not in ("fused_numbers", "implausible_magnitude"):
            continue
        area = re.match(r"(\d+)万平方米", s.text)
        inside = [q for q in quantities if q.span[0] < s.span[1] and s.span[0] < q.span[1]]
        above = any(q.norm_unit == "%" and _UNBOUNDED.search(q.indicator) for q in inside)
        if not area and s.kind == "fused_numbers" or above:
            continue  # 毛入学率103% may be
        likely = s.suggestions[0] if s.suggestions else ""
        computed = {"value": inside[0].norm_value} if inside else {}
        zh, en = "", ""
        if area:
            km2 = int(area.group(1)) / 100
            computed = {"square_kilometres": km2}
            zh, en = f"即{km2:g}平方公里", f" is {km2:g} km²"
        finding = Say(f"{s.text}{zh}，不采用" + (f"；最像的原文是{likely}" if likely else f"。{s.why}"),
                      f"{s.text}{en}; not used" + (f"; most likely {likely}" if likely else f". {s.why.en}"))  # fmt: skip
        out.append(
            Check("implausible_magnitude", (s.span,), computed, "refused", "high", finding, _ORIGINAL, "")
        )
    return out


def _kind_of_place(shelf: Shelf) -> str:
    name = f"{shelf.meta.region}"
    return next((kind for kind, pattern in _KIND if pattern.search(name)), "市")


def _impossible(shelf: Shelf) -> list[Check]:
    kind = _kind_of_place(shelf)
    out = []
    for q in shelf.sound:
        if q.part not in ("past", "term", "year", "self"):
            continue
        deed = q.role in ("flow", "cumulative", "count") and not shelf.sums(q)
        made = _MADE[kind] if deed and (q.norm_unit == "平方米" or _LENGTH.search(q.canonical)) else {}
        why = _why_not(q) or _too_much(q, _MOST[kind] | made)
        if why:
            finding = Say(
                f"{q.indicator or q.text}：{q.text}，{why}",
                f"{english(q.canonical) or q.text}: {q.text}, {why.en}",
            )
            out.append(Check("implausible_magnitude", (q.span,), {"value": q.norm_value}, "impossible", "high", finding,
                             _ORIGINAL, q.canonical))  # fmt: skip
    return out


def _why_not(q: Quantity) -> Say | None:
    name = q.canonical or q.indicator
    if q.norm_unit in PERCENT and q.role in ("rate", "share", "level"):
        if (
            q.norm_unit == "%"
            and q.norm_value > 100
            and _BOUNDED.search(name)
            and not _UNBOUNDED.search(name)
        ):
            return Say("比率和比重不会超过100%", "a rate or share is never above 100 %")
        for word, top in _FEW:
            if word in name and q.norm_unit == "%" and q.norm_value > top:
                return Say(f"{word}不会有这么高", "no such rate is that high")
    if q.norm_unit == "天" and _DAYS.search(name) and q.norm_value > 366 and q.period.first == q.period.last:
        return Say("一年没有这么多天", "a year has fewer days")
    return None


def _too_much(q: Quantity, most: dict[str, float]) -> Say | None:
    top = most.get(q.norm_unit)
    if top is None or q.norm_value <= top or _TURNOVER.search(q.indicator) or not q.indicator:
        return None
    return Say(
        f"比同级地方里最大的({amount(top, q.norm_unit)})还多",
        f"more than the largest place of its kind has ({amount_en(top, q.norm_unit)})",
    )


def _slips(shelf: Shelf) -> list[Check]:
    """Two levels of one thing that differ by more than twenty times: 亿 for 万, a lost point."""
    out = []
    for name in shelf.by:
        past = [q for q in shelf.heights(name, "past") if q.role == "level"]
        if not past or less_is_better(name) or vague(name):
            continue
        for part in ("term", "year"):
            for g in (
                q
                for q in shelf.heights(name, part)
                if q.role == "level" and shelf.named(q) and q.norm_value > 0
            ):
                same = [q for q in past if q.norm_unit == g.norm_unit and q.norm_value > 0]
                # of several figures under one name the nearest: 财政收入超过100亿元的市 is another thing
                d = min(same, key=lambda q: abs(log(q.norm_value / g.norm_value)), default=None)
                if d is None or not shelf.named(d) or shelf.apart(d, g):
                    continue
                times = g.norm_value / d.norm_value
                if 1 / _SLIP < times < _SLIP:
                    continue
                finding = Say(f"{name}：{d.text}和{g.text}相差{max(times, 1 / times):.0f}倍，像是写错了单位或小数点",
                              f"{english(name)}: {d.text} and {g.text} are {max(times, 1 / times):.0f} times apart; a unit or a point seems wrong")  # fmt: skip
                out.append(Check("implausible_magnitude", (d.span, g.span), {"past": d.norm_value, "goal": g.norm_value, "ratio": round(times, 4)},
                                 "apart", "high", finding, _ORIGINAL, name))  # fmt: skip
                break
    return out
