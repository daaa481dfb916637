"""Whether a matter is being supervised already, or was a short while ago: asked of the cases themselves.

Repeated supervision, and supervision by many, is forbidden (督查条例§15). The same object and the same task
within the months of params.toml is refused with the number of the earlier case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import Member
from bihuan.core.alike import alike
from bihuan.core.say import Say
from bihuan.core.time.calendar import add_months
from bihuan.core.time.instant import DAY, day_of, day_text, ymd
from bihuan.lines.forms import title_field

NEVER_BEGAN = ("not_opened", "cancelled", "merged")
# Approvals of one line stand in one row while they ask, so that two of them cannot both find nothing.
QUEUE = "select pg_advisory_xact_lock(hashtext('bihuan.repeated ' || %s)); "
OBJECT = """coalesce(c.parties->>'lead', (select e.data->>'object' from cases_event e where e.case_id = c.id
    and e.data->>'object' <> '' order by e.seq desc limit 1), '')"""
EARLIER = f"""select c.number, coalesce(nullif(c.data->>%s, ''), c.title), c.version, c.state, c.data->>'year',
    extract(epoch from c.closed_at)::bigint + {OFFSET}
    from cases_case c where c.line = %s and c.id <> %s and c.state <> %s and c.outcome <> all(%s)
    and (not c.final or c.closed_at >= to_timestamp(%s))
    and (%s = '' or {OBJECT} in ('', %s)) order by c.id"""
COUNT = f"""select count(*) from cases_case c where c.line = %s and c.matter = %s and c.id <> %s and c.state <> %s
    and c.outcome <> all(%s) and {OBJECT} = %s
    and extract(epoch from c.opened_at)::bigint + {OFFSET} >= %s"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A case that supervises, or lately supervised, what may be the same task."""

    number: str
    title: str
    state: Say
    year: str
    closed: int | None  # instant


def find_same(member: Member, unit: str, day: int, told_apart: bool) -> Say | None:
    """Why this is supervision twice, None if it is not; `unit` is the object ("" = the one of the plan, if any).

    A task worded almost alike (param.alike, per cent) may go on where it was `told_apart`: what is different is
    written down. Two years named in both are two tasks (annual goals come every year).
    """
    line = member.line
    near = Fraction(int(line.param("alike", day).value), 100)
    months = int(line.param("same_months", day).value)
    year = str(member.data.get("year") or "")
    task = str(member.data.get(title_field(line)) or member.title)
    for one in _earlier(member, unit or planned_object(member), add_months(day, -months)):
        if year and one.year and year != one.year:
            continue
        likeness = alike(task, one.title)
        if likeness == 1:
            return _twice(one, months)
        if likeness >= near and not told_apart:
            return _close(one)
    return None


def planned_object(member: Member) -> str:
    """The object the proposal named, or what it was corrected to before it was approved; "" where it named none."""
    said = [event.data["object"] for event in member.events if event.data.get("object")]
    return str(said[-1]) if said else ""


def open_task(member: Member, number: str) -> Say | None:
    """Why this task cannot go into the case of that number, None where it can."""
    if number == member.number:
        return Say("不能并到自己", "A case cannot be merged into itself")
    rows = wall.ask(
        "select final from cases_case where number = %s and line = %s",
        [number, member.line.code],
        wall.SYSTEM,
    )
    if not rows:
        return Say(f"没有督查件 {number}", f"There is no supervision case {number}")
    if rows[0][0]:
        return Say(
            f"{number} 已经办结，不能再并进去；确是重复的，终止这一件并写明理由",
            f"{number} is closed and takes no other task; cancel this one with the reason if it is the same",
        )
    return None


def other_object(member: Member, unit: str, names: Mapping[str, Say]) -> Say | None:
    """Why this unit is not the object of the plan, None where it is or where the proposal named none."""
    code = planned_object(member)
    if not code or unit in ("", code):
        return None
    name = names.get(code) or Say(code, code)
    return Say(
        f"督查方案写明的督查对象是{name}，不得随意变更；原对象异议成立后才能换",
        f"The plan names {name.en} as the object; it may be another only after a dispute was upheld",
    )


def supervised(member: Member, unit: str, day: int) -> int:
    """How many other cases of the same kind this object has had since 1 January of the year of Day `day`."""
    unit = unit or planned_object(member)
    if not unit:
        return 0
    since = day_of(ymd(day)[0], 1, 1) * DAY
    params = [
        member.line.code,
        member.case.matter,
        member.id,
        member.line.first_state,
        list(NEVER_BEGAN),
        unit,
        since,
    ]
    return int(_ask(member, COUNT, params)[0][0])  # fmt: skip


def _earlier(member: Member, unit: str, since: int) -> list[Earlier]:
    line = member.line
    key = title_field(line)
    params = [
        key,
        line.code,
        member.id,
        line.first_state,
        list(NEVER_BEGAN),
        since * DAY - OFFSET,
        unit,
        unit,
    ]
    return [
        Earlier(number, title, lines.exact(line.code, _day(version)).states[state].title, year or "", closed)
        for number, title, version, state, year, closed in _ask(member, EARLIER, params)
    ]


def _ask(member: Member, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    """The rows; inside a transaction (a write) only one asks at a time, a page that is shown does not wait."""
    if connection.in_atomic_block:
        return wall.ask(QUEUE + sql, [member.line.code, *params], wall.SYSTEM)
    return wall.ask(sql, params, wall.SYSTEM)


def _day(version: Any) -> int:
    return day_of(version.year, version.month, version.day)


def _stands(one: Earlier) -> Say:
    if one.closed is None:
        return one.state
    day = day_text(one.closed // DAY)
    return Say(f"{day} {one.state}", f"{one.state.en}, {day}")


def _twice(one: Earlier, months: int) -> Say:
    now = _stands(one)
    if one.closed is None:
        return Say(
            f"同一对象同一事项已有督查件 {one.number}（{now}），不得重复督查",
            f"{one.number} ({now.en}) already supervises the same object and matter: not twice",
        )
    return Say(
        f"同一对象同一事项 {months} 个月内督查过：{one.number}（{now}），不得重复督查",
        f"The same object and matter was supervised within {months} months: {one.number} ({now.en}); not twice",
    )


def _close(one: Earlier) -> Say:
    now = _stands(one)
    return Say(
        f"与督查件 {one.number}“{one.title}”（{now}）相近；不是同一事项的，写明不同在哪里",
        f"Close to {one.number} “{one.title}” ({now.en}); if it is another matter, say how it differs",
    )


def took_part(member: Member, person: str) -> Say | None:
    """Why this person may not judge what the case is `about`: they handled it, or served the visit."""
    about = str(member.data.get("about", ""))
    acted = wall.ask(
        "select 1 from cases_event e join cases_case c on c.id = e.case_id where c.number = %s and e.by = %s limit 1",
        [about, person],
        wall.SYSTEM,
    )
    if not acted and member.data.get("served_by") != person:
        return None
    return Say(
        "经手过那一件的人不核实，须由另一个人核实",
        "Whoever had a hand in the matter does not verify it; somebody else must",
    )
