"""Who somebody is on a day: posts held, stood in for, grants; and who holds a post."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import connection

from bihuan.core.authority.duty import Duties, Duty
from bihuan.core.authority.duty_list import RULED
from bihuan.core.authority.grants import Grant
from bihuan.core.case.fold import Actor
from bihuan.core.say import Say
from bihuan.people import models

Seats = list[tuple[models.Unit, tuple[str, ...]]]  # a unit with the posts held there
EPOCH = date(1970, 1, 1)
THREE = frozenset({"sysadmin", "secadmin", "auditor"})  # 三员: one person has one of them at most

# Posts a person holds in a unit on a day, own or stood in for. The cases app asks it inside its own query.
HELD = """
select p.code from people_post p
where p.person_id = %s and p.unit_id = %s and p.since <= %s and (p.until is null or p.until > %s)
union
select p.code from people_delegation d join people_post p on p.id = d.post_id
where d.to_person_id = %s and p.unit_id = %s and d.since <= %s and d.until > %s
  and p.since <= %s and (p.until is null or p.until > %s)
"""

# The units a person may act for on a day, one row for each post there.
SEATS = """
select u.code, u.name, u.name_en, u.kind, u.parent_id, u.division, h.code from (
    select p.unit_id, p.code from people_post p
    where p.person_id = %s and p.since <= %s and (p.until is null or p.until > %s)
    union
    select p.unit_id, p.code from people_delegation d join people_post p on p.id = d.post_id
    where d.to_person_id = %s and d.since <= %s and d.until > %s
      and p.since <= %s and (p.until is null or p.until > %s)
) h join people_unit u on u.code = h.unit_id order by u.code, h.code
"""

# Who acts in a post of a unit on a day: the holder, or whoever stands in for the holder that day.
HOLDERS = """
select distinct coalesce(d.to_person_id, p.person_id)
from people_post p join people_person own on own.id = p.person_id
left join people_delegation d on d.post_id = p.id and d.since <= %s and d.until > %s
left join people_person other on other.id = d.to_person_id
where p.unit_id = %s and p.code = %s and p.since <= %s and (p.until is null or p.until > %s)
  and coalesce(other.is_active, own.is_active)
order by 1
"""

# Whoever holds a post of some units on a day, and whoever stands in for one of them: both count.
MEMBERS = """
select unnest(array[p.person_id, d.to_person_id])
from people_post p left join people_delegation d on d.post_id = p.id and d.since <= %s and d.until > %s
where p.unit_id = any(%s) and p.since <= %s and (p.until is null or p.until > %s)
"""


def to_date(day: int) -> date:
    return EPOCH + timedelta(days=day)


def to_day(value: date) -> int:
    return (value - EPOCH).days


def maybe_day(value: date | None) -> int | None:
    return None if value is None else to_day(value)


def held_params(person: int | None, unit: str, day: int) -> list[Any]:
    """The parameters of HELD."""
    on = to_date(day)
    return [person, unit, on, on, person, unit, on, on, on, on]


def person_number(by: str) -> int | None:
    """The primary key in an actor's id; None where the id is no account (a resident, the clock)."""
    return int(by) if by.isdecimal() and len(by) < 19 else None


def actor(person: models.Person | str | int, unit: str, day: int) -> Actor:
    """The actor this person is for this unit on this day; without a post there it has none."""
    by = str(person.pk) if isinstance(person, models.Person) else str(person)
    return Actor(by, unit, posts_of(by, unit, day))


def posts_of(by: str, unit: str, day: int) -> frozenset[str]:
    """Codes of the posts held, or stood in for, in this unit on this day."""
    number = person_number(by)
    if number is None:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(HELD, held_params(number, unit, day))
        return frozenset(code for (code,) in cursor.fetchall())


def units_of(person: models.Person, day: int) -> Seats:
    """Each unit this person may act for today, with the posts there; one query."""
    with connection.cursor() as cursor:
        cursor.execute(SEATS, seats_params(person, day))
        return seats(cursor.fetchall())


def seats_params(person: models.Person, day: int) -> list[Any]:
    """The parameters of SEATS."""
    on = to_date(day)
    return [person.pk, on, on, person.pk, on, on, on, on]


def seats(rows: Iterable[Sequence[Any]]) -> Seats:
    """The rows of SEATS, unit by unit."""
    found: dict[str, tuple[models.Unit, list[str]]] = {}
    for code, name, name_en, kind, parent, division, post in rows:
        unit = models.Unit(
            code=code, name=name, name_en=name_en, kind=kind, parent_id=parent, division=division
        )
        found.setdefault(code, (unit, []))[1].append(post)
    return [(unit, tuple(posts)) for unit, posts in found.values()]


def holders(unit: str, post: str, day: int) -> list[str]:
    """Ids of the persons who act in this post on this day, delegates in place of whom they stand in for."""
    on = to_date(day)
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [on, on, unit, post, on, on])
        return [str(pk) for (pk,) in cursor.fetchall()]


def names_of(ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(Chinese, English) name of each person id that is an account."""
    numbers = [n for n in map(person_number, ids) if n is not None]
    with connection.cursor() as cursor:
        cursor.execute("select id, name, name_en from people_person where id = any(%s)", [numbers])
        return {str(pk): (name, name_en or name) for pk, name, name_en in cursor.fetchall()}


def division_of(unit: str) -> str:
    """The division a unit is the office of, "" for a bureau."""
    return models.Unit.objects.filter(code=unit).values_list("division", flat=True).first() or ""


def accounts_of(ids: Iterable[str]) -> dict[str, str]:
    """The account of each person id."""
    numbers = [n for n in map(person_number, ids) if n is not None]
    return {
        str(pk): name
        for pk, name in models.Person.objects.filter(pk__in=numbers).values_list("pk", "username")
    }


def unit_names(codes: Iterable[str] | None = None) -> dict[str, tuple[str, str]]:
    """(Chinese, English) name of each unit."""
    rows = models.Unit.objects.all() if codes is None else models.Unit.objects.filter(code__in=list(codes))
    return {
        code: (name, name_en or name) for code, name, name_en in rows.values_list("code", "name", "name_en")
    }


def units_in(text: str) -> list[str]:
    """The codes of the units in what somebody wrote: names, one a line or with commas between them, or codes with
    blanks; what is no unit stays as it was written."""
    by_name = {name.casefold(): code for code, names in unit_names().items() for name in names}
    found: list[str] = []
    for part in re.split(r"[\n、，,；;]+", text):
        named = by_name.get(" ".join(part.split()).casefold())
        found += [named] if named else part.split()
    return found


def grants() -> tuple[Grant, ...]:
    """All grants, past and to come; `core.authority.grants.held` chooses. `known` keeps them."""
    return tuple(grant_of(row) for row in models.Grant.objects.order_by("pk"))


def grant_of(row: models.Grant) -> Grant:
    return Grant(
        post=row.post, unit=row.unit, line=row.line, matter=row.matter, area=row.area, purpose=row.purpose,
        basis=row.basis, since=to_day(row.since), until=maybe_day(row.until),
    )  # fmt: skip


def duties() -> tuple[Duty, ...]:
    """The whole duty list as core rows; `known` keeps it with an index."""
    return tuple(duty_of(row) for row in models.Duty.objects.order_by("pk"))


def duty_of(row: models.Duty) -> Duty:
    return Duty(
        unit=row.unit_id, kind=row.kind, line=row.line, matter=row.matter, area=row.area, role=row.role,
        since=to_day(row.since), until=maybe_day(row.until), basis=row.basis, confidence=row.confidence,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What rarely changes, kept in memory: the duty list with its index, the grants, and what units are called."""

    change: int | None
    duties: Duties
    grants: tuple[Grant, ...]
    names: Mapping[str, Say]


_kept: dict[str, Known] = {}


def change() -> int | None:
    """The stamp of the last change of units, duties and grants; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("select n from people_change limit 1")
        row = cursor.fetchone()
        return None if row is None else int(row[0])


def known(stamp: int | None) -> Known:
    """Duties, grants and unit names as of a stamp that the caller has read with `change` or in a query of its own."""
    found = _kept.get("known")
    if found is None or stamp is None or found.change != stamp:
        names = {code: Say(zh, en) for code, (zh, en) in unit_names().items()}
        found = _kept["known"] = Known(stamp, Duties.of(duties()), grants(), names)
    return found


def members_of(units: Collection[str], day: int) -> frozenset[str]:
    """Ids of the persons who hold any post of these units on this day, their own or in another's place."""
    if not units:
        return frozenset()
    on = to_date(day)
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, [on, on, list(units), on, on])
        return frozenset(str(pk) for (pk,) in cursor.fetchall() if pk is not None)


def candidates(unit: str, post: str, day: int) -> list[Actor]:
    """Whoever may be drawn: persons who act in this post of the unit on this day."""
    return [Actor(one, unit, frozenset({post})) for one in holders(unit, post, day)]


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of somebody's personal data, as that person may see it: the unit, not the reader's name."""

    at: Any
    unit: Say
    fields: tuple[str, ...]
    purpose: str
    basis: str


def readings_of(case: int) -> list[Read]:
    """Who read the personal data of a case, newest first."""
    return [read for _, read in readings_of_all([case])]


def readings_of_all(cases: Sequence[int], most: int | None = 50) -> list[tuple[int, Read]]:
    """Who read the personal data of these cases, with the case, newest first; every reading without `most`."""
    rows = list(models.Reading.objects.filter(case_id__in=list(cases)).order_by("-at", "-pk")[:most])
    if not rows:
        return []
    names = known(change()).names
    return [
        (
            row.case_id,
            Read(
                row.at,
                names.get(row.unit) or Say(row.unit, row.unit),
                tuple(row.fields),
                row.purpose,
                row.basis,
            ),
        )
        for row in rows
    ]


def key_digest(secret: str) -> str:
    """What is kept of a key. The key is long and random, so a plain digest does."""
    return sha256(secret.encode()).hexdigest()


def program_of(secret: str, day: date) -> str:
    """The program that holds this key on a day, "" for an unknown or ended one."""
    rows = models.ApiKey.objects.filter(digest=key_digest(secret), since__lte=day)
    return rows.exclude(until__lte=day).values_list("name", flat=True).first() or ""


def rulings(most: int = 100) -> list[Duty]:
    """Rows that rulings have added to the duty list, the newest first; ended ones too."""
    rows = models.Duty.objects.filter(kind=RULED).order_by("-pk")[:most]
    return [duty_of(row) for row in rows]


def known_account(username: str) -> str:
    """The username where there is such an account, else "": what was typed may be a password."""
    return username if models.Person.objects.filter(username=username).exists() else ""


def said_of(post: models.Post) -> dict[str, Any]:
    """What the public log says of a post: what, where and on which days; not whose it is."""
    until = post.until.isoformat() if post.until else ""
    return {"post": post.code, "unit": post.unit_id, "since": post.since.isoformat(), "until": until}


def told_posts() -> dict[str, dict[str, Any]]:
    """What the public log should say of the three administrators' posts."""
    return {f"people_post {post.pk}": said_of(post) for post in models.Post.objects.filter(code__in=THREE)}
