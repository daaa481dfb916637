"""Several reports of one thing: the later is joined to the earlier, keeps its number, and can be parted again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bihuan.cases import actions, figures, queries
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import BadInput, Opened, Refused
from bihuan.cases.tests.conftest import BIN, POINT, District
from bihuan.core.case.fold import Actor
from bihuan.core.place.datum import metres
from bihuan.core.time.instant import at

DAY = "2026-10-12"
FAR = {"lon": POINT["lon"] + 0.0012, "lat": POINT["lat"]}  # about 104 m east


def report(district: District, when: str, **more: Any) -> Opened:
    return district.report(f"{DAY} {when}", **more)


def clerk(district: District) -> Actor:
    return Actor(district.id("shouli"), "nk.jiandu", frozenset({"acceptor"}))


def part(case: Opened, by: str, **data: Any) -> None:
    actions.act(case.case, "part", by=by, unit="", at=at(f"{DAY} 09:40"), data=data)


def join(district: District, case: Opened, main: str, when: str = "09:20", who: str = "shouli") -> None:
    district.do(case.case, "join", who, f"{DAY} {when}", main=main)


def test_the_later_report_goes_into_the_earlier_and_both_are_seen(district: District, client: Client) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    actor = clerk(district)
    (found,) = queries.case_page(second.case, actor, at(f"{DAY} 09:15")).near
    assert (found.number, found.metres) == (first.number, 0)
    join(district, second, first.number.lower())
    page = queries.case_page(first.case, actor, at(f"{DAY} 09:30"))
    assert page.joined == (second.number,) and not page.near
    seen = queries.tracked(second.case, at(f"{DAY} 09:30"))
    assert seen.head.state == "joined" and seen.main_case.number == first.number
    assert seen.main_case.state_title == "待受理"
    shown = client.get(
        "/track/", {"number": second.number, "code": second.code}, follow=True
    ).content.decode()
    assert "按那一件办" in shown and first.number in shown


def test_whoever_reported_it_may_say_that_it_is_another_matter(district: District) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    join(district, second, first.number)
    me = queries.tracked(second.case, at(f"{DAY} 09:30"))
    assert [choice.name for choice in me.allowed if not choice.housekeeping] == ["part"]
    with pytest.raises(BadInput, match="为什么不是同一件"):
        part(second, me.by)
    part(second, me.by, reason="那是西门的桶")
    page = queries.case_page(first.case, clerk(district), at(f"{DAY} 09:50"))
    assert page.joined == ()


def test_joined_reports_are_in_no_rate(district: District) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    join(district, second, first.number)
    closed = figures.closed(to_datetime(at(f"{DAY} 10:00")), 30)
    assert (closed.all, closed.dropped) == (0, 1)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"number": "CG20261012-999999"}, "没有办件"),
        ({"number": "self"}, "不能并到自己"),
        ({"place": FAR}, "米外"),
        ({"matter": "管理事项:06010"}, "不是同一类"),
        ({"when": "2026-10-01 09:00"}, "相隔超过 7 天"),
        ({"joined": True}, "自己已经并案"),
    ],
)
def test_what_is_not_the_same_thing_is_refused_with_the_reason(
    district: District, other: dict[str, Any], said: str
) -> None:
    main = actions.open_case(
        "urban_management", other.get("matter", BIN), by=None, unit="", at=at(other.get("when", f"{DAY} 09:00")),
        data={"what": "桶满了"}, place=other.get("place", POINT),
    )  # fmt: skip
    case = report(district, "09:10")
    number = {"self": case.number}.get(other.get("number", ""), other.get("number", main.number))
    if other.get("joined"):
        third = report(district, "09:05")
        join(district, main, third.number, "09:15")
    with pytest.raises(Refused, match=said):
        join(district, case, number)


def test_a_closed_case_takes_no_more(district: District) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    district.do(first.case, "drop", "shouli", f"{DAY} 09:15", reason="重复试验")
    with pytest.raises(Refused, match="已经办结"):
        join(district, second, first.number)


def test_a_number_may_be_typed_anyhow_but_must_be_one(district: District) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    with pytest.raises(BadInput, match="要写办件编号"):
        join(district, second, "上一件")
    join(district, second, f" {first.number.lower()[:6]} {first.number[6:]}".replace("0", "０"))
    assert queries.case_page(first.case, clerk(district), at(f"{DAY} 09:50")).joined == (second.number,)


def test_only_the_centre_s_acceptor_joins(district: District) -> None:
    first, second = report(district, "09:00"), report(district, "09:10")
    with pytest.raises(Refused):
        join(district, second, first.number, who="cgw")


def test_metres_between_two_points() -> None:
    assert metres(117.15, 39.1, 117.15, 39.1 + 30 / 111_320) == pytest.approx(30, abs=0.01)
    assert metres(117.15, 39.1, 117.15 + 0.001, 39.1) == pytest.approx(86.4, abs=0.2)
