"""`bihuan report read`: the JSON, the table, and the error of what is no report."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bihuan.targets
from bihuan.config.cli.report import app

SEED = Path(bihuan.targets.__file__).parent / "seed" / "nankai-2016-report.txt"
KEYS = {"meta", "quantities", "targets", "tasks", "glossary", "suspicious", "checks", "links"}


def test_json_has_the_agreed_shape() -> None:
    result = CliRunner().invoke(app, ["read", str(SEED), "--json"])
    assert result.exit_code == 0
    out = json.loads(result.stdout)
    assert set(out) == KEYS
    text = SEED.read_text(encoding="utf-8")
    quantity = out["quantities"][0]
    assert text[slice(*quantity["span"])] == "648亿元"
    assert {
        "value",
        "unit",
        "norm_value",
        "norm_unit",
        "indicator",
        "canonical",
        "role",
        "comparator",
        "status",
        "period",
        "section",
        "suspicious",
        "suggestions",
    } <= set(quantity)
    assert {"kind", "horizon", "by", "comparator"} <= set(out["targets"][0])
    assert {"verbs", "objects", "projects", "measurability"} <= set(out["tasks"][0])
    assert all(c["finding"] and c["finding_en"] and c["caveat_en"] for c in out["checks"])


def test_the_table_shows_damage_and_checks() -> None:
    result = CliRunner().invoke(app, ["read", str(SEED)])
    assert result.exit_code == 0
    assert "974.4" in result.stdout and "587栋" in result.stdout and "⚠" in result.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "UTF-16"),
        (b"", "empty"),
        ("只有一句话。".encode(), "Too short"),
        (b"plain English " * 200, "Not a Chinese report"),
    ],
)
def test_a_file_that_is_no_report_ends_with_two(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    result = CliRunner().invoke(app, ["read", str(file)])
    assert result.exit_code == 2
    assert reason in result.output and "x.txt" in result.output


def test_a_missing_file_ends_with_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(tmp_path / "none.txt")])
    assert result.exit_code == 2 and "none.txt" in result.output


def test_a_file_that_is_not_plain_brings_its_text(tmp_path: Path) -> None:
    text = SEED.read_text(encoding="utf-8")
    file = tmp_path / "x.txt"
    file.write_bytes(text.encode("gb18030"))
    out = json.loads(CliRunner().invoke(app, ["read", str(file), "--json"]).stdout)
    assert set(out) == KEYS | {"file"} and out["file"]["encoding"] == "gb18030"
    a, b = out["quantities"][0]["span"]
    assert out["file"]["text"][a:b] == "648亿元"


def test_a_folder_is_read_in_parallel_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SEED.read_bytes() if name != "b.txt" else "只有一句话。".encode())
    result = CliRunner().invoke(app, ["read", str(tmp_path), "--json"])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert [line["name"] for line in lines] == ["a.txt", "b.txt", "c.txt"]
    assert set(lines[0]) == KEYS | {"name"} and "Too short" in lines[1]["error_en"]
    assert "b.txt" in result.stderr
    table = CliRunner().invoke(app, ["read", str(tmp_path)])
    assert table.exit_code == 2 and "南开区" in table.stdout and "105" in table.stdout


def test_an_empty_folder_ends_with_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(tmp_path)])
    assert result.exit_code == 2 and "no files" in result.output
