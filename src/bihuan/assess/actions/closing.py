"""A month is closed and published: figures and deductions are kept as they were, nothing is ever altered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from bihuan import lines
from bihuan.assess import queries, standing
from bihuan.assess.actions.telling import LAG, tell
from bihuan.assess.counting import Tallied
from bihuan.assess.models import Decision, Deduction, Figure, Month, Objection, Release
from bihuan.assess.schemes import MonthScheme, frozen_at, thaw
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.seat import want_seat
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.log.entry import SCORE
from bihuan.core.say import Say
from bihuan.core.score.formula import Period, period_of
from bihuan.core.score.scheme import Seat
from bihuan.core.time.instant import DAY
from bihuan.lines.schemes import NoScheme
from bihuan.record import actions as record

LONGEST, PAPER = 2000, 64
GONE = Say(
    "这个月已经公布，之后的变化列在更正里",
    "This month is public; what came later stands among its corrections",
)


def close_month(year: int, month: int, *, by: str, unit: str, at: datetime | int) -> Month:
    """Count a month that is over, with its deductions; nothing is public before `publish_month`.

    By the seat the scheme names. A month may be closed again until something was given, appealed or published.
    """
    moment = to_instant(at)
    asof = moment - LAG
    period = _want_month(year, month, asof)
    try:
        frozen = frozen_at((period.until - 1) // DAY)
    except NoScheme:
        raise BadInput([("year", Say("那时还没有考评办法", "No scheme was in force then"))]) from None
    scheme = thaw(frozen)
    want_seat(scheme.points.compute, by, unit, moment)
    if queries.release_of(scheme.line, year, month):
        raise Refused([GONE])
    if queries.begun(scheme.line, year, month):
        said = Say(
            "已经有人工扣分或者申诉，不能重新结账",
            "Somebody gave or appealed a deduction: it cannot be closed again",
        )
        raise Refused([said])
    tell(moment)
    names = queries.names((period.until - 1) // DAY)
    figures = queries.count(scheme, period, asof, names["district"])
    found = queries.deductible(scheme, period, asof)
    with transaction.atomic():
        made = Month.objects.create(
            line=scheme.line, year=year, month=month, asof=to_datetime(asof), frozen=frozen, names=names,
            tables=queries.tables(scheme, period, asof), by_id=by, unit=unit, at=to_datetime(moment),
        )  # fmt: skip
        Figure.objects.bulk_create(_figures(made, scheme, figures), batch_size=2000)
        Deduction.objects.bulk_create(
            Deduction(
                month=made, unit=whose, rule=rule.key, number=number, points=rule.each, automatic=True, by_id=by,
                given_by=unit, at=to_datetime(moment),
            )
            for rule, whose, number in found
            if scheme.points.group_of(names["units"].get(whose, ["", "", ""])[2])
        )  # fmt: skip
    return made


def _figures(made: Month, scheme: MonthScheme, figures: Tallied) -> list[Figure]:
    """Every figure, and the whole district's even where nothing was counted: no data is said, not left out."""
    district = made.names["district"]
    empty = {("district", district, one.key): [0, 0] for one in scheme.items}
    return [
        Figure(
            month=made, by=by, code=code, item=item, numerator=row[0], denominator=row[1], left_out=row[2:]
        )
        for (by, code, item), row in (empty | figures).items()
    ]


def give_deduction(
    month_id: int, rule: str, whose: str, number: str, reason: str, *, by: str, unit: str, at: datetime | int
) -> Deduction:
    """Take points from a unit for a case by a rule that no formula can count; with the reason, before publication."""
    moment = to_instant(at)
    made = queries.month(month_id)
    scheme = thaw(made.frozen)
    want_seat(scheme.points.compute, by, unit, moment)
    if queries.release_of(made.line, made.year, made.month):
        raise Refused([GONE])
    faults: list[tuple[str, Say]] = []
    rules = {one.key: one for one in scheme.rules if one.counted is None}
    if rule not in rules:
        faults.append(("rule", Say("请选一条扣分规则", "Choose a rule")))
    if not scheme.points.group_of(made.names["units"].get(whose, ["", "", ""])[2]):
        faults.append(("whose", Say("请选被考评的单位", "Choose a unit that is assessed")))
    if not queries.case_exists(scheme.line, number.strip().upper()):
        faults.append(("number", Say("没有这个编号的件", "There is no case of this number")))
    if not 5 <= len(reason.strip()) <= 500:
        faults.append(("reason", Say("理由要写 5 到 500 字", "State the reason in 5 to 500 characters")))
    if faults:
        raise BadInput(faults)
    return Deduction.objects.create(
        month=made, unit=whose, rule=rule, number=number.strip().upper(), points=rules[rule].each, reason=reason.strip(),
        automatic=False, by_id=by, given_by=unit, at=to_datetime(moment),
    )  # fmt: skip


def object_to(deduction_id: int, text: str, *, by: str, unit: str, at: datetime | int) -> Objection:
    """A unit's head objects to a deduction of its own unit, within the days the scheme gives."""
    moment = to_instant(at)
    asked = queries.deduction(deduction_id)
    scheme = thaw(asked.month.frozen)
    if asked.unit != unit:
        raise Refused([Say("这一分扣的不是你所在的单位", "These points were not taken from your unit")])
    want_seat(Seat(unit, ("head",)), by, unit, moment)
    days = scheme.points.appeal_days
    if moment // DAY > lines.calendar().add_working_days(to_instant(asked.at) // DAY, days):
        raise Refused([Say(f"扣分已过 {days} 个工作日", f"More than {days} working days have passed")])
    if not 10 <= len(text.strip()) <= LONGEST:
        said = Say(f"理由要写 10 到 {LONGEST} 字", f"State the reason in 10 to {LONGEST} characters")
        raise BadInput([("text", said)])
    try:
        with transaction.atomic():
            return Objection.objects.create(
                deduction=asked, text=text.strip(), by_id=by, at=to_datetime(moment)
            )
    except IntegrityError:
        raise Refused([Say("这一分已经申诉过", "This deduction has been appealed already")]) from None


def decide(
    objection_id: int, upheld: bool, reason: str, *, by: str, unit: str, at: datetime | int
) -> Decision:
    """Decide an objection, with the reason; upheld, the points are given back.

    By the deciding seat: a unit and a person other than who gave the deduction or objected to it.
    """
    moment = to_instant(at)
    asked = queries.objection(objection_id)
    given = asked.deduction
    scheme = thaw(given.month.frozen)
    want_seat(scheme.points.decide, by, unit, moment)
    if unit in (given.given_by, given.unit) or int(by) in (given.by_id, asked.by_id):
        raise Refused(
            [Say("扣分和申诉的一方不能裁决", "Whoever gave or appealed a deduction may not decide")]
        )
    if not 5 <= len(reason.strip()) <= LONGEST:
        said = Say(f"理由要写 5 到 {LONGEST} 字", f"State the reason in 5 to {LONGEST} characters")
        raise BadInput([("reason", said)])
    try:
        with transaction.atomic():
            return Decision.objects.create(
                objection=asked,
                upheld=upheld,
                reason=reason.strip(),
                by_id=by,
                unit=unit,
                at=to_datetime(moment),
            )
    except IntegrityError:
        raise Refused([Say("这一件申诉已经裁决", "This appeal has been decided already")]) from None


def publish_month(month_id: int, *, by: str, unit: str, at: datetime | int, paper: str = "") -> Release:
    """Make a closed month public, once and for good.

    By the publishing seat, a person other than who closed it, with no appeal undecided. `paper` is the number of the
    document where the office has given one. The digest is over scheme, formulas, code, data and every figure.
    """
    moment = to_instant(at)
    made = queries.month(month_id)
    scheme = thaw(made.frozen)
    want_seat(scheme.points.publish, by, unit, moment)
    if str(made.by_id) == by:
        raise Refused([Say("公布的人不能是结账的人", "Whoever closed it may not publish it")])
    if queries.release_of(made.line, made.year, made.month):
        raise Refused([GONE])
    if queries.newest(made.line, made.year, made.month).pk != made.pk:
        raise Refused(
            [Say("后来又结过一次账，请公布最新的一次", "It was closed again later: publish that one")]
        )
    waiting = queries.waiting(made)
    if waiting:
        said = Say(f"还有 {waiting} 件申诉没有裁决", f"{waiting} appeals are not decided yet")
        raise Refused([said])
    if len(paper) > PAPER:
        raise BadInput([("paper", Say(f"文号不超过 {PAPER} 字", f"At most {PAPER} characters"))])
    standings = [standing.stored(one) for one in standing.standings(made, queries.deductions(made))]
    data = queries.data_digest(made)
    try:
        with transaction.atomic():
            there = Release.objects.create(
                month=made, line=made.line, year=made.year, number=made.month, paper=paper.strip(), standings=standings,
                data=data, digest=queries.digest_of(made, standings, data), by_id=by, unit=unit, at=to_datetime(moment),
            )  # fmt: skip
            record.tell(SCORE, f"assess_release {there.pk}", queries.said_of(there), at=there.at)
            return there
    except IntegrityError:
        raise Refused([GONE]) from None


def _want_month(year: int, month: int, asof: int) -> Period:
    faults: list[tuple[str, Any]] = []
    if not 2000 <= year <= 2100:
        faults.append(("year", Say("年份应在 2000 到 2100 之间", "The year must be between 2000 and 2100")))
    if not 1 <= month <= 12:
        faults.append(("month", Say("月份应在 1 到 12 之间", "Choose a month from 1 to 12")))
    if not faults and period_of(year, month).until > asof:
        faults.append(("month", Say("这个月还没有过完", "This month is not over yet")))
    if faults:
        raise BadInput(faults)
    return period_of(year, month)
