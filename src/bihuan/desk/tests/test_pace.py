"""Lamp and pace on the case page: two things side by side, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.cases.tests.test_supervision import Office, office
from bihuan.desk.tests.conftest import Seat

__all__ = ["office"]


@pytest.fixture
def page(office: Office, clock: Callable[[str], None]) -> Callable[[str, str], str]:
    def read(who: str, number: str) -> str:
        clock("2026-04-20 10:00")
        client = Client()
        client.force_login(office.persons[who], backend="django.contrib.auth.backends.ModelBackend")
        return client.get(f"/desk/{number}/").content.decode()

    return read


def test_in_time_and_behind_are_shown_apart(office: Office, page: Callable[[str, str], str]) -> None:
    case = office.working("绿化提升40万平方米", goal=40, goal_unit="万平方米", year=2026, curve="planting")
    said = {"text": "进展", "value": 9, "value_on": "2026-04-17", "source": "绿化台账（例）"}
    office.do(case, "progress", "fagai", "2026-04-20 09:00", **said)
    shown = page("fagai", case.number)
    for words in (
        "绿灯 · 期限内",
        "慢于序时",
        "应到 14.11万平方米，实际 9万平方米",
        "按“绿化种植季”曲线",
        "2026-06-30",
    ):
        assert words in shown, words
    assert "style=" not in shown


def test_no_figure_is_said_to_be_no_data(office: Office, page: Callable[[str, str], str]) -> None:
    case = office.working("绿化提升40万平方米", goal=40, goal_unit="万平方米", year=2026)
    shown = page("fagai", case.number)
    assert "没有数据" in shown and "没有季节曲线，按工作日均摊" in shown
    assert "没有写明目标数值" in page("fagai", office.working("规范停车秩序").number)


def test_other_lines_show_neither(district: object, seat: Seat) -> None:
    case = district.dispatched()  # type: ignore[attr-defined]
    assert 'id="pace"' not in seat("cgw").get(f"/desk/{case.number}/").content.decode()
