"""A form of a line as JSON Schema, for programs that fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.core.line.parts import Line
from bihuan.lines.forms import FILES, Field, fields, in_person

DIALECT = "https://json-schema.org/draft/2020-12/schema"
LONGEST = 2000
SHAPES: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d( \d\d:\d\d)?$"},
    "money": {"type": "string", "pattern": r"^\d{1,12}(\.\d{1,2})?$"},
    "number": {"type": "number"},
    "unit": {"type": "string", "pattern": r"^[a-z][a-z0-9_.]{0,31}$"},
    "organisation": {"type": "string", "minLength": 18, "maxLength": 18},
    "identity": {"type": "string", "minLength": 18, "maxLength": 18},
    "limit": {"type": "string", "examples": ["5 working days", "15 days"]},
}
NUMBERED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "kind": {"type": "string", "enum": ["person", "organisation"]},
        "name": {"type": "string", "maxLength": 200},
        "paper": {"type": "string", "enum": ["identity", "residence", "passport", "travel"]},
        "number": {"type": "string", "maxLength": 40},
    },
    "required": ["kind", "name", "number"],
}
LOCATED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "maxLength": 200},
        "community": {"type": "string", "pattern": r"^\d{12}$"},
        "lon": {"type": "number"},
        "lat": {"type": "number"},
        "datum": {"type": "string", "enum": ["WGS-84", "CGCS2000", "GCJ-02", "BD-09"]},
    },
    "required": ["text"],
    "anyOf": [{"required": ["community"]}, {"required": ["lon", "lat"]}],
}
MOST_ROWS = 50


def schema(line: Line, action: str, asked: Sequence[Field] | None = None) -> dict[str, Any]:
    """The data of an action as a schema; files are sent beside it and stand under `x-files`. `asked` are the fields with
    the papers of one item written out."""
    given = fields(line, action) if asked is None else asked
    asked = [field for field in given if not field.device and field.kind != "place"]
    data = [field for field in asked if field.kind not in FILES]
    spared = in_person(line) if action == line.opens_with else frozenset()
    return {
        "$schema": DIALECT,
        "title": f"{line.title} {line.actions[action].title}",
        "description": f"{line.title.en}: {line.actions[action].title.en}",
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _property(field) for field in data},
        "required": [field.key for field in data if needed(field, spared)],
        "x-files": {field.key: _words(field) | {"required": field.required} for field in asked if field.kind in FILES},
    }  # fmt: skip


def needed(field: Field, spared: frozenset[str]) -> bool:
    """Whether the data must have it: not what depends on another answer, has a default, or is the sender himself."""
    return field.required and not field.when and not field.default and field.key not in spared


def _property(field: Field) -> dict[str, Any]:
    return _words(field) | _shape(field)


def _words(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"title": str(field.label), "x-title-en": field.label.en}
    if field.hint:
        found["description"] = str(field.hint)
    if field.personal:
        found["x-personal"] = True
    if field.purpose:
        found |= {"x-purpose": str(field.purpose), "x-purpose-en": field.purpose.en, "x-basis": field.basis}
    if field.when:
        found["x-when"] = field.when
    if field.proof:
        found["x-proof"] = field.proof
    return found


def _shape(field: Field) -> dict[str, Any]:
    if field.kind == "choice":
        return {"type": "string", "enum": [code for code, _ in field.options]}
    if field.kind == "choices":
        codes = [code for code, _ in field.options]
        return {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": codes}}
    if field.kind in ("subject", "address"):
        return NUMBERED if field.kind == "subject" else LOCATED
    if field.kind == "group":
        entry = {
            "type": "object",
            "additionalProperties": False,
            "properties": {inner.key: _property(inner) for inner in field.fields},
            "required": [inner.key for inner in field.fields if inner.required],
        }
        return {"type": "array", "maxItems": MOST_ROWS, "items": entry}
    if field.kind == "table":
        columns = {
            key: {"type": "string", "title": str(title), "x-title-en": title.en}
            for key, title in field.columns
        }
        row = {
            "type": "object",
            "additionalProperties": False,
            "properties": columns,
            "required": list(columns),
        }
        return {"type": "array", "maxItems": MOST_ROWS, "items": row}
    if field.kind == "children":
        return {"type": "array", "items": {"type": "object"}}
    return SHAPES.get(field.kind, {"type": "string", "maxLength": LONGEST})
