"""The yearly readings of one thing on one basis, out of what several reports say; the rest refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bihuan.core.report.chance import kind_of
from bihuan.core.report.follow.basis import refusal
from bihuan.core.report.follow.shapes import Statement
from bihuan.core.say import Say

_KINDS = frozenset({"level", "flow", "count", "rate", "share", "growth_yoy", "decrease"})


@dataclass(frozen=True, slots=True)
class Series:
    """Readings by year, all of one basis and each as first printed, in the report after its year."""

    name: str
    unit: str
    kind: str
    used: tuple[Statement, ...]
    refused: tuple[tuple[Statement, Say], ...] = ()

    @property
    def readings(self) -> tuple[tuple[int, float], ...]:
        """(year, value) for `chance`; a fall is a negative growth."""
        return tuple((s.period.last or 0, _signed(s)) for s in self.used)


def _signed(s: Statement) -> float:
    value = s.value or 0.0
    return -value if s.role == "decrease" and s.unit in ("%", "‰", "百分点") else value


def one_basis(statements: Sequence[Statement]) -> Series:
    """Sort the statements of one name, unit and kind; the latest reading sets the basis. ValueError without any."""
    if not statements:
        raise ValueError("no statements")
    first = [s for s in statements if s.period.first == s.period.last == s.year - 1]
    refused = [(s, _vintage(s)) for s in statements if s not in first]
    by_year: dict[int, list[Statement]] = {}
    for s in first:
        by_year.setdefault(s.year - 1, []).append(s)
    used: list[Statement] = []
    norm: Statement | None = None
    for year in sorted(by_year, reverse=True):
        here = [s for s in by_year[year] if norm is None or refusal(norm.basis, s.basis) is None]
        if norm is not None:
            refused += [(s, no[1]) for s in by_year[year] if (no := refusal(norm.basis, s.basis))]
        if len({s.value for s in here}) > 1:
            refused += [
                (s, Say(f"{year}年有{len(here)}个不同的数", f"{len(here)} different figures for {year}"))
                for s in here
            ]
            continue
        if here:
            norm = norm or here[0]
            used.insert(0, here[0])
    one = statements[0]
    return Series(one.name, one.unit, kind_of(one.role, one.unit), tuple(used), tuple(refused))


def _vintage(s: Statement) -> Say:
    if s.period.first != s.period.last:
        return Say("多年合计或平均，不是一年的数", "several years together, not one year")
    return Say(
        f"{s.year}年的报告里{s.period.last}年的数，不是第一次公布的数",
        f"a figure for {s.period.last} in the report of {s.year}, not the one first printed",
    )


def every(statements: Iterable[Statement]) -> list[Series]:
    """All series of one place, by name, unit and kind."""
    shelf: dict[tuple[str, str, str, bool], list[Statement]] = {}
    for s in statements:
        if s.value is not None and s.role in _KINDS and s.period.last is not None:
            made = s.role == "count" or "新" in s.name  # what was made in a year is not what there is
            shelf.setdefault((s.name, s.unit, kind_of(s.role, s.unit), made), []).append(s)
    return [one_basis(group) for group in shelf.values()]
