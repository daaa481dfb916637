"""By whom: what an example shows somebody doing, everybody else is refused there and then, in every line.

That the one may is what the example itself tests; a stranger is whoever has no post, the right post in another unit,
or a post or part in this case that the action does not name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bihuan.core.case.automatic import catch_up
from bihuan.core.case.example import actor_of
from bihuan.core.case.fold import Actor, Case, Event, amended, begin, step
from bihuan.core.case.refuse import refuse
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import AUTOMATIC
from bihuan.core.time.instant import at as instant
from bihuan.lines import all_lines, calendar

CAL = calendar()
LINES = [line for versions in all_lines().values() for line in versions.values()]
ELSEWHERE = "nk.elsewhere"
Tried = set[tuple[str, str]]


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.code}@{line.version_text}")
def test_nobody_else_does_what_an_example_shows(line: Line) -> None:
    tried: Tried = set()
    for example in line.examples:
        replay(line, example, tried)
    people = {
        name
        for name, action in line.actions.items()
        if set(action.by) - AUTOMATIC and "opening" not in action.by
    }
    for kind in ("nobody", "elsewhere"):
        missing = {
            name for name in people if (name, kind) not in tried and (kind == "nobody" or posted(line, name))
        }
        assert not missing, f"{kind} never tried {sorted(missing)}"


def replay(line: Line, example: Mapping[str, Any], tried: Tried) -> None:
    """Walk an example; before each step everybody else tries the same."""
    case = begin(line, id="example", matter=str(example.get("matter", "")))
    for row in example.get("events", ()):
        name, when, data = row["do"], instant(row["at"]), row.get("data", {})
        if name in line.actions and row["by"] in ("clock", "children"):
            turned_away(case, name, when, data, tried)
        case, _ = catch_up(case, CAL, when, prompt=True)
        if name in line.actions and row["by"] in ("clock", "children"):
            continue
        if name in line.actions:
            turned_away(case, name, when, data, tried)
        actor = actor_of(case, row["by"])
        effective = instant(row["effective"]) if row.get("effective") else when
        event = Event(name, when, actor.id, actor.unit, data, effective)
        case = step(
            amended(case.line, event, all_lines()) if name == "amend" else case.line, case, event, CAL
        )


def turned_away(case: Case, name: str, when: int, data: Mapping[str, Any], tried: Tried) -> None:
    if "opening" in case.line.actions[name].by:
        return  # whoever may open cases at all; the rules of the line say who may not
    for kind, actor in strangers(case, name):
        said = [str(reason) for reason in refuse(case, name, actor, when, data, CAL)]
        assert any("须由" in one or "不由人办" in one for one in said), f"{name} by {kind} {actor}: {said}"
        tried.add((name, kind))


def strangers(case: Case, name: str) -> Iterator[tuple[str, Actor]]:
    """(which kind, somebody) who may not do it here."""
    line, by = case.line, case.line.actions[name].by
    yield "nobody", Actor("stranger", ELSEWHERE)
    named = [line.roles[one] for one in by if one in line.roles]
    for post in sorted({role.post for role in named if role.post}):
        yield "elsewhere", Actor("stranger", ELSEWHERE, frozenset({post}))
    for role in line.roles.values():
        unit = case.parties.get(role.party, "")
        if not unit or any(one.post == role.post and case.parties.get(one.party) == unit for one in named):
            continue
        yield "another", Actor("stranger", unit, frozenset({role.post})) if role.post else Actor(unit)


def posted(line: Line, name: str) -> bool:
    """Whether the action is done in a post, not only by a person who has a part in the case."""
    return any(one in line.roles and line.roles[one].post for one in line.actions[name].by)
