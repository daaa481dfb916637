"""The text of a .pdf: lines of the page put together to paragraphs, page numbers and running heads left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from bihuan.core.report.forms.columns import in_order
from bihuan.core.report.forms.docx import BadDocument

if TYPE_CHECKING:
    from pypdf import PageObject

PAGES = 400  # a work report has 20 to 60
# damaged files reach deep into the reader, which raises whatever it stumbles over
_BROKEN = (ArithmeticError, LookupError, ValueError, TypeError, AttributeError, RuntimeError, OSError)
_NUMBER = re.compile(r"^[\s—–\-－·第页共/]*\d{0,4}[\s—–\-－·第页共/\d]*$")
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(
    r"(?<=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u2018-\u201d\u3000-\u9fff\uff00-\uffef])"
)
# fonts share one drawing between a character and the radical of that name; files then often name the radical
_RADICALS = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)} | dict(
    zip(
        map(ord, "⼾⿈⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻁⺁⻒⻂⻃⻎"),
        "户黄母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟虎厂镸衤西辶",
        strict=True,
    )
)
_ENDS = tuple("。！？：；”）.!?:;…")
_HEAD = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|是)|（[一二三四五六七八九十]{1,3}）|\(?[一二三四五六七八九十]{1,3}\)|\d{1,2}[.、．](?!\d)|各位代表|——)"
)


def text_of_pdf(data: bytes) -> str:
    """Paragraphs, one a line; an empty text where the pages hold pictures only. BadDocument says why not."""
    from pypdf import PdfReader  # loaded when needed: no other form pays for it
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadDocument("encrypted")
        if len(reader.pages) > PAGES:
            raise BadDocument("too_big")
        pages = [_page(page) for page in reader.pages]
    except DependencyError as error:
        raise BadDocument("encrypted") from error  # a cipher that pypdf leaves to another package
    except BadDocument:
        raise
    except (PyPdfError, *_BROKEN) as error:
        raise BadDocument("encrypted" if "encrypt" in str(error).lower() else "damaged") from error
    return paragraphs(pages)


def _page(page: PageObject) -> str:
    """The printed lines of a page in reading order; as they were written where their places cannot be told."""
    plain = page.extract_text()
    try:
        printed = page.extract_text(extraction_mode="layout")
    except _BROKEN:
        return plain
    return in_order(plain, printed)


def paragraphs(pages: list[str]) -> str:
    """Join the printed lines of pages: a full line that ends no sentence goes on in the next one."""
    rows = [[_clean(line) for line in page.split("\n") if line.strip()] for page in pages]
    running = _running(rows)
    lines = [
        (opens, line) for page in rows for opens, line in page
        if not _NUMBER.match(line) and _DIGITS.sub("", line) not in running
    ]  # fmt: skip
    if not lines:
        return ""
    indents = sum(opens for opens, _ in lines)
    by_indent = 3 <= indents < len(lines) * 0.7  # where some lines are indented, those open the paragraphs
    widths = sorted(len(line) for _, line in lines)
    full = widths[int(len(widths) * 0.9)] * 0.85
    out: list[str] = []
    last = 0  # length of the printed line that was added last
    for opens, line in lines:
        fresh = opens and by_indent or _HEAD.match(line) and (not by_indent or last < full)
        ended = bool(out) and out[-1].endswith(_ENDS)
        if out and not fresh and (last >= full or (last >= full * 0.6 and not ended)):
            out[-1] += line
        else:
            out.append(line)
        last = len(line)
    return "\n".join(out) + "\n"


def _clean(line: str) -> tuple[bool, str]:
    """Whether the line is indented, and the line without the spaces of the layout and with plain characters."""
    text = _GAP.sub("", line.translate(_RADICALS))
    return line[:2].isspace(), text.strip()


def _running(rows: list[list[tuple[bool, str]]]) -> set[str]:
    """Heads and feet without figures: the same line at the edge of at least two pages and of half of them."""
    edges = Counter(
        text
        for page in rows
        for text in {_DIGITS.sub("", line) for _, line in (*page[:2], *page[-2:])}
        if len(text) < 60
    )
    return {line for line, n in edges.items() if n >= 2 and n * 2 >= len(rows)}
