"""Who holds cases now and since when: many cases in one query, for lists that name the holder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.family import COLUMNS, member_of
from bihuan.core.case.automatic import catch_up
from bihuan.core.time.instant import DAY


@dataclass(frozen=True, slots=True)
class Held:
    """The holder ("" where nobody owes anything), since when, and how many working days that is by now."""

    holder: str
    since: datetime
    days: int


def held(case_ids: Collection[int], at: datetime | int) -> dict[int, Held]:
    """The present holding of these cases by id; what a promise's case stands at is public."""
    if not case_ids:
        return {}
    now, cal = to_instant(at), lines.calendar()
    found: dict[int, Held] = {}
    sql = f"select {COLUMNS} from cases_case c where c.id = any(%s) order by c.id"
    for row in wall.ask(sql, [list(case_ids)], wall.ALL):
        member = member_of(row, cal)
        case = catch_up(member.case, cal, now)[0]
        if not case.held:
            continue
        since, holder = case.held[-1]  # a new entry only where the holder changes
        found[member.id] = Held(holder, to_datetime(since), cal.count(since // DAY, now // DAY))
    return found
