"""signals.toml of a line: which signals it looks for, with what parameters, and which office settles the leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say
from bihuan.core.signal.all import SIGNALS
from bihuan.core.signal.fined import FINED
from bihuan.core.signal.parts import Rule
from bihuan.core.signal.rated import RATED
from bihuan.core.signal.visited import VISITED
from bihuan.lines.extras import check_table, table_of

FILE = "signals.toml"
TOP = frozenset({"words", "office", "signal"})
KEYS = frozenset({"key", "version", "zh", "en", "weight", "params", "source"})
WORDS = {"clock": "clocks", "work": "actions", "good": "actions", "bad": "actions", "more": "actions",
         "stop": "actions", "own": "outcomes", "own_by": "actions", "found_by": "actions",
         "again": "actions", "sent": "actions", "back": "actions", "agreed": "actions"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """The unit whose posts see, settle and review leads."""

    unit: str
    posts: frozenset[str]


def has_signals(line: Line) -> bool:
    """Whether anything of this line is watched."""
    return bool(table_of(line, FILE))


def watches_cases(line: Line) -> bool:
    """Whether signals look at the work on its cases; those of ratings, inspections and penalties look at these."""
    return bool(table_of(line, FILE).get("words"))


def rules(line: Line) -> tuple[Rule, ...]:
    """The signals of the line in the order of the file."""
    return tuple(
        Rule(row["key"], row["version"], Say(row["zh"], row["en"]), row["weight"], row["params"], row["source"])
        for row in table_of(line, FILE).get("signal", ())
    )  # fmt: skip


def words(line: Line) -> Mapping[str, str]:
    """What the line calls the things signals ask about."""
    found: Mapping[str, str] = table_of(line, FILE)["words"]
    return found


def office(line: Line) -> Office:
    """Who settles the leads of this line."""
    row = table_of(line, FILE)["office"]
    return Office(row["unit"], frozenset(row["posts"]))


def check_signals(line: Line) -> list[Fault]:
    """What is wrong with signals.toml: unknown keys and signals, words the line does not have, no office."""
    return check_table(line, FILE, _faults)


def _faults(line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(table) - TOP):
        yield key, "没有这个键", "unknown key"
    said = table.get("words", {})
    keys = {str(row.get("key")) for row in table.get("signal", ())}
    apart = next((known for known in (RATED, VISITED, FINED) if not said and keys <= known.keys()), None)
    for key, kind in () if apart is not None else WORDS.items():
        for word in str(said.get(key, "")).split() or [""]:
            if word not in getattr(line, kind):
                yield f"words.{key}", f"这条线没有“{word}”", f"this line has no {word!r}"
    if not all(table.get("office", {}).get(key) for key in ("unit", "posts", "source")):
        yield "office", "要写单位、岗位和依据", "name the unit, its posts and the source"
    seen: set[str] = set()
    for number, row in enumerate(table.get("signal", ())):
        at = str(row.get("key", number))
        for key in sorted(set(row) ^ KEYS):
            yield f"{at}.{key}", "没有这个键或者没有写", "unknown key, or missing"
        if at not in (SIGNALS if apart is None else apart):
            yield at, f"没有“{at}”这个信号", f"there is no signal {at!r}"
        if at in seen:
            yield at, "写了两次", "is there twice"
        seen.add(at)
        if row.get("weight") not in range(1, 101):
            yield f"{at}.weight", "应当是 1 到 100", "must be 1 to 100"
