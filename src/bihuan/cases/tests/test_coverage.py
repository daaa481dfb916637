"""The lists of blind spots of a small district: each act that covers a cell takes it off its list."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.cases.coverage import coverage
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.place.component import Component
from bihuan.core.time.instant import at
from bihuan.places import actions
from bihuan.places.queries import place_of, tiling
from bihuan.places.roster import WatchRow

NOW = at("2026-10-12 12:00")


def number(key: str, now: int = NOW) -> int:
    return len(coverage(now).of(key).spots)


def test_a_district_that_nobody_walks_says_so(district: District) -> None:
    cells = len(tiling().codes)
    found = coverage(NOW)
    assert [one.key for one in found.lists] == ["ground", "duty", "components", "walked", "reports"]
    # two streets of twelve are loaded: the rest of the district is one gap
    assert found.of("ground").spots and found.of("ground").spots[0].area > 1e6
    assert len(found.of("duty").spots) == 2 * 2 * cells and len(found.of("walked").spots) == cells
    assert found.of("components").spots == [] and found.of("reports").spots == []


def test_duty_follows_the_roster_and_the_post(district: District) -> None:
    cells = tiling().codes
    actions.record_beats({"Z1": ("一片", cells)}, since=date(2026, 10, 1), by="")
    who = district.id("caiji")
    for shift in ("early", "late"):
        actions.assign(WatchRow("Z1", shift, who, date(2026, 10, 1)), collectors=[who], by="")
    assert number("duty") == 0
    district.persons["caiji"].posts.update(until=date(2026, 10, 13))  # from tomorrow no collector any more
    spots = coverage(NOW).of("duty").spots
    assert len(spots) == 2 * len(cells) and "明天早班：排了人，但已经不是采集员" in {
        str(s.what) for s in spots
    }


def test_an_act_of_a_collector_on_the_spot_walks_its_cell(district: District) -> None:
    cells = len(tiling().codes)
    cell = place_of(POINT["lon"], POINT["lat"]).cell
    case = district.report("2026-10-12 09:00")
    district.do(case.case, "send", "shouli", "2026-10-12 09:05", collector=district.id("caiji"))
    assert number("walked") == cells  # a resident's report and an acceptor's desk work are no walk
    district.do(case.case, "verify", "caiji", "2026-10-12 09:15", files=["before"])
    found = coverage(NOW).of("walked")
    assert len(found.spots) == cells - 1 and cell not in found.cells
    assert number("walked", at("2026-10-19 09:14")) == cells - 1
    assert number("walked", at("2026-10-19 09:16")) == cells  # the cycle is over
    other = next(code for code in tiling().codes if code != cell)
    seen = to_datetime(at("2026-10-18 09:00"))
    actions.record_visit(other, district.id("caiji"), seen, seen, "k")
    assert number("walked", at("2026-10-19 09:16")) == cells - 1


def test_a_component_moved_out_of_its_cell_is_found(district: District) -> None:
    cell = place_of(POINT["lon"], POINT["lat"]).cell
    other = next(code for code in tiling().codes if code != cell)

    def component(code: str, where: str) -> Component:
        return Component(
            code, "果皮箱", "", "", "", "good", POINT["lon"], POINT["lat"], where, "", None, "", ""
        )

    when = to_datetime(NOW)
    actions.record_components({"1": component("12010403005000001", cell)}, by="", at=when)
    assert number("components") == 0
    actions.record_components({"2": component("12010403005000002", other)}, by="", at=when)
    (spot,) = coverage(NOW).of("components").spots
    assert "坐标在 " + cell in spot.what


@pytest.mark.django_db(transaction=True)
def test_a_case_whose_cell_is_gone_is_found(real_district: District, owner) -> None:
    real_district.report("2026-10-12 09:00")
    assert number("reports") == 0
    owner.execute("update cases_case set cell = '120104001001999'")
    (spot,) = coverage(NOW).of("reports").spots
    assert "的网格 120104001001999 已不在册" in spot.what


def test_the_lists_cost_the_same_however_many_cases(
    district: District, django_assert_max_num_queries
) -> None:
    def cost() -> int:
        coverage(NOW)
        with django_assert_max_num_queries(20) as counted:
            coverage(NOW)
        return len(counted.captured_queries)

    few = cost()
    for _ in range(3):
        district.report("2026-10-12 09:00")
    assert cost() == few
