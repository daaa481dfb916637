"""Reads of deletions: what may be asked for, how a request stands, what is decided and waits, whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, day_of, to_date, to_datetime
from bihuan.cases.family import version_day
from bihuan.cases.heads import matter_title, state_title
from bihuan.core.say import Say
from bihuan.lines.retention import Keeping, keeping

LINE = "deletions"
# Whether what the case c was opened with is gone.
GONE = "exists (select from record_shred s join cases_event o on o.id = s.event_id where o.case_id = c.id and o.seq = 1)"
CASE = f"""select c.number, c.line, c.version, c.matter, c.final, extract(epoch from c.closed_at)::bigint + {OFFSET}, c.parties::text, {GONE}
    from cases_case c where c.id = %s"""
REQUESTS = f"""select d.id, d.number, d.version, d.state, d.final, extract(epoch from d.opened_at)::bigint + {OFFSET} from cases_case d
    where d.line = '{LINE}' and d.data ->> 'about' = %s order by d.id desc"""
DECIDED = f"""select d.number, c.id, e.by, e.unit from cases_case d join cases_case c on c.number = d.data ->> 'about'
    join cases_event e on e.case_id = d.id and e.name = 'approve'
    where d.line = '{LINE}' and d.outcome = 'deleted' and not {GONE} order by d.id limit %s"""
OVER = f"""select c.id, c.number from cases_case c where c.line = %s and c.parent_id is null and c.final
    and c.closed_at < to_timestamp(%s)
    and not {GONE} and not exists (select from cases_case d where d.line = '{LINE}' and d.matter = 'expired' and d.data ->> 'about' = c.number)
    order by c.closed_at limit %s"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The case somebody wants deleted: what it is, whether it is closed and when, who answers for it, whether it went."""

    number: str
    line: str
    title: Say
    closed: date | None
    unit: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Request:
    """A request for deletion and how it stands."""

    id: int
    number: str
    state: Say
    final: bool
    at: datetime


def case_of(case_id: int, at: datetime | int) -> Asked:
    """The case with the unit that answers for its personal data by the table of keeping."""
    number, code, version, matter, final, closed, parties, gone = wall.ask(CASE, [case_id], wall.SYSTEM)[0]
    text = lines.exact(code, version_day(version))
    title = matter_title(text, matter) if matter in text.matters else text.title
    unit = str(orjson.loads(parties).get(keeping(code, to_date(day_of(at))).party, ""))
    return Asked(
        number, code, title, to_date(closed // 86400) if final and closed else None, unit, bool(gone)
    )


def requests_of(number: str) -> list[Request]:
    """The requests about a case, the newest first."""
    return [
        Request(pk, one, state_title(lines.exact(LINE, version_day(version)), state), final, to_datetime(at))
        for pk, one, version, state, final, at in wall.ask(REQUESTS, [number], wall.SYSTEM)
    ]


def decided(limit: int) -> list[tuple[str, int, str, str]]:
    """(request, case, who decided, for which unit) of deletions that were decided and not carried out yet."""
    return [tuple(row) for row in wall.ask(DECIDED, [limit], wall.SYSTEM)]


def over(row: Keeping, today: date, limit: int) -> list[tuple[int, str]]:
    """(id, number) of closed cases of a line whose time of keeping was over before today, the oldest first."""
    until = row.closed_before(today)
    if until is None:
        return []
    moment = (until - date(1970, 1, 1)).days * 86400 - OFFSET
    return [(pk, number) for pk, number in wall.ask(OVER, [row.line, moment, limit], wall.SYSTEM)]


def ratings_of(numbers: list[str]) -> list[tuple[int, str, bool]]:
    """(id, number, closed) of the cases that bad ratings of these cases opened."""
    sql = """select c.id, c.number, c.final from cases_case c where c.number in
        (select r."case" from ratings_rating r where r.about = any(%s) and r."case" <> '') order by c.id"""
    return [(pk, number, final) for pk, number, final in wall.ask(sql, [numbers], wall.SYSTEM)]


def family_of(case_id: int) -> list[str]:
    """The numbers of a case and of everything under the same root."""
    sql = "select number from cases_case where root = (select root from cases_case where id = %s) order by id"
    return [row[0] for row in wall.ask(sql, [case_id], wall.SYSTEM)]
