"""Words of a closed case are deleted: it still folds, verifies and is read again at night; nothing else can be emptied."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, connection, transaction

from bihuan import lines
from bihuan.cases import actions, fsck, receipts, sealed, wall
from bihuan.cases.actions.shred import shred
from bihuan.cases.edge import to_datetime
from bihuan.cases.family import fold_case
from bihuan.cases.gone import GROUNDS, deletions, emptied
from bihuan.cases.mains import members
from bihuan.cases.models import Case, Contact, Document, Event, Key
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import Opened, Refused, Upload
from bihuan.cases.tests.conftest import District, upload
from bihuan.cases.tests.scenes import jpeg, scene
from bihuan.core.line.parts import SHREDDED
from bihuan.core.log import receipt as receipt_files
from bihuan.core.log.entry import DELETION
from bihuan.core.tests.log import programs
from bihuan.core.time.instant import at
from bihuan.record.models import Audit, Outbox, Shred
from bihuan.record.tests.office import Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)
LATER = at("2026-10-14 10:00")
WORD = "KANARIE王小明的院子"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return make_office(tmp_path / "record")


def closed(district: District, office: Office, **given: Any) -> Opened:
    """A report with words, a picture and a contact, refused by the acceptor: the shortest life there is."""
    case = district.report(
        data={"what": WORD}, contact={"name": "演示居民", "phone": "13900007777"}, key="k1",
        files=[Upload("evidence:report", "a.jpg", jpeg(scene(3)))], **given,
    )  # fmt: skip
    district.do(case.case, "note", "shouli", "2026-10-12 09:03", text="演示居民打来问过")
    district.do(case.case, "drop", "shouli", "2026-10-12 09:05", reason="不是城管的事")
    settle(office)
    return case


def settle(office: Office) -> None:
    """In the evening every letter is written, every picture copied, and every entry has its place."""
    actions.write_owed(at("2026-10-12 18:00"))
    actions.develop(at("2026-10-12 18:00"))
    office.keeper().turn(to_datetime(at("2026-10-12 18:00")))


def wrong(office: Office) -> list[str]:
    office.keeper().turn(to_datetime(LATER))
    done = sealed.watch(office.folder.parent, to_datetime(LATER))
    return [f"{row} {zh}" for row, zh, _ in done.found]


def differences() -> list[fsck.Difference]:
    return list(fsck.check(LATER, fsck.Tally()))


def delete(case: int, **more: Any) -> Any:
    return shred(case, ground="request", by="7", unit="nk.jiandu", at=LATER, **more)


def folded(case: int) -> Any:
    """What the case amounts to, without the notice of deletion itself."""
    (member,) = members([case])
    events = [one for one in member.events if one.name != SHREDDED]
    return fold_case(member.line, events, lines.calendar(), member.id, member.case.matter, None)


def test_words_files_and_contact_go_and_everything_else_stays(
    real_district: District, office: Office
) -> None:
    case = closed(real_district, office)
    with wall.open_to(wall.SYSTEM):
        row = Case.objects.get(pk=case.case)
        was = {
            name: getattr(row, name)
            for name in ("state", "outcome", "final", "parties", "units", "cell", "opened_at", "closed_at")
        }
        files = [path for one in Document.objects.all() for path in (one.file, one.original) if path]
    before = folded(case.case)
    assert files and all(default_storage.exists(path) for path in files)
    done = delete(case.case, request="SC1")
    assert (done.steps, done.cases) == (2, 1)
    assert folded(case.case) == before
    with wall.open_to(wall.SYSTEM):
        row = Case.objects.get(pk=case.case)
        assert {name: getattr(row, name) for name in was} == was
        assert (row.title, row.lon, row.lat) == ("", None, None)
        contact = Contact.objects.get(case=row)
        assert (contact.name, contact.phone, contact.data) == ("", "", {})
        assert not Document.objects.exclude(file="").exists()
        assert Key.objects.get().request_hash == ""
        words = list(Event.objects.filter(case=row).order_by("seq").values_list("name", "data"))
    assert [name for name, _ in words] == ["report", "note", "drop", SHREDDED]
    assert words[0][1] == {"centre": "nk.jiandu", "command": "nk.zhihui"}
    assert words[1][1] == {}  # an official's note that names the person
    assert words[2][1] == {"reason": "不是城管的事"}  # what was decided, and why, stays
    assert not any(default_storage.exists(path) for path in files)
    assert wrong(office) == [] and differences() == []


def test_the_notice_is_an_entry_of_kind_five_with_the_places_of_the_old_entries(
    real_district: District, office: Office
) -> None:
    case = closed(real_district, office)
    places = [receipts.place_of(case.case, seq) for seq in (1, 2)]
    delete(case.case, request="SC1")
    assert wrong(office) == []
    text = receipts.receipt(case.case, 4)
    assert text is not None
    entry, opened = receipt_files.read_extra(receipt_files.read(text.encode()).extra)
    assert entry.kind == DELETION and opened is not None
    said = orjson.loads(opened.groups[0].data)["shredded"]
    assert (said["ground"], said["law"], said["request"]) == ("request", "个人信息保护法§47", "SC1")
    assert [(one["seq"], one["part"], one["entry"]) for one in said["steps"]] == [
        (1, 2, places[0]),
        (2, 1, places[1]),
    ]
    step = tracked(case.case, LATER).steps[-1]
    assert step.title == "个人信息已删除" and "本人请求" in str(step.data[0][1])


def test_receipts_from_before_verify_and_new_ones_are_closed_where_words_were(
    real_district: District, office: Office
) -> None:
    from bihuan.core.log.proof import verify

    case = closed(real_district, office)
    old = receipts.receipt(case.case, 1)
    delete(case.case)
    assert wrong(office) == []
    new = receipts.receipt(case.case, 1)
    assert old is not None and new is not None and WORD in str(orjson.loads(_groups(old)[2].data))
    assert (
        _groups(new)[2].closed and not _groups(new)[2].data and _groups(new)[0].data == _groups(old)[0].data
    )
    for text in (old, new):
        verify(text.encode(), office.trusted)
    with wall.open_to(wall.SYSTEM):
        salts = bytes(Outbox.objects.get(event_id=Event.objects.get(case=case.case, seq=1).pk).salts or b"")
    assert salts[64:] == bytes(32) and salts[:64].strip(b"\0")


@pytest.mark.parametrize("language", ["python", "go"])
def test_other_programs_take_receipts_from_before_and_after_and_the_notice(
    real_district: District, office: Office, tmp_path: Path, language: str
) -> None:
    """So does the script in the browser (tests/journeys/test_receipt.py)."""
    case = closed(real_district, office)
    old = receipts.receipt(case.case, 1)
    delete(case.case)
    assert wrong(office) == []
    new = {seq: str(receipts.receipt(case.case, seq)) for seq in (1, 2, 4)}
    spoiled = [text.replace("index ", "index 1", 1) for text in (str(old), *new.values())]
    spoiled.append(new[1].replace("extra ", "extra A", 1))
    for n, text in enumerate([str(old), *new.values(), *spoiled]):
        (tmp_path / f"{n}").write_text(text, newline="")
    program, good = (programs.in_python(), "成立") if language == "python" else (programs.in_go(tmp_path), "good ")  # fmt: skip

    def judge(*names: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, office.folder / "policy", *names], cwd=tmp_path, capture_output=True, text=True
        )

    done = judge("0", "1", "2", "3")
    assert done.returncode == 0 and done.stdout.count(good) == 4, done.stdout + done.stderr
    for n in range(4, 9):
        bad = judge(f"{n}")
        assert bad.returncode == 1 and good not in bad.stdout.splitlines()[0][: len(good)], bad.stdout
    if language == "python":  # the only one of the two that prints what a receipt opens
        assert WORD in judge("0").stdout and WORD not in judge("1", "2", "3").stdout


def _groups(text: str) -> Any:
    _, opened = receipt_files.read_extra(receipt_files.read(text.encode()).extra)
    assert opened is not None
    return opened.groups


def test_nothing_more_is_done_on_it_and_what_still_runs_is_refused(
    real_district: District, office: Office
) -> None:
    case = real_district.report()
    with pytest.raises(Refused, match="还在办"):
        delete(case.case)
    case = closed(real_district, office)
    delete(case.case)
    with pytest.raises(Refused, match="已经依法删除"):
        real_district.do(case.case, "note", "shouli", "2026-10-14 11:00", text="又来问")
    again = delete(case.case)
    assert again.steps == 0
    (gone,) = deletions(members([case.case])[0].events)
    assert (gone.ground, gone.steps) == (GROUNDS["request"], 2)


def test_one_step_put_right_while_the_case_runs(real_district: District, office: Office) -> None:
    case = real_district.report()
    real_district.do(case.case, "note", "shouli", "2026-10-12 09:03", text="电话 13900007777")
    settle(office)
    done = shred(case.case, ground="correction", by="7", unit="nk.jiandu", at=LATER, only=[2])
    assert done.steps == 1
    real_district.do(case.case, "note", "shouli", "2026-10-14 11:00", text="电话已更正")
    assert wrong(office) == [] and differences() == []
    assert tracked(case.case, LATER).head.title == "东门口垃圾桶满了"


def test_what_was_said_through_a_joined_report_goes_from_the_main_case_too(
    real_district: District, office: Office
) -> None:
    first = real_district.dispatched()
    second = closed_by_joining(real_district, first.number)
    real_district.do(first.case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
    checker = members([first.case])[0].case.parties["checker"]
    who = next(name for name in ("hecha", "hecha2") if real_district.id(name) == checker)
    real_district.do(first.case, "check_ok", who, "2026-10-12 10:10", files=["check"])
    actions.act(second.case, "not_fixed", by=f"r:{second.number}", unit="", at=at("2026-10-12 11:00"),
                data={"text": WORD}, files=[upload("evidence:reopen", 77)])  # fmt: skip
    settle(office)
    done = delete(second.case)
    assert done.cases == 2
    main = members([first.case])[0]
    assert not main.case.final and main.events[-1].name == SHREDDED
    assert WORD not in str([one.data for one in main.events])
    assert main.events[0].data["what"] == "东门口垃圾桶满了"  # the main case itself is somebody else's
    assert wrong(office) == [] and differences() == []


def closed_by_joining(district: District, main: str) -> Opened:
    second = district.report("2026-10-12 09:10", data={"what": "也是那个桶"})
    district.do(second.case, "join", "shouli", "2026-10-12 09:20", main=main)
    return second


EDITS = (
    "update cases_event set data = '{}' where seq = 1",
    'update cases_event set data = \'{"centre": "x"}\' where seq = 1',
    "update cases_event set by = 'x' where seq = 1",
    "update record_outbox set digest = 'x'",
    "update record_outbox set salts = decode(repeat('00', 96), 'hex')",
    "update cases_document set name = ''",
    "update cases_print set prints = '{}'",
    "delete from cases_event",
    "update record_shred set part = 1",
)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("when", ["never", "earlier"])
def test_nothing_else_can_be_emptied(real_district: District, office: Office, edit: str, when: str) -> None:
    case = closed(real_district, office)
    if when == "earlier":
        delete(case.case)
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        wall.set_scope(wall.SYSTEM)
        with connection.cursor() as cursor:
            cursor.execute(edit)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ("update cases_event set data = data || '{\"x\": 1}' where seq = 1", "append-only"),
        ('update cases_event set data = \'{"centre": "nk.cgw"}\' where seq = 1', "append-only"),
        ("update cases_event set unit = 'x' where seq = 1", "permission denied|append-only"),
        ("update cases_event set data = '{}' where seq = 2", "append-only"),
        (
            "update record_outbox set salts = decode(repeat('00', 96), 'hex') where event_id = {event}",
            "append-only",
        ),
        ("update cases_event set data = '{}' where seq = 1", "without a notice"),
    ],
)
def test_a_row_of_what_was_kept_opens_one_event_for_emptying_and_wants_its_notice(
    real_district: District, office: Office, edit: str, why: str
) -> None:
    case = closed(real_district, office)
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case, seq=1).pk
    with pytest.raises((DatabaseError, IntegrityError), match=why), transaction.atomic():
        wall.set_scope(wall.SYSTEM)
        Shred.objects.create(event_id=event, case_id=case.case, part=2, kept=bytes(32))
        with connection.cursor() as cursor:
            cursor.execute(edit.replace("{event}", str(event)))


AFTERWARDS = (
    ("cases_event", "data", 'data || \'{"centre": "nk.cgw"}\'', "seq = 1"),
    ("cases_event", "by", "'x'", "seq = 1"),
    ("cases_event", "data", 'data || \'{"ground": "retention"}\'', "name = 'shredded'"),
    ("cases_event", "data", "jsonb_set(data, '{steps,0,left}', '\"0\"')", "name = 'shredded'"),
    ("record_outbox", "digest", "md5(digest) || md5(digest)", "event_id = {event}"),
    ("record_outbox", "salts", "set_byte(salts, 3, 9)", "event_id = {event}"),
    ("record_shred", "kept", "set_byte(kept, 3, get_byte(kept, 3) # 1)", "event_id = {event}"),
    ("record_shred", "part", "1", "event_id = {event}"),
    ("record_shred", None, "", "event_id = {event}"),
    ("cases_event", None, "", "name = 'shredded'"),
)


@pytest.fixture
def unguarded(real_district: District, owner: psycopg.Connection) -> Any:
    tables = ("cases_event", "record_outbox", "record_shred")
    for table in tables:
        owner.execute(f"alter table {table} disable trigger user")
    yield owner
    for table in tables:
        owner.execute(f"alter table {table} enable trigger user")


@pytest.mark.parametrize("edit", AFTERWARDS, ids=lambda edit: f"{edit[0]} {edit[1]} {edit[3]}")
def test_an_edit_after_the_deletion_is_named(
    real_district: District,
    office: Office,
    unguarded: psycopg.Connection,
    edit: tuple[str, str | None, str, str],
) -> None:
    case = closed(real_district, office)
    unguarded.execute("alter table cases_event enable trigger user")
    for table in ("record_outbox", "record_shred"):
        unguarded.execute(f"alter table {table} enable trigger user")
    delete(case.case)
    assert wrong(office) == []
    table, column, value, where = edit
    unguarded.execute(f"alter table {table} disable trigger user")
    first, last = (
        row[0]
        for row in unguarded.execute("select id from cases_event where seq in (1, 4) order by seq").fetchall()
    )
    where = where.replace("{event}", str(first))
    unguarded.execute(
        f"delete from {table} where {where}"
        if column is None
        else f"update {table} set {column} = {value} where {where}"
    )
    said = wrong(office)
    assert any(f"cases_event {first} " in row or f"cases_event {last}" in row for row in said), said


def test_an_event_emptied_without_a_notice_is_named(
    real_district: District, office: Office, unguarded: psycopg.Connection
) -> None:
    """Whoever owns the tables empties a row, its salt and its digest, and writes a row of what was kept."""
    from bihuan.cases.rows import seal

    case = closed(real_district, office)
    (member,) = members([case.case])
    event = member.events[0]
    stays = emptied(member.line, event)
    bare = type(event)(event.name, event.at, event.by, event.unit, stays, event.effective, event.role)
    pk = unguarded.execute("select id from cases_event where seq = 1").fetchone()[0]  # type: ignore[index]
    unguarded.execute("update cases_event set data = %s where id = %s", [orjson.dumps(stays).decode(), pk])
    unguarded.execute(
        "update record_outbox set digest = %s, salts = overlay(salts placing decode(repeat('00', 32), 'hex') from 65)"
        " where event_id = %s", [seal(case.number, 1, bare), pk],
    )  # fmt: skip
    assert [row.split(" ", 5)[5] for row in wrong(office)] == [
        "内容被抹掉了，公开记录里没有与它相符的删除说明"
    ]
    unguarded.execute(
        "insert into record_shred (event_id, case_id, part, kept, txid) values (%s, %s, 2, decode(repeat('00', 32), 'hex'), 0)",
        [pk, case.case],
    )
    assert "内容被抹掉了，公开记录里没有与它相符的删除说明" in wrong(office)[0]


def test_every_deletion_is_a_row_of_the_audit_and_without_it_nothing_is_deleted(
    real_district: District, office: Office, owner: psycopg.Connection
) -> None:
    case = closed(real_district, office)
    before = Audit.objects.count()
    owner.execute("revoke insert on record_audit from bihuan_app")
    try:
        with pytest.raises(DatabaseError):
            delete(case.case)
    finally:
        owner.execute("grant insert on record_audit to bihuan_app")
    assert WORD in str(members([case.case])[0].events[0].data)
    delete(case.case)
    (row,) = Audit.objects.order_by("id")[before:]
    assert (row.kind, row.by, row.unit, row.about) == ("delete", "7", "nk.jiandu", case.number)
    assert WORD not in str(row.said)
