"""Reads of the catalogue: what is in force, kept in memory until somebody records another edition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from bihuan import lines
from bihuan.core.items.catalogue import Catalogue
from bihuan.core.items.find import Hit, Index, rank, understand
from bihuan.core.items.parts import Material
from bihuan.core.items.read import Around, Said, entry_of
from bihuan.core.say import Say
from bihuan.items.models import Entry
from bihuan.items.sayings import sayings
from bihuan.lines.catalogue import matters_on

# Who keeps the catalogue, in the sense of 优化营商环境条例§35: one office for the whole district.
KEEPER = "nk.zwb"
KEEPERS = frozenset({"head", "officer"})
_kept: dict[int, Catalogue] = {}
_index: dict[int, Index] = {}
CANDIDATES = "select code from items_sought where terms && %s::int[]"


def keeps(unit: str, posts: Collection[str]) -> bool:
    """Whether somebody with these posts in this unit records the catalogue."""
    return unit == KEEPER and bool(KEEPERS & set(posts))


def edition() -> int:
    """The number of the last edition, 0 before the first."""
    with connection.cursor() as cursor:  # asked wherever the catalogue is: building it by the ORM costs more
        cursor.execute("select coalesce(max(id), 0) from items_edition")
        return int(cursor.fetchone()[0])


def catalogue() -> Catalogue:
    """The catalogue in force; one small query unless a new edition has come."""
    last = edition()
    found = _kept.get(last)
    if found is None:
        rows = Entry.objects.filter(until=None).values_list("table", "said")
        found = Catalogue.of(entry_of(table, said) for table, said in rows)
        _kept.clear()
        _kept[last] = found
    return found


def index() -> Index:
    """The catalogue in force as it is searched; read once an edition and process."""
    last = edition()
    found = _index.get(last)
    if found is None:
        found = Index.of(catalogue().items)
        _index.clear()
        _index[last] = found
    return found


def find(text: str, on: date) -> list[Hit]:
    """The items that answer to what somebody types, best first, each with why; sayings are those of a day."""
    known, asked = index(), understand(text, sayings(on))
    by_code = [
        code for code, item in known.items.items() if asked.text in (code.casefold(), item.power.casefold())
    ]
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [known.telling(asked)])
        among = [code for (code,) in cursor.fetchall() if code in known.items]
    return rank(asked, known, dict.fromkeys([*by_code, *among]))


def said_now() -> dict[str, dict[str, Said]]:
    """What every table says today, by table and code, as it was recorded."""
    found: dict[str, dict[str, Said]] = {}
    for table, code, said in Entry.objects.filter(until=None).values_list("table", "code", "said"):
        found.setdefault(table, {})[code] = said
    return found


def around(day: int, names: Mapping[str, tuple[str, str]]) -> Around:
    """What a new table may speak of: units (code → names), limits of lines in force, powers and items there are."""
    units = {zh: code for code, (zh, _) in names.items()} | {code: code for code in names}
    limits = {
        code: {row.code: row.columns for row in matters_on(line, day)}
        for code, line in lines.in_force(day).items()
    }
    there = {"powers": set[str](), "items": set[str]()}
    for table, code in Entry.objects.filter(until=None, table__in=there).values_list("table", "code"):
        there[table].add(code)
    return Around(units, limits, there["powers"], there["items"])


@dataclass(slots=True)
class Compared:
    """What recording would do: codes that are new, changed (with the columns), the same; and those not in the table."""

    fresh: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    same: int = 0


def compare(good: Mapping[str, Mapping[str, Said]]) -> Compared:
    """These rows beside what is recorded; `missing` counts only in tables that are given."""
    there, found = said_now(), Compared()
    for table, rows in good.items():
        known = there.get(table, {})
        for code, said in rows.items():
            old = known.get(code)
            if old is None:
                found.fresh.append((table, code))
            elif old != said:
                columns = tuple(column for column in said if old.get(column, "") != said[column])
                found.changed.append((table, code, columns))
            else:
                found.same += 1
        found.missing += [(table, code) for code in known if code not in rows]
    return found


def materials_of(code: str) -> tuple[Material, ...]:
    """What an item asks for, in its order; nothing for an item nobody entered materials for."""
    return catalogue().materials.get(code, ())


def materials_as_of(code: str, at: datetime) -> dict[str, Say]:
    """What the papers of an item were called at a moment, by key."""
    rows = Entry.objects.filter(table="materials", code__startswith=f"{code}/", since__lte=at)
    said = rows.exclude(until__lte=at).values_list("said", flat=True)
    return {one["key"]: Say(one["name"], one.get("name_en") or one["name"]) for one in said}
