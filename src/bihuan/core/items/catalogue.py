"""The catalogue as a whole: found by code and by occasion of life; entries whose basis has lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bihuan.core.items.basis import lapsed
from bihuan.core.items.parts import Item, Law, Material, Power, natural
from bihuan.core.items.read import Entry
from bihuan.core.say import Say


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Everything in force, in the order of the codes."""

    powers: Mapping[str, Power]
    items: Mapping[str, Item]
    materials: Mapping[str, tuple[Material, ...]]
    laws: Mapping[str, Law]

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
