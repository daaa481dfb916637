"""Writes of demonstration zones: one person proposes a boundary, another rules, the old one stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from bihuan.core.say import Say
from bihuan.places.models import Zone
from bihuan.places.roster import Unfit, day_of
from bihuan.places.zones import zone_faults

LONGEST = {"name": 64, "reason": 200, "note": 200}


def propose_zone(
    street: str, name: str, polygon: Mapping[str, Any], reason: str, *, code: str = "", by: str, at: datetime, day: int
) -> Zone:  # fmt: skip
    """Propose a zone of a street, or with `code` a new boundary of one; Unfit with every fault and computed figure."""
    faults = _texts(name=name, reason=reason)
    with transaction.atomic():
        rows = list(Zone.objects.select_for_update().filter(street=street).order_by("pk"))
        if code and not any(row.code == code for row in rows):
            faults.append(
                (
                    "code",
                    Say(f"这个街道没有示范区“{code[:32]}”", f"The subdistrict has no zone {code[:32]!r}"),
                )
            )
        code = code or _next(street, rows)
        if any(row.code == code and row.agreed is None for row in rows):
            faults.append(
                (
                    "code",
                    Say(
                        "这个示范区已经有一个待批的边界", "A boundary of this zone waits for approval already"
                    ),
                )
            )
        area, wrong = zone_faults(polygon, street, code, day)
        faults += [("polygon", say) for say in wrong]
        if faults or area is None:
            raise Unfit(faults)
        return Zone.objects.create(
            code=code, street=street, name=name.strip(), polygon=polygon, area=area, reason=reason.strip(),
            proposed_by=by, proposed_at=at,
        )  # fmt: skip


def rule_zone(zone: int, agreed: bool, note: str, since: date, *, by: str, at: datetime) -> Zone:
    """Another person agrees or refuses; agreed, the boundary holds from a day on and the one before ends there. What
    has changed since the proposal (another zone in the way) is checked again."""
    with transaction.atomic():
        row = Zone.objects.select_for_update().filter(pk=zone, agreed=None).first()
        if row is None:
            raise Unfit([("", Say("没有这个待批的边界", "No such boundary waits for approval"))])
        list(Zone.objects.select_for_update().filter(street=row.street).order_by("pk"))
        faults = _texts(note=note) if not agreed or note.strip() else []
        if row.proposed_by == by:
            faults.append(
                (
                    "",
                    Say(
                        "提出的人不能自己批，须由另一个人批",
                        "Whoever proposes does not approve: somebody else does",
                    ),
                )
            )
        now = Zone.objects.filter(code=row.code, agreed=True, until=None).first()
        if agreed:
            if since < at.date():
                faults.append(("since", Say("边界不能自批准以前的日子起", "A boundary cannot begin before it is approved")))  # fmt: skip
            if now is not None and now.since is not None and since <= now.since:
                faults.append(("since", Say(f"现在的边界自 {now.since.isoformat()} 起，新的要在那以后", f"The boundary now in force began on {now.since.isoformat()}; a new one comes after")))  # fmt: skip
            faults += [("", say) for say in zone_faults(row.polygon, row.street, row.code, day_of(since))[1]]
        if faults:
            raise Unfit(faults)
        if agreed and now is not None:
            now.until = since
            now.save(update_fields=["until"])
        row.agreed, row.note, row.ruled_by, row.ruled_at = agreed, note.strip(), by, at
        row.since = since if agreed else None
        row.save(update_fields=["agreed", "note", "ruled_by", "ruled_at", "since"])
        return row


def _texts(**given: str) -> list[tuple[str, Say]]:
    faults = []
    for key, text in given.items():
        if not text.strip():
            faults.append((key, Say("没有写", "This is missing")))
        elif len(text) > LONGEST[key]:
            faults.append((key, Say(f"超过 {LONGEST[key]} 个字", f"Longer than {LONGEST[key]} characters")))
    return faults


def _next(street: str, rows: list[Zone]) -> str:
    return f"{street}-{len({row.code for row in rows}) + 1}"
