"""Names handed from one figure of a list to the others: shared units, 分别, as many names as figures."""

from __future__ import annotations

import re

from bihuan.core.report.context import Context, clause_start, object_before
from bihuan.core.report.finding import Found
from bihuan.core.report.listed import listed


def carry_forward(text: str, start: int, found: list[Found], out: list[Context]) -> None:
    """`404片、1434万平方米旧楼区`: the first figure measures what follows the second."""
    for i in range(len(found) - 2, -1, -1):
        gap = text[found[i].b - start : found[i + 1].a - start]
        if (
            gap in ("、", "和", "及", "")
            and out[i].source in ("inherited", "none")
            and out[i + 1].source == "right"
        ):
            out[i] = Context(
                out[i + 1].indicator, out[i].tail, out[i].after, "right", out[i].verb, out[i].left
            )
        elif (
            gap in ("、", "和")
            and out[i + 1].source == "inherited"
            and out[i].source == "right"
            and not out[i].tail
        ):
            continue


_JOIN = re.compile(r"(?:以上|左右|以内)?(?:（[^（）]*）)?[、和与及]?")


def _joined(text: str, start: int, p: Found, q: Found) -> bool:
    """Whether two figures stand in one list, with nothing but a list mark between them."""
    return (
        bool(_JOIN.fullmatch(text[p.b - start : q.a - start]))
        and p.norm_unit == q.norm_unit
        or bool(re.fullmatch(r"(?:（[^（）]*）)?[、和与及]", text[p.b - start : q.a - start]))
    )


def distribute(text: str, start: int, found: list[Found], out: list[Context]) -> None:
    """Give the figures after 分别 to the things listed before, one each."""
    i = 0
    while i < len(found):
        j = i + 1
        apart = "分别" in out[i].tail or out[i].whole and re.search(r"分别占", out[i].left)
        if not apart and not _one_each(text, start, found, out, i):
            growth = out[i].source in ("inherited", "none") and found[i].norm_unit == "%" and out[i].tail
            if not (growth and j < len(found) and _joined(text, start, found[i], found[j])):
                if (
                    out[i].source == "none"
                    and i
                    and "。" not in text[found[i - 1].b - start : found[i].a - start]
                ):
                    c = out[i]
                    out[i] = Context(out[i - 1].indicator, c.tail, c.after, "inherited", c.verb, c.left)
                i += 1
                continue
        while j < len(found) and re.fullmatch(
            r"以上|左右|以内|[、和与及]|(?:以上|左右|以内)[、和与及]|和",
            text[found[j - 1].b - start : found[j].a - start],
        ):
            j += 1
        names = listed(out[i].indicator, j - i) if out[i].source == "left" else []
        if not names and (out[i].source != "left" or out[i].whole):
            names = _earlier(text, start, found, out, i, j - i)
        if len(names) == j - i:
            part = out[i].indicator[len(out[i].whole) :] if out[i].whole else ""  # 分别占全省的1/3和1/7
            for k, name in enumerate(names):
                c = out[i + k]
                out[i + k] = Context(
                    name if name.endswith(part) else name + part,
                    out[i].tail,
                    c.after,
                    out[i].source,
                    c.verb,
                    c.left,
                    name if part else "",
                )
        elif j > i + 1:
            for k in range(i + 1, j):
                c = out[k]
                out[k] = Context(out[i].indicator, out[i].tail, c.after, out[i].source, c.verb, c.left)
        i = j


def _one_each(text: str, start: int, found: list[Found], out: list[Context], i: int) -> bool:
    """城镇和农村人均住房面积32.9平方米、37.1平方米: as many figures as names, without the word 分别."""
    if out[i].source != "left" or not re.search(r"[、和与及]", out[i].indicator):
        return False
    j = i + 1
    while j < len(found) and out[j].source == "inherited" and not out[j].tail:
        if not _joined(text, start, found[j - 1], found[j]) or found[j].norm_unit != found[i].norm_unit:
            break
        j += 1
    return j - i > 1 and len(listed(out[i].indicator, j - i)) == j - i


def _earlier(text: str, start: int, found: list[Found], out: list[Context], i: int, n: int) -> list[str]:
    names: list[str] = []
    clause = clause_start(text, found[i].a - start)
    if i == 0 or found[i - 1].b - start <= clause_start(text, max(0, clause - 1)):
        # 职工医保和居民医保支付限额，分别达到66.82万元和30.28万元
        if names := listed(_PREDICATE_TAIL.sub("", object_before(text, clause)), n):
            return names
    for k in range(i - 1, -1, -1):
        if "。" in text[found[k].b - start : found[i].a - start]:
            break
        if (
            out[k].indicator
            and out[k].source in ("left", "right")
            and found[k].norm_unit not in ("%", "百分点")
        ):
            names.insert(0, out[k].indicator)
            if len(names) == n:
                return names
    before = object_before(text, clause_start(text, found[i].a - start))
    return listed(_PREDICATE_TAIL.sub("", before), n)


_PREDICATE_TAIL = re.compile(
    r"(?:(?:快速|稳步|持续|平稳|大幅|明显|较快)?(?:增长|提升|提高|增加|下降|发展|改善))$"
)
