"""Figures printed without a unit of their own: people, money, shares, spans of time, 1亿3千多万."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bihuan.core.report.numbers import read_arabic, read_chinese
from bihuan.core.report.units import UNIT, norm

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_FREE = r"(?<![\d.A-Za-z“+])"
_PERSONS = (
    "群众|农民|居民|职工|学生|老人|老年人|人口|妇女|儿童|移民|市民|人员|劳动力|教师|师生|游客|网民|用户|毕业生|困难户|民众|志愿者|"
    "纳税人|患者|党员|干部|旅客|消费者|投资者|贫困户|青年|残疾人|农民工|务工者|幼儿|少年"
)
# 13.1万城乡低收入人口, 3亿多农村人口: the noun that follows says that people are counted
_FOLLOWED = re.compile(
    rf"{_FREE}(?P<num>{_N})(?P<more>余|多)?(?P<scale>万|亿)(?P<more2>余|多)?"
    rf"(?=名?(?:\d{{2}}周?岁及?以[上下]的?)?[\u4e00-\u9fff“”]{{0,10}}?(?:{_PERSONS}))(?![余多]?(?:{UNIT}))"
)
_HEADED = re.compile(
    rf"(?P<noun>人口|人数|人次|游客)[^，。；\d]{{0,8}}{_FREE}(?P<num>{_N})(?P<more>余|多)?(?P<scale>万|亿)(?P<more2>余|多)?"
    r"(?=[，。；、减增降以左]|提高|上升|下降)"
)
# …由8300万增加到1.3亿: the second figure counts what the first does
_SECOND = re.compile(
    rf"(?:减少|增加|增长|提高|上升|扩大|下降|降|增|升)(?:到|至)(?P<num>{_N})(?P<more>余|多)?(?P<scale>万|亿)(?P<more2>余|多)?(?=[，。；、])"
)
_MONEY = re.compile(
    rf"{_FREE}(?P<num>{_N})(?P<scale>万[余多]?亿|亿)(?P<more2>余|多)?"
    r"(?=[，。；、]|以[上内下]|左右|大关|台阶|的(?:大?项目|企业|台阶|规模))"
)
_MONEY_NOUN = re.compile(
    r"收入|产值|投资|GDP|生产总值|总量|贷款|存款|融资|总额|利润|税|资金|资产|销售|交易|规模|增加值|余额|支出"
)
_COUNT_NOUN = re.compile(r"人口|人次|人数|件|册|株|用户|斤|度|产量")
_COMPOUND = re.compile(
    rf"{_FREE}(?P<a>\d+)(?P<ah>亿|万)(?P<b>\d+)(?P<bh>千|百)?(?P<more>余|多)?(?P<tail>万)?(?P<more2>余|多)?(?P<unit>{UNIT})?"
)
_FRACTION = re.compile(
    r"(?P<den>[二三四五六七八九十])分之(?P<num>[一二三四五六七八九])|(?<![\d/年月])(?P<n>[1-9])/(?P<d>[2-9]|10)(?![\d/年月])"
)
_HALF = re.compile(
    r"(?:(?<=超过)|(?<=减少)|(?<=压缩)|(?<=精简)|(?<=缩短)|(?<=下降)|(?<=降低)|(?<=近)|(?<=过)|(?<=占))一半|一半(?=以上)|(?:(?<=全球)|(?<=全国)|(?<=总量))一半|(?<=[，；])一半(?=用于|来自|为)"
)
_TENTHS = re.compile(
    r"(?:(?<=提升)|(?<=提高)|(?<=增长)|(?<=增加)|(?<=下降)|(?<=减少)|(?<=降低)|(?<=压缩)|(?<=缩短)|(?<=[超近达占过]))(?P<more>[一二三四五六七八九])成(?=[，。；、])|"
    r"(?<![建形组完合促赞看变第])(?P<num>[一二三四五六七八九])成(?=以上|左右|多(?!种|样|元))"
)
_YEARS = re.compile(
    rf"(?:年限|学制|任期|期限|缩短|延长|提前|提高|寿命)[^，。；\d]{{0,6}}{_FREE}(?P<num>{_N})(?P<unit>年)(?=[，。；、以左]|提高|增加|延长|缩短|$)"
)
_MONTHS = re.compile(
    rf"(?:缩短|延长|提前|减少|增加|周期|时间|期限)[^，。；\d]{{0,6}}{_FREE}(?P<num>{_N})(?P<unit>个月)"
)
_SCORE = re.compile(
    rf"(?:指数|得分|评分|总分|系数|强度)(?:[^，。；\d]{{0,6}})(?:到|至|为|达|在){_FREE}(?P<num>\d+(?:\.\d+)?)(?=[，。；、以左]|$)"
)


@dataclass(frozen=True, slots=True)
class Bare:
    """A figure found without a printed unit: [a, b), value as written, unit shown, base value and unit."""

    a: int
    b: int
    value: Decimal
    unit: str
    norm_value: Decimal
    norm_unit: str
    over: bool


def bare(text: str) -> Iterator[Bare]:
    """Every figure of one paragraph whose unit is understood, not printed; some overlap, the first is best."""
    yield from _compounds(text)
    people = [*_scaled(text, _FOLLOWED), *_scaled(text, _HEADED)]
    yield from people
    ends = {p.b: p.norm_unit for p in people}
    for m in _SECOND.finditer(text):
        unit = ends.get(m.start())
        if unit:
            yield _of(m, unit)
    for m in _MONEY.finditer(text):
        clause = re.split(r"[。；，]", text[max(0, m.start() - 30) : m.start()])[-1]
        if not _COUNT_NOUN.search(clause) and (_MONEY_NOUN.search(clause) or m.group("scale") == "亿"):
            yield _of(m, "元")
    yield from _shares(text)
    for pattern in (_YEARS, _MONTHS):
        for m in pattern.finditer(text):
            unit = m.group("unit")
            value = read_arabic(m.group("num"))
            if value < 1000:
                yield Bare(m.start("num"), m.end("unit"), value, unit, value, unit.lstrip("个"), False)
    for m in _SCORE.finditer(text):
        value = read_arabic(m.group("num"))
        yield Bare(m.start("num"), m.end("num"), value, "", value, "", False)


def _of(m: re.Match[str], unit: str) -> Bare:
    value, said = read_arabic(m.group("num")), m.group("scale")
    groups = m.groupdict()
    scale = re.sub("[余多]", "", said)  # 3万多亿
    over = bool(groups.get("more") or groups.get("more2") or scale != said)
    return Bare(
        m.start("num"), m.end("more2") if groups.get("more2") else m.end("scale"),
        value, scale, value * read_arabic("1", scale), unit, over,
    )  # fmt: skip


def _scaled(text: str, pattern: re.Pattern[str]) -> Iterator[Bare]:
    for m in pattern.finditer(text):
        yield _of(m, "人次" if m.groupdict().get("noun") in ("人次", "游客") else "人")


def _compounds(text: str) -> Iterator[Bare]:
    """1亿3千多万人, 2万3千人: two scales in one numeral."""
    for m in _COMPOUND.finditer(text):
        if not (m.group("bh") or m.group("tail")) or m.group("ah") == "万" and m.group("tail"):
            continue
        high, low = read_arabic(m.group("a"), m.group("ah")), read_arabic(m.group("b"), m.group("bh") or "")
        value = high + low * (10**4 if m.group("tail") else 1)
        unit = m.group("unit") or ""
        base, factor = norm(unit) if unit else ("人", Decimal(1))
        if not unit:
            clause = re.split(r"[。；，]", text[max(0, m.start() - 30) : m.start()])[-1]
            if noun := re.search(r"人次|游客|人数|人口", clause):
                base = "人次" if noun.group() in ("人次", "游客") else "人"  # 出境旅游人次增加到1亿3千多万
            elif not re.match(rf"[\u4e00-\u9fff]{{0,10}}?(?:{_PERSONS})", text[m.end() : m.end() + 14]):
                continue
        yield Bare(
            m.start(), m.end(), value, unit, value * factor, base, bool(m.group("more") or m.group("more2"))
        )


def _shares(text: str) -> Iterator[Bare]:
    """三分之二, 1/4, 一半, 九成: shares of a hundred, rounded to a hundredth of a point."""
    hundred = Decimal(100)
    for m in _FRACTION.finditer(text):
        if m.group("den"):
            num, den = read_chinese(m.group("num")), read_chinese(m.group("den"))
        else:
            num, den = int(m.group("n")), int(m.group("d"))
        if num < den:
            share = (hundred * num / den).quantize(Decimal("0.01"))
            yield Bare(m.start(), m.end(), share, "%", share, "%", False)
    for m in _HALF.finditer(text):
        yield Bare(m.start(), m.end(), Decimal(50), "%", Decimal(50), "%", False)
    for m in _TENTHS.finditer(text):
        share = Decimal(10 * read_chinese(m.group("num") or m.group("more")))
        yield Bare(m.start(), m.end(), share, "%", share, "%", False)
