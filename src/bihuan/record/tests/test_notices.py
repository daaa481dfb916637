"""A row that the public log speaks of: told once for each time it says something else, and compared each night."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import transaction

from bihuan.cases.tests.conftest import owner
from bihuan.core.crypto.suites import suite
from bihuan.core.log.entry import CHANGE, SCORE, Entry, canonical, pack, tag, unpack
from bihuan.record.actions import tell
from bihuan.record.models import Notice, Pending
from bihuan.record.noticing import check, check_notices, key_of

__all__ = ["owner"]
pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
SAID = {"post": "auditor", "until": ""}


def test_it_is_told_once_for_each_time_it_says_something_else() -> None:
    assert tell(CHANGE, "people_post 1", SAID, at=NOW)
    assert not tell(CHANGE, "people_post 1", SAID, at=NOW)
    assert tell(CHANGE, "people_post 2", SAID)
    assert tell(CHANGE, "people_post 1", SAID | {"until": "2026-12-01"}, at=NOW)
    entries = [unpack(bytes(one.entry)) for one in Pending.objects.order_by("pk")]
    assert [one.kind for one in entries] == [CHANGE] * 3
    assert entries[0].payload == canonical(SAID | {"about": "people_post 1"})
    assert entries[0].ms == NOW.timestamp() * 1000 and entries[1].ms > entries[0].ms - entries[0].ms
    assert list(check_notices()) == []


@pytest.mark.parametrize("name", ["intl", "gm"])
def test_what_is_closed_is_found_by_anybody_and_opened_by_its_salts(
    name: str, settings: pytest.FixtureRequest
) -> None:
    settings.RECORD_SUITE = suite(name)  # type: ignore[attr-defined]
    for n in (80, 90):
        tell(SCORE, "scores_publication 7", {"total": n}, at=NOW)
    entries = [unpack(bytes(one.entry)) for one in Notice.objects.order_by("pk")]
    assert [(one.kind, one.payload, one.tag) for one in entries] == [
        (SCORE, b"", tag(key_of("scores_publication 7"), seq)) for seq in (0, 1)
    ]
    assert list(check_notices()) == []


def test_what_is_undone_was_not_told() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(CHANGE, "people_post 1", SAID, at=NOW)
        raise ZeroDivisionError
    assert not Notice.objects.exists() and not Pending.objects.exists()


def test_rows_are_compared_with_what_was_told_last() -> None:
    tell(CHANGE, "people_post 1", SAID, at=NOW)
    tell(CHANGE, "people_post 2", SAID, at=NOW)
    tell(CHANGE, "people_posture 1", SAID, at=NOW)  # another table whose name begins the same
    both = {"people_post 1": SAID, "people_post 2": SAID}
    assert list(check({"people_post": both}, whole=True)) == []
    changed = both | {"people_post 2": SAID | {"post": "sysadmin"}, "people_post 3": SAID}
    assert [(row, say.en) for row, say in check({"people_post": changed}, whole=True)] == [
        ("people_post 2", "it does not fit its entry in the public log"),
        ("people_post 3", "it has no entry in the public log"),
    ]
    assert [row for row, _ in check({"people_post": {"people_post 1": SAID}}, whole=True)] == [
        "people_post 2"
    ]
    assert list(check({"people_post": {"people_post 1": SAID}}, whole=False)) == []


OTHER = pack(Entry(CHANGE, 0, bytes(32), bytes(32), 1, b"{}"))


@pytest.mark.parametrize(
    ("about", "edit"),
    [
        ("people_post 1", "update record_notice set said = '{\"post\": \"sysadmin\"}'"),
        ("people_post 1", "update record_notice set about = 'people_post 9'"),
        ("people_post 1", "update record_notice set kind = 8"),
        ("people_post 1", "update record_notice set entry = 'x'"),
        ("people_post 1", f"update record_notice set entry = '\\x{OTHER.hex()}'"),
        ("people_post 1", "delete from record_pending"),
        ("scores_publication 1", "update record_notice set salts = set_byte(salts, 40, get_byte(salts, 40) # 1)"),
        ("scores_publication 1", "update record_notice set salts = null"),
        ("scores_publication 1", "update record_notice set said = '{}'"),
    ],
)  # fmt: skip
def test_each_edit_of_a_notice_is_named(about: str, edit: str, owner: psycopg.Connection) -> None:
    tell(SCORE if about.startswith("scores") else CHANGE, about, SAID, at=NOW)
    owner.execute("alter table record_notice disable trigger append_only")
    owner.execute(edit)
    owner.execute("alter table record_notice enable trigger append_only")
    assert {row.split(" (")[0] for row, _ in check_notices()} == {f"record_notice {Notice.objects.get().pk}"}
