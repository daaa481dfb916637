"""Assemble the quantities of a report from the numbers found and the words around them."""

from __future__ import annotations

import re
from dataclasses import replace

from bihuan.core.report import roles
from bihuan.core.report.canonical import canonical
from bihuan.core.report.context import Context
from bihuan.core.report.finding import Found, find
from bihuan.core.report.indicators import contexts, is_counted
from bihuan.core.report.numbers import plain
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Meta, Quantity
from bihuan.core.report.words import GENERIC

_LIST = re.compile(r"(?:以上|左右|以内)?(?:（[^（）]*）)?[、和与及]")
_OF_WHICH = re.compile(r"[，；（]?其中[^，。；]{1,16}")
_NEXT_NAME = re.compile(r"(?:以上|左右|以内)?[、和及][^，；。、]{2,14}")
_ONE_YEAR = re.compile(r"(?:——|各位代表[，！])?(?:(20\d\d)年，|(?:刚刚)?过去的?一年|一年来，|去年，)")
_TWO = ("、", "和", "与", "及", "以上和", "以上、", "左右和", "左右、")
_CUT = re.compile(r"[。！？]")


def quantities(made: tuple[Block, ...], meta: Meta) -> list[Quantity]:
    """All quantities in reading order, spans in the canonical text."""
    out: list[Quantity] = []
    for block in made:
        if block.kind in ("furniture", "front", "heading"):
            continue
        found = find(block.text, block.a)
        if not found:
            continue
        block = _of_one_year(block, meta)
        last: Found | None = None
        for q, c in zip(found, contexts(block.text, block.a, found), strict=True):
            one = _quantity(q, c, block, meta)
            gap = block.text[last.b - block.a : q.a - block.a] if last else "。"
            if last and (last.norm_unit == q.norm_unit or not gap and is_counted(q)):
                one = replace(one, role=_shared_role(one.role, out[-1].role, c, gap))
                if one.indicator == out[-1].indicator and "城乡" in c.indicator and gap in _TWO:
                    # 城乡居民收入分别增长8%和9%: two indicators under one phrase
                    out[-1] = replace(out[-1], canonical=canonical(c.indicator.replace("城乡", "城镇")))
                    one = replace(one, canonical=canonical(c.indicator.replace("城乡", "农村")))
            out.append(one)
            last = q
    return out


def _of_one_year(block: Block, meta: Meta) -> Block:
    """The block with the year that opens it (2017年，…) for all its sentences; else as it is."""
    if block.part != "past" or block.years is None or block.years[0] == block.years[1]:
        return block
    m = _ONE_YEAR.match(block.text, block.run_in)
    if m is None:
        return block
    year = int(m.group(1)) if m.group(1) else (meta.plan_year or 0) - 1
    return replace(block, years=(year, year)) if block.years[0] <= year <= block.years[1] else block


def _shared_role(own: str, before: str, c: Context, gap: str) -> str:
    """The role a figure takes over from the one before it in the same list or whole; else its own."""
    if not gap and (
        before in ("baseline", "decrease") or own == "level" and before in ("count", "cumulative")
    ):
        return before  # 由13677户49479人减至…: one mass in two units
    if not c.tail and c.source != "right":
        if _LIST.fullmatch(gap):
            return before  # 增长8%和9%: the verb governs both
        if own == "level" and _NEXT_NAME.fullmatch(gap) and before in ("count", "flow", "cumulative"):
            return before  # 新登记企业3.18万户、个体工商户6.4万户
    if own in ("level", "flow") and before == "decrease" and _NEXT_NAME.fullmatch(gap):
        return before  # 减少企业税负3500亿元左右、涉企收费约2000亿元
    if own == "level" and _OF_WHICH.fullmatch(gap) and before in ("flow", "cumulative", "count"):
        return before  # 新增公路60.9万公里，其中高速公路4.2万公里
    return own


def _quantity(q: Found, c: Context, block: Block, meta: Meta) -> Quantity:
    before = block.text[: q.a - block.a]
    sentence = _CUT.split(before)[-1]
    years = roles.period(block, meta, "", sentence, c.left)
    status = roles.status(block.part, sentence)
    if status == "achieved" and c.after.startswith("（预计"):
        status = "expected"  # 880亿元（预计）: of this figure only
    role = roles.role(q, c, block, years)
    return Quantity(
        span=(q.a, q.b),
        text=q.text,
        value=plain(q.value),
        unit=q.unit,
        norm_value=plain(q.norm_value),
        norm_unit=q.norm_unit,
        indicator=c.indicator,
        canonical=_canonical(c, role),
        role=role,
        comparator=roles.comparator(q, c),
        status=status,
        period=roles.period(block, meta, role, sentence, c.left),
        section=block.section,
        part=block.part,
        hedge=roles.hedge(c, sentence),
        upper=plain(q.upper) if q.upper is not None else None,
    )


def _canonical(c: Context, role: str) -> str:
    if not c.indicator:
        return ""
    if role == "share" and not re.search(r"[占率度]|比[重例]|份额|水平|指数", c.indicator):
        return canonical(c.indicator) + "占比"  # 高新技术产品产值占43%
    if GENERIC.match(c.indicator) and c.source == "left" and c.verb and len(c.verb) > 2:
        return canonical(c.verb) + c.indicator
    return canonical(c.indicator)
