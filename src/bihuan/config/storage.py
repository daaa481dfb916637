"""Where files are kept: whole or not at all, and on the disk before a step that names them is acknowledged."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.files.storage import FileSystemStorage


class Durable(FileSystemStorage):
    """Django's folder of files, written beside, fsynced, renamed: a crash leaves no half file under a real name."""

    def _save(self, name: str, content: Any) -> str:
        saved = super()._save(f"{name}.{token_hex(4)}.new", content)  # type: ignore[misc]  # the stubs leave it out
        beside = Path(self.path(saved))
        place = Path(self.path(name))
        _sync(beside)
        beside.replace(place)
        _sync(place.parent)
        return name


def _sync(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
