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
        (b"\xff\xfe\x00", "UTF-8"),
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
