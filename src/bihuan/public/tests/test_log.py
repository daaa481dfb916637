"""The page of the public record, and the promise that stands in for a receipt until there is one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bihuan.cases import lookup, receipts, sealed
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import Opened
from bihuan.cases.tests.conftest import District
from bihuan.core.log import promise
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.policy import promise_key
from bihuan.core.log.tree import leaf_hash
from bihuan.core.time.instant import at
from bihuan.record import keeping, queries
from bihuan.record.actions import tell
from bihuan.record.tests.office import ORIGIN, Office, make_office

pytestmark = pytest.mark.django_db(transaction=True)
NOW = to_datetime(at("2026-10-12 10:00"))


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Office:
    settings.HOME = tmp_path
    seed = keeping.new_key(tmp_path / "record" / "promise.key")
    (tmp_path / "record" / "promise.vkey").write_text(f"{keeping.promise_key(ORIGIN, seed)}\n")
    return make_office(tmp_path / "record")


@pytest.fixture
def case(real_district: District, office: Office) -> Opened:
    return real_district.report()


def visitor(case: Opened) -> Client:
    client = Client()
    client.get("/track/", {"number": case.number, "code": lookup.code_of(case.number)})
    return client


def test_before_the_receipt_there_is_a_promise_that_the_entry_keeps(case: Opened, office: Office) -> None:
    client = visitor(case)
    waits = client.get(f"/track/{case.number}/receipt/1")
    assert waits.status_code == 404
    assert re.search(r"最迟 <b>.*09:01.*</b> 这一步", waits.content.decode())
    text = client.get(f"/track/{case.number}/promise/1").content.decode()
    key = promise_key(queries.promise_vkey(office.folder.parent))
    made = promise.verify(text, key)
    assert made.ms == 1000 * int(to_datetime(at("2026-10-12 09:00")).timestamp())
    office.keeper().turn(NOW)
    assert made.leaf == leaf_hash(next(queries.entries(0, 1)))
    assert client.get(f"/track/{case.number}/promise/1").content.decode() == text  # the same for ever
    assert client.get(f"/track/{case.number}/receipt/1").status_code == 200


def test_a_promise_is_for_whoever_has_the_code_and_for_steps_they_see(case: Opened) -> None:
    assert Client().get(f"/track/{case.number}/promise/1").status_code == 404
    assert visitor(case).get(f"/track/{case.number}/promise/2").status_code == 404


def test_a_promise_by_another_key_is_refused(case: Opened, tmp_path: Path) -> None:
    found = receipts.promise(case.case, 1, tmp_path)
    assert found is not None
    other = keeping.promise_key(ORIGIN, keeping.new_key(tmp_path / "other"))
    with pytest.raises(Doubt, match="签名"):
        promise.verify(found.text, other)


def test_without_a_key_nothing_is_promised(case: Opened, tmp_path: Path) -> None:
    assert receipts.promise(case.case, 1, tmp_path / "elsewhere") is None
    assert "存下承诺" in visitor(case).get(f"/track/{case.number}").content.decode()


def test_the_page_shows_the_log_one_entry_and_the_last_night(case: Opened, office: Office) -> None:
    client = Client()
    assert "还没有公布第一个检查点" in client.get("/log/").content.decode()
    office.away = {"w2"}
    office.keeper().turn(NOW)
    page = client.get("/log/?n=0").content.decode()
    assert "现在有 1 条" in page
    assert page.count("看过这一次，签了字") == 2
    assert "这一次没有签" in page
    assert "第一次重读还没有做" in page
    assert "办件的一步" in page
    assert leaf_hash(next(queries.entries(0, 1))).hex() in page
    assert "垃圾桶" not in page
    assert case.number not in page
    sealed.watch(office.folder.parent, NOW)
    assert "没有一处对不上" in client.get("/log/").content.decode()


@pytest.mark.parametrize("asked", ["1", "-1", "x", "１", "99999999999999999999"])
def test_an_entry_that_is_not_there_is_said_so(case: Opened, office: Office, asked: str) -> None:
    office.keeper().turn(NOW)
    answer = Client().get("/log/", {"n": asked})
    assert answer.status_code == 404
    assert f"没有第 {asked} 条：现在有第 0 到第 0 条" in answer.content.decode()


def test_what_waits_is_not_shown(case: Opened, office: Office) -> None:
    assert Client().get("/log/?n=0").status_code == 404


@pytest.mark.parametrize(
    ("kind", "about", "said", "words"),
    [
        (4, "people_post 3", {"post": "auditor", "unit": "nk.gov", "since": "2026-03-01", "until": "2026-09-01"},
         "nk.gov 的审计管理员，自 2026-03-01 起，到 2026-09-01 为止"),
        (4, "line permits 2019-04-23", {"sha256": "ab"}, "条线 permits，2019-04-23 起的文本"),
        (4, "record keys", {"suite": "gm", "policy": "", "promise": "", "sm2": ""}, "公开记录的公钥和信任策略，算法 gm"),
        (6, "scores_publication 1", {"year": 2026, "month": 0, "number": 2}, "2026 年度考评公布，第 2 版"),
        (6, "scores_publication 2", {"year": 2026, "month": 9, "number": 1}, "2026 年 9 月考评公布，第 1 版"),
        (6, "assess_release 1", {"year": 2026, "month": 10}, "2026 年 10 月的月度考评公布"),
        (8, "targets_release 2026-11-30", {"files": {"reports": "ab", "readings": "cd"}}, "2026-11-30 的开放数据，2 份"),
        (4, "unheard 1", {}, "密钥、角色、设置的改动"),
    ],
)  # fmt: skip
def test_what_is_no_step_of_a_case_is_told_in_words(
    office: Office, transactional_db: None, kind: int, about: str, said: dict[str, object], words: str
) -> None:
    tell(kind, about, said, at=NOW)
    office.keeper().turn(NOW)
    assert words in Client().get("/log/?n=0").content.decode()
