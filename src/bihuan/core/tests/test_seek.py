"""The catalogue by the words people use."""

import pytest

from bihuan import lines
from bihuan.core.line.seek import pairs, seek
from bihuan.lines.catalogue import matters_on

LINE = next(reversed(list(lines.all_lines()["urban_management"].values())))
ROWS = matters_on(LINE, LINE.version)
MORE = [("管理事项:06042", "垃圾桶满了 The rubbish bin is overflowing")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("路灯", "管理部件:01037"),
        ("路灯不亮了没人修", "管理事项:01037"),
        ("垃圾桶满了", "管理事项:06042"),
        ("the bin is overflowing", "管理事项:06042"),
        ("占道经营", "管理事项:09006"),
        ("  MANHOLE  ", "管理事项:01001"),
    ],
)
def test_found_among_the_first(text: str, code: str) -> None:
    assert code in [row.code for row in seek(ROWS, text, MORE, most=40)]


def test_a_whole_name_comes_first() -> None:
    assert seek(ROWS, "占道经营")[0].code == "管理事项:09006"


def test_a_bare_code_finds_both_kinds() -> None:
    assert {row.code for row in seek(ROWS, "01001")} == {"管理事项:01001", "管理部件:01001"}


@pytest.mark.parametrize("text", ["", "   ", "的了", "zz", "😀", "99999"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert seek(ROWS, text) == []


def test_no_more_than_asked_for() -> None:
    assert len(seek(ROWS, "井盖", most=5)) == 5
    assert pairs("路灯不亮") == ["路灯", "灯亮"]
