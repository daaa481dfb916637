"""The same matter across past, term and year: indicators, quoted terms, named projects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.core.report.glossary import core
from bihuan.core.report.recurring import recurring
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Link, Quantity, Target, Task, Term
from bihuan.core.report.shared_pairs import own_part

_QUOTED = re.compile(r"“([^“”]{2,14})”")
_NUMBERED = re.compile(r"“[一二三四五六七八九十]{2}”[\u4e00-\u9fff]{2}")  # “七五”普法
_TITLE = re.compile(r"(?:国家|全国)[\u4e00-\u9fa5]{2,6}?(?:城区|城市|示范区)")
_PARTS = ("past", "term", "year")


def links(
    made: tuple[Block, ...],
    quantities: list[Quantity],
    targets: list[Target],
    tasks: list[Task],
    terms: list[Term],
    place: str,
) -> list[Link]:
    """Matters mentioned in at least two parts, in order of first mention (canonical spans)."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for q in quantities:
        if q.part in _PARTS and len(q.canonical) >= 3:
            found.setdefault(q.canonical, {})[q.span] = q.part
    starts = [(b.a, b.b, b.part) for b in made]
    for t in targets:
        part = next((p for a, b, p in starts if a <= t.span[0] < b), "")
        if part in _PARTS and len(t.canonical) >= 3 and t.norm_value is None:
            found.setdefault(t.canonical, {})[t.span] = part
    names = {core(t.term) for t in terms if len(core(t.term)) >= 3}
    for b in made:
        if b.kind == "prose" and b.part in _PARTS:
            names.update(m.group(1) for m in _QUOTED.finditer(b.text) if not re.fullmatch(".、.", m.group(1)))
            names.update(m.group() for m in _NUMBERED.finditer(b.text))
            names.update(m.group() for m in _TITLE.finditer(b.text))
    for t2 in tasks:
        names.update(p for p in t2.projects if len(p) >= 3 or len(own_part(p)) == 2)
    names = {n for n in names if len(n) >= 3 or "+" in n or len(own_part(n)) == 2}
    bodies = [b for b in made if b.kind == "prose" and b.part in _PARTS]
    names |= recurring(bodies, place)
    # a term counts wherever the report says it, in other words too
    explained = {
        core(t.term): {use: part for use in t.uses if (part := _part_at(bodies, use[0]))} for t in terms
    }
    for name in names:
        spans = dict(_mentions(name, bodies))
        spans |= explained.get(name, {})
        if len(set(spans.values())) >= 2:
            found.setdefault(name, {}).update(spans)
    _drop_inner(found)
    out = [
        Link(name, tuple(sorted(spans)), tuple(p for p in _PARTS if p in spans.values()))
        for name, spans in found.items()
        if len({p for p in spans.values() if p in _PARTS}) >= 2
    ]
    return sorted(out, key=lambda k: (k.mentions[0], k.name))


def _part_at(bodies: list[Block], at: int) -> str:
    return next((b.part for b in bodies if b.a <= at < b.b), "")


def _drop_inner(found: dict[str, dict[tuple[int, int], str]]) -> None:
    """Leave out a name that is only ever said inside a longer one: 创想世界 in 中关村E谷创想世界."""
    longer = sorted(found, key=len, reverse=True)
    for name in longer[::-1]:
        for other in longer:
            if len(other) <= len(name):
                break
            if name in other and all(any(a <= c and d <= b for a, b in found[other]) for c, d in found[name]):
                del found[name]
                break


def _mentions(name: str, bodies: list[Block]) -> Iterator[tuple[tuple[int, int], str]]:
    for b in bodies:
        i = b.text.find(name)
        while i >= 0:
            yield (b.a + i, b.a + i + len(name)), b.part
            i = b.text.find(name, i + len(name))
