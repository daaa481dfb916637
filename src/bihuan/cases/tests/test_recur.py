"""The same matter at the same spot within thirty days of closing: both cases say so, and the closer's unit bears it."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan import lines
from bihuan.cases import queries, wall
from bihuan.cases.models import Case, Event
from bihuan.cases.recur import Again
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.stories import stories
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.case.fold import Actor
from bihuan.core.score.formula import Period, Tally, add_story
from bihuan.core.time.instant import at
from bihuan.lines.scores import indicators


def closed(district: District, day: str) -> Opened:
    """Opened, done and checked on this day."""
    case = district.dispatched(day)
    district.do(case.case, "feedback", "cgw", f"{day} 10:30", files=["after"])
    with wall.open_to(wall.SYSTEM):
        drawn = Case.objects.get(pk=case.case).parties["checker"]
    who = "hecha" if drawn == district.id("hecha") else "hecha2"
    district.do(case.case, "check_ok", who, f"{day} 11:00", files=["check"])
    return case


def again(district: District, day: str, east: float = 0.0, matter: str = "") -> Opened:
    """Reported at the spot and opened again."""
    where = POINT | {"lon": float(POINT["lon"]) + east}  # type: ignore[arg-type]
    if matter:
        from bihuan.cases import actions

        case = actions.open_case("urban_management", matter, by=None, unit="", at=at(f"{day} 09:00"), data={"what": "又满了"}, place=where)  # fmt: skip
    else:
        case = district.report(f"{day} 09:00", place=where)
    district.do(case.case, "send", "shouli", f"{day} 09:05", collector=district.id("caiji"))
    district.do(case.case, "verify", "caiji", f"{day} 09:15", files=["before"])
    district.do(case.case, "accept", "shouli", f"{day} 09:20")
    return case


def names(case: Opened) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(case=case.case).order_by("seq").values_list("name", flat=True))


def page(district: District, case: Opened, day: str) -> Any:
    return queries.case_page(case.number, Actor(district.id("shouli"), "nk.jiandu", frozenset({"acceptor"})), at(f"{day} 12:00"))  # fmt: skip


def rates(day: str) -> dict[str, Tally]:
    """recurrence_rate of the year by unit."""
    period, asof = Period(at("2026-01-01 00:00"), at("2027-01-01 00:00")), at(f"{day} 23:00")
    text = lines.at("urban_management", asof // 86400)
    of = next(one for one in indicators(text) if one.key == "recurrence_rate")
    tallies: dict[str, Tally] = {}
    for story in stories(["urban_management"], period.since, asof):
        add_story(tallies, of, "handler", story, period, asof, lines.calendar())
    return tallies


def test_both_cases_say_it_and_the_closer_bears_it(district: District) -> None:
    first = closed(district, "2026-10-12")
    second = again(district, "2026-11-04", east=0.0002)
    assert names(first)[-1] == "recurred" and names(second)[-1] == "recurs"
    assert page(district, second, "2026-11-04").again == (Again(first.number, True, 22, 18),)
    assert page(district, first, "2026-11-04").again == (Again(second.number, False, 22, 18),)
    step = page(district, second, "2026-11-04").steps[-1]
    assert [str(value) for _, value in step.data] == [first.number, "22 天"]
    counted = rates("2026-11-04")
    assert (counted["nk.cgw"].numerator, counted["nk.cgw"].denominator) == ([first.number], [first.number])
    assert set(counted) == {"nk.cgw"}


@pytest.mark.parametrize(
    ("day", "east", "matter"),
    [
        ("2026-11-12", 0.0, ""),  # thirty-one days later
        ("2026-11-04", 0.0005, ""),  # 43 metres away
        ("2026-11-04", 0.0, "管理事项:06041"),  # another subtype
    ],
)
def test_what_does_not_recur(district: District, day: str, east: float, matter: str) -> None:
    first = closed(district, "2026-10-12")
    second = again(district, day, east, matter)
    assert "recurred" not in names(first) and "recurs" not in names(second)


def test_a_report_that_is_not_opened_is_no_recurrence(district: District) -> None:
    first = closed(district, "2026-10-12")
    case = district.report("2026-10-14 09:00")
    district.do(case.case, "drop", "shouli", "2026-10-14 09:10", reason="不是问题")
    assert "recurred" not in names(first)


def test_one_closing_is_charged_once(district: District) -> None:
    first = closed(district, "2026-10-12")
    again(district, "2026-10-20")
    again(district, "2026-10-21")
    assert names(first).count("recurred") == 1


def test_not_fixed_goes_on_with_the_old_clock_also_after_a_recurrence(district: District) -> None:
    """The resident of the first case may still say so; the clock is the one that began with the dispatch."""
    from bihuan.cases import actions, lookup

    first = closed(district, "2026-10-12")
    again(district, "2026-10-20")
    me = lookup.resident(first.number)
    actions.act(first.case, "reopen", by=me, unit="", at=at("2026-10-21 09:00"), data={"text": "又堆满了"})
    seen = page(district, first, "2026-10-21")
    runs = [view for view in seen.clocks if view.code == "handle"]
    assert len(runs) == 1
    assert runs[0].run.start == at("2026-10-12 09:25") and runs[0].live
    assert seen.head.state == "handling" and seen.head.late
    with pytest.raises(Refused):
        actions.act(first.case, "reopen", by=me, unit="", at=at("2026-10-21 09:10"), data={"text": "…"})


def test_an_open_case_is_no_closing(district: District) -> None:
    from bihuan.cases import actions, lookup

    first = closed(district, "2026-10-12")
    me = lookup.resident(first.number)
    actions.act(first.case, "reopen", by=me, unit="", at=at("2026-10-13 09:00"), data={"text": "没清"})
    second = again(district, "2026-10-14")
    assert "recurs" not in names(second)


def test_fsck_finds_no_difference(district: District) -> None:
    from bihuan.cases.fsck import Tally as Found
    from bihuan.cases.fsck import check

    closed(district, "2026-10-12")
    again(district, "2026-10-20")
    assert list(check(at("2026-10-21 09:00"), Found(), {})) == []
