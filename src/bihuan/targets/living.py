"""The living report: the original text cut into paragraphs and runs, each run with the marks that lie on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

# where marks overlap, the run looks like the first of these
ORDER = ("doubt", "goal", "num", "term", "task")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the reader found: `key` names it in addresses, [start, end) is its place in the original text."""

    kind: str
    key: str
    start: int
    end: int
    number: int  # counted within its kind, in the order of the text
    fact: Mapping[str, Any] = field(repr=False, hash=False, compare=False, default_factory=dict)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `mark` is the one it looks like, `under` all that lie on it, `first` and `last` of that mark."""

    text: str
    mark: Mark | None = None
    under: tuple[Mark, ...] = ()
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading (`level` 1-3, 0 = text) with the marks and checks that begin in it."""

    start: int
    end: int
    level: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    checks: tuple[tuple[int, Mapping[str, Any]], ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def marks(findings: Mapping[str, Any]) -> tuple[Mark, ...]:
    """All marks of a report in the order of the text."""
    spans: list[tuple[str, int, int, Mapping[str, Any]]] = []
    for kind, name in (
        ("num", "quantities"),
        ("goal", "targets"),
        ("task", "tasks"),
        ("doubt", "suspicious"),
    ):
        spans += [(kind, *fact["span"], fact) for fact in findings.get(name, ())]
    for term in findings.get("glossary", ()):
        spans += [("term", a, b, term) for a, b in term["uses"]]
    found, count = [], dict.fromkeys(ORDER, 0)
    for kind, a, b, fact in sorted(spans, key=lambda s: (s[1], -s[2], ORDER.index(s[0]))):
        count[kind] += 1
        found.append(Mark(kind, f"{kind}-{a}-{b}", a, b, count[kind], fact))
    return tuple(found)


def find(findings: Mapping[str, Any], key: str) -> Mark:
    """The mark of this key; KeyError where the report has none."""
    for mark in marks(findings):
        if mark.key == key:
            return mark
    raise KeyError(key)


def lay_out(text: str, findings: Mapping[str, Any], headings: Mapping[int, int]) -> tuple[Paragraph, ...]:
    """Cut the text at line breaks and marks; `headings` maps the start of a line to its level. Furniture is left out."""
    all_marks = marks(findings)
    aside = [tuple(span) for span in findings.get("furniture", ())]
    notes = [
        (min(a for a, _ in c["spans"]), i + 1, c)
        for i, c in enumerate(findings.get("checks", ()))
        if c["spans"]
    ]
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line)
        if start >= end or any(a <= start and end <= b for a, b in aside):
            continue
        here = tuple(m for m in all_marks if start <= m.start < end)
        touching = [m for m in all_marks if m.start < end and m.end > start]
        checks = tuple((number, check) for where, number, check in notes if start <= where < end)
        out.append(
            Paragraph(start, end, headings.get(start, 0), pieces(text, start, end, touching), here, checks)
        )
    return tuple(out)


def pieces(text: str, start: int, end: int, touching: Iterable[Mark]) -> tuple[Piece, ...]:
    """Cut [start, end) wherever a mark begins or ends."""
    touching = list(touching)
    cuts = sorted({start, end} | {p for m in touching for p in (m.start, m.end) if start < p < end})
    runs = []
    for a, b in pairwise(cuts):
        on = sorted(
            (m for m in touching if m.start <= a and m.end >= b),
            key=lambda m: (ORDER.index(m.kind), m.start - m.end),
        )
        runs.append((text[a:b], on[0] if on else None, tuple(on)))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for i, (_, mark, _) in enumerate(runs):
        if mark:
            first.setdefault(mark.key, i)
            last[mark.key] = i
    return tuple(
        Piece(run, mark, on, bool(mark) and first[mark.key] == i, bool(mark) and last[mark.key] == i)
        for i, (run, mark, on) in enumerate(runs)
    )
