"""What each action does to the clocks, worked out once when the line is read."""

from __future__ import annotations

from dataclasses import replace

from bihuan.core.line.parts import Clock, Ops, Separate
from bihuan.core.line.read import Process


def compile_ops(process: Process) -> dict[str, Ops]:
    """The clock operations, windows and rivals of every action."""
    return {name: _ops(process, name) for name in process.actions}


def _ops(process: Process, name: str) -> Ops:
    clocks = tuple(process.clocks.values())
    action = process.actions[name]
    state = process.states.get(action.to)
    final = state is not None and state.final
    clears = tuple(clock.name for clock in clocks if name in clock.clears_on)
    stops = tuple(clock.name for clock in clocks if name in clock.stops_on)
    ops = Ops(
        expires=tuple(clock for clock in clocks if clock.on_expire == name),
        clears=clears,
        stops=stops,
        pauses=tuple(pause for clock in clocks for pause in clock.pauses if pause.on == name),
        resumes=tuple(
            pause for clock in clocks for pause in clock.pauses if name in pause.until or pause.then == name
        ),
        extends=tuple(clock for clock in clocks if clock.extend is not None and clock.extend.on == name),
        asks=tuple(
            clock.name for clock in clocks if clock.extend is not None and clock.extend.asked_by == name
        ),
        reopens=tuple(clock.name for clock in clocks if name in clock.reopens_on),
        starts=tuple(clock for clock in clocks if name in clock.starts_on),
        windows=tuple(clock for clock in clocks if name in clock.closes),
        ends=tuple(clock for clock in clocks if clock.on_expire and (final or _ends(clock, name))),
        rivals=_rivals(process.separates, name),
        wide=bool(
            action.opens
            or action.releases
            or action.passes
            or action.rebills
            or action.outcome
            or "children" in action.by
        ),
        finishes=tuple([(clock, "cleared") for clock in clears] + [(clock, "stopped") for clock in stops]),
        sets=bool(action.sets),
        to=action.to,
        final=final,
        owner="" if state is None or final else state.owner,
        narrows=action.narrows,
    )
    touched = bool(
        ops.expires or ops.finishes or ops.pauses or ops.resumes or ops.extends or ops.reopens or ops.starts
    )
    declares = any(clock.limit.kind == "declared" for clock in ops.starts) or any(
        pause.at_most.kind == "declared" for pause in ops.pauses
    )
    return replace(
        ops,
        declares=declares,
        clocks=touched,
        moves=touched or bool(action.to),
        rare=bool(ops.pauses or ops.resumes or ops.asks or ops.extends or ops.reopens),
    )


def _ends(clock: Clock, name: str) -> bool:
    return name in clock.stops_on or name in clock.clears_on or name in clock.starts_on


def _rivals(separates: tuple[Separate, ...], name: str) -> tuple[tuple[Separate, tuple[str, ...]], ...]:
    """For each separation this action is a side of: the actions of the other sides."""
    found = []
    for separate in separates:
        for side in separate.sides:
            if name in side:
                others = tuple(act for other in separate.sides if other is not side for act in other)
                found.append((separate, tuple(act for act in others if act not in side)))
    return tuple(found)
