"""Writes of the register of organisations, brought up to date by a named person, and of their credit classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bihuan.core.codes import BadCode, read_uscc
from bihuan.core.rows import Loaded
from bihuan.core.say import Say
from bihuan.subjects.grounds import NoGround, want_ground
from bihuan.subjects.models import ClassProposal, CreditClass, Subject
from bihuan.subjects.queries import CLASSES, class_on
from bihuan.subjects.table import DAYS, read_file

SEED = Path(__file__).parent / "seed"


def record_subjects(good: Mapping[str, Mapping[str, str]], *, by: str, at: datetime) -> Loaded:
    """Record these rows: what is new begins, what changed ends and begins anew. Who is not named stays as recorded."""
    added = changed = 0
    with transaction.atomic():
        there = {
            row.code: row
            for row in Subject.objects.select_for_update().filter(code__in=list(good), until=None)
        }
        for code, said in good.items():
            values: dict[str, Any] = dict(said) | {
                column: date.fromisoformat(said[column]) if said.get(column) else None for column in DAYS
            }
            old = there.get(code)
            if old is not None and all(getattr(old, key) == value for key, value in values.items()):
                continue
            if old is not None:
                old.until = at
                old.save(update_fields=["until"])
                changed += 1
            else:
                added += 1
            Subject.objects.create(**values, since=at, by=by)
    return Loaded(added, changed)


def load_example(by: str, at: datetime) -> Loaded:
    """Record the example rows, all of them invented; a fault in them raises."""
    found = read_file("subjects.csv", (SEED / "subjects.csv").read_bytes())
    if found.bad:
        raise ValueError(str(found.bad))
    return record_subjects(found.good, by=by, at=at)


class NotChanged(Exception):
    """A class is not proposed or decided; `faults` are (field, sentence)."""

    def __init__(self, faults: list[tuple[str, Say]]) -> None:
        super().__init__("; ".join(f"{field}: {say}" for field, say in faults))
        self.faults = faults


def propose_class(
    code: str, to: str, *, ground: str, reason: str, source: str, since: date, by: str, at: datetime
) -> ClassProposal:
    """Propose that an organisation be in a class from a day on; another person decides, and until then nothing moves.

    `ground` is a code of the list (grounds.csv), which gives the basis; NotChanged names each field and reason.
    """
    faults: list[tuple[str, Say]] = []
    try:
        code = read_uscc(code).value
    except BadCode as bad:
        faults.append(("code", bad.say))
    if to not in CLASSES:
        faults.append(("to", Say("信用分类只有 A、B、C、D", "A class is A, B, C or D")))
    if not reason.strip() or len(reason) > 500:
        faults.append(("reason", Say("请写明理由，不超过 500 字", "Give the reason, at most 500 characters")))
    try:
        basis = want_ground(ground, since).law
    except NoGround as none:
        faults.append(("ground", none.say))
    if faults:
        raise NotChanged(faults)
    with transaction.atomic():
        _take_turns(code)
        now = class_on(code, since)
        if now == to:
            faults.append(("to", Say(f"已经是 {to} 类", f"It is in class {to} already")))
        if ClassProposal.objects.filter(code=code, agreed=None).exists():
            faults.append(("code", Say("还有一条建议没有决定", "A proposal is not decided yet")))
        if CreditClass.objects.filter(code=code, since__gte=since).exists():
            faults.append(
                ("since", Say("要在现有分类开始以后", "It must begin after the class in force did"))
            )
        if faults:
            raise NotChanged(faults)
        return ClassProposal.objects.create(
            code=code, was=now or "", to=to, since=since, ground=ground, reason=reason.strip(), basis=basis,
            source=source, proposed_by=by, proposed_at=at,
        )  # fmt: skip


def decide_class(pk: int, agree: bool, note: str = "", *, by: str, at: datetime) -> CreditClass | None:
    """Agree to a proposal, which ends the class in force and begins the new one, or turn it down with the reason."""
    with transaction.atomic():
        proposal = ClassProposal.objects.select_for_update().get(pk=pk)
        if proposal.agreed is not None:
            raise NotChanged([("", Say("已经决定过了", "It was decided already"))])
        if proposal.proposed_by == by:
            raise NotChanged([("", Say("提出的人不能自己决定", "Whoever proposed it may not decide it"))])
        if not agree and not note.strip():
            raise NotChanged([("note", Say("不同意要写明理由", "Say why not"))])
        proposal.agreed, proposal.decided_by, proposal.decided_at = agree, by, at
        proposal.note = note.strip()[:500]
        proposal.save(update_fields=["agreed", "decided_by", "decided_at", "note"])
        if not agree:
            return None
        _take_turns(proposal.code)
        CreditClass.objects.filter(code=proposal.code, until=None).update(until=proposal.since)
        return CreditClass.objects.create(
            code=proposal.code, cls=proposal.to, since=proposal.since, reason=proposal.reason,
            basis=proposal.basis, proposed_by=proposal.proposed_by, decided_by=by, source=proposal.source,
        )  # fmt: skip


def receive_classes(
    classes: Iterable[tuple[str, str]],
    *,
    since: date,
    source: str,
    proposed_by: str,
    decided_by: str,
    at: datetime,
) -> int:
    """Classes (code, A to D) as the platform above hands them down, entered by one person and confirmed by another.

    Those already in that class stay as they are; all or none. Gives how many began.
    """
    begun = 0
    with transaction.atomic():
        for code, to in classes:
            if class_on(code, since) != to:
                made = propose_class(
                    code, to, ground="handed_down", reason="按上级平台推送的分类", source=source, since=since,
                    by=proposed_by, at=at,
                )  # fmt: skip
                decide_class(made.pk, True, by=decided_by, at=at)
                begun += 1
    return begun


def _take_turns(code: str) -> None:
    """Whoever moves the class of one organisation waits for whoever is at it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('bihuan.class'), hashtext(%s))", [code])
