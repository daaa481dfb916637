"""Points: by formula, capped, no data is no points, small numbers by their bound; who may be ranked at all."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.score.formula import Tally
from bihuan.core.score.scheme import BadScheme, indicators_named, placed, scheme_of, score_unit

DUE = {"count": "runs", "moment": "due", "clock": "handle"}
ROW = {
    "key": "on_time", "zh": "按期", "en": "On time", "numerator": DUE | {"verdict": ["met"]}, "denominator": DUE, "minimum_n": 30,
    "direction": "up", "bound": "wilson", "law": "例", "source": "例",
}  # fmt: skip
ROWS = {"um/on_time": ROW, "um/late": ROW | {"direction": "down"}, "um/seen": ROW | {"direction": "watch"}}
BAD = {"count": "events", "moment": "done", "action": ["check_bad"]}
TABLE = {
    "code": "units", "version": "2026-01-01", "title": {"zh": "考评", "en": "Scores"}, "law": "例", "source": "例", "example": True,
    "confidence": 0.95, "warn_share": 0.2, "bonus_cap": 2, "deduction_cap": 5, "appeal_days": 10,
    "compute": {"unit": "a", "posts": ["officer"]}, "publish": {"unit": "a", "posts": ["head"]}, "decide": {"unit": "b", "posts": ["head"]},
    "group": [{"key": "streets", "zh": "街道", "en": "Streets", "kinds": ["street"]}],
    "part": [
        {"key": "x", "line": "um", "indicator": "on_time", "party": "handler", "weight": 60, "rule": "share", "source": "例"},
        {"key": "y", "line": "um", "indicator": "late", "party": "handler", "weight": 40, "rule": "floor", "full_from": 0.9, "off": 1, "source": "例"},
    ],
    "bonus": [{"key": "b", "zh": "加", "en": "More", "line": "um", "party": "handler", "counted": BAD, "each": 0.5, "law": "例", "source": "例"}],
    "deduction": [{"key": "d", "zh": "扣", "en": "Less", "line": "um", "party": "handler", "counted": BAD, "each": 0.2, "law": "例", "source": "例"}],
    "veto": [{"key": "v", "zh": "否", "en": "Veto", "line": "um", "party": "handler", "counted": BAD, "least": 2, "law": "例", "source": "例"}],
}  # fmt: skip
SCHEME = scheme_of(TABLE, ROWS)


def tally(k: int, n: int, out: int = 0) -> Tally:
    return Tally([f"a{i}" for i in range(k)], [f"a{i}" for i in range(n)], [("o", None)] * out)


def score(unit="s1", **tallies):
    return score_unit(unit, "streets", tallies, SCHEME)


def test_points_by_hand():
    """95 of 100 in time: 60 x .95; 12 % late: 88 % good, 2 points below 90: 40 - 2; six reworks at .2."""
    one = score(x=tally(95, 100), y=tally(12, 100), d=tally(6, 0), b=tally(3, 0))
    assert [part.points for part in one.parts] == [Decimal("57.00"), Decimal("38.00")]
    assert one.total == Decimal("95.30") and one.possible == 100 and not one.small


def test_no_case_is_no_data_and_never_a_hundred():
    one = score()
    assert one.total is None and one.order is None and one.possible == 0
    assert all(part.points is None for part in one.parts)


def test_a_part_without_data_leaves_its_weight_out():
    one = score(x=tally(90, 100))
    assert one.total == Decimal("90.00") and one.possible == 60


def test_bonus_and_deduction_are_capped():
    assert score(x=tally(50, 100), b=tally(1000, 0)).total == Decimal("52.00")
    assert score(x=tally(50, 100), d=tally(1000, 0)).total == Decimal("45.00")
    assert score(x=tally(0, 100), d=tally(1000, 0)).total == 0


def test_a_small_number_is_marked_and_gets_its_bound_for_points():
    one = score(x=tally(3, 3))
    assert one.small and one.parts[0].small
    assert one.total == one.order and one.total < 50


def test_a_one_vote_item_is_a_lead_and_takes_no_points_itself():
    one = score(x=tally(90, 100), v=tally(2, 0))
    assert one.total == Decimal("90.00")
    assert [extra.reached for extra in one.extras if extra.side == "veto"] == [True]
    assert not score(x=tally(90, 100), v=tally(1, 0)).extras[-1].reached


def test_many_left_out_are_warned_of():
    assert score(x=tally(8, 8, out=2)).parts[0].warned
    assert not score(x=tally(9, 9, out=2)).parts[0].warned
    assert score(x=tally(0, 0, out=3)).parts[0].warned


def test_the_order_is_by_the_bound_with_equal_places_and_no_place_without_data():
    units = [
        score("tiny", x=tally(3, 3)), score("big", x=tally(970, 1000)), score("same", x=tally(970, 1000)),
        score("none"), score("struck", x=tally(100, 100)),
    ]  # fmt: skip
    found = placed(units, frozenset({"struck"}))
    assert [(one.unit, one.place) for one in found] == [
        ("big", 1),
        ("same", 1),
        ("tiny", 3),
        ("none", None),
        ("struck", None),
    ]


@given(st.integers(0, 200), st.integers(1, 200), st.integers(0, 30), st.integers(0, 30))
def test_totals_stay_between_nothing_and_full_marks_with_the_bonus(k, n, plus, minus):
    one = score(x=tally(min(k, n), n), b=tally(plus, 0), d=tally(minus, 0))
    assert one.total is not None and 0 <= one.total <= 102
    assert one.order is not None and one.order <= one.total


@given(st.integers(1, 150), st.data())
def test_one_more_case_in_time_never_gives_less(n, data):
    k = data.draw(st.integers(0, n - 1))
    worse, better = score(x=tally(k, n)), score(x=tally(k + 1, n))
    assert better.total >= worse.total and better.order >= worse.order


def planted(**edits):
    table = copy.deepcopy(TABLE)
    for path, value in edits.items():
        where = table
        *parents, last = path.split("__")
        for step in parents:
            where = where[int(step)] if step.isdigit() else where[step]
        where[last] = value
    return table


@pytest.mark.parametrize("kind", ["community", "person", "collector", "grid_worker", "office"])
def test_nobody_but_bodies_of_the_district_can_be_ranked(kind):
    with pytest.raises(BadScheme, match="不许排名"):
        scheme_of(planted(group__0__kinds=["street", kind]), ROWS)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"part__0__weight": 50}, "权重合计 90"), ({"part__0__indicator": "gone"}, "没有指标 um/gone"),
        ({"part__0__indicator": "seen"}, "只看不评"), ({"part__0__rule": "curve"}, "没有算法"),
        ({"decide__unit": "a"}, "申诉不能由计算"), ({"bonus__0__key": "d"}, "写了两次"),
    ],
)  # fmt: skip
def test_a_faulty_scheme_is_refused_with_the_place(edit, said):
    with pytest.raises(BadScheme, match=said):
        scheme_of(planted(**edit), ROWS)


def test_a_missing_key_is_named():
    table = dict(TABLE)
    del table["deduction_cap"]
    with pytest.raises(BadScheme, match="deduction_cap"):
        scheme_of(table, ROWS)


def test_names_of_the_formulas_to_freeze():
    assert indicators_named(TABLE) == [("um", "on_time"), ("um", "late")]
