"""A picture of years and values: lines, bars, a shaded side, points that say what they are. Numbers in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from bihuan.core.picture.svg import tag, words

WIDE, HIGH = 344, 208
LEFT, RIGHT, TOP, FLOOR = 12.0, 262.0, 30.0, 172.0
Pair = tuple[float, float]  # year, value


@dataclass(frozen=True, slots=True)
class Frame:
    """Years `first` to `last` and values `low` to `high`; with `slots` each year is a stretch with bars in it."""

    first: int
    last: int
    low: float
    high: float
    slots: bool = False

    def x(self, year: float) -> float:
        if self.slots:
            return LEFT + (RIGHT - LEFT) * (year - self.first + 0.5) / (self.last - self.first + 1)
        return LEFT + (RIGHT - LEFT) * (year - self.first) / max(1, self.last - self.first)

    def y(self, value: float) -> float:
        return FLOOR - (FLOOR - TOP) * (value - self.low) / ((self.high - self.low) or 1.0)

    @property
    def slot(self) -> float:
        """Width of one year in a picture of slots."""
        return (RIGHT - LEFT) / (self.last - self.first + 1)

    def line(self, points: Sequence[Pair], klass: str) -> str:
        return tag(
            "polyline", klass=klass, points=" ".join(f"{self.x(a):.1f},{self.y(v):.1f}" for a, v in points)
        )

    def between(self, upper: Sequence[Pair], lower: Sequence[Pair], klass: str) -> str:
        """The area between two lines."""
        every = [*upper, *reversed(lower)]
        return tag(
            "polygon", klass=klass, points=" ".join(f"{self.x(a):.1f},{self.y(v):.1f}" for a, v in every)
        )

    def level(self, value: float, klass: str, first: float | None = None, last: float | None = None) -> str:
        """A level line, over the whole width or between two years (in slots from edge to edge)."""
        half = 0.5 if self.slots else 0.0
        a = LEFT if first is None else self.x(first - half)
        b = RIGHT if last is None else self.x(last + half)
        return tag("line", klass=klass, x1=a, x2=b, y1=self.y(value), y2=self.y(value))

    def bar(self, year: float, value: float, klass: str, wide: float = 0.6) -> str:
        """A bar from nought, or from the floor where nought is not in the picture."""
        foot = self.y(min(max(0.0, self.low), self.high))
        top = self.y(value)
        width = min(self.slot * wide, 44.0)
        return tag(
            "rect", klass=klass, x=self.x(year) - width / 2, y=min(top, foot), width=width, height=max(0.75, abs(foot - top))
        )  # fmt: skip

    def beyond(self, value: float, klass: str, above: bool = True) -> str:
        """The side of a level that is forbidden."""
        a, b = (TOP - 12, self.y(value)) if above else (self.y(value), FLOOR)
        return tag("rect", klass=klass, x=LEFT, y=a, width=RIGHT - LEFT, height=max(0.0, b - a))

    def axis(self, labels: Sequence[tuple[float, str]]) -> str:
        """The floor and the words below it; at most seven years are named, the last one always."""
        line = tag("line", klass="axis", x1=LEFT, x2=RIGHT, y1=FLOOR, y2=FLOOR)
        if not labels:
            return line
        step = max(1, -(-len(labels) // 7))
        shown = [one for i, one in enumerate(labels) if (len(labels) - 1 - i) % step == 0]
        ends = {labels[0][0]: "start"} if not self.slots else {}
        return line + "".join(
            words(text, klass="tick", x=self.x(at), y=FLOOR + 22, text_anchor=ends.get(at, "middle"))
            for at, text in shown
        )

    def goal_mark(self, year: float, value: float) -> str:
        """The diamond at the end of the way."""
        a, b = self.x(year), self.y(value)
        return tag(
            "rect",
            klass="goal-dot",
            x=a - 4,
            y=b - 4,
            width=8,
            height=8,
            transform=f"rotate(45 {a:.1f} {b:.1f})",
        )

    def point(self, year: float, value: float, says: Sequence[str], klass: str = "act-dot") -> str:
        """A figure that one can hover or reach by key: it then shows `says`, one line each."""
        a, b = self.x(year), self.y(value)
        dot = tag("circle", klass=klass, cx=a, cy=b, r=4.5)
        return told(dot + tag("circle", klass="hit", cx=a, cy=b, r=13), a, b, says)


def told(inside: str, a: float, b: float, says: Sequence[str]) -> str:
    """What lies at (a, b), with a label for whoever points at it and the same words for whoever listens."""
    wide = min(WIDE - 4, max((length(line) for line in says), default=0) + 16)
    high = 8 + 17 * len(says)
    left = min(max(2, a - wide / 2), WIDE - 2 - wide)
    top = b - high - 10 if b - high - 10 > 1 else min(b + 12, HIGH - high - 1)
    lines = "".join(words(line, x=left + 8, y=top + 17 + 17 * i) for i, line in enumerate(says))
    box = tag("rect", x=left, y=top, width=wide, height=high, rx=4)
    return tag(
        "g", inside, tag("g", box + lines, klass="tip", aria_hidden="true"), klass="pt", tabindex=0, role="img",
        aria_label="，".join(says),
    )  # fmt: skip


def length(text: str) -> float:
    """About how wide a line of the picture is, in its pixels at twelve a character."""
    return sum(12.0 if east_asian_width(c) in "WF" else 6.9 for c in text)


def cut(text: str, wide: float) -> str:
    """The text, or its beginning with … where it is too wide."""
    if length(text) <= wide:
        return text
    while text and length(text) > wide - 12:
        text = text[:-1]
    return f"{text}…"


def spark(
    lines: Sequence[tuple[str, Sequence[Pair]]], dots: Sequence[tuple[str, float, float]], says: str
) -> str:
    """A small picture without words, 108 × 32: lines by class, dots by class; `says` stands for it."""
    pairs = [pair for _, points in lines for pair in points] + [(a, v) for _, a, v in dots]
    if not pairs:
        return ""
    first, last = min(a for a, _ in pairs), max(a for a, _ in pairs)
    low, high = min(v for _, v in pairs), max(v for _, v in pairs)

    def x(at: float) -> float:
        return 5 + 98 * (at - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return 27 - 22 * (value - low) / ((high - low) or 1)

    body = [
        tag("polyline", klass=klass, points=" ".join(f"{x(a):.1f},{y(v):.1f}" for a, v in points))
        for klass, points in lines if len(points) > 1
    ]  # fmt: skip
    body += [tag("circle", klass=klass, cx=x(a), cy=y(v), r=3) for klass, a, v in dots]
    return tag(
        "svg", *body, klass="rp-spark", role="img", aria_label=says, view="0 0 108 32", width=108, height=32
    )


def meter(share: float, due: float | None, says: str) -> str:
    """A small bar, 108 × 32, filled to `share` of its length, with a stroke where it should stand by now."""
    body = [
        tag("rect", klass="track", x=2, y=12, width=104, height=8, rx=2),
        tag("rect", klass="full", x=2, y=12, width=104 * min(max(share, 0.0), 1.0), height=8, rx=2),
    ]
    if due is not None:
        body.append(tag("rect", klass="due", x=1 + 104 * min(max(due, 0.0), 1.0), y=7, width=2, height=18))
    return tag(
        "svg", *body, klass="rp-spark", role="img", aria_label=says, view="0 0 108 32", width=108, height=32
    )


def squares(kinds: Sequence[str], says: str) -> str:
    """One small square for each thing, twelve in a row, its class the kind."""
    body = [
        tag("rect", klass=kind, x=1 + 13 * (i % 12), y=1 + 13 * (i // 12), width=10, height=10, rx=1) for i, kind in enumerate(kinds)
    ]  # fmt: skip
    wide, high = 13 * min(12, max(1, len(kinds))), 13 * (1 + (len(kinds) - 1) // 12)
    return tag(
        "svg",
        *body,
        klass="rp-squares",
        role="img",
        aria_label=says,
        view=f"0 0 {wide} {high}",
        width=wide,
        height=high,
    )
