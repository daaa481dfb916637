"""All writes of scores: compute a period, publish it, appeal, decide an appeal. Nothing is ever altered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from bihuan import lines
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.seat import want_seat
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.log.entry import SCORE
from bihuan.core.say import Say
from bihuan.core.score.formula import Period, period_of
from bihuan.core.score.scheme import Seat, placed
from bihuan.core.time.instant import DAY
from bihuan.lines.schemes import NoScheme
from bihuan.people.models import Unit
from bihuan.record.actions import tell
from bihuan.scores import queries
from bihuan.scores.models import Appeal, Counting, Publication, Result, Ruling, Scoring
from bihuan.scores.reckon import cases_of, detail_of, reckon, struck_of
from bihuan.scores.schemes import frozen_at, thaw

CARRY = "carry_readings"  # the job, which `config` knows: what a published year says of the district becomes readings
LAG = 60  # seconds: events that were on their way when the figures were made belong to the next computation
LONGEST = 2000


def compute_period(year: int, month: int, *, by: str, unit: str, at: datetime | int) -> Scoring:
    """Count a year (month 0) or a month up to now from the events; nothing is public before `publish`.

    By the seat the scheme names for computing. BadInput where the period has not begun or no scheme is in force.
    """
    moment = to_instant(at)
    asof = moment - LAG
    period = _want_period(year, month, asof)
    try:
        frozen = frozen_at(min(period.until - 1, asof) // DAY)
    except NoScheme:
        said = Say("那时还没有考评办法", "No scheme was in force then")
        raise BadInput([("year", said)]) from None
    scheme = thaw(frozen)
    want_seat(scheme.compute, by, unit, moment)
    units = {
        code: [name, name_en or name, kind]
        for code, name, name_en, kind in Unit.objects.values_list("code", "name", "name_en", "kind")
    }
    struck = queries.struck(scheme.code, year, month)
    found = reckon(scheme, {code: row[2] for code, row in units.items()}, period, asof, struck_of(struck))
    with transaction.atomic():
        scoring = Scoring.objects.create(
            scheme=scheme.code, version=scheme.version, year=year, month=month, asof=to_datetime(asof), frozen=frozen,
            units=units, struck=struck, by_id=by, unit=unit, at=to_datetime(moment),
        )  # fmt: skip
        Result.objects.bulk_create(
            Result(
                scoring=scoring, unit=one.unit, group=one.group, place=one.place, total=one.total, bound=one.order,
                possible=one.possible, small=one.small, detail=detail_of(one),
            )
            for one in found.scores
        )  # fmt: skip
        Counting.objects.bulk_create(
            Counting(
                scoring=scoring, unit=code, item=key, numerator=len(tally.numerator), denominator=len(tally.denominator),
                left_out=len(tally.left_out), cases=cases_of(tally),
            )
            for key, by_unit in found.tallies.items() for code, tally in sorted(by_unit.items())
        )  # fmt: skip
    return scoring


def publish(
    scoring_id: int, *, by: str, unit: str, at: datetime | int, reason: str = "",
    vetoes: Mapping[str, str] | None = None,
) -> Publication:  # fmt: skip
    """Make a computation public, for good. A second version of a period says why; the first stays beside it.

    By the publishing seat, a person other than who computed. `vetoes` are one-vote items found to be true, unit ->
    reason; only a unit whose figures show the lead can be named.
    """
    moment = to_instant(at)
    scoring = queries.scoring(scoring_id)
    scheme = thaw(scoring.frozen)
    want_seat(scheme.publish, by, unit, moment)
    if str(scoring.by_id) == by:
        raise Refused([Say("公布的人不能是计算的人", "Whoever computed it may not publish it")])
    earlier = queries.versions(scoring.scheme, scoring.year, scoring.month)
    faults: list[tuple[str, Say]] = []
    if any(one.scoring_id == scoring.pk for one in earlier):
        raise Refused([Say("这一次计算已经公布", "This computation is public already")])
    if earlier and scoring.at <= earlier[0].scoring.at:
        raise Refused(
            [Say("比它晚的一次已经公布，请重新计算", "A later computation is public; compute it again")]
        )
    if earlier and not reason.strip():
        faults.append(
            ("reason", Say("已有公布的一版，请写明更正理由", "State why the published one is corrected"))
        )
    results = list(scoring.results.all())
    found = {code: why.strip() for code, why in (vetoes or {}).items() if why.strip()}
    leads = queries.leads(results)
    faults += [
        ("vetoes", Say(f"{code} 没有一票否决的线索", f"{code} shows no lead for a one-vote item"))
        for code in sorted(set(found) - set(leads))
    ]
    if len(reason) > 500:
        faults.append(("reason", Say("更正理由不超过 500 字", "The reason may have at most 500 characters")))
    if faults:
        raise BadInput(faults)
    scores = queries.unit_scores(results)
    places = {
        one.unit: one.place
        for group in scheme.groups
        for one in placed([s for s in scores if s.group == group.key], frozenset(found))
    }
    try:
        with transaction.atomic():
            there = Publication.objects.create(
                scoring=scoring, scheme=scoring.scheme, year=scoring.year, month=scoring.month, number=len(earlier) + 1,
                reason=reason.strip(), vetoes=found, places=places, by_id=by, unit=unit, at=to_datetime(moment),
            )  # fmt: skip
            tell(SCORE, f"scores_publication {there.pk}", queries.said_of(there), at=there.at)
            jobs.configure_task(CARRY, queue="figures").defer(publication=there.pk)
            return there
    except IntegrityError:
        raise Refused(
            [Say("另一次公布刚刚完成，请重新打开", "Another version was published just now")]
        ) from None


def appeal(publication_id: int, item: str, text: str, *, by: str, unit: str, at: datetime | int) -> Appeal:
    """A unit's head objects to one item of its own published result, within the days the scheme gives."""
    moment = to_instant(at)
    there = queries.publication(publication_id)
    scheme = thaw(there.scoring.frozen)
    if not there.scoring.results.filter(unit=unit).exists():
        raise Refused([Say("这一次没有考评你所在的单位", "Your unit is not scored here")])
    want_seat(Seat(unit, ("head",)), by, unit, moment)
    newest = queries.versions(there.scheme, there.year, there.month)[0]
    if newest.pk != there.pk:
        raise Refused(
            [Say("已有更正的一版，请对新的一版申诉", "There is a newer version: appeal against that one")]
        )
    last = lines.calendar().add_working_days(to_instant(there.at) // DAY, scheme.appeal_days)
    if moment // DAY > last:
        said = Say(
            f"公布已过 {scheme.appeal_days} 个工作日",
            f"More than {scheme.appeal_days} working days have passed",
        )
        raise Refused([said])
    faults = []
    if item not in {one.key for one in scheme.items}:
        faults.append(("item", Say("请选对哪一项申诉", "Choose the item you object to")))
    if not 10 <= len(text.strip()) <= LONGEST:
        said = Say(f"理由要写 10 到 {LONGEST} 字", f"State the reason in 10 to {LONGEST} characters")
        faults.append(("text", said))
    if faults:
        raise BadInput(faults)
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                publication=there, unit=unit, item=item, text=text.strip(), by_id=by, at=to_datetime(moment)
            )
    except IntegrityError:
        said = Say("这一项已经申诉过，等裁决", "This item has been appealed already")
        raise BadInput([("item", said)]) from None


def decide_appeal(
    appeal_id: int, upheld: bool, reason: str, *, by: str, unit: str, at: datetime | int,
    struck: Sequence[str] = (),
) -> Ruling:  # fmt: skip
    """Decide an appeal, with the reason; upheld, `struck` are the cases left out of the next version.

    By the deciding seat: a unit and a person other than who computed, published or appealed.
    """
    moment = to_instant(at)
    asked = queries.appeal(appeal_id)
    there = asked.publication
    scheme = thaw(there.scoring.frozen)
    want_seat(scheme.decide, by, unit, moment)
    if unit in (there.unit, there.scoring.unit, asked.unit) or int(by) in (
        there.by_id, there.scoring.by_id, asked.by_id
    ):  # fmt: skip
        raise Refused(
            [Say("计算、公布和申诉的一方不能裁决", "Whoever computed, published or appealed may not decide")]
        )
    faults = []
    if not 5 <= len(reason.strip()) <= LONGEST:
        said = Say(f"理由要写 5 到 {LONGEST} 字", f"State the reason in 5 to {LONGEST} characters")
        faults.append(("reason", said))
    numbers = list(dict.fromkeys(one.strip() for one in struck if one.strip()))
    counted = queries.counted_numbers(there.scoring_id, asked.unit, asked.item)
    faults += [
        ("struck", Say(f"{one} 不在这一项的计数里", f"{one} is not counted in this item"))
        for one in numbers if one not in counted
    ]  # fmt: skip
    if upheld and not numbers:
        faults.append(("struck", Say("申诉成立要写明剔除哪些件", "State which cases are left out")))
    if numbers and not upheld:
        faults.append(("struck", Say("申诉不成立不能剔除办件", "A refused appeal strikes no case")))
    if faults:
        raise BadInput(faults)
    try:
        with transaction.atomic():
            return Ruling.objects.create(
                appeal=asked, upheld=upheld, reason=reason.strip(), struck=numbers, by_id=by, unit=unit,
                at=to_datetime(moment),
            )  # fmt: skip
    except IntegrityError:
        raise Refused([Say("这一件申诉已经裁决", "This appeal has been decided already")]) from None


# --- what must hold ----------------------------------------------------------------------------------------


def _want_period(year: int, month: int, asof: int) -> Period:
    faults = []
    if not 2000 <= year <= 2100:
        faults.append(("year", Say("年度应在 2000 到 2100 之间", "The year must be between 2000 and 2100")))
    if not 0 <= month <= 12:
        faults.append(
            ("month", Say("月份应在 1 到 12 之间，全年不选", "Choose a month from 1 to 12, or the year"))
        )
    if not faults and period_of(year, month).since >= asof:
        faults.append(("year", Say("这一期还没有开始", "This period has not begun")))
    if faults:
        raise BadInput(faults)
    return period_of(year, month)
