"""A list of bars, each with its name and its figure: the eye sees what is most, the words say how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.picture.svg import number, tag, words

ROW, NAME, WIDE, FIGURE = 26.0, 210.0, 640.0, 110.0


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` is how long, 0 to `most` of `bars`; `figure` what is written behind; `klass` its look."""

    name: str
    value: float
    figure: str
    klass: str = "bar"


def bars(rows: Sequence[Bar], says: str, most: float = 0.0) -> str:
    """One bar below the other, the longest across the picture; "" of nothing."""
    if not rows:
        return ""
    top = most or max(row.value for row in rows) or 1.0
    room = WIDE - NAME - FIGURE
    body = []
    for i, row in enumerate(rows):
        y = i * ROW
        long = max(0.0, room * min(1.0, row.value / top))
        body.append(words(row.name, klass="bar-name", x=NAME - 10, y=y + 17.5, text_anchor="end"))
        body.append(tag("rect", klass=row.klass, x=NAME, y=y + 5, width=long, height=ROW - 10))
        body.append(words(row.figure, klass="bar-n", x=NAME + long + 8, y=y + 17.5))
    return tag(
        "svg",
        *body,
        klass="bars",
        role="img",
        aria_label=says,
        view=f"0 0 {number(WIDE)} {number(ROW * len(rows))}",
    )
