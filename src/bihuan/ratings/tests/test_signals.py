"""Signals in ratings find what is planted and are silent on honest praise; leads are kept once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from bihuan import lines
from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District
from bihuan.core.say import Say
from bihuan.core.signal.rated import RATED, Rated, look_at_ratings
from bihuan.core.time.instant import at, day
from bihuan.leads import queries as leads
from bihuan.leads.models import Lead
from bihuan.lines.signals import check_signals, rules
from bihuan.ratings import actions
from bihuan.ratings.actions import Given
from bihuan.ratings.occasions import Occasion
from bihuan.ratings.tests.conftest import licence, step
from bihuan.ratings.tests.test_rate import BAD, occasion, rate

START = at("2026-10-14 10:00")
LINE = lines.at("ratings", day("2026-10-14"))
ONE = Rated("XK1", "nk.scjg", "3 号窗口", 5, False, "d1", "s1", False, START)


def found(*rated: Rated) -> set[str]:
    return {one.signal for one in look_at_ratings(rated, rules(LINE), lambda code: Say(code, code))}


def series(n: int, gap: int, **more: Any) -> list[Rated]:
    """n ratings, each of another device and source unless said otherwise."""
    return [
        replace(
            ONE, **{"about": f"XK{i}", "device": f"d{i}", "source": f"s{i}", "at": START + i * gap} | more
        )
        for i in range(n)
    ]


def test_every_signal_of_the_line_is_there() -> None:
    assert {one.key for one in rules(LINE)} == set(RATED) and check_signals(LINE) == []


@pytest.mark.parametrize(
    ("rated", "signals"),
    [
        (series(3, 3600, device="d"), {"same_device"}),
        (series(2, 3600, device="d"), set()),
        (series(3, 86400, device="d"), set()),
        (series(3, 3600, device="d", level=2), set()),
        (series(8, 120, source="s"), {"same_source"}),
        (series(8, 600, source="s"), set()),
        (series(5, 20), {"wordless_run"}),
        (series(5, 20, words=True), set()),
        (series(5, 60), set()),
        (series(5, 20, window=""), set()),
        (series(1, 1, inside=True), {"from_inside"}),
        (series(1, 1, inside=True, level=1), set()),
        (series(1, 1, before=1, called=True), {"talked_round"}),
        (series(1, 1, before=1, called=False), set()),
        (series(1, 1, before=4, called=True), set()),
    ],
)
def test_what_is_planted_is_found_and_nothing_else(rated: list[Rated], signals: set[str]) -> None:
    assert found(*rated) == signals


def test_a_rating_changed_after_the_unit_called_is_a_lead_kept_once(hall: District) -> None:
    case = licence(hall)
    _, opened = rate(case, BAD)
    assert opened is not None
    step(hall, opened.case, "call_back", "chuang", "2026-10-14 11:00", text="请改一改")
    rate(case, Given("5", "", "no"), "2026-10-14 12:00")
    assert actions.look(START, at("2026-10-15 00:00"), at("2026-10-15 03:50")) == 1
    assert actions.look(START, at("2026-10-15 00:00"), at("2026-10-16 03:50")) == 0
    lead = Lead.objects.get()
    assert (lead.line, lead.signal, lead.cases) == ("ratings", "talked_round", [case.number])
    page = leads.lead_page(lead.pk)
    assert page.title == "单位联系以后差评改好评" and "本区示例" in page.source


def test_the_same_device_is_told_by_its_digest(hall: District) -> None:
    for n in range(1, 4):
        actions.rate(
            occasion(licence(hall, n)), Given("5", "好", "no"), staff="", device="kiosk", address=f"203.0.113.{n}", at=START + n * 600
        )  # fmt: skip
    assert actions.look(START, START + 86400, START + 86400) == 1
    assert Lead.objects.get().signal == "same_device"


def test_a_ticket_in_a_lead_is_no_link_to_a_case(hall: District) -> None:
    visit = Occasion("visit", "PH20261014-000001", Say("窗口", "Counter"), "", "food", "nk.scjg", "1 号窗口")
    actions.rate(visit, Given("4", "", "no"), staff="", device="d", address="", at=START)
    kept = Lead.objects.create(
        line="ratings", signal="talked_round", version=1, params={}, about=["nk.scjg"], cases=["PH20261014-000001"], weight=80,
        said="x", said_en="x", pairs=[], since=to_datetime(START), until=to_datetime(START), at=to_datetime(START),
    )  # fmt: skip
    office = Client()
    office.force_login(hall.persons["ducha"], backend="django.contrib.auth.backends.ModelBackend")
    page = office.get(f"/desk/leads/{kept.pk}/").content.decode()
    assert "PH20261014-000001" in page and "/desk/PH20261014-000001/" not in page
