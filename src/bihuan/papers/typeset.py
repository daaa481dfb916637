"""Papers as PDF, set by typst: the same facts give the same bytes. Every value is data; none is read as markup."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import segno
import typst

from bihuan.core.say import Say
from bihuan.papers.fonts import families

HERE = Path(__file__).parent
# 行政许可法§39 wants the seal of the office on a licence; none is connected, and nothing is drawn that looks like one.
NO_SEAL = Say("未接电子印章：本件没有盖章", "No electronic seal is connected: this paper bears no seal")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """What every paper shows: who issues what under which number and date, and where it is checked."""

    unit: Say
    number: str
    title: Say
    on: date
    link: str
    example: bool


Body = tuple[Sequence[str], Sequence[str]]  # paragraphs, names of attachments


def letter_pdf(face: Face, to: Say, body: Body, body_en: Body) -> bytes:
    """A letter in the format for letters of GB/T 9704-2012, the English translation on a page of its own. `to` is the
    addressee, "" where nobody is named; no paragraphs in English, no translation."""
    said = {
        "to": [str(to), to.en], "zh": list(body[0]), "attached": list(body[1]), "en": list(body_en[0]),
        "attached_en": list(body_en[1]), "layout": layout(),
    }  # fmt: skip
    return _set("letter.typ", face, said)


def certificate_pdf(face: Face, rows: Sequence[tuple[Say, Say]], note: Say) -> bytes:
    """A certificate on A4 across: its rows as label and value, both languages."""
    told = [[str(label), label.en, str(value), value.en] for label, value in rows]
    return _set("certificate.typ", face, {"rows": told, "note": [str(note), note.en]})


@cache
def layout() -> dict[str, Any]:
    """The measures of the standard, with their source."""
    return tomllib.loads((HERE / "layout.toml").read_text(encoding="utf-8"))


def day_zh(on: date) -> str:
    """A date as it stands under a letter: no leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{on.year}年{on.month}月{on.day}日"


def day_en(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def _set(template: str, face: Face, more: dict[str, Any]) -> bytes:
    text, heading = families()
    told = more | {
        "fonts": [text, heading], "unit": [str(face.unit), face.unit.en], "number": face.number,
        "title": [str(face.title), face.title.en], "date": [day_zh(face.on), day_en(face.on)], "link": face.link,
        "seal": [str(NO_SEAL), NO_SEAL.en],
        "qr": segno.make(face.link, error="m").svg_inline(scale=4, border=0), "example": face.example,
    }  # fmt: skip
    plain = {
        key: value if key in ("layout", "example") else _without_controls(value)
        for key, value in told.items()
    }
    moment = int(datetime(face.on.year, face.on.month, face.on.day, tzinfo=UTC).timestamp())
    made: Any = typst.compile(
        (HERE / template).read_bytes(), format="pdf", sys_inputs={"facts": orjson.dumps(plain).decode()},
        timestamp=moment, pdf_standards=["ua-1"],
    )  # fmt: skip
    return bytes(made)


def _without_controls(value: Any) -> Any:
    """Text without characters that no font has a shape for."""
    if isinstance(value, str):
        return "".join(c for c in value if c == "\n" or c.isprintable())
    return [_without_controls(one) for one in value]
