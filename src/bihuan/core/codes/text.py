"""What all codes share: the harmless changes, the refusal, and how a character is named in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from bihuan.core.say import Say

LONGEST = 64  # no code has more than 20 characters; anything far beyond is not a code but a text

# Marks people type or paste between groups. They carry no information in any of our codes.
_SEPARATORS = frozenset("-‐‑‒–—―−﹣－·•・‧．.")
# Characters nobody sees: zero-width, soft hyphen, byte order mark, direction marks from chat programs.
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)


class BadCode(ValueError):
    """A text that is not the code it was given as; `say` holds the reason in Chinese and English."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self.say = say


@dataclass(frozen=True, slots=True)
class Code:
    """A code in its one written form, what was changed to get there, and what the code itself tells."""

    value: str
    kind: str
    normalised_from: str | None = None
    changes: tuple[Say, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clean:
    """The text after the harmless changes."""

    text: str
    given: str
    changes: tuple[Say, ...]

    def code(
        self, kind: str, facts: Mapping[str, object], value: str | None = None, also: tuple[Say, ...] = ()
    ) -> Code:
        """The finished code; `normalised_from` is set only where something was changed."""
        value = self.text if value is None else value
        changes = self.changes + also
        return Code(value, kind, self.given if value != self.given else None, changes, facts)


def refuse(zh: str, en: str) -> NoReturn:
    """Raises BadCode with the sentence in both languages."""
    raise BadCode(Say(zh, en))


def clean(given: str, title: Say, separators: bool = True) -> Clean:
    """Half width, capitals, no spaces, invisible characters or hyphens; the rest stays."""
    if not isinstance(given, str):
        raise TypeError(f"{title.en}: a text is expected, not {type(given).__name__}")
    if len(given) > LONGEST * 4:
        refuse(f"{title}不会有 {len(given)} 个字符。", f"{title.en}: {len(given)} characters is not a code.")
    kept: list[str] = []
    seen: dict[str, Say] = {}
    for c in given:
        if c in _INVISIBLE:
            seen.setdefault("invisible", Say("去掉了看不见的字符", "invisible characters removed"))
        elif c.isspace():
            seen.setdefault("space", Say("去掉了空格", "spaces removed"))
        elif separators and c in _SEPARATORS:
            seen.setdefault("separator", Say("去掉了连字符或间隔号", "hyphens or dots removed"))
        else:
            kept.append(_narrow(c, seen))
    if not kept:
        refuse(f"{title}没有填写。", f"{title.en} is empty.")
    text = "".join(kept)
    if len(text) > LONGEST:
        refuse(f"{title}不会有 {len(text)} 个字符。", f"{title.en}: {len(text)} characters is not a code.")
    return Clean(text, given, tuple(seen.values()))


def _narrow(c: str, seen: dict[str, Say]) -> str:
    """The half-width capital of `c`, if that is harmless."""
    if "\uff01" <= c <= "\uff5e":
        seen.setdefault("width", Say("全角改成了半角", "full width made half width"))
        c = chr(ord(c) - 0xFEE0)
    if "a" <= c <= "z":
        seen.setdefault("case", Say("小写改成了大写", "lower case made upper case"))
        c = c.upper()
    return c


def show(c: str) -> Say:
    """A character named so that a reader recognises it, also where it looks like another one."""
    if "A" <= c <= "Z":
        return Say(f"字母 {c}", f"the letter {c}")
    if "0" <= c <= "9":
        return Say(f"数字 {c}", f"the digit {c}")
    if c.isprintable():
        name = unicodedata.name(c, "")
        return Say(f"“{c}”(U+{ord(c):04X})", f"'{c}' (U+{ord(c):04X} {name.lower()})".replace(" )", ")"))
    return Say(f"控制字符 U+{ord(c):04X}", f"the control character U+{ord(c):04X}")


def want_length(text: str, lengths: tuple[int, ...], title: Say) -> None:
    """Refuses a text of another length, saying both lengths."""
    if len(text) not in lengths:
        *most, last = (str(n) for n in lengths)
        zh = f"{'、'.join(most)} 或 {last}" if most else last
        en = f"{', '.join(most)} or {last}" if most else last
        refuse(
            f"{title}应为 {zh} 位，这里有 {len(text)} 位。",
            f"{title.en} has {en} characters; here are {len(text)}.",
        )


def want_digits(text: str, title: Say, first: int = 1) -> None:
    """Refuses the first character of `text` that is not 0-9; `first` is the place of text[0] in the code."""
    for i, c in enumerate(text):
        if not "0" <= c <= "9":
            s = show(c)
            refuse(
                f"{title}第 {first + i} 位应为数字，这里是{s}{twin(c) or '。'}",
                f"{title.en}: place {first + i} must be a digit; here is {s.en}{twin(c).en or '.'}",
            )


# Letters that people write for the digit beside them; the codes that leave them out do so for this reason.
_TWINS = {"O": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}


def twin(c: str) -> Say:
    """A hint at the digit a letter is easily mistaken for, or nothing."""
    if c not in _TWINS:
        return Say("", "")
    return Say(f"，是不是数字 {_TWINS[c]}?", f", perhaps the digit {_TWINS[c]}?")
