"""The catalogue as a workbook: a sheet for each table, read back without loss."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from bihuan.core.items.parts import ORDER, TABLES, TITLES
from bihuan.core.items.read import Said

WIDE = {"name", "basis", "name_en", "words", "special", "life", "source", "legal_basis"}


def book(tables: Mapping[str, Mapping[str, Said]], units: Mapping[str, str], english: bool = False) -> bytes:
    """Every table as .xlsx; units stand by name, text is never taken for a formula or an address."""
    import xlsxwriter  # ten megabytes in each web process, which most of them never need

    out = BytesIO()
    made = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )  # fmt: skip
    head = made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    cell = made.add_format({"text_wrap": True, "valign": "top"})
    for table in reversed(ORDER):
        sheet = made.add_worksheet(TITLES[table].en if english else str(TITLES[table]))
        columns = list(TABLES[table])
        for at, column in enumerate(columns):
            names = TABLES[table][column]
            sheet.write_string(0, at, names[-1] if english else names[0], head)
            sheet.set_column(at, at, 32 if column in WIDE else 14)
        sheet.freeze_panes(1, 2)
        rows = sorted(tables.get(table, {}).items())
        for number, (_, said) in enumerate(rows, 1):
            for at, column in enumerate(columns):
                sheet.write_string(number, at, _text(said, column, units), cell)
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    made.close()
    return out.getvalue()


def _text(said: Mapping[str, Any], column: str, units: Mapping[str, str]) -> str:
    text = str(said.get(column, ""))
    return units.get(text, text) if column == "unit" else text
