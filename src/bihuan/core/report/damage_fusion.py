"""Figures that ran into each other: every cut is tried, the most regular and plausible reading comes first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import log

from bihuan.core.report.damage_bounds import Place, too_large
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.report.units import UNIT, norm
from bihuan.core.say import Say

_RUN = re.compile(
    rf"(?<![\d.A-Za-z“：:∶·-])(?P<run>\d+(?:\.\d+){{0,2}})(?P<scale>[百千]?[万亿]|万亿)?(?:余|多)?(?P<unit>{UNIT})"
)
_YEARS = re.compile(
    r"(?<!\d)(?P<first>(?:19[5-9]|20[0-4])\d)(?P<rest>\d+(?:\.\d+)?)(?P<unit>月|年|[万亿]*(?:%|元|美元|人|户|吨|亩|公里|家|个百分点|平方米))"
)
_BEFORE_YEAR = re.compile(r"(?:[由从到至在自比及和、，。；（]|截至|达到|力争|预计|^)$")
_ORDINAL = re.compile(r"(?<!\d)(?P<n>\d{2,})(?P<unit>国道|省道|月(?=[，。；、至底初份中上下])|届)")
_CLASS = (
    "项目 企业 产业 园区 楼宇 集群 社区 广场 基地 机组 变电站 学校 医院 工程 计划 行动 镇 村 街 小区 公司 平台 景区 综合体 产业园 大项目"
).split()
_EACH_OF = re.compile(
    rf"(?<![\d.“])(?P<n>\d{{3,9}})(?P<scale>[万亿]?)(?P<unit>元|美元|平方米|千瓦|吨|伏)(?:以上|级|以下)?的?(?P<noun>{'|'.join(sorted(_CLASS, key=len, reverse=True))}|(?=\d+[家个户座]))"
)
_CITY_LINE = re.compile(r"地铁|轨道交通|轻轨")
_ALONE = re.compile(
    rf"分别(?:比[^，。；\d]{{0,8}})?[^，。；：、\d]{{0,10}}(?P<run>(?=[\d.]*\d[\d.]*[1-9])\d[\d.]*)(?P<unit>[万亿]*(?:{UNIT}))(?=[，。；])"
)
_SAME = re.compile(rf"(?<![\d.])\d+(?:\.\d+)?(?P<unit>[万亿]*(?:{UNIT}))(?:[、和]\d+(?:\.\d+)?(?P=unit))+")
_ROUND = re.compile(r"[1-9]0+$|[12]?50+$|25$")
_SEVERAL = re.compile(
    rf"(?P<names>[^，。；：\d]{{3,40}}?)分别(?:比[^，。；\d]{{0,6}}\d{{0,4}}年?)?(?P<verb>[^，。；：、\d]{{0,8}}?)(?P<list>\d[\d.]*[万亿]?(?:{UNIT})(?:(?:以上|左右)?[、和]\d[\d.]*[万亿]?(?:{UNIT}))*)"
)
_LIST = re.compile(r"(?<=[、高低降长为])\d+\.\d+\.\d+(?=[、和，。；])")
_JOIN = re.compile(r"[、和与及]")
_COUNT = {
    "企业": "家",
    "项目": "个",
    "楼宇": "座",
    "公司": "家",
    "学校": "所",
    "医院": "家",
    "机组": "台",
    "变电站": "座",
}


def damaged_runs(block: Block, text: str, place: Place) -> list[Suspect]:
    """Suspects of one block, canonical spans."""
    found = [
        *_years(block),
        *_several(block),
        *_alone(block),
        *_outliers(block),
        *_each_of(block, text),
        *_ordinals(block),
        *_runs(block, place, text),
        *_points(block),
    ]
    out: list[Suspect] = []
    for s in found:
        if not any(o.span[0] < s.span[1] and s.span[0] < o.span[1] for o in out):
            out.append(s)
    return out


def cuts(run: str) -> list[tuple[str, str]]:
    """Every way to read a run as two figures, the likeliest first: same number of decimals, like sizes."""
    ways: list[tuple[float, str, str]] = []
    for i in range(1, len(run)):
        left, right = run[:i], run[i:]
        if not re.fullmatch(r"\d+(?:\.\d+)?", left) or not re.fullmatch(r"(?:[1-9]\d*|0)(?:\.\d+)?", right):
            continue
        if left[0] == "0" and len(left) > 1 and left[1] != "." or float(left) == 0 or float(right) == 0:
            continue
        ld, rd = len(left.partition(".")[2]), len(right.partition(".")[2])
        apart = abs(log(float(left) / float(right)))
        ways.append((apart + 1.2 * abs(ld - rd) + (2 if max(ld, rd) > 2 else 0), left, right))
    return [(a, b) for _, a, b in sorted(ways)]


def _suspect(block: Block, a: int, b: int, ways: list[str], confidence: float, why: Say,
             kind: str = "fused_numbers") -> Suspect:  # fmt: skip
    return Suspect(
        (block.a + a, block.a + b), block.text[a:b], kind, tuple(dict.fromkeys(ways))[:4], confidence, why
    )


def _years(block: Block) -> Iterator[Suspect]:
    t = block.text
    for m in _YEARS.finditer(t):
        first, rest, unit = m["first"], m["rest"], m["unit"]
        if rest[0] == "0" and not rest.startswith("0.") or t[m.end() : m.end() + 1] == "日":
            continue
        if (
            unit == "年"
            and not re.fullmatch(r"(?:19|20)\d\d", rest)
            or unit == "月"
            and int(float(rest)) > 12
        ):
            continue
        whole = float(first + rest)
        if unit not in ("年", "月", "%") and (
            whole < 10**5 or not _BEFORE_YEAR.search(t[max(0, m.start() - 2) : m.start()])
        ):
            continue
        ways = (
            [f"{first}、{rest}{unit}", f"{first}-{rest}{unit}"]
            if unit == "年"
            else [f"{first}年{rest}{unit}"]
        )
        yield _suspect(block, m.start(), m.end(), ways, 0.9,
                       Say("年份与后面的数连在一起", "A year and the figure after it have run together"))  # fmt: skip


def _points(block: Block) -> Iterator[Suspect]:
    for m in _LIST.finditer(block.text):
        ways = [f"{a}、{b}" for a, b in cuts(m.group())]
        yield _suspect(block, m.start(), m.end(), ways, 0.85,
                       Say("一个数里有两个小数点，是两个数连在一起", "Two decimal points: two figures have run together"))  # fmt: skip


def _ordinals(block: Block) -> Iterator[Suspect]:
    most = {"月": 12, "国道": 999, "省道": 999, "届": 120}
    for m in _ORDINAL.finditer(block.text):
        n, unit = m["n"], m["unit"]
        if int(n) <= most[unit] or len(n) > 6 or unit == "月" and len(n) > 4:
            continue
        ways = [(a, b) for a, b in cuts(n) if int(a) <= most[unit] and int(b) <= most[unit]]
        if unit == "月":
            ways.sort(key=lambda w: int(w[1]) - int(w[0]) != 1)
        elif len(n) == 6:
            ways.sort(key=lambda w: len(w[0]) != 3)
        yield _suspect(block, m.start(), m.end(), [f"{a}、{b}{unit}" for a, b in ways], 0.85 if ways else 0.6,
                       Say(f"没有{n}{unit}；像是两个数连在一起，丢了“、”", f"There is no number {n} of this kind; two seem to have run together"))  # fmt: skip


def _each_of(block: Block, text: str) -> Iterator[Suspect]:
    """310亿元以上项目: no threshold of a class is such a number; 3个10亿元 is what was said."""
    for m in _EACH_OF.finditer(block.text):
        n = m["n"]
        if _ROUND.fullmatch(n):
            continue
        ways = [(n[:i], n[i:]) for i in range(1, len(n)) if _ROUND.fullmatch(n[i:]) and int(n[:i]) > 1]
        if not ways or re.search(r"投资$|总额$|共$|达到?$|超过?$|规模$", block.text[: m.start()]):
            continue
        unit = m["scale"] + m["unit"]
        word = _classifier(m["noun"], text)
        term = f"{unit}{m['noun']}"
        sure = text.count(term) > 1 or "以上" in m.group()
        yield _suspect(block, m.start(), m.end("unit"), [f"{a}{word}{b}{unit}" for a, b in ways], 0.85 if sure else 0.65,
                       Say(f"“{n}{unit}”不像一类{m['noun']}的门槛，像是丢了“{word}”", f"{n} is no usual threshold; a classifier seems to be lost"))  # fmt: skip


def _classifier(noun: str, text: str) -> str:
    said = Counter(
        m.group(1) for m in re.finditer(rf"\d([个家座栋片条所台项])[^，。；、\d]{{0,1}}{noun}", text)
    )
    return said.most_common(1)[0][0] if said else _COUNT.get(noun, "个")


def _several(block: Block) -> Iterator[Suspect]:
    """A、B分别增长89%: two subjects need two figures."""
    t = block.text
    for m in _SEVERAL.finditer(t):
        names = [x for x in _JOIN.split(m["names"]) if x]
        items = list(re.finditer(rf"(?P<num>\d[\d.]*)(?P<unit>[万亿]?(?:{UNIT}))", m["list"]))
        after = t[m.end() : m.end() + 1]
        if len(names) != len(items) + 1 or after not in "，。；" or not after:
            continue
        sure = len(items) == 1 and len(names) == 2
        best = max(
            items,
            key=lambda i: (
                len(i["num"].replace(".", "")),
                float(i["num"].rstrip(".")) if i["num"].count(".") < 2 else 0,
            ),
        )
        ways = [(a, b) for a, b in cuts(best["num"])]
        digits = best["num"].replace(".", "")
        others = [float(i["num"]) for i in items if i is not best and i["num"].count(".") < 2]
        # 下降24%、6%和5% for four subjects: the cut gives two figures like their neighbours
        apart = bool(others) and (best["num"].count(".") > 1 or float(best["num"]) > 2.5 * max(others))
        like = apart and any(all(min(others) / 3 <= float(x) <= 3 * max(others) for x in way) for way in ways)
        if not ways or len(digits) < 2 or not (like or _looks_double(best["num"], best["unit"], sure)):
            continue
        a, b = m.start("list") + best.start(), m.start("list") + best.end()
        unit = best["unit"]
        shown = [f"{x}{unit}{c}{y}{unit}" for x, y in ways[:2] for c in "、和"]
        yield _suspect(block, a, b, shown, 0.7, Say(
            f"“分别”前面列了{len(names)}项，后面只有{len(items)}个数，像是两个数连在一起",
            f"{len(names)} subjects but {len(items)} figures; two of them seem to have run together"))  # fmt: skip


def _alone(block: Block) -> Iterator[Suspect]:
    """分别增长89%: 分别 announces two figures and only one follows."""
    for m in _ALONE.finditer(block.text):
        unit = m["unit"]
        ways = [f"{a}{unit}{c}{b}{unit}" for a, b in cuts(m["run"])[:2] for c in "、和"]
        yield _suspect(block, m.start("run"), m.end("unit"), ways, 0.7, Say(
            "“分别”后面只有一个数，像是两个数连在一起",
            "One figure where two are announced; two seem to have run together"))  # fmt: skip


def _outliers(block: Block) -> Iterator[Suspect]:
    """300元、260120元: one of a list is a hundred times the others and falls apart into two like them."""
    for m in _SAME.finditer(block.text):
        unit = m["unit"]
        items = list(re.finditer(r"\d+(?:\.\d+)?", m.group()))
        sizes = sorted(float(i.group()) for i in items)
        if sizes[-1] < 30 * max(sizes[-2], 1) or sizes[-2] == 0:
            continue
        big = max(items, key=lambda i: float(i.group()))
        like = [(a, b) for a, b in cuts(big.group()) if all(0.15 < float(x) / sizes[-2] < 7 for x in (a, b))]
        if like:
            a, b = m.start() + big.start(), m.start() + big.end() + len(unit)
            ways = [f"{x}{unit}{c}{y}{unit}" for x, y in like[:2] for c in "、和"]
            yield _suspect(block, a, b, ways, 0.75, Say(
                "这个数比并列的数大得多，像是两个数连在一起",
                "Far larger than the others of its list; two figures seem to have run together"))  # fmt: skip


def _looks_double(num: str, unit: str, sure: bool) -> bool:
    whole, _, part = num.partition(".")
    if unit == "%":
        return len(part) > 2 or sure or num.count(".") > 1
    return len(whole) >= 5 or len(part) > 2 or sure


# 215.0391亿元: some offices count to the last 万元 throughout
_FINE = re.compile(r"(?<![\d.])\d+\.\d{3,4}亿")


def _runs(block: Block, place: Place, text: str) -> Iterator[Suspect]:
    """Runs no single figure can be: two points, too many decimals, more than the place can hold."""
    t = block.text
    for m in _RUN.finditer(t):
        run, scale, unit = m["run"], m["scale"] or "", m["unit"]
        shown = scale + unit
        _whole, _, part = run.partition(".")
        if run.count(".") == 2:
            why = Say(
                "一个数里有两个小数点，是两个数连在一起", "Two decimal points: two figures have run together"
            )
        elif (
            unit == "%"
            and len(part) > 2
            or scale == "亿"
            and len(part) > 2
            and len(_FINE.findall(text)) < 2
            or len(part) > 4
        ):
            why = Say(
                "小数位数过多，像是两个数连在一起", "Too many decimals: two figures seem to have run together"
            )
        elif reason := _impossible(t[max(0, m.start() - 30) : m.start()], run, scale, unit, place):
            why = reason
        else:
            continue
        ways = [f"{a}{shown}{c}{b}{shown}" for a, b in cuts(run)[:2] for c in "、和"]
        if unit == "公里" and _CITY_LINE.search(t[max(0, m.start() - 20) : m.start()]):
            ways = [f"{a}条、{b}{shown}" for a, b in cuts(run) if float(a) < 30 <= float(b)]
        if unit in ("个百分点", "百分点") and ways:
            a, b = cuts(run)[0]
            ways.insert(0, f"{a}、{b}{shown}")
        if run.count(".") == 0 and unit == "%" and 3 <= len(run) <= 4:
            ways = [f"{run[:-1]}.{run[-1]}%", *ways]
            if len(run) == 4:
                ways.insert(0, f"{run[:2]}.{run[2:]}%")
        kind = (
            "implausible_magnitude"
            if unit == "%" and "." not in run
            else "fused_numbers"
            if ways
            else "implausible_magnitude"
        )
        yield _suspect(block, m.start(), m.end(), ways, 0.9 if run.count(".") == 2 else 0.75, why, kind)


def _impossible(before: str, run: str, scale: str, unit: str, place: Place) -> Say | None:
    clause = re.split(r"[，。；：]", before)[-1]
    value = float(run)
    base, factor = norm(unit)
    power = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
             "千亿": 10**11, "万亿": 10**12}[scale]  # fmt: skip
    if unit == "%":
        if (
            value > 100
            and re.search(r"(?:率|比重|占比)[^，。；\d]{0,6}$|占[^，。；\d]{2,20}$", clause)
            and not re.search(r"增长|提高$|完成|计划|任务|目标|指标|预算|是", clause)
        ):
            return Say(f"比率不可能是{run}%", f"A share cannot be {run}%")
        if (value >= 300 and "." not in run or value >= 1000) and not re.search(r"倍|指数", clause):
            return Say(f"{run}%大得不像真数", f"{run}% is implausibly large")
        return None
    if base == "公里" and (value > 10**5 and not scale or value > 1000 and _CITY_LINE.search(clause)):
        return Say(
            "线路没有这么长，像是两个数连在一起",
            "No line is that long; two figures seem to have run together",
        )
    return too_large(value * power * float(factor), base, run, scale, place)
