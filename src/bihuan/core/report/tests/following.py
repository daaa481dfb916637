"""Score the verdicts on promises against pairs judged by hand: `python -m bihuan.core.report.tests.following FOLDER [--all]`.

The pairs are in followed.tsv (drawn first) and followed_second.tsv (held out); FOLDER holds the reports themselves.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bihuan.core.report import read, text_of
from bihuan.core.report.follow import Followed, Following, Report, follow

HERE = Path(__file__).parent
FILES = ("followed.tsv", "followed_second.tsv")
NAMES = {"incomparable": "refused"}  # the judge's word for every comparison that must not be made


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise quoted from a report, what the report after says of it, and a person's verdict."""

    n: int
    drawn: str  # eye: from the text by a person; reader: from the reader's list
    place: str
    year: int
    promise: str
    mark: str  # the words of the promise that the pair is about
    answer: str  # empty: the report after says nothing
    verdict: str
    where: str  # term: the report after reviews a whole term; plan: it names the thing in its plan only


def pairs(name: str) -> list[Judged]:
    """The pairs of one file."""
    with (HERE / name).open(encoding="utf-8") as file:
        return [
            Judged(**row | {"n": int(row["n"]), "year": int(row["year"])})
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def said(found: Following, text: str, one: Judged) -> Followed | None:
    """What the program says of this promise; None where it does not list it."""
    a = text.index(one.mark, text.index(one.promise))
    b = a + len(one.mark)
    hits = [
        p for p in found.pairs
        if p.promise.year == one.year and p.promise.span[0] < b and a < p.promise.span[1]
    ]  # fmt: skip
    return min(hits, key=lambda p: (p.verdict == "not_rated", abs(p.promise.span[0] - a)), default=None)


def verdict(pair: Followed | None) -> str:
    """The verdict in the judge's words."""
    return "missing" if pair is None else NAMES.get(pair.verdict, pair.verdict)


def places(folder: Path) -> dict[str, tuple[Following, dict[int, str]]]:
    """Every place of a folder followed, with its texts by year."""
    reports: dict[str, list[Report]] = defaultdict(list)
    for file in sorted(folder.glob("*.md")):
        text = text_of(file.read_bytes(), file.name).text
        reading = read(text)
        assert reading.meta.plan_year, file
        reports[reading.meta.region].append(
            Report(file.name, reading.meta.region, reading.meta.plan_year, text, reading)
        )
    return {place: (follow(rows), {r.year: r.text for r in rows}) for place, rows in reports.items()}


def main(folder: Path, every: bool) -> None:
    """Print precision and recall by verdict for each file, and the pairs that differ."""
    known = places(folder)
    for name in FILES:
        if not (HERE / name).exists():
            continue
        rows = [(one, said(known[one.place][0], known[one.place][1][one.year], one)) for one in pairs(name)]
        sys.stdout.write(f"\n{name}\n" + table((one.verdict, verdict(pair)) for one, pair in rows))
        right = sum(pair is not None and pair.answer is not None and one.answer in pair.answer.sentence for one, pair in rows if one.answer)  # fmt: skip
        sys.stdout.write(f"answers found: {right} of {sum(bool(one.answer) for one, _ in rows)}\n")
        for one, pair in rows:
            if every or one.verdict != verdict(pair):
                answer = pair.answer.sentence[:90] if pair and pair.answer else ""
                reason = pair.reason if pair else ""
                sys.stdout.write(
                    f"{one.n} {one.place}{one.year} {one.promise} [{one.mark}]\n"
                    f"   judged {one.verdict}, said {verdict(pair)}: {reason}\n   {answer}\n"
                )


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Precision and recall by verdict."""
    rows = list(rows)
    both, told, judged = (
        Counter(a for a, b in rows if a == b),
        Counter(b for _, b in rows),
        Counter(a for a, _ in rows),
    )
    lines = [f"{'verdict':14}{'judged':>8}{'said':>6}{'both':>6}{'precision':>11}{'recall':>8}"]
    for name in sorted({*told, *judged}):
        p = f"{both[name] / told[name]:.2f}" if told[name] else "–"
        r = f"{both[name] / judged[name]:.2f}" if judged[name] else "–"
        lines.append(f"{name:14}{judged[name]:8}{told[name]:6}{both[name]:6}{p:>11}{r:>8}")
    lines.append(f"right {sum(both.values())} of {len(rows)}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--all" in sys.argv)
