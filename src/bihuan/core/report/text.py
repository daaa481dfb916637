"""One canonical text with a map back: punctuation made full-width, markup and stray spaces dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bihuan.core.report.stamps import blanked
from bihuan.core.report.wrap import wrap

_ONE_TO_ONE = str.maketrans(
    {
        "；": "；", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "％": "%",
        "〔": "（", "〕": "）", "「": "“", "」": "”", "『": "“", "』": "”", "＋": "+", "－": "-", "–": "-",
        "∼": "～", "~": "～", "﹪": "%", "\u3000": " ", "\xa0": " ", "\t": " ", "\r": " ", "\ufeff": " ",
        "\u200b": " ", "═": " ",
        **{chr(c): " " for c in (*range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F)},
        **{chr(0xFF10 + i): str(i) for i in range(10)},
        **{chr(0xFF21 + i): chr(65 + i) for i in range(26)},
        **{chr(0xFF41 + i): chr(97 + i) for i in range(26)},
    }
)  # fmt: skip
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)---[ \t]*\n", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_TITLE_IN_LINE = re.compile(
    r"\s*\*\*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^*\n。]{2,50}\*\*(?=[^\n]*[\u4e00-\u9fff])"
)
_DOT = re.compile(r"(?<=\d)．(?=\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """Canonical text and, for each of its characters, the index in the original."""

    original: str
    text: str
    pos: tuple[int, ...]
    front: dict[str, str]
    aside: tuple[tuple[int, int], ...] = ()  # watermarks and page numbers, in the original

    def span(self, a: int, b: int) -> tuple[int, int]:
        """Turn a canonical [a, b) into the span of the original."""
        if a >= len(self.pos):
            return (len(self.original), len(self.original))
        return (self.pos[a], self.pos[max(a, b - 1)] + 1)


def prepare(original: str) -> Source:
    """Make the canonical text; paragraphs are separated by one newline each, blank lines vanish."""
    front: dict[str, str] = {}
    start = 0
    if m := _FRONT.match(original):
        start = m.end()
        for line in m.group(1).splitlines():
            key, _, value = line.partition(":")
            front[key.strip()] = value.strip()
    closed = original.rfind("-->") + 3  # beyond it no comment ends: looking would take quadratic time
    comments = _COMMENT.finditer(original, 0, closed if closed > 2 else 0)
    skipped = {m.start(): m.end() for m in (*comments, *_TAG.finditer(original))}
    changed = blanked(original).translate(_ONE_TO_ONE)
    changed = _DOT.sub(".", _COMMA.sub("，", changed))
    lines = _lines(changed, start, skipped)
    judged = wrap(["".join(chars) for chars, _, _ in lines])
    out: list[str] = []
    pos: list[int] = []
    aside: list[tuple[int, int]] = []
    for n, (chars, at, end) in enumerate(lines):
        if n in judged.aside:
            aside.append((at[0], at[-1] + 1))
        elif chars:
            out += chars
            pos += at
            if n not in judged.joins:
                out.append("\n")
                pos.append(min(end, len(changed) - 1))
    if out and out[-1] != "\n":
        out.append("\n")
        pos.append(len(changed) - 1)
    text = "".join(out)
    if '"' in text:
        text = _paired(text)
    return Source(original, text, tuple(pos), front, tuple(aside))


def _lines(text: str, start: int, skipped: dict[int, int]) -> list[tuple[list[str], list[int], int]]:
    """Each line as its characters without layout, their places, and where the line ends."""
    lines: list[tuple[list[str], list[int], int]] = []
    i, size = start, len(text)
    while i < size:
        if i in skipped:
            i = skipped[i]
            continue
        end = text.find("\n", i)
        end = size if end < 0 else end
        # **一、工作回顾** 过去的一年…: a bold numbered title and the text after it are two paragraphs
        bold = _TITLE_IN_LINE.match(text, i, end)
        for a, b in ((i, bold.end()), (bold.end(), end)) if bold else ((i, end),):
            chars: list[str] = []
            at: list[int] = []
            _add_line(text, a, b, skipped, chars, at)
            lines.append((chars, at, b))
        i = end + 1
    return lines


def _add_line(text: str, a: int, b: int, skipped: dict[int, int], out: list[str], pos: list[int]) -> None:
    i = a
    while i < b:
        if i in skipped:
            i = skipped[i]
            continue
        c = text[i]
        if c == "*" or c == " ":
            # a space between two Latin letters or figures separates words; any other is layout
            if not (c == " " and 0 < i < b - 1 and _latin(text[i - 1]) and _latin(text[i + 1])):
                i += 1
                continue
        elif c == "#" and not out:
            i += 1
            continue
        out.append(c)
        pos.append(i)
        i += 1


def _paired(text: str) -> str:
    """Straight quotation marks opened and closed in turn, each paragraph for itself."""
    out = []
    for line in text.split("\n"):
        parts = line.split('"')
        out.append("".join(p + ("" if k == len(parts) - 1 else "“”"[k % 2]) for k, p in enumerate(parts)))
    return "\n".join(out)


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()
