"""Turns a folded case into what pages show: clocks with why, timeline, actions with why not. No queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases.asking import ask_of, who_must
from bihuan.cases.edge import to_datetime
from bihuan.cases.family import Member
from bihuan.cases.gone import told
from bihuan.cases.happen import has_of
from bihuan.cases.intake import fields_of as fields
from bihuan.cases.project import is_unit
from bihuan.cases.repeated import planned_object
from bihuan.cases.said import in_words
from bihuan.cases.shapes import Choice, ClockView, Doc, Holding, Masked, SentBack, Step
from bihuan.core.case.automatic import catch_up
from bihuan.core.case.bill import segments
from bihuan.core.case.facts import Sample
from bihuan.core.case.fold import Actor, Case, Event
from bihuan.core.case.refuse import refuse
from bihuan.core.line.bundle import rows_of
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import AUTOMATIC, CHILDREN, SHREDDED
from bihuan.core.line.titles import party_title, role_title, system_title
from bihuan.core.mask import mask_name, mask_phone
from bihuan.core.say import Say
from bihuan.core.time.clock import Run, due, read_limit
from bihuan.core.time.formats import days, listed
from bihuan.core.time.instant import day_text
from bihuan.core.time.ledger import ledger, limit_words, why
from bihuan.lines.forms import FILES, Field
from bihuan.people.queries import Known

SYSTEM_STEPS = {
    "child_settled": Say("子件办结", "A child case is settled"),
    "amend": Say("适用新规定", "New rules apply"),
    "redated": Say("期限随日历更新", "Deadline updated with the calendar"),
    "recurs": Say("同一处又坏", "Broken again at the same spot"),
    "recurred": Say("结案后又坏", "Broken again after closing"),
    SHREDDED: Say("个人信息已删除", "Personal data deleted"),
}
RESIDENT = Say("本人", "the person concerned")
SOMEBODY = Say("指定的一人（不公开姓名）", "a person named for it (not shown)")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: `actor` judges actions, `persons` are names by id ({} = names are not shown)."""

    actor: Actor
    at: int
    known: Known
    persons: Mapping[str, Say]


def holder_title(value: str, case: Case | None, viewer_names: Mapping[str, Say]) -> Say:
    """What a holder is called: a unit by its name, a person by the part they have in the case."""
    if not value:
        owed = case is not None and case.opened is not None and case.line.states[case.state].owner == CHILDREN
        return Say("各承办单位", "the units of its parts") if owed else Say("", "")
    if is_unit(value):
        return viewer_names.get(value) or Say(value, value)
    if case is not None:
        for party, who in case.parties.items():
            if who == value:
                return party_title(party)
    return RESIDENT


def show_clocks(case: Case, at: int) -> tuple[ClockView, ...]:
    """Every run, live ones first, the main clock before others."""
    main = case.line.main_clock
    found = [*((run, True) for run in case.runs.values()), *((run, False) for run in reversed(case.history))]
    found.sort(key=lambda one: (not one[1], one[0].clock != main))
    return tuple(_show_clock(case.line, run, live, at) for run, live in found)


def _show_clock(line: Line, run: Run, live: bool, at: int) -> ClockView:
    cal = lines.calendar()
    clock = line.clocks[run.clock]
    now = due(run, cal, at)
    return ClockView(
        run.clock,
        clock.title,
        clock.law,
        clock.window,
        live,
        run,
        now,
        to_datetime(now.at),
        to_datetime(now.plain),
        tuple(why(run, cal, at)),
        tuple(ledger(run, cal, at)),
    )


def main_of(case: Case, clocks: Sequence[ClockView]) -> ClockView | None:
    """The clock the page is about: the main one, else the live one that is due first."""
    for view in clocks:
        if view.code == case.line.main_clock and view.live:
            return view
    live = [view for view in clocks if view.live and not view.window]
    if live:
        return min(live, key=lambda view: view.due.at)
    return next((view for view in clocks if view.code == case.line.main_clock), None)


def show_holdings(case: Case, names: Mapping[str, Say], at: int) -> tuple[Holding, ...]:
    """Who held the case from when to when, and who is charged."""
    return tuple(
        Holding(
            piece.holder,
            holder_title(piece.holder, case, names),
            piece.charged_to,
            holder_title(piece.charged_to, case, names),
            to_datetime(piece.a),
            to_datetime(piece.b),
            piece.b - piece.a,
            piece.working,
            piece.stopped,
            piece.returned,
        )
        for piece in segments(case, lines.calendar(), at)
    )


def masked(text: str | None) -> Masked | None:
    """The contact of a case as lists of columns tell it, without what identifies."""
    if not text:
        return None
    name, phone, keys = orjson.loads(text)
    fields = [key for key, value in (("name", name), ("phone", phone)) if value] + sorted(keys)
    return Masked(mask_name(name), mask_phone(phone), tuple(fields))


def caught_up(member: Member, at: int) -> Case:
    """The case as it lawfully stands now, whether or not the worker has come by; nothing is stored."""
    return catch_up(member.case, lines.calendar(), at)[0]


def hidden_parties(case: Case, unit: str) -> frozenset[str]:
    """Drawn parties that this unit may not know before the case is closed."""
    if case.final:
        return frozenset()
    return frozenset(
        draw.sets
        for draw in case.line.draws.values()
        if unit and unit in {case.parties.get(party) for party in draw.hidden_from}
    )


def hide(case: Case, parties: frozenset[str]) -> Case:
    """The case without the parties that are hidden."""
    if not parties:
        return case
    return replace(case, parties={k: v for k, v in case.parties.items() if k not in parties})


def show_steps(
    member: Member, viewer: Viewer, docs: Sequence[Doc], hidden: frozenset[str], kept: frozenset[int]
) -> tuple[Step, ...]:
    """The timeline, oldest first, without the events `kept` from this reader and without draws of `hidden` parties:
    who is not to know who was drawn is not told that somebody was, either."""
    by_seq: dict[int, list[Doc]] = {}
    for doc in docs:
        by_seq.setdefault(doc.seq, []).append(doc)
    unseen = drawings(member.case.line, hidden)
    return tuple(
        _show_step(member.case, seq, event, viewer, tuple(by_seq.get(seq, ())), hidden)
        for seq, event in enumerate(member.events, 1)
        if seq not in kept and event.name not in unseen
    )


def drawings(line: Line, parties: Collection[str]) -> frozenset[str]:
    """The actions that do nothing but draw one of these parties: the draw itself, and drawing again."""
    draws = {draw.name: draw.event for draw in line.draws.values() if draw.sets in parties}
    again = {name for name, action in line.actions.items() if action.draws in draws and not action.to}
    return frozenset(draws.values()) | again


def secret_draws(line: Line) -> frozenset[str]:
    """The drawings that some party of the case must not learn of before it is closed."""
    return drawings(line, {draw.sets for draw in line.draws.values() if draw.hidden_from})


def _show_step(
    case: Case, seq: int, event: Event, viewer: Viewer, docs: tuple[Doc, ...], hidden: frozenset[str]
) -> Step:
    action = case.line.actions.get(event.name)
    role = case.line.roles.get(event.role)
    masked = role is not None and role.party in hidden
    return Step(
        seq,
        event.name,
        action.title if action else SYSTEM_STEPS.get(event.name, Say(event.name, event.name)),
        "" if masked else event.by,
        role_title(role) if masked and role is not None else _by_title(case, event, viewer),
        event.unit,
        viewer.known.names.get(event.unit) or Say(event.unit, event.unit),
        to_datetime(event.at),
        to_datetime(event.effective),
        event.effective != event.at,
        event.by in AUTOMATIC,
        action.law if action else "",
        tuple(_settled(case, event) or _items(case.line, event, viewer)),
        docs,
    )


def _settled(case: Case, event: Event) -> list[tuple[Say, str]]:
    """Which part of a bundle was settled, and what begins with it."""
    child = case.children.get(str(event.data.get("child"))) if event.name == "child_settled" else None
    matters = {row.item: lines.at(row.line, event.at // 86400).matter(row.matter, event.at // 86400)
               for row in rows_of(case.line.bundle, case.matter)}  # fmt: skip
    if child is None or child.item not in matters:
        return []
    titles = {item: Say(matter.name, matter.name_en) for item, matter in matters.items()}
    begun = [titles[str(one["item"])] for one in event.data.get("children", ())]
    said: list[tuple[Say, str]] = [(Say("哪一项", "Part"), titles[child.item])]
    return [*said, (Say("接着开始", "Begins now"), listed(begun))] if begun else said


def _by_title(case: Case, event: Event, viewer: Viewer) -> Say:
    if event.by in AUTOMATIC:
        return system_title(event.by)
    if event.by in viewer.persons:
        return viewer.persons[event.by]
    role = case.line.roles.get(event.role)
    if role is not None:
        return role_title(role)
    return holder_title(event.by, case, viewer.known.names)


def _items(line: Line, event: Event, viewer: Viewer) -> list[tuple[Say, str]]:
    """Label and value of what the form said; files and places are shown elsewhere."""
    if event.name in ("recurs", "recurred"):
        other = event.data["earlier" if event.name == "recurs" else "later"]
        return [(Say("办件", "Case"), other), (Say("相隔", "Apart"), days(int(event.data["days"])))]
    if event.name == SHREDDED:
        return told(event)
    if event.name not in line.actions:
        return []
    shown = []
    for field in fields(line, event.name):
        value = event.data.get(field.key)
        if field.default and field.kind != "table":
            continue  # filled in by the system from params.toml: nobody said it
        if field.kind == "person" and str(value).startswith("r:"):
            continue  # the key of the party: how it is called stands in the fields beside it
        if value not in (None, "") and field.kind not in (*FILES, "place"):
            title = (
                condition_title(line, str(value))
                if field.kind == "condition"
                else show_value(field, value, viewer)
            )
            shown.append((field.label, title))
    if event.by == "draw" and "person" in event.data:
        who = viewer.persons.get(event.data["person"], Say("已抽定一人", "one person"))
        shown.append((Say("抽中", "Drawn"), who))
        shown.append((Say("候选人数", "Candidates"), str(len(event.data.get("candidates", ())))))
    return shown


def condition_title(line: Line, code: str) -> str:
    """What a condition of any matter of the line is called; a Say where there is one."""
    rows = (row for found in line.conditions.values() for row in found if row.code == code)
    return next((Say(row.name, row.name_en) for row in rows), code)


def show_value(field: Field, value: Any, viewer: Viewer) -> str:
    """A value as people read it; a Say where it has two languages."""
    if field.kind == "unit":
        return viewer.known.names.get(value) or str(value)
    if field.kind == "person":
        return viewer.persons.get(value) or SOMEBODY
    if field.kind == "children":
        codes = [str(row.get("unit", "")) for row in value]
        return listed([viewer.known.names.get(code, Say(code, code)) for code in codes])
    if field.kind == "limit":
        return limit_words(read_limit(value))
    return in_words(field, value)


def show_choices(member: Member, case: Case, viewer: Viewer) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """(possible, not possible with the reasons) for this actor now, as if the form were filled in well."""
    shown = replace_case(member, case)
    cal, line = lines.calendar(), case.line
    ask = ask_of(shown, viewer.known)
    unit = likely_unit(shown, viewer)
    good: list[Choice] = []
    bad: list[Choice] = []
    for name, action in line.actions.items():
        if set(action.by) <= AUTOMATIC or name == line.opens_with:
            continue
        has = has_of(shown, name) | {field.stores for field in fields(line, name) if field.stores}
        data = sample(shown, name, viewer, unit)
        reasons = refuse(case, name, viewer.actor, viewer.at, data, cal, has, None, ask)
        choice = Choice(
            name,
            action.title,
            action.law,
            fields(line, name),
            tuple(reasons),
            action.quits,
            action.housekeeping,
            case.state in action.states,
        )
        (bad if reasons else good).append(choice)
    bad.sort(key=lambda choice: not choice.here)
    return tuple(good), tuple(bad)


def replace_case(member: Member, case: Case) -> Member:
    return member if member.case is case else replace(member, case=case)


def likely_unit(member: Member, viewer: Viewer) -> str:
    """The unit a form would most sensibly name: the object of the plan, whoever has the duty here, or one's own."""
    if planned := planned_object(member):
        return planned
    if not member.case.matter:
        return viewer.actor.unit
    takers = who_must(member, viewer.known, viewer.at // 86400)[0].takers
    return takers[0] if takers else viewer.actor.unit


def sample(member: Member, name: str, viewer: Viewer, unit: str) -> dict[str, Any]:
    """A form filled in plausibly: what is refused with it would be refused whatever one writes."""
    case, day = member.case, viewer.at // 86400
    plain: dict[str, Any] = {
        "text": "…", "long": "…", "number": 1, "money": "1", "date": day_text(day), "unit": unit,
        "person": viewer.actor.id, "children": [{"unit": unit}],
    }  # fmt: skip
    data = Sample()
    for field in fields(case.line, name):
        if field.kind == "condition":
            known = case.line.conditions_of(case.matter, day)
            now = known.get(case.condition)
            data[field.key] = (now.columns["next"] if now else next(iter(known), "")) if known else ""
        elif field.kind in ("choice", "choices"):
            first = field.options[0][0] if field.options else "…"
            data[field.key] = first if field.kind == "choice" else [first]
        elif field.kind == "limit":
            data[field.key] = _sample_limit(case, name)
        elif field.kind in plain and (field.required or field.kind in ("text", "long", "children")):
            data[field.key] = plain[field.kind]
    return data


def _sample_limit(case: Case, name: str) -> str:
    """The shortest limit in the unit the clock counts in."""
    for clock in case.line.ops[name].extends:
        run = case.runs.get(clock.name)
        if run is not None:
            return run.limit.text.replace(str(run.limit.n), "1", 1) if run.limit.n > 1 else run.limit.text
    return "1 working day"


def sent_back(member: Member, known: Known, day: int) -> SentBack | None:
    """The last return, where nobody has been given the case since."""
    case = member.case
    if "back" not in case.line.actions or case.state not in ("returning", "dispatching"):
        return None
    event = next((one for one in reversed(member.events) if one.name in ("back", "dispatch", "rule")), None)
    if event is None or event.name != "back":
        return None
    said = {field.key: field for field in fields(case.line, "back")}
    why = (
        dict(said["why"].options).get(str(event.data.get("why")), Say("", ""))
        if "why" in said
        else Say("", "")
    )
    unit = str(event.data.get("should_be", ""))
    names = known.names
    return SentBack(
        names.get(event.unit) or Say(event.unit, event.unit), why, str(event.data.get("reason", "")), unit,
        names.get(unit) or Say(unit, unit), str(event.data.get("nobody", "")),
        ask_of(member, known)["duty"](unit, case.matter, "", day) if unit else None,
    )  # fmt: skip
