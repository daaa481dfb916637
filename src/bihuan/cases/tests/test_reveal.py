"""`reveal` and `look_up`: reading personal data leaves a trace; wrong codes are counted."""

from __future__ import annotations

import pytest

from bihuan.cases import actions
from bihuan.cases.shapes import BadInput, NoSuchCase, Refused, TooMany
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.people.models import Reading

NOW = at("2026-10-12 10:00")
DATA = {"what": "垃圾桶满了", "contact_name": "甲某某", "contact_phone": "13800000000"}


def test_a_reading_is_logged_with_purpose_and_basis(district: District) -> None:
    case = district.report(data=DATA)
    me = district.persons["shouli"]
    contact = actions.reveal(case.case, me, "nk.jiandu", purpose="回访", basis="个人信息保护法§34", at=NOW)
    assert (contact.name, contact.phone) == ("甲某某", "13800000000")
    reading = Reading.objects.get()
    assert (reading.person_id, reading.case_id, reading.purpose) == (me.pk, case.case, "回访")
    assert reading.fields == ["name", "phone"] and reading.unit == "nk.jiandu"


@pytest.mark.parametrize(("who", "unit"), [("cgw", "nk.cgw"), ("zhihui", "nk.zhihui"), ("shouli", "nk.cgw")])
def test_without_the_grant_nothing_is_shown(district: District, who: str, unit: str) -> None:
    case = district.report(data=DATA)
    with pytest.raises(Refused) as refused:
        actions.reveal(case.case, district.persons[who], unit, purpose="看看", basis="§34", at=NOW)
    assert refused.value.reasons[0].en
    assert not Reading.objects.exists()


@pytest.mark.parametrize(("purpose", "basis", "field"), [("", "§34", "purpose"), ("回访", " ", "basis")])
def test_purpose_and_basis_are_required(district: District, purpose: str, basis: str, field: str) -> None:
    case = district.report(data=DATA)
    with pytest.raises(BadInput) as bad:
        actions.reveal(
            case.case, district.persons["shouli"], "nk.jiandu", purpose=purpose, basis=basis, at=NOW
        )
    assert bad.value.faults[0][0] == field


def test_an_unknown_case(district: District) -> None:
    with pytest.raises(NoSuchCase):
        actions.reveal(1, district.persons["shouli"], "nk.jiandu", purpose="回访", basis="§34", at=NOW)


def test_ten_wrong_codes_from_one_source_and_it_has_to_wait(district: District) -> None:
    case = district.report()
    assert actions.look_up(case.number, case.code, source="10.0.0.1", at=NOW) == case.case
    for n in range(10):
        with pytest.raises(NoSuchCase):
            actions.look_up(case.number, "AAAAAAAA", source="10.0.0.1", at=NOW + n)
    with pytest.raises(TooMany, match="15 分钟后"):
        actions.look_up(case.number, case.code, source="10.0.0.1", at=NOW + 10)
    assert actions.look_up(case.number, case.code, source="10.0.0.2", at=NOW + 10) == case.case
    assert actions.look_up(case.number, case.code, source="10.0.0.1", at=NOW + 901) == case.case
