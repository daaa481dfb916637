"""Each event leaves an entry for the public log in its own transaction, opened by salts and the key of its case."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from django.db import connection

from bihuan.cases import wall
from bihuan.cases.tests.conftest import District
from bihuan.core.log import entry
from bihuan.core.log.entry import unpack
from bihuan.record.canonical import groups
from bihuan.record.models import CaseKey, Outbox, Pending

pytestmark = pytest.mark.django_db


def sealed(case: int) -> list[tuple[Any, ...]]:
    """(seq, salts, entry) of the events of a case."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('bihuan.scope', 'system', true)")
        cursor.execute(
            "select e.seq, o.salts, p.entry from cases_event e join record_outbox o on o.event_id = e.id "
            "join record_pending p on p.event_id = e.id where e.case_id = %s order by e.seq",
            [case],
        )
        return [(seq, bytes(salts), bytes(body)) for seq, salts, body in cursor.fetchall()]


def test_every_event_has_its_entry(district: District) -> None:
    case = district.dispatched().case
    key = bytes(CaseKey.objects.get(case_id=case).key)
    found = sealed(case)
    assert [seq for seq, _, _ in found] == [1, 2, 3, 4, 5]
    for seq, salts, body in found:
        assert len(salts) == 96
        assert unpack(body).tag == entry.tag(key, seq)
        assert unpack(body).ms % 60_000 == 0
    assert len({salts for _, salts, _ in found}) == 5
    assert Outbox.objects.count() == Pending.objects.count() == 5


def test_what_was_refused_leaves_nothing(district: District) -> None:
    from bihuan.cases.shapes import Refused

    case = district.dispatched().case
    with pytest.raises(Refused):
        district.do(case, "accept", "shouli", "2026-10-12 10:00", text="属实")
    assert len(sealed(case)) == 5


@pytest.mark.django_db(transaction=True)
def test_a_case_older_than_the_log_gets_its_key_with_its_next_event(
    real_district: District, owner: psycopg.Connection
) -> None:
    case = real_district.dispatched().case
    for said in (
        "alter table record_key disable trigger user", "delete from record_key", "alter table record_key enable trigger user",
    ):  # fmt: skip
        owner.execute(said)
    real_district.do(case, "note", "cgw", "2026-10-12 10:00", text="看过了")
    key = bytes(CaseKey.objects.get(case_id=case).key)
    with wall.open_to(wall.SYSTEM):
        *_, (seq, _, body) = sealed(case)
    assert seq == 6
    assert unpack(body).tag == entry.tag(key, seq)


def test_words_of_residents_are_in_the_personal_group_only() -> None:
    public, internal, personal = groups(
        {"name": "report"}, "", "resident", {"what": "灯不亮", "at": 1.5}, True
    )
    assert json.loads(public) == {"name": "report"}
    assert json.loads(internal) == {"by": "", "role": "resident"}
    assert json.loads(personal) == {"data": {"what": "灯不亮", "at": "1.5"}}
    _, internal, personal = groups({}, "7", "acceptor", {"text": [0.1, {"x": None}]}, False)
    assert json.loads(internal)["data"] == {"text": ["0.1", {"x": None}]}
    assert personal == b"{}"
    assert entry.canonical(json.loads(internal)) == internal
