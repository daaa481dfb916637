"""A fine cut into low ones is found; fines that are not low, far apart, of others or for something else are left alone."""

from __future__ import annotations

import dataclasses

import pytest

from bihuan.core.say import Say
from bihuan.core.signal.fined import FINED, Fined, look_at_fines
from bihuan.core.signal.parts import Rule

RULE = Rule("split_fine", 1, Say("x", "x"), 60, {"many": 2, "days": 90}, "")
ONE = Fined("XC1", "s1", "示例面馆", "nk.scjg", "F105", 20_000, 300_000, True)
TWO = dataclasses.replace(ONE, number="XC2", day=20_090, amount=250_000)


def look(*fines: Fined) -> list[tuple[str, ...]]:
    return [lead.cases for lead in look_at_fines(fines, [RULE])]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, [("XC1", "XC2")]),
        ({"day": 20_091}, []),
        ({"low": False}, []),
        ({"code": "s2"}, []),
        ({"matter": "F106"}, []),
    ],
)
def test_what_looks_split(changed: dict[str, object], expected: list[tuple[str, ...]]) -> None:
    assert look(dataclasses.replace(TWO, **changed), ONE) == expected  # type: ignore[arg-type]


def test_people_have_no_code_and_are_not_put_together() -> None:
    assert look(dataclasses.replace(ONE, code=""), dataclasses.replace(TWO, code="")) == []


def test_a_later_fine_hides_nothing_and_the_reason_has_its_figures() -> None:
    later = dataclasses.replace(TWO, number="XC3", day=21_000)
    (lead,) = look_at_fines([later, TWO, ONE], [RULE])
    assert lead.cases == ("XC1", "XC2") and lead.about == ("nk.scjg", "s1")
    assert "被罚 2 次" in lead.say and "5,500 元" in lead.say and "5,500 yuan" in lead.say.en


def test_an_unknown_signal_raises() -> None:
    assert set(FINED) == {"split_fine"}
    with pytest.raises(KeyError):
        look_at_fines([ONE], [dataclasses.replace(RULE, key="other")])
