"""The form of a dispatch: every unit with its reason, whose component it is, and what came back with a return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import Opened, Refused
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.place.component import Component
from bihuan.core.time.instant import at
from bihuan.desk.tests.conftest import Seat
from bihuan.people.models import Duty
from bihuan.places import actions as places
from bihuan.places import queries

COVER = "管理事项:01002"  # 污水井盖异常
STEP = 1 / 111_320  # degrees of a metre, northward


def cover(number: int, metres: float, maintainer: str, kind: str = "01002", state: str = "good") -> None:
    code = f"120104{kind}{number:06}"
    lat = POINT["lat"] + metres * STEP
    cell = queries.tiling().locate(POINT["lon"], lat)
    row = Component(
        code,
        "污水井盖",
        "nk.cgw",
        "",
        maintainer,
        state,
        POINT["lon"],
        lat,
        cell or "",
        "B",
        None,
        "普查",
        "",
    )
    places.record_components({code: row}, by="", at=to_datetime(at("2026-10-01 09:00")))


@pytest.fixture
def sewage(district: District) -> District:
    """The sewer company leads what it owns or maintains; the commission catches the rest."""
    given: dict[str, Any] = {
        "line": "urban_management",
        "kind": "处置",
        "since": "2016-01-01",
        "basis": "条例§1",
    }
    Duty.objects.create(unit_id="nk.paishui", matter=COVER, area="管养范围", role="lead", **given)
    Duty.objects.create(
        unit_id="nk.cgw", matter="管理事项:市政公用设施类", area="全区", role="fallback", **given
    )
    return district


def opened(district: District, matter: str = COVER) -> Opened:
    """A collector's own report, opened at 09:20."""
    case = actions.open_case(
        "urban_management", matter, by=district.id("caiji"), unit="nk.jiandu", at=at("2026-10-12 09:00"),
        data={"what": "井盖松动"}, place=POINT,
    )  # fmt: skip
    district.do(case.case, "accept", "shouli", "2026-10-12 09:20")
    return case


def form(seat: Seat, case: Opened, name: str = "dispatch") -> str:
    return seat("paiqian").get(f"/desk/{case.number}/do/{name}/").content.decode()


def test_a_component_of_the_unit_that_leads(sewage: District, seat: Seat) -> None:
    cover(1, 4, "nk.paishui")
    cover(2, 2, "nk.cgw", kind="01003")  # another kind
    cover(3, 1, "nk.cgw", state="removed")
    cover(4, 40, "nk.cgw")  # too far
    page = form(seat, opened(sewage))
    assert "4 米处有登记的部件污水井盖（12010401002000001）" in page and "养护" in page
    assert "建议派给" in page and "请核对设施权属" not in page


def test_a_component_of_somebody_else_is_refused_to_the_lead_with_the_reason(sewage: District) -> None:
    cover(1, 4, "nk.s001")
    case = opened(sewage)
    with pytest.raises(Refused, match="不能派给"):
        sewage.do(case.case, "dispatch", "paiqian", "2026-10-12 09:30", unit="nk.paishui")
    sewage.do(case.case, "dispatch", "paiqian", "2026-10-12 09:30", unit="nk.cgw")


def test_a_component_nobody_is_known_to_own_falls_back(sewage: District, seat: Seat) -> None:
    cover(1, 0, "")
    page = form(seat, opened(sewage))
    assert "权属不明，按属地兜底" in page and "兜底：" in page


def test_a_unit_without_the_duty_is_refused_on_the_form_and_nothing_is_lost(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    case = opened(district, "管理事项:06042")
    page = form(seat, case)
    assert "主办：" in page and "协办：" in page and "只是协办" in page
    response = seat("paiqian").post(f"/desk/{case.number}/do/dispatch/", {"unit": "nk.s002", "text": "清走"})
    said = response.content.decode()
    assert response.status_code == 409 and "不能派给" in said and "清走" in said


def test_the_dispatcher_sees_the_return_and_sends_it_on_in_one_step(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    row = Duty.objects.get(matter="管理事项:06042", role="lead")
    row.pk, row.unit_id, row.area = None, "nk.s001", "街道:120104001"
    row.save()
    case = opened(district, "管理事项:06042")
    district.do(case.case, "dispatch", "paiqian", "2026-10-12 09:30", unit="nk.cgw")
    district.do(
        case.case,
        "back",
        "cgw",
        "2026-10-12 09:40",
        why="component",
        reason="桶是街道的",
        should_be="nk.s001",
    )
    page = form(seat, case, "take_back")
    for words in ("部件是别的单位的", "桶是街道的", "指认应派给", "它有这里的职权"):
        assert words in page, words
    assert '<option value="nk.s001" selected>' in page
    seat("paiqian").post(f"/desk/{case.number}/do/take_back/", {"unit": "nk.s001", "request_key": "k"})
    shown = seat("paiqian").get(f"/desk/{case.number}/").content.decode()
    assert "现在在" in shown and "记给" in shown  # the bar says to whom the time of the return is charged


def test_a_plain_agreement_waits_for_dispatch_with_the_named_unit_chosen(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    case = opened(district, "管理事项:06042")
    district.do(case.case, "dispatch", "paiqian", "2026-10-12 09:30", unit="nk.cgw")
    district.do(
        case.case, "back", "cgw", "2026-10-12 09:40", why="unclear", reason="没有桶", nobody="不知道是哪里"
    )
    page = form(seat, case, "take_back")
    assert "没有指认单位" in page and "selected" not in page.split('id="f-unit"')[1].split("</select>")[0]
    district.do(case.case, "take_back", "paiqian", "2026-10-12 09:50")
    assert "没有指认单位" in form(seat, case)


def test_a_ruling_is_seen_in_the_history_of_the_list(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    assert "还没有裁定" in seat("paiqian").get("/desk/duties/").content.decode()
    case = opened(district, "管理事项:06042")
    district.do(
        case.case, "rule", "zhihui", "2026-10-12 09:30", unit="nk.s001", nobody="清单上没有", scope="street", text="街道清掏",
    )  # fmt: skip
    page = seat("paiqian").get("/desk/duties/").content.decode()
    for words in ("垃圾站（箱）满溢", "长虹街道", "2026-10-13 起", "街道清掏", f"/desk/{case.number}/"):
        assert words in page, words


def test_the_conditions_of_a_matter_stand_on_the_form_and_only_there(
    district: District, seat: Seat, clock: Callable[[str], None]
) -> None:
    given: dict[str, Any] = {
        "by": district.id("caiji"),
        "unit": "nk.jiandu",
        "at": at("2026-10-12 09:00"),
        "place": POINT,
    }
    shed = actions.open_case("urban_management", "管理事项:06001", data={"what": "搭棚"}, **given)
    other = actions.open_case("urban_management", "管理事项:06042", data={"what": "桶满"}, **given)
    page = seat("shouli").get(f"/desk/{shed.number}/do/accept/").content.decode()
    assert "正在施工的，责令停工（4 个工作小时）" in page and '<option value="demolish">' in page
    assert "立案条件" not in seat("shouli").get(f"/desk/{other.number}/do/accept/").content.decode()
    district.do(shed.case, "accept", "shouli", "2026-10-12 09:20", condition="halt")
    district.do(shed.case, "rule", "zhihui", "2026-10-12 09:30", unit="nk.s001", nobody="清单上没有")
    assert "正在施工的，责令停工" in seat("jie").get(f"/desk/{shed.number}/").content.decode()
    page = seat("jie").get(f"/desk/{shed.number}/do/stage/").content.decode()
    assert '<option value="fine" selected>' in page and "demolish" not in page
