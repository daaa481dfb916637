"""To whom it may be sent, each with its reason; the register's three units; what nobody owns falls back to the place."""

from __future__ import annotations

import pytest

from bihuan.core.authority.duty import Place, who
from bihuan.core.authority.suggest import UNKNOWN, Standing, Suggestion, owned, owner_at, suggest
from bihuan.core.tests.test_duty import DAY, LINE, NAMES, ROWS, WANXING, row

GAS = Standing("12010401001000001", "供水井盖", 3, "cgw", "water", "")
PIPE = Standing("12010401001000002", "供水井盖", 5, "cgw", "power", "s5")
NOBODYS = Standing("12010401001000003", "供水井盖", 1, "", "", "")
STREETS = [
    *ROWS,
    row("cgw", "管理事项:01023", role="assist"),
    row("s5", "管理事项:01023", "街道:120104005", "fallback"),
]


def asked(
    matter: str, *near: Standing, place: Place = WANXING, rows=ROWS
) -> list[tuple[str, str, bool, str]]:
    where = owned(place, near)
    answer = who(rows, LINE, matter, where, DAY, NAMES)
    found: tuple[Suggestion, ...] = suggest(answer, where, near, NAMES)
    return [(one.part, one.unit, one.open, str(one.reason)) for one in found]


def test_the_lead_comes_first_then_who_only_assists():
    lead, assist = asked("管理事项:06042")
    assert lead[:3] == ("lead", "cgw", True) and "由区城市管理委主办" in lead[3]
    assert assist[:3] == ("assist", "s5", False) and "只是协办" in assist[3]


def test_every_alternate_has_its_own_reason():
    first, second, *rest = asked("管理事项:06010")
    assert first[:3] == ("alternate", "cgw", True) and "主次干道" in first[3]
    assert second[:3] == ("alternate", "s5", True) and "背街里巷" in second[3]
    assert rest == []  # the fallback is one of the two already


def test_without_a_register_whoever_leads_is_asked_whose_it_is():
    (one,) = asked("管理事项:01001")
    assert one[:3] == ("lead", "water", True) and "请核对设施权属" in one[3]


def test_whoever_owns_the_registered_component_leads_and_its_three_units_are_named():
    (one,) = asked("管理事项:01001", GAS)
    assert one[:3] == ("lead", "water", True)
    assert (
        "3 米处有登记的部件供水井盖（12010401001000001）：主管区城市管理委，权属供水企业，养护不明。"
        in one[3]
    )
    assert "请核对设施权属" not in one[3]


def test_the_maintainer_goes_before_the_owner_and_without_the_duty_it_leads_nothing():
    assert PIPE.answers == "s5" and asked("管理事项:01001", PIPE) == []


@pytest.mark.parametrize("near", [(NOBODYS,), ()])
def test_what_nobody_owns_falls_back_to_the_street(near):
    fallback, assist = asked("管理事项:01023", *near, rows=STREETS)
    assert fallback[:3] == ("fallback", "s5", True) and "兜底" in fallback[3]
    assert assist[:3] == ("assist", "cgw", False)
    assert ("按属地兜底" in fallback[3]) == bool(near)


def test_a_fallback_beside_a_lead_is_not_open():
    rows = [*ROWS, row("s6", "管理事项:06042", role="fallback")]
    found = asked("管理事项:06042", rows=rows)
    assert [one[:3] for one in found] == [
        ("lead", "cgw", True),
        ("fallback", "s6", False),
        ("assist", "s5", False),
    ]


def test_side_by_side_with_two_owners_the_register_does_not_decide():
    assert owner_at((GAS, PIPE)) == "" and owner_at((NOBODYS,)) == UNKNOWN
    (one,) = asked("管理事项:01001", GAS, PIPE)
    assert one[1] == "water" and "旁边还有同类部件" in one[3] and "请核对设施权属" in one[3]


def test_what_a_form_established_goes_before_the_register():
    place = Place(WANXING.cell, WANXING.community, WANXING.street, WANXING.district, owner="water")
    assert owned(place, (PIPE,)).owner == "water"
