"""The process of a line as layout data: states in layers and edges by kind, for a page to draw."""

from __future__ import annotations

from typing import NamedTuple

from bihuan.core.line.parts import AUTOMATIC, Action, Line
from bihuan.core.say import Say


class Node(NamedTuple):
    """A state: `layer` 0 is where cases begin, `row` its place in the layer."""

    state: str
    title: Say
    owner: str
    final: bool
    layer: int
    row: int


class Edge(NamedTuple):
    """An action between two states. kind: person, clock, children, draw, opening or quits.

    `back` is true where it leads to an earlier layer, `loop` where the state stays.
    """

    action: str
    title: Say
    source: str
    target: str
    kind: str
    back: bool
    loop: bool


class Picture(NamedTuple):
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    layers: int
    rows: int


def graph(line: Line) -> Picture:
    """Nodes and edges of a line's process, without housekeeping; a `["*"]` exit leaves every state."""
    ways = [
        (action, source, action.to or source)
        for action in line.actions.values()
        if not action.housekeeping
        for source in line.states
        if source in action.states
    ]
    layer = _layers(line, ways)
    rows = _rows(line, layer, ways)
    nodes = tuple(
        Node(name, state.title, state.owner, state.final, layer[name], rows[name])
        for name, state in sorted(line.states.items(), key=lambda item: (layer[item[0]], rows[item[0]]))
    )
    edges = tuple(
        Edge(
            action.name,
            action.title,
            source,
            target,
            _kind(action),
            layer[target] < layer[source],
            source == target,
        )
        for action, source, target in ways
    )
    return Picture(nodes, edges, max(layer.values()) + 1, max(rows.values()) + 1)


def _kind(action: Action) -> str:
    if action.quits:
        return "quits"
    for name in action.by:
        if name not in AUTOMATIC:
            return "person"
    return action.by[0]


def _layers(line: Line, ways: list[tuple[Action, str, str]]) -> dict[str, int]:
    """Longest way from the first state along edges that do not close a circle."""
    layer = {line.first_state: 0}
    tree: dict[str, list[str]] = {}
    on_path: list[str] = []
    seen: set[str] = set()

    def walk(state: str) -> None:
        seen.add(state)
        on_path.append(state)
        for action, source, target in ways:
            if source == state and target not in on_path and not action.quits:
                tree.setdefault(state, []).append(target)
                if target not in seen:
                    walk(target)
        on_path.pop()

    walk(line.first_state)
    waiting = [line.first_state]
    while waiting:
        state = waiting.pop(0)
        for target in tree.get(state, ()):
            if layer.get(target, -1) < layer[state] + 1 and layer[state] < len(line.states):
                layer[target] = layer[state] + 1
                waiting.append(target)
    last = max(layer.values())
    for name, title in line.states.items():
        if name not in layer or title.final:
            layer[name] = max(last, layer.get(name, 0))
    dense = {number: place for place, number in enumerate(sorted(set(layer.values())))}
    return {name: dense[number] for name, number in layer.items()}


def _rows(line: Line, layer: dict[str, int], ways: list[tuple[Action, str, str]]) -> dict[str, int]:
    """Within a layer, order by the mean row of the neighbours one layer before (one sweep)."""
    rows: dict[str, int] = {}
    for number in range(max(layer.values()) + 1):
        names = [name for name in line.states if layer[name] == number]

        def weight(name: str) -> float:
            before = [rows[source] for _, source, target in ways if target == name and source in rows]
            return sum(before) / len(before) if before else 0.0

        names.sort(key=weight)
        rows.update({name: row for row, name in enumerate(names)})
    return rows
