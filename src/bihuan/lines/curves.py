"""curves.toml of a line: the seasonal curves of its goals, dated, with worked examples. A line may have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say
from bihuan.core.score.pace import Curve, curve_on
from bihuan.core.time.instant import day
from bihuan.lines.extras import check_table, table_of
from bihuan.lines.forms import fields

FILE = "curves.toml"
EVEN = "even"  # chosen on the form: spread over the working days of the year, on purpose
PARTS = 100
TOP = frozenset({"curve", "example"})
KEYS = frozenset({"code", "since", "zh", "en", "weights", "words", "source"})
BANDS = ("light_near", "pace_near", "pace_far", "pace_stale")
"""What a line with curves has in params.toml: working days, percentage points twice, days."""


def has_curves(line: Line) -> bool:
    """Whether goals of this line are paced at all."""
    return bool(table_of(line, FILE))


def curves(line: Line) -> tuple[Curve, ...]:
    """Every curve of the line, in the order of the file; none where it has no file."""
    return tuple(
        Curve(row["code"], Say(row["zh"], row["en"]), day(str(row["since"])), tuple(row["weights"]), row["source"])
        for row in table_of(line, FILE).get("curve", ())
    )  # fmt: skip


def curve(line: Line, code: str, on: int) -> Curve | None:
    """The curve of this code on a Day, None for "" and "even"; an unknown code raises KeyError."""
    return None if code in ("", EVEN) else curve_on(curves(line), code, on)


def fitting(line: Line, text: str, on: int) -> str:
    """The code of the one curve in force on a Day whose words occur in the text; "" where none or several do."""
    rows = table_of(line, FILE).get("curve", ())
    held = {
        row["code"]: row for row in sorted(rows, key=lambda row: row["since"]) if day(str(row["since"])) <= on
    }
    found = [code for code, row in held.items() if any(word in text for word in row["words"])]
    return found[0] if len(found) == 1 else ""


def examples(line: Line) -> tuple[Mapping[str, Any], ...]:
    """The worked examples of the curves."""
    return tuple(table_of(line, FILE).get("example", ()))


def check_curves(line: Line) -> list[Fault]:
    """What is wrong with curves.toml: unknown keys, weights that do not sum, codes the form does not offer."""
    return check_table(line, FILE, _faults)


def _faults(line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(table) - TOP):
        yield key, "没有这个键", "unknown key"
    known = {EVEN}
    for number, row in enumerate(table.get("curve", ())):
        at = f"curve.{row.get('code', number)}"
        known.add(str(row.get("code", "")))
        for key in sorted(set(row) ^ KEYS):
            yield f"{at}.{key}", "没有这个键或者没有写", "unknown key, or missing"
        weights = row.get("weights", [])
        if (
            len(weights) != 12
            or any(not isinstance(w, int) or w < 0 for w in weights)
            or sum(weights) != PARTS
        ):
            yield f"{at}.weights", f"要 12 个整数，合计 {PARTS}", f"twelve whole numbers that sum to {PARTS}"
    for name in BANDS:
        if name not in line.params:
            yield name, f"params.toml 里没有“{name}”", f"params.toml has no {name!r}"
    for action in line.actions:
        for field in fields(line, action):
            offered = {code for code, _ in field.options}
            if field.key == "curve" and offered != known:
                odd = ", ".join(sorted(offered ^ known))
                yield f"forms.{action}.curve", f"表单和曲线对不上：{odd}", f"form and curves differ: {odd}"
