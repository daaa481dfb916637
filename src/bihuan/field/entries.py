"""One thing that was noted in the street, as the telephone sends it: read strictly, every fault with its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.core.time.instant import text as moment_text

KEY = re.compile(r"[0-9a-f-]{16,64}")
DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_PHOTOS = 9
Faults = list[tuple[str, Say]]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the entry: for which field, what the camera called it, and its digest."""

    field: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A report (`case` None), or a step on a case. `noted` is the telephone's own time, kept and never trusted."""

    key: str
    by: str
    noted: str
    case: int | None
    did: str
    matter: str
    what: str
    detail: str
    place: Mapping[str, Any] | None
    photos: tuple[Photo, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)  # choices, checklists and short texts by field
    began: str = ""  # when the form was opened on site, by the telephone

    @property
    def digests(self) -> list[str]:
        return [photo.digest for photo in self.photos]


def read_entry(body: bytes) -> Entry:
    """The entry of a request; BadInput for what no telephone of ours sends."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        raise BadInput([("", Say("发来的不是一条记录", "What was sent is no entry"))])
    faults: Faults = []
    key, by, case = given.get("key"), given.get("by"), given.get("case")
    if not (isinstance(key, str) and KEY.fullmatch(key)):
        faults.append(("key", Say("记录没有编号", "The entry has no key")))
    if not isinstance(by, str):
        faults.append(("by", Say("没有写明是谁记的", "It does not say whose entry it is")))
    if not (case is None or (isinstance(case, int) and not isinstance(case, bool))):
        faults.append(("case", Say("办件号应当是数字", "The case must be a number")))
    noted, photos = _noted(given.get("noted"), faults), _photos(given.get("photos", []), faults)
    text = {name: given.get(name, "") for name in ("did", "matter", "what", "detail")}
    faults += [
        (name, Say("应当是文字", "This must be text"))
        for name, value in text.items()
        if not isinstance(value, str)
    ]
    answers, began = given.get("answers", {}), given.get("began", "")
    if not isinstance(answers, dict):
        faults.append(("answers", Say("填的内容读不懂", "What was filled in cannot be read")))
    began = _noted(began, faults) if began else ""
    place = given.get("place")
    if not (place is None or isinstance(place, dict)):
        faults.append(("place", Say("位置应当写明经纬度", "The place must have longitude and latitude")))
    if faults:
        raise BadInput(faults)
    return Entry(key, by, noted, case, place=place, photos=photos, answers=answers, began=began, **text)  # type: ignore[arg-type]


def _noted(value: Any, faults: Faults) -> str:
    """The telephone's time as local time; it must say its own zone."""
    try:
        return moment_text(to_instant(datetime.fromisoformat(value)))
    except (TypeError, ValueError, OverflowError):
        faults.append(("noted", Say("现场记的时间读不懂", "The time of noting cannot be read")))
    return ""


def _photos(rows: Any, faults: Faults) -> tuple[Photo, ...]:
    good = isinstance(rows, list) and all(
        isinstance(row, dict)
        and all(isinstance(row.get(name), str) for name in ("field", "name", "digest"))
        and DIGEST.fullmatch(row["digest"])
        for row in rows
    )
    if not good:
        faults.append(("photos", Say("照片清单读不懂", "The list of photos cannot be read")))
        return ()
    if len(rows) > MOST_PHOTOS:
        say = Say(
            f"一次最多 {MOST_PHOTOS} 张照片，现有 {len(rows)} 张",
            f"At most {MOST_PHOTOS} photos at once, there are {len(rows)}",
        )
        faults.append(("photos", say))
    return tuple(Photo(row["field"], row["name"], row["digest"]) for row in rows)
