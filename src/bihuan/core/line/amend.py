"""New law reaching running cases: every configuration of the old line must land well in the new one."""

from __future__ import annotations

from bihuan.core.line.configurations import Configuration, Status, explore
from bihuan.core.line.parts import Amend, Fault, Line
from bihuan.core.line.sound_graph import graph_faults
from bihuan.core.say import Say

FILE = "amend.toml"


def check_amend(old: Line, new: Line) -> list[Fault]:
    """The faults of new.amend: running cases of `old` left nowhere, or uncovered under `new`."""
    amend = new.amend
    if amend is None:
        return []
    faults = _names(old, new, amend)
    if faults:
        return faults
    landed = [_landed(old, new, amend, here) for here in explore(old) if not old.states[here.state].final]
    for place in landed:
        if place.state not in new.states:
            faults.append(
                Fault(
                    FILE, f"state.{place.state}", Say("新文本没有这个状态", "the new text has no such state")
                )
            )
        elif new.states[place.state].final:
            faults.append(
                Fault(
                    FILE,
                    f"state.{place.state}",
                    Say("不能让在办件直接办结", "a running case may not land in an end"),
                )
            )
    faults += _pauses(new, landed)
    if not faults:
        faults = graph_faults(new, explore(new, landed), FILE) if landed else []
    return list(dict.fromkeys(faults))


def _names(old: Line, new: Line, amend: Amend) -> list[Fault]:
    faults = []
    if amend.was != old.version:
        faults.append(
            Fault(
                FILE, "was", Say(f"旧文本是 {old.version_text} 的", f"the old text is of {old.version_text}")
            )
        )
    for name in amend.states:
        if name not in old.states:
            faults.append(
                Fault(FILE, f"state.{name}", Say("旧文本没有这个状态", "the old text has no such state"))
            )
    for name, kept in amend.clocks.items():
        if kept.was not in old.clocks:
            faults.append(
                Fault(
                    FILE,
                    f"clock.{name}.was",
                    Say(f"旧文本没有时限“{kept.was}”", f"the old text has no clock {kept.was!r}"),
                )
            )
        if kept.keep != "old" and new.clocks[name].limit.kind == "declared":
            faults.append(
                Fault(
                    FILE,
                    f"clock.{name}.keep",
                    Say(
                        "时限由当事人写明，没有新的可取", "the limit is declared: there is no new one to take"
                    ),
                )
            )
    return faults


def _landed(old: Line, new: Line, amend: Amend, here: Configuration) -> Configuration:
    was: dict[str, Status] = dict(zip(old.clocks, here.clocks, strict=True))
    clocks: list[Status] = []
    for name in new.clocks:
        kept = amend.clocks.get(name)
        clocks.append("idle" if kept is None else was[kept.was])
    return Configuration(amend.states.get(here.state, here.state), tuple(clocks), here.parties, here.children)


def _pauses(new: Line, landed: list[Configuration]) -> list[Fault]:
    """A clock carried while stopped needs the same pause in the new text, or nothing starts it again."""
    faults = []
    for here in landed:
        for clock, status in zip(new.clocks.values(), here.clocks, strict=True):
            known = {pause.name for pause in clock.pauses}
            for name in sorted(status - known) if isinstance(status, frozenset) else ():
                faults.append(
                    Fault(
                        FILE,
                        f"clock.{clock.name}",
                        Say(
                            f"旧件可能正停在“{name}”，新文本没有这种停表",
                            f"a case may be stopped under {name!r}, which the new text does not know",
                        ),
                    )
                )
    return faults
