"""Seasonal curves of the lines: their examples come out as written, and what is wrong with a file is said."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bihuan.core.line.folder import Line, read
from bihuan.core.score.pace import Bands, Plan, Reading, exact, expected, pace
from bihuan.core.time.instant import day
from bihuan.lines import all_lines, at, calendar
from bihuan.lines.curves import check_curves, curve, curves, examples, has_curves
from bihuan.lines.forms import fields

LINES = [line for versions in all_lines().values() for line in versions.values() if has_curves(line)]
EXAMPLES = [(line, one) for line in LINES for one in examples(line)]


def bands(line: Line, on: int) -> Bands:
    return Bands(*(line.param(name, on).value for name in ("pace_near", "pace_far", "pace_stale")))


@pytest.mark.parametrize(("line", "one"), EXAMPLES, ids=[one["title"] for _, one in EXAMPLES])
def test_the_example_comes_out_as_written(line: Line, one: Mapping[str, Any]) -> None:
    first, asof = day(str(one["from"])), day(str(one["asof"]))
    plan = Plan(
        first, day(str(one["to"])), exact(one["goal"]), exact(one.get("base", 0)), one["unit"],
        curve(line, one["curve"], first),
    )  # fmt: skip
    readings = [Reading(day(str(row["on"])), exact(row["value"])) for row in one["readings"]]
    found = pace(plan, readings, asof, calendar(), bands(line, asof))
    got = {
        "standing": found.standing, "says": found.says, "basis": found.basis, "expected": found.expected * 100,
        "due_then": None if found.due_then is None else found.due_then * 100,
    }  # fmt: skip
    assert {key: got[key] for key in one["expect"]} == one["expect"]


def test_the_line_of_supervision_shows_every_word_of_pace() -> None:
    assert {one["expect"]["standing"] for _, one in EXAMPLES} >= {
        "on_pace",
        "behind",
        "far_behind",
        "no_data",
    }
    assert {one["curve"] for _, one in EXAMPLES} >= {"planting", "construction", "heating", ""}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.code)
def test_curves_sum_to_the_whole_year_and_name_their_standing(line: Line) -> None:
    for one in curves(line):
        assert sum(one.weights) == 100 and ("例" in one.source or "✔" in one.source)
        plan = Plan(day("2026-01-01"), day("2026-12-31"), Fraction(100), curve=one)
        done = 0
        for month, weight in enumerate(one.weights, 1):
            done += weight
            end = day(f"2026-{month + 1:02}-01") - 1 if month < 12 else day("2026-12-31")
            assert expected(plan, end, calendar()) == Fraction(done, 100)


def test_the_form_offers_the_curves_under_their_names() -> None:
    line = at("supervision", "2026-03-02")
    titles = {one.code: one.title for one in curves(line)}
    for action in ("propose", "assign", "appoint"):
        offered = next(field for field in fields(line, action) if field.key == "curve")
        assert {code: say for code, say in offered.options if code != "even"} == titles
        assert all(titles[code].en == say.en for code, say in offered.options if code != "even")
    assert curve(line, "even", day("2026-01-01")) is None is curve(line, "", day("2026-01-01"))


def test_a_line_without_the_file_has_no_curves() -> None:
    line = at("assists", "2026-03-02")
    assert not has_curves(line) and curves(line) == () and check_curves(line) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weights = [2, 2, 8,", "weights = [3, 2, 8,", "curve.construction.weights: twelve whole numbers that sum to 100"),
        ("weights = [2, 2, 8,", "weights = [2, 10,", "curve.construction.weights: twelve whole numbers"),
        ('code = "planting"', 'code = "plantng"', "forms.assign.curve: form and curves differ: planting, plantng"),
        ('en = "School terms"', 'enn = "School terms"', "curve.school.en: unknown key, or missing"),
        ("[[curve]]", "[[curv]]", "curv: unknown key"),
        ("[[curve]]", "[[curve]", "cannot be read"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "supervision"
    shutil.copytree(Path(LINES[0].folder), folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "curves.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert any(said in fault.en for fault in check_curves(read(folder)))
