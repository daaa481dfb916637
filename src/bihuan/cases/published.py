"""Cases as anybody may read them, for other programs: no text, no person, no exact place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bihuan import lines
from bihuan.cases.family import version_day
from bihuan.cases.heads import Titles, matter_title, place_title, state_title
from bihuan.cases.showing import SYSTEM_STEPS, holder_title, secret_draws
from bihuan.core.say import Say

COLUMNS = "number, line, version, matter, state, outcome, final, holder, opened_at, moved_at, due_at, plain_due_at, cell, street"


@dataclass(frozen=True, slots=True)
class Published:
    """One case; datetimes are aware, `due_at` is the deadline with lawful stops taken out."""

    number: str
    matter: str
    matter_title: Say
    state_title: Say
    final: bool
    holder_title: Say
    opened_at: datetime
    moved_at: datetime
    due_at: datetime | None
    plain_due_at: datetime | None
    cell: str
    street_title: Say


@dataclass(frozen=True, slots=True)
class Moved:
    """One step of a published case, recorded `at`."""

    number: str
    seq: int
    title: Say
    to: str  # the state it led to, "" where it moved none
    final: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ones: of a line, opened in [since, until], newest first; numbers, matters and state if given."""

    line: str
    since: datetime | None = None
    until: datetime | None = None
    numbers: Sequence[str] = ()
    matters: Sequence[str] = ()
    final: bool | None = None

    def terms(self, moment: str) -> tuple[str, list[Any]]:
        """(condition, parameters); `moment` is the column that since and until are held against."""
        found = [("line = %s", self.line), (f"{moment} >= %s", self.since), (f"{moment} <= %s", self.until),
                 ("number = any(%s)", list(self.numbers) or None), ("matter = any(%s)", list(self.matters) or None),
                 ("final = %s", self.final)]  # fmt: skip
        given = [(term, value) for term, value in found if value is not None]
        return " and ".join(term for term, _ in given), [value for _, value in given]


def published(wanted: Wanted, most: int) -> list[Published]:
    """At most `most` cases, the newest first."""
    terms, params = wanted.terms("opened_at")
    rows = _rows(
        f"select {COLUMNS} from cases_public where {terms} order by opened_at desc limit %s", [*params, most]
    )
    titles = Titles()
    return [_published(row, titles) for row in rows]


def steps(wanted: Wanted, most: int) -> list[Moved]:
    """At most `most` steps recorded in [since, until], the newest first. That somebody was drawn is told when the case
    is closed: until then whoever did the work must not learn it here either."""
    terms, params = wanted.terms("at")
    secret = sorted({name for text in lines.all_lines()[wanted.line].values() for name in secret_draws(text)})
    sql = f"""select number, line, version, seq, name, at from cases_public_step s where {terms}
        and (name <> all(%s) or exists (select 1 from cases_public p where p.number = s.number and p.final))
        order by at desc, seq desc limit %s"""
    return [_moved(row) for row in _rows(sql, [*params, secret, most])]


def _rows(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _published(row: Sequence[Any], titles: Titles) -> Published:
    number, code, version, matter, state, _outcome, final, holder, opened, moved, due, plain, cell, street = (
        row
    )
    line = lines.exact(code, version_day(version))
    return Published(
        number, matter, matter_title(line, matter), state_title(line, state), final,
        holder_title(holder, None, titles.known.names), opened, moved, due, plain, cell, place_title(titles.places, street),
    )  # fmt: skip


def _moved(row: Sequence[Any]) -> Moved:
    number, code, version, seq, name, at = row
    line = lines.exact(code, version_day(version))
    action = line.actions.get(name)
    if action is None:  # one of the core's own events
        return Moved(number, seq, SYSTEM_STEPS[name], "", False, at)
    state = line.states.get(action.to)
    return Moved(number, seq, action.title, action.to, state is not None and state.final, at)
