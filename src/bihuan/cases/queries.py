"""Reads of cases: queue, case page, tracking, search, counts. Each with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from django.urls import NoReverseMatch, reverse

from bihuan import lines
from bihuan.cases import lookup, materials, wall
from bihuan.cases.asking import who_must
from bihuan.cases.edge import OFFSET, to_datetime, to_instant
from bihuan.cases.family import COLUMNS, MEMBER_SIZE, Member, member_of
from bihuan.cases.gone import deletions
from bihuan.cases.heads import (
    HEAD,
    Titles,
    group_of,
    head_of,
    matter_title,
    maybe,
    raised_title,
    state_title,
)
from bihuan.cases.mains import bearer_of, down, split_off
from bihuan.cases.mains import main_of as main_of_report
from bihuan.cases.near import JOINED, Near, near
from bihuan.cases.paced import measure
from bihuan.cases.parts import number_of_whole, parts_of
from bihuan.cases.project import is_unit, project
from bihuan.cases.published import Published, Wanted, published
from bihuan.cases.recur import again_of
from bihuan.cases.reserved import open_docs, reserved
from bihuan.cases.shapes import (
    CasePage,
    ChildRow,
    Doc,
    Duty,
    Head,
    NoSuchCase,
    Refused,
    Tracked,
)
from bihuan.cases.showing import (
    Viewer,
    caught_up,
    hidden_parties,
    hide,
    holder_title,
    main_of,
    masked,
    replace_case,
    sent_back,
    show_choices,
    show_clocks,
    show_holdings,
    show_steps,
)
from bihuan.cases.sight import Sight, Stamps, sight
from bihuan.core.authority.grants import Subject, may
from bihuan.core.case.bill import bill
from bihuan.core.case.fold import Actor, Case
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import RAISED
from bihuan.core.say import Say

RELATIVE = f"""json_build_array(k.id, k.number, k.line, k.version, k.state, k.final, k.outcome, k.parties,
    k.holder, extract(epoch from k.due_at)::bigint + {OFFSET}, k.late, k.stopped, k.matter)"""
PAGE_SQL = f"""select {COLUMNS}, {HEAD},
    (select json_build_array(t.name, t.phone, array(select jsonb_object_keys(t.data)))
     from cases_contact t where t.case_id = c.id)::text,
    (select json_agg(json_build_array(d.id, d.event_seq, d.kind, d.name, d.mime, d.size, d.sha256, d.personal,
        extract(epoch from d.taken_at)::bigint + {OFFSET}, extract(epoch from d.server_at)::bigint + {OFFSET})
        order by d.id) from cases_document d where d.case_id = c.id and d.file <> '')::text,
    (select json_agg({RELATIVE} order by k.id) from cases_case k where k.parent_id = c.id)::text,
    (select {RELATIVE} from cases_case k where k.id = c.parent_id)::text,
    (select json_object_agg(p.id, json_build_array(p.name, p.name_en)) from people_person p where p.id::text in (
        select e.by from cases_event e where e.case_id = c.id
        union select e.data ->> 'person' from cases_event e where e.case_id = c.id and e.by = 'draw'
        union select e.data ->> 'entered_by' from cases_event e where e.case_id = c.id and e.seq = 1
        union select value from jsonb_each_text(c.parties)))::text,
    (select json_agg(d.number order by d.id) from ({down("c.number")}) d)::text,
    exists (select 1 from papers_paper a where a.case_id = c.id)
    from cases_case c where """


def case_page(case_id: int | str, actor: Actor, at: datetime | int, stamps: Stamps | None = None) -> CasePage:
    """Everything the case page shows to this actor, by id or number; NoSuchCase behind the wall, Refused with
    why not."""
    seen = sight(actor, at, stamps)
    now, titles = seen.now, seen.titles
    row = _page_row(case_id, seen.scope)
    member = member_of(row[:MEMBER_SIZE], lines.calendar())
    raw = row[MEMBER_SIZE:]
    why_not = may(seen.grants, actor, _subject(raw), now // 86400, "see", seen.name)
    if not why_not and actor.id not in member.case.parties.values():
        raise Refused([why_not.why])
    why = why_not.why if why_not else Say("这件由您本人办理。", "This case is yours to act on.")
    case = caught_up(member, now)
    persons = {pk: Say(zh, en or zh) for pk, (zh, en) in orjson.loads(raw[30] or "{}").items()}
    viewer = Viewer(actor, now, titles.known, persons)
    hidden = hidden_parties(case, actor.unit)
    kept = reserved(member, actor.unit)
    docs = open_docs(_docs(raw[27], member, case.line), kept)
    shown = hide(case, hidden)
    clocks = show_clocks(case, now)
    good, bad = show_choices(member, case, viewer)
    return CasePage(
        head=_head_now(raw, titles, now, case, member),
        folded=shown,
        line=case.line,
        clocks=clocks,
        main=main_of(case, clocks),
        holdings=show_holdings(case, titles.known.names, now),
        bill=bill(case, lines.calendar(), now),
        steps=show_steps(member, viewer, docs, hidden, kept),
        allowed=good,
        refused=bad,
        documents=docs,
        children=tuple(_relative(one, titles) for one in orjson.loads(raw[28] or "[]") if _shown(one, seen)),
        parent=_relative(up, titles)
        if (up := orjson.loads(raw[29] or "null")) and _shown(up, seen)
        else None,
        contact=masked(raw[26]),
        duty=_duty(member, titles, now // 86400),
        why=why,
        measured=measure(case, member.events, now),
        near=_near(member, raw, now, seen.scope) if any(one.name == "join" for one in good) else (),
        joined=tuple(orjson.loads(raw[31] or "[]")),
        again=again_of(member),
        issued=raw[32],
        ground=titles.ground,
        sent_back=sent_back(replace_case(member, case), titles.known, now // 86400),
        gone=tuple(deletions(member.events)),
        said={
            key: value
            for seq, event in enumerate(member.events, 1)
            if seq not in kept
            for key, value in event.data.items()
        },
    )


def _near(member: Member, raw: Sequence[Any], now: int, scope: str) -> tuple[Near, ...]:
    lon, lat = raw[18], raw[19]
    if lon is None:
        return ()
    return tuple(
        near(member.line, member.case.matter, member.street, lon, lat, now, but=member.id, scope=scope)
    )


def _duty(member: Member, titles: Titles, day: int) -> Duty | None:
    if not (member.cell and member.case.matter):
        return None
    answer, options = who_must(member, titles.known, sent_on(member) or day)
    names = titles.known.names
    return Duty(
        answer,
        tuple(names.get(unit, Say(unit, unit)) for unit in answer.takers),
        tuple((names.get(one.unit, Say(one.unit, one.unit)), one) for one in options),
    )


def sent_on(member: Member) -> int | None:
    """The Day it was given to whoever handles it: the duty list of that day is the one it stands on."""
    case = member.case
    given = max((times[-1] for name in ("dispatch", "rule") if (times := case.times.get(name))), default=None)
    undecided = (
        case.state in case.line.actions["dispatch"].states if "dispatch" in case.line.actions else True
    )
    return None if given is None or undecided else given // 86400


def _page_row(wanted: int | str, scope: str) -> Sequence[Any]:
    column, kind = ("id", "bigint") if isinstance(wanted, int) else ("number", "varchar")
    rows = wall.ask(wall.planned(f"{PAGE_SQL} c.{column} = %s", kind), [wanted], scope)
    if not rows:
        raise NoSuchCase(f"no case {wanted}")
    return rows[0]


def _subject(raw: Sequence[Any]) -> Subject:
    return Subject(
        line=raw[2], matter=raw[4], street=raw[23], community=raw[22], holder=raw[9], units=tuple(raw[10])
    )


def _head_now(raw: Sequence[Any], titles: Titles, now: int, case: Case, member: Member) -> Head:
    """The head with what has happened by itself since the row was written."""
    head = head_of(raw, titles, now, case, raised_title(case.parties.get(RAISED), titles), member.data)
    if case is member.case:
        return head
    fresh = project(case, lines.calendar(), now)
    return replace(
        head, state=fresh.state, state_title=state_title(case.line, fresh.state),
        outcome=fresh.outcome, final=fresh.final, holder=fresh.holder,
        holder_title=holder_title(fresh.holder, case, titles.known.names), due_at=maybe(fresh.due),
        plain_due_at=maybe(fresh.plain), stopped=fresh.stopped, late=fresh.late, closed_at=maybe(fresh.closed),
        group=group_of(fresh.due, fresh.stopped, fresh.final, now),
    )  # fmt: skip


def _docs(text: str | None, member: Member, line: Line) -> list[Doc]:
    found = []
    rows = [(*row[:-1], to_datetime(row[-1])) for row in orjson.loads(text or "[]")]
    called = materials.titles(line, member.case.matter, ((row[2], row[-1]) for row in rows))
    for pk, seq, kind, name, mime, size, digest, personal, taken, server in rows:
        found.append(
            Doc(
                pk, seq, kind, called[kind, server], name, mime, size, digest, doc_url(pk), maybe(taken),
                server, personal,
            )
        )  # fmt: skip
    return found


def doc_url(pk: int) -> str:
    try:
        return reverse("cases:document", args=[pk])
    except NoReverseMatch:
        return f"/documents/{pk}"


def _shown(row: Sequence[Any], seen: Sight) -> bool:
    """Whether the reader's grants reach a relative of a case: the wall is open to whoever sees one line everywhere."""
    if seen.scope != wall.ALL:
        return True
    units = tuple(value for value in row[7].values() if is_unit(value))
    return bool(may(seen.grants, seen.actor, Subject(row[2], units=units), seen.now // 86400))


def _relative(row: Sequence[Any], titles: Titles) -> ChildRow:
    pk, number, code, version, state, final, outcome, parties, holder, due, late, stopped, matter = row
    line = lines.exact(code, version)
    body = next(
        (v for p in ("body", "helper", "handler", "agency", "lead") if is_unit(v := str(parties.get(p, "")))),
        holder,
    )
    return ChildRow(
        pk, number, code, matter_title(line, matter) if matter else line.title, body, titles.known.names.get(body) or Say(body, body),
        state_title(line, state), final, outcome, maybe(due), late, stopped,
    )  # fmt: skip


def track(number: str, code: str, at: datetime | int) -> Tracked:
    """What the bearer of number and code sees; NoSuchCase for a wrong pair. Pages ask `actions.look_up` first,
    which counts wrong codes."""
    wanted = number.strip().upper()[:32]
    found = wall.ask("select cases_track(%s, %s)", [wanted, lookup.hash_of(wanted, code)], "")[0][0]
    if found is None:
        raise NoSuchCase("number and code do not belong together")
    return tracked(int(found), at)


def tracked(case_id: int, at: datetime | int) -> Tracked:
    """The same for a case whose number and code were checked before (kept in the session)."""
    now = to_instant(at)
    row = _page_row(case_id, f"case:{case_id}")
    member, titles = member_of(row[:MEMBER_SIZE], lines.calendar()), Titles()
    raw = row[MEMBER_SIZE:]
    case = caught_up(member, now)
    me = bearer_of(member)
    viewer = Viewer(Actor(me), now, titles.known, {})
    kept = reserved(member, "")
    docs = open_docs(_docs(raw[27], member, case.line), kept)
    clocks = show_clocks(case, now)
    good, _ = show_choices(member, case, viewer)
    hidden = frozenset(draw.sets for draw in case.line.draws.values() if not case.final)
    return Tracked(
        head=_head_now(raw, titles, now, case, member),
        clocks=clocks,
        main=main_of(case, clocks),
        holdings=show_holdings(case, titles.known.names, now),
        bill=bill(case, lines.calendar(), now),
        steps=show_steps(member, viewer, docs, hidden, kept),
        documents=docs,
        allowed=good,
        by=me,
        measured=measure(case, member.events, now),
        main_case=_main_case(member) if case.state == JOINED else None,
        split_off=tuple(split_off(member)),
        part_of=str(member.data.get("part_of", "")),
        parts=parts_of(replace_case(member, case), now),
        whole=number_of_whole(member),
        issued=raw[32],
        ground=titles.ground,
        gone=tuple(deletions(member.events)),
    )


def _main_case(member: Member) -> Published | None:
    """The case a report was joined to, as everybody may see it."""
    main = main_of_report(member)
    found = published(Wanted(member.line.code, numbers=[main[1]]), 1) if main else []
    return found[0] if found else None


def search(actor: Actor, text: str, at: datetime | int) -> Head | None:
    """The case with this number that the actor may see, None if there is none."""
    seen = sight(actor, at)
    condition = seen.condition
    rows = wall.ask(
        f"select {HEAD} from cases_case c where c.number = %s and ({condition.sql})",
        [text.strip().upper()[:32], *condition.params],
        seen.scope,
    )
    return head_of(rows[0], seen.titles, seen.now) if rows else None


def stuck(limit: int = 50) -> list[tuple[int, str, str, int, datetime]]:
    """Clocks that could not act, letters that could not be written and pictures that could not be copied: (case, number,
    error, tries, next try)."""
    rows = wall.ask(
        "select s.case_id, c.number, s.error, s.tries, s.again_at from (select case_id, error, tries, again_at "
        "from cases_stuck union all select case_id, error, tries, again_at from cases_owed where tries > 0 union all "
        "select d.case_id, u.error, u.tries, u.again_at from cases_undeveloped u join cases_document d on d.id = u.document_id "
        "where u.tries > 0) s "
        "join cases_case c on c.id = s.case_id order by s.tries desc, s.case_id limit %s",
        [limit],
        wall.SYSTEM,
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
