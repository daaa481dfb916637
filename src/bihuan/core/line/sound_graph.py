"""The faults that only show in a configuration: nobody owes, nothing covers, no way to an end, no way on."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.core.line.configurations import (
    SILENT,
    Configuration,
    Graph,
    backward,
    finals,
    is_live,
)
from bihuan.core.line.parts import CHILDREN, Fault, Line
from bihuan.core.say import Say

FILE = "process.toml"


def graph_faults(line: Line, graph: Graph, file: str) -> list[Fault]:
    """Faults 3, 4 and 5 of every configuration of the graph, each told once."""
    faults: list[Fault] = []
    for here in graph:
        if not line.states[here.state].final:
            faults += _owner(line, graph, here, file)
            faults += _cover(line, here, file)
        faults += _expiry(line, here, file)
    faults += _endless(line, graph, file)
    faults += _stuck(line, graph, file)
    return list(dict.fromkeys(faults))


def _owner(line: Line, graph: Graph, here: Configuration, file: str) -> Iterator[Fault]:
    state = line.states[here.state]
    key = f"state.{here.state}.owner"
    if not state.owner:
        yield Fault(file, key, Say("没有人欠下一步", "nobody owes the next step"))
        return
    if state.owner == CHILDREN:
        if not here.children or all(move.trigger != CHILDREN for move in graph[here]):
            yield Fault(
                file,
                key,
                Say(
                    "由子件欠着，可是这里可能没有子件，或者子件办齐了没有下一步",
                    "owed by the children, but there may be none here or nothing follows once they are settled",
                ),
            )
        return
    if state.owner not in here.parties:
        yield Fault(
            file,
            key,
            Say(
                f"进入时“{state.owner}”可能还没有设定",
                f"party {state.owner!r} may not be known yet when the case gets here",
            ),
        )
        return
    for move in graph[here]:
        action = line.actions.get(move.action)
        if action is None or action.housekeeping:
            continue
        role = line.roles.get(move.trigger)
        if role is None or role.party == state.owner:
            return
    yield Fault(
        file,
        key,
        Say(
            f"“{state.owner}”在这里没有可办的操作，也没有自动的",
            f"{state.owner!r} has no action here and nothing happens by itself",
        ),
    )


def _cover(line: Line, here: Configuration, file: str) -> Iterator[Fault]:
    if line.states[here.state].idle:
        return
    for clock, status in zip(line.clocks.values(), here.clocks, strict=True):
        if is_live(status) and not clock.window:
            return
    yield Fault(
        file,
        f"state.{here.state}",
        Say(
            "这里可能没有任何时限在走，又没写 idle",
            "no clock but windows may be live here and the state does not say why (idle)",
        ),
    )


def _expiry(line: Line, here: Configuration, file: str) -> Iterator[Fault]:
    """A clock, or a stop, that can run out where its effect is impossible."""
    for clock, status in zip(line.clocks.values(), here.clocks, strict=True):
        effect = line.actions.get(clock.on_expire)
        if effect is not None and status == "running" and here.state not in effect.states:
            yield Fault(
                file,
                f"clock.{clock.name}.on_expire",
                Say(
                    f"可能在“{here.state}”到期，那里不能办“{clock.on_expire}”",
                    f"it may expire in {here.state!r}, where {clock.on_expire!r} is impossible",
                ),
            )
        if not isinstance(status, frozenset):
            continue
        for pause in clock.pauses:
            if pause.name in status and pause.then and here.state not in line.actions[pause.then].states:
                yield Fault(
                    file,
                    f"clock.{clock.name}.pause.{pause.name}.then",
                    Say(
                        f"停表可能在“{here.state}”到期，那里不能办“{pause.then}”",
                        f"the stop may run out in {here.state!r}, where {pause.then!r} is impossible",
                    ),
                )


def _endless(line: Line, graph: Graph, file: str) -> Iterator[Fault]:
    """No final state without counted and giving-up actions."""
    free = (
        (here, move)
        for here, moves in graph.items()
        for move in moves
        if move.action == SILENT
        or not (line.actions[move.action].quits or line.actions[move.action].at_most is not None)
    )
    ends = backward(graph, finals(line, graph), free)
    for here in graph:
        if here not in ends:
            yield Fault(
                file,
                f"state.{here.state}",
                Say(
                    "从这里除了限次的操作和放弃，走不到办结",
                    "from here no end is reached without counted (at_most) and giving-up (quits) actions",
                ),
            )


def _stuck(line: Line, graph: Graph, file: str) -> Iterator[Fault]:
    """A stopped clock that no action starts again (its silent expiry aside)."""
    for number, clock in enumerate(line.clocks.values()):
        for pause in clock.pauses:
            stopped = [here for here in graph if _under(here, number, pause.name)]
            going = [here for here in graph if not _under(here, number, pause.name)]
            ways = (
                (here, move)
                for here, moves in graph.items()
                for move in moves
                if move.action != SILENT and not line.actions[move.action].quits
            )
            safe = backward(graph, going, ways)
            for here in stopped:
                if here not in safe:
                    yield Fault(
                        file,
                        f"clock.{clock.name}.pause.{pause.name}",
                        Say(
                            f"停在“{here.state}”后没有操作能恢复",
                            f"once stopped in {here.state!r} nothing starts the clock again",
                        ),
                    )


def _under(here: Configuration, number: int, pause: str) -> bool:
    status = here.clocks[number]
    return isinstance(status, frozenset) and pause in status
