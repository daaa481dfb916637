"""Bundles as data: what is refused at load, and that units, order and papers are those of the catalogue."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from bihuan import lines
from bihuan.core.line.bundle import rows_of
from bihuan.core.line.folder import LineError, read
from bihuan.lines.once import asked_for, once, once_for, saved

SEED = Path(lines.HERE).parent / "items" / "seed"
LINE = lines.at("bundles", "2026-03-02")


def rows(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def told(tmp_path: Path, name: str, old: str, new: str) -> str:
    """What loading says of the bundles with one text changed."""
    folder = tmp_path / "bundles"
    shutil.copytree(lines.HERE / "bundles", folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    try:
        return " | ".join(str(fault) for fault in lines.faults(read(folder), lines.all_lines()))
    except LineError as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("bundle.csv", "B02,P002-1,permits,P002-1", "B09,P002-1,permits,P002-1", "没有这个事项"),
        ("bundle.csv", "B01,P003-1,permits,P003-1", "B01,P003-1,permits,P003-9", "那条线没有“P003-9”"),
        ("bundle.csv", "B01,P003-1,permits,P003-1", "B01,P003-1,licences,P003-1", "没有名为“licences”的条线"),
        ("bundle.csv", "nk.scjg,P002-1,granted;not_needed,,食品", "nk.scjg,P002-1,fine,,食品", "没有结果“fine”"),
        ("bundle.csv", "nk.xfzd,P002-1,granted", "nk.xfzd,P038-1,granted", "“P038-1”可以不办"),
        ("bundle.csv", "nk.xfzd,P002-1,granted", "nk.xfzd,P010-1,granted", "这件事里没有“P010-1”"),
        ("bundle.csv", "nk.gafj,P055-1,granted", "nk.gafj,P056-1,granted", "永远轮不到它"),
        ("bundle.csv", "B05,P006-1,permits,P006-1,nk.scjg", "B05,P006-1,permits,P006-1,", "没有写"),
        ("bundle.csv", "granted;not_needed,yes,烟草", "granted;not_needed,maybe,烟草", "应当是 yes 或者空"),
        ("process.toml", 'passes = "withdraw"', 'passes = "vanish"', "没有操作“vanish”"),
        ("process.toml", ', passes = "withdraw" }', ", housekeeping = true }", "passes 或 releases 的出路"),
        ("process.toml", 'to = "closing", law', 'to = "running", law', "到不了这个状态"),
        ("process.toml", 'from = ["running"], to = "closing"', 'from = ["closing"], to = "closing"', "由子件欠着"),
        ("process.toml", '"whole", "partly", "none"', '"whole", "partly"', "none"),
        ("process.toml", 'opens = { bundle = "wanted", each = "parts" }', 'opens = { each = "parts" }', "要一起写"),
        ("once.csv", "layout,P055-1,m4", "layout,P055-9,m4", "不在任何一件事里"),
        ("once.csv", "layout,P055-1,m4", "plan,P055-1,m4", "表单不收这份材料"),
        ("once.csv", "layout,P055-1,m4", "layout,P055-1,m3", "写了两次"),
        ("once.csv", "hygiene_test,", "layout,", "哪一项也不要它"),
    ],
)  # fmt: skip
def test_a_bundle_that_cannot_work_is_refused_at_load(
    tmp_path: Path, name: str, old: str, new: str, why: str
) -> None:
    assert why in told(tmp_path, name, old, new)


def test_every_part_is_an_item_of_the_catalogue_handled_by_the_same_unit() -> None:
    items = {row["code"]: row for row in rows("items.csv")}
    for row in LINE.bundle:
        it = items[row.item]
        assert (row.line, row.unit, row.matter) == (it["line"], it["unit"], row.item), row
        life = LINE.matter(row.bundle, 20_000).columns["life"]
        assert row.optional or life in it["life"], f"{row.bundle} {row.item}"


def test_every_material_an_applicant_brings_is_in_exactly_one_paper() -> None:
    items = {row.item for row in LINE.bundle}
    wanted = {
        (row["item"], row["key"])
        for row in rows("materials.csv")
        if row["item"] in items and row["origin"] != "government"
    }
    assert {(item, material) for _, item, material in once(LINE)} == wanted


def test_what_waits_for_a_licence_is_what_the_government_fetches_it_for() -> None:
    """A part comes after another only where its own materials name the licence of that one, held by the government."""
    named = {"P002-1": "营业执照", "P055-1": "消防"}
    held = [(row["item"], row["name"]) for row in rows("materials.csv") if row["origin"] == "government"]
    for row in LINE.bundle:
        for before in row.after:
            assert any(item == row.item and named[before] in name for item, name in held), row


def test_each_part_gets_its_own_papers_and_no_others() -> None:
    assert once_for(LINE, "P055-1") == {"material:fire_rules": "m3", "material:layout": "m4"}
    assert once_for(LINE, "P038-1") == {"material:sign": ""}, (
        "one field for three materials names none of them"
    )
    assert once_for(LINE, "P002-1") == {}
    assert asked_for(LINE, rows_of(LINE.bundle, "B01", ["P002-1", "P003-1", "P055-1"])) == (
        "layout", "equipment", "food_rules", "fire_rules",
    )  # fmt: skip


def test_what_a_bundle_saves_is_counted_from_the_materials() -> None:
    every = rows_of(LINE.bundle, "B01")
    assert saved(LINE, every) == ((4, 8), (1, 7)), (
        "four forms become one; the plan is handed in once instead of twice"
    )
    assert saved(LINE, rows_of(LINE.bundle, "B05", ["P006-1", "P007-1"])) == ((2, 7), (1, 5))
