"""The table of tasks as an .xlsx in the shape that offices print: A4 landscape, headings on every sheet, all else text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from bihuan.cases.edge import to_datetime, to_instant
from bihuan.core.say import Say
from bihuan.core.time.instant import day_text
from bihuan.targets import board
from bihuan.targets.models import Edit, Report
from bihuan.targets.plan import LABELS
from bihuan.targets.table.columns import ASSIGNMENT, COLUMNS, PLAN
from bihuan.targets.table.entries import Units, cell_text, written
from bihuan.targets.table.figures import shown
from bihuan.targets.table.rows import Row, grouped

Cell = str | int | Decimal | date | None
FONT, INK, LINE = "宋体", "#000000", "#404040"
SCALE = 55  # per cent: the assignment fills the width of one A4 sheet, the standing that of another
STARTS = tuple("=+-@\t\r")  # what a spreadsheet could take for a formula
MOST_LINKS = 60_000  # of a sheet; Excel takes 65,530
LINK_LENGTH = 2_000
TITLE, HEADER = 0, 2  # rows
LINE_HEIGHT, TALLEST = 16.0, 409.0  # points; a spreadsheet has no taller row


def cells(one: Row, units: Units, english: bool) -> dict[str, Cell]:
    """What stands in each column of a row."""
    head, task = one.task.one.head, one.task
    kept = board.values(one.row.title, one.row.lead_id, task.plan)
    found: dict[str, Cell] = {name: written(name, kept[name], units, english) for name in PLAN}
    found |= {"no": task.number, "number": one.number, "quote": cell_text(one.row.quote)}
    found |= goal_cells(one.terms)
    if one.base and one.terms:
        found["base"] = _in_scale_of(one.base.value, one.base.unit, one.terms)
        found["base_year"] = one.base.year
    found["due"] = one.due.date() if one.due else None
    for name, key in (("progress", "text"), ("problem", "problem"), ("next", "next")):
        found[name] = cell_text(str(task.progress.get(key) or ""))
    found["state"] = _say(head.state_title, english) if head else ""
    found["verdict"] = _say(one.verdict, english)
    found["edits"] = cell_text(history(one, units, english))
    return found


def goal_cells(terms: Any) -> dict[str, Cell]:
    """The columns of a goal: wording, scope, figure and unit in the scale that offices print, year."""
    if terms is None:
        return {}
    text, value, unit, scope, year = terms
    figure, unit = shown(value, unit)
    return {
        "goal": cell_text(text),
        "scope": cell_text(scope),
        "value": figure,
        "unit": cell_text(unit),
        "year": year,
    }


def _in_scale_of(value: Decimal, unit: str, terms: Any) -> Decimal | str:
    """The base in the scale of the goal's figure; with its unit where that is another."""
    goal, scaled = shown(terms[1], terms[2])
    if unit == terms[2] and goal and terms[1]:
        return value / (terms[1] / goal)
    figure, own = shown(value, unit)
    return figure if own == scaled and figure is not None else f"{figure:f}{own}"


def history(one: Row, units: Units, english: bool) -> str:
    """Every edit and every change of the goal, a line each."""
    lines = [(edit.at, _edit_line(edit, units, english)) for edit in one.row.edits.all()]
    for change in one.changes:
        if change.agreed and change.ruled_at:
            was, now = _say(change.old[1], english), _say(change.new[1], english)
            label = "Goal" if english else "目标"
            lines.append((change.ruled_at, f"{label}：{change.old[0]}（{was}） → {change.new[0]}（{now}）"))
    return "\n".join(
        f"{day_text(to_instant(at) // 86400)} {line}" for at, line in sorted(lines, key=lambda pair: pair[0])
    )


def _edit_line(edit: Edit, units: Units, english: bool) -> str:
    nothing = "(empty)" if english else "（空）"
    old, new = (written(edit.field, value, units, english) or nothing for value in (edit.old, edit.new))
    label = LABELS[edit.field]
    change = new if not edit.old else f"{old} → {new}"
    return f"{label.en if english else label}：{change}".replace("\n", "；")


def book(
    report: Report, every: Sequence[Row], units: Units, filler: Say, at: int, link: Callable[[Row], str], *,
    by: str = "section", english: bool = False,
) -> bytes:  # fmt: skip
    """The workbook. `filler` is the unit that prints it, `link` gives the address of a row's sentence."""
    import xlsxwriter  # ten megabytes in each web process, which most of them never need

    out = BytesIO()
    made = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made.set_properties(
        {"title": report.title, "author": str(filler), "created": to_datetime(at).replace(tzinfo=None)}
    )
    sheet = made.add_worksheet("Tasks" if english else "任务分解表")
    looks = _looks(made)
    _print_setup(sheet, english)
    _top(sheet, looks, report, len(every), filler, at, english)
    number = HEADER + 1
    for title, some in grouped(every, by):
        sheet.merge_range(number, 0, number, len(ASSIGNMENT) - 1, "", looks["group"])
        sheet.merge_range(number, len(ASSIGNMENT), number, len(COLUMNS) - 1, "", looks["group"])
        _text(sheet, number, 0, _say(title, english), looks, "group")
        number += 1
        for one in some:
            _row(sheet, number, cells(one, units, english), link(one), looks)
            number += 1
    sheet.autofilter(HEADER, 0, max(HEADER, number - 1), len(COLUMNS) - 1)
    made.close()
    return out.getvalue()


def _looks(made: Any) -> dict[str, Any]:
    cell = {
        "font_name": FONT,
        "font_size": 11,
        "border": 1,
        "border_color": LINE,
        "text_wrap": True,
        "valign": "vcenter",
    }
    kinds = {
        "title": {"font_name": FONT, "font_size": 20, "bold": True, "align": "center", "valign": "vcenter"},
        "note": {"font_name": FONT, "font_size": 11, "valign": "vcenter"},
        "head": cell | {"bold": True, "align": "center", "bg_color": "#E8EEEF"},
        "group": cell | {"bold": True, "bg_color": "#F3F6F6"},
        "text": cell, "middle": cell | {"align": "center"}, "number": cell | {"num_format": "0.####", "align": "right"},
        "whole": cell | {"num_format": "0", "align": "center"}, "day": cell | {"num_format": "yyyy-mm-dd", "align": "center"},
        "link": cell | {"num_format": "0", "align": "center", "font_color": "#0B5C8A", "underline": 1},
    }  # fmt: skip
    quoted = {f"{name}!": kind | {"quote_prefix": True} for name, kind in kinds.items()}
    return {name: made.add_format(kind) for name, kind in (kinds | quoted).items()}


def _print_setup(sheet: Any, english: bool) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_print_scale(SCALE)
    sheet.set_v_pagebreaks([len(ASSIGNMENT)])
    sheet.repeat_rows(HEADER)
    sheet.repeat_columns(0, 2)  # number, case, task: on the second half too
    sheet.print_across()
    sheet.center_horizontally()
    sheet.set_footer("&C&P / &N" if english else "&C第 &P 页，共 &N 页")
    sheet.freeze_panes(HEADER + 1, 3)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)


def _top(
    sheet: Any, looks: Mapping[str, Any], report: Report, count: int, filler: Say, at: int, english: bool
) -> None:
    last, when = len(COLUMNS) - 1, f"{to_datetime(at):%Y-%m-%d %H:%M:%S}"
    title = f"{report.title}: tasks" if english else f"{report.title}任务分解表"
    note = (
        f"Filled in by: {filler.en}    Exported: {when}    Rows: {count}" if english
        else f"填报单位：{filler}    导出时间：{when}    共 {count} 项"
    )  # fmt: skip
    for row, words, look, height in ((TITLE, title, "title", 36), (TITLE + 1, note, "note", 20)):
        sheet.merge_range(row, 0, row, len(ASSIGNMENT) - 1, "", looks[look])
        _text(sheet, row, 0, words, looks, look)
        sheet.set_row(row, height)
    for place, column in enumerate(COLUMNS[: last + 1]):
        sheet.write_string(HEADER, place, _say(column.title, english), looks["head"])
    sheet.set_row(HEADER, 32)


def _high(found: Mapping[str, Cell]) -> float:
    """Points a row needs: the height is written out, because not every program works it out when it opens the file."""
    return min(
        TALLEST, LINE_HEIGHT * max(lines(str(found.get(one.name) or ""), one.width) for one in COLUMNS) + 4
    )


def lines(words: str, width: int) -> int:
    """Lines that words take in a column of `width` characters; Chinese ones count two, and a little is lost at the edge."""
    return sum(
        max(1, ceil(sum(2 if east_asian_width(c) in "WFA" else 1 for c in part) / max(2, width - 1)))
        for part in words.split("\n")
    )


def _row(sheet: Any, number: int, found: Mapping[str, Cell], link: str, looks: Mapping[str, Any]) -> None:
    sheet.set_row(number, _high(found))
    if (
        len(link) < LINK_LENGTH and number < MOST_LINKS
    ):  # on the number: linked words are not wrapped everywhere
        sheet.write_url(number, 0, link, looks["link"])
    for place, column in enumerate(COLUMNS):
        value = found.get(column.name)
        if value is None or value == "":
            sheet.write_blank(number, place, None, looks["text"])
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, looks["day"])
        elif isinstance(value, Decimal) and Decimal(repr(float(value))) != value:
            _text(
                sheet, number, place, f"{value:f}", looks, "number"
            )  # more digits than a cell's number holds
        elif isinstance(value, int | Decimal):
            sheet.write_number(
                number,
                place,
                value,
                looks["link" if place == 0 else "whole" if isinstance(value, int) else "number"],
            )
        else:
            _text(sheet, number, place, value, looks, "middle" if column.width <= 8 else "text")


def _text(sheet: Any, row: int, place: int, words: str, looks: Mapping[str, Any], look: str) -> None:
    """Words as text, whatever they begin with."""
    sheet.write_string(row, place, words, looks[f"{look}!" if words.startswith(STARTS) else look])


def _say(value: Say | None, english: bool) -> str:
    return "" if value is None else value.en if english else str(value)
