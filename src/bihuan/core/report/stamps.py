"""What a web page leaves inside the text: its stamp at the end of paragraphs, and quotation marks spelled out."""

from __future__ import annotations

import re
from collections import Counter

# a stamp is Latin letters and figures behind Chinese, where the line ends or a wide gap stands
_STAMP = re.compile(
    r"(?<=[\u4e00-\u9fff。，；：！？”）、…—,;:!?)])([A-Za-z0-9]{2,6})(?=[ \u3000]*(?:\n|\Z)|[ \u3000]{2,})"
)
_CLOSED = "。！？：；”）!?:;)"
_LEAST = 5
_NAMES = {
    "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "nbsp": " ", "ensp": " ", "emsp": " ", "middot": "·",
    "mdash": "—", "ndash": "-", "hellip": "…", "amp": "&", "quot": '"', "permil": "‰", "times": "×", "bull": "·",
}  # fmt: skip
_ENTITY = re.compile("|".join(r"\n?".join(f"&{name};") for name in _NAMES))
# ;;八大工程;;: quotation marks that became two semicolons each
_DOUBLED = re.compile(r"(?<![；;])[；;]{2}([^；;\n]{1,24}(?:\n[^；;\n]{1,24})?)[；;]{2}(?![；;])")


def blanked(text: str) -> str:
    """The text with stamps blanked and spelled-out marks printed, every other character where it was."""
    if "&" in text:
        text = _ENTITY.sub(_printed, text)
    if "；；" in text or ";;" in text:
        text = _DOUBLED.sub(lambda m: f"“ {m.group(1)} ”", text)
    found = Counter(m.group(1) for m in _STAMP.finditer(text))
    for stamp, n in found.items():
        if n >= _LEAST and re.search("[A-Za-z]", stamp) and _ends_paragraphs(text, stamp):
            text = _without(text, stamp)
    return text


def _printed(m: re.Match[str]) -> str:
    name = m.group().strip("&;").replace("\n", "")
    return _NAMES[name] + " " * (len(m.group()) - 1)


def _ends_paragraphs(text: str, stamp: str) -> bool:
    """Whether the word stands where paragraphs end; GDP at the end of a broken line does not."""
    before = [text[m.start() - 1] for m in _STAMP.finditer(text) if m.group(1) == stamp]
    return 3 * sum(1 for c in before if c in _CLOSED) >= len(before)


def _without(text: str, stamp: str) -> str:
    """The text with the stamp blanked; as every paragraph carries it, the line breaks between are no paragraphs."""
    torn = re.compile(r"(?<=[^A-Za-z0-9])" + r"\n?".join(stamp) + r"(?=[ \u3000]*(?:\n|\Z)|[ \u3000]{2,})")
    out, done = "", 0
    for m in torn.finditer(text):
        said = text[done : m.start()]
        # what precedes the first stamp (titles, navigation) keeps its lines; * is layout and falls away
        out += said if not done else said[:1] + re.sub(r"\n", "*", said[1:]).replace("**", "* ")
        out += " " * (len(m.group()) - 1) + "\n"
        done = m.end()
    return out + text[done:]
