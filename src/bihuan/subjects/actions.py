"""Writes of the register of organisations: brought up to date by a named person, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from bihuan.core.rows import Loaded
from bihuan.subjects.models import Subject
from bihuan.subjects.table import read_file

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
                "status_on": date.fromisoformat(said["status_on"]) if said["status_on"] else None,
                "as_of": date.fromisoformat(said["as_of"]),
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
