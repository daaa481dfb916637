"""Deleting the words of a case (个人信息保护法§47): what residents wrote goes, with the salt that could prove guesses; what
was decided, when and by whom stays, and so does the commitment, so that every receipt still verifies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

import orjson
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q

from bihuan import lines
from bihuan.cases import mains, wall
from bihuan.cases.actions import store
from bihuan.cases.edge import to_date, to_datetime, to_instant
from bihuan.cases.family import Family, Member, lock_family
from bihuan.cases.gone import LAW, NAME, WORDS, emptied, names_them, strings
from bihuan.cases.happen import append
from bihuan.cases.models import Case, Contact, Document, Key, Owed, Print, Stuck, Undeveloped
from bihuan.cases.rows import FILES, LETTER, Whose, bodies, original_path, part_of, seal, whose
from bihuan.cases.shapes import Refused
from bihuan.core.case.fold import Event
from bihuan.core.line.parts import SHREDDED
from bihuan.core.log.entry import PERSONAL, hash_of
from bihuan.core.say import Say
from bihuan.papers import actions as papers
from bihuan.papers import queries as issued
from bihuan.record.actions import note
from bihuan.record.canonical import commitments, overwritten

RUNS = Say("还在办，办结以后才能删除", "It is still running; its words can be deleted once it is closed")
WAITS = Say(
    "有一步还没有排进公开记录，过一分钟再办",
    "One step has no place in the public log yet; try again in a minute",
)
OWES = Say(
    "还有文书没有写完，过几分钟再办", "A letter of it is still to be written; try again in a few minutes"
)
ROWS = f"""select e.seq, e.id, o.salts, l.idx, l.entry, p.id is not null, {FILES}::text, s.id is not null from cases_event e
    left join record_outbox o on o.event_id = e.id left join record_leaf l on l.event_id = e.id
    left join record_pending p on p.event_id = e.id left join record_shred s on s.event_id = e.id
    where e.case_id = %s order by e.seq"""
SHRED = "insert into record_shred (event_id, case_id, part, kept, txid) values (%s, %s, %s, %s, 0)"
EMPTY = "update cases_event set data = %s::jsonb where id = %s"
SEAL = "update record_outbox set digest = %s, salts = %s where event_id = %s"
UNLINK = "update record_key set key = '' where case_id = any(%s)"


class Shredded(NamedTuple):
    """How much went: steps of which words were deleted, files, and how many cases it touched."""

    steps: int
    files: int
    cases: int


@transaction.atomic
def shred(
    case_id: int, *, ground: str, by: str, unit: str, at: datetime | int, law: str = LAW, request: str = "",
    only: Collection[int] = (), whole: bool = False, end: bool = False,
) -> Shredded:  # fmt: skip
    """Delete the words of a case, of its parts and of what was told through it to another; all or nothing.

    `ground` is a key of GROUNDS, `request` the number of the case in which it was decided. With `only` these steps of
    the case alone, which may still run (correction); else everything, which must be closed. With `whole` what officials
    wrote goes too, and every file: a file of the archive is destroyed as one (档案法实施条例§24). With `end`, the end of
    keeping, their keys are destroyed: from then on nobody tells which entries of the log belong together. Refused says
    why not.
    """
    moment = to_instant(at)
    family = lock_family(case_id, lines.calendar())
    assert family is not None
    members = [family.members[case_id]] if only else list(family.members.values())
    if not only:
        want_ended(members, to_date(moment // 86400))
    values = values_of(members)
    notices = [(family, member, empty(member, only, values, whole)) for member in members]
    if not only:
        notices += [
            (theirs, main, empty(main, told_through(main, members), ())) for theirs, main in mains_of(members)
        ]
    said: dict[str, Any] = {"ground": ground, "law": law} | ({"request": request} if request else {})
    keyed = [member for member in members if end and member.key]
    for of, member, gone in notices:
        if gone.steps or member in keyed:
            last = max(moment, member.case.last or moment)
            told = said | {"steps": gone.steps} | ({"key": True} if member in keyed else {})
            append(of, member, Event(SHREDDED, last, by, unit, told))
    for of in reversed(
        list({id(of): of for of, _, _ in notices}.values())
    ):  # the one locked first opened the wall
        store(of, moment, None)
    unlink(keyed)
    done = Shredded(
        sum(len(gone.steps) for _, _, gone in notices), sum(gone.files for _, _, gone in notices),
        sum(bool(gone.steps) for _, _, gone in notices),
    )  # fmt: skip
    about, counted = (
        family.members[case_id].number,
        {"ground": ground, "steps": done.steps, "files": done.files},
    )
    note("delete", by=by, unit=unit, about=about, said=counted, at=to_datetime(moment))
    return done


def unlink(members: Sequence[Member]) -> None:
    """Destroy the keys of cases; their notices, written before, say so."""
    if members:
        with connection.cursor() as cursor:
            cursor.execute(UNLINK, [[member.id for member in members]])


class Emptied(NamedTuple):
    """What the notice says of each step of one case whose words went, and how many files went with them."""

    steps: list[dict[str, Any]]
    files: int


def empty(member: Member, only: Collection[int], values: Collection[str], whole: bool = False) -> Emptied:
    """Empty one case: these steps of it, or, where none are named, everything that holds the person's words; all with
    `whole`."""
    wanted = range(1, member.seq + 1) if whole else only
    steps = list(empty_events(member, wanted, values))
    if not steps:
        return Emptied([], 0)
    files = empty_documents(member, wanted if whole else [step["seq"] for step in steps] if only else None)
    if not only:
        empty_rows(member)
    return Emptied(steps, files)


def want_ended(members: Sequence[Member], day: date) -> None:
    """Refused while anything of it runs, owes a letter or is a certificate in force."""
    if any(not member.case.final for member in members):
        raise Refused([RUNS])
    ids = [member.id for member in members]
    if Owed.objects.filter(case__in=ids).exists():
        raise Refused([OWES])
    for pk in ids:
        for one in issued.of_case(pk, day):
            if one.kind == "certificate" and one.standing.since is None:
                raise Refused([Say(
                    f"{one.title} {one.number} 还有效，证照存续期间要保存", f"{one.title.en} {one.number} is in force and is kept as long as it is"
                )])  # fmt: skip


def values_of(members: Sequence[Member]) -> frozenset[str]:
    """What names the person or is in their own words: looked for in what officials wrote too."""
    named, said = set(), {member.title for member in members}
    for contact in Contact.objects.filter(case__in=[member.id for member in members]):
        named |= {contact.name, contact.phone, *strings(contact.data)}
    for member in members:
        of, line = whose(member), member.case.line
        for event in member.events:
            if part_of(of, event) == PERSONAL:
                said |= {*strings(event.data)} - {*strings(emptied(line, event))}
    named, said = {one.strip() for one in named}, {one.strip() for one in said}
    return frozenset([one for one in named if len(one) >= NAME] + [one for one in said if len(one) >= WORDS])


def empty_events(member: Member, only: Collection[int], values: Collection[str]) -> Iterator[dict[str, Any]]:
    """Empty the events that hold the person's words; what the notice says of each: number, group, digest of what is
    left, place in the log."""
    of = whose(member)
    for seq, pk, salts, idx, entry, waits, files, done in wall.ask(ROWS, [member.id], wall.SYSTEM):
        event = member.events[seq - 1]
        part = part_of(of, event)
        theirs = seq in only if only else part == PERSONAL or names_them(event, values)
        stays = emptied(member.case.line, event)
        if done or not theirs or event.name == SHREDDED or (stays == event.data and seq != 1):
            continue
        if waits:
            raise Refused([WAITS])
        yield shut(of, seq, event, stays, (pk, member.id, part, bytes(salts or b""), idx, entry, files))


def shut(of: Whose, seq: int, event: Event, stays: dict[str, Any], row: tuple[Any, ...]) -> dict[str, Any]:
    """Keep the commitment of the group, then destroy its words and its salt."""
    pk, case, part, salts, idx, entry, files = row
    kept = b""
    if salts:
        kind = hash_of(None if entry is None else bytes(entry))
        kept = commitments(kind, salts, bodies(of, seq, event, orjson.loads(files or "[]")))[part]
    digest = seal(of.number, seq, replace(event, data=stays))
    with connection.cursor() as cursor:
        cursor.execute(SHRED, [pk, case, part, kept])
        cursor.execute(EMPTY, [orjson.dumps(stays).decode(), pk])
        cursor.execute(SEAL, [digest, overwritten(salts, part) if salts else None, pk])
    said = {"seq": seq, "part": part, "left": digest}
    return said if idx is None else said | {"entry": idx}


def empty_documents(member: Member, seqs: Collection[int] | None) -> int:
    """Empty the rows of the person's files and of every letter (of these steps, where they are named), and delete the
    files that no other case has; how many. What was uploaded keeps its digest: the entry names it."""
    of = whose(member)
    personal = {n for n, event in enumerate(member.events, 1) if part_of(of, event) == PERSONAL}
    gone, paths = [], set()
    for one in Document.objects.filter(case=member.id).exclude(file=""):
        letter = one.kind.startswith(LETTER)
        if one.event_seq in seqs if seqs is not None else letter or one.personal or one.event_seq in personal:
            gone.append(one.pk)
            paths |= {one.file, one.original or original_path(one.sha256)}
    rows = Document.objects.filter(pk__in=gone)
    rows.update(
        name="",
        file="",
        original="",
        taken_at=None,
        taken_lon=None,
        taken_lat=None,
        taken_bearing=None,
        camera="",
    )
    rows.filter(kind__startswith=LETTER).update(sha256="")
    Undeveloped.objects.filter(document__in=gone).delete()  # first: it waits for a print that is being made
    Print.objects.filter(document__in=gone).update(prints=[], bands=[])
    transaction.on_commit(lambda: drop_files(paths))
    return len(gone)


def drop_files(paths: Collection[str]) -> None:
    """Delete the files that no row of any case names any more."""
    for path in paths:
        with wall.open_to(wall.SYSTEM):
            kept = Document.objects.filter(Q(file=path) | Q(original=path)).exists()
        if not kept and default_storage.exists(path):
            default_storage.delete(path)


def empty_rows(member: Member) -> None:
    """What stands beside the events: title, opening data, point, contact, request digests, errors, printed papers."""
    line = member.case.line
    stays = emptied(line, Event(line.opens_with, 0, "", data=member.data))
    Case.objects.filter(pk=member.id).update(title="", data=stays, lon=None, lat=None, datum="")
    Contact.objects.filter(case=member.id).update(name="", phone="", data={})
    Key.objects.filter(case=member.id).update(request_hash="")
    Stuck.objects.filter(case=member.id).update(error="")
    papers.forget(member.id)


def mains_of(members: Sequence[Member]) -> Iterator[tuple[Family, Member]]:
    """The cases that these reports are or were joined to, locked: what their reporters said stands there too."""
    own = {member.id for member in members}
    numbers = {str(event.data["main"]) for one in members for event in one.events if event.name == "join"}
    now = [found[0] for one in members if (found := mains.main_of(one)) is not None]
    for pk in sorted({*now, *mains.ids_of(numbers)} - own):
        family = lock_family(pk, lines.calendar())
        assert family is not None
        yield family, family.members[pk]


def told_through(main: Member, members: Sequence[Member]) -> list[int]:
    """The steps of a main case that hold what was said on one of these reports; [0], no step, where there are none."""
    begins = tuple(f"（{member.number}）" for member in members)
    found = [
        n for n, one in enumerate(main.events, 1)
        if one.by == "joined" and str(one.data.get("text", "")).startswith(begins)
    ]  # fmt: skip
    return found or [0]
