"""Find every number with a unit; leave out names, ordinals, dates and terms."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal

from bihuan.core.report.bare import bare
from bihuan.core.report.numbers import read_arabic, read_chinese
from bihuan.core.report.units import UNIT, is_classifier, norm

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|十"
_ARABIC = re.compile(
    rf"(?P<num>{_N})(?P<more1>余|多)?(?P<scale>万[余多]亿|{_SCALE})?(?P<more2>余|多)?"
    rf"(?:(?P<to>[-—～~至到]{{1,2}})(?P<num2>{_N})(?P<scale2>{_SCALE})?)?(?P<unit>个(?:多|以上)百分点|{UNIT})"
)
_RANGE_UNITS = re.compile(rf"(?P<num>{_N})(?P<unit1>%|亿元|万)[-—～~至到]{{1,2}}$")
_LIST_BEFORE = re.compile(rf"((?:(?:{_N})[、和与及])+)$")
_LIST_ITEM = re.compile(_N)
_CHINESE = re.compile(
    rf"(?P<num>[一二两三四五六七八九十百千万亿零〇]+)(?P<more1>余|多)?(?P<scale>万|亿)?(?P<unit>{UNIT})"
)
_BARE = re.compile(
    r"(?P<pre>超过|突破|达到|迈上|迈过|跨越|跨上|跃上|站上|超|达|过|破|近)(?P<num>[一二两三四五六七八九]?[百千万]*(?:百|千|万)?亿)"
    r"(?=大关|台阶|[，。；、]|以上|左右|新台阶)"
)
_DOUBLE = re.compile(r"翻了?(?P<num>[一两二三]|[\d.]+)?(?P<more1>)番")
# figures glued to a Latin letter, a plus sign or an ordinal mark belong to a name
_BEFORE_NAME = re.compile(
    r"(?:[A-Za-z+＋/#№±]|第|(?:前|居|列|占|为|到|至)全?[国省市]?第|国道|省道|[·.．](?=\d*$))$"
)
_NAME_OF_INSTITUTE = re.compile(r"(?:中电|中航|中船|航天|电科|兵器|研究|中建|部队|铁路)$")
_RANK = re.compile(r"(?:第|前|居|列|排名?|名列)$")
# 500亿元园区4个, 成为两千亿元产业: a class of things named after its size
_CLASS = re.compile(r"^级?(?:产业|企业|园区|集群|俱乐部|强县)|^级")
_OUTSIDE_UNIT = re.compile(r"^(?:级|口径|字头|工程|计划|行动|战略|新政)")
_QUOTED = re.compile(r"“[^“”]{1,14}”|《[^《》]{1,60}》")
_SMALL_UNITS = frozenset(
    "家座所条户栋亩处".split()
    + list("家座所条户栋处")
    + ["亩", "公里", "平方公里", "倍", "万元", "亿元", "元", "公顷"]
)
_SMALL_TERMS = re.compile(r"^(?:红线|底线|主线|战线|控制线|保障线|产业链|道路(?:自信)?|腿|线|路|心)")
_CIRCLE = re.compile(r"^[^，。；、]{0,10}(?:圈|服务圈|生活|健身|文化圈|通勤|交通圈|服务|值守|值班)")
_PREPOSED = re.compile(r"(?:超过|突破|达到|达|超|过|近|逾|数|上|新增|完成|引进|(?<!签)约)$")


@dataclass(frozen=True, slots=True)
class Found:
    """A number as printed: canonical [a, b), value as written, unit as written, base value and unit."""

    a: int
    b: int
    text: str
    value: Decimal
    unit: str
    norm_value: Decimal
    norm_unit: str
    over: bool
    upper: Decimal | None = None
    listed: bool = False


def find(text: str, at: int = 0) -> list[Found]:
    """Every quantity of one paragraph, in order; `at` is added to the offsets."""
    closed = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    starts = [c[0] for c in closed]
    out: list[Found] = []
    taken: list[tuple[int, int]] = []
    for m in _ARABIC.finditer(text):
        if _arabic_is_name(text, m) or _quoted(m.start(), closed, starts):
            continue
        found = _from_arabic(text, m, at)
        if out and found and found[0].a < out[-1].b:
            out.pop()  # 7.5%-8%: the lower end was read alone at first
        if out and found and m.group("unit") == "个百分点" and out[-1].unit == "个":
            gap = text[out[-1].b - at : found[0].a - at]
            if gap in ("、", "和", "与", "及"):
                # 分别高6.5个、3.5个百分点: the unit is printed once
                out[-1] = replace(out[-1], unit="个百分点", norm_unit="百分点")
        for item in found:
            out.append(item)
            taken.append((item.a - at, item.b - at))
    for pattern, make in (
        (_CHINESE, _from_chinese),
        (_BARE, _from_bare),
        (_DOUBLE, _from_double),
    ):
        for m in pattern.finditer(text):
            a, b = (m.start() if pattern is _DOUBLE else m.start("num"), m.end())
            if any(x < b and a < y for x, y in taken) or _quoted(m.start(), closed, starts):
                continue
            one = make(text, m, at)
            if one and not any(x < one.b - at and one.a - at < y for x, y in taken):
                out.append(one)
                taken.append((one.a - at, one.b - at))
    for one_bare in bare(text):
        a, b = one_bare.a, one_bare.b
        clash = [f for f in out if f.a - at < b and a < f.b - at]
        if _quoted(a, closed, starts) or any(f.a - at <= a and b <= f.b - at for f in clash):
            continue
        out = [f for f in out if f not in clash]  # 1亿3千多万人: the longer reading is the whole numeral
        out.append(
            Found(
                at + a,
                at + b,
                text[a:b],
                one_bare.value,
                one_bare.unit,
                one_bare.norm_value,
                one_bare.norm_unit,
                one_bare.over,
            )
        )
    return sorted(out, key=lambda f: f.a)


def _quoted(at: int, closed: list[tuple[int, int]], starts: list[int]) -> bool:
    """Whether the place lies in a short quotation or a title; a figure in there is part of a name."""
    i = bisect_right(starts, at) - 1
    return i >= 0 and closed[i][0] <= at < closed[i][1]


def _arabic_is_name(text: str, m: re.Match[str]) -> bool:
    before = text[max(0, m.start() - 8) : m.start()]
    after = text[m.end() : m.end() + 12]
    unit = m.group("unit")
    if before and (before[-1].isdigit() or _BEFORE_NAME.search(before)):
        return True
    if re.search(r"\d[-—～~·/]$", before) and "%" not in unit:
        return True
    if unit == "个" and re.match(r"[位名]次", after):
        return True  # 前移1个位次: a rank moves
    if unit == "所" and _NAME_OF_INSTITUTE.search(before):
        return True
    if unit == "元" and _CLASS.match(after):
        return True
    if unit == "位" and re.search(r"(?:前移|后移|上升|提升|前进|下降)了?$", before):
        return True
    if unit in ("位", "名") and _RANK.search(before):
        return True
    if _OUTSIDE_UNIT.match(after):
        return unit not in ("元",) or after[:2] != "口径"
    if unit in ("分钟", "小时") and (_CIRCLE.match(after) or m.group("num") == "24"):
        return True
    if unit == "米" and re.match(r"^(?:栏|赛|跑)", after):
        return True
    num = m.group("num")
    return len(num) == 4 and num[:2] in ("19", "20") and unit in ("个", "项") and after[:1] == "月"


def _make(text: str, a: int, b: int, at: int, value: Decimal, unit: str, scale: Decimal, over: bool,
          upper: Decimal | None = None, listed: bool = False) -> Found:  # fmt: skip
    base, factor = norm(unit)
    scaled = {1: "", 10: "十", 100: "百", 1000: "千", 10**4: "万", 10**5: "十万", 10**6: "百万", 10**7: "千万",
              10**8: "亿", 10**9: "十亿", 10**10: "百亿", 10**11: "千亿", 10**12: "万亿"}  # fmt: skip
    shown = scaled.get(int(scale), "") + unit
    return Found(at + a, at + b, text[a:b], value, shown, value * scale * factor, base, over,
                 upper * scale * factor if upper is not None else None, listed)  # fmt: skip


def _from_arabic(text: str, m: re.Match[str], at: int) -> list[Found]:
    unit = m.group("unit")
    scale = m.group("scale") or m.group("scale2") or ""
    over = bool(m.group("more1") or m.group("more2")) or unit == "个多百分点"
    if len(scale) == 3:
        scale, over = "万亿", True  # 4万多亿元
    factor = read_arabic("1", scale)
    value = read_arabic(m.group("num"))
    start = m.start()
    upper = None
    if m.group("num2"):
        upper = read_arabic(m.group("num2"))
        if upper <= value or (
            m.group("to") in ("到", "至") and unit == "%" and text[m.start() - 1 : m.start()] in "由从"
        ):
            return [_make(text, m.start("num2"), m.end(), at, upper, unit, factor, over)]
    elif r := _RANGE_UNITS.search(text, max(0, start - 16), start):
        if unit == r.group("unit1") or scale == r.group("unit1"):
            low = read_arabic(r.group("num"))
            if low < value:
                return [_make(text, r.start(), m.end(), at, low, unit, factor, over, value)]
    out = []
    r = _LIST_BEFORE.search(text, max(0, start - 40), start)
    if r and not is_plain_one(unit):
        before = text[r.start() - 1 : r.start()]
        if not (before and (before.isdigit() or before in ".第、号线A+")):
            for i in _LIST_ITEM.finditer(r.group(1)):
                a = r.start() + i.start()
                out.append(
                    _make(
                        text,
                        a,
                        a + len(i.group()),
                        at,
                        read_arabic(i.group()),
                        unit,
                        factor,
                        False,
                        None,
                        True,
                    )
                )
    if _MINUS.search(text, max(0, start - 4), start) and upper is None:
        start, value = start - 1, -value  # 增长-3%
    out.append(_make(text, start, m.end(), at, value, unit, factor, over, upper, bool(out)))
    return out


_MINUS = re.compile(r"(?:[\u4e00-\u9fff，：（])[-−]$")


def is_plain_one(unit: str) -> bool:
    """Units before which a list of bare figures is a list of numbers of things (5、6号), not of amounts."""
    return is_classifier(unit) and unit not in ("家", "项", "个", "人", "名", "户", "座")


def _from_chinese(text: str, m: re.Match[str], at: int) -> Found | None:
    num, unit = m.group("num"), m.group("unit")
    before, after = text[max(0, m.start() - 6) : m.start()], text[m.end() : m.end() + 8]
    more = m.group("more1")
    if _BEFORE_NAME.search(before) or before.endswith(("第", "每", "、", "十")) and not more:
        return None
    if _OUTSIDE_UNIT.match(after) or after.startswith("级") or unit == "元" and _CLASS.match(after):
        return None
    if num[0] in "零〇":
        return None
    if re.search(r"(?:之|数|几|分|多|成)$", before):
        return None
    if unit in ("项", "条") and re.match(r"(?:规定|实施细则|细则|禁令|要求|铁律)", after):
        return None  # 省委十项规定: the name of a paper
    if (
        unit == "元"
        and num[0] in "百千万亿"
        and re.match(r"(?:以上)?的?[\u4e00-\u9fff]{0,4}(?:园区|企业|产业|项目|集群|楼宇)", after)
    ):
        return None  # 总产值超过百亿元的园区: a class of things
    if num[0] in "百千万亿" and not (more or _PREPOSED.search(before)):
        return None  # 百家, 千人计划, 亿元楼宇: a class of things, not a count
    if num[0] in "百千万亿" and unit in ("元", "人") and not more:
        if after[:1] not in "，。；、以左的" and not after.startswith(("台阶", "大关", "新台阶")):
            return None
    if num == "一":
        # "one" is an article unless it is a measure after a comparison (不少于一平方公里)
        if unit not in ("平方公里", "公里", "亩", "公顷") or not re.search(
            r"(?:不少于|不低于|超过|达到|少于)$", before
        ):
            return None
    elif num == "十" and unit in ("个", "条", "类", "种") and not more:
        return None
    elif all(c in "二两三四五六七八九" for c in num) and not more:
        if len(num) > 1 or unit not in _SMALL_UNITS or _SMALL_TERMS.match(after):
            return None
        if unit in ("元",) or (unit == "家" and after[:2] == "医院" and num == "三"):
            return None
    if not more and unit in ("次", "轮", "批", "届", "天", "小时", "分钟", "岁", "级", "支", "对"):
        return None
    if num.endswith(("万", "亿")) and len(num) > 1 and num[-2] in "万亿" and num[-2:] != "万亿":
        return None
    try:
        value = Decimal(read_chinese(num))
    except ValueError:
        return None
    scale = m.group("scale") or ""
    return _make(text, m.start(), m.end(), at, value, unit, read_arabic("1", scale), bool(more))


def _from_bare(text: str, m: re.Match[str], at: int) -> Found | None:
    """千亿 without 元: money, because nothing else in a report passes a round hundred million."""
    value = Decimal(read_chinese(m.group("num")[:-1] or "一"))
    a, b = m.span("num")
    return Found(at + a, at + b, text[a:b], value, "亿", value * 10**8, "元", False)


def _from_double(text: str, m: re.Match[str], at: int) -> Found | None:
    num = m.group("num")
    if num is None:
        n = Decimal(1)
    elif num[0].isdigit():
        n = Decimal(num)
    else:
        n = Decimal(read_chinese(num))
    return Found(at + m.start(), at + m.end(), m.group(), n, "番", n, "番", False)
