"""Old and new codes: each row with a source, unconfirmed ones told apart, and none made up."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bihuan import lines
from bihuan.core.line.parts import Line
from bihuan.core.rows import RowError
from bihuan.core.time.instant import day
from bihuan.lines.standards import COLUMNS, FILE, matches, now_called, once_called, read_matches

NOW = day("2026-10-12")
BIN = "管理事项:06042"
GOOD = f"GB/T 30428.2-2013,事件,0101,旧名,{BIN},核定,某文件第 1 页,2026-07-01,,张三,2026-08-01"


def line() -> Line:
    return lines.at("urban_management", NOW)


def table(*rows: str) -> str:
    return "\n".join([",".join(COLUMNS), *rows, ""])


def test_nothing_is_made_up() -> None:
    """The table was not read, so the file has its headings and no row."""
    assert matches(line()) == () and (Path(line().folder) / FILE).is_file()
    assert now_called(line(), "GB/T 30428.2-2013", "事件", "0101", NOW) == ()
    assert any(gap["key"] == "old_codes" for gap in line().gaps)


def test_every_matter_says_its_standard() -> None:
    assert all(row.columns["standard"] for dated in line().matters.values() for row in dated)


def test_a_code_is_looked_up_both_ways_and_unconfirmed_rows_come_after(tmp_path: Path) -> None:
    folder = tmp_path / "urban_management"
    shutil.copytree(line().folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    other = GOOD.replace(BIN, "管理事项:06041").replace("核定", "待核").replace("张三,2026-08-01", ",")
    (folder / FILE).write_text(table(other, GOOD), encoding="utf-8")
    ours = replace(line(), folder=str(folder))
    found = now_called(ours, "GB/T 30428.2-2013", "事件", "0101", NOW)
    assert [(one.matter, one.confirmed) for one in found] == [(BIN, True), ("管理事项:06041", False)]
    assert [one.code for one in once_called(ours, BIN, NOW)] == ["0101"]
    assert now_called(ours, "GB/T 30428.2-2013", "事件", "0101", day("2026-06-30")) == ()
    assert now_called(ours, "GB/T 30428.2-2013", "部件", "0101", NOW) == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("某文件第 1 页", ""), "source 没有写"),
        (GOOD.replace(BIN, "管理事项:99999"), "no matter"),
        (GOOD.replace("核定", "确认"), "status 只能是"),
        (GOOD.replace("张三", ""), "by whom"),
        (GOOD.replace("2026-07-01", "7月1日"), "不是日期"),
    ],
)
def test_a_row_that_proves_nothing_is_refused(row: str, said: str) -> None:
    with pytest.raises(RowError, match=said):
        read_matches(table(row), line())


def test_a_code_is_confirmed_once_on_a_day() -> None:
    again = GOOD.replace(BIN, "管理事项:06041")
    with pytest.raises(RowError, match="已经核定为另一个"):
        read_matches(table(GOOD, again), line())
    later = again.replace("2026-07-01", "2027-01-01")
    assert (
        len(read_matches(table(GOOD.replace("2026-07-01,,", "2026-07-01,2027-01-01,"), later), line())) == 2
    )
