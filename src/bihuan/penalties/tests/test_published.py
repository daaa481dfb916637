"""What the public sees of penalties: from when, until when, and nothing before and after; nobody named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.penalties import queries
from bihuan.penalties.tests.conftest import CODE, SHOP, Bureau

Clock = Callable[[str], None]
DAY = date(2026, 4, 1)


def test_it_is_shown_from_its_publication_for_three_years_and_then_answers_410(
    bureau: Bureau, client: Client, clock: Clock
) -> None:
    case = bureau.decided()
    clock("2026-03-30 09:00")
    assert SHOP not in client.get("/penalties/").content.decode()
    assert client.get(f"/penalties/{case.number}").status_code == 404
    bureau.publish(case.case)
    for day, status in (("2026-04-01", 200), ("2029-04-01", 200), ("2029-04-02", 410)):
        clock(f"{day} 12:00")
        page, listed = client.get(f"/penalties/{case.number}"), client.get(f"/penalties/?q={CODE}")
        api = client.get(f"/api/penalties/{case.number}")
        assert (page.status_code, api.status_code) == (status, status), day
        assert (SHOP in page.content.decode()) == (SHOP in listed.content.decode()) == (status == 200)
        assert len(client.get("/api/penalties").json()["penalties"]) == (status == 200)
    assert "noarchive" in page["X-Robots-Tag"] and SHOP not in api.content.decode()


def test_the_page_says_what_on_which_basis_how_much_and_until_when(
    bureau: Bureau, client: Client, clock: Clock
) -> None:
    case = bureau.published()
    assert actions.write_owed(at("2026-04-02 09:00")) >= 1
    clock("2026-04-02 09:00")
    text = client.get(f"/penalties/{case.number}").content.decode()
    for said in (
        SHOP,
        CODE,
        "食品安全法§125",
        "罚款 8,000 元",
        "2026-03-27",
        "2029-04-01",
        "经营无标签的预包装食品",
        "〔2026〕",
    ):
        assert said in text, said
    assert "19900005555" not in text
    row = client.get(f"/api/penalties/{case.number}").json()
    assert (row["fine"], row["until"], row["uscc"]) == (800_000, "2029-04-01", CODE)


@pytest.mark.parametrize(
    ("published", "low", "bound", "until"),
    [
        ("2026-04-01", "yes", "", date(2026, 7, 1)),
        ("2026-04-01", "no", "", date(2029, 4, 1)),
        ("2026-11-30", "yes", "", date(2027, 2, 28)),  # no 30 February
        ("2026-04-01", "no", "2031-05-06", date(2031, 5, 6)),  # a longer ban
        ("2026-04-01", "no", "2027-05-06", date(2029, 4, 1)),
    ],
)
def test_it_is_shown_to_the_corresponding_day_or_as_long_as_the_ban(
    bureau: Bureau, published: str, low: str, bound: str, until: date
) -> None:
    case = bureau.decided()
    bureau.publish(case.case, f"{published} 09:00", low, **({"bound_until": bound} if bound else {}))
    found = queries.one(case.number, DAY)
    assert found is not None and found.until == until
    assert queries.one(case.number, until) is not None
    assert queries.one(case.number, until + timedelta(days=1)) is None


def test_a_person_is_masked_and_is_not_found_by_name(bureau: Bureau, client: Client, clock: Clock) -> None:
    with pytest.raises(Refused, match="要遮住姓名"):
        bureau.decided(party_kind="person", party_shown="张示一", uscc="", contact_name="张示一")
    case = bureau.published(
        party_kind="person",
        party_shown="张某某",
        uscc="",
        contact_name="张示一",
        amount="1000",
        matter="F106",
    )
    clock("2026-04-02 09:00")
    pages = [
        client.get(path).content.decode()
        for path in ("/penalties/", f"/penalties/{case.number}", "/api/penalties")
    ]
    assert all("张示一" not in page and "19900005555" not in page for page in pages) and "张某某" in pages[0]
    assert queries.shown(DAY, "张某")[0] == [] and queries.shown(DAY, "张示一")[0] == []
    assert [one.number for one in queries.shown(DAY, case.number)[0]] == [case.number]


def test_an_overturned_one_is_marked_and_then_gone(bureau: Bureau, client: Client, clock: Clock) -> None:
    case = bureau.published()
    bureau.do(
        case.case,
        "overturn",
        "juzhang",
        "2026-04-08 09:00",
        "ruling",
        how="revoked",
        by_whom="区政府",
        reason="证据不足",
    )
    clock("2026-04-08 10:00")
    assert "正在撤回" in client.get("/penalties/").content.decode()
    bureau.do(case.case, "take_down", "zhifa", "2026-04-10 09:00", reason="复议撤销")
    clock("2026-04-10 10:00")
    assert client.get(f"/penalties/{case.number}").status_code == 410
    assert SHOP not in client.get("/penalties/").content.decode()
    assert client.get("/api/penalties").json() == {"penalties": [], "before": 0}


def test_older_ones_come_page_by_page(bureau: Bureau) -> None:
    numbers = [bureau.published(uscc="").number for _ in range(3)]
    first, more = queries.shown(DAY, most=2)
    rest, none = queries.shown(DAY, before=more, most=2)
    assert [one.number for one in first + rest] == numbers[::-1] and none == 0


def test_nothing_of_a_case_is_public_before_it_is_published(
    bureau: Bureau, client: Client, clock: Clock
) -> None:
    """A canary in the title, the party and the lead: no public page shows it."""
    bureau.decided(subject="金丝雀七三一涉嫌违法", party_shown="金丝雀七三一公司", detail="金丝雀七三一")
    clock("2026-10-12 09:00")
    for path in (
        "/",
        "/figures",
        "/find?q=金丝雀七三一",
        "/penalties/",
        "/penalties/?q=金丝雀",
        "/lines/enforcement",
        "/log/",
        "/api/penalties",
    ):
        answer = client.get(path, follow=True)
        assert "金丝雀七三一" not in answer.content.decode().replace('value="金丝雀七三一"', "").replace(
            "“金丝雀七三一”", ""
        ), path


def test_a_unit_without_the_power_is_refused(bureau: Bureau) -> None:
    case = bureau.find(matter="X403")
    with pytest.raises(Refused, match="没有这项处罚权"):
        bureau.do(case.case, "file", "juzhang", "2026-03-03 09:00", opinion="立案")


def test_a_wrong_code_names_its_field(bureau: Bureau) -> None:
    with pytest.raises(BadInput) as bad:
        bureau.find(uscc=CODE[:-1])
    assert bad.value.faults[0][0] == "uscc"


@pytest.mark.parametrize("amount", ["1万元", "1 万", "0.8万", "8,000", "八千", "-1"])
def test_an_amount_in_another_unit_names_its_field(bureau: Bureau, amount: str) -> None:
    with pytest.raises(BadInput) as bad:
        bureau.decided(amount)
    assert [field for field, _ in bad.value.faults] == ["amount"] and "元" in bad.value.faults[0][1]


def test_nothing_is_filed_or_decided_before_the_offence_ended(bureau: Bureau) -> None:
    with pytest.raises(Refused, match="违法行为终了于 2026-03-09，比处理的日子还晚"):
        bureau.decided(ended_offence="2026-03-09")


def test_two_of_one_name_stay_apart_by_their_code(bureau: Bureau, client: Client, clock: Clock) -> None:
    other = invent_uscc(90_302)
    first, second = bureau.published(), bureau.published(uscc=other)
    clock("2026-04-02 09:00")
    for code, mine, theirs in ((CODE, first, second), (other, second, first)):
        page = client.get("/penalties/", {"q": code}).content.decode()
        assert mine.number in page and theirs.number not in page


def test_a_sole_trader_without_a_code_is_published_without_one(bureau: Bureau) -> None:
    bureau.published(uscc="")
    (one,), _more = queries.shown(date(2026, 4, 2))
    assert (one.party, one.uscc) == (SHOP, "")


def test_the_party_of_a_case_is_called_as_it_is_shown(bureau: Bureau) -> None:
    said = tracked(bureau.find().case, to_datetime(at("2026-03-02 10:00"))).steps[0].data
    assert ("公开称呼", SHOP) in said and "本人" not in [value for _, value in said]


def test_each_kind_is_told_once_with_its_amount(bureau: Bureau) -> None:
    bureau.published()
    (one,), _more = queries.shown(date(2026, 4, 2))
    assert (str(one.penalty), one.penalty.en) == ("罚款 8,000 元", "fine 8,000 yuan")
