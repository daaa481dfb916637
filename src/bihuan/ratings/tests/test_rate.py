"""Rating: once and one word more, by whoever has the code and nobody of the staff; a bad one opens its case."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Contact, Event
from bihuan.cases.shapes import BadInput, Opened, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.say import Say
from bihuan.core.time.instant import at
from bihuan.ratings import actions, queries
from bihuan.ratings.actions import Given
from bihuan.ratings.models import DayKey, Rating
from bihuan.ratings.occasions import NOT_THIS, NOT_YET, Occasion, case_occasion
from bihuan.ratings.tests.conftest import OFFICE, licence, step

WHEN = "2026-10-14 10:00"
BAD = Given("2", "等了一上午", "yes", "李某某", "13900001234")


def occasion(case: Opened, when: str = WHEN) -> Occasion:
    found = case_occasion(case.case, at(when))
    assert isinstance(found, Occasion), found
    return found


def rate(case: Opened, given: Given, when: str = WHEN, **more: Any) -> tuple[Rating, Opened | None]:
    rest = {"staff": "", "device": "phone", "address": "203.0.113.7"} | more
    return actions.rate(occasion(case), given, at=at(when), **rest)


def stored() -> list[Rating]:
    with wall.open_to(wall.SYSTEM):
        return list(Rating.objects.order_by("pk"))


def case_now(number: str) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(number=number)


def test_a_good_rating_is_kept_opens_nothing_and_keeps_no_name(hall: District) -> None:
    case = licence(hall)
    kept, opened = rate(case, Given("4", "", "yes", "李某某", "13900001234"))
    assert opened is None
    assert (kept.about, kept.unit, kept.item, kept.level, kept.case) == (case.number, OFFICE, "P003-1", 4, "")
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.filter(line="ratings").exists()
        assert "李某某" not in "".join(map(str, Rating.objects.values_list()))


def test_a_named_bad_rating_opens_a_case_to_call_back(hall: District) -> None:
    kept, opened = rate(licence(hall), BAD)
    assert opened is not None and kept.case == opened.number
    case = case_now(opened.number)
    assert (case.line, case.matter, case.state, case.holder) == ("ratings", "named", "waiting", OFFICE)
    assert case.parties["office"] == "nk.zwb" and case.parties["rater"] == f"r:{opened.number}"
    with wall.open_to(wall.SYSTEM):
        assert Contact.objects.get(case=case).phone == "13900001234"
        assert "13900001234" not in str(Event.objects.get(case=case).data)


def test_an_anonymous_bad_rating_goes_straight_to_verification(hall: District) -> None:
    _, opened = rate(licence(hall), Given("1", "", "no"))
    assert opened is not None
    case = case_now(opened.number)
    assert (case.matter, case.state) == ("anonymous", "verifying")
    with wall.open_to(wall.SYSTEM):
        assert not Contact.objects.filter(case=case).exclude(name="", phone="").exists()


def test_staff_never_rate(hall: District) -> None:
    with pytest.raises(Refused, match="工作人员的账号不能评价"):
        rate(licence(hall), Given("5", "", "no"), staff=hall.id("chuang"))
    assert stored() == []


def test_only_what_has_an_outcome_is_rated_and_only_lines_on_the_list(hall: District) -> None:
    assert case_occasion(licence(hall, granted=False).case, at(WHEN)) == NOT_YET
    assert case_occasion(hall.dispatched().case, at(WHEN)) == NOT_THIS
    assert isinstance(case_occasion(licence(hall, 2).case, at(WHEN)), Occasion)


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (Given(), {"level", "named"}),
        (Given("6", "", "no"), {"level"}),
        (Given("4", "字" * 1001, "no"), {"words"}),
        (Given("1", "", "yes"), {"name", "phone"}),
        (Given("1", "", "yes", "李某某", "12"), {"phone"}),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(hall: District, given: Given, fields: set[str]) -> None:
    with pytest.raises(BadInput) as bad:
        rate(licence(hall), given)
    assert {name for name, _ in bad.value.faults} == fields
    assert all(isinstance(say, Say) and say.en for _, say in bad.value.faults)
    assert stored() == []


def test_once_and_one_word_more_and_both_are_kept(hall: District) -> None:
    case = licence(hall)
    first, opened = rate(case, BAD)
    second, again = rate(case, Given("5", "改好了", "yes"), "2026-10-15 10:00")
    assert opened is not None and again is None
    assert second.first_id == first.pk
    assert [one.level for one in stored()] == [2, 5]
    with wall.open_to(wall.SYSTEM):
        notes = Event.objects.filter(case__number=opened.number, name="note")
        assert [event.data["text"] for event in notes] == ["补评：非常满意。改好了"]
    assert case_now(opened.number).state == "waiting"  # the case goes on
    found = queries.figures(to_datetime(at("2026-10-16 10:00")))
    assert found is not None  # talked round or not, the lower word counts
    assert (found.whole.rated, found.whole.good, found.whole.better) == (1, 0, 1)
    with pytest.raises(Refused, match="补评过一次"):
        rate(case, Given("5", "", "no"), "2026-10-16 10:00")


def test_a_bad_word_after_a_good_one_opens_the_case_and_counts(hall: District) -> None:
    case = licence(hall)
    rate(case, Given("5", "", "no"))
    _, opened = rate(case, BAD, "2026-10-15 10:00")
    assert opened is not None
    found = queries.figures(to_datetime(at("2026-10-16 10:00")))
    assert found is not None
    assert (found.whole.rated, found.whole.good, found.whole.worse) == (1, 0, 1)


def test_nothing_is_counted_where_nobody_rated(hall: District) -> None:
    licence(hall, 1), licence(hall, 2), licence(hall, 3, granted=False)
    rate(licence(hall, 4), Given("4", "", "no"))
    found = queries.figures(to_datetime(at("2026-10-16 10:00")))
    assert found is not None
    row = found.units[0]
    assert (row.could, row.answered, row.rated, row.good) == (3, 1, 1, 1)
    assert row.praise == "件数不够" and row.share == "件数不够" and row.bound == ""
    row.least = 1
    assert (str(row.share), str(row.praise)) == ("3 件里 1 件", "1 件里 1 件") and row.bound.startswith("20.")


def test_what_was_set_aside_on_appeal_leaves_the_figures(hall: District) -> None:
    _, opened = rate(licence(hall), BAD)
    assert opened is not None
    step(hall, opened.case, "call_back", "chuang", "2026-10-14 11:00", text="点错了")
    step(
        hall,
        opened.case,
        "appeal",
        "zhu",
        "2026-10-14 12:00",
        "evidence:ground",
        kind="mistaken",
        ground="点错",
    )
    step(hall, opened.case, "uphold", "zwb", "2026-10-15 12:00", answer="误评")
    found = queries.figures(to_datetime(at("2026-10-16 10:00")))
    assert found is not None
    assert (found.whole.answered, found.whole.rated, found.whole.set_aside) == (1, 0, 1)


def test_whoever_handled_the_matter_does_not_verify_the_rating(hall: District) -> None:
    _, opened = rate(licence(hall), BAD)
    assert opened is not None
    step(hall, opened.case, "call_back", "chuang", "2026-10-14 11:00", text="说等太久")
    for who in ("jing", "shen"):  # reviewed and granted the licence
        with pytest.raises(Refused, match="经手过那一件的人不核实"):
            step(hall, opened.case, "founded", who, "2026-10-14 12:00", finding="属实")
    step(hall, opened.case, "founded", "zhu", "2026-10-14 12:00", finding="属实")
    assert case_now(opened.number).state == "rectifying"


def test_the_office_that_reviews_is_another_where_it_is_rated_itself(hall: District) -> None:
    mine = Occasion("visit", "Q1", Say("窗口", "Window"), "", "", "nk.zwb")
    _, opened = actions.rate(mine, Given("1", "", "no"), staff="", device="d", address="", at=at(WHEN))
    assert opened is not None and case_now(opened.number).parties["office"] == "nk.duban"


def test_no_address_is_stored_and_the_key_of_the_day_is_thrown_away(hall: District) -> None:
    same, _ = rate(licence(hall, 1), Given("4", "", "no"))
    other, _ = rate(licence(hall, 2), Given("4", "", "no"))
    later, _ = rate(licence(hall, 3), Given("4", "", "no"), "2026-10-15 10:00")
    assert same.source == other.source != later.source and len(same.device) == 32
    with wall.open_to(wall.SYSTEM):
        assert "203.0.113.7" not in str(list(Rating.objects.values_list()))
    assert actions.throw_keys_away(at("2026-10-17 03:50")) == 1
    assert [str(key.day) for key in DayKey.objects.all()] == ["2026-10-15"]


def test_a_rating_cannot_be_altered_and_is_behind_the_wall(hall: District) -> None:
    rate(licence(hall), Given("2", "", "no"))
    assert wall.ask("select count(*) from ratings_rating", [], "nk.scjg") == [(0,)]
    assert wall.ask("select count(*) from ratings_rating", [], wall.SYSTEM) == [(1,)]
    with (
        wall.open_to(wall.SYSTEM),
        pytest.raises(DatabaseError, match="ratings_rating"),
        transaction.atomic(),
    ):
        Rating.objects.update(level=5)


def test_published_without_personal_numbers_with_what_was_done(hall: District) -> None:
    _, opened = rate(licence(hall), BAD)
    assert opened is not None
    pk = opened.case
    step(hall, pk, "call_back", "chuang", "2026-10-14 11:00", text="等太久")
    step(hall, pk, "founded", "zhu", "2026-10-14 12:00", finding="少开一个窗口")
    step(hall, pk, "rectify", "jing", "2026-10-15 09:00", "evidence:rectified", answer="加开窗口")
    step(hall, pk, "tell", "chuang", "2026-10-15 10:00")
    assert queries.published() == ([], 0)
    with pytest.raises(Refused, match="号码"):
        step(
            hall,
            pk,
            "publish",
            "zwb",
            "2026-10-16 09:00",
            shown="打13900001234",
            shown_answer="加开",
            reviewed="yes",
        )
    with pytest.raises(Refused):
        step(
            hall,
            pk,
            "publish",
            "zhu",
            "2026-10-16 09:00",
            shown="等了一上午",
            shown_answer="加开",
            reviewed="yes",
        )
    step(
        hall,
        pk,
        "publish",
        "zwb",
        "2026-10-16 09:00",
        shown="等了一上午",
        shown_answer="加开窗口",
        reviewed="yes",
    )
    rows, more = queries.published()
    assert more == 0 and [(row.words, row.answer, row.level, row.outcome) for row in rows] == [
        ("等了一上午", "加开窗口", 2, "rectified")
    ]
