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
from bihuan.inspections.library import pools
from bihuan.inspections.models import Business, Inspector, Relation
from bihuan.inspections.queries import POST
from bihuan.people import queries as people
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


def register_inspector(
    person: str, unit: str, *, iid: str, certificate: str, specialities: Sequence[str], valid_until: date, by: str,
    acting: str, at: datetime, away_until: date | None = None,
) -> Inspector:  # fmt: skip
    """Put an enforcement officer on the register, or what changed of one; a lapsed certificate is refused.

    By an officer or head of the officer's own unit. The number stays with the person for good: relations and the teams
    of draws are kept by it. BadInput names every field.
    """
    today, day = to_date(day_of(at)), day_of(at)
    want_leader(by, acting, at)
    faults: Faults = []
    if acting != unit:
        faults.append(("unit", Say("只登记本单位的执法人员", "A unit registers its own officers only")))
    if POST not in people.posts_of(person, unit, day):
        faults.append(("person", Say("这个人今天在这个单位没有执法人员岗位", "This person holds no post as an enforcement officer there today")))  # fmt: skip
    if not 1 <= len(iid) <= 22 or not iid.isascii() or not iid.isalnum():
        faults.append(
            ("iid", Say("编号用 1 到 22 位字母、数字", "The number has 1 to 22 letters and digits"))
        )
    if not certificate.strip() or len(certificate) > 32:
        faults.append(("certificate", Say("请写执法证号，不超过 32 字", "Give the number of the certificate, at most 32 characters")))  # fmt: skip
    if valid_until < today:
        faults.append(("valid_until", Say(f"执法证已于 {valid_until} 到期，不能登记", f"The certificate lapsed on {valid_until}")))  # fmt: skip
    if not specialities or set(specialities) - pools().keys():
        faults.append(("pools", Say("请从表里选专业", "Choose specialities of the list")))
    if faults:
        raise BadInput(faults)
    with transaction.atomic():
        others, mine = Inspector.objects.exclude(person=person), Inspector.objects.filter(person=person)
        before = mine.exclude(iid=iid).values_list("iid", flat=True).first()
        if before is not None:
            raise BadInput([("iid", Say(f"这个人的编号是 {before}，不能改", f"This person has the number {before} for good"))])  # fmt: skip
        held = others.filter(certificate=certificate.strip(), ended=None)
        for key, taken in (("iid", others.filter(iid=iid)), ("certificate", held)):
            if taken.exists():
                raise BadInput([(key, Say("这个号已经有人用了", "Somebody else has this number"))])
        mine.filter(ended=None).update(ended=at)
        return Inspector.objects.create(
            iid=iid, person=person, unit=unit, certificate=certificate.strip(), pools=sorted(set(specialities)),
            valid_until=valid_until, away_until=away_until, since=at, by=by,
        )  # fmt: skip


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
