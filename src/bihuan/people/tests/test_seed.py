"""The example units, posts, duties and grants fit each other and the core."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import bihuan.people.seed
from bihuan.core.authority import duty, grants
from bihuan.core.authority.duty_list import CATEGORIES
from bihuan.core.say import Say

SEED = Path(bihuan.people.seed.__file__).parent
DAY = (date(2026, 11, 24) - date(1970, 1, 1)).days


def read(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def units() -> dict[str, dict[str, str]]:
    return {u["code"]: u for u in read("units.csv")}


def duties() -> duty.Duties:
    offices = {u["division"]: u["code"] for u in units().values() if u["kind"] == "street"}
    return duty.read_rows(read("duty.csv"), offices)


def test_units_have_the_shape_of_a_district():
    rows = read("units.csv")
    found = units()
    assert len(rows) == len(found) == 80
    assert {u["code"] for u in rows if u["kind"] == "street"} == {f"nk.s{n:03d}" for n in range(1, 13)}
    assert found["nk.s005"]["name"] == "万兴街道办事处"
    assert found["nk.s005"]["division"] == "120104005"
    assert {"nk", "nk.gov", "nk.duban", "nk.jiandu", "nk.zhihui", "nk.cgw"} <= found.keys()
    for i, u in enumerate(rows):
        assert u["name"]
        assert u["name_en"].isascii()
        assert len(u["code"]) <= 32
        # A parent stands before its parts, so that the table loads in one pass.
        assert not u["parent"] or u["parent"] in {p["code"] for p in rows[:i]}


def test_every_duty_is_held_by_a_unit_of_the_table():
    found = duties()
    assert len(read("duty.csv")) == 757
    assert len(found.rows) == 757 + 79 * 11
    assert {d.unit for d in found.rows} <= units().keys()
    for d in found.rows:
        assert len(d.area) <= 32
        assert duty.steps(d.matter)


def test_every_category_has_somebody_who_catches_it():
    found = duties()
    place = duty.Place(street="120104005")
    for category in CATEGORIES.values():
        assert duty.who(found, "urban_management", f"管理事项:{category}", place, DAY).takers, category


def test_the_overflowing_bin_goes_to_urban_management_and_not_to_the_street():
    names = {c: Say(u["name"], u["name_en"]) for c, u in units().items()}
    place = duty.Place(street="120104005")
    assert duty.who(duties(), "urban_management", "管理事项:06042", place, DAY).lead == "nk.cgw"
    said = duty.lacks(duties(), "nk.s005", "urban_management", "管理事项:06042", place, DAY, names)
    assert said is not None
    assert "区城市管理委员会" in said
    assert duty.who(duties(), "urban_management", "管理事项:06001", place, DAY).lead == "nk.s005"


def test_the_known_double_lead_is_the_only_one():
    assert [s for s in duty.ambiguous(duties(), DAY) if "10002" not in s] == []


def test_posts_are_those_of_the_core_with_units_to_have_them():
    rows = read("posts.csv")
    assert {r["post"]: (r["zh"], r["en"]) for r in rows} == {
        p: (str(s), s.en) for p, s in grants.POSTS.items()
    }
    kinds = {u["kind"] for u in units().values()}
    for r in rows:
        assert set(r["unit_kinds"].split()) <= kinds


def test_grants_are_readable_and_name_units_of_the_table():
    for r in read("grants.csv"):
        since = (date.fromisoformat(r["since"]) - date(1970, 1, 1)).days
        grants.Grant(r["post"], r["unit"], r["line"], r["matter"], r["area"], r["purpose"], r["basis"], since)
        assert not r["unit"] or r["unit"] in units()
        assert r["basis"]
