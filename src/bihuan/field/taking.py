"""Takes what was noted in the street through the one write path: once each, and nothing noted is thrown away.

A key that led to an event before is answered from that event. What the line refuses becomes a note on the case
where the worker may write one; otherwise it stays on the telephone with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bihuan.cases import actions, queries
from bihuan.cases.edge import to_instant
from bihuan.cases.errands import is_deed
from bihuan.cases.keyed import Keyed, keyed
from bihuan.cases.shapes import BadInput, CasePage, Choice, NoSuchCase, Refused, Upload
from bihuan.core.say import Say
from bihuan.field import photos
from bihuan.field.conflict import REFUSED, explain
from bihuan.field.door import Worker
from bihuan.field.entries import Entry
from bihuan.lines.everyday import LINE

FIX, NOTE = "fix_self", "site_note"
BEGAN = "began_at"  # the field that takes the moment at which the form was opened on site
REPORTERS = {"collector", "checker"}
NOTED = Say(
    "你写的和拍的已经作为“现场补记”记在这件上",
    "What you wrote and photographed is on the case as a note",
)
STAYS = Say("你写的和拍的还留在这台手机上", "What you wrote and photographed stays on this phone")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an entry.

    `status`: done; part (reported, but not put right as noted); noted (refused, kept as a note on the case);
    kept (refused, stays on the telephone); faulty (to be mended and sent again); missing (photos have to come first).
    """

    status: str
    rule: str = ""
    says: tuple[Say, ...] = ()
    number: str = ""
    at: datetime | None = None
    faults: tuple[tuple[str, Say], ...] = ()
    missing: tuple[str, ...] = ()


def take(entry: Entry, worker: Worker, now: datetime) -> Answer:
    """Apply one entry exactly once; `now` is the server's moment and the only one that clocks see."""
    before = keyed([_key(entry, worker, end) for end in ("", FIX, NOTE)])
    found = {end: before[key] for end in ("", FIX, NOTE) if (key := _key(entry, worker, end)) in before}
    known = _answered(entry, found, worker, now)
    if known is None:
        bodies = {digest: photos.laid_aside(worker.id, digest) for digest in entry.digests}
        if missing := tuple(digest for digest, body in bodies.items() if body is None):
            return Answer("missing", missing=missing)
        files = [Upload(one.field, one.name, bodies[one.digest] or b"") for one in entry.photos]
        try:
            known = (_report if entry.case is None else _step)(entry, worker, now, files, found)
        except BadInput as bad:
            return Answer("faulty", faults=tuple(bad.faults))
    if known.status in ("done", "part", "noted"):
        photos.drop(worker.id, entry.digests)
    return known


def _key(entry: Entry, worker: Worker, end: str) -> str:
    """The worker's id is part of it: nobody can ask for the event of somebody else's key."""
    return f"field:{worker.id}:{entry.key}" + (f":{end}" if end else "")


def _answered(entry: Entry, found: Mapping[str, Keyed], worker: Worker, now: datetime) -> Answer | None:
    """The answer that was given before and may have been lost, None where something is still to be done."""
    main, note = found.get(""), found.get(NOTE)
    if note is not None:
        rule, why = _why(note.case, entry.did, worker, now, ())
        return Answer("part" if main else "noted", rule, (*why, NOTED), note.number, note.at)
    if main is None or (entry.case is None and entry.did and FIX not in found):
        return None
    return Answer("done", number=main.number, at=found.get(FIX, main).at)


def _report(
    entry: Entry, worker: Worker, now: datetime, files: Sequence[Upload], found: Mapping[str, Keyed]
) -> Answer:
    """A new case; what the worker put right on the spot is closed with it."""
    if not REPORTERS & worker.actor.posts:
        raise BadInput([("did", Say("上报给采集员、核查员用", "Collectors and checkers report here"))])
    if entry.did not in ("", FIX):
        raise BadInput(
            [("did", Say("上报时只能同时“自行处置”", "A report can only be put right along with it"))]
        )
    if "" in found:
        case, number = found[""].case, found[""].number
    else:
        said = {"what": entry.what, "detail": entry.detail, "channel": "collector", "noted_at": entry.noted}
        first = [replace(one, kind="photo") for one in files if one.kind in ("photo", "before")]
        try:
            opened = actions.open_case(
                LINE, entry.matter, by=worker.id, unit=worker.actor.unit, at=now, data=said, place=entry.place,
                files=first, key=_key(entry, worker, ""),
            )  # fmt: skip
        except Refused as refused:
            return Answer("kept", REFUSED, (*refused.reasons, STAYS))
        case, number = opened.case, opened.number
    if not entry.did:
        return Answer("done", number=number, at=now)
    both = [one for one in files if one.kind in ("before", "after")]
    try:
        actions.act(
            case, FIX, by=worker.id, unit=worker.actor.unit, at=now, data={"noted_at": entry.noted}, files=both,
            key=_key(entry, worker, FIX),
        )  # fmt: skip
    except Refused as refused:
        left = [one for one in files if one.kind == "after"]
        return replace(_note(case, entry, worker, now, left, refused.reasons), status="part", number=number)
    return Answer("done", number=number, at=now)


def _step(
    entry: Entry, worker: Worker, now: datetime, files: Sequence[Upload], _found: Mapping[str, Keyed]
) -> Answer:
    """One step on a case that was there before."""
    assert entry.case is not None
    try:
        page = queries.case_page(entry.case, worker.actor, now)
        choice = _deed(page, entry.did)
        done = actions.act(
            entry.case, entry.did, by=worker.id, unit=worker.actor.unit, at=now, data=_data(choice, entry, entry.detail),
            files=files, key=_key(entry, worker, ""),
        )  # fmt: skip
    except NoSuchCase:
        return Answer("kept", REFUSED, (Say("看不到这件", "This case is not shown to you"), STAYS))
    except Refused as refused:
        return _note(entry.case, entry, worker, now, files, refused.reasons)
    return Answer("done", number=done.number, at=now)


def _deed(page: CasePage, did: str) -> Choice:
    choice = next((one for one in (*page.allowed, *page.refused) if one.name == did), None)
    if choice is None or not is_deed(page.line, choice):
        raise BadInput([("did", Say("这一步不在现场办", "This step is not done in the street"))])
    return choice


def _data(choice: Choice, entry: Entry, text: str) -> dict[str, Any]:
    """What was written goes into the field for words, the telephone's time into the field that the device fills."""
    shown = [field for field in choice.fields if not field.device]
    words = [field.key for field in shown if field.kind in ("long", "text")]
    began = entry.began or entry.noted
    data = {
        field.key: began if field.key == BEGAN else entry.noted for field in choice.fields if field.device
    }
    data |= {field.key: entry.answers[field.key] for field in shown if entry.answers.get(field.key)}
    return data | ({words[0]: text} if words and text.strip() else {})


def _note(
    case: int, entry: Entry, worker: Worker, now: datetime, files: Sequence[Upload], reasons: Sequence[Say]
) -> Answer:
    """Keep what was refused as a note on the case, where this worker may write one."""
    rule, why = _why(case, entry.did, worker, now, reasons)
    kept = Answer("kept", rule, (*why, STAYS))
    try:
        page = queries.case_page(case, worker.actor, now)
        choice = next((one for one in page.allowed if one.name == NOTE), None)
        if choice is None:
            return kept
        text = "\n".join(part for part in (str(why[0]), entry.detail) if part.strip())
        done = actions.act(
            case, NOTE, by=worker.id, unit=worker.actor.unit, at=now,
            data=_data(choice, entry, text if len(text) <= 2000 else entry.detail),
            files=[replace(one, kind="site") for one in files], key=_key(entry, worker, NOTE),
        )  # fmt: skip
    except (Refused, NoSuchCase):
        return kept
    return Answer("noted", rule, (*why, NOTED), done.number, now)


def _why(
    case: int, did: str, worker: Worker, now: datetime, reasons: Sequence[Say]
) -> tuple[str, tuple[Say, ...]]:
    """The rule and its sentences, from the case as it stands now."""
    try:
        page = queries.case_page(case, worker.actor, now)
        return explain(page, did, worker.id, to_instant(now), reasons)
    except (Refused, NoSuchCase):
        return REFUSED, tuple(reasons)
