"""Which step of a line comes next: the one that leads soonest to its first outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from bihuan.core.line.folder import Line
from bihuan.core.line.parts import AUTOMATIC, Action
from bihuan.core.say import Say

FAR = 99


class Named(Protocol):
    """An action as pages list it."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


@lru_cache(maxsize=64)
def distances(line: Line) -> dict[str, int]:
    """Steps from each state to the first outcome, over actions that neither leave the line nor only keep notes."""
    goal = line.outcomes[0]
    moving = [a for a in line.actions.values() if a.to and not a.quits and not a.housekeeping]
    found: dict[str, int] = {}
    for action in moving:
        if action.outcome == goal:
            found |= dict.fromkeys(action.states, 1)
    for step in range(2, len(line.states) + 2):
        near = {state for state, far in found.items() if far == step - 1}
        for action in moving:
            if action.to in near and not action.outcome:
                for state in action.states:
                    found.setdefault(state, step)
    return found


def left_after(line: Line, action: Action) -> int:
    """Steps that remain after this action; FAR where it leads nowhere near the first outcome."""
    if action.outcome:
        return 0 if action.outcome == line.outcomes[0] else FAR
    return distances(line).get(action.to, FAR) if action.to else FAR


def first_of(line: Line, choices: Sequence[T]) -> T | None:
    """The one action to offer first, None where nothing moves the case on."""
    real = [c for c in choices if line.actions[c.name].to and not line.actions[c.name].housekeeping]
    if not real:
        return None
    order = {name: place for place, name in enumerate(line.actions)}

    def rank(choice: T) -> tuple[int, bool, int]:
        action = line.actions[choice.name]
        return left_after(line, action), action.quits, order[choice.name]

    return min(real, key=rank)


@lru_cache(maxsize=512)
def owed(line: Line, state: str) -> Say | None:
    """What the holder of a case in this state owes, by the title of the action; None in a final state."""
    there = [
        action
        for action in line.actions.values()
        if state in action.states and not set(action.by) <= AUTOMATIC and not action.housekeeping
    ]
    if not there or line.states[state].final:
        return None
    chosen = first_of(line, there)
    return chosen.title if chosen else None
