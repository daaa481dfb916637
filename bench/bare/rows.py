"""The same rows as `open_case` and `act` write, by plain Django calls in one transaction."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bench.bare.models import Case, Event, Outbox

DIGEST = "0" * 64


def create(at: datetime, data: dict[str, Any]) -> Case:
    """One case, its first event and its outbox row."""
    with transaction.atomic():
        case = Case.objects.create(
            number=uuid.uuid4().hex, line="urban_management", version=at.date(), matter="管理事项:06042",
            title=str(data.get("what", "")), lookup_hash=DIGEST, data=data, lon=117.15, lat=39.1, datum="WGS-84",
            cell="120104005001001", community="120104005001", street="120104005", state="reported", outcome="",
            parties={"centre": "nk.jiandu"}, holder="nk.jiandu", units=["nk.jiandu"], opened_at=at,
            due_at=at + timedelta(hours=1), plain_due_at=at + timedelta(hours=1), wake_at=at + timedelta(hours=1),
        )  # fmt: skip
        log(case, 1, "report", at, data)
    return case


def log(case: Case, seq: int, name: str, at: datetime, data: dict[str, Any]) -> None:
    event = Event.objects.create(
        case=case,
        seq=seq,
        name=name,
        by="1",
        unit="nk.jiandu",
        role="acceptor",
        at=at,
        effective=at,
        data=data,
    )
    Outbox.objects.create(event=event, digest=DIGEST)


def act(case_id: int, seq: int, name: str, at: datetime, data: dict[str, Any]) -> None:
    """Lock the case, insert an event and its outbox row, save the case."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        log(case, seq, name, at, data)
        case.state, case.holder, case.due_at = name, "nk.zhihui", at + timedelta(hours=1)
        case.plain_due_at = case.wake_at = case.due_at
        case.save()
