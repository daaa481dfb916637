"""What the layout of a .pdf page tells: two columns are read down, not across; indented lines open paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from statistics import median

ROWS = 8  # lines with text on both sides; fewer may be a table
SHARE = 0.5  # of the lines of the page that have both sides
_LINE = re.compile(
    r"^( *)([^ ].*?)(?: {4,}([^ ].*))?$"
)  # blanks of the layout, left part, gutter, right part
_TORN = re.compile(r"[^ ] {2,}[^ ]")  # a part with gaps of its own: torn letters or a table
_ENDS = "。！？：；”"
INDENT = "　　"

Row = tuple[bool, str, str]  # whether the line runs across, its left and its right part


def in_order(plain: str, printed: str) -> str:
    """The lines of a page in reading order with their indents.

    `plain` has them in the order they were written, `printed` in their places. Plain text is kept wherever its order
    will do, for places are a guess that tears letters apart.
    """
    rows = _two_columns(printed)
    if rows is None:
        return _indented(plain, (line for line in printed.split("\n") if line[:2] == "  "))
    across = {_bare(left + right) for _, left, right in rows if left and right}
    if sum(_bare(line) in across for line in plain.split("\n")) < len(across) / 2:
        return _indented(plain, (part for _, *parts in rows for part in parts if part.startswith(INDENT)))
    out: list[str] = []
    for one, group in groupby(rows, key=lambda row: row[0]):
        found = list(group)
        out += [left for _, left, _ in found if left]
        out += [right for _, _, right in found if right and not one]
    return "\n".join(out)


def _two_columns(printed: str) -> list[Row] | None:
    """The lines of a page set in two columns, cut at the gutter; None for any other page."""
    found = [m for m in map(_LINE.match, printed.split("\n")) if m]
    both = [
        m for m in found
        if m[3] and min(len(m[2]), len(m[3])) >= 3 and not _TORN.search(m[2]) and not _TORN.search(m[3])
    ]  # fmt: skip
    if len(both) < max(ROWS, SHARE * len(found)):
        return None
    start, edge = median(m.start(3) for m in both), median(map(_edge, both))
    full, before = median(len(m[3]) for m in both), "。"
    rows = []
    for m in found:
        left, right, blanks = m[2], m[3] or "", len(m[1])
        if not right and blanks > 0.75 * start:
            left, right = "", left
        elif right and 1.5 <= _edge(m) - edge <= 4 and (before[-1] in _ENDS or len(before) < 0.8 * full):
            right = INDENT + right
        before = right or before
        across = bool(left) and not right and blanks > 0.2 * start  # a heading in the middle of the page
        if left and 0 < blanks <= 0.2 * start:
            left = INDENT + left
        rows.append((across, left, right))
    return rows


def _edge(m: re.Match[str]) -> float:
    """How far right the second part begins, in widths of a Chinese character."""
    return len(m[1]) + sum(1.0 if c > "\u2e80" else 0.5 for c in m[2]) + m.start(3) - m.end(2)


def _indented(plain: str, opening: Iterable[str]) -> str:
    """The lines of `plain`, those among `opening` with an indent."""
    opens = {_bare(line) for line in opening if len(line) - len(line.lstrip(" ")) <= 8}
    return "\n".join(
        INDENT + line if _bare(line) in opens and not line[:1].isspace() else line
        for line in plain.split("\n")
    )


def _bare(line: str) -> str:
    return "".join(line.split())
