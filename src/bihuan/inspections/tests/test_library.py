"""一单 and 一细则 as data: every entry stands on a provision, and a day without rules is an error."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from bihuan.core.register import CLASSES
from bihuan.inspections.library import NoRules, detail_on, details, items, kinds, pools
from bihuan.people.actions import SEED


def test_every_item_has_department_kind_provision_and_checklist() -> None:
    units = {line.split(",")[0] for line in (SEED / "units.csv").read_text().splitlines()[1:]}
    for one in items().values():
        assert one.unit in units and one.kind in kinds() and one.points
        assert "§" in one.law and re.search("✔|例", one.source)
        assert one.method.en and one.source.en
        assert all("§" in point.law and point.say.en for point in one.points)


def test_rules_cover_every_class_and_name_their_source() -> None:
    for one in details():
        assert one.rules.ratios.keys() == CLASSES.keys()
        assert "例" in one.source and all(0 < ratio <= 1 for ratio in one.rules.ratios.values())
    assert pools()


def test_ratios_are_exact_and_grow_with_the_risk() -> None:
    ratios = detail_on(date(2026, 6, 1)).rules.ratios
    assert (
        ratios["A"]
        == Fraction(3, 200)
        < ratios["B"]
        == ratios["N"]
        < ratios["C"]
        < ratios["D"]
        == Fraction(15, 100)
    )


def test_no_rules_before_the_first() -> None:
    with pytest.raises(NoRules):
        detail_on(date(2025, 12, 31))
