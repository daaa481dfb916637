"""What one action leads to, worked out in memory on the locked family: judged, appended, drawn, opened, settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from bihuan import lines
from bihuan.cases import bundle, intake, lookup
from bihuan.cases.asking import ask_of
from bihuan.cases.family import Around, Family, Member, new_ids, new_member
from bihuan.cases.gone import is_closed_for_good
from bihuan.cases.letters import letters_of
from bihuan.cases.photo import Taken
from bihuan.cases.project import is_unit
from bihuan.cases.receive import NOWHERE, name_resident, no_post, want_matter
from bihuan.cases.recur import find_closed, lock_closed, recurs_on
from bihuan.cases.shapes import Refused
from bihuan.core.case.automatic import automatic, automatic_event
from bihuan.core.case.fold import Actor, Case, CaseError, Event, step
from bihuan.core.case.pick import eligible, pick
from bihuan.core.case.refuse import refuse
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import Action, Hands
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.lines.forms import defaults, fields, not_asked, prefix, title_field
from bihuan.people import queries as people


def perform(
    family: Family, member: Member, name: str, actor: Actor, at: int, data: dict[str, Any], effective: int | None,
    taken: Sequence[Taken],
) -> int:  # fmt: skip
    """Judge one action and append it with all that follows; the number of its event, or Refused."""
    action = member.case.line.actions[name]
    if is_closed_for_good(member.events):
        raise Refused(
            [
                Say(
                    "这件的内容已经依法删除，不能再办",
                    "The words of this case were deleted by law; nothing more can be done on it",
                )
            ]
        )
    if actor.unit and not actor.posts and people.person_number(actor.id) is not None:
        raise no_post(actor.unit)
    has = has_of(member, name) | {one.kind for one in taken}
    if action.opens and action.opens.bundle:
        data[action.opens.each] = bundle.first_parts(member, action, data)
    judge(family, member, name, actor, at, data, has, effective)
    if action.opens:
        for row, pk in zip(data[action.opens.each], new_ids(len(data[action.opens.each])), strict=True):
            row["id"] = str(pk)
    lawful = at if effective is None else effective
    role = role_of(member.case, name, actor)
    append(family, member, Event(name, at, actor.id, actor.unit, data, lawful, role))
    seq = member.seq
    member.docs += [(one.kind, seq) for one in taken]
    if action.opens:
        for row in data[action.opens.each]:
            if action.opens.bundle:
                _open_part(family, member, row, at)
            else:
                _open_child(family, member, row, row.get("line") or action.opens.line, actor, at)
    if action.passes:
        _pass_on(family, member, action, at)
    if (
        family.around.recurs
        and name == recurs_on(member, at)
        and (found := find_closed(member, at)) is not None
    ):
        pk, of_closed, of_new = found
        closed = lock_closed(family, pk)
        if closed is not None:
            append(family, closed, of_closed)
            append(family, member, of_new)
    if action.hands is not None and data.get(action.hands.unit):
        _hand_over(family, member, action, data, actor, at)
    if action.draws:
        _draw(family, member, action.draws, at)
    append_due(family, at)
    return seq


def go_on(
    family: Family, member: Member, name: str, actor: Actor, at: int, data: Mapping[str, Any]
) -> None:  # fmt: skip
    """The action that follows at once (`onward`), where the form said what it needs: a return and the next dispatch
    are two events of one request, and both happen or none."""
    line = member.case.line
    onward = line.actions[name].onward
    if not onward:
        return
    asked = {field.key for field in fields(line, onward)}
    needed = {key for _, kind, key in line.actions[onward].sets if kind == "data"}
    said = {key: value for key, value in data.items() if key in asked and value}
    if needed <= said.keys():
        perform(family, member, onward, actor, at, said, None, ())


def judge(
    family: Family, member: Member, name: str, actor: Actor, at: int, data: Mapping[str, Any],
    has: Collection[str], effective: int | None,
) -> None:  # fmt: skip
    """Refused with the sentences of the core, or nothing."""
    ask = ask_of(member, people.known(family.change))
    reasons = refuse(member.case, name, actor, at, data, lines.calendar(), has, effective, ask)
    if reasons:
        raise Refused(reasons)


def append(family: Family, member: Member, event: Event) -> None:
    """Add one event in memory; a member that becomes final settles itself on its parent."""
    was_final = member.case.final
    line = member.case.line
    try:
        member.case = step(line, member.case, event, lines.calendar())
    except CaseError as error:
        raise Refused([error.say]) from error
    member.events.append(event)
    if not member.case.final or was_final or member.parent is None:
        return
    parent = family.members.get(member.parent)
    if parent is not None and str(member.id) in parent.case.open_children:
        said: dict[str, Any] = {"child": str(member.id), "outcome": member.case.outcome}
        begins = bundle.next_parts(parent, member, event.at)
        if begins:
            said["children"] = [
                row | {"id": str(pk)} for row, pk in zip(begins, new_ids(len(begins)), strict=True)
            ]
        append(family, parent, Event("child_settled", event.at, "children", "", said, event.effective))
        for row in said.get("children", ()):
            _open_part(family, parent, row, event.at)


def append_due(family: Family, at: int) -> int:
    """Append every automatic event that is due by `at`, oldest first and children before parents; how many."""
    cal = lines.calendar()
    for count in range(10_000):
        due = [
            (pending[0][0], -family.depth(member), member.id, pending[0])
            for member in family.members.values()
            if (pending := automatic(member.case, cal)) and pending[0][0] <= at
        ]
        if not due:
            return count
        _, _, pk, one = min(due)
        member = family.members[pk]
        append(family, member, automatic_event(member.case, one, max(at, member.case.last or at)))
    raise RecursionError("automatic actions of one family never end")


def has_of(member: Member, name: str) -> set[str]:
    """What is present for this action: evidence counts once, so that old proof does not prove new work; and a
    letter the line has words for is written with the action."""
    line = member.case.line
    done = max((seq for seq, event in enumerate(member.events, 1) if event.name == name), default=0)
    has = {kind for kind, seq in member.docs if seq > done or not kind.startswith("evidence:")}
    has.update(f"letter:{letter}" for letter in letters_of(line, name))
    return has


def role_of(case: Case, name: str, actor: Actor) -> str:
    """The role by which this actor did it: the first that fits."""
    for role_name in case.line.actions[name].by:
        role = case.line.roles.get(role_name)
        if role is None:
            if role_name == "opening" and case.opened is None:
                return role_name
            continue
        value = case.parties.get(role.party)
        if (value == actor.unit and role.post in actor.posts) if role.post else value == actor.id:
            return role_name
    return ""


def _open_child(
    family: Family, parent: Member, row: dict[str, Any], code: str, actor: Actor, at: int
) -> None:
    """Open one child case by its line's opening action, on behalf of whoever asked for it."""
    line = lines.at(code, at // 86400)
    name = line.opens_with
    matter = want_matter(line, str(row.get("matter", "")), at // 86400)
    data = defaults(line, name, at // 86400) | {"unit": row["unit"]}
    title = str(row.get("title") or parent.title)
    data[title_field(line)] = title
    if row.get("note"):
        data["note"] = row["note"]
    data |= row.get("said", {})
    pk = int(row["id"])
    number = number_of(line, at, pk)
    child = new_member(pk, number, line, matter, parent, title, NOWHERE, data)
    if intake.bearers(line):  # whom the case is about follows it with number and code
        name_resident(line, data, number)
        child.new = {"lookup_hash": lookup.hash_of(number, lookup.code_of(number))}
    child.cell, child.community, child.street = parent.cell, parent.community, parent.street
    family.members[pk] = child
    judge(family, child, name, actor, at, data, set(), None)
    append(family, child, Event(name, at, actor.id, actor.unit, data, at, "opening"))


def _open_part(family: Family, parent: Member, row: dict[str, Any], at: int) -> None:
    """Open one part of a bundle, with what the form of the whole said for it and the papers it needs."""
    line = lines.at(row["line"], at // 86400)
    name, pk, actor = line.opens_with, int(row["id"]), bundle.opener_of(parent)
    data = bundle.data_of_part(parent, line, row, at // 86400)
    matter = want_matter(line, row["matter"], at // 86400)
    part = new_member(pk, number_of(line, at, pk), line, matter, parent, parent.title, NOWHERE, data)
    part.cell, part.community, part.street = parent.cell, parent.community, parent.street
    part.new = {"lookup_hash": lookup.hash_of(part.number, lookup.code_of(part.number))}
    part.gets = bundle.papers_of(parent, line, row)
    family.members[pk] = part
    judge(family, part, name, actor, at, data, set(), None)
    append(family, part, Event(name, at, actor.id, actor.unit, data, at, "opening"))


def _pass_on(family: Family, member: Member, action: Action, at: int) -> None:
    """Each open child gets the action by the person whose wish it is; one that refuses it goes on and is waited for."""
    actor = bundle.person_of(member, action)
    for key in member.case.open_children:
        child = family.members[int(key)]
        try:
            judge(family, child, action.passes, actor, at, {}, has_of(child, action.passes), None)
        except Refused:
            continue
        role = role_of(child.case, action.passes, actor)
        append(family, child, Event(action.passes, at, actor.id, "", {}, at, role))


def _hand_over(
    family: Family, member: Member, action: Action, data: Mapping[str, Any], actor: Actor, at: int
) -> None:
    """Open a case of another line beside this one, with what the form says for it and nothing else; where `gives`
    answers its opening form, it is checked as if somebody had filled it in."""
    hands = action.hands
    assert hands is not None
    line, day = lines.at(hands.line, at // 86400), at // 86400
    chosen = hands.matter.removeprefix("data.")
    row: dict[str, Any] = {
        "id": new_ids(1)[0],
        "unit": data[hands.unit],
        "matter": hands.matter if chosen == hands.matter else data.get(chosen, ""),
        "note": data.get(hands.note),
        "title": f"{action.title}：{member.number}",
    }
    if hands.gives:
        code = want_matter(line, str(row["matter"]), day)
        row["title"] = f"{member.title}：{line.matter(code, day).name}" if code else row["title"]
        row["said"] = _given(family, member, line, hands, data, row)
    _open_child(family, member, row, hands.line, actor, at)


def _given(
    family: Family, member: Member, line: Line, hands: Hands, data: Mapping[str, Any], row: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers to the other line's opening form; what it does not ask of such a party is left out. BadInput."""
    said = ask_of(member, people.known(family.change))["said"]
    found: dict[str, Any] = {"unit": row["unit"], title_field(line): row["title"]}
    for name, kind, key in hands.gives:
        words = {"data": data.get(key), "said": said(key) if kind == "said" else None, "word": key}
        found[name] = words[kind] if kind in words else getattr(member, key)
    asked = {field.key: field for field in fields(line, line.opens_with)}
    kept = {
        key: value for key, value in found.items() if value and not_asked(line, asked[key], found) is None
    }
    plain, _personal = intake.clean(line, line.opens_with, kept)
    return plain


def number_of(line: Line, at: int, pk: int) -> str:
    """The public number of a case: letters of the line, day, running number."""
    return f"{prefix(line)}{day_text(at // 86400).replace('-', '')}-{pk:06d}"


def barred_from(around: Around, member: Member, name: str, at: int) -> frozenset[str]:
    """Who may not be drawn whatever post they are drawn for: whoever has walked the cell of the case since it was
    opened, and whoever holds another post with a unit that is left out of the draw."""
    case, today = member.case, at // 86400
    units = {code for party in case.line.draws[name].without if is_unit(code := case.parties.get(party, ""))}
    first = today if case.opened is None else case.opened // 86400
    own = around.own_collectors(member.cell, first, today) if member.cell else frozenset()
    return own | around.members_of(units, today)


def _draw(family: Family, member: Member, name: str, at: int) -> None:
    """Draw a person and append the draw's event; the seed was fixed before the action: the head of the record."""
    case = member.case
    draw = case.line.draws[name]
    people_there = family.around.candidates(case.parties.get(draw.of, ""), draw.post, at // 86400)
    drawn_now = case.parties.get(draw.sets)
    barred = barred_from(family.around, member, name, at)
    ids = [one for one in eligible(case, name, people_there) if one != drawn_now and one not in barred]
    if not ids:
        raise Refused([Say(
            "没有可以抽派的人:在岗的都与这件有关或者已抽中过,请先增加人选",
            "Nobody can be drawn: everyone on duty is concerned or was drawn just now; name more people first",
        )])  # fmt: skip
    head = family.around.head()
    seed = sha256(f"{head}|{member.number}|{member.seq}".encode()).digest()
    data = {"person": pick(seed, ids), "draw": name, "head": head, "seed": seed.hex(), "candidates": ids}
    judge(family, member, draw.event, Actor("draw"), at, data, has_of(member, draw.event), None)
    append(family, member, Event(draw.event, at, "draw", "", data))
