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
    assert "没有登记可以逐步累计的目标数值" in page("fagai", office.working("规范停车秩序").number)


def test_other_lines_show_neither(district: object, seat: Seat) -> None:
    case = district.dispatched()  # type: ignore[attr-defined]
    assert 'id="pace"' not in seat("cgw").get(f"/desk/{case.number}/").content.decode()


def test_the_bar_shows_reached_and_due_and_is_absent_without_a_figure(
    office: Office, page: Callable[[str, str], str]
) -> None:
    case = office.working("绿化提升40万平方米", goal=40, goal_unit="万平方米", year=2026, curve="planting")
    assert "pace-bar" not in page("fagai", case.number)
    said = {"text": "进展", "value": 10, "value_on": "2026-03-31", "source": "绿化台账（例）"}
    office.do(case, "progress", "fagai", "2026-04-20 09:00", **said)
    shown = page("fagai", case.number)
    assert 'class="reached" y="4" width="250"' in shown and 'class="due" x="210"' in shown


def test_whoever_checked_is_not_told_why_they_may_not_do_the_work(
    office: Office, clock: Callable[[str], None]
) -> None:
    case = office.working("规范学校门前停车秩序")
    facts = {"facts": "许可证（例）"}
    office.do(case, "apply_close", "fagaihead", "2026-03-20 09:00", "evidence:result", **facts)
    drawn = office.inspector(case)
    office.do(case, "check_false", drawn, "2026-03-24 09:00", "evidence:check", reason="一处没有完工")
    clock("2026-04-20 10:00")
    client = Client()
    client.force_login(office.persons["ducha"], backend="django.contrib.auth.backends.ModelBackend")
    assert "责任单位不得核查自己的办理结果" not in client.get(f"/desk/{case.number}/").content.decode()
