"""Suggested leads: the longest word decides, the day counts, the duty list is asked, and nobody is guessed."""

import pytest

from bihuan.core.authority.duty import Duties, Duty
from bihuan.core.rows import RowError
from bihuan.core.say import Say
from bihuan.core.time.instant import day
from bihuan.targets.suggest import lead_words, read_words, suggest

HEAD = "word,unit,duty,since,basis,basis_en\n"
NAMES = {
    "nk.fgw": Say("区发改委", "Reform"),
    "nk.rsj": Say("区人社局", "Labour"),
    "nk.cgw": Say("区城管委", "City"),
}
DAY = day("2026-11-24")
WORDS = read_words(
    HEAD + "就业,nk.rsj,,2019-01-01,促进就业,employment\n就业规划,nk.fgw,,2019-01-01,规划,plans\n"
    "道路,,urban_management 管理部件:交通设施,2016-01-01,按权责清单,duty list\n"
)
ROADS = Duties.of(
    [
        Duty(
            "nk.cgw",
            "处置",
            "urban_management",
            "管理部件:交通设施",
            "全区",
            "lead",
            day("2016-01-01"),
            None,
            "例",
            "high",
        )
    ]
)


def ask(*texts, duties=ROADS, on=DAY):
    return suggest(texts, duties, NAMES, on, WORDS)


def test_the_longest_word_decides():
    assert ask("编制就业规划").unit == "nk.fgw"
    assert ask("新增就业4万人").unit == "nk.rsj"


def test_the_reason_says_the_word_in_both_languages():
    why = ask("新增就业4万人").why
    assert "就业" in why and "促进就业" in why and "employment" in why.en


def test_the_duty_list_is_asked():
    found = ask("提升改造15条道路")
    assert found.unit == "nk.cgw" and "道路" in found.why
    assert ask("提升改造15条道路", duties=Duties.of([])) is None


def test_the_first_text_with_a_word_decides():
    assert ask("没有词", "新增就业", "就业规划").unit == "nk.rsj"


def test_nobody_is_guessed_and_a_row_counts_from_its_day():
    assert ask("弘扬志愿精神") is None
    assert ask("新增就业", on=day("2018-12-31")) is None


@pytest.mark.parametrize(
    "row", ["就业,,,2019-01-01,a,b", "就业,nk.rsj,urban_management 管理部件:交通设施,2019-01-01,a,b"]
)
def test_a_row_names_a_unit_or_a_duty(row):
    with pytest.raises(RowError, match=r"leads\.csv:2: 就业"):
        read_words(HEAD + row + "\n")


def test_the_packaged_table_names_real_units():
    from bihuan.people.actions import SEED

    units = {line.split(",")[0] for line in (SEED / "units.csv").read_text(encoding="utf-8").splitlines()}
    assert {row.unit for row in lead_words() if row.unit} <= units


def test_every_duty_that_the_table_asks_for_stands_in_the_duty_list():
    """A word with a duty suggests the unit of a row of the list, or nobody: no duty is made up here."""
    from bihuan.people.actions import SEED

    rows = [line.split(",") for line in (SEED / "duty.csv").read_text(encoding="utf-8").splitlines()[1:]]
    there = {(row[2], row[3]) for row in rows}
    asked = {row.duty for row in lead_words() if row.duty}
    assert len(asked) >= 14 and asked <= there


@pytest.mark.django_db
def test_a_word_of_the_duty_list_suggests_its_unit_with_the_reason(office):
    from bihuan.core.time.instant import at
    from bihuan.targets.proposals import proposals
    from bihuan.targets.tests.conftest import NOW

    rows = {row.mark.fact["text"]: row.lead for row in proposals(office.report.pk, at(NOW))[1]}
    tax = next(lead for text, lead in rows.items() if text.startswith("落实减税降费政策"))
    assert tax.unit == "nk.shuiwu" and "减税降费" in tax.why and "权责清单" in tax.why
    fallback = next(lead for text, lead in rows.items() if text.startswith("促推双峰道"))
    assert fallback.unit == "nk.fgw"
    assert next(lead for text, lead in rows.items() if text == "国家级高新技术企业总数达到150家") is None
