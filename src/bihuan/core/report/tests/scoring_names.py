"""Scores of the glossary's uses and of links against hand-made answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import combinations

from bihuan.core.report.glossary import core
from bihuan.core.report.meta import read_meta
from bihuan.core.report.sections import blocks
from bihuan.core.report.shapes import Reading, Span
from bihuan.core.report.tests.scoring import Score, anchor, overlap
from bihuan.core.report.text import prepare

Pair = tuple[Span, Span]
_ENDS = re.compile(r"[,;。:，；：\n]")


def score_glossary(
    reading: Reading, text: str, answer: Iterable[list[str]]
) -> tuple[dict[str, Score], list[str]]:
    """Scores of terms, uses and of the number of parts; what differs."""
    rows = list(answer)
    known, wrong = 0, list[str]()
    right = found = expected = parts = asked = 0
    for term, uses, count in rows:
        said = next((t for t in reading.glossary if term in core(t.term)), None)
        known += said is not None
        left = list(said.uses) if said else []
        for use in sorted(uses.split(" "), key=lambda u: u.startswith("?")):
            span, may = anchor(text, use.lstrip("?")), use.startswith("?")
            hit = next((u for u in left if overlap(u, span)), None)
            if hit:
                left.remove(hit)
            elif not may:
                wrong.append(f"missed {term}: {use}")
            expected += not may
            right += hit is not None and not may
            found += hit is not None and not may
        found += len(left)
        wrong += [f"extra {term}: {text[a - 8 : b + 8]}" for a, b in left]
        if count != "-":
            asked += 1
            same = said is not None and len(said.parts) == int(count)
            parts += same
            wrong += [] if same else [f"parts of {term}: {said and said.parts}"]
    terms = Score(known, len(reading.glossary), len(rows))
    return {"terms": terms, "uses": Score(right, found, expected), "parts": Score(parts, asked, asked)}, wrong


def score_links(
    reading: Reading, text: str, answer: Iterable[list[str]]
) -> tuple[dict[str, Score], list[str]]:
    """Scores of pairs of mentions in different parts, for figures and for works and names; what differs."""
    part_at = _parts(text)
    gold: list[tuple[str, str, list[Pair]]] = [
        (kind, name, _across([s for w in where.split(" ") for s in _spans(text, w)], part_at))
        for kind, name, where in answer
    ]
    figures = {q.canonical for q in reading.quantities}
    counted = {q.span for q in reading.quantities} | {t.span for t in reading.targets}
    said = [
        ("m" if link.name in figures else "w", link.name, pair)
        for link in reading.links
        for pair in _across(list(link.mentions), part_at)
    ]
    wide = [(kind, name, _wide(pair, text, counted)) for kind, name, pair in said]
    may = [pair for _, _, pairs in gold for pair in pairs]
    scores, wrong = {}, list[str]()
    for kind, title in (("m", "figures"), ("w", "names")):
        must = [(name, pair) for k, name, pairs in gold if k == kind for pair in pairs]
        lost = [name for name, pair in must if not any(_same(p, pair) for _, _, p in wide)]
        mine = [(name, p) for k, name, p in wide if k == kind]
        false = [name for name, p in mine if not any(_same(p, pair) for pair in may)]
        recall, precision = len(must) - len(lost), len(mine) - len(false)
        # recall and precision are counted over different pairs: brought to the same base
        scores[title] = Score(recall, round(recall * len(mine) / max(1, precision)), len(must))
        wrong += [f"missed {title} {n}" for n in lost] + [f"false {title} {n}" for n in false]
    return scores, wrong


def _parts(text: str) -> Callable[[Span], str]:
    src = prepare(text)
    held = [(*src.span(b.a, b.b), b.part) for b in blocks(src, read_meta(src).plan_year) if b.kind == "prose"]
    return lambda span: next((p for a, b, p in held if a <= span[0] < b), "")


def _spans(text: str, where: str) -> list[Span]:
    if "【" in where:
        return [anchor(text, where)]
    if where not in text:
        raise ValueError(f"not in the text: {where}")
    return [m.span() for m in re.finditer(re.escape(where), text)]


def _across(spans: list[Span], part_at: Callable[[Span], str]) -> list[Pair]:
    known = [s for s in spans if part_at(s) in ("past", "term", "year")]
    return [(a, b) for a, b in combinations(known, 2) if part_at(a) != part_at(b)]


def _wide(pair: Pair, text: str, counted: set[Span]) -> Pair:
    """A figure is a mention of what its clause names."""

    def clause(span: Span) -> Span:
        if span not in counted:
            return span
        before = [m.end() for m in _ENDS.finditer(text, 0, span[0])]
        after = _ENDS.search(text, span[1])
        return (before[-1] if before else 0, after.start() if after else len(text))

    return (clause(pair[0]), clause(pair[1]))


def _same(said: Pair, want: Pair) -> bool:
    return any(overlap(said[0], x) and overlap(said[1], y) for x, y in (want, want[::-1]))
