"""Reads of deletions: what may be asked for, how a request stands, what is decided and waits, whose time is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import inf

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, day_of, to_date, to_datetime
from bihuan.cases.family import version_day
from bihuan.cases.heads import matter_title, state_title
from bihuan.cases.kept_by_law import RUNS, Kept, kept_longest
from bihuan.core.say import Say
from bihuan.lines.retention import keeping, table

LINE = "deletions"
BATCH = 200
# Whether what the case c was opened with is gone.
GONE = "exists (select from record_shred s join cases_event o on o.id = s.event_id where o.case_id = c.id and o.seq = 1)"
CASE = f"""select c.number, c.line, c.version, c.matter, c.parties::text, {GONE}, (select json_agg(json_build_array(k.line,
    case when k.final then extract(epoch from k.closed_at)::bigint + {OFFSET} end)) from cases_case k where k.root = c.root)::text
    from cases_case c where c.id = %s"""
REQUESTS = f"""select d.id, d.number, d.version, d.state, d.final, extract(epoch from d.opened_at)::bigint + {OFFSET} from cases_case d
    where d.line = '{LINE}' and d.data ->> 'about' = %s order by d.id desc"""
DECIDED = f"""select d.id, d.number, d.matter = 'expired', c.id, e.by, e.unit from cases_case d join cases_case c on c.number = d.data ->> 'about'
    join cases_event e on e.case_id = d.id and e.name = 'approve'
    where d.line = '{LINE}' and d.outcome = 'deleted' and d.id > %s and not {GONE} order by d.id limit %s"""
# The same with the key that made its entries in the log one case's: it goes when the time of keeping is over.
ENDED = f"({GONE} and not exists (select from record_key k where k.case_id = c.id and k.key <> ''))"
# Closed before the moment of its own line; so is everything that hangs on it, which goes with it.
OVER = f"""select c.id, c.number from cases_case c where c.line = %s and c.id > %s and c.parent_id is null and c.final and not {ENDED}
    and not exists (select from cases_case k left join unnest(%s::text[], %s::float8[]) t(line, before) on t.line = k.line
        where k.root = c.id and not (k.final and k.closed_at < to_timestamp(coalesce(t.before, '-infinity'))))
    and not exists (select from cases_case d where d.line = '{LINE}' and d.matter = 'expired' and d.data ->> 'about' = c.number)
    order by c.id limit %s"""


@dataclass(frozen=True, slots=True)
class Asked:
    """The case somebody wants deleted: what it is, whether it and everything that hangs on it is closed, what obliges
    keeping any of it, who answers for it, whether it went."""

    number: str
    line: str
    title: Say
    closed: bool
    kept: Kept | None
    unit: str
    gone: bool

    @property
    def why(self) -> Say | None:
        """Why its words stay today, with basis and date; None where they may go."""
        return RUNS if not self.closed else self.kept.why if self.kept else None


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
    number, code, version, matter, parties, gone, family = wall.ask(CASE, [case_id], wall.SYSTEM)[0]
    text, today = lines.exact(code, version_day(version)), to_date(day_of(at))
    title = matter_title(text, matter) if matter in text.matters else text.title
    unit = str(orjson.loads(parties).get(keeping(code, today).party, ""))
    closings = orjson.loads(family)
    closed = [(line, to_date(moment // 86400)) for line, moment in closings if moment is not None]
    return Asked(
        number, code, title, len(closed) == len(closings), kept_longest(closed, today), unit, bool(gone)
    )


def requests_of(number: str) -> list[Request]:
    """The requests about a case, the newest first."""
    return [
        Request(pk, one, state_title(lines.exact(LINE, version_day(version)), state), final, to_datetime(at))
        for pk, one, version, state, final, at in wall.ask(REQUESTS, [number], wall.SYSTEM)
    ]


def decided() -> Iterator[tuple[str, bool, int, str, str]]:
    """(request, whether the system made it because the time of keeping was over, case, who decided, for which unit) of
    deletions that were decided and not carried out yet."""
    after = 0
    while rows := wall.ask(DECIDED, [after, BATCH], wall.SYSTEM):
        yield from (tuple(row[1:]) for row in rows)
        after = rows[-1][0]


def over(line: str, today: date) -> Iterator[tuple[int, str]]:
    """(id, number) of closed cases of a line whose time of keeping, and that of all that hangs on them, was over before
    today; the oldest first."""
    moments = {code: _over_before(code, today) for code in table()}
    after, given = 0, [list(moments), list(moments.values())]
    while rows := wall.ask(OVER, [line, after, *given, BATCH], wall.SYSTEM):
        yield from ((pk, number) for pk, number in rows)
        after = rows[-1][0]


def _over_before(line: str, today: date) -> float:
    """What was closed before this second has been kept long enough: all of it where it goes with its main case."""
    row = keeping(line, today)
    day = row.closed_before(today)
    if day is None:
        return inf if row.of_main else -inf
    return float((day - date(1970, 1, 1)).days * 86400 - OFFSET)


def ratings_of(numbers: list[str]) -> list[tuple[int, str, bool]]:
    """(id, number, closed) of the cases that bad ratings of these cases opened."""
    sql = """select c.id, c.number, c.final from cases_case c where c.number in
        (select r."case" from ratings_rating r where r.about = any(%s) and r."case" <> '') order by c.id"""
    return [(pk, number, final) for pk, number, final in wall.ask(sql, [numbers], wall.SYSTEM)]


def family_of(case_id: int) -> list[str]:
    """The numbers of a case and of everything under the same root."""
    sql = "select number from cases_case where root = (select root from cases_case where id = %s) order by id"
    return [row[0] for row in wall.ask(sql, [case_id], wall.SYSTEM)]
