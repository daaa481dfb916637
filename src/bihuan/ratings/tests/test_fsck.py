"""What fsck finds in ratings: nothing after ordinary ones, and a row that its case or matter contradicts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from bihuan.cases import wall
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.ratings import actions
from bihuan.ratings.actions import Given
from bihuan.ratings.fsck import check
from bihuan.ratings.models import Rating
from bihuan.ratings.tests.conftest import licence
from bihuan.ratings.tests.test_rate import BAD, WHEN, occasion, rate, stored

GOOD = Given("5", "", "no")


def test_ordinary_ratings_add_up(hall: District) -> None:
    one = licence(hall)
    rate(one, BAD)
    rate(one, GOOD, when="2026-10-15 10:00")  # one word more
    rate(licence(hall, 2), GOOD)
    assert list(check()) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"level": 2}, "case: stored '', computed 'a case of the line ratings'"),
        ({"about": "XK20200101-999999"}, "a case opened before it"),
        ({"kind": "visit", "about": "PH20261014-999999"}, "a visit that was served"),
        ({"level": 1, "case": "PJ20261014-999999"}, "a case of the line ratings"),
    ],
)
def test_a_row_that_nothing_bears_out_is_named(hall: District, row: dict[str, Any], said: str) -> None:
    rate(licence(hall), GOOD)
    (kept,) = stored()
    values = {f.attname: getattr(kept, f.attname) for f in Rating._meta.concrete_fields if f.name != "id"}
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        Rating.objects.create(**(values | {"about": "XK20261014-777777"} | row))
    assert any(said in str(one) for one in check()), list(map(str, check()))


def test_a_case_that_no_rating_opened_is_named(hall: District) -> None:
    one = licence(hall)
    opened = actions._open(occasion(one, WHEN), BAD, at(WHEN), None)
    assert [str(found) for found in check()] == [
        f"case {opened.number}: the rating that opened it: stored None, computed 'a rating'"
    ]
