"""The yearly table of a line: how many came in, what became of them, how many go on, by kind of applicant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.core.line.parts import Line
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY, day
from bihuan.lines.annual import Annual, Row

FRESH, BEFORE, AFTER = ("+", "new"), ("+", "before"), ("+", "after")  # no outcome is called so
UNSAID = Say("未写明", "Not stated")
STORED = """select coalesce(c.data ->> %s, ''), c.opened_at >= to_timestamp(%s), coalesce(o.name, ''), coalesce(o.ground, ''),
    count(*) from cases_case c left join lateral (select e.name, e.at, e.data ->> %s as ground from cases_event e
        where e.case_id = c.id and e.at < to_timestamp(%s) and e.name = any(%s) order by e.seq desc limit 1) o on true
    where c.line = %s and c.opened_at < to_timestamp(%s)
    and (o.name is null or o.name = any(%s) or o.at >= to_timestamp(%s)) group by 1, 2, 3, 4"""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by column, the sum last: what came in, what was left from before, each row, what goes on."""

    columns: Sequence[Say]
    fresh: Sequence[int]
    before: Sequence[int]
    rows: Sequence[tuple[Row, Sequence[int]]]
    answered: Sequence[int]
    after: Sequence[int]


def annual_table(line: Line, of: Annual, year: int) -> Table:
    """The table of a calendar year, as the events of the year tell it; a case counts by its last result before the
    year's end, in the year that result was given. In every column fresh + before = answered + after."""
    first, end = (day(f"{y}-01-01") * DAY - OFFSET for y in (year, year + 1))
    outcome = {name: action.outcome for name, action in line.actions.items() if action.outcome}
    again = [
        name for name, action in line.actions.items()
        if action.to and not action.outcome and any(line.states[state].final for state in action.states)
    ]  # fmt: skip
    found = wall.ask(
        STORED, [of.columns.key, first, of.ground, end, [*outcome, *again], line.code, end, again, first], wall.SYSTEM,
    )  # fmt: skip
    codes = [code for code, _ in of.columns.options]
    if any(kind not in codes for kind, *_ in found):
        codes.append("")  # whatever is none of the choices is shown as not stated, never dropped
    sums: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)  # (outcome, ground) -> by column
    for kind, fresh, name, ground, n in found:
        column = kind if kind in codes else ""
        came = FRESH if fresh else BEFORE
        for key in (came, (outcome[name], ground) if name in outcome else AFTER):
            sums[key][column] += n

    def counted(*keys: tuple[str, str]) -> list[int]:
        by_column = [sum(sums[key][code] for key in keys) for code in codes]
        return [*by_column, sum(by_column)]

    rows = [(row, counted(*(key for key in list(sums) if _is_in(row, key)))) for row in of.rows]
    rest = [key for key in sums if key[0] != "+" and not any(_is_in(row, key) for row in of.rows)]
    if rest:  # from before the form asked for the ground
        rows.append((Row(UNSAID, Say("未写明情形", "Ground not stated"), (), ()), counted(*rest)))
    answered = [sum(cells) for cells in zip(*(cells for _, cells in rows), strict=True)]
    titles = [dict(of.columns.options).get(code, UNSAID) for code in codes]
    return Table(titles, counted(FRESH), counted(BEFORE), rows, answered, counted(AFTER))


def _is_in(row: Row, key: tuple[str, str]) -> bool:
    return key[0] in row.outcomes and (not row.grounds or key[1] in row.grounds)
