"""What the telephone keeps: this worker's errands, and the catalogue with the places, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases.errands import Errand, asked
from bihuan.cases.maps import tree
from bihuan.cases.shapes import Choice
from bihuan.core.line.parts import Matter
from bihuan.core.say import Say
from bihuan.field.door import Worker, pair
from bihuan.lines.catalogue import matters_on
from bihuan.lines.everyday import EVERYDAY, LINE, without_twins
from bihuan.places.queries import NotHere


def show_worker(worker: Worker) -> dict[str, Any]:
    return {
        "id": worker.id, "name": pair(worker.name), "unit": pair(worker.unit_title), "posts": pair(worker.posts_title),
    }  # fmt: skip


def show_errand(one: Errand) -> dict[str, Any]:
    """One errand: place, clock, what to look at, and the steps with what each asks for."""
    head = one.head
    return {
        "case": head.id, "number": head.number, "title": head.title, "matter": pair(head.matter_title),
        "state": pair(head.state_title), "street": pair(head.street_title), "community": pair(head.community_title),
        "cell": head.cell, "lon": head.lon, "lat": head.lat,
        "due": head.due_at.isoformat() if head.due_at else None, "since": one.since.isoformat(),
        "said": [[pair(title), text] for title, text in one.said],
        "pictures": [[pair(title), url] for title, url in one.pictures],
        "deeds": [show_deed(deed, one.points) for deed in one.deeds],
    }  # fmt: skip


def show_deed(deed: Choice, points: Sequence[str] = ()) -> dict[str, Any]:
    """One step with its fields; a table is the checklist of the case, answered point by point."""
    fields = [
        {
            "key": field.key,
            "label": pair(field.label),
            "kind": field.kind,
            "photo": field.kind == "photo",
            "required": field.required,
        }
        | ({"options": [[code, pair(say)] for code, say in field.options]} if field.options else {})
        | ({"points": list(points) or [str(field.label)]} if field.kind == "table" else {})
        for field in asked(deed)
    ]
    return {"name": deed.name, "title": pair(deed.title), "fields": fields}


def catalogue(day: int) -> dict[str, Any]:
    """Matters, the everyday ones first in people's own words; streets and communities with a point in each.

    `digest` says whether a telephone has this one already.
    """
    rows = matters_on(lines.at(LINE, day), day)
    said = dict(EVERYDAY)
    by_code = {row.code: row for row in rows}
    everyday = [_matter(by_code[code], said[code]) for code in said if code in by_code]
    rest = [_matter(row, None) for row in without_twins(rows) if row.code not in said]
    found = {"matters": everyday + rest, "places": _places()}
    return found | {"digest": sha256(orjson.dumps(found)).hexdigest()[:16]}


def _matter(row: Matter, words: Say | None) -> dict[str, Any]:
    return {
        "code": row.code, "name": [row.name, row.name_en], "words": pair(words) if words else None,
        "self": row.columns.get("self") == "yes",
    }  # fmt: skip


def _places() -> Sequence[Any]:
    try:
        streets = tree()
    except NotHere:  # no grid is loaded: the worker's position still says where
        return []
    return [
        {
            "name": pair(title),
            "communities": [
                {"name": pair(name), "point": [round(x, 6) for x in point]} for _, name, point in parts
            ],
        }
        for _, title, parts in streets
    ]
