"""The catalogue: rows taken or refused with every reason, promises within the law, bases that lapsed, search."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.items.basis import citations, lapsed, name_of
from bihuan.core.items.catalogue import Catalogue
from bihuan.core.items.find import Index, Saying, nearest, rank, understand
from bihuan.core.items.parts import AT_ONCE, TABLES, Law, natural
from bihuan.core.items.periods import BadLimit, read_period, too_long
from bihuan.core.items.read import Around, Read, entry_of, key_of, read_tables
from bihuan.core.items.terms import syllables, terms_of
from bihuan.core.say import Say

UNITS = {"区市场监督管理局": "nk.scjg", "nk.scjg": "nk.scjg"}
POWER = {
    "code": "P003",
    "name": "食品经营许可",
    "kind": "行政许可",
    "unit": "区市场监督管理局",
    "basis": "食品安全法 §35",
}
ITEM = {
    "code": "P003-1", "power": "P003", "name": "食品经营许可", "name_en": "Food business licence", "doing": "新办", "doing_en": "New",
    "unit": "nk.scjg", "target": "both", "basis": "食品安全法 §35", "read": "是", "legal": "20 working days", "promise": "8 working days",
    "words": "餐饮许可证;开饭馆办证", "life": "开餐馆", "life_en": "Opening a restaurant",
}  # fmt: skip
MATERIAL = {"item": "P003-1", "key": "m1", "name": "申请书", "origin": "申请人自备"}
LAW = {
    "law": "公司登记管理条例",
    "lapsed": "2022-03-01",
    "replaced_by": "市场主体登记管理条例",
    "source": "市场主体登记管理条例 §55",
}


def around(**limits: dict[str, dict[str, str]]) -> Around:
    return Around(UNITS, {"permits": limits or {"other": {}}, "disclosure": {}})


def read(around_: Around | None = None, **tables: list[dict[str, str]]) -> Read:
    return read_tables({name: list(enumerate(rows, 2)) for name, rows in tables.items()}, around_ or around())


def why(found: Read) -> str:
    assert len(found.bad) == 1
    return "; ".join(f"{column}: {say} | {say.en}" for column, say in found.bad[0].faults)


def test_good_rows_are_kept_in_codes() -> None:
    found = read(powers=[POWER], items=[ITEM], materials=[MATERIAL], laws=[LAW])
    assert not found.bad
    assert (
        found.good["powers"]["P003"]["unit"] == "nk.scjg"
        and found.good["powers"]["P003"]["kind"] == "licence"
    )
    assert found.good["items"]["P003-1"]["read"] == "yes"
    assert found.good["materials"]["P003-1/m1"]["origin"] == "applicant"
    item = entry_of("items", found.good["items"]["P003-1"])
    assert str(item.title) == "食品经营许可（新办）" and item.title.en == "Food business licence: New"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"promise": "30 working days"}, "承诺“30 working days”长于法定“20 working days”"),
        ({"promise": "15 days"}, "单位不同"),
        ({"legal": "当场", "promise": "1 working day"}, "当场办"),
        ({"legal": "二十天"}, "不是时限"),
        ({"power": "P999"}, "权责清单上没有“P999”"),
        ({"unit": "区某某局"}, "没有单位“区某某局”"),
        ({"target": "所有人"}, "应当是：个人"),
        ({"visits": "很多"}, "不是 0 到 99 的整数"),
        ({"life_en": ""}, "项数不一样"),
        ({"name": ""}, "没有写“事项名称”"),
        ({"name": "长" * 501}, "超过 500 个字"),
        ({"code": "=P1"}, "不是编码"),
        ({"line": "fishing"}, "没有条线“fishing”"),
        ({"line": "permits"}, "没有事项“P003-1”"),
    ],
)  # fmt: skip
def test_a_bad_item_is_refused_with_the_reason(change: dict[str, str], reason: str) -> None:
    found = read(powers=[POWER], items=[ITEM | change])
    assert reason in why(found) and not found.good["items"]


def test_every_fault_of_a_row_is_told_at_once() -> None:
    said = why(read(powers=[POWER], items=[ITEM | {"unit": "x", "target": "y", "visits": "z"}]))
    assert all(word in said for word in ("unit:", "target:", "visits:"))


def test_an_item_of_a_line_has_the_limits_of_its_matter() -> None:
    same = around(**{"P003-1": {"decide": "20 working days", "longer": "", "promise": "8 working days"}})
    assert not read(same, powers=[POWER], items=[ITEM | {"line": "permits"}]).bad
    other = around(**{"P003-1": {"decide": "15 working days", "promise": "8 working days"}})
    assert "先改条线" in why(read(other, powers=[POWER], items=[ITEM | {"line": "permits"}]))
    assert not read(powers=[POWER], items=[ITEM | {"line": "disclosure"}]).bad, (
        "a line without matters has none to agree with"
    )


@pytest.mark.parametrize(
    ("table", "row", "reason"),
    [
        ("powers", POWER | {"basis": "；"}, "清单之外不得行使"),
        ("powers", POWER | {"kind": "随便"}, "没有“随便”"),
        ("materials", MATERIAL | {"item": "P999-1"}, "没有办理项“P999-1”"),
        ("materials", MATERIAL | {"origin": "government", "later": "是"}, "谈不上容缺"),
        ("materials", MATERIAL | {"later": "也许"}, "要写 是 或 否"),
        ("laws", LAW | {"lapsed": "去年"}, "不是日期"),
        ("laws", LAW | {"source": ""}, "废止要写明出处"),
    ],
)  # fmt: skip
def test_bad_rows_of_other_tables(table: str, row: dict[str, str], reason: str) -> None:
    tables = {"powers": [POWER], "items": [ITEM]} | {table: [row]}
    if table == "powers":
        del tables["items"]
    assert reason in why(read(**tables))


def test_a_code_twice_names_the_first_line() -> None:
    assert "第 2 行已经有了" in why(read(powers=[POWER, POWER]))


def test_rows_may_speak_of_what_is_recorded_already() -> None:
    there = around()
    there.powers.add("P003")
    there.items.add("P003-1")
    assert not read(there, items=[ITEM]).bad and not read(there, materials=[MATERIAL]).bad


units = st.sampled_from(["working day", "day", "month"])
amounts = st.integers(1, 400)


@given(amounts, amounts, units)
def test_a_promise_stands_exactly_up_to_the_legal_limit(a: int, b: int, unit: str) -> None:
    promise, legal = (read_period(f"{n} {unit}{'s' if n > 1 else ''}") for n in (a, b))
    assert (too_long(promise, legal) is None) == (a <= b)
    assert too_long(read_period(AT_ONCE), legal) is None and too_long(promise, read_period("")) is None
    assert too_long(promise, read_period("当场")) is not None


@given(st.text(max_size=12))
def test_a_period_is_read_or_refused(text: str) -> None:
    try:
        found = read_period(text)
    except BadLimit as bad:
        assert bad.reason
    else:
        assert found.at_once or found.limit or not text.strip()


def test_a_lapsed_basis_turns_red_from_its_day_on() -> None:
    laws = {
        "公司登记管理条例": Law("公司登记管理条例", None, date(2022, 3, 1), "市场主体登记管理条例", "§55")
    }
    basis = citations("《公司登记管理条例》（2016年修订） §4;食品安全法 §35")
    assert name_of(basis[0][0]) == "公司登记管理条例" and basis[1] == ("食品安全法", "35")
    assert lapsed(basis, laws, date(2022, 2, 28)) == []
    (why,) = lapsed(basis, laws, date(2022, 3, 1))
    assert "2022-03-01 废止，由《市场主体登记管理条例》替代" in why


def catalogue() -> Catalogue:
    second = ITEM | {"code": "P003-2", "doing": "变更", "doing_en": "Change"}
    other = ITEM | {
        "code": "P010-1",
        "name": "公共场所卫生许可",
        "name_en": "Hygiene licence",
        "words": "理发店卫生证",
        "life": "开理发店",
        "life_en": "Opening a hair salon",
    }
    found = read(
        powers=[POWER, POWER | {"code": "P010", "name": "公共场所卫生许可"}],
        items=[second, ITEM, other | {"power": "P010"}],
        materials=[MATERIAL | {"key": "m10"}, MATERIAL | {"key": "m2"}],
    )
    assert not found.bad
    return Catalogue.of(entry_of(table, said) for table, rows in found.good.items() for said in rows.values())  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [("开饭馆办证", "P003-1"), ("我想开个理发店", "P010-1"), ("restaurant", "P003-1"), ("卫生许可", "P010-1"), ("p003", "P003-1"), ("P003-2", "P003-2")],
)  # fmt: skip
def test_people_find_it_in_their_own_words(text: str, first: str) -> None:
    assert rank(understand(text, ()), Index.of(catalogue().items))[0].item.code == first


def test_nothing_is_found_for_nothing() -> None:
    for text in ("", "飞船", "的", "x"):
        assert rank(understand(text, ()), Index.of(catalogue().items)) == []


SAYINGS = (
    Saying("理发店", ("公共场所卫生许可",)),
    Saying("理发", ("食品经营许可",)),
    Saying("不干了", (), ("注销",)),
    Saying("换老板", (), ("变更",)),
)


def test_what_people_say_leads_on_and_is_told() -> None:
    index = Index.of(catalogue().items)
    hit = rank(understand("给人理发店里干活", SAYINGS), index)[0]
    assert hit.item.code == "P010-1" and hit.why == "因为您说“理发店”" and "理发店" in hit.why.en
    assert rank(understand("给人干活", SAYINGS), index) == []


def test_of_sayings_within_each_other_the_longest_counts() -> None:
    assert understand("理发店", SAYINGS).means == {"公共场所卫生许可": "理发店"}
    assert understand("理发", SAYINGS).means == {"食品经营许可": "理发"}


def test_a_saying_in_english_is_a_whole_word() -> None:
    sayings = (Saying("ct", ("放射",)),)
    assert understand("买了CT要批吗", sayings).means and not understand("act now", sayings).means


def test_what_is_done_decides_between_items_of_one_name() -> None:
    index = Index.of(catalogue().items)
    assert rank(understand("食品经营换老板", SAYINGS), index)[0].item.code == "P003-2"
    assert rank(understand("食品经营", SAYINGS), index)[0].item.code == "P003-1"


@pytest.mark.parametrize(
    ("typed", "why"), [("spjy", "拼音首字母 spjy"), ("shipin", "读音是 shi pin"), ("食品经菅许可", "里面有")]
)
def test_pinyin_initials_and_slips_are_understood(typed: str, why: str) -> None:
    hit = rank(understand(typed, ()), Index.of(catalogue().items))[0]
    assert hit.item.power == "P003" and why in hit.why


def test_a_word_that_sounds_the_same_finds_it() -> None:
    assert {"y.jie.hun", "c结婚"} <= set(terms_of("结婚")) and "y.jie.hun" in understand("结昏", ()).terms


@pytest.mark.parametrize(
    ("word", "parts"),
    [("jiehun", ("jie", "hun")), ("kaifanguan", ("kai", "fan", "guan")), ("shenfenzheng", ("shen", "fen", "zheng")), ("spjy", ()), ("hotel", ())],
)  # fmt: skip
def test_pinyin_is_cut_into_syllables(word: str, parts: tuple[str, ...]) -> None:
    assert syllables(word) == parts


def test_what_finds_nothing_leads_to_the_nearest_occasions() -> None:
    lives = [Say("结婚", "Marrying"), Say("开餐馆", "Opening a restaurant"), Say("租房", "Renting")]
    assert nearest("吃餐", lives, 2)[0] == "开餐馆" and nearest("zzz", lives, 2) == lives[:2]


@given(st.text(max_size=80))
def test_any_text_is_understood(text: str) -> None:
    index = Index.of(catalogue().items)
    asked = understand(text, SAYINGS)
    for hit in rank(asked, index):
        assert hit.score > 0 and hit.why and hit.why.en
    assert all(-(2**31) <= n < 2**31 for n in index.telling(asked))


def test_order_is_that_of_people() -> None:
    found = catalogue()
    assert list(found.items) == ["P003-1", "P003-2", "P010-1"]
    assert [one.key for one in found.materials["P003-1"]] == ["m2", "m10"]
    assert natural("P003-2") < natural("P003-10")
    assert [one.code for one in found.siblings("P003-2")] == ["P003-1", "P003-2"]
    assert {str(say): n for say, n in found.lives().items()} == {"开餐馆": 1, "开理发店": 1}


@given(st.dictionaries(st.sampled_from(sorted(TABLES["items"])), st.text(max_size=20)))
def test_any_row_is_taken_or_refused_with_a_reason(row: dict[str, str]) -> None:
    found = read(powers=[POWER], items=[row])
    assert len(found.good["items"]) + len(found.bad) == 1
    assert all(bad.faults for bad in found.bad)
    for said in found.good["items"].values():
        entry_of("items", said)


def test_keys() -> None:
    assert key_of("materials", {"item": "a", "key": "b"}) == "a/b" and key_of("laws", {"law": "x"}) == "x"
