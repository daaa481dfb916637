"""Figures of indicators, by hand and with their source."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets.actions.want import POSTS, want_office
from bihuan.targets.models import Commitment, Indicator, Reading


def add_reading(
    indicator_id: int, year: int, value: str | Decimal, status: str, source: str, *,
    by: str, unit: str, at: datetime | int,
) -> Reading:  # fmt: skip
    """Add a figure for a year; a second one for the same year corrects the first, which stays on record.

    By the supervision office or a unit that leads a commitment with this indicator.
    """
    moment = to_instant(at)
    indicator = Indicator.objects.get(pk=indicator_id)
    leads = Commitment.objects.filter(target__indicator=indicator, lead=unit).exists()
    if not (leads and people.posts_of(by, unit, moment // 86400) & POSTS):
        want_office(by, unit, moment, Say("或牵头这项指标的单位", "or of the unit that leads this indicator"))
    faults: list[tuple[str, Say]] = []
    try:
        figure = Decimal(str(value).strip())
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** 20:
            raise InvalidOperation
    except InvalidOperation:
        faults.append(
            (
                "value",
                Say("数值要写成数字，例 702.5", "Write the figure as a number, for example 702.5"),
            )
        )
    this_year = to_datetime(moment).year
    if not 1949 <= year <= this_year:
        faults.append(
            (
                "year",
                Say(f"年份应在 1949 到 {this_year} 之间", f"The year must be between 1949 and {this_year}"),
            )
        )
    if status not in Reading.Status.values:
        faults.append(("status", Say("状态是“实际”或“预计”", "The status is actual or expected")))
    if not source.strip():
        faults.append(("source", Say("请写明出处", "State where it comes from")))
    if faults:
        raise BadInput(faults)
    return Reading.objects.create(
        indicator=indicator, year=year, value=figure, status=status, source=source.strip()[:300], by_id=by,
        added_at=to_datetime(moment),
    )  # fmt: skip


def add_computed(
    name: str, unit: str, scope: str, place: str, year: int, value: Decimal, *,
    formula: str, version: str, source: str, at: datetime | int, month: int = 0,
) -> Reading:  # fmt: skip
    """Add a figure that a formula gave: by no person, with formula, version and the page that lists its cases.

    `month` 0 is the whole year; the figure of a month is that of the month alone.

    The same figure again by the same version is the reading that is there already.
    """
    with transaction.atomic():
        indicator, _ = Indicator.objects.select_for_update().get_or_create(
            place=place, name=name, unit=unit, scope=scope
        )
        figure = value.quantize(Decimal("0.0001"))
        said = {
            "year": year,
            "month": month,
            "kind": Reading.Kind.COMPUTED,
            "formula": formula,
            "version": version,
        }
        last = indicator.readings.filter(**said).order_by("-id").first()
        if last and (last.value, last.source) == (figure, source):
            return last
        return Reading.objects.create(
            indicator=indicator, **said, value=figure, status=Reading.Status.ACHIEVED, source=source,
            added_at=to_datetime(to_instant(at)),
        )  # fmt: skip
