"""The text of a .docx: one paragraph a line, with the numbers that the word processor adds to headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MOST = 60_000_000  # bytes of one part unpacked; a report of 60,000 characters has about 2 million
_DIGITS = "零一二三四五六七八九"


class BadDocument(ValueError):
    """The container cannot be read; the message is one of damaged, encrypted, not_docx, too_big."""


def text_of_docx(data: bytes) -> str:
    """Paragraphs of the body in order, tables cell by cell, deleted text left out. BadDocument says why not."""
    try:
        with ZipFile(BytesIO(data)) as box:
            names = set(box.namelist())
            if "word/document.xml" not in names:
                raise BadDocument("not_docx")
            body = _part(box, "word/document.xml")
            numbers = (
                Numbers.of(_part(box, "word/numbering.xml")) if "word/numbering.xml" in names else Numbers()
            )
    except (
        BadZipFile,
        ElementTree.ParseError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise BadDocument("encrypted" if "encrypted" in str(error) else "damaged") from error
    lines: list[str] = []
    for paragraph in _paragraphs(body):
        text = "".join(_words(paragraph)).strip()
        if text:
            lines.append(numbers.next(paragraph) + text)
    return "\n".join(lines) + "\n"


def _part(box: ZipFile, name: str) -> ElementTree.Element:
    if box.getinfo(name).file_size > MOST:
        raise BadDocument("too_big")
    xml = box.read(name)  # never more than the size it states
    if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml[:2000]:
        raise BadDocument("damaged")  # no word processor writes one; entities can blow up
    return ElementTree.fromstring(xml)


def _paragraphs(node: ElementTree.Element) -> list[ElementTree.Element]:
    """Paragraphs in document order; the second copy that old readers get of a text box is left out."""
    out: list[ElementTree.Element] = []
    todo = [node]
    while todo:
        one = todo.pop()
        if one.tag == _FALLBACK:
            continue
        if one.tag == f"{_W}p":
            out.append(one)
        todo.extend(reversed(one))
    return out


def _words(paragraph: ElementTree.Element) -> list[str]:
    out: list[str] = []
    todo = list(reversed(paragraph))
    while todo:
        one = todo.pop()
        if one.tag in (f"{_W}p", f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            continue  # a text box has paragraphs of its own
        if one.tag == f"{_W}t":
            out.append(one.text or "")
        elif one.tag in (f"{_W}br", f"{_W}cr"):
            out.append("\n")
        elif one.tag == f"{_W}tab":
            out.append(" ")
        todo.extend(reversed(one))
    return out


@dataclass(slots=True)
class Numbers:
    """The automatic numbers of the lists of a document, counted on as paragraphs come."""

    levels: dict[str, dict[int, tuple[str, str, int]]] = field(
        default_factory=dict
    )  # number id → level → format
    seen: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: ElementTree.Element) -> Numbers:
        """Read word/numbering.xml."""
        shapes: dict[str, dict[int, tuple[str, str, int]]] = {}
        for shape in root.iter(f"{_W}abstractNum"):
            shapes[shape.get(f"{_W}abstractNumId", "")] = {
                int(level.get(f"{_W}ilvl", "0")): (
                    _value(level, "numFmt"), _value(level, "lvlText"), int(_value(level, "start") or "1"),
                )
                for level in shape.iter(f"{_W}lvl")
            }  # fmt: skip
        found = {
            one.get(f"{_W}numId", ""): shapes.get(_value(one, "abstractNumId"), {})
            for one in root.iter(f"{_W}num")
        }
        return cls(found)

    def next(self, paragraph: ElementTree.Element) -> str:
        """The number in front of this paragraph; nothing where it has none of its own."""
        mark = paragraph.find(f"{_W}pPr/{_W}numPr")
        if mark is None:
            return ""
        number, level = _value(mark, "numId"), int(_value(mark, "ilvl") or "0")
        shape = self.levels.get(number, {})
        if level not in shape or shape[level][0] in ("bullet", "none"):
            return ""
        for key in [k for k in self.seen if k[0] == number and k[1] > level]:
            del self.seen[key]
        self.seen[number, level] = self.seen.get((number, level), shape[level][2] - 1) + 1

        def at(m: re.Match[str]) -> str:
            n = int(m.group(1)) - 1
            kind, _, start = shape.get(n, ("decimal", "", 1))
            return written(self.seen.get((number, n), start), kind)

        return re.sub(r"%(\d)", at, shape[level][1])


def _value(node: ElementTree.Element, name: str) -> str:
    found = node.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def written(n: int, kind: str) -> str:
    """A list number below 100 in Chinese where the list counts in Chinese, else in figures."""
    if not ("chinese" in kind or "japanese" in kind or "ideograph" in kind) or not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (
        _DIGITS[ones] if ones or not tens else ""
    )
