"""All writes of cases: `open_case` and `act`, what clocks do by themselves (`tick`), readings of personal data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db import IntegrityError, connection, transaction

from bihuan import lines
from bihuan.cases import intake, lookup, mains, wall
from bihuan.cases.actions.letters import close_wall, save_files, tell_joined, write_letters, write_owed
from bihuan.cases.actions.misses import count_miss, want_patience
from bihuan.cases.actions.papers import follow, issue_missing
from bihuan.cases.actions.parts import name_papers, share
from bihuan.cases.actions.pictures import develop
from bihuan.cases.actions.reading import note_opened, reveal
from bihuan.cases.again import done_before, lock_parent, opened_before
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.family import (
    Family,
    Member,
    begin_family,
    find_key,
    lock_family,
    new_member,
    not_before,
    provisional,
    stored_due,
    waking,
)
from bihuan.cases.happen import append, append_due, go_on, number_of, perform
from bihuan.cases.letters import letters_of
from bihuan.cases.models import Contact, Owed, Stuck, Undeveloped
from bihuan.cases.project import Projection, project
from bihuan.cases.proxy import want_apart
from bihuan.cases.receive import (
    name_resident,
    open_files,
    request_hash,
    ruling_row,
    split_contact,
    title_of,
    want_action,
    want_answers,
    want_files,
    want_in_force,
    want_matter,
    want_place,
    want_units,
)
from bihuan.cases.rows import Kept, Writes, move_sql
from bihuan.cases.shapes import NoSuchCase, Opened, Refused, Upload, Written, put_off
from bihuan.core.case.fold import Actor, Event
from bihuan.core.case.refuse import NO_ASK, Ask
from bihuan.core.line.titles import moment_text
from bihuan.core.time.instant import text as text_of
from bihuan.lines.papers import touches
from bihuan.people import actions as people_actions
from bihuan.people import queries as people

__all__ = [
    "act", "develop", "issue_missing", "look_up", "note_opened", "open_case", "redate", "repair", "retry", "reveal", "split_off", "tell_joined", "tick", "write_letters", "write_owed",
]  # fmt: skip
log = structlog.get_logger(__name__)
PATIENCE = 120  # seconds a request may have waited for the lock while somebody else wrote


def open_case(
    line: str,
    matter: str,
    *,
    by: str | None,
    unit: str,
    at: datetime | int,
    data: Mapping[str, Any],
    place: Mapping[str, Any] | None = None,
    title: str = "",
    contact: Mapping[str, str] | None = None,
    files: Sequence[Upload] = (),
    key: str | None = None,
    parent: int | None = None,
    answers: Ask = NO_ASK,
) -> Opened:
    """Open a case by its line's opening action. Raises BadInput and Refused.

    `by` None is a resident without an account; `place` is {lon, lat, datum}; `parent` links it to another one whose
    clocks do not wait for it; `answers` are to questions of rules.py that only the caller can answer."""
    moment = to_instant(at)
    day = moment // 86400
    text = lines.at(line, day)
    name = text.opens_with
    plain, personal = want_answers(text, data, day)
    code = want_matter(text, matter, day)
    where, point = want_place(text, name, place)
    opened = open_files(files)
    taken = want_files(text, name, opened, code)
    wanted = request_hash(line, matter, by, unit, data, place, title, contact, opened) if key else ""
    want_apart(text, name, plain, personal, taken)
    heading = title_of(text, title, plain)
    if point:
        plain["place"] = point.pop("given")
    try:
        with transaction.atomic():
            begun = None if parent is None else lock_parent(parent, by or "", unit, day, key)
            family = begun or begin_family(by=by or "", unit=unit, day=day, key=key, ids=1)
            if family.key:
                close_wall(family)
                return opened_before(family.key, wanted)
            want_units(text, name, plain, family.change)
            pk = family.ids[0]
            number = number_of(text, moment, pk)
            name_resident(text, plain, number)
            member = new_member(
                pk, number, text, code, family.members.get(parent or 0), heading, where, plain
            )
            member.new = point | {"lookup_hash": lookup.hash_of(number, lookup.code_of(number))}
            family.members[pk], member.answers = member, answers
            actor = Actor(by or lookup.resident(number), unit, family.posts)
            effective = intake.moment_of(text, name, plain, moment)
            seq = perform(family, member, name, actor, moment, plain, effective, taken)
            store(family, moment, Kept(member, seq, key, wanted, taken, split_contact(personal, contact)))
    except IntegrityError as error:
        if key is None or "cases_key" not in str(error):
            raise
        return opened_before(find_key(key), wanted)  # the same request came twice at once
    return Opened(pk, number, lookup.code_of(number))


def act(
    case_id: int,
    name: str,
    *,
    by: str,
    unit: str,
    at: datetime | int,
    data: Mapping[str, Any],
    effective: datetime | int | None = None,
    files: Sequence[Upload] = (),
    key: str | None = None,
    answers: Ask = NO_ASK,
) -> Written:
    """Do one action on a case; Refused carries the sentences the page shows, BadInput the fields. `answers` are to
    questions of rules.py that only the caller can answer."""
    moment = to_instant(at)
    opened = open_files(files)
    wanted = request_hash(case_id, name, by, unit, data, effective, opened) if key else ""
    with transaction.atomic():
        family = lock_family(case_id, lines.calendar(), by=by, unit=unit, day=moment // 86400, key=key)
        assert family is not None
        member = family.members[case_id]
        member.answers = answers
        if family.key:
            close_wall(family)
            return done_before(family, member, wanted)
        moment = not_before(member, moment, PATIENCE)
        before = family.mark() if append_due(family, moment) else None
        text = member.case.line
        want_action(text, name)
        plain, personal = intake.clean(text, name, data)
        want_units(text, name, plain, family.change)
        want_in_force(member, name, plain | personal, moment // 86400)
        taken = want_files(text, name, opened, member.case.matter)
        lawful = (
            to_instant(effective) if effective is not None else intake.moment_of(text, name, plain, moment)
        )
        actor = Actor(by, unit, family.posts)
        try:
            seq = perform(family, member, name, actor, moment, plain, lawful, taken)
            go_on(family, member, name, actor, moment, plain)
            amend_duties(member, name, moment, plain)
        except Refused as refused:
            reasons = refused.reasons
            if before:  # what happened by itself stays, whoever came first
                family.go_back(before)
                store(family, moment, None)
        else:
            contact = split_contact(personal, None)
            written = store(family, moment, Kept(member, seq, key, wanted, taken, contact))
            push_main(member, name, moment, plain, files)
            return written  # type: ignore[return-value]
    raise Refused(reasons)


def split_off(
    case_id: int,
    matter: str,
    *,
    by: str,
    unit: str,
    at: datetime | int,
    data: Mapping[str, Any],
    place: Mapping[str, Any] | None = None,
    files: Sequence[Upload] = (),
    key: str,
) -> Opened:
    """Take one problem out of a report that tells several: a case of its own, dated from when the report was told, of
    the same reporter, who follows it with the number of the report too. Refused leaves neither behind."""
    with transaction.atomic():
        family = lock_family(case_id, lines.calendar())
        assert family is not None
        told = family.members[case_id]
        first = told.events[0]
        theirs = first.by.startswith("r:")
        known = Contact.objects.filter(case=case_id).first()  # goes along with the case, read by nobody
        opened = open_case(
            told.line.code, matter, by=None if theirs else first.by, unit=first.unit, at=at, place=place, files=files,
            data=dict(data) | {"part_of": told.number, "told": text_of(first.effective)}, key=key,
            contact={"name": known.name, "phone": known.phone} if known else None,
        )  # fmt: skip
        act(case_id, "split", by=by, unit=unit, at=at, data={"into": opened.number}, key=f"{key}:split")
        close_wall(family)
    return opened


def push_main(member: Member, name: str, at: int, plain: Mapping[str, Any], files: Sequence[Upload]) -> None:
    """What the reporter of a joined report says moves the main case too, in the same transaction."""
    onto, found = member.case.line.actions[name].onto, mains.main_of(member)
    if onto and found:
        said = dict(plain) | {"text": f"（{member.number}）{plain['text']}"}
        act(found[0], onto, by="joined", unit="", at=at, data=said, files=files)


def amend_duties(member: Member, name: str, moment: int, plain: Mapping[str, Any]) -> None:
    """A ruling that speaks for more than its own case adds a row to the duty list, from the next day on."""
    action = member.case.line.actions[name]
    if not action.amends or not plain.get(action.amends):
        return
    row = ruling_row(member, action, moment, plain)
    people_actions.amend_duty(
        row["unit"], member.case.line.code, member.case.matter, row["area"],
        since=people.to_date(moment // 86400 + 1), basis=row["basis"],
    )  # fmt: skip


def tick(at: datetime | int, limit: int = 200) -> int:
    """Let clocks act: cases whose wake has come, oldest first; how many were looked at.

    A case that fails is written down in `Stuck`, tried again later, and holds up nobody else.
    """
    moment = to_instant(at)
    found = waking(moment, limit)
    for pk, was_stuck in found:
        try:
            with transaction.atomic():
                family = lock_family(pk, lines.calendar(), skip=True)
                if family is None:
                    continue  # somebody is at it, and appends what is due
                append_due(family, moment)
                store(family, moment, None, all_rows=True)
            if was_stuck:
                Stuck.objects.filter(case_id=pk).delete()
        except Exception as error:  # one broken case must not stop all other clocks: it is written down
            _write_down(pk, error, moment)
    return len(found)


def redate(at: datetime | int) -> int:
    """After a year's calendar was published: recompute live provisional cases; each changed date is an event."""
    moment, changed = to_instant(at), 0
    for pk in provisional():
        with transaction.atomic():
            family = lock_family(pk, lines.calendar())
            assert family is not None
            append_due(family, moment)
            member = family.members[pk]
            was, now = stored_due(pk), project(member.case, lines.calendar(), moment).due
            if was != now and not member.case.final:
                said = {
                    "was": "" if was is None else moment_text(was),
                    "due": "" if now is None else moment_text(now),
                }
                append(family, member, Event("redated", moment, "clock", "", said))
                changed += 1
            store(family, moment, None, all_rows=True)
    return changed


def repair(found: Mapping[int, Projection]) -> int:
    """Put right the projections that `fsck` found wrong; events are never touched. How many."""
    for pk, right in found.items():
        sql, params = move_sql(pk, right)
        wall.ask(f"{sql} returning 1", params, wall.SYSTEM)
    return len(found)


def retry(case_id: int, at: datetime | int) -> int:
    """Let what is stuck on a case be tried again now instead of later; how many things."""
    now, of = to_datetime(to_instant(at)), {"case_id": case_id, "tries__gt": 0}
    some = sum(model.objects.filter(**of).update(again_at=now) for model in (Stuck, Owed))
    with wall.open_to(wall.SYSTEM):
        pictures = Undeveloped.objects.filter(document__case=case_id, tries__gt=0)
        return some + pictures.update(again_at=now)


def look_up(number: str, code: str, *, source: str, at: datetime | int) -> int:
    """The id of the case that number and code belong to. A wrong pair is NoSuchCase; after ten wrong ones from
    one source within a quarter of an hour it is TooMany."""
    moment = to_instant(at)
    want_patience(source, moment)
    wanted = number.strip().upper()[:32]
    found = wall.ask("select cases_track(%s, %s)", [wanted, lookup.hash_of(wanted, code)], "")[0][0]
    if found is not None:
        return int(found)
    count_miss(source, moment)
    raise NoSuchCase("number and code do not belong together")


def store(family: Family, at: int, kept: Kept | None, *, all_rows: bool = False) -> Written | None:
    """Write every new event with its digest, and the projections, in one statement; letters owed in it too."""
    writes, cal, papers = Writes(), lines.calendar(), []
    name_papers(family, kept)
    for member in family.members.values():
        fresh = member.events[member.stored :]
        if member.new is not None:
            writes.add_case(member, project(member.case, cal, at))
        elif fresh or all_rows:
            writes.move_case(member, project(member.case, cal, at))
        writes.add_events(member, fresh, kept)
        for seq, event in enumerate(fresh, member.stored + 1):
            if event.name in member.case.line.actions and letters_of(member.case.line, event.name):
                writes.add_owed(member.id, seq, at)
            if touches(member.case.line, event.name):
                papers.append((member, seq, event))
    if kept is not None:
        save_files(kept.taken)
        writes.add_kept(kept, at)
    sql, params = writes.statement()
    if sql:
        with connection.cursor() as cursor:
            cursor.execute(wall.planned(sql), params)
    share(family)
    for member, seq, event in papers:
        follow(member, seq, event)
    close_wall(family)
    if kept is None:
        return None
    event = kept.member.events[kept.seq - 1]
    return Written(
        kept.member.id, kept.member.number, kept.seq, event.name, event.at, event.effective, kept.member.case.state,
        writes.digests[kept.member.id, kept.seq],
    )  # fmt: skip


def _write_down(pk: int, error: Exception, moment: int) -> None:
    """Keep the error where people see it."""
    log.error("clock failed", case=pk, error=repr(error))
    with wall.open_to(wall.SYSTEM):
        stuck = Stuck.objects.filter(case_id=pk).first()
        said = put_off(error, stuck.tries if stuck else 0, moment)
        first = said | {"first_at": to_datetime(moment)}
        Stuck.objects.update_or_create(case_id=pk, defaults=said, create_defaults=first)
