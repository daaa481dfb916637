"""Pictures after they were received: the copy for people to see and the prints to know them by, made of the original."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from bihuan.cases import photo, wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.models import Document, Undeveloped
from bihuan.cases.rows import print_values
from bihuan.cases.shapes import put_off

log = structlog.get_logger(__name__)
FILES = "select file, original from cases_document where id = %s"
PRINT = "insert into cases_print (document_id, prints, bands) values (%s, %s, %s)"


def develop(at: datetime | int, limit: int = 30) -> int:
    """Make copies and prints of pictures that were received, oldest first; how many were looked at. One that cannot be
    made keeps its error and waits twice as long each time, up to a day."""
    moment = to_instant(at)
    waiting = Undeveloped.objects.filter(again_at__lte=to_datetime(moment)).order_by("again_at", "pk")
    found = list(waiting.values_list("pk", "tries")[:limit])
    for pk, tries in found:
        try:
            _develop(pk)
        except Exception as error:  # one bad picture must not hold up all others: it is written down
            log.error("picture failed", document=pk, error=repr(error))
            Undeveloped.objects.filter(pk=pk).update(**put_off(error, tries, moment))
    return len(found)


@transaction.atomic
def _develop(pk: int) -> None:
    """One picture; nothing where somebody else is at it, or its words were deleted."""
    row = Undeveloped.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if row is None:
        return
    file, original = wall.ask(FILES, [pk], wall.SYSTEM)[0]
    prints = _make(file, original)
    if prints:
        with connection.cursor() as cursor:
            cursor.execute(PRINT, [pk, *print_values(prints)])
    row.delete()


def public_copy(file: str, original: str) -> File[bytes]:
    """The copy for people to see, made now where the worker has not come to it; BadInput where it cannot be made."""
    if original and not default_storage.exists(file):
        _make(file, original)
    return default_storage.open(file)


def _make(file: str, original: str) -> tuple[int, ...]:
    """Keep the copy of a picture; its prints. Where the words of its cases are deleted meanwhile, no copy stays."""
    with default_storage.open(original) as held:
        body, prints = photo.develop(held.read())
    if not default_storage.exists(file):
        default_storage.save(file, ContentFile(body))
    with wall.open_to(wall.SYSTEM):
        wanted = Document.objects.filter(file=file).exists()
    if not wanted:
        default_storage.delete(file)
    return prints
