"""Precision, recall and F1 of a reading against a hand-made answer; usable for any report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bihuan.core.report.shapes import Quantity, Reading, Span

_MARKS = str.maketrans("", "", "“”《》 ,，")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of right, found and expected answers."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f} (P {self.precision:.3f}, R {self.recall:.3f}, {self.right}/{self.expected})"


def rows(path: Path) -> list[list[str]]:
    """Rows of a tab-separated answer file without its comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def anchor(text: str, marked: str) -> Span:
    """Span of the part in 【】 of a context that must occur exactly once in the text."""
    before, _, rest = marked.partition("【")
    inside, _, after = rest.partition("】")
    whole = before + inside + after
    if text.count(whole) != 1:
        raise ValueError(f"context occurs {text.count(whole)} times: {marked}")
    a = text.index(whole) + len(before)
    return (a, a + len(inside))


def same(answer: str, said: str) -> bool:
    """Whether `said` equals one of the answers separated by |; `*` accepts anything."""
    if answer == "*":
        return True
    return said.translate(_MARKS) in {a.translate(_MARKS) for a in answer.split("|")}


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def score_quantities(reading: Reading, text: str, answer: Iterable[list[str]]) -> dict[str, Score]:
    """Scores for span+value+unit ("value") and, on top of it, for indicator, role, status, comparator."""
    gold = [(anchor(text, r[0]), r) for r in answer]
    by_span = {q.span: q for q in reading.quantities}
    right = dict.fromkeys(("value", "indicator", "role", "status", "comparator"), 0)
    for span, row in gold:
        q = by_span.get(span)
        if q is None or q.norm_value != float(row[1]) or q.norm_unit != row[2]:
            continue
        right["value"] += 1
        for name, said, want in (
            ("indicator", q.indicator, row[3]), ("role", q.role, row[4]), ("status", q.status, row[5]),
            ("comparator", q.comparator, row[6]),
        ):  # fmt: skip
            right[name] += same(want, said)
    return {k: Score(n, len(reading.quantities), len(gold)) for k, n in right.items()}


def wrong_quantities(
    reading: Reading, text: str, answer: Iterable[list[str]]
) -> list[tuple[str, Quantity | None, list[str]]]:
    """Every disagreement, for reading by a person."""
    out = []
    by_span = {q.span: q for q in reading.quantities}
    spans = set()
    for r in answer:
        span = anchor(text, r[0])
        spans.add(span)
        q = by_span.get(span)
        if q is None:
            out.append(("missed", None, r))
        elif q.norm_value != float(r[1]) or q.norm_unit != r[2]:
            out.append(("value", q, r))
        else:
            pairs = (
                ("indicator", q.indicator, r[3]),
                ("role", q.role, r[4]),
                ("status", q.status, r[5]),
                ("comparator", q.comparator, r[6]),
            )
            out.extend((n, q, r) for n, said, want in pairs if not same(want, said))
    out.extend(("extra", q, []) for q in reading.quantities if q.span not in spans)
    return out


def score_targets(reading: Reading, text: str, answer: Iterable[list[str]]) -> dict[str, Score]:
    """Scores for the clause found ("found") and for clause with kind, value and year ("exact")."""
    gold = list(answer)
    used: set[int] = set()
    hits = exact = 0
    for anchor_text, horizon, kind, value, by in gold:
        for i, t in enumerate(reading.targets):
            # the clause may be given without its hedge or with a mark before it
            if (
                i in used
                or t.horizon != horizon
                or not (anchor_text.strip(",") in t.text or t.text in anchor_text)
            ):
                continue
            want = None if value == "-" else float(value)
            used.add(i)
            hits += 1
            exact += same(kind, t.kind) and t.norm_value == want and str(t.by) == by
            break
    # one clause may state two goals (新开工和竣工面积均…); the second is not counted against the reader
    spans = {reading.targets[i].span for i in used}
    found = len([t for i, t in enumerate(reading.targets) if i in used or t.span not in spans])
    return {"found": Score(hits, found, len(gold)), "exact": Score(exact, found, len(gold))}


def score_suspects(reading: Reading, text: str, answer: Iterable[list[str]]) -> dict[str, Score]:
    """Scores for the place with its kind ("found") and with the right repair among the suggestions ("repaired")."""
    gold = [(anchor(text, r[0]), r) for r in answer]
    hits = repaired = 0
    used: set[int] = set()
    for span, (_, kind, repair) in gold:
        for i, s in enumerate(reading.suspicious):
            if i not in used and overlap(span, s.span) and same(kind, s.kind):
                used.add(i)
                hits += 1
                repaired += any(repair in x for x in s.suggestions)
                break
    n = len(reading.suspicious)
    return {"found": Score(hits, n, len(gold)), "repaired": Score(repaired, n, len(gold))}


def missed_checks(reading: Reading, answer: Iterable[list[str]]) -> list[list[str]]:
    """Expected checks that the reading lacks."""
    return [
        r for r in answer
        if not any(c.kind in r[0].split("|") and c.verdict == r[2] and (r[1] in c.finding or r[1] == c.indicator) for c in reading.checks)
    ]  # fmt: skip
