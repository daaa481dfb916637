"""A form of a line as JSON Schema, for programs that fill it in."""

from __future__ import annotations

from typing import Any

from bihuan.core.line.parts import Line
from bihuan.lines.forms import Field, fields, in_person

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
FILES = ("photo", "file")


def schema(line: Line, action: str) -> dict[str, Any]:
    """The data of an action as a schema; files are sent beside it and stand under `x-files`."""
    asked = [field for field in fields(line, action) if not field.device and field.kind != "place"]
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
        return {"type": "array", "maxItems": 50, "items": row}
    if field.kind == "children":
        return {"type": "array", "items": {"type": "object"}}
    return SHAPES.get(field.kind, {"type": "string", "maxLength": LONGEST})
