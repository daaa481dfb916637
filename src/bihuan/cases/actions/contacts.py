"""Contacts that their owner puts right, and those of closed matters that nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.kept_by_law import kept
from bihuan.cases.models import Case, Contact


def correct_contacts(cases: Sequence[int], *, name: str) -> int:
    """Put the name right on those of these cases that still run and have one; of how many. Who may ask for it, the caller
    has made sure."""
    with wall.open_to(wall.SYSTEM):
        running = Contact.objects.filter(case__in=list(cases), case__final=False).exclude(name="")
        return running.update(name=name[:64])


def forget_contacts(cases: Sequence[int], *, at: datetime) -> int:
    """Empty the contacts of those of these cases that are closed and that no law keeps; of how many."""
    today = to_date(day_of(at))
    with wall.open_to(wall.SYSTEM):
        closed = Case.objects.filter(pk__in=list(cases), final=True).values_list("pk", "line", "closed_at")
        free = [pk for pk, line, when in closed if when and kept(line, to_date(day_of(when)), today) is None]
        return Contact.objects.filter(case__in=free).update(name="", phone="", data={})
