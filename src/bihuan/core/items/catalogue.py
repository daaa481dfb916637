"""The catalogue as a whole: found by code, by words, by occasion of life; entries whose basis has lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.core.items.basis import lapsed
from bihuan.core.items.parts import Item, Law, Material, Power
from bihuan.core.items.read import Entry
from bihuan.core.line.seek import pairs
from bihuan.core.say import Say


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything in force, in the order of the codes."""

    powers: Mapping[str, Power]
    items: Mapping[str, Item]
    materials: Mapping[str, tuple[Material, ...]]
    laws: Mapping[str, Law]
    names: Mapping[str, str]  # item → what a search looks at

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Catalogue:
        """Build it from the entries in force."""
        powers: dict[str, Power] = {}
        items: dict[str, Item] = {}
        materials: dict[str, list[Material]] = {}
        laws: dict[str, Law] = {}
        for entry in entries:
            if isinstance(entry, Power):
                powers[entry.code] = entry
            elif isinstance(entry, Item):
                items[entry.code] = entry
            elif isinstance(entry, Material):
                materials.setdefault(entry.item, []).append(entry)
            else:
                laws[entry.law] = entry
        return cls(
            dict(sorted(powers.items())),
            dict(sorted(items.items(), key=lambda one: natural(one[0]))),
            {code: tuple(sorted(rows, key=lambda row: natural(row.key))) for code, rows in materials.items()},
            laws,
            {code: _names(item) for code, item in items.items()},
        )

    def lapsed(self, code: str, on: date) -> list[Say]:
        """Why the basis of a power or an item no longer stands; empty where nothing is known against it."""
        found: Power | Item = self.powers[code] if code in self.powers else self.items[code]
        return lapsed(found.basis, self.laws, on)

    def siblings(self, code: str) -> tuple[Item, ...]:
        """The items under the same power, this one among them."""
        return tuple(one for one in self.items.values() if one.power == self.items[code].power)

    def lives(self) -> dict[Say, int]:
        """The occasions of life, with how many powers each concerns, the most first."""
        found: dict[Say, set[str]] = {}
        for item in self.items.values():
            for one in item.life:
                found.setdefault(one, set()).add(item.power)
        return dict(sorted(((say, len(codes)) for say, codes in found.items()), key=lambda one: -one[1]))

    def seek(self, text: str) -> list[Item]:
        """The items that answer to what people write, best first."""
        wanted = text.strip().casefold()
        if not wanted:
            return []
        scored = [
            (-score, natural(code), code)
            for code, names in self.names.items()
            if (score := _score(wanted, self.items[code], names))
        ]
        return [self.items[code] for _, _, code in sorted(scored)]


def natural(code: str) -> tuple[str, int]:
    """P003-2 before P003-10."""
    head, _, tail = code.rpartition("-") if "-" in code else (code.rstrip("0123456789"), "", code)
    digits = "".join(c for c in tail if c.isdigit())
    return head, int(digits or 0)


def _names(item: Item) -> str:
    said: Sequence[str] = (
        item.name, item.name.en, item.doing, item.doing.en, item.part, *item.words, *item.life,
        *(one.en for one in item.life), *item.result, *(one.en for one in item.result),
    )  # fmt: skip
    return " ".join(said).casefold()


def _score(wanted: str, item: Item, names: str) -> float:
    if wanted in (item.code.casefold(), item.power.casefold()):
        return 100.0
    if wanted in names:
        return (
            50.0 + 10.0 * (wanted in item.name.casefold()) + 5.0 * any(wanted == word for word in item.words)
        )
    found = sum(3.0 * (pair in names) + 2.0 * (pair in item.name) for pair in pairs(wanted))
    english = [word for word in wanted.split() if len(word) > 2 and word.isascii() and word in names]
    return found + 3.0 * len(english)
