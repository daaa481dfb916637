"""Rows of a CSV text with a header, every fault with file and line; and what bringing a table up to date did."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass


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
