"""Cases that were taken in before they were entered: each one for the desk, how many for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of
from bihuan.cases.heads import matter_title
from bihuan.core.say import Say
from bihuan.people import queries as people

LINE, PARAM, PARTY = "permits", "late_entry", "agency"
DAYS = 90
ENTERED = """from cases_event e join cases_case c on c.id = e.case_id
    where e.seq = 1 and c.line = %s and c.opened_at >= %s and e.at >= %s and e.at <= %s"""
LATE = "(e.at at time zone 'Asia/Shanghai')::date - (e.effective at time zone 'Asia/Shanghai')::date > %s"
LIST = f"""select c.number, c.matter, c.parties ->> %s, e.effective, e.at, e.data ->> 'late_reason', e.by
    {ENTERED} and {LATE} and (%s = '' or c.parties ->> %s = %s) order by e.at desc, e.id desc limit %s"""
COUNT = f"select c.parties ->> %s, count(*) filter (where {LATE}), count(*) {ENTERED} group by 1"


@dataclass(frozen=True, slots=True)
class LateEntry:
    """One case with when it was received and when entered, why, and by whom."""

    number: str
    matter: Say
    unit: Say
    received: datetime
    entered: datetime
    reason: str
    by: Say


@dataclass(frozen=True, slots=True)
class LateCount:
    """Of `n` cases of a unit so many were entered late."""

    unit: Say
    late: int
    n: int


def allowed_days(at: datetime) -> int:
    """How many calendar days may lie between taking in and entering."""
    return int(lines.at(LINE, day_of(at)).param(PARAM, day_of(at)).value)


def late_entries(unit: str, at: datetime, most: int = 200) -> list[LateEntry]:
    """Those of a unit ("" = of all) in the last ninety days, the newest first."""
    since = at - timedelta(days=DAYS)
    # a case opened by its lawful moment may have begun long before it was entered
    params = [PARTY, LINE, since - timedelta(days=DAYS), since, at, allowed_days(at), unit, PARTY, unit, most]
    rows = wall.ask(LIST, params, wall.SYSTEM)
    names, text = people.known(people.change()).names, lines.at(LINE, day_of(at))
    persons = people.names_of({row[-1] for row in rows})
    return [
        LateEntry(number, matter_title(text, matter), names.get(code) or Say(code, code), received, entered, reason or "",
                  Say(*persons[by]) if by in persons else Say("本人", "the person concerned"))
        for number, matter, code, received, entered, reason, by in rows
    ]  # fmt: skip


def late_counts(at: datetime) -> list[LateCount]:
    """By unit, those with the most first; every unit that took anything in is there."""
    since = at - timedelta(days=DAYS)
    rows = wall.ask(COUNT, [PARTY, allowed_days(at), LINE, since - timedelta(days=DAYS), since, at], wall.SYSTEM)  # fmt: skip
    names = people.known(people.change()).names
    found = [
        LateCount(names.get(code or "") or Say(code or "", code or ""), late, n) for code, late, n in rows
    ]
    return sorted(found, key=lambda one: (-one.late, -one.n, one.unit))
