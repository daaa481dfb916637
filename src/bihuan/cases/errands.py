"""What one person is to do in the street: the open cases of a line that wait for a step by that very person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, Member, member_of
from bihuan.cases.heads import HEAD, head_of
from bihuan.cases.queries import doc_url, narrowed
from bihuan.cases.reserved import kept_from
from bihuan.cases.shapes import Choice, Head
from bihuan.cases.showing import Viewer, caught_up, show_choices
from bihuan.cases.sight import Sight, sight
from bihuan.core.case.fold import Actor, Case
from bihuan.core.line.parts import Line
from bihuan.core.say import Say

MOST = 100  # more than anybody walks in a shift; what lies behind comes up as these are done
STREET = frozenset({"photo", "long", "text"})  # kinds of fields that a telephone in the street can fill in
PICTURES = ("evidence:report", "evidence:before", "evidence:after")
TOLD = ("report", "verify", "feedback", "check_bad")
WORDS = ("detail", "text")
DOCS = """(select json_agg(json_build_array(d.id, d.kind, e.name) order by d.id) from cases_document d
    join cases_event e on e.case_id = d.case_id and e.seq = d.event_seq
    where d.case_id = c.id and not d.personal)::text"""


@dataclass(frozen=True, slots=True)
class Errand:
    """One case that waits for this person; `said` is what others wrote, `pictures` where theirs are served."""

    head: Head
    since: datetime
    deeds: tuple[Choice, ...]
    said: tuple[tuple[Say, str], ...]
    pictures: tuple[tuple[Say, str], ...]


def errands(actor: Actor, line: str, at: datetime | int) -> tuple[Errand, ...]:
    """This person's errands in the order of their due, two queries whatever their number."""
    seen = sight(actor, at)
    terms, params = narrowed(seen.condition, actor, "me", line, "")
    sql = f"""select {COLUMNS}, {HEAD}, {DOCS} from cases_case c
        where not c.final and {" and ".join(terms)} order by c.rank, c.id limit %s"""
    rows = wall.ask(sql, [*params, MOST], seen.scope)
    return tuple(found for row in rows if (found := _errand(row, actor, seen)))


def _errand(row: Sequence[Any], actor: Actor, seen: Sight) -> Errand | None:
    member = member_of(row[:MEMBER_SIZE], lines.calendar())
    case = caught_up(member, seen.now)
    good, _ = show_choices(member, case, Viewer(actor, seen.now, seen.titles.known, {}))
    deeds = tuple(deed for deed in good if is_deed(case.line, deed))
    if not any(by_name(case, deed.name, actor) for deed in deeds):
        return None
    head = head_of(row[MEMBER_SIZE:-1], seen.titles, seen.now, case)
    since = max((run.start for run in case.runs.values()), default=case.opened or seen.now)
    return Errand(head, to_datetime(since), deeds, _said(member), _pictures(row[-1], case, actor.unit))


def is_deed(line: Line, choice: Choice) -> bool:
    """Whether the step moves the case, is proved by a photo, and needs a camera and a few words only."""
    action, fields = line.actions[choice.name], asked(choice)
    proved = any(field.kind == "photo" and field.required for field in fields)
    return bool(action.to) and not action.housekeeping and proved and {f.kind for f in fields} <= STREET


def asked(choice: Choice) -> list[Any]:
    """The fields that the person fills in; what the device fills in is not asked."""
    return [field for field in choice.fields if not field.device]


def by_name(case: Case, name: str, actor: Actor) -> bool:
    """Whether the step is this person's because they were named or drawn, not because of their post alone."""
    roles = [case.line.roles[role] for role in case.line.actions[name].by if role in case.line.roles]
    return any(not role.post and case.parties.get(role.party) == actor.id for role in roles)


def _said(member: Member) -> tuple[tuple[Say, str], ...]:
    """What was written at the steps that tell what to look at, the latest of each."""
    latest = {event.name: event for event in member.events if event.name in TOLD}
    return tuple(
        (member.case.line.actions[name].title, str(event.data[key]))
        for name in TOLD
        if (event := latest.get(name))
        for key in WORDS
        if event.data.get(key)
    )


def _pictures(text: str | None, case: Case, unit: str) -> tuple[tuple[Say, str], ...]:
    parties: Mapping[str, str] = case.parties
    return tuple(
        (case.line.named(kind), doc_url(pk))
        for pk, kind, name in orjson.loads(text or "[]")
        if kind in PICTURES and not kept_from(case.line, name, parties, unit)
    )
