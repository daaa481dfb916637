"""Workbooks of the table for tests: exported, changed as an office would change them, taken back."""

from datetime import date
from io import BytesIO

import xlsxwriter
from python_calamine import CalamineWorkbook

from bihuan.core.say import Say
from bihuan.core.time.instant import at
from bihuan.people import queries as people
from bihuan.targets import actions
from bihuan.targets.models import Commitment
from bihuan.targets.table import book, rows
from bihuan.targets.table.columns import COLUMNS
from bihuan.targets.table.entries import Units
from bihuan.targets.table.opened import open_sheet
from bihuan.targets.tests.conftest import NOW

LATER = "2026-11-25 09:00"
PLACE = {column.name: place for place, column in enumerate(COLUMNS)}


def export(office, when=NOW, by="section", english=False):
    every = rows.rows(office.report, at(when))
    units = Units(people.known(people.change()).names)
    return book.book(
        office.report, every, units, Say("区政府督查室", "Supervision office"), at(when),
        lambda one: f"https://bihuan.example/promises/1#{one.row.key}", by=by, english=english,
    )  # fmt: skip


def read(body):
    """The cells of the first sheet, headings' row first."""
    found = (
        CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    return found[book.HEADER :]


def again(body, change=lambda grid: grid, top=()):
    """The workbook of an office: the cells of another one, changed."""
    grid = change([list(row) for row in read(body)])
    out = BytesIO()
    made = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, day = made.add_worksheet("任务"), made.add_format({"num_format": "yyyy-mm-dd"})
    for i, row in enumerate([*top, *grid]):
        for j, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(i, j, value, day)
            elif value != "":
                sheet.write(i, j, value)
    made.close()
    return out.getvalue()


def put(**given):
    """Write into the cells of the one row that has this number."""
    number = given.pop("number")

    def change(grid):
        for row in grid:
            if row[PLACE["number"]] == number:
                for name, value in given.items():
                    row[PLACE[name]] = value
        return grid

    return change


def take(office, body, save=True, name="duban", when=LATER, expect=None):
    def run(save, expect=""):
        return actions.take_sheet(
            office.report.pk, open_sheet(body), **office.who(name), at=at(when), save=save, expect=expect
        )

    shown = run(False)
    return run(True, shown.digest if expect is None else expect) if save else shown


def number(made):
    return str(rows.row(made.pk, at(NOW)).number)


def fresh(made):
    return Commitment.objects.get(pk=made.pk)
