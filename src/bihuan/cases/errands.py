"""What one person is to do in the street: the open cases of a line that wait for a step by that very person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, Member, member_of
from bihuan.cases.heads import HEAD, head_of
from bihuan.cases.queries import doc_url
from bihuan.cases.queue import narrowed
from bihuan.cases.reserved import kept_from
from bihuan.cases.shapes import Choice, Head
from bihuan.cases.showing import Viewer, caught_up, show_choices
from bihuan.cases.sight import Sight, sight
from bihuan.core.case.fold import Actor, Case
from bihuan.core.line.parts import Line
from bihuan.core.say import Say

MOST = 100  # more than anybody walks in a shift; the page says where there are more
STREET = frozenset(
    {"photo", "long", "text", "choice", "table"}
)  # kinds of fields that a telephone in the street can fill in
PICTURES = ("evidence:report", "evidence:before", "evidence:after")
TOLD = ("report", "open", "verify", "feedback", "check_bad")
WORDS = ("detail", "text", "address", "items")
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
    points: tuple[str, ...] = ()  # of the checklist that the case carries


def errands(actor: Actor, line: str, at: datetime | int) -> tuple[tuple[Errand, ...], bool]:
    """(this person's errands in the order of their due, whether there are more): two queries whatever their number."""
    seen = sight(actor, at)
    terms, params = narrowed(seen.condition, actor, "involved", line, "")
    waits = stages(line)
    named = " or ".join("(c.parties ->> %s = %s and c.state = any(%s))" for _ in waits) or "false"
    params += [value for party, states in waits for value in (party, actor.id, list(states))]
    sql = f"""select {COLUMNS}, {HEAD}, {DOCS} from cases_case c
        where not c.final and {" and ".join(terms)} and ({named}) order by c.rank, c.id limit %s"""
    rows = wall.ask(sql, [*params, MOST + 1], seen.scope)
    found = (_errand(row, actor, seen) for row in rows[:MOST])
    return tuple(one for one in found if one), len(rows) > MOST


@lru_cache(maxsize=8)
def stages(code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(party, states) in which a step of the line, in any of its texts, waits for a person who was named or drawn."""
    found: dict[str, set[str]] = {}
    for text in lines.all_lines()[code].values():
        for action in text.actions.values():
            for role in (text.roles[name] for name in action.by if name in text.roles):
                if not role.post and action.to and action.needs and not action.housekeeping:
                    found.setdefault(role.party, set()).update(action.states)
    return tuple((party, tuple(sorted(states))) for party, states in sorted(found.items()))


def _errand(row: Sequence[Any], actor: Actor, seen: Sight) -> Errand | None:
    member = member_of(row[:MEMBER_SIZE], lines.calendar())
    case = caught_up(member, seen.now)
    good, _ = show_choices(member, case, Viewer(actor, seen.now, seen.titles.known, {}))
    deeds = tuple(deed for deed in good if is_deed(case.line, deed))
    if not deeds:
        return None  # the clocks moved it on, or a rule of the line forbids it
    head = head_of(row[MEMBER_SIZE:-1], seen.titles, seen.now, case)
    since = max((run.start for run in case.runs.values()), default=case.opened or seen.now)
    return Errand(
        head, to_datetime(since), deeds, _said(member), _pictures(row[-1], case, actor.unit), _points(member)
    )


def is_deed(line: Line, choice: Choice) -> bool:
    """Whether the step moves the case, is proved by a photo, and needs a camera and a few words only."""
    action, fields = line.actions[choice.name], asked(choice)
    proved = any(field.kind == "photo" and field.required for field in fields)
    return bool(action.to) and not action.housekeeping and proved and {f.kind for f in fields} <= STREET


def asked(choice: Choice) -> list[Any]:
    """The fields that the person fills in; what the device fills in is not asked."""
    return [field for field in choice.fields if not field.device]


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


def _points(member: Member) -> tuple[str, ...]:
    return tuple(str(row["point"]) for row in member.data.get("points") or ())


def _pictures(text: str | None, case: Case, unit: str) -> tuple[tuple[Say, str], ...]:
    parties: Mapping[str, str] = case.parties
    return tuple(
        (case.line.named(kind), doc_url(pk))
        for pk, kind, name in orjson.loads(text or "[]")
        if kind in PICTURES and not kept_from(case.line, name, parties, unit)
    )
