"""The text of a .docx: one paragraph a line, with the numbers that the word processor adds to headings."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# the namespace of a file saved as “Strict Open XML”
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode())
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
MOST = 20_000_000  # bytes of one part unpacked; a report of 60,000 characters has about 2 million
_DIGITS = "零一二三四五六七八九"


class BadDocument(ValueError):
    """The container cannot be read; the message is one of damaged, encrypted, not_docx, ofd, too_big."""


def text_of_docx(data: bytes) -> str:
    """Paragraphs of the body in order, tables cell by cell; deleted text and tables of contents are left out.

    BadDocument says why not.
    """
    try:
        with ZipFile(BytesIO(data)) as box:
            names = set(box.namelist())
            main = _main(box, names)
            body = _part(box, main)
            beside = {kind: f"{main.rpartition('/')[0]}/{kind}.xml" for kind in ("numbering", "styles")}
            found = {kind: _part(box, name) for kind, name in beside.items() if name in names}
        numbers = Numbers.of(found["numbering"]) if "numbering" in found else Numbers()
        styles = Styles.of(found["styles"]) if "styles" in found else Styles()
        return _text(body, numbers, styles)
    except BadDocument:
        raise
    except (
        BadZipFile,
        ElementTree.ParseError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        zlib.error,
    ) as error:
        # a damaged archive, XML or attribute raises whatever the reader of that part stumbles over
        raise BadDocument("encrypted" if "encrypted" in str(error) else "damaged") from error


def _main(box: ZipFile, names: set[str]) -> str:
    """The name of the part with the body; word/document.xml unless the package says another."""
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for one in _part(box, "_rels/.rels"):
            target = one.get("Target", "").lstrip("/")
            if one.get("Type") in (_MAIN, _MAIN_STRICT) and target in names and target.startswith("word/"):
                return target
    raise BadDocument("ofd" if "OFD.xml" in names else "not_docx")


def _text(body: ElementTree.Element, numbers: Numbers, styles: Styles) -> str:
    lines: list[str] = []
    for paragraph in _paragraphs(body):
        text = "".join(_words(paragraph)).strip()
        style = _value_at(paragraph, f"{_W}pPr/{_W}pStyle")
        if text and style not in styles.contents:
            lines.append(numbers.next(paragraph, styles.numbered.get(style)) + text)
    return "\n".join(lines) + "\n"


def _part(box: ZipFile, name: str) -> ElementTree.Element:
    if box.getinfo(name).file_size > MOST:
        raise BadDocument("too_big")
    xml = box.read(name)  # never more than the size it states
    front = xml[:2000].replace(b"\x00", b"")  # UTF-16 hides nothing
    if b"<!DOCTYPE" in front or b"<!ENTITY" in front:
        raise BadDocument("damaged")  # no word processor writes one; entities can blow up
    return ElementTree.fromstring(xml.replace(*_STRICT))


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


@dataclass(frozen=True, slots=True)
class Styles:
    """What styles of paragraphs say: which are numbered, and how; which are lines of a table of contents."""

    numbered: dict[str, tuple[str, int]] = field(default_factory=dict)  # style id → number id, level
    contents: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: ElementTree.Element) -> Styles:
        """Read word/styles.xml; a style without a number of its own has that of the style it is based on."""
        based: dict[str, str] = {}
        own: dict[str, tuple[str, int]] = {}
        contents = set()
        for style in root.iter(f"{_W}style"):
            key = style.get(f"{_W}styleId", "")
            based[key] = _value(style, "basedOn")
            if _value(style, "name").lower().startswith("toc "):
                contents.add(key)
            mark = style.find(f"{_W}pPr/{_W}numPr")
            if mark is not None:
                own[key] = _value(mark, "numId"), int(_value(mark, "ilvl") or "0")
        numbered = {}
        for key in based:
            at, steps = key, 0
            while at and at not in own and steps < 20:  # a circle ends here
                at, steps = based.get(at, ""), steps + 1
            if at in own:
                numbered[key] = own[at]
        return cls(numbered, frozenset(contents))


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

    def next(self, paragraph: ElementTree.Element, by_style: tuple[str, int] | None = None) -> str:
        """The number in front of this paragraph, its own or `by_style`; nothing where it has none."""
        mark = paragraph.find(f"{_W}pPr/{_W}numPr")
        if mark is not None:
            number, level = _value(mark, "numId"), int(_value(mark, "ilvl") or "0")
        elif by_style:
            number, level = by_style
        else:
            return ""
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


def _value_at(node: ElementTree.Element, path: str) -> str:
    found = node.find(path)
    return "" if found is None else found.get(f"{_W}val", "")


def _value(node: ElementTree.Element, name: str) -> str:
    return _value_at(node, f"{_W}{name}")


def written(n: int, kind: str) -> str:
    """A list number below 100 in Chinese where the list counts in Chinese, else in figures."""
    if not ("chinese" in kind or "japanese" in kind or "ideograph" in kind) or not 0 < n < 100:
        return str(n)
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (
        _DIGITS[ones] if ones or not tens else ""
    )
