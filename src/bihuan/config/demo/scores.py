"""The replayed month is scored and published, as the supervision office would do it the next morning."""

from __future__ import annotations

from bihuan.config.demo.staff import Staff
from bihuan.core.time.instant import DAY, ymd
from bihuan.scores import actions

OFFICE = "nk.duban"


def publish_scores(staff: Staff, until: int) -> None:
    """The year so far; one person computes, the head publishes."""
    year = ymd((until - DAY) // DAY)[0]
    made = actions.compute_period(year, 0, by=staff.of(OFFICE, "officer")[0], unit=OFFICE, at=until)
    actions.publish(made.pk, by=staff.of(OFFICE, "head")[0], unit=OFFICE, at=until)
