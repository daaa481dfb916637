"""A case is its events folded: state, parties, clocks, children and who held it, derived and never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bihuan.core.case.parts import (
    NO_DATA,
    Actor,
    Case,
    CaseError,
    Child,
    Draft,
    Event,
    UnknownAction,
    event_from,
    event_json,
)
from bihuan.core.case.steps import apply
from bihuan.core.case.steps import step_under as step
from bihuan.core.line.parts import Line
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Due, due

__all__ = [
    "Actor",
    "Case",
    "CaseError",
    "Child",
    "Event",
    "UnknownAction",
    "begin",
    "dues",
    "event_from",
    "event_json",
    "fold",
    "step",
]


def begin(line: Line, *, id: str = "", matter: str = "", parent: str = "") -> Case:
    """A case before its opening action."""
    return _first(line, id, matter, parent).sealed()


def _first(line: Line, id: str, matter: str, parent: str) -> Draft:
    if matter and line.matters and matter not in line.matters:
        raise CaseError(Say(f"{line.title}没有事项“{matter}”", f"{line.title.en} has no matter {matter!r}"))
    return Draft(line, id, matter, parent)


def fold(
    line: Line,
    events: Iterable[Event],
    cal: Calendar,
    lines: Mapping[str, Mapping[int, Line]] | None = None,
    *,
    id: str = "",
    matter: str = "",
    parent: str = "",
    parties: list[dict[str, str]] | None = None,
) -> Case:
    """The case its events amount to; `lines` (code, version) is needed once an `amend` event is among them.

    Matter, id and parent not given are read from the opening event's data. `parties` collects who the parties
    were after each event.
    """
    events = list(events)
    data = events[0].data if events else NO_DATA
    draft = _first(
        line,
        id or str(data.get("case", "")),
        matter or str(data.get("matter", "")),
        parent or str(data.get("parent", "")),
    )
    for event in events:
        if event.name == "amend":
            line = amended(line, event, lines)
        apply(draft, event, cal, line)
        if parties is not None:
            parties.append(draft.parties)
    return draft.sealed()


def amended(line: Line, event: Event, lines: Mapping[str, Mapping[int, Line]] | None) -> Line:
    """The line an `amend` event leads to: data.version, "2019-05-15"."""
    for version in (lines or {}).get(line.code, {}).values():
        if version.version_text == event.data.get("version"):
            return version
    raise CaseError(
        Say(
            f"{line.title}没有 {event.data.get('version')} 的文本",
            f"{line.title.en} has no text of {event.data.get('version')}",
        )
    )


def dues(case: Case, cal: Calendar, asof: int) -> dict[str, Due]:
    """Due of every live run."""
    return {name: due(run, cal, asof) for name, run in case.runs.items()}
