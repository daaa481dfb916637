"""`fsck`: each kind of damage, planted by the owner of the tables past all guards, is named."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from bihuan.cases import actions
from bihuan.cases.fsck import Tally, check
from bihuan.cases.project import Projection
from bihuan.cases.shapes import Opened
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at

NOW = at("2026-10-12 12:00")
EXTRA = """insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data)
select case_id, 6, 'note', by, unit, role, at, effective, data from cases_event where seq = 5"""


@pytest.fixture
def unguarded(real_district: District, owner: psycopg.Connection) -> Iterator[psycopg.Connection]:
    for table in ("cases_event", "record_outbox", "record_leaf", "record_key"):
        owner.execute(f"alter table {table} disable trigger user")
    yield owner
    for table in ("cases_event", "record_outbox", "record_leaf", "record_key"):
        owner.execute(f"alter table {table} enable trigger user")


@pytest.fixture
def case(real_district: District) -> Opened:
    return real_district.dispatched()


def found(tally: Tally | None = None) -> list[str]:
    return [str(one) for one in check(NOW, tally or Tally())]


def test_a_sound_database_has_no_differences(case: Opened) -> None:
    tally = Tally()
    assert found(tally) == []
    assert (tally.cases, tally.events, tally.waiting) == (1, 5, 0)


def test_a_case_the_worker_has_not_come_by_is_no_difference(case: Opened) -> None:
    tally = Tally()
    assert list(check(at("2026-12-01 09:00"), tally)) == []
    assert tally.waiting == 1


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update cases_case set state = 'closed'", "projection state: stored 'closed', computed 'handling'"),
        ("update cases_case set due_at = due_at + interval '1 day'", "projection due"),
        ("update cases_case set holder = 'nk.czj'", "projection holder: stored 'nk.czj', computed 'nk.cgw'"),
        ("update cases_case set units = '{}'", "projection units"),
        ("update cases_case set wake_at = null", "projection wake"),
        ("update cases_case set late = true", "projection late: stored True, computed False"),
        ('update cases_event set data = \'{"unit": "nk.czj"}\' where seq = 5', "event 5 dispatch: digest"),
        ("update cases_event set at = at - interval '1 minute' where seq = 3", "event 3 verify: digest"),
        ("update cases_event set by = '999' where seq = 2", "event 2 send: digest"),
        ("update cases_event set name = 'nonsense' where seq = 3", "events cannot be folded"),
        ("delete from cases_event where seq = 3", "missing [3]"),
        ("delete from cases_event where seq = 5", "digest without its event"),
        (
            "delete from record_outbox where id = (select min(id) from record_outbox)",
            "no digest in the outbox",
        ),
        (
            "update record_outbox set digest = repeat('0', 64) where id = (select min(id) from record_outbox)",
            "digest",
        ),
        (
            "update record_outbox set salts = set_byte(salts, 95, 255 - get_byte(salts, 95))",
            "event 3 verify: entry in the public log",
        ),
        ("delete from record_pending", "event 1 report: entry in the public log: stored None"),
        ("update record_key set key = repeat('0', 32)::bytea", "event 5 dispatch: entry in the public log"),
        (
            EXTRA,
            "event 6 note: no digest in the outbox",
        ),
    ],
)
def test_damage_is_named(case: Opened, unguarded: psycopg.Connection, damage: str, said: str) -> None:
    unguarded.execute(damage)
    assert any(said in one for one in found()), found()


def test_fix_recomputes_projections_and_nothing_else(case: Opened, unguarded: psycopg.Connection) -> None:
    unguarded.execute("update cases_case set state = 'closed', final = true, holder = '', wake_at = null")
    unguarded.execute("update cases_event set by = '999' where seq = 2")
    wrong: dict[int, Projection] = {}
    list(check(NOW, Tally(), wrong))
    assert actions.repair(wrong) == 1
    assert {one.split(": ", 1)[1].split(":")[0] for one in found()} == {"event 2 send"}


def test_parents_and_children_agree(real_district: District, unguarded: psycopg.Connection) -> None:
    from bihuan.cases.tests.test_children import consulted

    parent, children = consulted(real_district)
    assert found() == []
    unguarded.execute("update cases_case set final = true, outcome = 'agreed' where id = %s", [children[0]])
    assert any(f"child {children[0]}: stored 'final'" in one for one in found())
    unguarded.execute("update cases_case set parent_id = null where id = %s", [children[1]])
    assert any(f"child {children[1]}: stored 'not there'" in one for one in found())
    assert parent.number in found()[0]
