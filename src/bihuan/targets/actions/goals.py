"""A goal is changed by two people: one of the supervision office proposes, another one rules. Both versions stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from bihuan import lines
from bihuan.cases.actions import act
from bihuan.cases.actions.letters import save_files
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.photo import Taken, take
from bihuan.cases.rows import public_name
from bihuan.cases.shapes import BadInput, Refused, Upload
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets import goals, queries
from bihuan.targets.actions.want import want_office
from bihuan.targets.models import Commitment, GoalChange, GoalPaper, GoalRuling, Indicator, Target


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as a person writes it: wording, figure ("" where it has none), unit, scope, year ("" where open)."""

    text: str
    value: str
    unit: str
    scope: str
    year: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a goal is changed by: number of the decision or name of the later report, its date ("" where it is not
    said), the document itself where there is one."""

    number: str
    dated: str = ""
    paper: Upload | None = None


def propose_change(
    target_id: int, goal: Goal, reason: str, basis: Basis, *, by: str, unit: str, at: datetime | int,
) -> GoalChange:  # fmt: skip
    """Propose another wording, figure, scope or year for a goal, with reason and basis; nothing changes yet.

    By the supervision office, never by somebody of a unit that leads a commitment on this goal.
    """
    want_office(by, unit, at)
    moment = to_instant(at)
    with transaction.atomic():
        target = Target.objects.select_for_update().get(pk=target_id)
        _want_apart(target, by, unit, moment)
        value, year, faults = _read(goal)
        dated, paper, more = _read_basis(reason, basis, moment)
        faults += more
        old = goals.now(target)
        new = (goal.text.strip(), value, goal.unit.strip(), goal.scope.strip(), year)
        if not faults and new == old:
            faults.append(
                ("", Say("和现在的目标一样，没有变更", "The same as the goal now: nothing changes"))
            )
        if faults:
            raise BadInput(faults)
        if goals.waiting(target.pk):
            raise Refused(
                [
                    Say(
                        "已有一个变更在等批准，先批那一个",
                        "A change is waiting for its ruling: decide that one first",
                    )
                ]
            )
        change = GoalChange.objects.create(
            target=target, old_text=old[0], old_value=old[1], old_unit=old[2], old_scope=old[3], old_year=old[4],
            text=new[0], value=value, unit=new[2], scope=new[3], year=year, reason=reason.strip(), basis=basis.number.strip(),
            basis_on=dated, for_unit=unit, by_id=by, at=to_datetime(moment),
        )  # fmt: skip
        if paper:
            save_files([paper])
            GoalPaper.objects.create(
                change=change, name=paper.name, mime=paper.mime, size=paper.size, sha256=paper.sha256, file=public_name(paper),
            )  # fmt: skip
    return change


def rule_change(
    change_id: int, agreed: bool, why: str, *, by: str, unit: str, at: datetime | int
) -> GoalRuling:
    """Agree to a change or refuse it: by the head of the supervision office or of the government, another person
    than who proposed it. Agreed, the goal changes and the cases note it; the old version stays beside it."""
    moment = to_instant(at)
    with transaction.atomic():
        change = GoalChange.objects.select_related("target").get(pk=change_id)
        target = Target.objects.select_for_update().get(pk=change.target_id)
        _want_ruler(by, unit, moment)
        _want_apart(target, by, unit, moment)
        if str(change.by_id) == by:
            raise Refused([Say("提出和批准要两个人", "Proposing and approving need two people")])
        if GoalRuling.objects.filter(change=change).exists():
            raise Refused([Say("这个变更已经批过", "This change has been ruled on")])
        if len(why.strip()) > 300 or (not agreed and not why.strip()):
            raise BadInput(
                [
                    (
                        "why",
                        Say("不同意要写明理由，300 字以内", "Say why it is refused, at most 300 characters"),
                    )
                ]
            )
        ruling = GoalRuling.objects.create(
            change=change, agreed=agreed, why=why.strip(), for_unit=unit, by_id=by, at=to_datetime(moment)
        )
        if agreed:
            _apply(change, target)
            words = goals.note_of(change)
            for row in Commitment.objects.filter(sources__target=target).distinct().order_by("pk"):
                act(row.case_id, "note", by=by, unit=unit, at=moment, data={"text": words})
    return ruling


def _apply(change: GoalChange, target: Target) -> None:
    indicator = target.indicator
    if indicator and (change.unit, change.scope) != (indicator.unit, indicator.scope):
        # another scope is another indicator: figures of the two are never put on one line
        indicator, _ = Indicator.objects.get_or_create(
            place=indicator.place, name=indicator.name, unit=change.unit, scope=change.scope
        )
    Target.objects.filter(pk=target.pk).update(
        value=change.value, unit=change.unit, by_year=change.year, indicator=indicator
    )


def _read_basis(
    reason: str, basis: Basis, moment: int
) -> tuple[date | None, Taken | None, list[tuple[str, Say]]]:
    """Date and document of the basis, and what is wrong with basis or reason. A document has a date."""
    faults = [
        (name, Say(f"请写明{zh}，{most} 字以内", f"State {en}, at most {most} characters"))
        for name, given, most, zh, en in (
            ("reason", reason, 300, "理由", "the reason"),
            ("basis", basis.number, 120, "依据（文号或后来的报告）", "the basis (number of the decision, or the later report)"),
        )
        if not given.strip() or len(given.strip()) > most
    ]  # fmt: skip
    dated: date | None = None
    if basis.dated.strip():
        try:
            dated = date.fromisoformat(basis.dated.strip())
        except ValueError:
            faults.append(("dated", Say("成文日期要写成 2026-11-24 这样", "Write the date like 2026-11-24")))
        if dated and dated > to_datetime(moment).date():
            faults.append(("dated", Say("成文日期在今天之后", "The date of the document lies after today")))
    elif basis.paper:
        faults.append(("dated", Say("附了文件的要写成文日期", "A document that is attached needs its date")))
    if basis.paper is None:
        return dated, None, faults
    try:
        return dated, take(basis.paper), faults
    except BadInput as bad:
        return dated, None, faults + bad.faults


def _read(goal: Goal) -> tuple[Decimal | None, int | None, list[tuple[str, Say]]]:
    faults: list[tuple[str, Say]] = []
    value: Decimal | None = None
    if goal.value.strip():
        try:
            value = Decimal(goal.value.strip())
            if not value.is_finite() or abs(value) >= Decimal(10) ** 20:
                raise InvalidOperation
            value = value.quantize(Decimal("0.0001"))
        except InvalidOperation:
            value = None
            faults.append(("value", Say("目标值要写成数字，例 90000000000", "Write the figure as a number")))
    year = int(goal.year) if goal.year.strip().isdecimal() and len(goal.year.strip()) == 4 else None
    if goal.year.strip() and (year is None or not 1949 <= year <= 2100):
        faults.append(("year", Say("年份应在 1949 到 2100 之间", "The year must be between 1949 and 2100")))
    for name, given, most, label, en in (
        ("text", goal.text, 500, "新的表述", "the new wording"), ("unit", goal.unit, 20, "单位", "the unit"),
        ("scope", goal.scope, 120, "口径", "the scope"),
    ):  # fmt: skip
        if len(given.strip()) > most:
            faults.append((name, Say(f"{label}不超过 {most} 字", f"{en}: at most {most} characters")))
    if not goal.text.strip():
        faults.append(("text", Say("请写明新的表述", "Write the new wording")))
    if value is not None and not goal.unit.strip():
        faults.append(("unit", Say("目标值要有单位", "A figure needs its unit")))
    return value, year, faults


def _want_ruler(by: str, unit: str, moment: int) -> None:
    """Head of the supervision office, or of the government."""
    day = moment // 86400
    government = str(lines.at(queries.LINE, day).param("government", day).value)
    if unit in (queries.office(day), government) and "head" in people.posts_of(by, unit, day):
        return
    raise Refused(
        [
            Say(
                "目标变更由督查室负责人或区政府负责人批",
                "A change of a goal is approved by the head of the supervision office or of the government",
            )
        ]
    )


def _want_apart(target: Target, by: str, unit: str, moment: int) -> None:
    """Whoever is to reach a goal neither moves it nor agrees that it is moved."""
    leads = set(Commitment.objects.filter(sources__target=target).values_list("lead_id", flat=True))
    if unit in leads or any(people.posts_of(by, lead, moment // 86400) for lead in leads):
        raise Refused(
            [
                Say(
                    "牵头单位的人不能提出或批准自己目标的变更",
                    "Nobody of the lead unit may propose or approve a change of its own goal",
                )
            ]
        )
