"""The queue: one page of the open cases that an actor may see, in the order of their due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bihuan.cases import wall
from bihuan.cases.heads import GROUPS, HEAD, head_of, raised_title
from bihuan.cases.shapes import Queue
from bihuan.cases.sight import Sight, sight
from bihuan.core.authority.grants import Condition
from bihuan.core.case.fold import Actor
from bihuan.core.line.parts import RAISED

PAGE = 30
RANK = 25  # where HEAD has the rank


def queue(
    actor: Actor,
    at: datetime | int,
    after: str = "",
    *,
    mode: str = "mine",
    line: str = "",
    street: str = "",
    limit: int = PAGE,
) -> Queue:
    """One page of the open cases in the order of their due: `mode` "mine" (my unit holds them), "me" (I was named
    or drawn), "involved" (my unit takes part), "raised" (overdue and escalated to my unit) or "all" (whatever my grants
    show)."""
    seen = sight(actor, at)
    question = page_sql(seen, mode, line, street, after, limit)
    return page_of(wall.ask(*question, seen.scope), seen, limit)


def page_sql(seen: Sight, mode: str, line: str, street: str, after: str, limit: int) -> tuple[str, list[Any]]:
    """(SQL, parameters) of one page and the row after it."""
    terms, params = narrowed(seen.condition, seen.actor, mode, line, street)
    if after:
        terms.append("(c.rank, c.id) > (%s, %s)")
        params += read_cursor(after)
    sql = f"""select {HEAD}, c.parties ->> '{RAISED}' from cases_case c where not c.final and {" and ".join(terms)}
        order by c.rank, c.id limit %s"""
    return sql, [*params, limit + 1]


def page_of(rows: Sequence[Sequence[Any]], seen: Sight, limit: int) -> Queue:
    """The page of the rows that `page_sql` asked for."""
    heads = tuple(
        head_of(row, seen.titles, seen.now, raised_to=raised_title(row[-1], seen.titles))
        for row in rows[:limit]
    )
    groups = tuple(
        (key, say, found)
        for key, say in GROUPS.items()
        if (found := tuple(h for h in heads if h.group == key))
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return Queue(heads, groups, f"{last[RANK]}.{last[0]}" if last else "", seen.condition.reason)


def narrowed(
    condition: Condition, actor: Actor, mode: str, line: str, street: str
) -> tuple[list[str], list[Any]]:
    """(terms, parameters) over cases_case c: what the grants show, one view of it, the filters."""
    chosen, given = chosen_by(actor, mode)
    terms, params = [f"({condition.sql})", chosen], [*condition.params, *given]
    for column, wanted in (("line", line), ("street", street)):
        if wanted:
            terms.append(f"c.{column} = %s")
            params.append(wanted)
    return terms, params


def chosen_by(actor: Actor, mode: str) -> tuple[str, list[str]]:
    """(condition, parameters) of one view of the queue."""
    if mode == "mine":
        return "c.holder = %s", [actor.unit]
    if mode == "me":
        mine = "exists (select 1 from jsonb_each_text(c.parties) one where one.value = %s)"
        return f"c.units @> array[%s]::varchar[] and {mine}", [actor.unit, actor.id]
    if mode == "involved":
        return "c.units @> array[%s]::varchar[]", [actor.unit]
    if mode == "raised":
        escalated = f"c.units @> array[%s]::varchar[] and c.parties ->> '{RAISED}' = %s"
        return escalated, [actor.unit, actor.unit]
    if mode == "all":
        return "true", []
    raise ValueError(f"unknown mode {mode!r}")


def read_cursor(text: str) -> list[int]:
    """(rank, id) of a cursor; anything else is the beginning."""
    rank, _, pk = text.partition(".")
    return [int(rank), int(pk)] if rank.isdecimal() and pk.isdecimal() and len(text) < 40 else [-1, 0]
