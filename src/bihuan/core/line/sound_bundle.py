"""What is refused of a bundle at load: parts nobody can open, parts that never begin, a wait without a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bihuan.core.line.bundle import BundleRow, rows_of
from bihuan.core.line.parts import CHILDREN, Fault, Line
from bihuan.core.say import Say

FILE = "bundle.csv"
Lines = Mapping[str, Mapping[int, Line]]


def bundle_faults(line: Line, lines: Lines | None, settles: Callable[[Line], bool]) -> list[Fault]:
    """Every fault of bundle.csv and of the actions that open and end a bundle; `settles` says whether a line always
    ends by itself."""
    opening = [name for name, action in line.actions.items() if action.opens and action.opens.bundle]
    found = [
        Fault("process.toml", f"action.{name}.opens", Say("一件事只在第一个操作打开", "only the opening action opens a bundle"))
        for name in opening
        if name != line.opens_with
    ]  # fmt: skip
    if bool(opening) != bool(line.bundle):
        say = Say("bundle.csv 和打开它的操作要一起写", "a bundle and the action that opens it come together")
        found.append(Fault(FILE, "", say))
    for code in dict.fromkeys([*line.matters, *(row.bundle for row in line.bundle)] if line.bundle else ()):
        found += _bundle(line, code)
    if lines is not None:
        for row in line.bundle:
            found += _part(line, row, lines)
        found += _wait(line, lines, settles)
    return found


def _bundle(line: Line, code: str) -> Iterator[Fault]:
    """Two parts or more, each able to begin, of a matter of the line."""
    rows = rows_of(line.bundle, code)
    if code not in line.matters:
        yield Fault(FILE, code, Say("没有这个事项", "there is no such matter"))
    if len(rows) < 2:
        yield Fault(FILE, code, Say("一件事至少有两项", "a bundle has two parts or more"))
    items = {row.item: row for row in rows}
    if len(items) < len(rows):
        yield Fault(FILE, code, Say("同一项写了两次", "an item is there twice"))
    for row in rows:
        for before in row.after:
            if before not in items:
                yield Fault(
                    FILE,
                    f"{code}.{row.item}.after",
                    Say(f"这件事里没有“{before}”", f"there is no {before!r} in it"),
                )
            elif items[before].optional and not row.optional:
                say = Say(f"要等的“{before}”可以不办", f"it waits for {before!r}, which may be left out")
                yield Fault(FILE, f"{code}.{row.item}.after", say)
    begun: set[str] = set()
    while more := {item for item, row in items.items() if item not in begun and begun.issuperset(row.after)}:
        begun |= more
    for item in items.keys() - begun:
        yield Fault(FILE, f"{code}.{item}.after", Say("永远轮不到它", "it can never begin"))


def _part(line: Line, row: BundleRow, lines: Lines) -> Iterator[Fault]:
    """The line, the matter and the outcomes a part names, in every version of that line."""
    key = f"{row.bundle}.{row.item}"
    if row.line not in lines:
        yield Fault(FILE, f"{key}.line", Say(f"没有名为“{row.line}”的条线", f"unknown line {row.line!r}"))
    for version in lines.get(row.line, {}).values():
        if row.matter not in version.matters:
            yield Fault(
                FILE, f"{key}.matter", Say(f"那条线没有“{row.matter}”", f"it has no matter {row.matter!r}")
            )
        for outcome in row.good:
            if outcome not in version.outcomes:
                yield Fault(
                    FILE, f"{key}.good", Say(f"那条线没有结果“{outcome}”", f"it has no outcome {outcome!r}")
                )
        if not unit_key(version):
            say = Say("那条线的第一个操作没有写承办单位", "its opening action does not say who handles it")
            yield Fault(FILE, f"{key}.line", say)
        for name, action in line.actions.items():
            if action.passes and action.passes not in version.actions:
                say = Say(
                    f"“{row.line}”没有操作“{action.passes}”", f"{row.line} has no action {action.passes!r}"
                )
                yield Fault("process.toml", f"action.{name}.passes", say)


def _wait(line: Line, lines: Lines, settles: Callable[[Line], bool]) -> Iterator[Fault]:
    """A state that the children owe has a way out by hand, unless every child ends by itself."""
    if all(settles(version) for row in line.bundle for version in lines.get(row.line, {}).values()):
        return
    ways = [action for action in line.actions.values() if action.passes or action.releases]
    for name, state in line.states.items():
        if state.owner == CHILDREN and not any(name in action.states for action in ways):
            say = Say("子件不会自己办结，又没有 passes 或 releases 的出路", "its children do not settle themselves, and nothing passes on to or releases them")  # fmt: skip
            yield Fault("process.toml", f"state.{name}", say)


def unit_key(line: Line) -> str:
    """The key by which the opening action of a line is told which unit owes the first step, "" where it is not told."""
    action = line.actions[line.opens_with]
    owner = line.states[action.to or line.first_state].owner
    return next((key for party, kind, key in action.sets if kind == "data" and party == owner), "")
