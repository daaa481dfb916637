"""Drafts kept, found again, filed or given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from secrets import token_hex

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from bihuan.cases import wall
from bihuan.cases.actions.misses import count_miss, want_patience
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput, Upload
from bihuan.core.say import Say
from bihuan.residents.models import Draft, DraftFile
from bihuan.residents.queries import PREFIX, Begun, begun, is_code, opened
from bihuan.residents.seal import seal

KEPT = timedelta(days=30)
FOLDER = "begun"
MOST_FILES = 20
NOT_FOUND = Say(
    "草稿号和接着写的码对不上，或者已经过期、已经递交", "Number and code do not belong together, or it has expired or been filed"
)  # fmt: skip


class Changed(Exception):
    """The draft was saved elsewhere since this form was opened; `now` is how it stands."""

    def __init__(self, now: Begun) -> None:
        super().__init__(now.number)
        self.now = now


def keep_draft(
    number: str, line: str, matter: str, said: str, *, seen: int, at: datetime, files: Sequence[Upload] = (),
    drop: Collection[int] = (), resident: int | None = None,
) -> Begun:  # fmt: skip
    """Save what was written so far and add files, `drop` some; "" as number begins a draft.

    `seen` is the version that the form was opened with: Changed where somebody saved another one since. BadInput
    where there are too many files. A draft that has expired begins anew.
    """
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row = (
            Draft.objects.select_for_update().filter(number=number, until__gt=at).first() if number else None
        )
        if row is None:
            row = Draft(line=line, matter=matter, number=f"new {token_hex(8)}", version=0, said=b"")
        elif row.version != seen:
            raise Changed(opened(row))
        row.version, row.saved_at, row.until = row.version + 1, at, at + KEPT
        row.save()
        if row.version == 1:
            row.number = f"{PREFIX}{at:%Y%m%d}-{row.pk:06}"
        row.said = seal(said.encode(), row.number)
        row.resident_id = resident or row.resident_id
        row.save()
        _delete(list(row.files.filter(pk__in=drop)))
        if row.files.count() + len(files) > MOST_FILES:
            raise BadInput(
                [("", Say(f"一次最多 {MOST_FILES} 个文件", f"At most {MOST_FILES} files at once"))]
            )
        for one in files:
            where = f"{FOLDER}/{token_hex(16)}.bin"
            where = default_storage.save(where, ContentFile(seal(one.body, where)))
            name = seal(one.name.encode(), f"{row.number} name")
            DraftFile.objects.create(
                draft=row, field=one.kind[:64], name=name, size=len(one.body), file=where
            )
        return opened(row)


def open_draft(number: str, code: str, *, source: str, at: datetime) -> Begun:
    """The draft that number and code belong to; BadInput for a wrong pair, TooMany after ten of them."""
    moment, wanted = to_instant(at), number.strip().upper()[:32]
    want_patience(source, moment)
    found = begun(wanted, at) if is_code(wanted, code) else None
    if found is None:
        count_miss(source, moment)
        raise BadInput([("code", NOT_FOUND)])
    return found


def drop_draft(number: str) -> None:
    """Forget a draft with its files: it was filed, or its writer gives it up."""
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row = Draft.objects.select_for_update().filter(number=number).first()
        if row is not None:
            _delete(list(row.files.all()))
            row.delete()


def sweep_drafts(at: datetime, limit: int = 200) -> int:
    """Forget drafts whose time is over; how many."""
    with wall.open_to(wall.SYSTEM):
        over = list(Draft.objects.filter(until__lte=at).values_list("number", flat=True)[:limit])
    for number in over:
        drop_draft(number)
    return len(over)


def _delete(files: Sequence[DraftFile]) -> None:
    for one in files:
        where = one.file
        one.delete()
        transaction.on_commit(lambda where=where: default_storage.delete(where))  # type: ignore[misc]
