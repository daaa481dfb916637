"""Where files are kept: whole or not at all, and on the disk before a step that names them is acknowledged."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.files.storage import FileSystemStorage

SIDE_BY_SIDE = 4


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

    def keep(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Lay several on the disk, each under the name it is given; one that is there stays as it is. They are written and
        synced side by side: the disk takes three in little more than the time of one."""
        fresh = {Path(self.path(name)): body for name, body in files if not self.exists(name)}
        if not fresh:
            return
        for folder in {place.parent for place in fresh}:
            folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(min(len(fresh), SIDE_BY_SIDE)) as pool:
            for beside, place in zip(pool.map(_write, fresh, fresh.values()), fresh, strict=True):
                beside.replace(place)
            list(pool.map(_sync, {place.parent for place in fresh}))


def _write(place: Path, body: bytes) -> Path:
    """The bytes on the disk beside their place, for nobody else to read."""
    beside = place.with_name(f"{place.name}.{token_hex(4)}.new")
    with open(beside, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return beside


def _sync(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
