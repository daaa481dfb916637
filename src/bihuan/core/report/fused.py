"""Run-in headings that lost their full stop, found by the regularity of their sisters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

from bihuan.core.report.sections import Block
from bihuan.core.report.words import ADVERB_RE, VERBS, split_verbs

_SHI = re.compile(r"^[一二三四五六七八九十]{1,2}是")
_STOP = re.compile(r"[，。；：、！？（“《]")
_START = re.compile(r"每年|全年|坚持|积极|在全|按照|围绕|以(?![来上下内及])|把")
# verbs that far more often stand as nouns inside a heading
_NOUNS = frozenset(
    "改革 发展 建设 规划 监督 提升 治理 改造 服务 教育 保障 转换 转型 升级 组织 补贴 补助 救助 突破 引领 依托 增长 创新".split()
)


@dataclass(frozen=True, slots=True)
class Fused:
    """A heading of `block` that ends at canonical offset `at` without its full stop."""

    block: Block
    at: int
    confidence: float


def unfuse(made: tuple[Block, ...]) -> tuple[tuple[Block, ...], list[Fused]]:
    """Give fused paragraphs the run-in heading they show, and report each of them."""
    out = list(made)
    found: list[Fused] = []
    for part in ("past", "term", "year", "self"):
        for shi in (False, True):
            group = [
                i for i, b in enumerate(made)
                if b.part == part and b.kind == "prose" and bool(_SHI.match(b.text)) == shi and len(b.text) > 60
            ]  # fmt: skip
            for i, split, confidence in _in_group([made[i] for i in group], shi):
                k = group[i]
                out[k] = replace(made[k], run_in=split)
                found.append(Fused(out[k], made[k].a + split, confidence))
    return tuple(out), found


def _bare(block: Block, shi: bool) -> tuple[str, int]:
    skip = 2 if shi and (m := _SHI.match(block.text)) else 0
    if skip and m:
        skip = m.end()
    return block.text[skip:], skip


def _in_group(group: list[Block], shi: bool) -> list[tuple[int, int, float]]:
    sizes: list[int] = []
    rest: list[int] = []
    for i, b in enumerate(group):
        text, skip = _bare(b, shi)
        if b.run_in:
            size = b.run_in - 1 - skip
            if 4 <= size <= 16 and "，" not in text[:size]:
                sizes.append(size)
                continue
        rest.append(i)
    if len(sizes) < 3 or len(sizes) * 2 < len(rest):
        return []
    depth = {len(b.path) for b in group if b.run_in}
    mid, low, high = median(sizes), min(sizes), max(sizes)
    if high - low > 7:
        return []
    out = []
    for i in rest:
        if group[i].run_in or len(group[i].path) not in depth:
            continue
        text, skip = _bare(group[i], shi)
        m = _STOP.search(text)
        first = m.start() if m else len(text)
        if (
            m
            and m.group() == "。"
            and first <= high + 6
            or re.match(r"——|\|", text)
            or re.match(r"(?:坚持)?[把以]|今年|20", text)
        ):
            continue
        split = _split(text, first, mid, low, high)
        if split:
            confidence = 0.95 if abs(split - mid) <= 1 else 0.75
            out.append((i, skip + split, confidence))
    return out


def _split(text: str, first: int, mid: float, low: int, high: int) -> int:
    """Where the heading ends: a place near the usual length at which a new clause begins."""
    best, score = 0, -99.0
    for p in range(max(4, low - 1), high + 3):
        if p + 2 > max(first, p) and p + 4 > len(text):
            break
        if p > first:
            break
        right = text[p : p + 12]
        starts = (
            text[p : p + 2] in VERBS
            or bool(ADVERB_RE.match(right))
            and bool(split_verbs(right)[0])
            or bool(_START.match(right))
        )
        if not starts or text[p : p + 2] in _NOUNS or _modifies(text[p - 2 : p], right):
            continue
        if not split_verbs(right)[0] and text[p - 2 : p] in VERBS or text[p - 2 : p] in _ADVERB_BEFORE:
            continue
        # 加快|发展: both are verbs, the compound must not be torn
        value = -abs(p - mid) + (1.0 if text[p - 2 : p] not in VERBS or p == mid else 0.0)
        if ADVERB_RE.match(right) and split_verbs(right)[0]:
            value += 0.6
        if value > score:
            best, score = p, value
    if not best or first - best < 2:
        return 0
    return best if score > -4 else 0


def _modifies(before: str, right: str) -> bool:
    """Whether the two characters before belong to the verb that follows (深度|对接), not to the heading."""
    return bool(ADVERB_RE.fullmatch(before)) and before not in VERBS and not _START.match(right)


_ADVERB_BEFORE = frozenset(
    "加快 全面 深入 大力 积极 持续 不断 进一步 扎实 着力 强力 显著 明显 更加 首次 纵深 实现 进行 开展".split()
)
