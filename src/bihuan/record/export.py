"""The published log as static files that any web server can serve: what is there stays, the checkpoint comes last."""

from __future__ import annotations

from pathlib import Path

from bihuan.core.log import tiles
from bihuan.record import queries
from bihuan.record.keeping import keep


def export(folder: Path) -> int:
    """Write tiles and entries that are not there yet, then the checkpoint (R6); how many files were written."""
    size, note = queries.latest()
    written = 0
    for place in tiles.places(size):
        file = folder / tiles.path(place)
        if file.exists():
            continue
        body = queries.tile(place)
        if body is None:
            raise LookupError(f"{tiles.path(place)} is not whole")
        keep(file, body)
        written += 1
    if note:
        keep(folder / "checkpoint", note.encode())
        written += 1
    return written
