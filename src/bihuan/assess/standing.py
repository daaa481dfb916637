"""What each unit came to in a month: the composite index from the figures as they are kept, less what was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bihuan.assess.models import Deduction, Month
from bihuan.assess.schemes import thaw
from bihuan.core.say import Say
from bihuan.core.score.scheme import Counts, UnitScore, placed, score_unit

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit: `total` is None where nothing was counted; `place` goes by the lower bound, less the deductions."""

    unit: str
    title: Say
    group: str
    place: int | None
    total: Decimal | None
    bound: Decimal | None
    possible: Decimal
    small: bool
    taken: Decimal
    deductions: int


def standings(made: Month, deductions: Sequence[Deduction]) -> list[Standing]:
    """Every unit that is assessed, group by group in order of place; the deductions that stand are taken off."""
    scheme = thaw(made.frozen)
    counted: dict[str, dict[str, Counts]] = {}
    for row in made.figures.filter(by="unit"):
        counted.setdefault(row.code, {})[row.item] = Counts(row.numerator, row.denominator, sum(row.left_out))
    taken: dict[str, list[Decimal]] = {}
    for one in deductions:
        if stands(one):
            taken.setdefault(one.unit, []).append(one.points)
    found: list[Standing] = []
    for group in scheme.points.groups:
        units = sorted(code for code, row in made.names["units"].items() if row[2] in group.kinds)
        scores = [
            _less(score_unit(code, group.key, counted.get(code, {}), scheme.points), taken.get(code, ()), scheme.points.deduction_cap)
            for code in units
        ]  # fmt: skip
        found += [
            _standing(made, one, taken.get(one.unit, ()), scheme.points.deduction_cap)
            for one in placed(scores)
        ]
    return found


def stands(one: Deduction) -> bool:
    """Whether points are taken: not where an appeal was upheld."""
    objection = getattr(one, "objection", None)
    decision = getattr(objection, "decision", None)
    return decision is None or not decision.upheld


def _less(score: UnitScore, points: Iterable[Decimal], cap: Decimal) -> UnitScore:
    off = min(cap, sum(points, NOTHING))
    return replace(
        score, total=None if score.total is None else max(NOTHING, score.total - off),
        order=None if score.order is None else max(NOTHING, score.order - off),
    )  # fmt: skip


def _standing(made: Month, one: UnitScore, points: Sequence[Decimal], cap: Decimal) -> Standing:
    name, name_en, _kind = made.names["units"][one.unit]
    return Standing(
        one.unit, Say(name, name_en), one.group, one.place, one.total, one.order, one.possible, one.small,
        min(cap, sum(points, NOTHING)), len(points),
    )  # fmt: skip


def stored(one: Standing) -> dict[str, Any]:
    """A standing as JSON; points as text, so that no digit is lost."""
    return {
        "unit": one.unit, "title": [str(one.title), one.title.en], "group": one.group, "place": one.place,
        "total": _text(one.total), "bound": _text(one.bound), "possible": str(one.possible), "small": one.small,
        "taken": str(one.taken), "deductions": one.deductions,
    }  # fmt: skip


def loaded(row: dict[str, Any]) -> Standing:
    """`stored` reversed."""
    return Standing(
        row["unit"], Say(*row["title"]), row["group"], row["place"], _number(row["total"]), _number(row["bound"]),
        Decimal(row["possible"]), row["small"], Decimal(row["taken"]), row["deductions"],
    )  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
