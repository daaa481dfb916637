"""A line's form on a page: one input a field, hint above it, what is wrong with it at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from bihuan.cases.entry import Asked
from bihuan.config.tags import say

register = template.Library()
TYPES = {"date": "date", "datetime": "datetime-local"}
PICTURES = "image/jpeg,image/png,image/webp"
ACCEPT = {"photo": PICTURES, "file": f"{PICTURES},application/pdf"}
FEW = 5  # so many choices are shown at once, more are a list


@register.inclusion_tag("parts/fields.html")
def form_fields(asked: Sequence[Asked], faults: Iterable[tuple[str, Any]] = ()) -> dict[str, Any]:
    """The inputs of `cases.entry.ask`; a place is drawn by the page that has the map."""
    found = list(faults or ())
    return {"rows": [row_of(one, found) for one in asked if one.field.kind != "place"]}


def row_of(one: Asked, faults: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """What the template needs of one field."""
    field, first = one.field, {code for code, _ in one.few}
    return {
        "asked": one,
        "widget": widget(one),
        "type": TYPES.get(field.kind, "text"),
        "accept": ACCEPT.get(field.kind, ""),
        "needed": field.required and not one.written,
        "others": [option for option in one.options if option[0] not in first],
        "faults": [say(text) for key, text in faults if key == field.key],
    }


def widget(one: Asked) -> str:
    """Which input a field has: a few choices are shown, many are a list."""
    kind = one.field.kind
    if kind == "choice" and one.options:
        return "radio" if len(one.options) <= FEW else "select"
    if kind in ("unit", "person") and one.options:
        return "select"
    if kind in ACCEPT:
        return "file"
    return kind if kind in ("long", "limit", "children") else "input"
