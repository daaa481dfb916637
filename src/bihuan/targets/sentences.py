"""Permanent links into a report: each sentence is named by what it says, so its address outlives line breaks and commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

# closing quotes and brackets belong to the sentence they close
END = re.compile(r"[。！？!?]+[”’》）)\]]*")
LENGTH = 10  # hexadecimal digits: two of a million sentences meet once in a thousand reports


@dataclass(frozen=True, slots=True)
class Sentence:
    """[start, end) of the original text; `key` is the same wherever the same words stand."""

    key: str
    start: int
    end: int


def key_of(words: str) -> str:
    """s-1f3a…: from letters and figures only; spaces, line breaks and punctuation may change."""
    bare = "".join(c for c in words if c.isalnum())
    return f"s-{sha256(bare.encode('utf-8', 'surrogatepass')).hexdigest()[:LENGTH]}"


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of [start, end); together they are the whole of it."""
    at = start
    for stop in END.finditer(text, start, end):
        if any(c.isalnum() for c in text[at : stop.end()]):
            yield at, stop.end()
            at = stop.end()
    if at < end:
        yield at, end


class Namer:
    """Gives each sentence of one report its key; said again, it gets -2, -3 in the order of the text."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def name(self, text: str, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences of [start, end)."""
        found = []
        for a, b in cut(text, start, end):
            key = key_of(text[a:b])
            n = self.seen[key] = self.seen.get(key, 0) + 1
            found.append(Sentence(key if n == 1 else f"{key}-{n}", a, b))
        return tuple(found)
