"""Decisions on licences in public: who is named and how, how soon they can be seen, and the file of all."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.licences import decisions, promptness
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.hall.tests.office import GOOD, do, hall, issued, opened

__all__ = ["hall"]
NOW = to_datetime(at("2026-03-23 09:00"))
PERSON = {
    "applicant_kind": "person",
    "uscc": "",
    "identity": "11010519491231002X",
    "contact_name": "欧阳某某",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: NOW)


def granted(hall: District, day: str, seen: str, **given: Any) -> Any:
    """Granted on a day, its letter written at another moment."""
    one = issued(hall, day, given=given)
    actions.write_owed(at(seen), 500)
    return one


def test_organisations_with_code_persons_masked_and_no_denial(hall: District, client: Client) -> None:
    granted(hall, "2026-03-09", "2026-03-09 15:00")
    granted(hall, "2026-03-10", "2026-03-10 15:00", **PERSON, subject="=1+1")
    one = opened("2026-03-11 08:40")
    do(hall, one.case, "accept", "chuang", "2026-03-11 09:00")
    do(hall, one.case, "review", "jing", "2026-03-11 10:00", opinion="不符合", on_site="no")
    do(hall, one.case, "deny", "zhu", "2026-03-11 11:00", reason="面积不够")
    actions.write_owed(at("2026-03-11 15:00"), 500)
    rows, more = decisions()
    assert [row.days for row in rows] == [0, 0] and more == 0
    page = client.get("/licences").content.decode()
    assert GOOD["uscc"] in page and "李某某" in page and "食品经营许可" in page and "南市监〔2026〕" in page
    assert (
        "欧阳某某" not in page
        and PERSON["identity"] not in page
        and one.number not in page
        and "面积不够" not in page
    )
    assert rows[0].holder.startswith("欧") and "*" in rows[0].holder and rows[0].uscc == ""
    sheet = list(csv.reader(io.StringIO(client.get("/licences.csv").content.decode("utf-8-sig"))))
    assert len(sheet) == 3 and sheet[1][5] == "" and sheet[2][5] == GOOD["uscc"] and sheet[2][-1] == "0"
    assert sheet[1][3] == "'=1+1", "what an applicant wrote is no formula in a spreadsheet"
    assert "欧阳某某" not in str(sheet) and PERSON["identity"] not in str(sheet)


def test_how_soon_is_measured_and_not_taken_for_granted(hall: District, client: Client) -> None:
    assert promptness(NOW).n == 0 and "没有数据" in client.get("/licences").content.decode()
    granted(hall, "2026-03-09", "2026-03-18 09:00")  # the worker stood still: seven working days
    granted(hall, "2026-03-10", "2026-03-20 09:00")  # eight
    found = promptness(NOW)
    assert (found.n, found.within, found.longest, found.unknown) == (2, 1, 8, 0)
    page = client.get("/licences").content.decode()
    assert "近一年 2 份决定，7 个工作日内能在这里看到的 1 份，最长的隔了 8 个工作日" in page
    assert "8 个工作日后公示" in page and "据转述" in page


def test_what_was_revoked_says_so(hall: District, client: Client) -> None:
    one = opened("2026-03-09 09:00", "P010-1")
    do(hall, one.case, "undertake", "zhu", "2026-03-09 10:00", "evidence:undertaking")
    do(
        hall, one.case, "issue_watched", "chuang", "2026-03-10 10:00", "evidence:delivery", delivered_on="2026-03-10 09:30"
    )  # fmt: skip
    actions.write_owed(at("2026-03-10 10:05"), 500)
    do(hall, one.case, "revoke", "zhu", "2026-03-11 10:00", "evidence:check", reason="没有消毒设施")
    actions.write_owed(at("2026-03-11 10:05"), 500)
    page = client.get("/licences").content.decode()
    assert "已撤销 2026-03-11" in page and "撤销行政许可决定书" in page and "没有消毒设施" not in page
