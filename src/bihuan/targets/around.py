"""What stands around a mark in the text: its sentence, and other places that speak of the same matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.targets.living import Mark

MOST = 120  # characters shown on each side


def sentence(text: str, mark: Mark) -> tuple[int, int]:
    """The sentence around a mark, at most 120 characters each side."""
    a = max([text.rfind(stop, 0, mark.start) for stop in "。；\n"]) + 1
    ends = [at for stop in "。；\n" if (at := text.find(stop, mark.end - 1)) >= 0]
    b = min(ends, default=len(text) - 1) + 1
    a, b = max(a, mark.start - MOST), min(b, mark.end + MOST)
    while a < mark.start and text[a].isspace():
        a += 1
    return a, b


def mentions(
    text: str, links: Sequence[Mapping[str, Any]], mark: Mark
) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """Other places of the report that speak of the same matter: (its name, ((offset, words around), …))."""
    out = []
    for link in links:
        spans = link["mentions"]
        if not any(mark.start < b and a < mark.end for a, b in spans):
            continue
        others = [(a, words(text, a, b)) for a, b in spans if not (mark.start < b and a < mark.end)]
        if others:
            out.append((link["name"], tuple(others)))
    return tuple(out)


def words(text: str, a: int, b: int) -> str:
    """A few characters on each side of a place, on one line."""
    return text[max(0, a - 14) : b + 14].replace("\n", " ").strip()
