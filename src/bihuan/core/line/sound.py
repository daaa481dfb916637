"""What is refused at load: states nobody owes or no clock covers, cases that never end, clocks that hang."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bihuan.core.line.amend import check_amend
from bihuan.core.line.configurations import Graph, explore, settles_itself
from bihuan.core.line.folder import examine
from bihuan.core.line.parts import Action, Fault, Hands, Line, LineError
from bihuan.core.line.sound_bundle import bundle_faults
from bihuan.core.line.sound_graph import FILE, graph_faults
from bihuan.core.say import Say

Lines = Mapping[str, Mapping[int, Line]]

__all__ = ["check", "check_folder", "settles_itself"]


def check(line: Line, lines: Lines | None = None) -> list[Fault]:
    """Every fault of a line whose names are right; `lines` holds the lines its children may be of.

    Where the line has an amend.toml and `lines` the version before, the running cases are checked too.
    """
    graph = explore(line)
    faults = [*_never(line, graph), *_idle_clocks(line), *graph_faults(line, graph, FILE)]
    faults += _children(line, lines)
    faults += bundle_faults(line, lines, settles_itself)
    if line.amend is not None and lines is not None:
        old = lines.get(line.code, {}).get(line.amend.was)
        if old is None:
            faults.append(
                Fault(
                    "amend.toml",
                    "was",
                    Say("没有这一天的旧文本", "there is no text of that day to come from"),
                )
            )
        else:
            faults += check_amend(old, line)
    return list(dict.fromkeys(faults))


def check_folder(folder: Path | str, lines: Lines | None = None) -> list[Fault]:
    """One list of all faults of a folder: its files, its names, its graph."""
    try:
        line, faults, deep = examine(folder)
    except LineError as error:
        return list(error.faults)
    return [*faults, *(check(line, lines) if deep else ())]


def _never(line: Line, graph: Graph) -> list[Fault]:
    """States never reached, actions never possible, roles never filled, actions that change nothing."""
    faults = []
    reached = {here.state for here in graph}
    possible = {move.action for found in graph.values() for move in found} | {line.opens_with}
    for name in line.states:
        if name not in reached:
            faults.append(_fault(f"state.{name}", "到不了这个状态", "this state is never reached"))
    for name, action in line.actions.items():
        if name not in possible:
            faults.append(_fault(f"action.{name}", "这个操作永远办不了", "this action is never possible"))
        if _changes_nothing(line, action):
            faults.append(
                _fault(
                    f"action.{name}",
                    "它什么也不改变，又没写 housekeeping",
                    "it changes nothing and is not housekeeping",
                )
            )
    known = {party for name in possible if name in line.actions for party, _, _ in line.actions[name].sets}
    for name, role in line.roles.items():
        if role.party not in known:
            faults.append(
                _fault(
                    f"role.{name}",
                    f"当事方“{role.party}”从来没有设定",
                    f"its party {role.party!r} is never set",
                )
            )
    return faults


def _changes_nothing(line: Line, action: Action) -> bool:
    ops = line.ops[action.name]
    drawn = any(draw.event == action.name for draw in line.draws.values())
    since = any(other.rebills and other.rebills.since == action.name for other in line.actions.values())
    return not (
        ops.moves or ops.asks or ops.rivals or action.housekeeping or action.sets or action.opens
        or action.releases or action.draws or action.rebills or action.passes or drawn or since
    )  # fmt: skip


def _idle_clocks(line: Line) -> list[Fault]:
    """Clocks and pauses whose own effect cannot happen, whatever the state."""
    faults = []
    taken = {clock.on_expire for clock in line.clocks.values()}
    taken |= {clock.remind.on for clock in line.clocks.values() if clock.remind is not None}
    taken |= {rise.on for clock in line.clocks.values() for rise in clock.rises}
    taken |= {pause.then for clock in line.clocks.values() for pause in clock.pauses}
    for name, action in line.actions.items():
        if "clock" in action.by and name not in taken:
            faults.append(_fault(f"action.{name}.by", "没有时限会办这个操作", "no clock takes this action"))
    for name, clock in line.clocks.items():
        effects = [(f"clock.{name}.on_expire", clock.on_expire)]
        if clock.remind is not None:
            effects.append((f"clock.{name}.remind.on", clock.remind.on))
        effects += [(f"clock.{name}.rises[{n}].on", rise.on) for n, rise in enumerate(clock.rises)]
        for pause in clock.pauses:
            key = f"clock.{name}.pause.{pause.name}"
            effects.append((f"{key}.then", pause.then))
            if not pause.then and not pause.children:
                faults.append(
                    _fault(
                        key,
                        "停表到期后没有人接着办：要写 then，或由子件恢复",
                        "its expiry does nothing: it needs `then` or an `until` by children",
                    )
                )
        for key, action_name in effects:
            if action_name and "clock" not in line.actions[action_name].by:
                faults.append(
                    _fault(key, f"“{action_name}”的 by 里没有 clock", f"{action_name!r} is not by clock")
                )
    return faults


def _children(line: Line, lines: Lines | None) -> list[Fault]:
    """Waiting for children needs a way out, unless every child line settles itself."""
    if lines is None:
        return []
    faults = []
    lazy = False
    for name, action in line.actions.items():
        if action.hands is not None:
            faults += _handed(f"action.{name}.hands", action.hands, lines)
        if action.opens is None:
            continue
        if not action.opens.line:
            lazy = True
            continue
        versions = lines.get(action.opens.line)
        if not versions:
            faults.append(
                _fault(
                    f"action.{name}.opens.line",
                    f"没有名为“{action.opens.line}”的条线",
                    f"unknown line {action.opens.line!r}",
                )
            )
        elif not all(settles_itself(version) for version in versions.values()):
            lazy = True
    if not lazy:
        return faults
    free = {state for action in line.actions.values() if action.releases for state in action.states}
    waits = {
        name
        for clock in line.clocks.values()
        for pause in clock.pauses
        if pause.children and not pause.then
        for name in pause.until
        if "children" in line.actions[name].by
    }
    for name, action in line.actions.items():
        if "children_open" not in action.unless and name not in waits:
            continue
        for state in sorted(action.states - free):
            faults.append(
                _fault(
                    f"action.{name}",
                    f"在“{state}”等子件，子件不会自己办结，又没有 releases 的出路",
                    f"waits for children in {state!r}; they do not settle themselves, nothing releases them",
                )
            )
    return faults


def _handed(key: str, hands: Hands, lines: Lines) -> list[Fault]:
    """The line and the matter that an action hands to."""
    versions = lines.get(hands.line)
    if not versions:
        return [_fault(f"{key}.line", f"没有名为“{hands.line}”的条线", f"unknown line {hands.line!r}")]
    if hands.matter.startswith("data."):
        return []  # chosen in the form; whoever opens the case checks it
    if all(hands.matter in text.matters for text in versions.values() if text.matters):
        return []
    return [_fault(f"{key}.matter", f"没有事项“{hands.matter}”", f"unknown matter {hands.matter!r}")]


def _fault(key: str, zh: str, en: str) -> Fault:
    return Fault(FILE, key, Say(zh, en))
