"""Finds entries of a catalogue by the words people use: code, whole name, parts of names, pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bihuan.core.line.parts import Matter

DIGITS = re.compile(r"\d{5}")
STOP = frozenset("的了在有没人都很是我不啊呢吗请把被")


def seek(
    rows: Iterable[Matter], text: str, more: Sequence[tuple[str, str]] = (), most: int = 12
) -> list[Matter]:
    """The entries that answer to `text`, best first; `more` are (code, everyday words) that count as names too."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    extra: dict[str, str] = {}
    for code, words in more:
        extra[code] = extra.get(code, "") + " " + words.casefold()
    scored = []
    for place, row in enumerate(rows):
        names = f"{row.name.casefold()} {row.name_en.casefold()}{extra.get(row.code, '')}"
        score = _score(wanted, row, names)
        if score:
            scored.append((-score, place, row))
    scored.sort(key=lambda one: one[:2])
    return [row for _, _, row in scored[:most]]


def _score(wanted: str, row: Matter, names: str) -> float:
    if DIGITS.fullmatch(wanted):
        return 100.0 if row.columns.get("code5") == wanted else 0.0
    if wanted in names:
        return 50.0 + 10.0 * (wanted == row.name.casefold()) - len(row.name) / 100
    found = sum(pair in names for pair in pairs(wanted))
    words = [word for word in re.findall(r"[a-z]{3,}", wanted) if word in names]
    return found * 3.0 + len(words) * 3.0 - len(row.name) / 100 if found or words else 0.0


def pairs(text: str) -> list[str]:
    """Neighbouring Chinese characters that carry meaning."""
    chars = [c for c in text if "\u3400" <= c <= "\u9fff" and c not in STOP]
    return [a + b for a, b in pairwise(chars)]
