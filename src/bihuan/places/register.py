"""A file of components as rows: CSV in any encoding, .xlsx, or GeoJSON points; what each row says or why it cannot."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bihuan import lines
from bihuan.core import table
from bihuan.core.place.component import COLUMNS, NEEDED, Component, read_row
from bihuan.core.place.grid import Tiling
from bihuan.core.say import Say
from bihuan.core.table import Bad, Columns, Row, Unreadable, under_heading
from bihuan.lines.catalogue import matters_on


def kinds_on(day: int) -> frozenset[str]:
    """The five digits of the kinds of components (管理部件) in force on a Day."""
    rows = matters_on(lines.at("urban_management", day), day)
    return frozenset(row.columns["code5"] for row in rows if row.columns["kind"] == "管理部件")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file read: good rows by code, and the bad ones."""

    good: Mapping[str, Component]
    bad: Sequence[Bad]


def read_file(
    name: str, body: bytes, kinds: frozenset[str], units: Mapping[str, str], tiling: Tiling
) -> Sheet:
    """Every row of the file, good or bad; Unreadable where it is no such table."""
    good: dict[str, Component] = {}
    first: dict[str, int] = {}
    bad = []
    for line, row in rows_of(name, body):
        found, faults = read_row(row, kinds, units, tiling.locate)
        if found is not None and found.code in first:
            faults = [
                (
                    "code",
                    Say(
                        f"第 {first[found.code]} 行已经有这个标识码",
                        f"Line {first[found.code]} has this code already",
                    ),
                )
            ]
        if found is None or faults:
            bad.append(Bad(line, row.get("code", "")[:40], tuple(faults)))
        else:
            good[found.code], first[found.code] = found, line
    if not good and not bad:
        raise Unreadable(Say("表里没有一行部件", "The table holds no component"))
    return Sheet(good, bad)


def rows_of(
    name: str, body: bytes, columns: Columns = COLUMNS, needed: Collection[Collection[str]] = (NEEDED,)
) -> Iterator[Row]:
    """(line, column → text) of each row that is not empty; the headings must hold one of the `needed` sets."""
    if table.is_workbook(name, body):
        return under_heading(table.sheet_rows(body), columns, needed)
    text = table.text_of(body)
    if name.rsplit(".", 1)[-1].casefold() in ("geojson", "json") or text.lstrip()[:1] == "{":
        return _points(text)
    return under_heading(table.csv_rows(text), columns, needed)


def _points(text: str) -> Iterator[Row]:
    try:
        read = json.loads(text)
        features = read["features"]
        made = [(feature["properties"], feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(Say(f"不是 GeoJSON 的 FeatureCollection：{error}", f"No GeoJSON FeatureCollection: {error}")) from None  # fmt: skip
    for number, (said, geometry) in enumerate(made, 1):
        names = table.heading(list(said), COLUMNS)
        row = {key: "" if said[name] is None else str(said[name]) for name, key in names.items()}
        if geometry and geometry.get("type") == "Point":
            row["lon"], row["lat"] = (str(value) for value in geometry["coordinates"][:2])
        yield number, row
