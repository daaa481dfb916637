"""Reports of what may be one thing: open cases of the same kind near by, and why one may not be joined to another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_datetime
from bihuan.cases.family import Member, version_day
from bihuan.core.line.parts import Line
from bihuan.core.place.datum import metres as metres_between
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY

METRES = 111_320.0  # a degree of latitude
MOST = 5
JOINED = "joined"
COLUMNS = f"""c.id, c.number, c.title, c.version, c.state, c.final, c.matter, c.lon, c.lat,
    extract(epoch from c.opened_at)::bigint + {OFFSET}"""
NEAR = f"""select {COLUMNS} from cases_case c where c.line = %s and not c.final and c.street = %s and c.id <> %s
    and right(c.matter, 5) = %s and c.lon between %s and %s and c.lat between %s and %s
    and c.opened_at >= to_timestamp(%s) order by c.id limit 50"""
OTHER = f"""select {COLUMNS}, me.lon, me.lat from cases_case c, cases_case me
    where c.number = %s and c.line = %s and c.parent_id is null and me.id = %s"""


@dataclass(frozen=True, slots=True)
class Near:
    """An open case of the same kind, `metres` away."""

    number: str
    title: str
    state: Say
    metres: int
    opened: datetime


def near(
    line: Line,
    matter: str,
    street: str,
    lon: float,
    lat: float,
    at: int,
    *,
    but: int = 0,
    scope: str = wall.SYSTEM,
) -> list[Near]:
    """The nearest first, within the metres and days of params.toml; only lines that join cases have any."""
    if "join" not in line.actions:
        return []
    day = at // DAY
    metres, days = (int(line.param(name, day).value) for name in ("same_metres", "same_days"))
    dy, dx = metres / METRES, metres / (METRES * math.cos(math.radians(lat)))
    params = [
        line.code,
        street,
        but,
        matter[-5:],
        lon - dx,
        lon + dx,
        lat - dy,
        lat + dy,
        at - OFFSET - days * DAY,
    ]
    found = []
    for row in wall.ask(NEAR, params, scope):
        away = metres_between(lon, lat, row[7], row[8])
        if away <= metres:
            found.append(Near(row[1], row[2], _state(line, row), round(away), to_datetime(row[9])))
    return sorted(found, key=lambda one: one.metres)[:MOST]


def another_thing(member: Member, number: str, day: int) -> Say | None:
    """Why this case may not be joined to the one of that number, None if it may."""
    if number == member.number:
        return Say("不能并到自己", "A case cannot be joined to itself")
    rows = wall.ask(OTHER, [number, member.line.code, member.id], wall.SYSTEM)
    if not rows:
        return Say(f"{member.line.title}没有办件 {number}", f"{member.line.title.en} has no case {number}")
    return _differs(member, rows[0], day)


def _differs(member: Member, row: Any, day: int) -> Say | None:
    _, number, _, _, state, final, matter, lon, lat, opened, own_lon, own_lat = row
    line = member.line
    if state == JOINED:
        return Say(
            f"{number} 自己已经并案，请并到它所并的那一件",
            f"{number} is joined itself: join to the case it went into",
        )
    if final:
        return Say(
            f"{number} 已经办结，修好以后又坏了是新的一件",
            f"{number} is closed; what broke again is a new case",
        )
    if matter[-5:] != member.case.matter[-5:]:
        return Say(f"{number} 不是同一类：{matter}", f"{number} is of another kind: {matter}")
    metres, days = (int(line.param(name, day).value) for name in ("same_metres", "same_days"))
    away = metres_between(own_lon, own_lat, lon, lat)
    if away > metres:
        return Say(f"{number} 在 {away:.0f} 米外，{metres} 米以内才可能是同一件", f"{number} is {away:.0f} m away; the same thing lies within {metres} m")  # fmt: skip
    if abs(opened // DAY - (member.case.opened or 0) // DAY) > days:
        return Say(f"两件相隔超过 {days} 天", f"The two were reported more than {days} days apart")
    return None


def _state(line: Line, row: Any) -> Say:
    text = lines.exact(line.code, version_day(row[3]))
    return text.states[row[4]].title if row[4] in text.states else Say(row[4], row[4])
