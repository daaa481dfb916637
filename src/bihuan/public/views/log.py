"""The public record as a page: how much it holds, who saw it, what one entry shows and what it hides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.cases.edge import OFFSET
from bihuan.core.crypto.hashes import NAMES
from bihuan.core.log import checkpoint, note, policy
from bihuan.core.log.entry import KINDS, unpack
from bihuan.core.log.tiles import WIDTH, Place, path
from bihuan.core.log.tree import leaf_hash
from bihuan.core.say import Say
from bihuan.public.logged import words
from bihuan.record import queries


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry for people: moments in local seconds, hashes as hex."""

    index: int
    kind: Say
    minute: int
    tag: str
    commitment: str
    leaf: str
    payload: str
    hash: str
    bundle: str
    said: Say | None


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page; `?n=` shows one entry."""
    face = queries.face(request.now)  # type: ignore[attr-defined]
    asked = request.GET.get("n", "").strip()[:20]
    entry = look(asked, face.size)
    fault = None
    if asked and entry is None:
        last = face.size - 1
        fault = Say(
            f"没有第 {asked} 条：现在有第 0 到第 {last} 条",
            f"There is no entry {asked}: there are 0 to {last}",
        )
    widest = max((count for _, count in face.days), default=0)
    shown = {
        "section": "track", "face": face, "n": asked, "entry": entry, "fault": fault, "seen": seen(settings.HOME, face.note),
        "days": [(day, count, 100 * count // widest if widest else 0) for day, count in face.days],
        "found": [(row, Say(zh, en)) for row, zh, en in face.watch.found] if face.watch else [],
    }  # fmt: skip
    return render(request, "public/log.html", shown, status=404 if fault else 200)


def look(asked: str, size: int) -> Shown | None:
    """The published entry at the place that was asked for, else None."""
    if not asked.isascii() or not asked.isdecimal() or int(asked) >= size:
        return None
    index = int(asked)
    raw = queries.entry_at(index)
    if raw is None:
        return None
    one, n = unpack(raw), index // WIDTH
    return Shown(
        index, KINDS[one.kind], one.ms // 1000 + OFFSET, one.tag.hex(), one.commitment.hex(), leaf_hash(raw).hex(),
        one.payload.decode(errors="replace"), NAMES[one.hash].upper(), path(Place(None, n, min(WIDTH, size - n * WIDTH))),
        words(one, raw),
    )  # fmt: skip


def seen(home: Path, said: str) -> list[tuple[str, int | None]]:
    """Each witness of the policy, and when (local seconds) it cosigned what is published; None where it did not."""
    text = queries.policy(home)
    if not text or not said:
        return []
    told = note.parse(said)
    times = {name: checkpoint.cosigned(key, told) for name, key in policy.read(text).witnesses.items()}
    return [(name, None if time is None else time + OFFSET) for name, time in times.items()]
