"""Rows of a CSV text with a header, every fault with file and line; and what bringing a table up to date did."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


class RowError(ValueError):
    """A row that cannot be taken; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return f"+{self.added} ~{self.changed} -{self.removed}"


def read_rows(text: str, name: str, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a text, fields stripped; a missing column or a row of another length raises RowError."""
    reader = csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise RowError(f"{name}: 缺少列 / missing column {', '.join(missing)}")
    rows = []
    for row in reader:
        if None in row or None in row.values():
            raise RowError(f"{name}:{reader.line_num}: 列数不对 / wrong number of columns")
        rows.append({column: value.strip() for column, value in row.items()})
    return rows


def write_rows(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as a CSV text; None is an empty cell, and no cell begins a formula of a spreadsheet."""
    out = io.StringIO()
    csv.writer(out).writerows([["" if one is None else _harmless(str(one)) for one in row] for row in rows])
    return out.getvalue()


def write_sheet(rows: Iterable[Sequence[Any]]) -> str:
    """`write_rows` as a file for a spreadsheet, with the mark by which it keeps its Chinese."""
    return "\ufeff" + write_rows(rows)


def _harmless(cell: str) -> str:
    begins = cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not cell[1:2].isdigit())
    return f"'{cell}" if begins else cell
