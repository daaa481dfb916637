"""The catalogue of the new standard: 403 codes, two kinds, one key each."""

from __future__ import annotations

import pytest

from bihuan.core.time.instant import day
from bihuan.lines import at
from bihuan.lines.catalogue import NoMatter, find_matter, matters_on

URBAN = at("urban_management", "2026-09-01")


def test_403_codes_with_their_kind() -> None:
    rows = matters_on(URBAN, day("2026-09-01"))
    kinds = [row.columns["kind"] for row in rows]
    assert (len(rows), kinds.count("管理事项"), kinds.count("管理部件")) == (403, 250, 153)
    for row in rows:
        assert row.code == f"{row.columns['kind']}:{row.columns['code5']}"
        assert row.columns["standard"] == "GB/T 47678.5-2026" and row.since == day("2026-07-01")
        assert row.name_en != row.name and row.columns["source"] and row.columns["law"]


def test_the_gaps_of_the_standard_are_kept() -> None:
    for missing in ("01016", "06031", "07005", "09007", "05001"):
        with pytest.raises(NoMatter, match=missing):
            find_matter(URBAN, missing)


def test_limits_with_a_source_are_the_sources() -> None:
    limits = {"06010": "4 working hours", "06011": "2 working days", "06012": "2 working hours",
              "06017": "4 working hours", "06001": "20 working days"}  # fmt: skip
    for code, limit in limits.items():
        row = find_matter(URBAN, f"管理事项:{code}")
        assert row.limits["handle"].text == limit and row.columns["source"].startswith("例")


def test_other_limits_say_that_they_wait_for_the_district() -> None:
    for row in matters_on(URBAN, day("2026-09-01")):
        assert row.columns["source"].startswith(("例", "本区示例,待区里核定"))


@pytest.mark.parametrize("cover", ["01001", "01011", "01023"])
def test_manhole_covers_run_on_continuous_hours(cover: str) -> None:
    assert find_matter(URBAN, f"管理事项:{cover}").limits["handle"].unit == "seconds"


def test_a_code_of_both_kinds_is_refused_with_both_named() -> None:
    with pytest.raises(NoMatter) as caught:
        find_matter(URBAN, "01001")
    assert [row.code for row in caught.value.found] == ["管理事项:01001", "管理部件:01001"]
    assert "供水井盖异常" in caught.value.say and "请写明是哪一类" in caught.value.say
    assert "Say which kind" in caught.value.say.en and "管理部件:01001" in caught.value.say.en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("管理事项:06042", "管理事项:06042"),
        ("管理部件:01001", "管理部件:01001"),
        ("06042", "管理事项:06042"),
        (" ０６０４２ ", "管理事项:06042"),
        ("管理事项：06042", "管理事项:06042"),
        ("暴露垃圾", "管理事项:06010"),
        ("exposed rubbish", "管理事项:06010"),
        ("供水井盖", "管理部件:01001"),
    ],
)
def test_finding_by_key_code_or_name(text: str, code: str) -> None:
    assert find_matter(URBAN, text).code == code


@pytest.mark.parametrize("text", ["", "   ", "6042", "管理事项:6042", "垃圾", "😀", "管理事项:"])
def test_what_is_no_matter_is_refused(text: str) -> None:
    with pytest.raises(NoMatter, match="没有事项"):
        find_matter(URBAN, text)


def test_before_the_standard_took_force_there_is_no_code() -> None:
    with pytest.raises(NoMatter, match="06042"):
        find_matter(URBAN, "06042", day("2026-06-30"))
