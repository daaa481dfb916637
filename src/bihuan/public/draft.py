"""A report while it is being made: what was entered so far in the session, photos in the store, nothing lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bihuan.cases import photo
from bihuan.cases.shapes import Upload

NAME = "report"
FOLDER = "drafts"
KEPT = timedelta(days=1)
SWEEP = 200  # files looked at when an old draft is swept away


def open_draft(session: SessionBase) -> dict[str, Any]:
    """The draft of this visitor, a new one after the last was filed."""
    draft = session.get(NAME)
    if draft is None or draft.get("number"):
        draft = session[NAME] = {"key": token_hex(16)}
    return draft


def current(session: SessionBase) -> dict[str, Any]:
    """The draft as it is, filed or not; a new one only where there is none."""
    return session[NAME] if NAME in session else open_draft(session)


def keep(session: SessionBase, **values: Any) -> dict[str, Any]:
    """Write into the draft; None takes a value out."""
    draft = current(session)
    for name, value in values.items():
        if value is None:
            draft.pop(name, None)
        else:
            draft[name] = value
    session.modified = True
    return draft


def keep_photo(session: SessionBase, upload: Upload, now: datetime) -> None:
    """Check a photo and lay it aside; BadInput says what is wrong. Its place and time are kept with the draft."""
    taken = photo.take(upload)
    name = default_storage.save(f"{FOLDER}/{token_hex(16)}.bin", ContentFile(upload.body))
    place = [taken.lon, taken.lat] if taken.lon is not None and taken.lat is not None else None
    when = taken.taken_at.isoformat() if taken.taken_at else None
    keep(session, photo={"file": name, "name": taken.name, "mime": taken.mime, "place": place, "when": when})
    sweep(now)


def photo_of(session: SessionBase) -> tuple[str, bytes] | None:
    """(name, body) of the photo laid aside, None where there is none or it was swept away."""
    kept = session.get(NAME, {}).get("photo")
    if not kept or not default_storage.exists(kept["file"]):
        return None
    with default_storage.open(kept["file"]) as file:
        return kept["name"], file.read()


def sweep(now: datetime) -> int:
    """Take away photos of drafts that nobody came back to within a day; how many."""
    if not default_storage.exists(FOLDER):
        return 0
    old = [
        f"{FOLDER}/{name}"
        for name in default_storage.listdir(FOLDER)[1][:SWEEP]
        if now - default_storage.get_modified_time(f"{FOLDER}/{name}") > KEPT
    ]
    for name in old:
        default_storage.delete(name)
    return len(old)
