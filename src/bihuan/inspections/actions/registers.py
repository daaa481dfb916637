"""The two registers: businesses, inspectors with their certificates, and the relations they declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.cases.edge import day_of, to_date
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.rows import Loaded
from bihuan.core.say import Say
from bihuan.inspections import queries
from bihuan.inspections.actions.wants import Faults, want_leader
from bihuan.inspections.models import Business, Inspector, Relation
from bihuan.inspections.registered import entry_faults, inspect_units
from bihuan.inspections.shapes import Entry
from bihuan.subjects import queries as subjects


def record_businesses(good: Mapping[str, Mapping[str, Any]], *, by: str, at: datetime) -> Loaded:
    """Record these rows of the register: what is new begins, what changed ends and begins anew."""
    added = changed = 0
    with transaction.atomic():
        there = {row.code: row for row in Business.objects.select_for_update().filter(code__in=list(good), ended=None)}  # fmt: skip
        for code, said in good.items():
            old = there.get(code)
            if old is not None and all(getattr(old, key) == value for key, value in said.items()):
                continue
            if old is not None:
                Business.objects.filter(pk=old.pk).update(ended=at)
                changed += 1
            else:
                added += 1
            Business.objects.create(code=code, **said, since=at, by=by)
    return Loaded(added, changed)


def take_businesses(good: Mapping[str, Mapping[str, Any]], *, by: str, unit: str, at: datetime) -> Loaded:
    """The same from the desk: by an officer or head of a department that has items on the list. The row that ends stays,
    and what changed lately stands beside the roster of every draw."""
    want_leader(by, unit, at)
    if unit not in inspect_units():
        raise Refused([Say("检查对象名录由有抽查事项的部门登记", "The register is kept by departments that have items on the list")])  # fmt: skip
    return record_businesses(good, by=by, at=at)


def register_inspector(
    person: str, unit: str, *, iid: str, certificate: str, specialities: Sequence[str], valid_until: date, by: str,
    acting: str, at: datetime, away_until: date | None = None,
) -> Inspector:  # fmt: skip
    """Put an enforcement officer on the register, or what changed of one; a lapsed certificate is refused.

    By an officer or head of the officer's own unit. The number stays with the person for good: relations and the teams
    of draws are kept by it. BadInput names every field.
    """
    one = Entry(person, unit, iid, certificate, tuple(specialities), valid_until, away_until)
    want_leader(by, acting, at)
    with transaction.atomic():
        (faults,) = entry_faults([one], to_date(day_of(at)))
        if acting != unit:
            faults = [("unit", OWN), *faults]
        if faults:
            raise BadInput(faults)
        Inspector.objects.filter(person=person, ended=None).update(ended=at)
        return Inspector.objects.create(**_said(one), since=at, by=by)


def take_inspectors(entries: Sequence[Entry], *, by: str, unit: str, at: datetime) -> Loaded:
    """Bring the register of one's own unit up to date from a table, all rows or none; who is not named stays as recorded.

    By an officer or head of that unit; BadInput names "row.field", the first row being 1.
    """
    want_leader(by, unit, at)
    added = changed = 0
    with transaction.atomic():
        told = entry_faults(entries, to_date(day_of(at)))
        faults = [(f"{n}.{key}", say) for n, row in enumerate(told, 1) for key, say in row]
        faults += [(f"{n}.unit", OWN) for n, one in enumerate(entries, 1) if one.unit != unit]
        if faults:
            raise BadInput(faults)
        mine = Inspector.objects.select_for_update().filter(
            person__in=[one.person for one in entries], ended=None
        )
        there = {row.person: row for row in mine}
        for one in entries:
            old, said = there.get(one.person), _said(one)
            if old is not None and all(getattr(old, key) == value for key, value in said.items()):
                continue
            if old is None:
                added += 1
            else:
                Inspector.objects.filter(pk=old.pk).update(ended=at)
                changed += 1
            Inspector.objects.create(**said, since=at, by=by)
    return Loaded(added, changed)


OWN = Say("只登记本单位的执法人员", "A unit registers its own officers only")


def _said(one: Entry) -> dict[str, Any]:
    """The columns of a row of the register."""
    return {
        "iid": one.iid, "person": one.person, "unit": one.unit, "certificate": one.certificate.strip(),
        "pools": sorted(set(one.specialities)), "valid_until": one.valid_until, "away_until": one.away_until,
    }  # fmt: skip


def declare_relation(code: str, kind: str, words: str, *, by: str, at: datetime) -> Relation:
    """Declare a relation to a business ahead of any draw; only the inspector in person does that."""
    mine = queries.inspector_of(by)
    faults: Faults = []
    if mine is None:
        raise Refused([Say("回避由检查人员本人申报，别人不能代报", "Inspectors declare in person; nobody declares for them")])  # fmt: skip
    if subjects.known(code) is None:
        faults.append(("code", Say("登记里没有这个代码", "The register has no such code")))
    if kind not in ("kin", "interest", "worked", "other"):
        faults.append(("kind", Say("请选哪一种关系", "Choose the relation")))
    if not words.strip() or len(words) > 500:
        faults.append(("words", Say("请写明，不超过 500 字", "Say it in at most 500 characters")))
    if not faults and Relation.objects.filter(iid=mine.iid, code=code).exists():
        faults.append(("code", Say("已经申报过了", "Declared already")))
    if faults:
        raise BadInput(faults)
    return Relation.objects.create(iid=mine.iid, code=code, kind=kind, words=words.strip(), by=by, at=at)
