"""A hand figure beside the computed one: on the page of the promise, where figures are written, on the case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.core.time.formats import THIN
from bihuan.core.time.instant import at
from bihuan.targets import actions, beside, measured
from bihuan.targets.models import Commitment, Reading
from bihuan.targets.tests.conftest import Office, office
from bihuan.targets.tests.test_measure import JOBS, confirm, key_of, later

__all__ = ["later", "office"]
SIX, NINE = f"36{THIN}000人", f"39{THIN}000人"
FORMULA, VERSION = "urban_management/handled_on_time", "0123456789abcdef"


@pytest.fixture
def followed(later: Office) -> Commitment:
    """New jobs of 2027, followed from 4 January."""
    made = confirm(later, JOBS, "nk.rsj")
    case, decided = made.case_id, {"basis": "decision", "decision": "示例政〔2026〕1号"}
    later.do(case, "approve", "quzhang", "2026-12-28 11:00", **decided)
    given = {"lead": "nk.rsj", "limit": "12 months"}
    later.do(case, "assign", "duban", "2026-12-28 14:00", "letter:assign", **given)
    later.do(case, "sign", "rsj", "2026-12-28 15:00")
    return made


def compute(value: str, when: str = "2027-07-01 09:00") -> Reading:
    return actions.add_computed(
        "新增就业", "人", "当年", "天津市南开区", 2027, Decimal(value), formula=FORMULA, version=VERSION,
        source="/scores/1/", at=at(when),
    )  # fmt: skip


def report(office: Office, made: Commitment, value: float, on: str) -> None:
    said = {"text": "进展", "value": value, "value_on": on, "source": "就业台账（例）"}
    office.do(made.case_id, "progress", "rsj", f"{on} 16:00", **said)


def write(office: Office, made: Commitment, value: str) -> None:
    indicator = made.target.indicator.pk  # type: ignore[union-attr]
    actions.add_reading(
        indicator,
        2027,
        value,
        "achieved",
        "年报第 3 页（例）",
        **office.who("duban"),
        at=at("2027-07-02 09:00"),
    )


def page(office: Office, client: Any, monkeypatch: Any, path: str, name: str = "rsj") -> str:
    from bihuan.cases.edge import to_datetime

    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2027-07-05 10:00")))
    client.force_login(office.persons[name], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(path)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def number(made: Commitment) -> str:
    with wall.open_to(wall.SYSTEM):
        return str(Case.objects.get(pk=made.case_id).number)


def test_without_a_computed_figure_there_is_no_pair(later: Office, followed: Commitment) -> None:
    write(later, followed, "39000")
    assert beside.pairs(Reading.objects.all(), "人") == ()


def test_the_latest_of_each_kind_stands_beside_the_other(later: Office, followed: Commitment) -> None:
    for value in ("30000", "39000"):
        write(later, followed, value)
    compute("35000")
    compute("36000")
    [one] = beside.pairs(Reading.objects.all(), "人")
    assert one.hand is not None and (one.computed.text, one.hand.text) == (SIX, NINE)
    assert (one.when, one.agree) == ((2027, 0), False) and one.words == "手填比系统计算多 3000人"


def test_the_page_of_the_promise_shows_both_and_which_is_in_force(
    later: Office, followed: Commitment, client: Any
) -> None:
    write(later, followed, "39000")
    compute("36000")
    shown = client.get(f"/promises/{later.report.pk}/mark/{key_of(later.report, JOBS)}").content.decode()
    for words in (
        SIX,
        NINE,
        "以它为准",
        "手填比系统计算多 3000人",
        "按期处置率",
        VERSION,
        "年报第 3 页（例）",
    ):
        assert words in shown, words
    assert 'href="/scores/1/"' in shown


def test_whoever_writes_a_figure_sees_the_computed_one_first(
    later: Office, followed: Commitment, client: Any, monkeypatch: Any
) -> None:
    compute("36000")
    path = f"/desk/promises/{later.report.pk}/reading/{key_of(later.report, JOBS)}"
    shown = page(later, client, monkeypatch, path)
    assert SIX in shown and "没有填" in shown


def test_the_case_shows_its_own_report_beside_the_computed_figure_and_paces_by_the_latter(
    later: Office, followed: Commitment, client: Any, monkeypatch: Any
) -> None:
    report(later, followed, 2.1, "2027-06-30")
    path = f"/desk/{number(followed)}/"
    before = page(later, client, monkeypatch, path)
    assert "实际 2.1万人" in before and "系统计算" not in before
    compute("10000")
    shown = page(later, client, monkeypatch, path)
    assert "实际 1万人" in shown and "用系统计算的数" in shown
    for words in ("2.1万人", "就业台账（例）", "手填比系统计算多 1.1万人", "明显慢于序时"):
        assert words in shown, words


def test_a_computed_figure_of_another_time_leaves_the_pace_to_the_hand(
    later: Office, followed: Commitment, client: Any, monkeypatch: Any
) -> None:
    report(later, followed, 2.1, "2027-06-30")
    actions.add_computed(
        "新增就业", "人", "当年", "天津市南开区", 2026, Decimal(41000), formula=FORMULA, version=VERSION,
        source="/scores/1/", at=at("2026-12-28 16:00"),
    )  # fmt: skip
    shown = page(later, client, monkeypatch, f"/desk/{number(followed)}/")
    assert "实际 2.1万人" in shown and "用系统计算的数" not in shown and "4.1万人" in shown


def test_other_units_are_not_compared(later: Office, followed: Commitment) -> None:
    compute("36000")
    assert measured.known_of({followed.case_id: "座"}) == {}
    [(_row, told)] = measured.known_of({followed.case_id: "万人"})[followed.case_id]
    assert told.text == "3.6万人"
