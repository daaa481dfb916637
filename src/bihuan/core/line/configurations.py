"""The configurations a case of a line can be in: state, each clock's status, parties, children asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bihuan.core.line.parts import AUTOMATIC, Action, Clock, Line

Status = str | frozenset[str]
"""idle, running, ended, or the names of the pauses a stopped clock is under."""
SILENT = ""


class Configuration(NamedTuple):
    state: str
    clocks: tuple[Status, ...]
    parties: frozenset[str]
    children: bool


class Move(NamedTuple):
    """One way on: the action ("" when a stop merely runs out), what lets it happen, where it leads.

    `trigger` is a role's name, "children", "draw", "opening", "expire:<clock>", "then:<clock>.<pause>",
    "lapse:<clock>.<pause>", "remind:<clock>" or "rise:<clock>".
    """

    action: str
    trigger: str
    to: Configuration


Graph = dict[Configuration, list[Move]]


def explore(line: Line, starts: Iterable[Configuration] = ()) -> Graph:
    """All configurations reachable from `starts` (else from the opening action) with their moves.

    Over-approximated on purpose: rules, needs, windows and separations count as "may allow".
    """
    graph: Graph = {}
    waiting = list(starts) or [first(line)]
    while waiting:
        here = waiting.pop(0)
        if here in graph:
            continue
        graph[here] = list(moves(line, here))
        waiting += [move.to for move in graph[here]]
    return graph


def first(line: Line) -> Configuration:
    """The configuration right after the opening action."""
    empty = Configuration(line.first_state, tuple("idle" for _ in line.clocks), frozenset(), False)
    return after(line, empty, line.actions[line.opens_with], "opening")


def moves(line: Line, here: Configuration) -> Iterator[Move]:
    """Every way on from one configuration, in the order of the file."""
    for action in line.actions.values():
        if here.state not in action.states or action.name == line.opens_with:
            continue
        for trigger in _triggers(line, here, action):
            yield Move(action.name, trigger, after(line, here, action, trigger))
    for clock, status in zip(line.clocks.values(), here.clocks, strict=True):
        for pause in clock.pauses:
            if isinstance(status, frozenset) and pause.name in status and not pause.then:
                yield Move(
                    SILENT, f"lapse:{clock.name}.{pause.name}", _resumed(line, here, clock, pause.name)
                )


def _triggers(line: Line, here: Configuration, action: Action) -> Iterator[str]:
    for name in action.by:
        if name == "children":
            if here.children:
                yield name
        elif name == "draw":
            if _may_draw(line, here, action):
                yield name
        elif name == "clock":
            yield from _clock_triggers(line, here, action)
        elif name not in AUTOMATIC and line.roles[name].party in here.parties:
            yield name


def _may_draw(line: Line, here: Configuration, action: Action) -> bool:
    """A drawn person comes in right after an action that draws, in the state that action leads to."""
    for other in line.actions.values():
        draw = line.draws.get(other.draws)
        drawn = draw is not None and draw.event == action.name
        if drawn and (here.state == other.to or (not other.to and here.state in other.states)):
            return True
    return False


def _clock_triggers(line: Line, here: Configuration, action: Action) -> Iterator[str]:
    for clock, status in zip(line.clocks.values(), here.clocks, strict=True):
        if clock.on_expire == action.name and status == "running":
            yield f"expire:{clock.name}"
        if clock.remind is not None and clock.remind.on == action.name and status == "running":
            yield f"remind:{clock.name}"
        if is_live(status) and any(rise.on == action.name for rise in clock.rises):
            yield f"rise:{clock.name}"
        for pause in clock.pauses:
            if pause.then == action.name and isinstance(status, frozenset) and pause.name in status:
                yield f"then:{clock.name}.{pause.name}"


def after(line: Line, here: Configuration, action: Action, trigger: str) -> Configuration:
    """The configuration after one action, clock operations in the order in which a fold does them."""
    ops = line.ops[action.name]
    status: dict[str, Status] = dict(zip(line.clocks, here.clocks, strict=True))
    kind, _, which = trigger.partition(":")
    if kind == "expire":
        status[which] = "ended"
    for name in (*ops.clears, *ops.stops):
        if is_live(status[name]):
            status[name] = "ended"
    for pause in ops.pauses:
        now = status[pause.clock]
        if is_live(now):
            status[pause.clock] = (now if isinstance(now, frozenset) else frozenset()) | {pause.name}
    for pause in ops.resumes:
        now = status[pause.clock]
        if isinstance(now, frozenset):
            status[pause.clock] = (now - {pause.name}) or "running"
    for name in ops.reopens:
        if status[name] == "ended":
            status[name] = "running"
    for clock in ops.starts:
        status[clock.name] = "running"
    state = action.to or here.state
    if action.to and line.states[state].final:
        started = {clock.name for clock in ops.starts}
        for name, now in status.items():
            if is_live(now) and name not in started:
                status[name] = "ended"
    children = here.children or action.opens is not None
    if action.releases or kind == "children":
        children = action.opens is not None
    return Configuration(
        state,
        tuple(status.values()),
        here.parties | {party for party, _, _ in action.sets},
        children,
    )


def is_live(status: Status) -> bool:
    """Running or stopped, not idle or ended."""
    return isinstance(status, frozenset) or status == "running"


def _resumed(line: Line, here: Configuration, clock: Clock, pause: str) -> Configuration:
    clocks = list(here.clocks)
    number = list(line.clocks).index(clock.name)
    now = clocks[number]
    assert isinstance(now, frozenset)
    clocks[number] = (now - {pause}) or "running"
    return here._replace(clocks=tuple(clocks))


def backward(
    graph: Graph, goals: Iterable[Configuration], allowed: Iterable[tuple[Configuration, Move]]
) -> set[Configuration]:
    """Every configuration from which some goal is reached by allowed moves only."""
    before: dict[Configuration, list[Configuration]] = {}
    for here, move in allowed:
        before.setdefault(move.to, []).append(here)
    found, waiting = set(), list(goals)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += before.get(here, ())
    return found


def finals(line: Line, graph: Graph) -> list[Configuration]:
    return [here for here in graph if line.states[here.state].final]


def settles_itself(line: Line) -> bool:
    """From every configuration, expiries alone reach a final state."""
    graph = explore(line)
    alone = (
        (here, move)
        for here, found in graph.items()
        for move in found
        if move.trigger.partition(":")[0] in ("expire", "then", "lapse")
    )
    safe = backward(graph, finals(line, graph), alone)
    return all(here in safe for here in graph)
