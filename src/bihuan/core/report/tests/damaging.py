"""Damage sound reports one lost character at a time and count what the reader notices.

`python -m bihuan.core.report.tests.damaging FOLDER [SEED]` prints a table over every report of a folder.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bihuan.core.report import read
from bihuan.core.report.shapes import Reading
from bihuan.core.report.text import prepare
from bihuan.core.report.units import UNIT

_UNIT = rf"(?:万|亿|千|百)*(?:余|多)?(?:{UNIT})"
# what is lost is the group `gone`; the first group of rows damages numbers, the second the words about them
NUMBERS = {
    "between listed figures": r"(?<=\d)(?P<gone>、)(?=\d)",
    "unit and mark": rf"(?<=\d)(?P<gone>{_UNIT}[、和])(?=\d)",
    "classifier": r"(?<=\d)(?P<gone>[个家座栋条项片])(?=\d)",
    "year": r"(?<=(?:19|20)\d\d)(?P<gone>年)(?=\d)",
    "mark between amounts": rf"(?:\d{_UNIT})(?P<gone>[、，])(?=\d)",
    "和 between amounts": rf"(?:\d{_UNIT})(?P<gone>和)(?=\d)",
    "per cent": r"(?<=\d)(?P<gone>%)(?=[，。；、和])",
    "hundred million": r"(?<=\d)(?P<gone>亿)(?=元)",
    "yuan": r"(?<=\d[亿万])(?P<gone>元)(?=[，。；、])",
    "percentage point": r"(?<=\d个百)(?P<gone>分)(?=点)",
    "digits before the point": r"(?<=[长达降为])(?P<gone>\d+)(?=\.\d+%)",
    "opening quote": r"(?P<gone>“)(?=\d)",
    "closing quote": r"(?<=\d)(?P<gone>”)",
}
WORDS = {
    "grow": r"(?<=增)(?P<gone>长)(?=\d)",
    "opening quote of a word": r"(?P<gone>“)(?=[\u4e00-\u9fff])",
    "closing quote of a word": r"(?<=[\u4e00-\u9fff])(?P<gone>”)",
    "stop at the end": r"(?P<gone>。)(?=\n)",
    "colon": r"(?<=[\u4e00-\u9fff”])(?P<gone>：)(?=[\u4e00-\u9fff])",
    "stop between sentences": r"(?P<gone>。)(?=[\u4e00-\u9fff])",
    "comma": r"(?P<gone>，)(?=[\u4e00-\u9fff])",
}
_SEED = 20161225


@dataclass(frozen=True, slots=True)
class Loss:
    """A lost `gone` at `at` of the damaged text, and the sound text within a window around it."""

    at: int
    gone: str
    sound: str
    damaged: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the reader made of one loss."""

    loss: Loss
    flagged: bool
    first: bool  # the first suggestion restores the sound text
    among: bool
    trusted: bool  # a quantity stands on the damaged figures and is not marked


def copies(
    text: str, patterns: dict[str, str], most: int, seed: int = _SEED
) -> Iterator[tuple[str, str, list[Loss]]]:
    """One copy of the text per way of losing characters, with up to `most` losses far from each other."""
    text = prepare(text).text
    for name, pattern in patterns.items():
        places = [m.span("gone") for m in re.finditer(pattern, text)]
        random.Random(seed).shuffle(places)
        chosen: list[tuple[int, int]] = []
        for a, b in places:
            if len(chosen) < most and all(abs(a - x) > 120 for x, _ in chosen):
                chosen.append((a, b))
        chosen.sort()
        out, last, losses = "", 0, []
        for a, b in chosen:
            out += text[last:a]
            before, after = text[max(0, a - 25) : a], text[b : b + 25]
            losses.append(Loss(len(out), text[a:b], before + text[a:b] + after, before + after))
            last = b
        if losses:
            yield name, out + text[last:], losses


def notice(text: str, losses: list[Loss], reading: Reading | None = None) -> list[Noticed]:
    """Compare what the reader says of a damaged text with what was lost."""
    reading = reading or read(text)
    out = []
    for loss in losses:
        suspects = [s for s in reading.suspicious if s.span[0] <= loss.at <= s.span[1]]
        whole = []
        for s in suspects:
            a = loss.at - min(25, len(loss.damaged))
            a = text.index(loss.damaged, max(0, a))
            b = a + len(loss.damaged)
            whole.append(
                [
                    text[min(a, s.span[0]) : s.span[0]] + way + text[s.span[1] : max(b, s.span[1])]
                    for way in s.suggestions
                ]
            )
        sound = re.sub(r"\s", "", loss.sound)
        first = any(w and _holds(w[0], sound) for w in whole)
        among = any(_holds(x, sound) for w in whole for x in w)
        trusted = [q for q in reading.quantities if q.span[0] <= loss.at <= q.span[1] and not q.suspicious]
        out.append(Noticed(loss, bool(suspects), first, among, bool(trusted)))
    return out


def _holds(repaired: str, sound: str) -> bool:
    return sound in re.sub(r"\s", "", repaired)


def main(folder: str, seed: int = _SEED, most: int = 2) -> None:
    """Print the table; every row counts losses of one kind over all reports of the folder."""
    table: dict[str, Counter[str]] = {}
    missed: list[str] = []
    clean = []
    for path in sorted(Path(folder).glob("*")):
        if path.suffix not in (".md", ".txt"):
            continue
        text = prepare(path.read_text(encoding="utf-8")).text
        clean.append((path.name, len(read(text).suspicious)))
        for name, damaged, losses in copies(text, NUMBERS | WORDS, most, seed):
            row = table.setdefault(name, Counter())
            for n in notice(damaged, losses):
                row.update(lost=1, flagged=n.flagged, first=n.first, among=n.among, trusted=n.trusted)
                if not n.first or n.trusted:
                    state = f"{'flag' if n.flagged else 'MISS'}{' TRUSTED' if n.trusted else ''}"
                    missed.append(f"{name}\t{state}\t{n.loss.gone}\t{n.loss.sound!r}")
    lines = ["lost\tplaces\tflagged\tfirst\tamong\ttrusted"]
    for name in NUMBERS | WORDS:
        if row := table.get(name):
            counts = [row[k] for k in ("lost", "flagged", "first", "among", "trusted")]
            lines.append("\t".join([name, *map(str, counts)]))
    lines.append(f"alarms on the sound texts: {sum(n for _, n in clean)}, at most {max(n for _, n in clean)}")
    sys.stdout.write("\n".join(lines + (missed if "--missed" in sys.argv else [])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, filter(str.isdigit, sys.argv[2:])))
