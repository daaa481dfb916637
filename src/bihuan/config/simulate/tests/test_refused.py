"""Cheats that the system refuses outright: each is tried, and the sentence says why not (the table of docs/cheats.md)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bihuan.cases import wall
from bihuan.cases.actions import open_case
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import BIN, POINT, District, district, seed  # noqa: F401
from bihuan.core.time.instant import at

Try = Callable[[District, int], object]
BUILDING = "管理事项:06001"


def check_own_work(d: District, case: int) -> object:
    d.do(case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
    return d.do(case, "check_ok", "cgw", "2026-10-12 11:00", files=["check"])


def check_without_the_draw(d: District, case: int) -> object:
    d.do(case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
    with wall.open_to(wall.SYSTEM):
        drawn = Case.objects.get(pk=case).parties["checker"]
    other = "hecha2" if drawn == d.id("hecha") else "hecha"
    return d.do(case, "check_ok", other, "2026-10-12 11:00", files=["check"])


def check_by_the_collector(d: District, case: int) -> object:
    d.do(case, "feedback", "cgw", "2026-10-12 10:00", files=["after"])
    return d.do(case, "check_ok", "caiji", "2026-10-12 11:00", files=["check"])


def done_without_a_picture(d: District, case: int) -> object:
    return d.do(case, "feedback", "cgw", "2026-10-12 10:00", text="已处置")


def more_time_after_due(d: District, case: int) -> object:
    d.do(case, "ask_more", "cgw", "2026-10-14 10:00", reason="忙")
    return d.do(case, "extend", "jiandu", "2026-10-14 10:05")


def more_time_twice(d: District, case: int) -> object:
    for minute in (30, 40):
        d.do(case, "ask_more", "cgw", f"2026-10-12 09:{minute}", reason="要调吊车")
        done = d.do(case, "extend", "jiandu", f"2026-10-12 09:{minute + 5}")
    return done


def stop_without_evidence(d: District, case: int) -> object:
    d.do(case, "ask_suspend", "cgw", "2026-10-12 10:00", reason="下雨")
    return d.do(case, "suspend", "jiandu", "2026-10-12 10:10", limit="2 working days")


def stop_by_oneself(d: District, case: int) -> object:
    return d.do(case, "suspend", "cgw", "2026-10-12 10:10", limit="2 working days", files=["suspend"])


def listed_without_more_time(d: District, case: int) -> object:
    return d.do(case, "list", "jiandu", "2026-10-12 10:00", files=["unsolved"])


def to_a_unit_without_the_duty(d: District, case: int) -> object:
    d.do(
        case,
        "back",
        "cgw",
        "2026-10-12 10:00",
        why="not_ours",
        reason="不归我管",
        nobody="名单上没有别的单位",
    )
    d.do(case, "take_back", "paiqian", "2026-10-12 10:10")
    return d.do(case, "dispatch", "paiqian", "2026-10-12 10:20", unit="nk.mzj")


def returned_without_a_reason(d: District, case: int) -> object:
    return d.do(case, "back", "cgw", "2026-10-12 10:00", why="not_ours", reason="  ", nobody="没有")


def put_right_by_the_unit_itself(d: District, case: int) -> object:
    return d.do(case, "fix_self", "caiji", "2026-10-12 10:00", files=["before", "after"])


def closed_by_the_dispatcher(d: District, case: int) -> object:
    return d.do(case, "check_ok", "paiqian", "2026-10-12 10:00", files=["check"])


def backdated(d: District, case: int) -> object:
    return d.do(
        case, "feedback", "cgw", "2026-10-20 10:00", effective=at("2026-10-12 09:50"), files=["after"]
    )


def opened_by_its_reporter(d: District, _case: int) -> object:
    mine = open_case(
        "urban_management", BIN, by=d.id("shouli"), unit="nk.jiandu", at=at("2026-10-12 09:00"),
        data={"what": "x", "channel": "hotline"}, place=POINT,
    )  # fmt: skip
    return d.do(mine.case, "accept", "shouli", "2026-10-12 09:05")


def opened_unseen(d: District, _case: int) -> object:
    return d.do(d.report("2026-10-12 09:00").case, "accept", "shouli", "2026-10-12 09:05")


def a_crew_job_put_right_alone(d: District, _case: int) -> object:
    mine = open_case(
        "urban_management", BUILDING, by=d.id("caiji"), unit="nk.jiandu", at=at("2026-10-12 09:00"),
        data={"what": "x", "channel": "collector"}, place=POINT,
    )  # fmt: skip
    return d.do(mine.case, "fix_self", "caiji", "2026-10-12 09:10", files=["before", "after"])


def joined_to_hide_it(d: District, case: int) -> object:
    other = open_case(
        "urban_management",
        BUILDING,
        by=None,
        unit="",
        at=at("2026-10-12 09:00"),
        data={"what": "x"},
        place=POINT,
    )
    with wall.open_to(wall.SYSTEM):
        number = Case.objects.get(pk=case).number
    return d.do(other.case, "join", "shouli", "2026-10-12 09:30", main=number)


def nowhere(lon: float, lat: float) -> Try:
    def report(d: District, _case: int) -> object:
        return d.report(place={"lon": lon, "lat": lat, "datum": "WGS-84"})

    return report


ATTEMPTS: tuple[tuple[Try, str], ...] = (
    (check_own_work, ""),
    (check_without_the_draw, ""),
    (check_by_the_collector, ""),
    (done_without_a_picture, "处置后照片"),
    (more_time_after_due, ""),
    (more_time_twice, ""),
    (stop_without_evidence, "缓办佐证"),
    (stop_by_oneself, ""),
    (listed_without_more_time, "没有延期过"),
    (to_a_unit_without_the_duty, ""),
    (returned_without_a_reason, "理由"),
    (put_right_by_the_unit_itself, ""),
    (closed_by_the_dispatcher, ""),
    (backdated, ""),
    (opened_by_its_reporter, "另一个人立案"),
    (opened_unseen, "先由采集员现场核实"),
    (a_crew_job_put_right_alone, "不得自行处置"),
    (joined_to_hide_it, "不是同一类"),
    (nowhere(0, 0), ""),
    (nowhere(117.5, 39.5), ""),
    (nowhere(39.117, 117.1255), ""),
)


@pytest.mark.parametrize(("attempt", "words"), ATTEMPTS, ids=lambda one: getattr(one, "__name__", ""))
def test_it_is_refused_and_nothing_is_written(district: District, attempt: Try, words: str) -> None:  # noqa: F811
    case = district.dispatched().case
    with pytest.raises((Refused, BadInput)) as said:
        attempt(district, case)
    assert words in str(said.value)
    with wall.open_to(wall.SYSTEM):
        row = Case.objects.get(pk=case)
    assert row.state != "closed" and row.outcome == ""
