"""Compares ratings with the cases they opened, the matters and visits they are about, and the words that were added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.cases import wall
from bihuan.core.difference import Difference
from bihuan.core.signal.rated import BAD
from bihuan.counters.numbers import read_number
from bihuan.ratings.occasions import LINE

# A bad rating has its case, unless it is a second word and the first has one; a rating that is not bad has none.
CASES = """select r.id, r.about, r.level, r.case, c.number, e.data->>'about', e.data->>'level', e.data->>'unit', r.unit, f.case
    from ratings_rating r left join ratings_rating f on f.id = r.first_id
    left join cases_case c on c.number = r.case and c.line = %s and r.case <> ''
    left join cases_event e on e.case_id = c.id and e.seq = 1 order by r.id"""
ALONE = """select c.number from cases_case c where c.line = %s
    and not exists (select 1 from ratings_rating r where r.case = c.number) order by c.id"""
SECOND = """select r.id, r.about, f.about, r.at, f.at from ratings_rating r join ratings_rating f on f.id = r.first_id
    where r.about <> f.about or r.at < f.at or f.first_id is not null order by r.id"""
ABOUT = """select r.id, r.about from ratings_rating r where r.kind = 'case'
    and not exists (select 1 from cases_case c where c.number = r.about and c.opened_at <= r.at) order by r.id"""
VISITS = "select id, about from ratings_rating where kind = 'visit' order by id"
DONE = "select 1 from counters_ticket where id = %s and to_char(day, 'YYYYMMDD') = %s and done_at is not null"


def check() -> Iterator[Difference]:
    """Every rating against the rest of the district, oldest first, then the cases that no rating opened."""
    for pk, about, level, case, number, said_about, said_level, said_unit, unit, earlier in _rows(
        CASES, [LINE]
    ):
        where = f"rating {pk} of {about}"
        if level >= BAD or earlier:
            if case:
                yield Difference(f"{where}: case", case, None)
        elif number is None:
            yield Difference(f"{where}: case", case, "a case of the line ratings")
        elif (said_about, said_level, said_unit) != (about, str(level), unit):
            yield Difference(
                f"{where}: what its case says", (about, level, unit), (said_about, said_level, said_unit)
            )
    for pk, about, of_first, at, first_at in _rows(SECOND, []):
        yield Difference(
            f"second word {pk}: of the first", (about, at.isoformat()), (of_first, first_at.isoformat())
        )
    for pk, about in _rows(ABOUT, []):
        yield Difference(f"rating {pk}: a case opened before it", about, None)
    for pk, about in _rows(VISITS, []):
        found = read_number(about)
        if found is None or not _rows(DONE, [found[2], found[1]]):
            yield Difference(f"rating {pk} of {about}: a visit that was served", about, None)
    for (number,) in _rows(ALONE, [LINE]):
        yield Difference(f"case {number}: the rating that opened it", None, "a rating")


def _rows(sql: str, params: list[Any]) -> list[Any]:
    return wall.ask(sql, params, wall.SYSTEM)
