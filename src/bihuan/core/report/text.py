"""One canonical text with a map back: punctuation made full-width, markup and stray spaces dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_TO_ONE = str.maketrans(
    {
        "；": "；", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "％": "%",
        "〔": "（", "〕": "）", "「": "“", "」": "”", "『": "“", "』": "”", "＋": "+", "－": "-", "–": "-",
        "∼": "~", "～": "~", "﹪": "%", "\u3000": " ", "\xa0": " ", "\t": " ", "\r": " ", "\ufeff": " ",
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
_DOT = re.compile(r"(?<=\d)．(?=\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """Canonical text and, for each of its characters, the index in the original."""

    original: str
    text: str
    pos: tuple[int, ...]
    front: dict[str, str]

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
    skipped = {m.start(): m.end() for m in (*_COMMENT.finditer(original), *_TAG.finditer(original))}
    changed = original.translate(_ONE_TO_ONE)
    changed = _DOT.sub(".", _COMMA.sub("，", changed))
    out: list[str] = []
    pos: list[int] = []
    i, size = start, len(changed)
    while i < size:
        if i in skipped:
            i = skipped[i]
            continue
        end = changed.find("\n", i)
        end = size if end < 0 else end
        _add_line(changed, i, end, skipped, out, pos)
        i = end + 1
    return Source(original, "".join(out), tuple(pos), front)


def _add_line(text: str, a: int, b: int, skipped: dict[int, int], out: list[str], pos: list[int]) -> None:
    mark = len(out)
    opened = False
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
        elif c == "#" and len(out) == mark:
            i += 1
            continue
        elif c == '"':
            c = "”" if opened else "“"
            opened = not opened
        out.append(c)
        pos.append(i)
        i += 1
    if len(out) > mark:
        out.append("\n")
        pos.append(min(b, len(text) - 1))


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()
