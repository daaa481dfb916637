"""Receipts for the person concerned, and the page that checks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from bihuan.cases import lookup
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.record.tests.office import Office, make_office

NOW = to_datetime(at("2026-10-12 10:00"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "record")


def test_the_page_shows_the_policy(
    db: None, client: Client, settings, office: Office, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    page = client.get("/verify/").content.decode()
    assert "quorum q" in page and "还没有公布" in page
    settings.HOME = tmp_path / "none"
    assert "quorum q" not in client.get("/verify/").content.decode()


def test_a_receipt_for_whoever_knows_the_code(
    real_district: District, client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bihuan.core.log import proof

    monkeypatch.setattr("bihuan.config.middleware.now", lambda: NOW)
    case = real_district.dispatched()
    where = f"/track/{case.number}/receipt/1"
    assert client.get(where).status_code == 404
    client.post("/track/", {"number": case.number, "code": lookup.code_of(case.number)})
    waits = client.get(where)
    assert (waits.status_code, "还在等见证签字" in waits.content.decode()) == (404, True)
    office.keeper().turn(NOW)
    answer = client.get(where)
    assert answer["Content-Disposition"].endswith(f'{case.number}-1.tlog-proof"')
    assert answer["Cache-Control"] == "private, no-store"
    found = proof.verify(answer.content, office.trusted)
    assert found.opened is not None
    public, internal, personal = found.opened.groups
    assert case.number.encode() in public.data and "东门口垃圾桶满了".encode() in personal.data
    assert internal.closed and not internal.data
    assert len(answer.content) <= 2048
    assert client.get(f"/track/{case.number}/receipt/99").status_code == 404
    later = proof.verify(client.get(f"/track/{case.number}/receipt/5").content, office.trusted).opened
    assert later is not None and later.groups[2].data == b"{}"
    assert later.case_key == found.opened.case_key
