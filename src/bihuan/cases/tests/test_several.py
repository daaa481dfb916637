"""Everybody who reported the same thing stays informed; several problems of one call are handled apart, none is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from bihuan.cases import actions, lookup, queries, wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Document, Event
from bihuan.cases.shapes import NoSuchCase, Opened, Refused
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at

DAY = "2026-10-12"
LITTER = "管理事项:06010"


def letters(case: int) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Document.objects.filter(case=case, kind__startswith="letter:").order_by("id").values_list("kind", flat=True))  # fmt: skip


def events(case: int) -> list[tuple[str, str]]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(case=case).order_by("seq").values_list("name", "by"))


def body(case: int, kind: str) -> str:
    with wall.open_to(wall.SYSTEM):
        name = Document.objects.filter(case=case, kind=kind).latest("id").file
    return default_storage.open(name).read().decode()


def joined_pair(district: District) -> tuple[Opened, Opened]:
    """A main case in the hands of nk.cgw and a second report joined to it at 09:40."""
    main = district.dispatched()
    second = district.report(f"{DAY} 09:30")
    district.do(second.case, "join", "shouli", f"{DAY} 09:40", main=main.number)
    return main, second


def close(district: District, case: Opened, hour: int = 10, day: str = DAY) -> None:
    district.do(case.case, "feedback", "cgw", f"{day} {hour}:00", files=["after"])
    with wall.open_to(wall.SYSTEM):
        drawn = Case.objects.get(pk=case.case).parties["checker"]
    who = next(name for name in ("hecha", "hecha2") if district.id(name) == drawn)
    district.do(case.case, "check_ok", who, f"{day} {hour}:30", files=["check"])


def say_not_fixed(second: Opened, when: str, text: str = "桶还是满的") -> None:
    me = queries.tracked(second.case, at(when))
    actions.act(second.case, "not_fixed", by=me.by, unit="", at=at(when), data={"text": text})


def test_the_letter_of_the_main_case_goes_to_every_joined_reporter(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(f"{DAY} 11:00")))
    main, second = joined_pair(district)
    third = district.report(f"{DAY} 09:45")
    district.do(third.case, "join", "shouli", f"{DAY} 09:50", main=main.number)
    close(district, main)
    actions.write_owed(at(f"{DAY} 10:31"))
    for one in (main, second, third):
        assert letters(one.case)[-1] == "letter:closed"
        text = body(one.case, "letter:closed")
        assert one.number in text and "区城市管理委员会" in text
    assert actions.write_owed(at(f"{DAY} 10:32")) == 0 and letters(second.case).count("letter:closed") == 1
    page = client.get("/track/", {"number": second.number, "code": second.code}, follow=True).content.decode()
    assert "已结案" in page and main.number in page and "没修好" in page


def test_a_joined_reporter_reopens_the_main_case_on_its_old_clock(district: District) -> None:
    main, second = joined_pair(district)
    close(district, main)
    say_not_fixed(second, "2026-10-13 09:00")
    assert events(main.case)[-1] == ("reopen", "joined") and events(second.case)[-1][0] == "not_fixed"
    page = queries.case_page(main.case, Actor(district.id("cgw"), "nk.cgw", frozenset({"officer"})), at("2026-10-13 09:05"))  # fmt: skip
    assert page.head.state == "handling" and page.head.holder == "nk.cgw" and page.main
    used_up = (35, 4 * 60 - 35)  # 09:25 to 10:00 was used: 205 minutes are left, from 09:00 to 13:55
    assert page.main.due_at.strftime("%m-%d %H:%M") == "10-13 13:55" and sum(used_up) == 240
    assert (str(page.steps[-1].by_title), page.steps[-1].automatic) == ("并案的上报人", True)
    assert second.number in str(page.steps[-1].data)
    actions.write_owed(at("2026-10-13 09:06"))
    assert letters(main.case)[-1] == letters(second.case)[-1] == "letter:reopen"
    close(district, main, 11, "2026-10-13")
    actions.write_owed(at("2026-10-13 11:31"))
    assert letters(second.case)[-3:] == ["letter:closed", "letter:reopen", "letter:closed"]


def test_it_cannot_be_said_while_the_main_case_is_open_nor_when_the_time_is_over(district: District) -> None:
    main, second = joined_pair(district)
    assert "not_fixed" not in {one.name for one in queries.tracked(second.case, at(f"{DAY} 09:50")).allowed}
    with pytest.raises(Refused, match="处置中"):
        say_not_fixed(second, f"{DAY} 09:50")
    close(district, main)
    with pytest.raises(Refused, match="可以办的时间到"):
        say_not_fixed(second, "2026-11-20 09:00")
    assert events(second.case)[-1][0] == "join"


def test_a_report_joined_to_one_that_is_joined_itself_follows_the_last(district: District) -> None:
    main = district.dispatched()
    first, second = district.report(f"{DAY} 09:30"), district.report(f"{DAY} 09:31")
    district.do(second.case, "join", "shouli", f"{DAY} 09:40", main=first.number)
    district.do(first.case, "join", "shouli", f"{DAY} 09:41", main=main.number)
    page = queries.case_page(main.case, Actor(district.id("shouli"), "nk.jiandu", frozenset({"acceptor"})), at(f"{DAY} 09:50"))  # fmt: skip
    assert page.joined == (first.number, second.number)
    assert queries.tracked(second.case, at(f"{DAY} 09:50")).main_case.number == main.number
    close(district, main)
    actions.write_owed(at(f"{DAY} 10:31"))
    assert letters(first.case)[-1] == letters(second.case)[-1] == "letter:closed"


def test_parted_and_joined_elsewhere_it_hears_of_the_latter_only(district: District) -> None:
    main, second = joined_pair(district)
    other = district.dispatched(DAY)
    me = queries.tracked(second.case, at(f"{DAY} 09:45")).by
    actions.act(second.case, "part", by=me, unit="", at=at(f"{DAY} 09:45"), data={"reason": "那是西门的"})
    district.do(second.case, "join", "shouli", f"{DAY} 09:50", main=other.number)
    page = queries.case_page(main.case, Actor(district.id("shouli"), "nk.jiandu", frozenset({"acceptor"})), at(f"{DAY} 09:55"))  # fmt: skip
    assert page.joined == ()
    assert queries.tracked(second.case, at(f"{DAY} 09:55")).main_case.number == other.number


def split(district: District, told: Opened, when: str = "09:20", **more: Any) -> Opened:
    given: dict[str, Any] = {
        "data": {"what": "旁边还堆着渣土", "channel": "hotline"},
        "place": POINT,
        "key": "k1",
    } | more
    return actions.split_off(
        told.case, LITTER, by=district.id("shouli"), unit="nk.jiandu", at=at(f"{DAY} {when}"), **given
    )


def test_what_is_split_off_has_its_number_and_dates_from_the_report(
    district: District, client: Client
) -> None:
    told = district.report(f"{DAY} 09:00", contact={"name": "示例居民", "phone": "19900000000"})
    part = split(district, told)
    assert part.number != told.number and split(district, told).repeated
    assert [name for name, _ in events(told.case)] == ["report", "split"]
    seen = queries.tracked(part.case, at(f"{DAY} 09:25"))
    assert seen.part_of == told.number and seen.by == lookup.resident(part.number)
    (register,) = [clock for clock in seen.clocks if clock.code == "register"]
    assert register.due_at.strftime("%H:%M") == "09:30"
    with wall.open_to(wall.SYSTEM):
        row = Case.objects.get(pk=part.case)
        assert row.parties["reporter"] == f"r:{part.number}" and row.contact.phone == "19900000000"
    page = client.get("/track/", {"number": told.number, "code": told.code}, follow=True).content.decode()
    assert "分开办" in page and part.number in page
    assert part.number in client.get(f"/track/{part.number}").content.decode()


def test_the_caller_s_rights_go_along_and_nobody_else_gets_in(district: District, client: Client) -> None:
    told = district.report(f"{DAY} 09:00")
    part = split(district, told)
    assert client.get(f"/track/{part.number}").status_code == 302  # asked for number and code first
    district.do(told.case, "drop", "shouli", f"{DAY} 09:30", reason="问题不实")
    assert queries.tracked(told.case, at(f"{DAY} 09:40")).split_off[0][0] == part.case
    with pytest.raises(NoSuchCase):
        queries.track(part.number, told.code, at(f"{DAY} 09:40"))


def test_what_cannot_be_split_leaves_nothing_behind(district: District) -> None:
    told = district.dispatched()
    with wall.open_to(wall.SYSTEM):
        before = Case.objects.count()
    with pytest.raises(Refused, match="处置中"):
        split(district, told, "09:30")
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == before


def test_nobody_else_dates_a_report_back(district: District) -> None:
    told = district.report(f"{DAY} 09:00")
    for data, said in (
        ({"told": f"{DAY} 08:30"}, "只有从一单里拆出的件"),
        ({"told": f"{DAY} 08:30", "part_of": told.number}, "按 2026-10-12 09:00 算起"),
        ({"told": f"{DAY} 08:30", "part_of": "CG20261012-999999"}, "没有办件"),
    ):
        with pytest.raises(Refused, match=said):
            district.report(f"{DAY} 09:10", data={"what": "桶满了"} | data)
    other = district.report(f"{DAY} 09:05")
    with pytest.raises(Refused, match="不是从这件拆出的"):
        district.do(told.case, "split", "shouli", f"{DAY} 09:20", into=other.number)
