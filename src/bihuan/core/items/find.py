"""Finds items by the way people speak, ranks them, and says why each was found."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bihuan.core.items.parts import Item, natural
from bihuan.core.items.terms import asked_of, number, terms_of
from bihuan.core.line.seek import STOP
from bihuan.core.say import Say

ENOUGH = 3.2  # a score below it is chance: one pair of characters that many items have, or a sound alone
NEAR = 0.25  # what scores less than this part of the best is left out
WORD, WHOLE, DOING = (
    9.0,
    40.0,
    1.5,
)  # a word of the item's own list found in the question; its name entire; what is done to it
TELLING = 4.6  # what a term counts that a single power has


@dataclass(frozen=True, slots=True)
class Saying:
    """What people say: the words of the catalogue it means, or what is done to an item; from a dated table."""

    said: str
    means: tuple[str, ...]
    doing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: its text, its terms with their weight, the words it means with what was said, what is done."""

    text: str
    terms: Mapping[str, float]
    means: Mapping[str, str]
    doing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """An item as it is looked up: each term with the weight of the best place it stands in."""

    names: tuple[str, ...]  # name and what is done, casefolded
    words: tuple[str, ...]
    doing: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that answers, how well, and why it was found."""

    item: Item
    score: float
    why: Say


def sheet(item: Item) -> Sheet:
    """What an item is found by: its name before its everyday words, its results and its occasions of life."""
    weights: dict[str, float] = {}
    places: tuple[tuple[float, Iterable[str]], ...] = (
        (3.0, (item.name, item.name.en)),
        (3.0, item.words),
        (2.0, (*item.result, *(one.en for one in item.result))),
        (1.5, (item.part, item.part.en)),
        (1.5, (*item.life, *(one.en for one in item.life))),
        (0.6, (item.doing, item.doing.en)),
    )
    for weight, texts in places:
        for text in texts:
            for term in terms_of(text):
                weights[term] = max(weight, weights.get(term, 0.0))
    names = tuple(one.casefold() for one in (item.name, item.name.en) if one)
    return Sheet(names, tuple(one.casefold() for one in item.words), item.doing.casefold(), weights)


def numbers(item: Item) -> list[int]:
    """The terms of an item as the database keeps them."""
    return sorted({number(term) for term in sheet(item).weights})


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Every item with its sheet, and how much each term tells: the fewer powers have it, the more."""

    items: Mapping[str, Item]
    sheets: Mapping[str, Sheet]
    rare: Mapping[str, float]

    @classmethod
    def of(cls, items: Mapping[str, Item]) -> Index:
        """Read every item once."""
        sheets = {code: sheet(item) for code, item in items.items()}
        powers: dict[str, set[str]] = {}
        for code, one in sheets.items():
            powers.setdefault(items[code].power, set()).update(one.weights)
        seen = Counter(term for terms in powers.values() for term in terms)
        many = math.log(1 + len(powers))
        rare = {term: TELLING * math.log(1 + len(powers) / n) / many for term, n in seen.items()}
        return cls(items, sheets, rare)

    def telling(self, asked: Asked) -> list[int]:
        """The terms by which candidates are fetched, as numbers; those that no item has are left out."""
        words = [term for word in asked.means for term in terms_of(word) if term[0] in "cw"]
        return [number(term) for term in dict.fromkeys([*asked.terms, *words]) if term in self.rare]


def understand(text: str, sayings: Sequence[Saying]) -> Asked:
    """Read a question; of sayings that lie within each other the longest counts."""
    wanted = " ".join(text.casefold().split())
    means: dict[str, str] = {}
    doing: set[str] = set()
    rest = wanted
    for one in sorted(sayings, key=lambda saying: -len(saying.said)):
        if _says(rest, one.said):
            rest = rest.replace(one.said, " ")
            for word in one.means:
                means.setdefault(word, one.said)
            doing.update(one.doing)
    return Asked(wanted, asked_of(wanted), means, frozenset(doing))


def _says(text: str, said: str) -> bool:
    if not said.isascii():
        return said in text
    return re.search(rf"(?<![a-z]){re.escape(said)}(?![a-z])", text) is not None


def rank(asked: Asked, index: Index, among: Iterable[str] | None = None) -> list[Hit]:
    """The items (of the codes given, or all) that answer, best first, with the reason; what is only chance is left out."""
    codes = index.items if among is None else among
    hits = [hit for code in codes if (hit := _hit(asked, index.items[code], index.sheets[code], index.rare))]
    if not hits:
        return []
    bar = max(ENOUGH, NEAR * max(hit.score for hit in hits))
    return sorted(
        (hit for hit in hits if hit.score >= bar), key=lambda hit: (-hit.score, natural(hit.item.code))
    )


def nearest(text: str, lives: Iterable[Say], most: int = 6) -> list[Say]:
    """The occasions of life that share the most with words that found nothing; the first ones where none shares any."""
    wanted = {*text.casefold()} - STOP | set(asked_of(text))

    def shared(life: Say) -> int:
        return len(wanted & {*life, *terms_of(life), *terms_of(life.en)})

    return sorted(lives, key=lambda life: -shared(life))[:most]


def _hit(asked: Asked, item: Item, sheet: Sheet, rare: Mapping[str, float]) -> Hit | None:
    if asked.text in (item.code.casefold(), item.power.casefold()):
        return Hit(item, 1000.0, Say("编码就是它", "This is its code"))
    reasons: list[tuple[float, Say]] = []
    for word, said in asked.means.items():
        if worth := _meant(word, said, sheet):
            reasons.append((worth, Say(f"因为您说“{said}”", f"Because you said “{said}”")))
    for word in sheet.words:
        if word in asked.text:
            reasons.append((WORD + len(word), Say(f"因为您说“{word}”", f"Because you said “{word}”")))
    for name in sheet.names:
        if name in asked.text or (len(asked.text) > 1 and asked.text in name):
            reasons.append((WHOLE, Say(f"名称里有“{asked.text}”", f"“{asked.text}” is in its name")))
    meant = sum(worth for worth, _ in reasons)
    by_terms = {
        term: weight * sheet.weights[term] * rare[term]
        for term, weight in asked.terms.items()
        if term in sheet.weights
    }
    score = meant + sum(by_terms.values()) / 2
    if not score:
        return None
    score += DOING * (sheet.doing in asked.doing)
    if reasons:
        return Hit(item, score, max(reasons, key=lambda one: one[0])[1])
    return Hit(item, score, _because(max(by_terms, key=lambda term: by_terms[term])))


def _meant(word: str, said: str, sheet: Sheet) -> float:
    """How much it counts that a word meant stands in the name or the everyday words; the more was said, the more."""
    if any(word in name for name in sheet.names):
        return 2 * WORD + len(said)
    return WORD + len(said) if any(word in one for one in sheet.words) else 0.0


def _because(term: str) -> Say:
    kind, text = term[0], term[1:].strip(".").replace(".", " ")
    if kind == "c":
        return Say(f"里面有“{text}”", f"“{text}” is in it")
    if kind == "w":
        return Say(f"里面有“{text}”", f"“{text}…” is in it")
    if kind == "i":
        return Say(f"拼音首字母 {text}", f"Initials of its pinyin: {text}")
    return Say(f"读音是 {text}", f"It sounds like {text}")
