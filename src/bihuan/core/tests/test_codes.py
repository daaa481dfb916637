"""Codes: published and synthetic numbers pass, everything near them is refused with place and reason."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from bihuan.core import codes
from bihuan.core.codes import BadCode
from bihuan.core.codes.person import check_character as id_check
from bihuan.core.codes.uscc import ALPHABET, VALUES, org_check_character
from bihuan.core.codes.uscc import check_character as uscc_check

EPOCH = datetime.date(1970, 1, 1)
TODAY = (datetime.date(2026, 11, 24) - EPOCH).days
USCCS = ("91350100M000100Y43", "91120104MA0AY4CL0C", "91120104MA012TH306", "91120104MA0BJ1XG45")


def refused(read, text, **rest) -> codes.BadCode:
    with pytest.raises(BadCode) as e:
        read(text, **rest)
    assert e.value.say.en
    assert str(e.value.say) != e.value.say.en
    return e.value


# --- 统一社会信用代码


@pytest.mark.parametrize("text", USCCS)
def test_known_credit_codes_pass_here_and_in_an_independent_library(text):
    code = codes.read_uscc(text)
    assert (code.value, code.normalised_from, code.changes) == (text, None, ())
    assert code.facts["sort"] == "企业"
    assert uscc.is_valid(text)


@pytest.mark.parametrize("text", USCCS)
def test_every_single_wrong_character_in_a_credit_code_is_refused(text):
    for i in range(18):
        for c in ALPHABET:
            if c != text[i]:
                refused(codes.read_uscc, text[:i] + c + text[i + 1 :])


def test_remainder_zero_gives_the_check_character_zero_and_not_an_overflow():
    # Found by counting up: Σ value·weight is divisible by 31, where the common mistake looks up character 31.
    first17 = next(
        f
        for n in range(1000)
        if (f := codes.invent_uscc(n)[:17])
        and sum(VALUES[c] * pow(3, i, 31) for i, c in enumerate(f)) % 31 == 0
    )
    assert uscc_check(first17) == "0"
    assert codes.read_uscc(first17 + "0").value.endswith("0")


def test_the_inner_check_character_is_judged_also_where_the_outer_one_holds():
    first17 = "91350100M000100Y" + "5"  # should be 4 by GB 11714
    text = first17 + uscc_check(first17)
    assert uscc.is_valid(text)  # the library looks at the outer check alone
    e = refused(codes.read_uscc, text)
    assert "第 17 位" in e.say
    assert "应为 4,这里是 5" in e.say.replace("，", ",")


@given(st.integers(0, 99_999), st.sampled_from(["91", "92", "93", "11", "12", "52"]))
def test_invented_credit_codes_pass_both_libraries(n, sort):
    text = codes.invent_uscc(n, sort)
    assert codes.read_uscc(text).value == text
    assert uscc.is_valid(text)


def test_the_letter_o_for_a_zero_is_refused_and_the_zero_suggested():
    for o in ("O", "o", "ｏ"):
        e = refused(codes.read_uscc, "9112" + o + "104MA0AY4CL0C")
        assert "第 5 位是字母 O" in e.say
        assert "是不是数字 0" in e.say
        assert "perhaps the digit 0" in e.say.en


def test_harmless_writing_is_normalised_and_said():
    given_ = " ９１１２０１０４-ma0ay4cl0c\u200b\n"
    code = codes.read_uscc(given_)
    assert code.value == "91120104MA0AY4CL0C"
    assert code.normalised_from == given_
    assert {c.en for c in code.changes} == {
        "spaces removed",
        "full width made half width",
        "hyphens or dots removed",
        "lower case made upper case",
        "invisible characters removed",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有填写"),
        ("  \u200b ", "没有填写"),
        ("9112010", "应为 18 位，这里有 7 位"),
        ("91120104MA0AY4CL0C1", "这里有 19 位"),
        ("9" * 10_000, "不会有 10000 个字符"),
        ("91120104MA0AY4CL0\x00", "控制字符 U+0000"),
        ("９1120104MA0AY4CL0Ç", "U+00C7"),
        ("9112010٤MA0AY4CL0C", "U+0664"),  # an Arabic digit is a digit to Python, not to the register
        ("91990104MA0AY4CL0C", "99 不是省级区划代码"),
        ("91A20104MA0AY4CL0C", "第 3 位应为数字"),
        ("😀1120104MA0AY4CL0C", "U+1F600"),
    ],
)
def test_bad_credit_codes_name_what_is_there(text, said):
    assert said in refused(codes.read_uscc, text).say


def test_an_unknown_registration_authority_is_a_doubt_not_a_refusal():
    body = "DEM00001"
    first17 = "B1120104" + body + org_check_character(body)
    assert "首位 B" in codes.read_uscc(first17 + uscc_check(first17)).facts["doubt"]


def test_something_that_is_no_text_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="not int"):
        codes.read_uscc(911201)


# --- 公民身份号码


@pytest.mark.parametrize(
    ("text", "sex", "born"),
    [
        ("11010519491231002X", "女", "1949-12-31"),
        ("440524188001010014", "男", "1880-01-01"),
        ("810000199408230021", "女", "1994-08-23"),
        ("830000199201300022", "女", "1992-01-30"),
    ],
)
def test_known_identity_numbers(text, sex, born):
    code = codes.read_id_number(text)
    assert code.value == text
    assert code.facts["sex"] == sex
    assert code.facts["born"] == (datetime.date.fromisoformat(born) - EPOCH).days


def test_small_x_is_normalised_and_a_wrong_digit_refused():
    code = codes.read_id_number("11010519491231002x")
    assert code.value == "11010519491231002X"
    assert code.changes == ("小写改成了大写",)
    for i in range(17):
        for d in "0123456789":
            if d != "11010519491231002X"[i]:
                refused(codes.read_id_number, "11010519491231002X"[:i] + d + "11010519491231002X"[i + 1 :])


def test_reasons_never_repeat_the_number():
    e = refused(codes.read_id_number, "110105194912310029")
    assert "19491231" not in e.say
    assert "110105" not in e.say.en


def valid(first17: str) -> str:
    return first17 + id_check(first17)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (valid("11010519490229002"), "1949 年不是闰年"),
        (valid("11010519491301002"), "没有 1949 年 13 月 1 日"),
        (valid("11010519490431002"), "没有 1949 年 4 月 31 日"),
        (valid("99010519491231002"), "受理地省级代码"),
        (valid("66010519491231002"), "66 不是省级区划代码"),
        (valid("81010519491231002"), "应为 810000"),
        ("110105491231002", "像是一代证旧号"),
        ("X1010519491231002X", "第 1 位应为数字，这里是字母 X"),
        ("11010519491231002A", "应为数字或 X"),
        (valid("11010517991231002"), "早于 1800 年"),
    ],
)
def test_bad_identity_numbers_name_what_is_there(text, said):
    assert said in refused(codes.read_id_number, text).say


def test_leap_days_are_days():
    assert codes.read_id_number(valid("11010520000229001")).facts["born"] == 11016
    refused(codes.read_id_number, valid("11010519000229001"))  # 1900 was none


def test_the_future_and_the_very_old_are_refused_where_today_is_known():
    tomorrow = valid("12010420261125001")
    assert codes.read_id_number(tomorrow).value == tomorrow
    assert "在今天 2026-11-24 之后" in refused(codes.read_id_number, tomorrow, today=TODAY).say
    assert codes.read_id_number(valid("12010420261124001"), today=TODAY).facts["age"] == 0
    assert codes.read_id_number(valid("12010419061124001"), today=TODAY).facts["age"] == 120
    assert "超过 120 岁" in refused(codes.read_id_number, valid("12010419051124001"), today=TODAY).say
    assert "146 周岁" in refused(codes.read_id_number, "440524188001010014", today=TODAY).say


def test_abolished_divisions_are_lawful():
    # 120103 and 510202 (万县, a city of Sichuan until 1997): the number keeps the division of its day.
    assert codes.read_id_number(valid("51020219700101001")).facts["division"] == "510202"


@given(st.integers(0, 999), st.integers(-25_000, 20_000))
def test_invented_people_pass_and_are_nobody(n, born):
    code = codes.read_id_number(codes.invent_id_number(n, born))
    assert code.facts["division"] == "120000"
    assert code.facts["born"] == born
    assert code.facts["sex"] == ("男" if n % 2 else "女")


@given(st.integers(0, 999), st.dates(datetime.date(1850, 1, 1), datetime.date(2026, 1, 1)), st.characters())
def test_agrees_with_an_independent_library(n, born, last):
    first17 = f"110105{born:%Y%m%d}{n:03d}"
    for text in (valid(first17), first17 + last):
        ours = True
        try:
            ours = codes.read_id_number(text).value == text
        except BadCode:
            ours = False
        assert ours == ric.is_valid(text) or text != text.strip().upper()


def test_old_numbers_are_upgraded_only_where_the_century_is_certain():
    new = codes.upgrade_id_number("110105491231002")
    assert new.value == "11010519491231002X"
    assert new.changes[-1].en.startswith("century and check character")
    assert "世纪无法推定" in refused(codes.upgrade_id_number, "110105491231998").say
    assert "应为 15 位" in refused(codes.upgrade_id_number, "11010549123100").say


def test_a_form_that_says_otherwise_is_asked_about():
    code = codes.read_id_number("11010519491231002X")
    assert codes.contradicts(code, sex="女", born=code.facts["born"]) is None
    assert "第 17 位表示女，填的是男" in codes.contradicts(code, sex="男")
    assert "1949-12-31" in codes.contradicts(code, born=0)
    with pytest.raises(ValueError, match="id_number is expected"):
        codes.contradicts(codes.read_plate("津A12345"), sex="男")


# --- 区划、网格、部件


@pytest.mark.parametrize(
    ("text", "value", "level"),
    [
        ("120104", "120104", "county"),
        ("120000", "120000", "province"),
        ("120100", "120100", "city"),
        ("120104005", "120104005", "street"),
        ("120104005001", "120104005001", "community"),
        ("120104005000", "120104005", "street"),
        ("120104000000", "120104", "county"),
        ("120104 005", "120104005", "street"),
    ],
)
def test_divisions(text, value, level):
    code = codes.read_division(text)
    assert (code.value, code.facts["level"]) == (value, level)
    assert (code.normalised_from is None) == (text == value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12010", "应为 6、9 或 12 位"), ("120104000123", "000 不是街道"), ("99010", "位"),
        ("990104", "99 不是省级"), ("12O104", "第 3 位应为数字，这里是字母 O，是不是数字 0"),
    ],
)  # fmt: skip
def test_bad_divisions(text, said):
    assert said in refused(codes.read_division, text).say


def test_kinds_of_township():
    names = {
        c: codes.read_division("120104" + c).facts["township"] for c in ("001", "099", "100", "200", "400")
    }
    assert names == {"001": "街道", "099": "街道", "100": "镇", "200": "乡", "400": None}


def test_cells():
    facts = codes.read_cell("120104005001003").facts
    assert facts == {
        "district": "120104", "street": "120104005", "community": "120104005001", "number": "003",
    }  # fmt: skip
    assert codes.read_cell("12010400500100a").value == "12010400500100A"
    for text, said in [
        ("12010400500103", "CJ/T 213 的旧码"), ("12010400500100300001", "CJ/T 349"),
        ("1201040050010", "这里有 13 位"),
        ("120104005A01003", "第 10 位应为数字"), ("120104000001003", "街道是 000"),
        ("120104005000003", "社区是 000"),
        ("120104005001000", "从 001 起"), ("12010400500100#", "第 15 位应为数字或大写字母"),
        ("000104005001001", "省级"),
    ]:  # fmt: skip
        assert said in refused(codes.read_cell, text).say


def test_components():
    code = codes.read_component("12010401023000007", known={"01023"})
    assert code.facts == {"district": "120104", "class": "市政公用设施", "kind": "01023", "number": "000007"}
    for text, said in [
        ("1201040102300007", "两种补法不同"), ("12010401023", "分类码"),
        ("12010406001000001", "06 不是部件大类"),
        ("12010401023000000", "从 000001 起"), ("120104010230000071", "这里有 18 位"),
    ]:  # fmt: skip
        assert said in refused(codes.read_component, text).say
    # 01016 is a gap in the standard: only the list knows it.
    assert (
        "01016 不在管理部件目录"
        in refused(codes.read_component, "12010401016000001", known={"01015", "01017"}).say
    )


# --- 车牌


@pytest.mark.parametrize(
    ("text", "value", "sort", "energy"),
    [
        ("津A12345", "津A12345", "普通", None),
        ("津a·12b45", "津A12B45", "普通", None),
        ("津ADF1234", "津ADF1234", "小型新能源", "纯电动"),
        ("津AF12345", "津AF12345", "小型新能源", "非纯电动"),
        ("津A12345D", "津A12345D", "大型新能源", "纯电动"),
        ("津A1234学", "津A1234学", "教练车", None),
        ("津A1234警", "津A1234警", "警车", None),
        ("粤Z1234港", "粤Z1234港", "港牌入境车", None),
        ("使123456", "使123456", "使馆车", None),
    ],
)
def test_plates(text, value, sort, energy):
    code = codes.read_plate(text)
    assert (code.value, code.facts["sort"], code.facts["energy"]) == (value, sort, energy)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A12345", "应为 7 或 8 位"), ("天A12345", "第 1 位应是省级简称"),
        ("津112345", "第 2 位应是发牌机关字母"),
        ("津I12345", "不用 I"),
        ("津A1O345", "第 4 位应为数字或字母（不用 I、O），这里是字母 O，是不是数字 0"),
        ("津A123456", "应是新能源号牌"), ("WJ12345", "武警"), ("津A1234国", "第 7 位"), ("", "没有填写"),
    ],
)  # fmt: skip
def test_bad_plates(text, said):
    assert said in refused(codes.read_plate, text).say


# --- whatever comes


READERS = (codes.read_uscc, codes.read_id_number, codes.read_division, codes.read_cell, codes.read_component,
           codes.read_plate, codes.upgrade_id_number)  # fmt: skip


@given(st.text(max_size=300), st.sampled_from(READERS))
def test_any_text_is_read_or_refused_with_both_sentences(text, read):
    try:
        code = read(text)
    except BadCode as e:
        assert e.say
        assert e.say.en
    else:
        assert read(code.value).value == code.value or read is codes.upgrade_id_number
