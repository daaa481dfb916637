"""Sent wrongly and sent back: a coded reason, a better owner, the next dispatch at once, a ruling that changes the list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.cases import queries, wall
from bihuan.cases.models import Event
from bihuan.cases.shapes import BadInput, Opened, Refused
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.authority.duty_list import RULED
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Duty

DAY = "2026-10-12"
WHY = {"why": "not_ours", "reason": "桶是小区物业放的"}


def names(case: int) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(case_id=case).order_by("seq").values_list("name", flat=True))


def dispatcher(district: District) -> Actor:
    return Actor(district.id("paiqian"), "nk.zhihui", frozenset({"dispatcher"}))


def back(district: District, case: Opened, when: str, who: str = "cgw", **data: Any) -> None:
    district.do(case.case, "back", who, f"{DAY} {when}", **(WHY | data))


def two_leads() -> None:
    """Beside the commission the street office leads bins too: the place alone does not tell."""
    row = Duty.objects.get(matter="管理事项:06042", role="lead")
    row.pk, row.unit_id, row.area = None, "nk.s001", "街道:120104001"
    row.save()


def test_a_return_has_a_code_and_a_unit_with_the_duty_or_a_reason_why_none(district: District) -> None:
    case = district.dispatched()
    with pytest.raises(BadInput, match="为什么退"):
        district.do(case.case, "back", "cgw", f"{DAY} 09:40", reason="不是我们的", nobody="不知道")
    with pytest.raises(BadInput, match="只能是"):
        back(district, case, "09:40", why="tired", nobody="不知道")
    with pytest.raises(Refused, match="要指认应派给谁"):
        back(district, case, "09:40")
    with pytest.raises(Refused, match="不能派给长虹街道办事处"):
        back(district, case, "09:40", should_be="nk.s001")
    back(district, case, "09:40", nobody="权责清单上只有本单位")
    page = queries.case_page(case.case, dispatcher(district), at(f"{DAY} 09:45"))
    assert {"为什么退": "不是本单位职责"}.items() <= {str(k): str(v) for k, v in page.steps[-1].data}.items()


def test_the_proposed_unit_is_dispatched_to_in_one_step(district: District) -> None:
    two_leads()
    case = district.dispatched()
    back(district, case, "09:40", should_be="nk.s001")
    written = district.do(case.case, "take_back", "paiqian", f"{DAY} 09:50", unit="nk.s001", key="k1")
    again = district.do(case.case, "take_back", "paiqian", f"{DAY} 09:51", unit="nk.s001", key="k1")
    assert again.repeated and written.name == again.name == "take_back"
    assert names(case.case)[-3:] == ["back", "take_back", "dispatch"]
    page = queries.case_page(case.case, dispatcher(district), at(f"{DAY} 10:00"))
    assert page.head.holder == "nk.s001"
    # 09:25-09:40 with the commission, 09:40-09:50 with the centre: all of it is the command centre's
    returned = [(one.charged_to, one.working) for one in page.holdings if one.returned]
    assert returned == [("nk.zhihui", 15 * 60)]
    shares = {unit: share.working // 60 for unit, share in page.bill.items()}
    assert (shares["nk.zhihui"], shares.get("nk.cgw", 0), shares["nk.s001"]) == (5 + 15 + 10, 0, 10)


def test_a_refused_dispatch_leaves_the_return_untouched(district: District) -> None:
    case = district.dispatched()
    back(district, case, "09:40", nobody="没有别的单位")
    with pytest.raises(Refused, match=r"不能派给.*区城市管理委员会"):
        district.do(case.case, "take_back", "paiqian", f"{DAY} 09:50", unit="nk.s002")
    assert names(case.case)[-1] == "back"
    district.do(case.case, "take_back", "paiqian", f"{DAY} 09:51")
    assert names(case.case)[-1] == "take_back"


def bounced(district: District) -> Opened:
    """Three dispatches, three agreed returns."""
    case = district.dispatched()
    for hour in (10, 11, 14):
        back(district, case, f"{hour}:00", nobody="没有别的单位")
        if hour < 14:
            district.do(case.case, "take_back", "paiqian", f"{DAY} {hour}:10", unit="nk.cgw")
    district.do(case.case, "take_back", "paiqian", f"{DAY} 14:10")
    return case


def test_after_three_dispatches_only_a_ruling(district: District) -> None:
    case = bounced(district)
    with pytest.raises(Refused, match="已有 3 次"):
        district.do(case.case, "dispatch", "paiqian", f"{DAY} 14:20", unit="nk.cgw")
    district.do(case.case, "rule", "zhihui", f"{DAY} 14:30", unit="nk.s001")
    assert not Duty.objects.filter(kind=RULED).exists()


def test_a_ruling_adds_a_dated_row_and_leaves_old_cases_alone(district: District, seed: Any) -> None:
    case, old = bounced(district), district.dispatched()
    with pytest.raises(Refused, match="要写明指定的依据"):
        district.do(case.case, "rule", "zhihui", f"{DAY} 14:30", unit="nk.s001", scope="street")
    district.do(
        case.case, "rule", "zhihui", f"{DAY} 14:30", unit="nk.s001", scope="street", text="桶由街道购置"
    )
    row = Duty.objects.get(kind=RULED)
    assert (row.unit_id, row.area, row.role, row.since, row.until) == ("nk.s001", "街道:120104001", "lead", date(2026, 10, 13), None)  # fmt: skip
    assert row.basis == f"指挥中心裁定 {case.number}（{DAY}）：桶由街道购置"
    district.do(old.case, "note", "cgw", "2026-10-14 09:00", text="还是我们在办")
    page = queries.case_page(old.case, dispatcher(district), at("2026-10-14 09:10"))
    assert page.head.holder == "nk.cgw" and page.duty and page.duty.answer.lead == "nk.cgw"
    new = district.report("2026-10-13 09:00")
    page = queries.case_page(new.case, dispatcher(district), at("2026-10-13 09:10"))
    assert page.duty and page.duty.answer.lead == "nk.s001" and case.number in page.duty.answer.reason
    assert people.load_duties(seed).removed == 0 and Duty.objects.filter(kind=RULED).count() == 1


def test_a_later_ruling_goes_before_the_earlier_one(district: District) -> None:
    given = {
        "line": "urban_management",
        "matter": "管理事项:06042",
        "area": "街道:120104001",
        "basis": "裁定",
    }
    people.amend_duty("nk.s001", since=date(2026, 10, 13), **given)
    people.amend_duty("nk.s002", since=date(2026, 10, 13), **given)
    people.amend_duty("nk.cgw", since=date(2026, 11, 2), **given)
    assert list(Duty.objects.filter(kind=RULED).order_by("pk").values_list("unit_id", "until")) == [
        ("nk.s001", date(2026, 11, 2)), ("nk.s002", date(2026, 11, 2)), ("nk.cgw", None),
    ]  # fmt: skip
    leads = []
    for day in (f"{DAY} 09:00", "2026-10-13 09:00", "2026-11-02 09:00"):
        page = queries.case_page(district.report(day).case, dispatcher(district), at(day) + 60)
        assert page.duty
        leads.append(page.duty.answer.lead)
    assert leads == ["nk.cgw", "nk.s002", "nk.cgw"]


def test_what_a_ruling_cannot_write_is_said_and_nothing_happens(district: District) -> None:
    case = bounced(district)
    with pytest.raises(BadInput, match="没有单位"):
        district.do(case.case, "rule", "zhihui", f"{DAY} 14:30", unit="nk.nobody", scope="whole", text="依据")
    with pytest.raises(BadInput, match="没有单位“nk"):  # whether or not it would change the list
        district.do(case.case, "rule", "zhihui", f"{DAY} 14:30", unit="nk.nobody")
    assert names(case.case)[-1] == "take_back" and POINT
