"""The axis of a working day: office hours, now, and a ring for each case at the moment it is due."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bihuan.core.picture.ring import ring
from bihuan.core.picture.svg import percent, tag, words

TOP, HIGH = 26, 40  # pixels: the band, below the words for now


@dataclass(frozen=True, slots=True)
class Dot:
    """A case due at second `at` of the day."""

    at: int
    code: str
    share: float
    title: str


def strip(
    sessions: Sequence[tuple[int, int]], dots: Sequence[Dot], now: int, *, first: int, last: int,
    now_word: str, rest_word: str, says: str, klass: str,
) -> str:  # fmt: skip
    """Seconds of a day from `first` to `last`; rings on one another move up a little and stay countable."""
    whole = max(1, last - first)

    def x(at: float) -> float:
        return 2 + 96 * (min(max(at, first), last) - first) / whole

    body = []
    for opens, closes in sessions:
        if closes > first and opens < last:
            a, b = x(opens), x(closes)
            body.append(tag("rect", klass="office", x=percent(a), y=TOP, width=percent(b - a), height=HIGH))
    for (_, a), (b, _) in itertools.pairwise(sessions):
        if a >= first and b <= last and x(b) - x(a) > 10:
            body.append(
                words(rest_word, klass="rest", x=percent((x(a) + x(b)) / 2), y=TOP + 26, text_anchor="middle")
            )
    body.append(tag("line", klass="axis", x1=percent(2), x2=percent(98), y1=TOP + HIGH, y2=TOP + HIGH))
    body += _hours(x, first, last, 5 if klass == "narrow" else 16)
    body += [_dot(dot, x(dot.at), lift) for dot, lift in _lifted(dots, x, 6 if klass == "narrow" else 2)]
    if first <= now <= last:
        at = x(now)
        anchor, shift = ("end", "-6") if at > 60 else ("start", "6")
        body.append(tag("line", klass="now", x1=percent(at), x2=percent(at), y1=8, y2=TOP + HIGH + 6))
        body.append(words(now_word, klass="now-word", x=percent(at), dx=shift, y=18, text_anchor=anchor))
    return tag(
        "svg",
        *body,
        klass=f"strip {klass}",
        role="img",
        aria_label=says,
        width="100%",
        height=TOP + HIGH + 26,
    )


def _hours(x: Callable[[float], float], first: int, last: int, most: int) -> list[str]:
    """Hours as ticks, at most `most` of them with their figure, so that no two touch."""
    found = []
    every = max(1, -(-(last - first) // (3600 * most)))
    for hour in range(-(-first // 3600), last // 3600 + 1):
        at = x(hour * 3600)
        found.append(
            tag("line", klass="axis", x1=percent(at), x2=percent(at), y1=TOP + HIGH, y2=TOP + HIGH + 5)
        )
        if hour % every:
            continue
        found.append(
            words(f"{hour}:00", klass="hour", x=percent(at), y=TOP + HIGH + 20, text_anchor="middle")
        )
    return found


def _lifted(dots: Sequence[Dot], x: Callable[[float], float], near: float) -> list[tuple[Dot, int]]:
    found, at, lift = [], -100.0, 0
    for dot in sorted(dots, key=lambda one: one.at):
        here = x(dot.at)
        lift = (lift + 1) % 3 if here - at < near else 0
        found.append((dot, lift))
        at = here
    return found


def _dot(dot: Dot, at: float, lift: int) -> str:
    inner = ring(dot.code, dot.share, 20)
    title = tag("title", dot.title.replace("&", "&amp;").replace("<", "&lt;"))
    moved = tag("g", title, inner, transform=f"translate(-10 {TOP + 10 - 9 * lift})")
    return tag("svg", moved, x=percent(at), overflow="visible")
