"""Plant contradictions in sound reports and count what the checks find.

`python -m bihuan.core.report.tests.contradicting FOLDER` prints a table over every report of a folder; `--missed`
lists what was not found, `--again` plants a second set in other words. A plant counts as found where a check of a
right kind, that does not say it holds, rests on at least one planted figure; `inputs` where it rests on all of them;
`grave` where its severity is medium or high.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from random import Random

from bihuan.core.report import Reading, read
from bihuan.core.report.sections import blocks
from bihuan.core.report.shapes import Check, Span
from bihuan.core.report.tests.plants import PLANTS, WORDS, Make, Plant, Years
from bihuan.core.report.tests.plants_again import PLANTS_AGAIN, WORDS_AGAIN
from bihuan.core.report.text import prepare

Plants = tuple[tuple[str, bool, Make], ...]
SEED = 20170109
COPIES = 4
_FINE = frozenset({"holds", "implied", "above", "over"})


def places(text: str, plan_year: int | None) -> dict[str, list[int]]:
    """Where a sentence may be put, by part of the speech: ends of paragraphs of prose."""
    src = prepare(text)
    spots: dict[str, list[int]] = {}
    for b in blocks(src, plan_year):
        if b.kind in ("prose", "glossary") and b.text.endswith("。") and len(b.text) > 60:
            spots.setdefault(b.part, []).append(src.span(b.a, b.b)[1])
    return spots


def years_of(reading: Reading) -> Years | None:
    """The years a plant speaks about; None where the report does not tell its plan year."""
    m = reading.meta
    if not m.plan_year:
        return None
    first, last = m.term_review or (m.plan_year - 1, m.plan_year - 1)
    return Years(first, last, m.plan_year, m.term_plan[1] if m.term_plan and last - first >= 3 else None)


def plant(
    text: str, whats: list[Plant], spots: dict[str, list[int]], r: Random
) -> tuple[str, list[list[Span]]]:
    """The text with the sentences of all plants put in, and of each plant the spans of its figures."""
    puts: list[tuple[int, int, str]] = []
    for n, what in enumerate(whats):
        for part, said in what.said:
            if part != "glossary":
                puts.append((r.choice(spots[part]), n, said))
            elif spots.get(part):
                puts.append((spots[part][-1], n, f"\n\n99.{said}\n"))
            else:
                puts.append((len(text), n, f"\n\n名词解释\n\n1.{said}\n"))
    out, last = "", 0
    spans: list[list[Span]] = [[] for _ in whats]
    for at, n, said in sorted(puts):
        out += text[last:at]
        last = at
        for piece in re.split(r"(\[[^\]]*\])", said):
            if piece.startswith("["):
                spans[n].append((len(out), len(out) + len(piece) - 2))
            out += piece.strip("[]")
    return out + text[last:], spans


def draw(make: Make, years: Years, r: Random, used: set[str]) -> Plant:
    """A plant about something that no other plant of the copy is about."""
    for _ in range(60):
        what = make(r, years)
        names = {word for word in WORDS | WORDS_AGAIN if any(word in said for _, said in what.said)}
        if not names & used:
            break
    used |= names
    return what


def found(checks: tuple[Check, ...], kinds: tuple[str, ...], spans: list[Span]) -> tuple[bool, bool, bool]:
    """(found, with every input, medium or high) by the best check."""
    best = (False, False, False)
    for c in checks:
        if c.kind not in kinds or c.verdict in _FINE:
            continue
        hit = [any(a < y and x < b for x, y in c.spans) for a, b in spans]
        if any(hit):
            best = max(best, (True, all(hit), c.severity in ("medium", "high")))
    return best


def trial(
    text: str, rounds: int, name: str, plants: Plants = PLANTS
) -> list[tuple[str, Plant, tuple[bool, bool, bool]]]:
    """Every plant that fits the report, `rounds` times, several to a copy."""
    reading = read(text)
    years = years_of(reading)
    if years is None:
        return []
    spots = places(text, years.plan)
    fit = [(title, make) for title, term, make in plants if not term or years.end and spots.get("term")]
    out = []
    for n in range(rounds):
        for copy in range(COPIES):
            r, used = Random(f"{SEED} {name} {copy} {n}"), set[str]()
            mine = [(title, draw(make, years, r, used)) for title, make in fit[copy::COPIES]]
            mine = [(t, w) for t, w in mine if all(p == "glossary" or spots.get(p) for p, _ in w.said)]
            new, spans = plant(text, [w for _, w in mine], spots, r)
            checks = read(new).checks
            out += [(t, w, found(checks, w.kinds, s)) for (t, w), s in zip(mine, spans, strict=True)]
    return out


def main(folder: str, plants: Plants, rounds: int = 2) -> None:
    """Print the table; every row counts the plants of one kind over all reports of the folder."""
    table: dict[str, Counter[str]] = {}
    missed = []
    for path in sorted(Path(folder).iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        for title, what, (hit, whole, grave) in trial(
            path.read_text(encoding="utf-8"), rounds, path.stem, plants
        ):
            table.setdefault(title, Counter()).update(planted=1, found=hit, inputs=whole, grave=grave)
            if not whole:
                missed.append(
                    f"{title}\t{'part' if hit else 'MISS'}\t{path.stem}\t{' | '.join(s for _, s in what.said)}"
                )
    lines = ["kind\tplanted\tfound\tinputs\tgrave"]
    for title, _, _ in plants:
        row = table.get(title, Counter())
        lines.append("\t".join([title, *(str(row[k]) for k in ("planted", "found", "inputs", "grave"))]))
    whole_table = sum(table.values(), Counter())
    lines.append("\t".join(["all", *(str(whole_table[k]) for k in ("planted", "found", "inputs", "grave"))]))
    sys.stdout.write("\n".join(lines + (missed if "--missed" in sys.argv else [])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], PLANTS_AGAIN if "--again" in sys.argv else PLANTS)
