"""The last month that is over is closed, one deduction is appealed and decided, and the bulletin is published."""

from __future__ import annotations

from bihuan.assess import queries
from bihuan.assess.actions import closing
from bihuan.config.demo.staff import Staff
from bihuan.core.time.instant import DAY, day_of, ymd

CENTRE, OFFICE, DECIDER = "nk.jiandu", "nk.gov", "nk.duban"


def last_month(until: int) -> tuple[int, int]:
    """The calendar month before the one of an Instant."""
    year, month, _ = ymd(until // DAY)
    return (year, month - 1) if month > 1 else (year - 1, 12)


def first_day(until: int) -> int:
    """The Day on which that month began: the demo lives from there on, so that a whole month can be closed."""
    return day_of(*last_month(until), 1)


def publish_bulletin(staff: Staff, until: int) -> None:
    """As it would be done after the month: one closes, a unit objects, another decides, a third publishes."""
    made = closing.close_month(*last_month(until), by=staff.of(CENTRE, "head")[0], unit=CENTRE, at=until)
    taken = [one for one in queries.deductions(made) if staff.by_post.get((one.unit, "head"))]
    for one, upheld in zip(taken[:2], (True, False), strict=False):
        words = "核查那天路口封闭施工，我单位已在现场围挡外处置，照片随附。"
        asked = closing.object_to(one.pk, words, by=staff.of(one.unit, "head")[0], unit=one.unit, at=until)
        reason = "施工通告属实，返工不计" if upheld else "核查照片显示未处置到位，维持扣分"
        closing.decide(asked.pk, upheld, reason, by=staff.of(DECIDER, "head")[0], unit=DECIDER, at=until)
    closing.publish_month(made.pk, by=staff.of(OFFICE, "head")[0], unit=OFFICE, at=until)
