"""What applies to me: asked without an account, answered with a reason for each, by the address alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from bihuan.core.items.applies import NO, YES, Condition, sort
from bihuan.core.say import Say
from bihuan.items import queries
from bihuan.items.guide import conditions, facts
from bihuan.items.tests.example import load_example
from bihuan.people import actions as people

ON = date(2026, 12, 1)


@pytest.fixture
def example(db: None) -> None:
    people.load_units()
    load_example("2026-10-12 09:00")


def parts(client: Client, where: str) -> tuple[str, str, str, str]:
    """The form, what applies, what is open, what does not apply."""
    page = client.get(where).content.decode()
    page = page[page.index('<form class="guide') :]
    rest, _, no = page.partition("<details")
    rest, _, still = rest.partition('id="open-head"')
    form, _, yes = rest.partition('id="yes-head"')
    return form, yes, still, no


def test_answers_sort_what_applies_with_the_reason(example: None, client: Client) -> None:
    here = "/hall/guide?for=person&life=开便利店&here=yes"
    form, yes, still, no = parts(client, here)
    assert "卖烟吗" in form and "个体工商户" in yes and "都要看这一项" in yes
    assert "烟草专卖" in still and "食品经营许可" in still
    _, yes, still, no = parts(client, f"{here}&tobacco=yes&food=no&packed=yes")
    assert "烟草专卖" in yes and "卖烟吗？是" in yes and "仅销售预包装食品备案" in yes
    assert "食品经营许可" in no and "吗？不是（食品安全法 §35）" in no and "食品经营许可" not in yes


def test_whom_it_is_for_decides(example: None, client: Client) -> None:
    _, yes, _, no = parts(client, "/hall/guide?for=organisation&life=开餐馆&here=yes")
    assert "个体工商户" not in yes and "个体工商户" in no and "只对个人" in no


def test_elsewhere_and_half_answers_say_so(example: None, client: Client) -> None:
    assert "不归本区办" in client.get("/hall/guide?for=person&life=结婚&here=no").content.decode()
    for half in ("life=结婚", "for=person&here=yes&life=飞天", "for=x&here=yes&life=结婚"):
        page = client.get(f"/hall/guide?{half}").content.decode()
        assert "前三个问题都要回答" in page and "yes-head" not in page


def test_it_asks_little_and_keeps_nothing(
    example: None, client: Client, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client.get("/hall/guide")
    with django_assert_max_num_queries(4):
        response = client.get("/hall/guide?for=person&life=装修&here=yes&road=yes")
    assert set(response.cookies) <= {"csrftoken"}  # of the form that changes the language


def test_the_tables_speak_of_what_there_is(example: None) -> None:
    found = queries.catalogue()
    lives = {item.power: item.life for item in found.items.values()}
    for one in conditions(ON):
        assert lives[one.power], f"{one.power} is in no occasion"
    assert {one.fact for one in conditions(ON)} == set(facts(ON))
    assert facts(date(2026, 11, 29)) == {} and conditions(date(2026, 11, 29)) == ()


def test_every_occasion_is_sorted_whole_whatever_is_answered(example: None) -> None:
    found, rows, questions = queries.catalogue(), conditions(ON), facts(ON)
    for life in found.lives():
        powers = [
            found.powers[code]
            for code in dict.fromkeys(one.power for one in found.items.values() if life in one.life)
        ]
        targets = {item.power: item.target for item in found.items.values()}
        for who in ("person", "organisation"):
            for answers in ({}, dict.fromkeys(questions, YES), dict.fromkeys(questions, NO)):
                done = sort(powers, targets, who, life, rows, questions, answers)
                assert {one.power.code for one in [*done.yes, *done.open, *done.no]} == {
                    p.code for p in powers
                }
                assert all(one.why for one in [*done.yes, *done.open, *done.no])
                assert not answers or not done.open


def test_two_conditions_both_count(example: None) -> None:
    power = queries.catalogue().powers["P003"]
    rows = (Condition("P003", "a", YES), Condition("P003", "b", NO))
    questions = {"a": Say("甲？", "A?"), "b": Say("乙？", "B?")}

    def applies(**answers: str) -> bool | None:
        done = sort([power], {"P003": "both"}, "person", Say("x", "x"), rows, questions, answers)
        return next(one.applies for one in [*done.yes, *done.open, *done.no])

    assert applies(a=YES, b=NO) is True and applies(a=YES) is None and applies(b=NO) is None
    assert applies(a=NO) is False and applies(a=YES, b=YES) is False
