"""Answers as people read them back: in words, and with the telling part of personal ones covered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bihuan.cases.compound import KINDS, PAPERS
from bihuan.core.mask import mask_address, mask_id_number, mask_name, mask_phone
from bihuan.core.say import Say
from bihuan.core.time.formats import listed
from bihuan.lines.forms import Field

MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name, "phone": mask_phone, "identity": mask_id_number, "address": mask_address, "all": lambda text: "*" * len(text),
}  # fmt: skip
BY_KIND = {"identity": "identity", "organisation": ""}
BY_KEY = {"contact_name": "name", "contact_phone": "phone", "contact_email": "all"}


def in_words(field: Field, value: Any) -> str:
    """An answer of several parts, a choice or a plain one in words; a Say where it has two languages."""
    if field.kind == "choice":
        return next((say for code, say in field.options if code == value), str(value))
    if field.kind == "choices":
        return listed([say for code, say in field.options if code in value])
    if field.kind == "table":
        return _joined([list(row.values()) for row in value])
    if field.kind == "group":
        return _joined([
            [in_words(inner, row[inner.key]) for inner in field.fields if row.get(inner.key) is not None] for row in value
        ])  # fmt: skip
    if field.kind == "subject":
        paper = Say("统一社会信用代码", "code") if value["kind"] == "organisation" else PAPERS[value["paper"]]
        kind = KINDS[value["kind"]]
        return Say(
            f"{value['name']}（{kind}，{paper} {value['number']}）",
            f"{value['name']} ({kind.en}, {paper.en} {value['number']})",
        )
    if field.kind == "address":
        cell = Say(f"，网格 {value['cell']}", f", cell {value['cell']}") if value["cell"] else Say("", "")
        return Say(
            f"{value['text']}（{value['within']}{cell}）", f"{value['text']} ({value['within_en']}{cell.en})"
        )
    return str(value)


def covered(field: Field, value: Any) -> str:
    """The same with what tells who it is covered, for a personal field."""
    if not field.personal:
        return in_words(field, value)
    if field.kind == "subject":
        hidden = dict(value) | {
            "name": mask_name(value["name"]),
            "number": mask_id_number(value["number"]),
        }
        return in_words(field, hidden)
    if field.kind == "address":
        return in_words(field, dict(value) | {"text": mask_address(value["text"]), "cell": ""})
    if field.kind in ("group", "table", "choice", "choices", "long"):
        return Say("（不显示）", "(not shown)")
    how = field.mask or BY_KIND.get(field.kind) or BY_KEY.get(field.key, "all")
    return MASKS[how](str(value))


def _joined(rows: list[list[Any]]) -> Say:
    """Rows of cells as one line in each language."""
    zh = "；".join("，".join(str(cell) for cell in row) for row in rows)
    en = "; ".join(", ".join(cell.en if isinstance(cell, Say) else str(cell) for cell in row) for row in rows)
    return Say(zh, en)
