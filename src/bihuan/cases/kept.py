"""Files of a form that was sent back: laid aside under its key, so that nobody has to choose them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bihuan.cases.shapes import Upload

NAME = "kept_files"  # session key: {key of the form: [[kind, name, where]]}
FOLDER = "desk-drafts"
KEPT = timedelta(days=1)
MOST_FORMS, MOST_FILES, SWEEP = 5, 9, 200


def lay_aside(session: SessionBase, key: str, uploads: Sequence[Upload], now: datetime) -> None:
    """Keep these files for the next try of the form; only the last few forms are kept."""
    forms: dict[str, Any] = session.get(NAME, {})
    rows = []
    for upload in uploads[:MOST_FILES]:
        where = default_storage.save(f"{FOLDER}/{token_hex(16)}.bin", ContentFile(upload.body))
        rows.append([upload.kind, upload.name, where])
    drop(session, key)
    forms = {name: kept for name, kept in forms.items() if name != key}
    for old in list(forms)[: max(0, len(forms) - MOST_FORMS + 1)]:
        _delete(forms.pop(old))
    session[NAME] = forms | ({key: rows} if rows else {})
    _sweep(now)


def laid_aside(session: SessionBase, key: str) -> list[Upload]:
    """The files of an earlier try that are still there."""
    found = []
    for kind, name, where in session.get(NAME, {}).get(key, ()):
        if default_storage.exists(where):
            with default_storage.open(where) as file:
                found.append(Upload(kind, name, file.read()))
    return found


def drop(session: SessionBase, key: str) -> None:
    """Forget the files of a form, which was filed or given up."""
    forms = session.get(NAME, {})
    if key in forms:
        _delete(forms[key])
        session[NAME] = {name: kept for name, kept in forms.items() if name != key}


def _delete(rows: Sequence[Sequence[str]]) -> None:
    for _, _, where in rows:
        default_storage.delete(where)


def _sweep(now: datetime) -> None:
    """Take away what nobody came back to within a day."""
    for name in default_storage.listdir(FOLDER)[1][:SWEEP] if default_storage.exists(FOLDER) else ():
        path = f"{FOLDER}/{name}"
        if now - default_storage.get_modified_time(path) > KEPT:
            default_storage.delete(path)
