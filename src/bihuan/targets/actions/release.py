"""The open data of a day: each data set as a file that stays, its digest in the public log."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from bihuan.core.log.entry import RELEASE
from bihuan.record.actions import tell
from bihuan.record.keeping import keep
from bihuan.record.noticing import latest
from bihuan.targets import opendata, published
from bihuan.targets.opendata import Absolute
from bihuan.targets.published import RELEASED, Ask


def release_day(home: Path, day: date, at: datetime, site: Absolute) -> bool:
    """Write each data set as it is at a moment as the file of this day, and tell the log; False where it was done."""
    about, digests = f"{RELEASED} {day}", dict[str, str]()
    if latest(about) is not None:
        return False
    for kind, read in published.READS.items():
        lines = opendata.csv_lines(kind, published.everything(read, Ask(), at), site)
        body = "".join(lines).encode()
        keep(published.file_of(home, day, kind), body)
        digests[kind] = sha256(body).hexdigest()
    return tell(RELEASE, about, {"files": digests}, at=at)
