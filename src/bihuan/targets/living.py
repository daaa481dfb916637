"""The living report: the original text cut into paragraphs and runs, each run with the marks that lie on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bihuan.targets.sentences import Namer, Sentence

# where marks overlap, the run looks like the first of these
ORDER = ("doubt", "goal", "num", "term", "task")
PROPOSALS = ("goal", "task")
# damage of punctuation is marked in the text; only damage that changes the meaning gets a margin note
TOLD_DAMAGE = frozenset({"fused_numbers", "lost_char", "typo", "implausible_magnitude"})
RANK = {"high": 0, "medium": 1, "low": 2, "none": 3}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something the reader found: `key` names it in addresses, [start, end) is its place in the original text."""

    kind: str
    key: str
    start: int
    end: int
    number: int  # counted within its kind, in the order of the text
    fact: Mapping[str, Any] = field(repr=False, hash=False, compare=False, default_factory=dict)

    def __contains__(self, span: Sequence[int]) -> bool:
        return self.start <= span[0] and span[1] <= self.end


@dataclass(frozen=True, slots=True)
class Note:
    """旁批: a check, a term's explanation or a doubt, beside the paragraph of [start, end)."""

    kind: str  # check | term | doubt
    number: int
    start: int
    end: int
    fact: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    mark: Mark | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}{self.number}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `mark` is the one it looks like, `under` all that lie on it, `last` the end of that mark,
    `notes` those whose sign follows this run."""

    text: str
    mark: Mark | None = None
    under: tuple[Mark, ...] = ()
    first: bool = False
    last: bool = False
    notes: tuple[Note, ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading (`level` 1-3, 0 = text) with the marks that begin in it and the notes beside it."""

    start: int
    end: int
    level: int
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    kind: str = "prose"
    sentences: tuple[Sentence, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def marks(findings: Mapping[str, Any]) -> tuple[Mark, ...]:
    """All marks of a report in the order of the text. Two goals in the same words get a letter each."""
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
    found: list[Mark] = []
    count, seen = dict.fromkeys(ORDER, 0), dict[str, int]()
    for kind, a, b, fact in sorted(spans, key=lambda s: (s[1], -s[2], ORDER.index(s[0]))):
        count[kind] += 1
        key = f"{kind}-{a}-{b}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key += chr(ord("a") + seen[key] - 1)
        found.append(Mark(kind, key, a, b, count[kind], fact))
    return tuple(found)


def span_of(key: str) -> tuple[int, int]:
    """Where the mark of a key stands: goal-5193-5204 (a letter behind tells marks of one place apart)."""
    _, a, b = key.split("-")
    return int(a), int(b.rstrip("abcdefghijklmnopqrstuvwxyz"))


def find(findings: Mapping[str, Any], key: str) -> Mark:
    """The mark of this key; KeyError where the report has none."""
    for mark in marks(findings):
        if mark.key == key:
            return mark
    raise KeyError(key)


def notes(findings: Mapping[str, Any], every: Sequence[Mark]) -> tuple[Note, ...]:
    """The notes in the order of their places; checks that only confirm are kept for the page of their mark."""
    goals = [mark for mark in every if mark.kind == "goal"]
    found: list[tuple[str, int, int, Mapping[str, Any], Mark | None]] = []
    for check in findings.get("checks", ()):
        if check["spans"] and check.get("severity") != "none":
            a, b, mark = _place(check["spans"], goals)
            found.append(("check", a, b, check, mark))
    told: set[str] = set()
    for mark in every:
        if mark.kind == "term" and mark.fact["term"] not in told:
            told.add(mark.fact["term"])
            found.append(("term", mark.start, mark.end, mark.fact, mark))
        elif mark.kind == "doubt" and mark.fact.get("kind") in TOLD_DAMAGE:
            found.append(("doubt", mark.start, mark.end, mark.fact, mark))
    found.sort(key=lambda n: (n[1], RANK.get(n[3].get("severity", "low"), 2)))
    count: dict[str, int] = {}
    out = []
    for kind, a, b, fact, mark in found:
        count[kind] = count.get(kind, 0) + 1
        out.append(Note(kind, count[kind], a, b, fact, mark))
    return tuple(out)


def _place(spans: Sequence[Sequence[int]], goals: Sequence[Mark]) -> tuple[int, int, Mark | None]:
    """A check stands beside the goal it speaks about, the longer horizon first; else beside its first figure."""
    hit = [goal for goal in goals for span in spans if tuple(span) in goal]
    if hit:
        goal = min(hit, key=lambda g: (g.fact.get("horizon") != "5y", g.start))
        return goal.start, goal.end, goal
    a, b = min((s[0], s[1]) for s in spans)
    return a, b, None


def lay_out(
    text: str,
    findings: Mapping[str, Any],
    every: Sequence[Mark] | None = None,
    beside: Sequence[Note] | None = None,
) -> tuple[Paragraph, ...]:
    """Cut the text at line breaks and marks. Page furniture is left out; levels come from `findings["outline"]`."""
    every = marks(findings) if every is None else every
    beside = notes(findings, every) if beside is None else beside
    shape = {row["span"][0]: row for row in findings.get("outline", ())}
    out, at, namer = [], 0, Namer()
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line)
        row = shape.get(start, {})
        if start >= end or row.get("kind") == "furniture":
            continue
        here = tuple(m for m in every if start <= m.start < end)
        touching = [m for m in every if m.start < end and m.end > start]
        near = tuple(n for n in beside if start <= n.start < end)
        said = namer.name(text, start, end)
        cut = pieces(text, start, end, touching, near, (one.start for one in said))
        kind = row.get("kind", "prose")
        out.append(Paragraph(start, end, row.get("level", 0), cut, here, near, kind, said))
    return tuple(out)


def pieces(
    text: str,
    start: int,
    end: int,
    touching: Iterable[Mark],
    near: Sequence[Note] = (),
    also: Iterable[int] = (),
) -> tuple[Piece, ...]:
    """Cut [start, end) wherever a mark begins or ends, the sign of a note stands, or at `also`."""
    touching = list(touching)
    edges = [p for m in touching for p in (m.start, m.end)] + [n.end for n in near] + list(also)
    cuts = sorted({start, end} | {p for p in edges if start < p < end})
    runs = []
    for a, b in pairwise(cuts):
        on = sorted(
            (m for m in touching if m.start <= a and m.end >= b),
            key=lambda m: (ORDER.index(m.kind), m.start - m.end),
        )
        runs.append((a, b, on[0] if on else None, tuple(on)))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for i, (_, _, mark, _) in enumerate(runs):
        if mark:
            first.setdefault(mark.key, i)
            last[mark.key] = i
    return tuple(
        Piece(
            text[a:b], mark, on, mark is not None and first[mark.key] == i, mark is not None and last[mark.key] == i,
            tuple(n for n in near if min(n.end, end) == b), a,
        )
        for i, (a, b, mark, on) in enumerate(runs)
    )  # fmt: skip


def sentence_at(text: str, findings: Mapping[str, Any], offset: int) -> str:
    """The key of the sentence that holds a character of the text; empty between paragraphs."""
    for paragraph in lay_out(text, findings, (), ()):
        for one in paragraph.sentences:
            if one.start <= offset < one.end:
                return one.key
    return ""
