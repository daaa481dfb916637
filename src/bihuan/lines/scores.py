"""score.toml as indicators: what is counted over what, what is left out, from how many on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.core.line.parts import SYSTEM_EVENTS, Fault, Line
from bihuan.core.say import Say
from bihuan.core.score.formula import COUNTED_KEYS, Indicator, indicator_of

FILE = "score.toml"
COUNTS = {"cases": ("opened", "closed"), "runs": ("started", "due", "ended"), "events": ("done",)}
VERDICTS = frozenset({"met", "late", "cleared", "expired"})
DIRECTIONS = ("up", "down", "watch")
KEYS = frozenset(
    [
        "key",
        "zh",
        "en",
        "numerator",
        "denominator",
        "exclude",
        "minimum_n",
        "direction",
        "bound",
        "law",
        "source",
        "note",
    ]
)


def indicators(line: Line) -> tuple[Indicator, ...]:
    """The indicators of a line as its score.toml declares them."""
    return tuple(indicator_of(row) for row in line.score.get("indicator", ()))


def check_scores(line: Line) -> list[Fault]:
    """What is wrong with score.toml: unknown keys, states, actions, clocks, outcomes; a missing source."""
    return [Fault(FILE, key, Say(zh, en)) for key, zh, en in _faults(line)]


def _faults(line: Line) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(line.score) - {"indicator"}):
        yield key, "没有这个键", "unknown key"
    seen: set[str] = set()
    for number, row in enumerate(line.score.get("indicator", ())):
        name = str(row.get("key", number))
        if name in seen:
            yield name, "写了两次", "is there twice"
        seen.add(name)
        for key in sorted(set(row) - KEYS):
            yield f"{name}.{key}", "没有这个键", "unknown key"
        for key in ("key", "zh", "en", "numerator", "denominator", "law", "source"):
            if not row.get(key):
                yield f"{name}.{key}", "没有写", "is missing"
        least = row.get("minimum_n")
        if not isinstance(least, int) or isinstance(least, bool) or least < 1:
            yield f"{name}.minimum_n", "要写最少多少件才算比率", "say from how many cases on a rate is shown"
        if row.get("direction") not in DIRECTIONS:
            yield f"{name}.direction", "应当是 up、down 或 watch", "must be up, down or watch"
        if row.get("bound", "") not in ("", "wilson"):
            yield f"{name}.bound", "应当是 wilson", "must be wilson"
        sets = {key: row.get(key, {}) for key in ("numerator", "denominator")}
        sets |= {f"exclude[{at}]": out for at, out in enumerate(row.get("exclude", ()))}
        for key, table in sets.items():
            yield from set_faults(
                line, f"{name}.{key}", table, extra={"zh", "en"} if "exclude" in key else set()
            )


def set_faults(
    line: Line, at: str, table: Mapping[str, Any], extra: set[str]
) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(table) - COUNTED_KEYS - extra):
        yield f"{at}.{key}", "没有这个键", "unknown key"
    for key in extra:
        if not table.get(key):
            yield f"{at}.{key}", "没有写", "is missing"
    count = str(table.get("count", ""))
    if count not in COUNTS:
        yield f"{at}.count", "应当是 cases、runs 或 events", "must be cases, runs or events"
    elif table.get("moment") not in COUNTS[count]:
        yield (
            f"{at}.moment",
            f"应当是 {'、'.join(COUNTS[count])}",
            f"must be one of {', '.join(COUNTS[count])}",
        )
    if (count == "runs") != bool(table.get("clock")):
        yield f"{at}.clock", "clock 只用于 runs,而且必须有", "runs, and only runs, name a clock"
    known = {
        "clock": line.clocks, "verdict": VERDICTS, "figure": {"due", "plain"}, "action": line.actions.keys() | SYSTEM_EVENTS,
        "without": line.actions, "state": line.states, "outcome": line.outcomes,
    }  # fmt: skip
    for key, names in known.items():
        said = table.get(key, ())
        for name in (said,) if isinstance(said, str) else said:
            if name not in names:
                yield f"{at}.{key}", f"这条线没有“{name}”", f"this line has no {name!r}"
