"""A request: asked with number and code, examined, decided by another person, carried out; and what the time of keeping ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases import sealed, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.kept_by_law import kept
from bihuan.cases.mains import members
from bihuan.cases.models import Case
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.deletions import actions, queries
from bihuan.deletions.tests.conftest import night
from bihuan.lines import all_lines, retention
from bihuan.lines.retention import keeping, table
from bihuan.record.models import Audit, CaseKey
from bihuan.record.tests.office import Office

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "院子里那棵歪脖子树"


def closed(town: District, office: Office) -> Opened:
    case = town.report(data={"what": WORD}, contact={"name": "演示居民", "phone": "13900007777"})
    town.do(case.case, "drop", "shouli", "2026-10-12 09:05", reason="不是城管的事")
    night(office, "2026-10-12 18:00")
    return case


def asked(case: Opened, when: str = "2026-10-13 09:00") -> Opened:
    return actions.ask(case.case, at=at(when))


def key_of(case: int) -> bytes:
    return bytes(CaseKey.objects.get(case_id=case).key)


def decide(town: District, case: int, proposer: str, head: str, when: str = "2026-10-14") -> None:
    town.do(case, "propose", proposer, f"{when} 09:00", text="目的已经实现")
    town.do(case, "approve", head, f"{when} 10:00")


def test_asked_examined_decided_by_another_and_carried_out(town: District, office: Office) -> None:
    case = closed(town, office)
    request = asked(case)
    with pytest.raises(Refused, match="还没有决定"):
        asked(case)
    with pytest.raises(Refused):
        town.do(request.case, "propose", "cgw", "2026-10-14 09:00", text="别的单位")
    decide(town, request.case, "shouli", "jiandu")
    assert actions.carry_out(at("2026-10-14 10:10")).deleted == 1
    assert actions.carry_out(at("2026-10-14 10:20")).deleted == 0
    (member,) = members([case.case])
    notice = member.events[-1]
    assert (notice.name, notice.by, notice.data["request"]) == ("shredded", town.id("jiandu"), request.number)
    assert WORD not in str([one.data for one in member.events])
    with pytest.raises(Refused, match="已经删除"):
        asked(case)
    night(office, "2026-10-14 18:00")
    assert sealed.watch(office.folder.parent, to_datetime(at("2026-10-15 02:20"))).wrong == 0


def test_what_runs_is_refused_and_an_unfinished_rating_is_waited_for(town: District, office: Office) -> None:
    case = town.report()
    with pytest.raises(Refused, match="还在办"):
        asked(case)


def test_whoever_examines_does_not_decide(town: District, office: Office) -> None:
    from bihuan.people import actions as people

    people.give_post(town.persons["jiandu"], "nk.jiandu", "acceptor", date(2016, 1, 1))
    request = asked(closed(town, office))
    town.do(request.case, "propose", "jiandu", "2026-10-14 09:00", text="x")
    with pytest.raises(Refused, match="审核的人不作决定"):
        town.do(request.case, "approve", "jiandu", "2026-10-14 10:00")


def withdrawn(town: District) -> Opened:
    data = {
        "subject": WORD, "applicant_kind": "organisation", "uscc": "91120104MA00000000", "contact_name": "演示居民",
        "contact_phone": "13900007777", "delivery_way": "window", "agency": "nk.scjg",
    }  # fmt: skip
    from bihuan.core.codes import invent_uscc

    case = cases.open_case(
        "permits", "P003-1", by=None, unit="", at=at("2026-10-12 09:00"), data=data | {"uscc": invent_uscc(3)}
    )
    cases.act(case.case, "withdraw", by=f"r:{case.number}", unit="", at=at("2026-10-12 10:00"), data={})
    return case


def test_what_the_law_keeps_cannot_be_proposed_and_is_answered_with_the_day(
    town: District, office: Office
) -> None:
    case = withdrawn(town)
    night(office, "2026-10-12 18:00")
    request = asked(case)
    with pytest.raises(Refused, match=r"2056-10-12（档案法实施条例§19;§24），期满前不能删除"):
        town.do(request.case, "propose", "jing", "2026-10-14 09:00", text="x")
    town.do(request.case, "oppose", "jing", "2026-10-14 09:00", text="保管期未满")
    town.do(
        request.case, "keep", "zhu", "2026-10-14 10:00", reason="保管期未满", until="2056 年 10 月 12 日以后"
    )
    assert actions.carry_out(at("2026-10-14 10:10")).deleted == 0
    assert WORD in str(members([case.case])[0].events[0].data)
    assert cases.write_letters(request.case, members([request.case])[0].seq) == 1


@pytest.fixture
def three_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Licences are kept three years here: the calendar does not reach to 2056 yet."""
    text = retention.FILE.read_text(encoding="utf-8").replace("permits,2016-01-01,30", "permits,2016-01-01,3")
    (tmp_path / "retention.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(retention, "FILE", tmp_path / "retention.csv")
    retention.table.cache_clear()
    yield
    retention.table.cache_clear()


@pytest.mark.usefixtures("three_years")
def test_when_its_time_is_over_it_goes_by_itself_or_is_appraised_first(
    town: District, office: Office
) -> None:
    reported, licence = closed(town, office), withdrawn(town)
    night(office, "2026-10-12 18:30")
    assert actions.end_keeping(at("2029-10-12 03:10")) == actions.Done(), "the last day is still kept"
    assert actions.end_keeping(at("2029-10-13 03:10")) == actions.Done(deleted=1, asked=1)
    assert members([reported.case])[0].events[-1].data["ground"] == "retention"
    assert key_of(reported.case) == b"", "its entries in the log are no longer one case's"
    assert key_of(licence.case)
    assert actions.end_keeping(at("2029-10-14 03:10")) == actions.Done(), "asked for once"
    with wall.open_to(wall.SYSTEM):
        request = Case.objects.get(line="deletions", matter="expired")
    decide(town, request.pk, "jing", "zhu", "2029-10-16")
    night(office, "2029-10-16 18:00")
    assert actions.carry_out(at("2029-10-17 03:10")).deleted == 1
    assert WORD not in str([one.data for one in members([licence.case])[0].events])
    assert key_of(licence.case) == b""


@pytest.mark.usefixtures("three_years")
def test_what_was_deleted_on_request_keeps_its_key_until_its_time_is_over(
    town: District, office: Office
) -> None:
    reported = closed(town, office)
    actions.erase(reported.case, ground="request", by="7", unit="nk.jiandu", at=at("2026-10-14 09:00"))
    night(office, "2026-10-14 18:00")
    assert key_of(reported.case)
    assert actions.end_keeping(at("2029-10-12 03:10")) == actions.Done()
    assert actions.end_keeping(at("2029-10-13 03:10")) == actions.Done(deleted=1)
    assert key_of(reported.case) == b""
    assert actions.end_keeping(at("2029-10-14 03:10")) == actions.Done(), "once"


@pytest.mark.usefixtures("three_years")
def test_what_hangs_on_a_case_is_kept_with_it_until_the_last_may_go(
    town: District, office: Office, owner: psycopg.Connection
) -> None:
    """A licence (three years here) under which another case hangs that is kept for thirty."""
    licence, other = withdrawn(town), withdrawn(town)
    night(office, "2026-10-12 18:30")
    (member,) = members([other.case])
    assert queries.case_of(licence.case, at("2026-10-13 09:00")).kept == kept(
        "permits", date(2026, 10, 12), date(2026, 10, 13)
    )
    for trigger in ("disable", "enable"):  # no short life ends in a case of enforcement that is closed
        owner.execute(f"alter table cases_case {trigger} trigger user")
        if trigger == "disable":
            owner.execute(
                "update cases_case set line = 'bundles', parent_id = %s, root = %s where id = %s",
                [licence.case, licence.case, member.id],
            )
    found = queries.case_of(licence.case, at("2026-10-13 09:00"))
    assert found.closed and found.kept is not None and found.kept.until == date(2056, 10, 12)
    assert actions.end_keeping(at("2029-10-13 03:10")) == actions.Done()
    owner.execute("update cases_case set line = 'opinions' where id = %s", [member.id])
    found = queries.case_of(licence.case, at("2026-10-13 09:00"))
    assert found.kept is not None and found.kept.until == date(2029, 10, 12), (
        "an opinion goes with its main case"
    )
    assert actions.end_keeping(at("2029-10-13 03:10")).asked == 1


def test_one_that_waits_holds_up_no_other(
    town: District, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BATCH", 1)
    first, second = closed(town, office), closed(town, office)
    refused = []

    def erase(case_id: int, **more: Any) -> None:
        if case_id == first.case:
            refused.append(case_id)
            raise Refused([actions.RATED])

    monkeypatch.setattr(actions, "erase", erase)
    assert actions.end_keeping(at("2029-10-13 03:10")) == actions.Done(deleted=1, waiting=1)
    for case in (first, second):
        decide(town, asked(case).case, "shouli", "jiandu")
    assert actions.carry_out(at("2026-10-14 10:10")) == actions.Done(deleted=1, waiting=1)
    assert refused == [first.case] * 2


def test_the_pages(town: District, office: Office, client: Client, clock: Any) -> None:
    case = closed(town, office)
    clock("2026-10-13 09:00")
    assert client.get(f"/hall/delete/{case.number}")["Location"] == "/track/"
    client.post("/track/", {"number": case.number, "code": case.code})
    assert "请求删除这件里的个人信息" in client.get(f"/track/{case.number}").content.decode()
    page = client.get(f"/hall/delete/{case.number}").content.decode()
    assert "会删掉的" in page and "15 个工作日" in page
    there = client.post(f"/hall/delete/{case.number}", {"request_key": "1"})
    again = client.post(f"/hall/delete/{case.number}", {"request_key": "1"})
    number = there["Location"].rsplit("/", 1)[1]
    assert number.startswith("SC") and again.status_code == 422 and "还没有决定" in again.content.decode()
    assert number in client.get(there["Location"]).content.decode()
    assert "待审核" in client.get(f"/track/{case.number}").content.decode()
    (request,) = queries.requests_of(case.number)
    desk = Client()
    desk.force_login(town.persons["shouli"], backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get(f"/desk/{number}/").status_code == 200
    decide(town, request.id, "shouli", "jiandu")
    actions.carry_out(at("2026-10-14 10:10"))
    clock("2026-10-14 11:00")
    for page in (client.get(f"/track/{case.number}"), desk.get(f"/desk/{case.number}/")):
        text = page.content.decode()
        assert (
            page.status_code == 200 and "个人信息已删除" in text and "本人请求" in text and WORD not in text
        )
    assert "永久" in client.get("/hall/retention").content.decode()


def test_every_line_has_its_time_of_keeping_and_somebody_who_answers() -> None:
    today = date(2026, 10, 12)
    for code, texts in all_lines().items():
        row, text = keeping(code, today), max(texts.items())[1]
        parties = {role.party for role in text.roles.values()} | {
            party for action in text.actions.values() for party, _, _ in action.sets
        }
        assert row.party in parties, code
    assert set(table()) == set(all_lines())
    with pytest.raises(KeyError):
        keeping("permits", date(2015, 12, 31))


def test_leap_days_and_for_ever() -> None:
    assert keeping("permits", date(2026, 1, 1)).until(date(2024, 2, 29)) == date(2054, 2, 28)
    found = kept("supervision", date(2020, 1, 1), date(2026, 1, 1))
    assert found is not None and found.until is None and "永久" in found.why
    assert kept("ratings", date(2020, 1, 1), date(2026, 1, 1)) is None


def test_what_an_account_does_leaves_one_row_each(
    town: District, office: Office, client: Client, clock: Any
) -> None:
    from bihuan.hall.tests.test_me import enter

    enter(client, office.folder.parent / "sms.txt")
    case = closed(town, office)
    clock("2026-10-13 09:00")
    client.post("/me/add", {"number": case.number, "code": case.code})
    before = Audit.objects.count()
    client.post("/me/correct", {"name": "李改名"})
    client.get("/me/export")
    page = client.post("/me/delete", {"yes": "1"}).content.decode()
    rows = list(Audit.objects.order_by("id")[before:])
    assert [row.kind for row in rows] == ["correct", "export", "delete"]
    assert len({row.by for row in rows}) == 1 and "李改名" not in str([row.said for row in rows])
    assert "SC2026" in page and "查询码" in page
    assert "13900001234" not in (office.folder.parent / "sms.txt").read_text()
