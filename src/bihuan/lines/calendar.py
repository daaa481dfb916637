"""The district's calendar, read once from `_calendar/`."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path

from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar, CalendarError, Hours, Sessions
from bihuan.core.time.instant import day

FOLDER = Path(__file__).with_name("_calendar")
_SESSION = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")


@cache
def calendar(folder: Path = FOLDER) -> Calendar:
    """The calendar of this folder: `days.csv` and `hours.toml`; CalendarError names what is wrong."""
    with (folder / "days.csv").open(encoding="utf-8", newline="") as file:
        rows = [(day(row["date"]), row["worked"] == "1") for row in csv.DictReader(file)]
    told = tomllib.loads((folder / "hours.toml").read_text(encoding="utf-8"))
    hours = [Hours(day(str(row["since"])), read_sessions(row["sessions"])) for row in told["hours"]]
    special = {day(str(row["date"])): read_sessions(row["sessions"]) for row in told.get("day", ())}
    return Calendar.of(rows, hours, special, day(str(told["published_to"])))


def read_sessions(texts: list[str]) -> Sessions:
    """Read ["08:30-12:00", "13:30-17:30"] as seconds of the day."""
    out = []
    for text in texts:
        match = _SESSION.fullmatch(text)
        if not match:
            raise CalendarError(
                Say(f"办公时段“{text}”应写成 08:30-12:00", f"office hours {text!r} should read 08:30-12:00")
            )
        a, b, c, d = (int(part) for part in match.groups())
        out.append((a * 3600 + b * 60, c * 3600 + d * 60))
    return tuple(out)
