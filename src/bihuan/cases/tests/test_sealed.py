"""Whatever row somebody edits behind the product's back, the nightly reading names it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from bihuan.cases import sealed, wall
from bihuan.cases.actions import develop
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Document
from bihuan.cases.tests.conftest import District
from bihuan.core.log.entry import Entry, pack
from bihuan.core.time.instant import at
from bihuan.record.models import Pending, Watch
from bihuan.record.tests.office import Office, make_office

NOW = to_datetime(at("2026-10-12 18:00"))
TABLES = (
    "cases_event", "cases_document", "record_outbox", "record_leaf", "record_tile", "record_checkpoint", "record_key",
)  # fmt: skip
# table, its key, what is changed (None: the row is deleted), and how many such edits of 200
EDITS: tuple[tuple[str, str, str | None, str], ...] = (
    ("cases_event", "id", "by", "'p:999'"),
    ("cases_event", "id", "unit", "unit || 'x'"),
    ("cases_event", "id", "role", "role || 'x'"),
    ("cases_event", "id", "name", "name || 'x'"),
    ("cases_event", "id", "at", "at - interval '1 second'"),
    ("cases_event", "id", "effective", "effective - interval '1 day'"),
    ("cases_event", "id", "data", 'data || \'{"text": "修好了"}\'::jsonb'),
    ("cases_event", "id", "seq", "seq + 1000"),
    ("cases_event", "id", None, ""),
    ("record_outbox", "event_id", "digest", "md5(digest) || md5(digest)"),
    ("record_outbox", "event_id", "salts", "set_byte(salts, 40, get_byte(salts, 40) # 1)"),
    ("record_outbox", "event_id", None, ""),
    ("record_leaf", "idx", "entry", "set_byte(entry, 50, get_byte(entry, 50) # 1)"),
    ("record_leaf", "idx", "event_id", "event_id + 100000"),
    ("record_leaf", "idx", None, ""),
    ("record_tile", "id", "data", "set_byte(data, 77, get_byte(data, 77) # 1)"),
    ("record_tile", "id", None, ""),
    ("record_checkpoint", "size", "root", "set_byte(root, 3, get_byte(root, 3) # 1)"),
    ("record_checkpoint", "size", "note", "replace(note, 'log', 'fog')"),
    ("cases_document", "id", "sha256", "md5(sha256) || md5(sha256)"),
    ("cases_document", "id", "kind", "kind || 'x'"),
    ("cases_document", "id", None, ""),
    ("record_key", "case_id", "key", "set_byte(key, 3, get_byte(key, 3) # 1)"),
    ("record_key", "case_id", "key", "''"),
    ("record_key", "case_id", None, ""),
    ("cases_case", "id", "number", "number || 'X'"),
    ("cases_case", "id", "matter", "''"),
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A log whose policy lies where the product looks for it."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return make_office(tmp_path / "record")


@pytest.fixture
def unguarded(real_district: District, owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    for table in TABLES:
        owner.execute(f"alter table {table} disable trigger user")
    yield owner
    for table in TABLES:
        owner.execute(f"alter table {table} enable trigger user")


@pytest.fixture
def filled(real_district: District, office: Office) -> Path:
    """Two cases with their files, two without, and 500 entries of others, published in two parts."""
    chance, keeper = random.Random(1), office.keeper()
    for begin in (real_district.dispatched, lambda day: real_district.report(f"{day} 11:00")):
        for day in (12, 13):
            begin(f"2026-10-{day}")
        Pending.objects.bulk_create(
            Pending(entry=pack(Entry(1, 60_000, chance.randbytes(32), chance.randbytes(32))))
            for _ in range(250)
        )
        keeper.turn(NOW)
    develop(at("2026-10-14 00:00"))
    return office.folder.parent


def rows(home: Path) -> list[str]:
    done = sealed.watch(home, NOW)
    assert done.wrong == len(done.found)
    return [row for row, _, _ in done.found]


def test_what_nobody_touched_is_clean_and_written_down(filled: Path) -> None:
    assert rows(filled) == []
    night = Watch.objects.get()
    assert (night.entries, night.events, night.wrong) == (512, 12, 0)


def test_the_signatures_are_asked_for_too(filled: Path, office: Office) -> None:
    other = make_office(filled / "other")
    (filled / "record" / "policy").write_text((filled / "other" / "policy").read_text())
    assert [row.split()[0] for row in rows(filled)] == ["record_checkpoint", "record_checkpoint"]
    assert other.trusted.logs != office.trusted.logs


def test_two_hundred_edits_of_single_rows_are_all_found(filled: Path, unguarded: psycopg.Connection) -> None:
    chance, missed = random.Random(7), []
    for turn in range(200):
        table, key, column, value = EDITS[turn % len(EDITS)]
        keys = [row[0] for row in unguarded.execute(f"select {key} from {table} order by 1").fetchall()]
        if (table, column) == ("record_leaf", "event_id"):
            keys = [
                row[0]
                for row in unguarded.execute("select idx from record_leaf where event_id > 0").fetchall()
            ]
        pk = chance.choice(keys)
        names = [f"{table} {pk}"] if value == "''" and column == "key" else named(unguarded, table, pk)
        unguarded.execute(f"create temp table saved as select * from {table} where {key} = %s", [pk])
        if column is None:
            unguarded.execute(f"delete from {table} where {key} = %s", [pk])
        else:
            unguarded.execute(f"update {table} set {column} = {value} where {key} = %s", [pk])
        said = rows(filled)
        if not any(re.search(rf"\b{name}\b", row) for row in said for name in names):
            missed.append((table, column, pk, said))
        if column is None:
            unguarded.execute(f"insert into {table} overriding system value select * from saved")
        else:
            unguarded.execute(
                f"update {table} t set {column} = s.{column} from saved s where t.{key} = s.{key}"
            )
        unguarded.execute("drop table saved")
    assert missed == []
    assert rows(filled) == []


def named(db: psycopg.Connection, table: str, pk: int) -> list[str]:
    """What the reading must say of a row: the row itself, or an event whose entry no longer fits."""
    events = {
        "cases_document": "select e.id from cases_event e join cases_document d on d.case_id = e.case_id "
        "and d.event_seq = e.seq where d.id = %s",
        "record_key": "select id from cases_event where case_id = %s",
        "cases_case": "select id from cases_event where case_id = %s",
        "record_outbox": "select %s::bigint",
    }
    if table in events:
        return [f"cases_event {row[0]}" for row in db.execute(events[table], [pk]).fetchall()]
    if table == "record_tile":
        level, n = db.execute("select level, n from record_tile where id = %s", [pk]).fetchone() or (0, 0)
        return [f"record_tile {level}/{n}"]
    return [f"{table} {pk}"]


def test_an_edited_edge_is_named_with_the_entry(
    filled: Path, office: Office, owner: psycopg.Connection
) -> None:
    Pending.objects.bulk_create(
        Pending(entry=pack(Entry(1, 60_000, bytes(32), bytes([i] * 32)))) for i in range(9)
    )
    office.keeper().turn(NOW)
    assert rows(filled) == []
    owner.execute(
        "update record_state set edge[1] = set_byte(edge[1], 5 * 32, get_byte(edge[1], 5 * 32) # 1)"
    )
    assert rows(filled) == ["record_state", f"record_leaf {512 + 5}"]


def test_an_event_that_nobody_did_is_named(filled: Path, unguarded: psycopg.Connection) -> None:
    (forged,) = unguarded.execute(
        "insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data) select case_id, 77, 'close', "
        "by, unit, role, at, effective, data from cases_event order by id limit 1 returning id"
    ).fetchone() or (0,)
    assert [row.split(" (")[0] for row in rows(filled)] == [f"cases_event {forged}"]


def test_a_file_that_was_changed_or_lost_is_named(filled: Path, real_district: District) -> None:
    with wall.open_to(wall.SYSTEM):
        first, second = Document.objects.exclude(original="").order_by("pk")[:2]
    with default_storage.open(first.original, "wb") as file:
        file.write(b"another picture")
    default_storage.delete(second.original)
    done = sealed.watch(filled, NOW, files=True)
    assert {row for row, _, _ in done.found} >= {f"cases_document {one.pk}" for one in (first, second)}
    assert all(row.startswith("cases_document ") for row, _, _ in done.found)
