"""Contacts that their owner puts right, and those of closed matters that nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.cases import wall
from bihuan.cases.kept_by_law import why_kept
from bihuan.cases.models import Case, Contact


def correct_contacts(cases: Sequence[int], *, name: str) -> int:
    """Put the name right on those of these cases that still run and have one; of how many. Who may ask for it, the caller
    has made sure."""
    with wall.open_to(wall.SYSTEM):
        running = Contact.objects.filter(case__in=list(cases), case__final=False).exclude(name="")
        return running.update(name=name[:64])


def forget_contacts(cases: Sequence[int]) -> int:
    """Empty the contacts of those of these cases that are closed and whose business can do without one; of how many."""
    with wall.open_to(wall.SYSTEM):
        closed = Case.objects.filter(pk__in=list(cases), final=True).values_list("pk", "line", "version")
        free = [pk for pk, line, version in closed if why_kept(line, version, final=True) is None]
        return Contact.objects.filter(case__in=free).update(name="", phone="", data={})
