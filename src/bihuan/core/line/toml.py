"""Reading TOML tables strictly: every key is known, every fault is collected with its place."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from bihuan.core.line.parts import Fault, Source
from bihuan.core.say import Say
from bihuan.core.time.clock import Limit, read_limit
from bihuan.core.time.instant import day

Table = Mapping[str, Any]
EMPTY: Table = {}


class Reading:
    """The faults found so far in one folder; `rolls`: clocks that say whether they roll.

    `deep` turns false once a name is wrong: exploring a graph with a hole in it would only add noise.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rolls: set[str] = set()
        self.deep = True

    def fault(self, file: str, key: str, zh: str, en: str) -> None:
        found = Fault(file, key, Say(zh, en))
        if found not in self.faults:
            self.faults.append(found)

    def unknown(self, file: str, key: str, what: tuple[str, str], name: str, known: Iterable[str]) -> None:
        """A name nothing answers to; the nearest known name is offered."""
        self.deep = False
        near = difflib.get_close_matches(name, list(known), 1, 0.6)
        hint = (f"（是不是“{near[0]}”）", f" (did you mean {near[0]!r}?)") if near else ("", "")
        self.fault(file, key, f"没有名为“{name}”的{what[0]}{hint[0]}", f"unknown {what[1]} {name!r}{hint[1]}")


class Place:
    """A table at a place in a file: typed reading of its keys, with the place in every fault."""

    def __init__(self, reading: Reading, file: str, key: str, table: Any) -> None:
        self.reading, self.file, self.key = reading, file, key
        self.table: Table = table if isinstance(table, dict) else EMPTY
        if not isinstance(table, dict):
            self.fault("", "应当是一张表", "must be a table")

    def at(self, key: str) -> str:
        return ".".join(part for part in (self.key, key) if part)

    def fault(self, key: str, zh: str, en: str) -> None:
        self.reading.fault(self.file, self.at(key), zh, en)

    def only(self, known: Iterable[str]) -> None:
        """Report every key that is not in `known`."""
        known = set(known)
        for key in self.table:
            if key not in known:
                deep = self.reading.deep
                self.reading.unknown(self.file, self.at(key), ("键", "key"), key, known)
                self.reading.deep = deep

    def inner(self, key: str) -> Place:
        return Place(self.reading, self.file, self.at(key), self.table.get(key, EMPTY))

    def tables(self, key: str) -> list[tuple[str, Place]]:
        """The named tables under `key`, in the order of the file."""
        inner = self.inner(key)
        return [(name, inner.inner(name)) for name in inner.table]

    def text(self, key: str, required: bool = False) -> str:
        value = self.table.get(key)
        if value is None or value == "":
            if required:
                self.fault(key, "没有写", "is missing")
            return ""
        if not isinstance(value, str):
            self.fault(key, f"应当是文字，写的是 {value!r}", f"must be text, not {value!r}")
            return ""
        return value

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        value = self.table.get(key)
        if value is None:
            if required:
                self.fault(key, "没有写", "is missing")
            return ()
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            self.fault(key, f"应当是一列名字，写的是 {value!r}", f"must be a list of names, not {value!r}")
            return ()
        if required and not value:
            self.fault(key, "是空的", "is empty")
        for item in {item for item in value if value.count(item) > 1}:
            self.fault(key, f"“{item}”写了两次", f"{item!r} is there twice")
        return tuple(dict.fromkeys(value))

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            self.fault(
                key, f"应当是 true 或 false，写的是 {value!r}", f"must be true or false, not {value!r}"
            )
            return False
        return value

    def day(self, key: str) -> int:
        value = self.table.get(key)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return day(value.isoformat())
        self.fault(key, f"应当是日期，写的是 {value!r}", f"must be a date, not {value!r}")
        return 0

    def title(self, required: bool = True) -> Say | None:
        """The pair zh, en of this table."""
        zh, en = self.text("zh", required), self.text("en", required)
        return Say(zh or en, en or zh) if zh or en else None

    def law(self) -> str:
        value = self.text("law")
        if not value:
            self.fault("law", "没有写依据", "no law given")
        return value

    def limit_source(self, key: str, required: bool = True) -> Source | None:
        """A limit, "matter.<column>", "param.<name>" or "declared"."""
        value = self.table.get(key)
        if value is None:
            if required:
                self.fault(key, "没有写", "is missing")
            return None
        if isinstance(value, str):
            if value == "declared":
                return Source("declared")
            kind, _, name = value.partition(".")
            if kind in ("matter", "param") and name:
                return Source(kind, name)
            limit = limit_or_none(value)
            if limit is not None:
                return Source("fixed", "", limit)
        self.fault(key, f"{value!r} 不是时限", f"{value!r} is not a limit")
        return None

    def number_source(self, key: str) -> Source | None:
        """A whole number above 0 or "param.<name>"; absent gives None."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return Source("fixed", number=value)
        if isinstance(value, str) and value.startswith("param.") and len(value) > 6:
            return Source("param", value[6:])
        self.fault(key, f"{value!r} 不是次数", f"{value!r} is not a number of times")
        return None


def limit_or_none(text: str) -> Limit | None:
    """The limit a text says, or None where it is no limit."""
    try:
        return read_limit(text)
    except ValueError:
        return None
