"""Decisions on licences in public (双公示的许可部分): each with number, holder, unit and days, and how soon it could be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date, to_day, to_instant
from bihuan.core.mask import mask_name
from bihuan.core.say import Say
from bihuan.core.time.clock import read_limit
from bihuan.core.time.ledger import limit_words
from bihuan.papers.standing import ENDS

LINE = "permits"
KEYS = (
    "grant",
    "deem_renewed",
    "revoke",
)  # granted, deemed renewed, revoked; a denial is nobody else's business
PARAM = "publish"
PAGE = 30
ROWS = """select p.id, p.number, p.on, p.entered_at, p.title, p.title_en, p.unit_name, p.unit_name_en, p.case_number,
    c.matter, c.version, c.title, e.data->>'applicant_kind', e.data->>'uscc', k.name, p.ended_on, p.ended_how, x.until
    from papers_paper p join cases_case c on c.id = p.case_id
    join cases_event e on e.case_id = c.id and e.seq = 1
    left join cases_contact k on k.case_id = c.id
    left join lateral (select g.until from papers_paper q join papers_certificate g on g.paper_id = q.id
        where q.case_id = c.id order by q.id desc limit 1) x on true
    where p.kind = 'letter' and c.line = %s and p.key = any(%s) and p.id < %s order by p.id desc limit %s"""
SEEN = """select p.on, p.entered_at, count(*) from papers_paper p join cases_case c on c.id = p.case_id
    where p.kind = 'letter' and c.line = %s and p.key = any(%s) and p.on > %s group by 1, 2"""
LAST = 2**62
DAYS = 365


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as anybody may see it; the name of a person is masked. `days`: working days from the decision until
    it could be seen, None where that moment was not kept."""

    id: int
    number: str
    on: date
    title: Say
    unit: Say
    case_number: str
    matter: Say
    what: str
    holder: str
    uscc: str
    until: date | None
    ended: Say | None
    ended_on: date | None
    seen_at: datetime | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Promptness:
    """Of `n` decisions of a year: how many could be seen within the limit, the longest, how many have no moment kept."""

    n: int
    within: int
    longest: int | None
    unknown: int
    limit: Say
    law: str


def decisions(before: int = 0, limit: int = PAGE) -> tuple[list[Decision], int]:
    """(decisions, newest first, id to go on from or 0)."""
    rows = wall.ask(ROWS, [LINE, list(KEYS), before or LAST, limit + 1], wall.SYSTEM)
    return [_decision(row) for row in rows[:limit]], rows[limit - 1][0] if len(rows) > limit else 0


def every() -> Iterator[Decision]:
    """All of them, in batches, for the file."""
    before = 0
    while True:
        rows, before = decisions(before, 1000)
        yield from rows
        if not before:
            return


def promptness(now: datetime) -> Promptness:
    """How soon the decisions of the last year could be seen."""
    day = day_of(now)
    param = lines.at(LINE, day).param(PARAM, day)
    most = read_limit(param.value)
    n = within = unknown = 0
    longest: int | None = None
    for on, seen, count in wall.ask(SEEN, [LINE, list(KEYS), to_date(day - DAYS)], wall.SYSTEM):
        days = _days(on, seen)
        n += count
        if days is None:
            unknown += count
            continue
        within += count if days <= most.n else 0
        longest = days if longest is None else max(longest, days)
    return Promptness(n, within, longest, unknown, limit_words(most), param.source)


def _days(on: date, seen: datetime | None) -> int | None:
    return None if seen is None else lines.calendar().count(to_day(on), to_instant(seen) // 86400)


def _decision(row: Any) -> Decision:
    (pk, number, on, seen, title, title_en, unit, unit_en, case_number, matter, version, what, kind, uscc, name,
     ended_on, ended_how, until) = row  # fmt: skip
    found = lines.exact(LINE, to_day(version)).matter(matter, to_day(on))
    person = kind != "organisation"
    return Decision(
        pk, number, on, Say(title, title_en), Say(unit, unit_en or unit), case_number, Say(found.name, found.name_en), what,
        mask_name(name or "") if person else name or "", "" if person else uscc or "", until,
        ENDS.get(ended_how), ended_on, seen, _days(on, seen),
    )  # fmt: skip
