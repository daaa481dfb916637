"""Writes divisions.csv and cells.geojson from the lists and the outline; run by hand, output committed.

.venv/bin/python -m bihuan.places.seed.make_cells
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from bihuan.core.place.tiling import Piece, cut

HERE = Path(__file__).parent
SIZE = 48_000.0  # m² a cell: some eight hundred cells, each a few blocks

# Roughly where each street lies (WGS-84), read off a city map by eye; only their order to each other matters.
SEEDS = {
    "120104001": (117.150, 39.135),
    "120104002": (117.181, 39.141),
    "120104003": (117.177, 39.131),
    "120104004": (117.163, 39.136),
    "120104005": (117.158, 39.119),
    "120104006": (117.167, 39.107),
    "120104007": (117.127, 39.131),
    "120104008": (117.137, 39.117),
    "120104009": (117.143, 39.099),
    "120104010": (117.163, 39.090),
    "120104011": (117.163, 39.074),
    "120104012": (117.127, 39.085),
}
# The two lists carry only the year; the day is by convention the first of that year.
FIRST, SECOND = "2016-01-01", "2023-01-01"
FIELDS = ("code", "name", "name_en", "level", "parent", "since", "until", "former_name")
# What pypinyin, character by character, gets wrong or runs together in these names.
READINGS = {
    "长宁里": "Changningli", "长华里": "Changhuali", "泊江里": "Bojiangli", "向阳路": "Xiangyang Lu",
    "嘉陵道": "Jialing Dao", "水上公园": "Shuishang Gongyuan", "体育中心": "Tiyu Zhongxin",
}  # fmt: skip


def read(name: str) -> dict[str, str]:
    """code → name of one of the lists."""
    with (HERE / name).open(encoding="utf-8-sig", newline="") as f:
        return {row["code"]: row["name"] for row in csv.DictReader(f)}


def english(name: str, tail_zh: tuple[str, ...], tail_en: str) -> str:
    """The name in pinyin as place names are written, with the English word for what it is."""
    name = name.removesuffix(next((t for t in tail_zh if name.endswith(t)), ""))
    return f"{READINGS.get(name) or pinyin(name)} {tail_en}"


def pinyin(name: str) -> str:
    """One word, with the apostrophe that keeps syllables apart: Yan'anlou."""
    first, *rest = lazy_pinyin(name)
    return (first + "".join(f"'{s}" if s[0] in "aoe" else s for s in rest)).capitalize()


def divisions() -> list[dict[str, str]]:
    """District, streets and communities of both lists with the dates the lists allow."""
    streets = read("nankai_streets_2016.csv")
    old, new = read("nankai_communities_2016.csv"), read("nankai_communities_2023.csv")
    rows = [
        dict(zip(FIELDS, ("120104", "南开区", "Nankai District", "district", "", FIRST, "", ""), strict=True))
    ]
    for code, name in sorted(streets.items()):
        en = english(name, ("街道",), "Subdistrict")
        rows.append(dict(zip(FIELDS, (code, name, en, "street", "120104", FIRST, "", ""), strict=True)))
    tails = ("社区社区居委会", "社区居委会", "居委会", "社区")
    for code in sorted(old | new):
        name = new.get(code) or old[code]
        former = old[code] if code in old and code in new and old[code] != name else ""
        rows.append(
            dict(
                zip(
                    FIELDS,
                    (
                        code,
                        name,
                        english(name, tails, "Community"),
                        "community",
                        code[:9],
                        FIRST if code in old else SECOND,
                        "" if code in new else SECOND,
                        former,
                    ),
                    strict=True,
                )
            )
        )
    return rows


def cells() -> list[Piece]:
    """The tiling over the communities of the later list."""
    outline = json.loads((HERE / "district.geojson").read_text(encoding="utf-8"))
    communities: dict[str, list[str]] = {code: [] for code in SEEDS}
    for code in sorted(read("nankai_communities_2023.csv")):
        communities[code[:9]].append(code)
    return cut(outline, SEEDS, communities, SIZE)


def feature(p: Piece) -> dict[str, Any]:
    """One cell as GeoJSON."""
    ring = [list(point) for point in (*p.ring, p.ring[0])]
    return {
        "type": "Feature",
        "properties": {
            "code": p.code,
            "community": p.code[:12],
            "street": p.code[:9],
            "area": round(p.area),
            "schematic": True,
            "since": SECOND,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def main() -> None:
    """Writes both files beside this one."""
    with (HERE / "divisions.csv").open("w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, FIELDS, lineterminator="\n")
        out.writeheader()
        out.writerows(divisions())
    head = '{"type":"FeatureCollection","schematic":true,"datum":"WGS-84","features":[\n'
    lines = [json.dumps(feature(p), ensure_ascii=False, separators=(",", ":")) for p in cells()]
    (HERE / "cells.geojson").write_text(head + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
