"""Reads of the outbox and of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import connection

from bihuan.core.log import checkpoint, note, tiles
from bihuan.core.log.policy import Policy
from bihuan.core.log.receipt import Receipt
from bihuan.core.log.tiles import HASH, HEIGHT, WIDTH, Place
from bihuan.core.log.tree import inclusion
from bihuan.record.models import Checkpoint, Notice, Watch


def head() -> str:
    """The digest of the latest event of all, "" before the first: fixed before whatever comes next."""
    with connection.cursor() as cursor:
        cursor.execute("select digest from record_outbox order by id desc limit 1")
        row = cursor.fetchone()
        return row[0] if row else ""


def size() -> int:
    """How many entries have a place."""
    with connection.cursor() as cursor:
        cursor.execute("select size from record_state")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def latest() -> tuple[int, str]:
    """(size, note) of the published checkpoint; (0, "") before the first."""
    with connection.cursor() as cursor:
        cursor.execute("select size, note from record_checkpoint order by size desc limit 1")
        row = cursor.fetchone()
        return (int(row[0]), row[1]) if row else (0, "")


def entries(first: int, end: int, batch: int = 10_000) -> Iterator[bytes]:
    """The entries from one place up to before another, as they are stored."""
    while first < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "select idx, entry from record_leaf where idx >= %s and idx < %s order by idx",
                [first, min(end, first + batch)],
            )
            rows = cursor.fetchall()
        for at, (idx, entry) in enumerate(rows, first):
            if idx != at:
                return  # one is missing: whoever counts will see it
            yield bytes(entry)
        first += len(rows)
        if not rows:
            return


def place_of(event_id: int) -> tuple[int, bytes] | None:
    """(place, entry) of an event in the log; None while it waits."""
    with connection.cursor() as cursor:
        cursor.execute("select idx, entry from record_leaf where event_id = %s", [event_id])
        row = cursor.fetchone()
        return (int(row[0]), bytes(row[1])) if row else None


def hashes(level: int, n: int, wide: int) -> bytes:
    """The first `wide` hashes of a tile; fewer where there are not so many yet."""
    with connection.cursor() as cursor:
        cursor.execute("select data from record_tile where level = %s and n = %s", [level, n])
        row = cursor.fetchone()
        if row:
            return bytes(row[0])[: wide * HASH]
        cursor.execute("select size, edge from record_state")
        now, edge = cursor.fetchone() or (0, [])
        if level < len(edge) and n == (now >> (HEIGHT * level)) // WIDTH:
            return bytes(edge[level])[: wide * HASH]
    return b""


def tile(place: Place) -> bytes | None:
    """What is served at a place: exactly so many hashes or entries, within the published checkpoint; else None."""
    public, _ = latest()
    if place.width > tiles.width(place.level or 0, place.n, public):
        return None
    if place.level is None:
        first = place.n * WIDTH
        found = list(entries(first, first + place.width))
        return tiles.bundle(found) if len(found) == place.width else None
    data = hashes(place.level, place.n, place.width)
    return data if len(data) == place.width * HASH else None


# The size published by the end of each of the last days, the last first, and of the day before them.
DAYS = """select d, coalesce((select c.size from record_checkpoint c where c.at < (d + 1)::timestamp at time zone
    'Asia/Shanghai' order by c.at desc limit 1), 0)
    from (select (%s at time zone 'Asia/Shanghai')::date - n as d from generate_series(0, %s) n) days order by d desc"""


@dataclass(frozen=True, slots=True)
class Face:
    """What the page of the log tells: how many entries are published, since when, how fast, and the last night."""

    size: int
    note: str
    at: datetime | None
    waiting: int
    days: tuple[tuple[date, int], ...]  # entries a day, the last first
    watch: Watch | None


def face(now: datetime, days: int = 14) -> Face:
    """The log as it stands; entries of a day are counted from the checkpoints published in it."""
    last = Checkpoint.objects.order_by("-size").first()
    with connection.cursor() as cursor:
        cursor.execute(DAYS, [now, days])
        ends = cursor.fetchall()
        cursor.execute("select count(*) from (select 1 from record_pending limit 10000) waiting")
        (waiting,) = cursor.fetchone() or (0,)
    told = tuple((day, size - less) for (day, size), (_, less) in pairwise(ends) if size > less)
    watch = Watch.objects.order_by("-pk").first()
    return Face(
        last.size if last else 0, last.note if last else "", last.at if last else None, waiting, told, watch
    )


def entry_at(idx: int) -> bytes | None:
    """The published entry at a place; None beyond the published log."""
    size, _ = latest()
    return next(entries(idx, idx + 1), None) if 0 <= idx < size else None


def entry_of(event_id: int) -> bytes | None:
    """The entry of an event, whether it has its place already or waits for it; None from before there was a log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select entry from record_leaf where event_id = %s union all "
            "select entry from record_pending where event_id = %s limit 1",
            [event_id, event_id],
        )
        row = cursor.fetchone()
        return bytes(row[0]) if row else None


def place_of_entry(entry: bytes) -> int | None:
    """The place of an entry that is no step of a case; None while it waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select idx from record_leaf where event_id is null and sha256(entry) = sha256(%s) order by idx limit 1",
            [entry],
        )
        row = cursor.fetchone()
        return int(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Where an entry stands, the first published checkpoint that covers it, and when each witness cosigned that."""

    idx: int
    note: str
    seen: tuple[tuple[str, datetime], ...]  # witness of the policy, moment of its signature (UTC)


def witnessed(entry: bytes, trusted: Policy) -> Witnessed | None:
    """When witnesses first saw an entry that is no step of a case; None while no published checkpoint covers it."""
    idx = place_of_entry(entry)
    found = None if idx is None else covering(idx)
    if idx is None or found is None:
        return None
    said = note.parse(found.note)
    times = {name: checkpoint.cosigned(key, said) for name, key in trusted.witnesses.items()}
    seen = ((name, datetime.fromtimestamp(t, UTC)) for name, t in times.items() if t is not None)
    return Witnessed(idx, found.note, tuple(seen))


def proof_of(entry: bytes) -> str | None:
    """The receipt (tlog-proof) of an entry that is no step of a case, by the first checkpoint that covers it.

    It shows the whole entry with its payload; None while no published checkpoint covers it.
    """
    idx = place_of_entry(entry)
    return None if idx is None else receipt(idx, entry)


def receipt(idx: int, extra: bytes) -> str | None:
    """The receipt of the entry at a place by the first checkpoint that covers it, so of the same place each time it is
    asked for, and with a shorter path than by a later one; None until then."""
    found = covering(idx)
    if found is None:
        return None
    path = inclusion(idx, found.size, tiles.reader(lambda level, n: hashes(level, n, WIDTH)))
    return str(Receipt(extra, idx, tuple(path), found.note))


def covering(idx: int) -> Checkpoint | None:
    """The first published checkpoint that covers a place; None while there is none."""
    return Checkpoint.objects.filter(size__gt=idx).order_by("size").first()


def told(prefix: str) -> list[tuple[str, dict[str, Any]]]:
    """(row, what the log says of it) of the latest notices whose rows begin so, the last row first."""
    rows = Notice.objects.filter(about__startswith=prefix).order_by("pk").values_list("about", "said")
    return sorted(dict(rows).items(), reverse=True)


def notice_of(entry: bytes) -> Notice | None:
    """What an entry says that shows its commitment only, where it is no step of a case."""
    return Notice.objects.filter(entry=entry).first()


def promise_vkey(home: Path) -> str:
    """The public key that promises are checked with, "" where nothing is promised."""
    file = home / "record" / "promise.vkey"
    return file.read_text().strip() if file.exists() else ""


def sm2_vkey(home: Path) -> str:
    """The public key of the log's second signature, "" where there is none."""
    file = home / "record" / "sm2.vkey"
    return file.read_text().strip() if file.exists() else ""


def policy(home: Path) -> str:
    """The text of the log's policy, "" where there is no log yet."""
    file = home / "record" / "policy"
    return file.read_text() if file.exists() else ""


def published_at() -> datetime | None:
    """When the latest checkpoint with a quorum of witnesses was published; None before the first."""
    return Checkpoint.objects.order_by("-size").values_list("at", flat=True).first()
