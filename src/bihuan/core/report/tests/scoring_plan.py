"""Scores of goals and tasks against hand-made answers, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bihuan.core.report.shapes import Reading, Task
from bihuan.core.report.tests.scoring import Score, same

_JOINED = str.maketrans("", "", "和与及并、“”")
_SENTENCE_END = re.compile(r"[。！？\n]")


@dataclass(slots=True)
class Tally:
    """Counts of one field while an answer is gone through; `wrong` says what differs."""

    right: int = 0
    found: int = 0
    expected: int = 0
    wrong: list[str] = field(default_factory=list)

    def score(self) -> Score:
        return Score(self.right, self.found, self.expected)


def score_goals(reading: Reading, text: str, answer: Iterable[list[str]]) -> dict[str, Tally]:
    """Tallies: `target` is clause and value; kind, by, horizon, indicator, comparator are counted on top of it."""
    tallies = {k: Tally() for k in ("target", "kind", "by", "horizon", "indicator", "comparator")}
    used: set[int] = set()
    free: set[int] = set()
    for row in answer:
        clause, horizon, kind, value, by, indicator, comparator = row
        may = clause.startswith("?")
        clause = clause.lstrip("?")
        if text.count(clause) != 1:
            raise ValueError(f"clause occurs {text.count(clause)} times: {clause}")
        a = text.index(clause)
        i = _goal(reading, used, (a, a + len(clause)), value, indicator)
        if may:
            free.update({i} if i is not None else set())
            used |= free
            continue
        for tally in tallies.values():
            tally.expected += 1
        if i is None:
            tallies["target"].wrong.append(f"missed {clause}")
            continue
        used.add(i)
        t = reading.targets[i]
        tallies["target"].right += 1
        for name, said, want in (
            ("kind", t.kind, kind), ("by", str(t.by), by), ("horizon", t.horizon, horizon),
            ("indicator", t.indicator, indicator), ("comparator", t.comparator, comparator),
        ):  # fmt: skip
            tallies[name].right += same(want, said)
            if not same(want, said):
                tallies[name].wrong.append(f"{said!r} for {want!r}: {clause}")
    extra = [t for i, t in enumerate(reading.targets) if i not in used]
    tallies["target"].wrong.extend(f"extra {t.kind} {t.indicator!r} {t.norm_value}: {t.text}" for t in extra)
    for tally in tallies.values():
        tally.found = len(reading.targets) - len(free)
    return tallies


def _goal(reading: Reading, used: set[int], span: tuple[int, int], value: str, indicator: str) -> int | None:
    """The goal of that clause and value; of two with one value the one of that indicator."""
    found = [
        i
        for i, t in enumerate(reading.targets)
        if i not in used
        and t.span[0] < span[1] and span[0] < t.span[1]
        and (value == "*" or t.norm_value == (None if value == "-" else float(value)))
    ]  # fmt: skip
    return min(found, key=lambda i: not same(indicator, reading.targets[i].indicator), default=None)


def score_tasks(reading: Reading, text: str, answer: list[list[str]]) -> dict[str, Tally]:
    """Tallies: `task` is the sentence taken for a task, then verbs, projects and measurability of those found."""
    tallies = {k: Tally() for k in ("task", "verbs", "projects", "measurability")}
    for row in answer:
        mark, opening, verbs, projects, measure = (*row, "", "", "")[:5]
        if text.count(opening) != 1:
            raise ValueError(f"opening occurs {text.count(opening)} times: {opening}")
        a = text.index(opening)
        m = _SENTENCE_END.search(text, a)
        end = m.end() if m else len(text)
        found = [t for t in reading.tasks if a <= t.span[0] < end or t.span[0] <= a < t.span[1]]
        if mark == "?":
            continue
        tallies["task"].found += len(found)
        if mark == "N":
            tallies["task"].wrong.extend(f"false {t.text}" for t in found)
            continue
        tallies["task"].expected += 1
        tallies["task"].right += bool(found)
        if not found:
            tallies["task"].wrong.append(f"missed {opening}")
        said = found[0] if found else None
        _compare(tallies["verbs"], verbs, said.verbs if said else (), opening)
        _compare(tallies["projects"], projects, said.projects if said else (), opening)
        _measure(tallies["measurability"], measure, said, opening)
    return tallies


def _measure(tally: Tally, want: str, said: Task | None, opening: str) -> None:
    tally.expected += 1
    tally.found += said is not None
    ok = said is not None and said.measurability in want.split("/")
    tally.right += ok
    if said and not ok:
        tally.wrong.append(f"{said.measurability} for {want}: {opening} {said.projects}")


def _compare(tally: Tally, want: str, said: tuple[str, ...], opening: str) -> None:
    """Count required and optional answers (in brackets) against what was said; order does not matter."""
    left = [s.translate(_JOINED) for s in said]
    missed = []
    for must, ways in sorted(_answers(want), key=lambda a: (not a[0], len(a[1]))):
        hit = next((w for w in ways if w in left), None)
        if hit is not None:
            left.remove(hit)
            tally.found += must
        tally.right += must and hit is not None
        tally.expected += must
        if must and hit is None:
            missed.append("/".join(ways))
    tally.found += len(left)
    if missed or left:
        tally.wrong.append(f"{opening}: missing {missed}, extra {left}")


def _answers(want: str) -> Iterator[tuple[bool, list[str]]]:
    for word in want.split(" "):
        if word:
            may = word.startswith("(") and word.endswith(")")
            yield (not may, [w.translate(_JOINED) for w in (word[1:-1] if may else word).split("/")])


def together(tallies: Iterable[dict[str, Tally]]) -> dict[str, Score]:
    """The scores of several texts added up."""
    added: dict[str, Score] = {}
    for one in tallies:
        for name, tally in one.items():
            s, old = tally.score(), added.get(name, Score(0, 0, 0))
            added[name] = Score(old.right + s.right, old.found + s.found, old.expected + s.expected)
    return added
