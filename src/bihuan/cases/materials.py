"""The papers of an item one by one: a file field for each, with where it comes from and whether it may follow later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bihuan.core.items.parts import ORIGINS, Material
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.items import queries as items
from bihuan.lines.forms import Field

KIND = "materials"


def each(asked: Sequence[Field], matter: str, *, online: bool = False) -> tuple[Field, ...]:
    """The fields with every `materials` field written out for the item: one file a paper, then the field itself for
    what else there is. `online` asks for each that may not follow later; at a window the clerk takes what there is and
    tells once what is missing."""
    if not any(field.kind == KIND for field in asked):
        return tuple(asked)
    found: list[Field] = []
    for field in asked:
        if field.kind == KIND:
            papers = [one for one in items.materials_of(matter) if one.asked]
            found += [_file(field, one, online, first=not number) for number, one in enumerate(papers)]
            found.append(replace(field, kind="file", part=None if papers else field.part))
        else:
            found.append(field)
    return tuple(found)


def _file(field: Field, one: Material, online: bool, *, first: bool) -> Field:
    return Field(
        key=f"{field.key}.{one.key}", label=one.name, kind="file", required=online and not one.later,
        hint=told(one), stores=f"{field.stores}.{one.key}", part=field.part if first else None, personal=field.personal,
        purpose=field.purpose, basis=field.basis,
    )  # fmt: skip


def told(one: Material) -> Say:
    """Where the paper comes from, how many copies, whether it may follow."""
    origin = ORIGINS[one.origin]
    zh, en = [str(origin)], [origin.en]
    if one.copies:
        zh.append(f"{one.copies} 份")
        en.append(f"{one.copies} copies" if one.copies > 1 else "1 copy")
    if one.later:
        zh.append("可以后补")
        en.append("may follow later")
    return Say("，".join(zh), ", ".join(en))


def titles(line: Line, matter: str, docs: Iterable[tuple[str, datetime]]) -> dict[tuple[str, datetime], Say]:
    """What each document is called, by its kind and the moment it came in: a paper of an item as the catalogue called it
    then. One query for each day on which papers came in, none where there are none."""
    found: dict[tuple[str, datetime], Say] = {}
    known: dict[Any, dict[str, Say]] = {}
    for kind, at in docs:
        base, _, key = kind.partition(".")
        if key and at.date() not in known:
            known[at.date()] = items.materials_as_of(matter.rpartition(":")[2], at)
        found[kind, at] = (known[at.date()].get(key) if key else None) or line.named(base)
    return found
