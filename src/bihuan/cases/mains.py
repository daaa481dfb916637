"""Cases that belong together without waiting for each other: reports joined to a main case, problems split off a report."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from bihuan import lines
from bihuan.cases import lookup, wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import COLUMNS, Member, member_of
from bihuan.core.case.automatic import catch_up
from bihuan.core.case.fold import Actor
from bihuan.core.case.refuse import refuse
from bihuan.core.line.titles import moment_text
from bihuan.core.say import Say

if TYPE_CHECKING:
    from bihuan.cases.published import Published

DEEP = 9  # joined to a case that was joined to a case …


def _last(case: str) -> str:
    """SQL: the number of the case that this one was joined to last; it may have been parted from others before."""
    return f"(select j.data ->> 'main' from cases_event j where j.case_id = {case} and j.name = 'join' order by j.seq desc limit 1)"


UP = f"""with recursive up as (select c.id, c.number, c.state, 0 as n from cases_case c where c.number = %s
    union all select k.id, k.number, k.state, up.n + 1 from up join cases_case k on k.number = {_last("up.id")}
    where up.state = 'joined' and up.n < {DEEP})
    select id, number from up where state <> 'joined' order by n desc limit 1"""


def down(number: str) -> str:
    """SQL: (id, number) of every report joined to the case whose number this SQL gives, through others too."""
    found = f"join cases_case k on k.id = e.case_id and k.state = 'joined' and e.data ->> 'main' = {_last('k.id')}"
    return f"""with recursive down as (
        select k.id, k.number, 0 as n from cases_event e {found} where e.name = 'join' and e.data ->> 'main' = {number}
        union select k.id, k.number, down.n + 1 from down join cases_event e on e.name = 'join' and e.data ->> 'main' = down.number
        {found} where down.n < {DEEP}) select distinct id, number from down"""


def main_of(member: Member) -> tuple[int, str] | None:
    """(id, number) of the case this report is part of now; None where it is joined to none."""
    joins = [str(event.data["main"]) for event in member.events if event.name == "join"]
    if not joins or member.case.state != "joined":
        return None
    rows = wall.ask(UP, [joins[-1]], wall.SYSTEM)
    return (rows[0][0], rows[0][1]) if rows else None


def ids_of(numbers: Collection[str]) -> list[int]:
    """The ids of the cases with these numbers."""
    rows = wall.ask("select id from cases_case where number = any(%s)", [list(numbers)], wall.SYSTEM)
    return [row[0] for row in rows]


def joined_to(number: str) -> list[Member]:
    """Every report that is part of this case now."""
    ids = [row[0] for row in wall.ask(down("%s"), [number], wall.SYSTEM)]
    return members(ids) if ids else []


def members(ids: list[int]) -> list[Member]:
    """Cases by id, folded, without any lock."""
    rows = wall.ask(
        f"select {COLUMNS} from cases_case c where c.id = any(%s) order by c.id", [ids], wall.SYSTEM
    )
    return [member_of(row, lines.calendar()) for row in rows]


def main_open(member: Member, at: int) -> Say | None:
    """Why the reporter of a joined report cannot say now that it is not fixed, None if the main case can be reopened."""
    found = main_of(member)
    if found is None:
        return Say("这件没有并到别的件", "This report is joined to no case")
    (main,) = members([found[0]])
    case, _ = catch_up(main.case, lines.calendar(), at)
    reasons = refuse(case, "reopen", Actor("joined"), at, {"text": "…"}, lines.calendar())
    return reasons[0] if reasons else None


def bearer_of(member: Member) -> str:
    """The identity of whoever holds the code: of the case itself, or of the bundle it is a part of."""
    given = (value for value in member.case.parties.values() if value.startswith("r:"))
    own = lookup.resident(member.number)
    return next(given, own) if member.parent is not None else own


def split_off(member: Member) -> list[tuple[int, Published]]:
    """(id, case) of every problem that was split off this report, in the order in which it was done."""
    numbers = [str(event.data["into"]) for event in member.events if event.name == "split"]
    if not numbers:
        return []
    ids = dict(wall.ask("select number, id from cases_case where number = any(%s)", [numbers], wall.SYSTEM))
    from bihuan.cases.published import Wanted, published  # it reads what judges, and judging asks this file

    shown = {one.number: one for one in published(Wanted(member.line.code, numbers=numbers), len(numbers))}
    return [(ids[number], shown[number]) for number in numbers if number in shown]


def told_otherwise(member: Member, number: str, effective: int) -> Say | None:
    """Why a report split off another does not date from this moment: it dates from when the other was told."""
    moment = _told(number, member.line.code)
    if moment is None:
        return Say(f"没有办件 {number}", f"There is no case {number}")
    if moment != effective:
        when = moment_text(moment)
        return Say(f"从 {number} 拆出的按 {when} 算起", f"What is split off {number} dates from {when}")
    return None


def not_from_here(member: Member, number: str) -> Say | None:
    """Why this is no case split off this one."""
    rows = wall.ask(
        "select c.data ->> 'part_of' from cases_case c where c.number = %s", [number], wall.SYSTEM
    )
    if rows and rows[0][0] == member.number:
        return None
    return Say(f"{number} 不是从这件拆出的", f"{number} is not split off this case")


def _told(number: str, line: str) -> int | None:
    sql = f"""select extract(epoch from e.effective)::bigint + {OFFSET} from cases_event e join cases_case c on c.id = e.case_id
        where c.number = %s and c.line = %s and e.seq = 1"""
    rows = wall.ask(sql, [number, line], wall.SYSTEM)
    return int(rows[0][0]) if rows else None
