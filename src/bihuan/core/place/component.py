"""One component of the register (管理部件, GB/T 47678.5-2026): a row of a table read, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from bihuan.core.codes.division import read_component
from bihuan.core.codes.text import BadCode
from bihuan.core.place.datum import DATUMS, to_wgs
from bihuan.core.record import record
from bihuan.core.say import Say

# What the columns of a table may be called; the first of each is how they are printed.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("标识码", "部件标识码", "编码", "code"),
    "name": ("名称", "部件名称", "name"),
    "supervisor": ("主管部门", "主管单位", "主管部门名称", "supervisor"),
    "owner": ("权属单位", "权属单位名称", "owner"),
    "maintainer": ("养护单位", "养护单位名称", "maintainer"),
    "state": ("状态", "部件状态", "state"),
    "lon": ("经度", "lon", "longitude", "x"),
    "lat": ("纬度", "lat", "latitude", "y"),
    "datum": ("坐标系", "datum"),
    "accuracy": ("精度", "定位精度", "accuracy"),
    "cell": ("所在单元网格", "单元网格", "网格", "cell"),
    "built": ("初始日期", "built"),
    "source": ("数据来源", "source"),
    "note": ("备注", "note"),
}
NEEDED = ("code", "name", "lon", "lat")
STATES = {
    "good": Say("完好", "in order"),
    "broken": Say("破损", "broken"),
    "lost": Say("丢失", "lost"),
    "abandoned": Say("废弃", "abandoned"),
    "removed": Say("移除", "removed"),
}
ACCURACY = {"A": 0.5, "B": 1.0, "C": 10.0}  # metres, the classes of GB/T 47678.5-2026
LONGEST = 120  # characters of a name
Faults = list[tuple[str, Say]]


@record
class Component:
    """lon and lat are CGCS2000; a unit is its code where the district knows it, else the name as said."""

    code: str
    name: str
    supervisor: str
    owner: str
    maintainer: str
    state: str
    lon: float
    lat: float
    cell: str
    accuracy: str
    built: date | None
    source: str
    note: str

    @property
    def kind(self) -> str:
        """The five digits of its kind."""
        return self.code[6:11]


def read_row(
    row: Mapping[str, str], kinds: Collection[str], units: Mapping[str, str], cell_at: Callable[[float, float], str | None]
) -> tuple[Component | None, Faults]:  # fmt: skip
    """(component, []) or (None, every fault with its column).

    `kinds` are the five digits in force, `units` codes by name, `cell_at` gives the cell of a point.
    """
    faults: Faults = []
    code = _code(row, kinds, faults)
    point = _point(row, faults)
    cell = _cell(row, point, cell_at, faults)
    name = _text(row, "name", faults)
    state = _choice(
        row,
        "state",
        {str(say): key for key, say in STATES.items()} | {key: key for key in STATES},
        "good",
        faults,
    )
    accuracy = _choice(
        row, "accuracy", {key: key for key in ACCURACY} | {key.lower(): key for key in ACCURACY}, "", faults
    )
    built = _day(row, faults)
    if not name and not any(key == "name" for key, _ in faults):
        faults.append(("name", Say("没有写名称", "The name is missing")))
    said = {key: _text(row, key, faults) for key in ("supervisor", "owner", "maintainer", "source", "note")}
    if faults or point is None:
        return None, faults
    named = {key: units.get(said[key], said[key]) for key in ("supervisor", "owner", "maintainer")}
    return Component(code, name, **named, state=state, lon=point[0], lat=point[1], cell=cell, accuracy=accuracy,
                     built=built, source=said["source"], note=said["note"]), []  # fmt: skip


def _code(row: Mapping[str, str], kinds: Collection[str], faults: Faults) -> str:
    given = row.get("code", "")
    if not given:
        faults.append(("code", Say("没有写标识码", "The code is missing")))
        return ""
    try:
        return read_component(given, kinds).value
    except BadCode as bad:
        faults.append(("code", bad.say))
        return ""


def _point(row: Mapping[str, str], faults: Faults) -> tuple[float, float] | None:
    datum = row.get("datum", "") or "CGCS2000"
    if datum not in DATUMS:
        faults.append(("datum", Say(f"不认识坐标系“{datum[:20]}”", f"Unknown datum {datum[:20]!r}")))
    found = []
    for key in ("lon", "lat"):
        try:
            found.append(float(row.get(key, "")))
        except ValueError:
            given = row.get(key, "")[:20]
            faults.append((key, Say(f"“{given}”不是数字", f"{given!r} is no number") if given else Say("没有写坐标", "The coordinate is missing")))  # fmt: skip
    if len(found) < 2 or datum not in DATUMS:
        return None
    lon, lat = to_wgs(found[0], found[1], datum)
    return round(lon, 8), round(lat, 8)


def _cell(
    row: Mapping[str, str], point: tuple[float, float] | None, cell_at: Callable[[float, float], str | None], faults: Faults
) -> str:  # fmt: skip
    """The cell the point lies in; a table that says another one is doubted, not believed."""
    if point is None:
        return ""
    cell = cell_at(*point) or ""
    said = row.get("cell", "").strip()
    if not cell and cell_at(point[1], point[0]):
        faults.append(("lon", Say("经度和纬度写反了", "Longitude and latitude are the wrong way round")))
    elif not cell:
        at = f"({point[0]:.6f}, {point[1]:.6f})"
        faults.append(("lon", Say(f"点 {at} 不在任何网格里", f"The point {at} lies in no cell")))
    elif said and said != cell:
        faults.append(("cell", Say(f"表上写网格 {said}，点在网格 {cell}", f"The table says cell {said}, the point lies in {cell}")))  # fmt: skip
    return cell


def _text(row: Mapping[str, str], key: str, faults: Faults) -> str:
    text = row.get(key, "").strip()
    if len(text) > LONGEST:
        faults.append(
            (
                key,
                Say(
                    f"写了 {len(text)} 个字，最多 {LONGEST} 个", f"{len(text)} characters; at most {LONGEST}"
                ),
            )
        )
    if not text.replace("\n", " ").isprintable():
        faults.append((key, Say("有看不见的控制字符", "There are control characters in it")))
    return text


def _choice(row: Mapping[str, str], key: str, table: Mapping[str, str], default: str, faults: Faults) -> str:
    text = row.get(key, "").strip()
    if text and text not in table:
        faults.append((key, Say(f"没有“{text[:20]}”这一项", f"There is no {text[:20]!r}")))
    return table.get(text, default)


def _day(row: Mapping[str, str], faults: Faults) -> date | None:
    """初始日期: 20260701 as the standard writes it, or 2026-07-01."""
    text = row.get("built", "").strip()
    if not text:
        return None
    digits = text[:10].replace("-", "").replace("/", "")
    try:
        if len(digits) == 8 and digits.isdecimal():
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        pass  # eight digits that are no day, said below like any other text
    faults.append(
        ("built", Say(f"“{text[:20]}”不是日期，应为 20260701", f"{text[:20]!r} is no date; 20260701 is"))
    )
    return None
