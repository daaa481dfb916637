"""standards.csv of a line: which code of an old standard is which matter now, dated, each row with its source.

A row is 待核 until somebody confirms it with a name and a day; a row to be confirmed is shown as such and never
changes what a case was opened under. Old cases keep their code and standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bihuan.core.line.parts import Line
from bihuan.core.rows import RowError, read_rows
from bihuan.core.time.instant import day

FILE = "standards.csv"
COLUMNS = (
    "standard", "kind", "code", "name", "matter", "status", "source", "since", "until", "confirmed_by", "confirmed_on",
)  # fmt: skip
OPEN, CONFIRMED = "待核", "核定"


@dataclass(frozen=True, slots=True)
class Match:
    """Code `code` (of `kind`: 部件 or 事件) of an old standard is `matter` of this line on the Days [since, until)."""

    standard: str
    kind: str
    code: str
    name: str
    matter: str
    confirmed: bool
    source: str
    since: int
    until: int | None


def matches(line: Line) -> tuple[Match, ...]:
    """The rows of the line's file, none where it has no such file; RowError names the row that cannot be taken."""
    path = Path(line.folder) / FILE
    if not path.is_file():
        return ()
    return read_matches(path.read_text(encoding="utf-8"), line)


def read_matches(text: str, line: Line) -> tuple[Match, ...]:
    """Every row of a table: known matters, a source for each, at most one confirmed matter for a code on a day."""
    found: list[Match] = []
    for number, row in enumerate(read_rows(text, FILE, COLUMNS), 2):
        faults = list(_faults(row, line))
        if faults:
            raise RowError(f"{FILE}:{number}: {'; '.join(faults)}")
        one = Match(
            row["standard"], row["kind"], row["code"], row["name"], row["matter"], row["status"] == CONFIRMED,
            row["source"], day(row["since"]), day(row["until"]) if row["until"] else None,
        )  # fmt: skip
        if one.confirmed and any(_clash(one, other) for other in found):
            raise RowError(f"{FILE}:{number}: {one.code} 已经核定为另一个 / is confirmed as another already")
        found.append(one)
    return tuple(found)


def _faults(row: dict[str, str], line: Line) -> Iterator[str]:
    for key in ("standard", "kind", "code", "matter", "source", "since"):
        if not row[key]:
            yield f"{key} 没有写 / is missing"
    if row["matter"] and row["matter"] not in line.matters:
        yield f"没有事项 / no matter {row['matter']!r}"
    if row["status"] not in (OPEN, CONFIRMED):
        yield f"status 只能是{OPEN}或{CONFIRMED} / is one of these two, not {row['status']!r}"
    if row["status"] == CONFIRMED and not (row["confirmed_by"] and row["confirmed_on"]):
        yield "核定的要写谁、哪天 / a confirmed row says by whom and when"
    for key in ("since", "until", "confirmed_on"):
        if row[key]:
            try:
                day(row[key])
            except ValueError:
                yield f"{key} 不是日期 / is no date: {row[key]!r}"


def _clash(one: Match, other: Match) -> bool:
    same = (one.standard, one.kind, one.code) == (other.standard, other.kind, other.code)
    apart = (one.until is not None and one.until <= other.since) or (
        other.until is not None and other.until <= one.since
    )
    return other.confirmed and same and not apart and one.matter != other.matter


def now_called(line: Line, standard: str, kind: str, code: str, on: int) -> tuple[Match, ...]:
    """What an old code is called on a Day, confirmed rows first; () where no source says so."""
    rows = [
        one
        for one in matches(line)
        if (one.standard, one.kind, one.code) == (standard, kind, code)
        and one.since <= on
        and (one.until is None or on < one.until)
    ]
    return tuple(sorted(rows, key=lambda one: (not one.confirmed, one.matter)))


def once_called(line: Line, matter: str, on: int) -> tuple[Match, ...]:
    """The old codes of a matter on a Day, confirmed rows first."""
    rows = [
        one
        for one in matches(line)
        if one.matter == matter and one.since <= on and (one.until is None or on < one.until)
    ]
    return tuple(sorted(rows, key=lambda one: (not one.confirmed, one.standard, one.code)))
