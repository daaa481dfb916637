"""The process of a line as a picture: states down the page, each with its actions, and lanes that lead to the next state.

All actions that lead to one state share a lane, so lines never cross a word and the picture fits a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from bihuan.core.line.graph import Edge, Node, Picture
from bihuan.core.picture.svg import number, tag, words
from bihuan.core.say import Say

STATE_H, ACTION_H, LANE_W, TEXT_W = 44, 28, 15, 250
STATE_SIZE, ACTION_SIZE = 15, 14  # px, as pages.css draws them
NARROW = 0.55  # how wide a Latin letter is at most on average; a Chinese one is 1
ANYWHERE = 3  # an exit that leaves so many states is written once, at the state it leads to
MARKERS = "".join(
    f'<marker id="bh-arrow-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    f'<path class="arrow {kind}" d="M0 0L8 4L0 8z"/></marker>'
    for kind in ("on", "back")
)


@dataclass(frozen=True, slots=True)
class Way:
    """One action out of a state, at height `y`."""

    edge: Edge
    y: float


@dataclass(frozen=True, slots=True)
class Lane:
    """All ways to one state in one direction; `column` 0 stands next to the words."""

    target: str
    back: bool
    ways: tuple[Way, ...]
    to: float
    column: int

    @property
    def span(self) -> tuple[float, float]:
        ys = [way.y for way in self.ways] + [self.to]
        return min(ys), max(ys)


def draw_process(picture: Picture, tell: Callable[[Say], str], *, says: str, anywhere: str) -> str:
    """The whole picture; `tell` chooses the language, `anywhere` is the word for "at any step"."""
    nodes, wide = picture.nodes, _everywhere(picture)
    heights, ways, bottom = _laid_out(picture, wide)
    lanes = _lanes(nodes, heights, ways)
    left = LANE_W * (max((lane.column for lane in lanes), default=0) + 2)
    body = ["<defs>" + MARKERS + "</defs>"]
    body += [_lane(lane, left) for lane in lanes]
    for node in nodes:
        body.append(_state(node, left, heights[node.state], tell))
        notes = [edge for edge in wide if edge.target == node.state]
        if notes:
            text = anywhere + tell(notes[0].title)
            body.append(
                words(text, klass="edge-name quits", x=left + 12, y=heights[node.state] + STATE_H / 2 + 20)
            )
    for way in ways:
        body.append(_action(way, left, tell))
    width = left + TEXT_W
    return tag(
        "svg",
        *body,
        klass="process",
        role="img",
        aria_label=says,
        view=f"0 0 {width} {number(bottom)}",
        width=width,
        height=bottom,
    )


def _everywhere(picture: Picture) -> list[Edge]:
    by_action: dict[str, list[Edge]] = {}
    for edge in picture.edges:
        if edge.kind == "quits" and not edge.loop:
            by_action.setdefault(edge.action, []).append(edge)
    return [edges[0] for edges in by_action.values() if len(edges) >= ANYWHERE]


def _laid_out(picture: Picture, wide: Sequence[Edge]) -> tuple[dict[str, float], list[Way], float]:
    """(height of each state, the ways with theirs, height of the picture)."""
    left_out = {edge.action for edge in wide}
    noted = {edge.target for edge in wide}
    heights, ways, y = {}, [], 8.0
    for node in picture.nodes:
        heights[node.state] = y + STATE_H / 2
        y += STATE_H + (18 if node.state in noted else 0)
        for edge in picture.edges:
            if edge.source == node.state and not edge.loop and edge.action not in left_out:
                ways.append(Way(edge, y + ACTION_H / 2))
                y += ACTION_H
        y += 10
    return heights, ways, y


def _lanes(nodes: Sequence[Node], heights: dict[str, float], ways: Sequence[Way]) -> list[Lane]:
    """Short lanes next to the words, long ones outside; two share a column where they do not overlap."""
    groups: dict[tuple[str, bool], list[Way]] = {}
    for way in ways:
        groups.setdefault((way.edge.target, heights[way.edge.target] < way.y), []).append(way)
    found = [
        Lane(target, back, tuple(some), heights[target] + (6 if back else -6), 0)
        for (target, back), some in groups.items()
    ]
    found.sort(key=lambda lane: lane.span[1] - lane.span[0])
    taken: list[list[tuple[float, float]]] = []
    out = []
    for lane in found:
        a, b = lane.span
        column = next(
            (i for i, spans in enumerate(taken) if all(b + 6 < x or y + 6 < a for x, y in spans)), len(taken)
        )
        if column == len(taken):
            taken.append([])
        taken[column].append((a, b))
        out.append(Lane(lane.target, lane.back, lane.ways, lane.to, column))
    return out


def _lane(lane: Lane, left: float) -> str:
    x, r = left - LANE_W * (lane.column + 1), 6
    look = "back" if lane.back else "on"
    parts = []
    for way in lane.ways:
        turn = r if lane.to > way.y else -r
        parts.append(
            f"M{number(left + 2)} {number(way.y)}H{number(x + r)}Q{number(x)} {number(way.y)} {number(x)} {number(way.y + turn)}V{number(lane.to - turn)}"
        )
    turn = r if lane.to > lane.ways[0].y else -r
    end = f"M{number(x)} {number(lane.to - turn)}Q{number(x)} {number(lane.to)} {number(x + r)} {number(lane.to)}H{number(left - 1)}"
    kinds = {way.edge.kind for way in lane.ways}
    dashed = (
        " quits"
        if kinds == {"quits"}
        else " auto"
        if kinds <= {"clock", "children", "draw", "opening"}
        else ""
    )
    lines = tag("path", klass="halo", d="".join(parts) + end) + tag(
        "path", klass=f"edge {look}{dashed}", d="".join(parts)
    )
    return lines + tag("path", klass=f"edge {look}{dashed}", d=end, marker_end=f"url(#bh-arrow-{look})")


def _state(node: Node, left: float, y: float, tell: Callable[[Say], str]) -> str:
    shape = tag(
        "rect",
        klass="state final" if node.final else "state",
        x=left,
        y=y - 17,
        width=TEXT_W - 8,
        height=34,
        rx=17 if node.final else 5,
    )
    return shape + _words(tell(node.title), STATE_SIZE, TEXT_W - 36, klass="state-name", x=left + 14, y=y)


def _action(way: Way, left: float, tell: Callable[[Say], str]) -> str:
    dot = tag("circle", klass="way", cx=left + 6, cy=way.y, r=3)
    return dot + _words(
        tell(way.edge.title),
        ACTION_SIZE,
        TEXT_W - 18,
        klass=f"edge-name {way.edge.kind}",
        x=left + 18,
        y=way.y,
    )


def _words(text: str, size: float, room: float, *, klass: str, x: float, y: float) -> str:
    """A title around height `y`, in two rows where it is wider than its room."""
    rows = _rows(text, size, room)
    if len(rows) == 1:
        return words(text, klass=klass, x=x, y=y + 5)
    spans = [
        tag("tspan", escape(row, quote=False), x=x, y=y + dy)
        for row, dy in zip(rows, (-2, size - 2), strict=True)
    ]
    return tag("text", *spans, klass=klass)


def _rows(text: str, size: float, room: float) -> tuple[str, ...]:
    """One row, or two cut at the blank, or where there is none the character, that leaves them most alike."""
    if _wide(text, size) <= room:
        return (text,)
    cuts = [n for n, c in enumerate(text) if c == " "] or range(1, len(text))
    cut = min(cuts, key=lambda n: abs(_wide(text[:n], size) - _wide(text[n:], size)))
    return text[:cut].rstrip(), text[cut:].lstrip()


def _wide(text: str, size: float) -> float:
    """About how many pixels a text takes."""
    return size * sum(1 if c > "\u2e80" else NARROW for c in text)
