"""Numbers for invented people and enterprises: formally right, from ranges that are given to nobody."""

from __future__ import annotations

import datetime

from . import person, uscc

NOBODY = "120000"  # the municipality itself: cards are issued by districts, so no one has this division
_EPOCH = datetime.date(1970, 1, 1).toordinal()


def invent_id_number(n: int, born: int) -> str:
    """The n-th (0-999) invented person born on day `born`; valid in every check, yet nobody's."""
    if not 0 <= n <= 999:
        raise ValueError(f"n must be 0-999, not {n}")
    day = datetime.date.fromordinal(born + _EPOCH)
    first17 = f"{NOBODY}{day:%Y%m%d}{n:03d}"
    return first17 + person.check_character(first17)


def invent_uscc(n: int, sort: str = "91", division: str = "120104") -> str:
    """The n-th (0-99999) invented body; no register gives out organisation codes that begin with DEM."""
    if not 0 <= n <= 99_999:
        raise ValueError(f"n must be 0-99999, not {n}")
    body = f"DEM{n:05d}"
    first17 = f"{sort}{division}{body}{uscc.org_check_character(body)}"
    return first17 + uscc.check_character(first17)
