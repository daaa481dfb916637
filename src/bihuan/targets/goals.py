"""Versions of a goal: what the report said, what it was changed to, by whom, why; for the desk and the public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from bihuan.core.report.compare import amount, amount_en
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets.models import GoalChange, GoalPaper, Target

Terms = tuple[str, Decimal | None, str, str, int | None]  # wording, figure, unit, scope, year


@dataclass(frozen=True, slots=True)
class Version:
    """A goal as it stood once. `change` is None for the report's own words."""

    text: str
    figure: Say
    scope: str
    year: int | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change: units and posts, not names, so that everybody may see it. `agreed` None is waiting."""

    pk: int
    old: tuple[str, Say, str, int | None]
    new: tuple[str, Say, str, int | None]
    words: tuple[tuple[str, str], ...]  # ("same"|"del"|"ins", text) from the old wording to the new
    reason: str
    basis: str
    basis_on: date | None
    proposed_by: Say
    proposed_at: datetime
    agreed: bool | None
    ruled_by: Say | None
    ruled_at: datetime | None
    why: str
    proposer: int
    paper: GoalPaper | None  # staff only


def now(target: Target) -> Terms:
    """The goal as it holds now: the wording of the last agreed change, else of the report."""
    last = GoalChange.objects.filter(target=target, ruling__agreed=True).order_by("-id").first()
    scope = target.indicator.scope if target.indicator else last.scope if last else ""
    value = target.value.quantize(Decimal("0.0001")) if target.value is not None else None
    return last.text if last else target.text, value, target.unit, scope, target.by_year


def waiting(target_id: int) -> GoalChange | None:
    """The change that nobody has ruled on yet."""
    return GoalChange.objects.filter(target_id=target_id, ruling=None).first()


def changes(target_ids: Sequence[int]) -> dict[int, list[Change]]:
    """All changes of these goals, oldest first, in one query and the unit names."""
    names = people.known(people.change()).names
    out: dict[int, list[Change]] = {}
    rows = (
        GoalChange.objects.filter(target_id__in=target_ids).select_related("ruling", "paper").order_by("id")
    )
    for row in rows:
        ruling: Any = getattr(row, "ruling", None)
        out.setdefault(row.target_id, []).append(
            Change(
                pk=row.pk,
                old=(row.old_text, figure(row.old_value, row.old_unit), row.old_scope, row.old_year),
                new=(row.text, figure(row.value, row.unit), row.scope, row.year),
                words=diff(row.old_text, row.text),
                reason=row.reason, basis=row.basis, basis_on=row.basis_on, proposed_by=names.get(row.for_unit) or Say(row.for_unit, row.for_unit),
                proposed_at=row.at, agreed=ruling.agreed if ruling else None,
                ruled_by=(names.get(ruling.for_unit) or Say(ruling.for_unit, ruling.for_unit)) if ruling else None,
                ruled_at=ruling.at if ruling else None, why=ruling.why if ruling else "", proposer=row.by_id,
                paper=getattr(row, "paper", None),
            )
        )  # fmt: skip
    return out


def versions(target: Target) -> tuple[Version, ...]:
    """Every version that held: the report's first, then each agreed change. The page may show all of it."""
    return versions_of(changes([target.pk]).get(target.pk, []), now(target))


def versions_of(every: Sequence[Change], terms: Terms) -> tuple[Version, ...]:
    """The same with the changes and the goal as it holds now at hand."""
    agreed = [one for one in every if one.agreed]
    if not agreed:
        text, value, unit, scope, year = terms
        return (Version(text, figure(value, unit), scope, year, None),)
    return (Version(*agreed[0].old, None), *(Version(*one.new, one) for one in agreed))


def figure(value: Decimal | None, unit: str) -> Say:
    """A figure with its unit, large sums in 亿 or 万."""
    if value is None:
        return Say("没有写数", "no figure")
    return Say(amount(float(value), unit), amount_en(float(value), unit))


def diff(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The way from the old wording to the new as runs: same, del, ins. One character between two changes is no rest
    for the eye: it is changed with them."""
    out: list[tuple[str, str]] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = come = ""
    for i, (op, a, b, c, d) in enumerate(steps):
        if op == "equal" and (b - a > 1 or i in (0, len(steps) - 1)):
            out += [(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
            out.append(("same", old[a:b]))
            gone = come = ""
        else:
            gone, come = gone + old[a:b], come + new[c:d]
    return tuple(out + [(kind, text) for kind, text in (("del", gone), ("ins", come)) if text])


def note_of(change: GoalChange) -> str:
    """The words that the case keeps of an agreed change."""
    old, new = figure(change.old_value, change.old_unit), figure(change.value, change.unit)
    dated = f"（{change.basis_on}）" if change.basis_on else ""
    return (
        f"目标变更：“{change.old_text}”（{old}{_rest(change.old_scope, change.old_year)}）"
        f"改为“{change.text}”（{new}{_rest(change.scope, change.year)}）。依据：{change.basis}{dated}。理由：{change.reason}"
    )


def _rest(scope: str, year: int | None) -> str:
    return (f"，{scope}" if scope else "") + (f"，{year} 年" if year else "")


def paper_of(change_id: int) -> GoalPaper | None:
    """The document that a change was proposed with; for staff, whose pages show the change."""
    return GoalPaper.objects.filter(change_id=change_id).first()
