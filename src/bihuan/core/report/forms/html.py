"""The text of a web page: one block a line, scripts and menus left out. Every step is linear in the size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_BLOCK = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr table tbody section article header main aside body blockquote "
    "center hr form fieldset figure figcaption pre address".split()
)
_UNSEEN = frozenset(
    "script style noscript template nav footer select button svg iframe textarea title object".split()
)
_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_LINKS = re.compile("([\ue000\ue001])")
_MARK = re.compile("[>\"']")
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000]+")
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")


_LINK, _LINK_END = "\ue000", "\ue001"  # stand for <a> and </a> until lines are weighed
_MENU = 0.5  # share of a line in links that makes it a menu, a bread crumb or a list of other pages


def looks_like_html(head: str) -> bool:
    """Whether the text begins as a page does, not as Markdown with a tag in it."""
    return bool(
        re.match(
            r"\s*(?:\ufeff)?\s*(?:<\?xml[^<>]{0,200}>\s*)?<(?:!doctype\s+html|html[\s>])", head[:600], re.I
        )
    )


def charset(data: bytes) -> str:
    """The encoding a page declares for itself, or nothing."""
    m = _CHARSET.search(data[:4096])
    return m.group(1).decode("ascii").lower() if m else ""


def text_of_html(page: str) -> str:
    """Blocks of the page in reading order, one a line, spaces of the layout and lines of links dropped."""
    page = page.replace(_LINK, "").replace(_LINK_END, "")
    low = re.sub("[A-Z]", lambda m: m.group().lower(), page)  # str.lower would shift offsets
    out: list[str] = []
    never: set[str] = set()  # elements known not to be closed any more: each is looked for once
    i, size = 0, len(page)
    while i < size:
        j = page.find("<", i)
        if j < 0:
            out.append(_SPACE.sub(" ", unescape(page[i:])))
            break
        out.append(_SPACE.sub(" ", unescape(page[i:j])))
        i = _after(page, low, j, out, never)
    lines = (_GAP.sub("", line).strip() for line in _without_menus("".join(out).split("\n")))
    return "\n".join(line for line in lines if line) + "\n"


def _without_menus(lines: list[str]) -> Iterator[str]:
    """Lines without the marks of links; one that is mostly links and no sentence is left out."""
    for line in lines:
        inside, linked, parts = False, 0, []  # a link that is never closed spoils one line only
        for piece in _LINKS.split(line):
            if piece in (_LINK, _LINK_END):
                inside = piece == _LINK
            else:
                parts.append(piece)
                linked += len(piece.strip()) * inside
        text = "".join(parts)
        if "。" in text or linked < _MENU * len(text.strip()) or not linked:
            yield text


def _after(page: str, low: str, j: int, out: list[str], never: set[str]) -> int:
    """Where reading goes on after the tag at `j`; a block starts a new line, a cell a space."""
    if page.startswith("<!--", j):
        end = page.find("-->", j + 4)
        return end + 3 if end >= 0 else len(page)
    m = _NAME.match(low, j)
    if not m and page[j + 1 : j + 2] not in ("!", "?"):
        out.append("<")
        return j + 1
    end = _tag_end(page, j)
    if not m:
        return end
    name = m.group(1)
    if name in _UNSEEN and name not in never and page[j + 1] != "/" and page[end - 2] != "/":
        close = low.find(f"</{name}", end)
        if close >= 0:
            return _tag_end(page, close)
        never.add(name)
    elif name in _BLOCK:
        out.append("\n")
    elif name in ("td", "th"):
        out.append(" ")
    elif name == "a":
        out.append(_LINK_END if page[j + 1] == "/" else _LINK)
    return end


def _tag_end(page: str, j: int) -> int:
    """Behind the > that ends the tag at `j`; one inside quotation marks does not."""
    i = j
    while m := _MARK.search(page, i):
        i = m.end()
        if m.group() == ">":
            return i
        shut = page.find(m.group(), i, i + 2000)
        i = shut + 1 if shut >= 0 else i
    return len(page)
