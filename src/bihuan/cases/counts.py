"""How many open cases there are by place, line or holder: read from an index, for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from bihuan.cases.edge import OFFSET, to_instant
from bihuan.cases.shapes import Count


def counts(by: str, line: str = "", at: datetime | int | None = None) -> list[Count]:
    """Open, late and stopped cases by "street", "community", "cell" or "line": public figures, for everybody."""
    return counts_by((by,), line, at)[by]


def counts_by(
    columns: Sequence[str], line: str = "", at: datetime | int | None = None
) -> dict[str, list[Count]]:
    """`counts` by several columns, read once."""
    if odd := set(columns) - {"street", "community", "cell", "line", "holder"}:
        raise ValueError(f"unknown column {sorted(odd)[0]!r}")
    now = None if at is None else to_instant(at) - OFFSET
    with connection.cursor() as cursor:
        cursor.execute(counting(*columns), [now, line, line])
        rows = cursor.fetchall()
    return {by: [Count(*row[1:]) for row in rows if row[0] == i] for i, by in enumerate(columns)}


def counting(*columns: str) -> str:
    """The SQL of `counts_by`: index-only over the open cases (cases_open), however many are closed."""
    number = " ".join(f"when grouping({by}) = 0 then {i}" for i, by in enumerate(columns))
    sets = ", ".join(f"({by})" for by in columns)
    return (
        f"select case {number} end, coalesce({', '.join([*columns, chr(39) * 2])}), count(*),"
        f" count(*) filter (where late or due_at < to_timestamp(%s)), count(*) filter (where stopped)"
        f" from cases_public where not final and (%s = '' or line = %s) group by grouping sets ({sets}) order by 1, 2"
    )
