"""What a bundle hands to its parts: what was asked once, the papers each needs, the applicant's own wish to withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.cases.family import Member
from bihuan.cases.intake import fields_of
from bihuan.core.case.fold import Actor
from bihuan.core.case.ready import ready
from bihuan.core.line.bundle import BundleRow, rows_of
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import Action
from bihuan.core.line.sound_bundle import unit_key
from bihuan.lines.forms import defaults, title_field
from bihuan.lines.once import once_for


def rows_wanted(member: Member) -> tuple[BundleRow, ...]:
    """The parts of this bundle that were asked for, in their order; none where the case is no bundle."""
    case = member.case
    return rows_of(case.line.bundle, case.matter, case.wanted) if case.wanted else ()


def first_parts(member: Member, action: Action, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts that begin with the opening; what was left out of the wish is every part that may be left out."""
    assert action.opens is not None
    wanted = data.get(action.opens.bundle) or ()
    return [_row(row) for row in ready(rows_of(member.case.line.bundle, member.case.matter, wanted), {})]


def next_parts(parent: Member, child: Member, at: int) -> list[dict[str, Any]]:
    """The parts that begin now that this child is settled; none once the rest was withdrawn."""
    case = parent.case
    if not case.wanted or any(
        action.passes and action.name in case.times for action in case.line.actions.values()
    ):
        return []
    settled = case.children[str(child.id)]._replace(settled=at, outcome=child.case.outcome)
    children = {**case.children, str(child.id): settled}
    return [_row(row) for row in ready(rows_wanted(parent), children)]


def _row(row: BundleRow) -> dict[str, Any]:
    return {"item": row.item, "line": row.line, "matter": row.matter, "unit": row.unit}


def data_of_part(parent: Member, line: Line, row: Mapping[str, Any], day: int) -> dict[str, Any]:
    """The opening data of a part: every field that both forms ask for, once; who applies is who applied for the whole."""
    name, key = line.opens_with, unit_key(line)
    moment = line.actions[name].effective
    given = parent.events[0].data
    shared = {
        field.key: given[field.key]
        for field in fields_of(line, name)
        if field.key in given and field.key not in (key, moment)
    }
    return {**defaults(line, name, day), **shared, key: row["unit"], title_field(line): parent.title}


def opener_of(parent: Member) -> Actor:
    """In whose name a part is opened: whoever filed the whole, passed on by the unit whose window takes it."""
    line = parent.case.line
    roles = [line.roles[name] for name in line.actions[line.opens_with].by if name in line.roles]
    unit = next((parent.case.parties[role.party] for role in roles if role.post), "")
    return Actor(parent.events[0].by, unit)


def person_of(member: Member, action: Action) -> Actor:
    """The person whose wish an action that passes on to the children is, whoever entered it."""
    roles = [member.case.line.roles[name] for name in action.by if name in member.case.line.roles]
    return Actor(next(member.case.parties[role.party] for role in roles if not role.post))


def papers_of(parent: Member, line: Line, row: Mapping[str, Any]) -> dict[str, str]:
    """The kinds of documents of the whole that this part gets a copy of, each with what it is kept as there."""
    base = paper_kind(line)
    given = once_for(parent.case.line, str(row["item"]))
    return {kind: f"{base}.{material}" if material else base for kind, material in given.items()}


def paper_kind(line: Line) -> str:
    """What the papers of an applicant are kept as on a case of this line."""
    asked = fields_of(line, line.opens_with)
    return next(field.stores for kind in ("materials", "file") for field in asked if field.kind == kind)
