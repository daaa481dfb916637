"""Writes of people: loading units, duties and grants, posts, delegations, keys of other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db import models as db

from bihuan.core.authority.duty_list import RULED, expand
from bihuan.core.authority.duty_list import read_rows as read_duties
from bihuan.core.authority.grants import POSTS
from bihuan.core.log.entry import CHANGE
from bihuan.core.rows import Loaded, RowError, read_rows
from bihuan.people.models import ApiKey, Delegation, Duty, Grant, Person, Post, Unit
from bihuan.people.queries import THREE, grant_of, key_digest, said_of, to_date
from bihuan.record.actions import tell
from bihuan.record.noticing import latest

SEED = Path(__file__).parent / "seed"


def load_units(folder: Path = SEED) -> Loaded:
    """Bring units to what units.csv says; running it twice changes nothing. A unit is never deleted."""
    rows = _rows(folder, "units.csv", ("code", "name", "name_en", "kind", "parent", "division"))
    codes = {row["code"] for row in rows}
    for number, row in enumerate(rows, 2):
        if row["parent"] and row["parent"] not in codes:
            raise RowError(f"units.csv:{number}: {row['code']}: 没有上级单位 / no unit {row['parent']!r}")
    with transaction.atomic():
        there = {unit.code: unit for unit in Unit.objects.all()}
        fresh, moved = [], []
        for row in rows:
            wanted = Unit(
                code=row["code"], name=row["name"], name_en=row["name_en"], kind=row["kind"],
                parent_id=row["parent"] or None, division=row["division"],
            )  # fmt: skip
            old = there.get(wanted.code)
            if old is None:
                fresh.append(wanted)
            elif _differ(old, wanted, ("name", "name_en", "kind", "parent_id", "division")):
                moved.append(wanted)
        if fresh:
            Unit.objects.bulk_create(fresh)
        if moved:
            Unit.objects.bulk_update(moved, ["name", "name_en", "kind", "parent", "division"])
    return Loaded(len(fresh), len(moved))


def load_duties(folder: Path = SEED) -> Loaded:
    """Bring the duty list to what duty.csv says; `@street` is written out for the street offices."""
    rows = _rows(
        folder, "duty.csv", ("unit", "kind", "line", "matter", "area", "role", "since", "until", "basis")
    )
    offices = dict(Unit.objects.filter(kind="street").values_list("division", "code"))
    known = set(Unit.objects.values_list("code", flat=True))
    for row in expand(rows, offices):
        if row["unit"] not in known:
            raise RowError(f"duty.csv: {row['matter']}: 没有单位 / no unit {row['unit']!r}")
    wanted = [
        Duty(
            unit_id=d.unit, kind=d.kind, line=d.line, matter=d.matter, area=d.area, role=d.role,
            since=to_date(d.since), until=None if d.until is None else to_date(d.until), basis=d.basis,
            confidence=d.confidence,
        )
        for d in read_duties(rows, offices).rows
    ]  # fmt: skip
    names = ("unit_id", "kind", "line", "matter", "area", "role", "since", "until", "basis", "confidence")
    return replace_rows(Duty, wanted, names, Duty.objects.exclude(kind=RULED))


def amend_duty(unit: str, line: str, matter: str, area: str, *, since: date, basis: str) -> Duty:
    """Add a row by ruling: from `since` on this unit leads the matter in that area, before all rows of the list.

    An earlier ruling for the same area ends with that day; nothing is deleted, and loading the list leaves rulings
    alone.
    """
    same = Duty.objects.filter(kind=RULED, line=line, matter=matter, area=area, until=None)
    with transaction.atomic():
        same.filter(since__lt=since).update(until=since)
        return Duty.objects.create(
            unit_id=unit, kind=RULED, line=line, matter=matter, area=area, role="lead", since=since, basis=basis,
        )  # fmt: skip


def load_grants(folder: Path = SEED) -> Loaded:
    """Bring the grants to what grants.csv says; an unknown post, purpose or area raises."""
    rows = _rows(
        folder, "grants.csv", ("post", "unit", "line", "matter", "area", "purpose", "basis", "since", "until")
    )
    wanted = [
        Grant(
            post=row["post"], unit=row["unit"], line=row["line"], matter=row["matter"], area=row["area"],
            purpose=row["purpose"], basis=row["basis"], since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows
    ]  # fmt: skip
    for one in wanted:
        grant_of(one)
    return replace_rows(
        Grant, wanted, ("post", "unit", "line", "matter", "area", "purpose", "basis", "since", "until")
    )


def replace_rows(
    model: type[db.Model], wanted: list[Any], names: tuple[str, ...], among: db.QuerySet[Any] | None = None
) -> Loaded:
    """Make the table (or the rows `among` it) hold exactly the wanted rows, leaving alone those there already."""

    def key(row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in names)

    with transaction.atomic():
        there: dict[tuple[Any, ...], list[Any]] = {}
        for row in model._default_manager.all() if among is None else among:
            there.setdefault(key(row), []).append(row)
        fresh = []
        for row in wanted:
            same = there.get(key(row))
            if same:
                same.pop()
            else:
                fresh.append(row)
        gone = [row.pk for rows in there.values() for row in rows]
        if fresh:
            model._default_manager.bulk_create(fresh)
        if gone:
            model._default_manager.filter(pk__in=gone).delete()
    return Loaded(len(fresh), 0, len(gone))


def give_post(person: Person, unit: str, code: str, since: date, until: date | None = None) -> Post:
    """Let a person hold a post; the three administrators' posts go to three persons."""
    if code not in POSTS:
        raise ValueError(f"unknown post {code!r}")
    if code in THREE:
        others = THREE - {code}
        clash = Post.objects.filter(person=person, code__in=others).filter(
            db.Q(until=None) | db.Q(until__gt=since)
        )
        if clash.exists():
            raise ValueError("三员不得由一人兼任 / the three administrators are three persons")
    with transaction.atomic():
        post, _ = Post.objects.get_or_create(
            person=person, unit_id=unit, code=code, since=since, defaults={"until": until}
        )
        tell_post(post)
    return post


def end_post(post: Post, until: date) -> None:
    """End a holding: `until` is the first day without it."""
    with transaction.atomic():
        post.until = until
        post.save(update_fields=["until"])
        tell_post(post)


def tell_post(post: Post) -> None:
    """Let the public log say who of the three administrators is appointed where and until when, without the person."""
    about = f"people_post {post.pk}"
    if post.code in THREE or latest(about) is not None:
        tell(CHANGE, about, said_of(post))


def delegate(post: Post, to_person: Person, since: date, until: date, reason: str) -> Delegation:
    """Let somebody stand in for the holder of a post on the days [since, until)."""
    if post.person_id == to_person.pk:
        raise ValueError("不能由本人代行 / nobody stands in for themselves")
    if not reason.strip():
        raise ValueError("请写明事由 / a reason is required")
    return Delegation.objects.create(post=post, to_person=to_person, since=since, until=until, reason=reason)


def _rows(folder: Path, name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    return read_rows((folder / name).read_text(encoding="utf-8"), name, columns)


def _differ(old: Any, new: Any, names: Iterable[str]) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in names)


def add_person(
    username: str, name: str, name_en: str = "", password: str | None = None, *, staff: bool = False
) -> Person:
    """Create an account; without a password nobody can log in with one. `staff` may open the admin."""
    return Person.objects.create_user(
        username, password, name=name, name_en=name_en, is_staff=staff, is_superuser=staff
    )


def share_password(persons: Iterable[Person], password: str) -> None:
    """Give invented accounts one password, hashed once: hashing is slow on purpose, and a demo has many accounts."""
    Person.objects.filter(pk__in=[one.pk for one in persons]).update(password=make_password(password))


def issue_key(name: str, contact: str, since: date) -> str:
    """Give a program a key to file reports with; the key itself is shown this once, only its digest is kept."""
    if not name.strip() or not contact.strip():
        raise ValueError("请写明程序名和联系方式 / name and contact are required")
    if ApiKey.objects.filter(name=name).exists():
        raise ValueError(f"程序“{name}”已经有密钥 / {name!r} has a key already")
    secret = token_urlsafe(24)
    ApiKey.objects.create(name=name, contact=contact, digest=key_digest(secret), since=since)
    return secret


def end_key(name: str, until: date) -> None:
    """End a program's key: `until` is the first day without it."""
    if not ApiKey.objects.filter(name=name).update(until=until):
        raise ValueError(f"没有程序“{name}” / no program {name!r}")


def act_as(by: str) -> None:
    """Say who makes the changes of the running transaction, for the triggers of the audited tables."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('bihuan.by', %s, true)", [by])
