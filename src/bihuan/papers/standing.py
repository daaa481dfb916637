"""Whether a paper is in force on a day, in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bihuan.core.say import Say

ENDS = {
    "revoked": Say("已撤销", "Revoked"),
    "replaced": Say("已由新证替换", "Replaced by a newer one"),
}
EXPIRED = Say("有效期已满", "Expired")
NOT_YET = Say("还没有到生效日", "Not in force yet")
IN_FORCE = Say("有效", "In force")
ISSUED = Say("已出具", "Issued")


class Standing(NamedTuple):
    """`good`: in force on the day; `since` is the first day on which it no longer was, None while it is."""

    good: bool
    title: Say
    since: date | None = None


def standing(
    kind: str, on: date, ended_on: date | None, ended_how: str, until: date | None, day: date
) -> Standing:
    """What holds on a day: an end that was decided counts before an expiry; `until` is the last day in force."""
    if ended_on is not None and ended_on <= day:
        return Standing(False, ENDS[ended_how], ended_on)
    if until is not None and until < day:
        return Standing(False, EXPIRED, date.fromordinal(until.toordinal() + 1))
    if day < on:
        return Standing(False, NOT_YET)
    return Standing(True, IN_FORCE if kind == "certificate" else ISSUED)
