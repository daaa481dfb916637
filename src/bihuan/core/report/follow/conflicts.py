"""Two statements of one thing that differ: shown, both sentences; which one is right is for a person to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bihuan.core.report.follow.basis import refusal
from bihuan.core.report.follow.figures import family
from bihuan.core.report.follow.shapes import Conflict, Statement
from bihuan.core.report.follow.stated import vague
from bihuan.core.say import Say

_ROUNDING = 0.005  # of the figure: 648亿 and 648.3亿 are one figure printed twice


def conflicts(readings: Sequence[Statement]) -> list[Conflict]:
    """Contradictions between reports of one year, and revisions of a year's figure in a later report."""
    shelf: dict[tuple[str, str, str, int | None, int | None], list[Statement]] = defaultdict(list)
    for s in readings:
        if s.value is not None and s.period.first is not None and not vague(s.name) and family(s) != "change":
            shelf[s.name, s.role, s.unit, s.period.first, s.period.last].append(s)
    out: list[Conflict] = []
    for group in shelf.values():
        for i, one in enumerate(group):
            # a report that gives one thing several figures names several things: nothing can be set against it
            if sum(s.report == one.report for s in group) > 1:
                continue
            for other in group[i + 1 :]:
                if sum(s.report == other.report for s in group) == 1 and _differ(one, other):
                    out.append(_conflict(one, other))
    return sorted(out, key=lambda c: (c.kind, c.one.year, c.one.span))


def _differ(one: Statement, other: Statement) -> bool:
    if one.report == other.report or refusal(one.basis, other.basis) or one.printed != other.printed:
        return False
    a, b = one.value or 0.0, other.value or 0.0
    digits = _rounding(one) + _rounding(other)
    return abs(a - b) > max(digits, _ROUNDING * abs(a) if one.unit not in ("%", "‰") else 0.0)


def _rounding(one: Statement) -> float:
    """Half a unit of the last digit printed, in base units."""
    figures = "".join(c for c in one.text if c.isdigit() or c == ".")
    shown = float(figures) if figures.strip(".").count(".") <= 1 and figures.strip(".") else 0.0
    decimals = len(figures.partition(".")[2])
    factor = abs(one.value or 0.0) / shown if shown else 1.0
    return 0.5 * 10.0**-decimals * factor


def _conflict(one: Statement, other: Statement) -> Conflict:
    years = (
        f"{one.period.first}"
        if one.period.first == one.period.last
        else f"{one.period.first}–{one.period.last}"
    )
    if one.year == other.year:
        return Conflict("contradiction", one, other, Say(
            f"{one.name}({years}年)：同一年的两份报告不一样，{one.text}和{other.text}",
            f"{one.name} ({years}): two reports of one year differ, {one.text} and {other.text}",
        ))  # fmt: skip
    first, second = (one, other) if one.year < other.year else (other, one)
    return Conflict("revision", first, second, Say(
        f"{one.name}({years}年)：{first.year}年的报告说{first.text}，{second.year}年的报告说{second.text}",
        f"{one.name} ({years}): {first.text} in the report of {first.year}, {second.text} in that of {second.year}",
    ))  # fmt: skip
