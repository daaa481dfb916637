"""Loading units, duties and grants: the real seed, twice; faulty files name file, line and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bihuan.core.authority.grants import UnknownRight
from bihuan.core.rows import Loaded, RowError
from bihuan.people import actions, queries
from bihuan.people.models import Duty, Grant, Person, Post, Unit

pytestmark = pytest.mark.django_db
DAY = (date(2026, 10, 12) - date(1970, 1, 1)).days


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_seed_loads_and_loading_it_again_changes_nothing() -> None:
    assert actions.load_units().added == Unit.objects.count() >= 70
    duties = actions.load_duties()
    assert duties.added == Duty.objects.count() > 1000
    assert actions.load_grants().added == Grant.objects.count()
    assert actions.load_units() == actions.load_duties() == actions.load_grants() == Loaded()
    assert Duty.objects.filter(unit="nk.s001", area__startswith="街道:120104001").exists()


def test_a_changed_file_changes_only_what_changed(tmp_path: Path) -> None:
    head = "code,name,name_en,kind,parent,division\n"
    actions.load_units(write(tmp_path, "units.csv", head + "nk,区政府,District,government,,120104\n"))
    text = head + "nk,南开区政府,District,government,,120104\nnk.a,甲局,A,bureau,nk,120104\n"
    assert actions.load_units(write(tmp_path, "units.csv", text)) == Loaded(1, 1, 0)
    assert Unit.objects.get(pk="nk").name == "南开区政府"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name\nnk,区政府\n", "missing column name_en"),
        ("code,name,name_en,kind,parent,division\nnk,区政府\n", "units.csv:2"),
        ("code,name,name_en,kind,parent,division\nnk.a,甲局,A,bureau,nk,\n", "no unit 'nk'"),
    ],
)
def test_a_faulty_file_loads_nothing(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RowError, match=said):
        actions.load_units(write(tmp_path, "units.csv", text))
    assert not Unit.objects.exists()


def test_an_unknown_right_is_refused(tmp_path: Path) -> None:
    head = "post,unit,line,matter,area,purpose,basis,since,until\n"
    with pytest.raises(UnknownRight, match="emperor"):
        actions.load_grants(write(tmp_path, "grants.csv", head + "emperor,,,,,see,x,2016-01-01,\n"))
    assert not Grant.objects.exists()


def test_a_duty_of_no_unit_is_refused(tmp_path: Path) -> None:
    head = "unit,kind,line,matter,area,role,since,until,basis\n"
    with pytest.raises(RowError, match=r"nk\.nobody"):
        actions.load_duties(write(tmp_path, "duty.csv", head + "nk.nobody,x,l,m,全区,lead,2016-01-01,,x\n"))


@pytest.fixture
def two() -> tuple[Person, Person]:
    actions.load_units()
    return Person.objects.create_user("a", name="甲"), Person.objects.create_user("b", name="乙")


def test_a_post_is_held_on_its_days_only(two: tuple[Person, Person]) -> None:
    a, _ = two
    actions.give_post(a, "nk.cgw", "officer", date(2026, 10, 1), date(2026, 10, 12))
    assert queries.actor(a, "nk.cgw", DAY - 1).posts == {"officer"}
    assert queries.actor(a, "nk.cgw", DAY).posts == frozenset()
    assert queries.actor(a, "nk.czj", DAY - 1).posts == frozenset()


def test_a_delegate_acts_in_the_post_and_is_drawn_in_its_holders_place(two: tuple[Person, Person]) -> None:
    a, b = two
    post = actions.give_post(a, "nk.jiandu", "checker", date(2016, 1, 1))
    actions.delegate(post, b, date(2026, 10, 12), date(2026, 10, 14), "请假")
    assert queries.actor(b, "nk.jiandu", DAY).posts == {"checker"}
    assert queries.actor(b, "nk.jiandu", DAY + 2).posts == frozenset()
    assert queries.holders("nk.jiandu", "checker", DAY) == [str(b.pk)]
    assert queries.holders("nk.jiandu", "checker", DAY + 2) == [str(a.pk)]
    assert [unit.code for unit, _ in queries.units_of(b, DAY)] == ["nk.jiandu"]
    actions.end_post(post, date(2026, 10, 12))
    assert queries.actor(b, "nk.jiandu", DAY).posts == frozenset()


def test_the_three_administrators_are_three_persons(two: tuple[Person, Person]) -> None:
    a, b = two
    actions.give_post(a, "nk.gov", "sysadmin", date(2016, 1, 1))
    with pytest.raises(ValueError, match="三员"):
        actions.give_post(a, "nk.gov", "auditor", date(2016, 1, 1))
    actions.give_post(b, "nk.gov", "auditor", date(2016, 1, 1))
    assert Post.objects.count() == 2
    with pytest.raises(ValueError, match="unknown post"):
        actions.give_post(b, "nk.gov", "emperor", date(2016, 1, 1))


def test_a_person_has_no_default_password(two: tuple[Person, Person]) -> None:
    assert not two[0].has_usable_password()
    assert not any(two[0].check_password(word) for word in ("", "a", "甲", "password"))


def test_what_is_kept_in_memory_follows_the_tables() -> None:
    actions.load_units()
    before = queries.known(queries.change())
    assert queries.known(queries.change()) is before
    Unit.objects.create(code="nk.new", name="新局", kind="bureau")
    after = queries.known(queries.change())
    assert after is not before and after.names["nk.new"] == "新局"
