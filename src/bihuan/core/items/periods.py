"""Limits of the catalogue: what the law gives, what the district promises, and why one is not within the other."""

from __future__ import annotations

from bihuan.core.items.parts import AT_ONCE, Period
from bihuan.core.say import Say
from bihuan.core.time.clock import BadLimit, read_limit

ON_THE_SPOT = frozenset({AT_ONCE, "当场", "即办"})


def read_period(text: str) -> Period:
    """A period from "20 working days", "at once" or nothing; BadLimit for anything else."""
    text = text.strip()
    if not text:
        return Period("", None, False)
    if text.casefold() in ON_THE_SPOT:
        return Period(AT_ONCE, None, True)
    return Period(text, read_limit(text), False)


def too_long(promise: Period, legal: Period) -> Say | None:
    """Why this promise cannot stand beside the legal limit (优化营商环境条例§36: only shorter), or None.

    Periods in different units are not compared: no number of working days is a fixed number of days.
    """
    if not promise.text or not legal.text or promise.at_once:
        return None
    if legal.at_once or promise.limit is None or legal.limit is None:
        return Say(
            f"法律要求当场办，承诺“{promise.text}”更长",
            f"The law has it done at once; the promise of {promise.text} is longer",
        )
    if promise.limit.unit != legal.limit.unit:
        return Say(
            f"承诺“{promise.text}”和法定“{legal.text}”单位不同，比不出长短，请用同一种单位",
            f"The promise ({promise.text}) and the legal limit ({legal.text}) count in different units; use the same",
        )
    if promise.limit.n > legal.limit.n:
        return Say(
            f"承诺“{promise.text}”长于法定“{legal.text}”",
            f"The promise of {promise.text} is longer than the legal {legal.text}",
        )
    return None


__all__ = ["BadLimit", "read_period", "too_long"]
