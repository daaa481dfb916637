"""The suite gm: commitments in SM3, a second signature in SM2; and a log that changes from one suite to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from bihuan.cases import fsck, sealed
from bihuan.cases.edge import to_datetime
from bihuan.cases.receipts import receipt
from bihuan.cases.tests.conftest import District
from bihuan.core.crypto.hashes import SHA256, SM3
from bihuan.core.crypto.suites import suite
from bihuan.core.log import checkpoint, note, proof
from bihuan.core.log.entry import unpack
from bihuan.core.time.instant import at
from bihuan.record import queries
from bihuan.record.tests.office import ORIGIN, Office, give_sm2, make_office

NOW, LATER = to_datetime(at("2026-10-12 18:00")), to_datetime(at("2026-10-13 18:00"))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return make_office(tmp_path / "record")


@pytest.fixture
def both(real_district: District, office: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """A case from the days of intl and one from those of gm, published each in its own checkpoint."""
    first = real_district.dispatched("2026-10-12").case
    office.keeper().turn(NOW)
    monkeypatch.setattr(settings, "RECORD_SUITE", suite("gm"))
    give_sm2(office)
    second = real_district.dispatched("2026-10-13").case
    office.keeper().turn(LATER)
    return first, second


def hashes() -> list[int]:
    return [unpack(one).hash for one in queries.entries(0, queries.size())]


def test_entries_say_their_hash_and_checkpoints_bear_two_lines_of_the_log(
    both: tuple[int, int], office: Office
) -> None:
    assert hashes() == [SHA256] * 5 + [SM3] * 5
    size, text = queries.latest()
    assert size == 10
    told = note.parse(text)
    assert [line.name for line in told.lines[:2]] == [ORIGIN, ORIGIN]
    assert office.sm2 is not None
    assert checkpoint.sealed(office.trusted.logs[0], told) and checkpoint.sealed(office.sm2[1], told)


def test_the_same_bytes_are_signed_again(both: tuple[int, int], office: Office) -> None:
    """R2, for both signatures."""
    text = note.parse(queries.latest()[1]).text
    assert office.keeper().seal(text) == office.keeper().seal(text)


@pytest.mark.parametrize(("which", "kind"), [(0, SHA256), (1, SM3)])
def test_receipts_hold_under_either_suite(
    both: tuple[int, int], office: Office, which: int, kind: int
) -> None:
    text = receipt(both[which], 1)
    assert text is not None and office.sm2 is not None
    found = proof.verify(text.encode(), office.trusted, office.sm2[1])
    assert found.entry.hash == kind and found.sm2 == (kind == SM3), "by the checkpoint of its day"
    assert found.opened is not None and b"report" in found.opened.groups[0].data


def test_everything_fits_when_it_is_read_again(both: tuple[int, int], office: Office) -> None:
    assert sealed.watch(settings.HOME, LATER).found == []
    assert list(fsck.check(at("2026-10-13 18:00"), fsck.Tally())) == []


@pytest.mark.parametrize(
    ("sql", "row"),
    [
        ("update cases_event set by = '999' where id = (select max(id) from cases_event)", "cases_event"),
        ("update record_checkpoint set note = %s where size = 10", "record_checkpoint 10"),
    ],
)
def test_what_was_edited_is_named(
    both: tuple[int, int], office: Office, owner: psycopg.Connection, sql: str, row: str
) -> None:
    said: list[Any] = []
    if "%s" in sql:  # one letter of the second signature
        lines = queries.latest()[1].split("\n")
        lines[5] = lines[5][:-10] + ("A" if lines[5][-10] != "A" else "B") + lines[5][-9:]
        said = ["\n".join(lines)]
    table = row.split()[0]
    owner.execute(f"alter table {table} disable trigger user")
    owner.execute(sql, said)
    owner.execute(f"alter table {table} enable trigger user")
    found = sealed.watch(settings.HOME, LATER).found
    assert found and all(name.startswith(row) for name, _, _ in found)
    if said:
        assert [en for _, _, en in found] == [f"the signature of {ORIGIN} does not hold"]
