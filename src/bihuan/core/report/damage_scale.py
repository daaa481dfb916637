"""Figures beyond the report's own scale: more than its whole economy, many times its other lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.say import Say

_GDP = re.compile(
    r"(?<!均)(?:地区|国内)?(?<!均)生产总值[^，。；\d]{0,10}(?P<num>\d+(?:\.\d+)?)(?P<scale>万亿|亿)元(?!/)"
)
_SUM = re.compile(r"(?<![\d.])(?P<num>\d{3,}(?:\.\d+)?)亿元")
_KM = re.compile(r"(?<![\d.])(?P<num>\d+(?:\.\d+)?)(?P<scale>万)?公里")
_DEEDS = re.compile(r"(?<![\d.])(?P<num>\d{3,5})(?P<unit>件|项)(?=(?:惠民|民生)?实事)")
# turnover and balances may pass the yearly product many times
_TURNOVER = re.compile(
    r"交易|成交|结算|清算|存款|贷款|余额|资产|销售|总产值|规模|吞吐|流通|市值|保额|担保|招商|引资|签约|到位|累计|总投资"
)
_WORK = re.compile(r"(?:新建|新?改扩?建|改造|建成|铺设|整治|完成|新增|打通|硬化|清淤|治理)[^，。；\d]{0,16}$")
_ROAD = re.compile(r"公路|道路|轨道|地铁|路网|大道|[村巷街主支]路")
_MOST_DEEDS = 200


@dataclass(frozen=True, slots=True)
class Scale:
    """The greatest product of the economy in 亿元 and the lengths in km that the report names."""

    product: float
    lengths: tuple[float, ...]


def scale_of(text: str) -> Scale:
    """The scale of a report from its whole text."""
    products = [float(m["num"]) * (10**4 if m["scale"] == "万亿" else 1) for m in _GDP.finditer(text)]
    lengths = sorted(float(m["num"]) * (10**4 if m["scale"] else 1) for m in _KM.finditer(text))
    return Scale(max(products, default=0.0), tuple(lengths))


def beyond(block: Block, scale: Scale) -> Iterator[Suspect]:
    """Suspects of one block, canonical spans."""
    yield from _sums(block, scale)
    yield from _lengths(block, scale)
    for m in _DEEDS.finditer(block.text):
        if int(m["num"]) > _MOST_DEEDS:
            ways = [f"{a}项{b}{m['unit']}" for a, b in _halves(m["num"]) if int(a) <= int(b)]
            yield _suspect(block, m.span(), ways, Say(
                "没有这么多件实事，像是两个数连在一起，丢了“项”", "So many deeds are never promised; two figures seem to have run together"))  # fmt: skip


def _suspect(block: Block, span: tuple[int, int], ways: list[str], why: Say) -> Suspect:
    a, b = span
    kind = "fused_numbers" if ways else "implausible_magnitude"
    return Suspect((block.a + a, block.a + b), block.text[a:b], kind, tuple(ways[:4]), 0.7, why)


def _halves(run: str) -> list[tuple[str, str]]:
    """Both figures of a run of digits, the more even cut first; neither begins with nought."""
    ways = [(run[:i], run[i:]) for i in range(1, len(run)) if run[i] != "0"]
    return sorted(ways, key=lambda w: abs(len(w[1]) - len(w[0]) - 0.5))


def _sums(block: Block, scale: Scale) -> Iterator[Suspect]:
    if not scale.product:
        return
    for m in _SUM.finditer(block.text):
        clause = re.split(r"[，。；]", block.text[: m.start()])[-1]
        most = scale.product * (40 if _TURNOVER.search(clause) else 5)
        if float(m["num"]) <= most or "生产总值" in clause:
            continue
        whole, dot, part = m["num"].partition(".")
        ways = [f"{a}个、{b}{dot}{part}亿元" for a, b in _halves(whole) if float(b) <= scale.product]
        yield _suspect(block, m.span(), ways, Say(
            f"是本地生产总值的{float(m['num']) / scale.product:.0f}倍，像是两个数连在一起",
            f"{float(m['num']) / scale.product:.0f} times the product of the place; two figures seem to have run together"))  # fmt: skip


def _lengths(block: Block, scale: Scale) -> Iterator[Suspect]:
    if len(scale.lengths) < 4:
        return
    for m in _KM.finditer(block.text):
        run, most = m["num"], scale.lengths[-2]
        if (
            m["scale"]
            or "." in run
            or len(run) < 4
            or float(run) < scale.lengths[-1]
            or float(run) < 10 * most
        ):
            continue
        before = block.text[max(0, m.start() - 40) : m.start()]
        beside = re.split(r"[，。；]", before)[-1] + block.text[m.end() : m.end() + 5]
        if not _WORK.search(before) or not _ROAD.search(beside):
            continue
        ways = [
            f"{a}条、{b}公里" for a, b in _halves(run)
            if 1 < int(a) < 500 and int(b) <= 2 * most and 0.3 <= int(b) / int(a) <= 60
        ]  # fmt: skip
        if ways:
            yield _suspect(block, m.span(), ways, Say(
                "比文中别的里程大得多，像是两个数连在一起，丢了“条、”", "Far longer than any other length here; two figures seem to have run together"))  # fmt: skip
