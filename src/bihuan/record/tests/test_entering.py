"""What is no step of a case gets its place too: with its payload, found by its bytes, proven offline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from bihuan.cases.edge import to_datetime
from bihuan.core.crypto.hashes import SHA256
from bihuan.core.log import proof
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.entry import (
    AUDIT_DAY,
    CHANGE,
    DRAW,
    EVENT,
    RELEASE,
    SCORE,
    commitment,
    group,
    tag,
    unpack,
)
from bihuan.core.time.instant import at
from bihuan.record import actions, queries
from bihuan.record.models import Pending
from bihuan.record.tests.office import make_office
from bihuan.record.tests.test_sequencer import wait

pytestmark = pytest.mark.django_db(transaction=True)
NOW = to_datetime(at("2026-10-12 09:00"))


def test_a_payload_is_logged_and_proven_to_a_stranger(tmp_path: Path) -> None:
    office = make_office(tmp_path)
    entry = actions.enter(DRAW, b"dr1-manifest\n", at=NOW)
    assert queries.place_of_entry(entry) is queries.witnessed(entry, office.trusted) is None
    assert queries.proof_of(entry) is None
    keeper = office.keeper()
    wait(300)
    keeper.turn(NOW)
    wait(300, 2)
    keeper.turn(NOW)
    seen = queries.witnessed(entry, office.trusted)
    assert seen is not None
    assert (seen.idx, [name for name, _ in seen.seen]) == (0, ["w0", "w1", "w2"])
    assert {moment for _, moment in seen.seen} == {datetime.fromtimestamp(1_795_525_562, UTC)}
    text = queries.proof_of(entry)
    assert text is not None
    proven = proof.verify(text.encode(), office.trusted)
    assert (proven.entry.kind, proven.entry.payload, proven.index) == (DRAW, b"dr1-manifest\n", 0)
    assert proven.checkpoint.size == 301  # the first that covers it: when it was logged is what is asked


def test_a_mapping_becomes_canonical_json() -> None:
    entry = actions.enter(RELEASE, {"b": 1, "a": "甲"}, at=NOW)
    assert unpack(entry).payload == '{"a":"甲","b":1}'.encode()


def test_what_is_closed_shows_only_its_commitment() -> None:
    key = bytes(range(32))
    entry, salts = actions.enter_closed(SCORE, [{"score": 80}, {}, {}], key=key, seq=3, at=NOW)
    groups = [
        group(SHA256, i, salts[i * 32 : i * 32 + 32], b)
        for i, b in enumerate((b'{"score":80}', b"{}", b"{}"))
    ]
    one = unpack(entry)
    assert (one.kind, one.payload, one.tag) == (SCORE, b"", tag(key, 3))
    assert one.commitment == commitment(SHA256, groups)
    assert actions.enter_closed(SCORE, [{"score": 80}, {}, {}], key=key, seq=3, at=NOW)[0] != entry


@pytest.mark.parametrize("kind", [EVENT, SCORE, AUDIT_DAY])
def test_steps_of_cases_and_audit_days_have_their_own_way(kind: int) -> None:
    with pytest.raises(ValueError, match="not entered with a payload"):
        actions.enter(kind, b"x", at=NOW)


@pytest.mark.parametrize("kind", [EVENT, DRAW, CHANGE])
def test_what_has_a_payload_is_not_entered_closed(kind: int) -> None:
    with pytest.raises(ValueError, match="not entered closed"):
        actions.enter_closed(kind, [{}, {}, {}], key=bytes(32), seq=1, at=NOW)


def test_too_long_a_payload_is_refused_and_what_it_belongs_to_is_undone() -> None:
    with pytest.raises(Doubt), transaction.atomic():
        actions.enter(CHANGE, b"x", at=NOW)
        actions.enter(CHANGE, b"x" * 60_001, at=NOW)
    assert not Pending.objects.exists()
