"""What a text is looked up by: pairs of characters, how they sound, the initials of the sounds, English words.

A term carries its kind as its first letter: `c食品` characters, `y.shi.pin` sounds (so 结昏 still finds 结婚), `ispjy`
initials, `wcompany` a word.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bihuan.core.line.seek import STOP

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z][a-z']*")
SYLLABLES = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|ia|ie|in|iu|ou"
    r"|ua|ue|ui|un|uo|a|e|i|o|u|v)|ang|ai|an|ao|er|en|ei|ou|a|e|o"
)
SHORTEST, LONGEST = 3, 8  # letters of initials that count as such
COMMON = frozenset(
    "the and for from with you your can how what where who want need get does not are was has have had apply open start".split()
)


@lru_cache(maxsize=20_000)
def sounds(text: str) -> tuple[str, ...]:
    """The syllable of each Chinese character, without tones: 食品 is shi, pin."""
    from pypinyin import lazy_pinyin  # its dictionaries are read when something is first searched

    return tuple(one.replace("ü", "v") for one in lazy_pinyin(text, errors="ignore"))


def syllables(word: str) -> tuple[str, ...]:
    """A word in Latin letters as syllables of pinyin, empty where it is none: jiehun is jie, hun."""

    def rest(at: int) -> tuple[str, ...] | None:
        if at == len(word):
            return ()
        for length in range(min(6, len(word) - at), 0, -1):
            head = word[at : at + length]
            if SYLLABLES.fullmatch(head) and (more := rest(at + length)) is not None:
                return (head, *more)
        return None

    return (rest(0) or ()) if len(word) <= 40 else ()


def heard(spoken: Sequence[str]) -> list[str]:
    """The terms of neighbouring syllables."""
    return [f"y.{a}.{b}" for a, b in pairwise(spoken)]


def initials(spoken: Sequence[str]) -> list[str]:
    """Every run of initials that somebody may type: sp, spj, spjy, pjy of 食品经营; three letters at least."""
    letters = "".join(one[0] for one in spoken)
    return [
        f"i{letters[a:b]}"
        for a in range(len(letters))
        for b in range(a + SHORTEST, min(a + LONGEST, len(letters)) + 1)
    ]


def stem(word: str) -> str:
    """An English word without the endings that change from sentence to sentence."""
    for ending in ("ation", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def written(text: str) -> list[str]:
    """Pairs of Chinese characters; what carries no meaning parts them."""
    found = []
    for run in HAN.findall(text):
        found += [f"c{a}{b}" for a, b in pairwise(run) if a not in STOP and b not in STOP]
    return found


def spoken_of(text: str) -> list[str]:
    """Terms of the sounds of the Chinese in a text."""
    return [term for run in HAN.findall(text) for term in heard(sounds(run))]


def words_of(text: str) -> list[str]:
    """Terms of the English words in a text."""
    return [f"w{stem(word)}" for word in LATIN.findall(text) if len(word) > 2 and word not in COMMON]


def terms_of(text: str) -> list[str]:
    """Everything that a name of the catalogue is looked up by."""
    text = text.casefold()
    short = [term for run in HAN.findall(text) for term in initials(sounds(run))]
    return [*written(text), *spoken_of(text), *short, *words_of(text)]


def asked_of(text: str) -> dict[str, float]:
    """The terms of what somebody types, with how much each counts: written as it is counts more than how it sounds."""
    text = text.casefold()
    found: dict[str, float] = {}
    for term in written(text):
        found[term] = 1.0
    for term in spoken_of(text):
        found[term] = 0.35
    for word in LATIN.findall(text):
        if len(word) > 2 and word not in COMMON:
            found[f"w{stem(word)}"] = 1.0
        for term in heard(syllables(word)):
            found[term] = 0.8
        if SHORTEST <= len(word) <= LONGEST and not set("iuv'") & set(word):
            found[f"i{word}"] = 1.0
    return found


def number(term: str) -> int:
    """A term as a number of 32 bits with sign; two terms that share one only make a candidate too many."""
    return (zlib.crc32(term.encode()) ^ 0x8000_0000) - 0x8000_0000
