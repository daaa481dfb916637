"""Answers of several parts: what is stored, what is refused with its reason, what is shown back covered."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan import lines
from bihuan.cases import intake
from bihuan.cases.compound import check
from bihuan.cases.said import covered, in_words
from bihuan.cases.shapes import BadInput
from bihuan.cases.tests.conftest import POINT, District
from bihuan.core.codes import invent_id_number, invent_uscc
from bihuan.core.say import Say
from bihuan.core.time.instant import day
from bihuan.lines.forms import Field
from bihuan.places.queries import division_names, place_of

WHO = Field("proxy", Say("代理人", "Proxy"), "subject", personal=True)
WHERE = Field("premises", Say("场所", "Premises"), "address")
THINGS = Field(
    "things", Say("设备", "Things"), "group",
    fields=(Field("what", Say("名称", "Name"), "text", True), Field("number", Say("数量", "Number"), "number", True)),
)  # fmt: skip
BORN = day("1990-01-02")


def answer(field: Field, value: Any) -> Any:
    """The value as stored, or the sentence why not."""
    faults: list[tuple[str, Say]] = []
    good = check(field, value, faults)
    return str(faults[0][1]) if faults else good


def test_a_person_shows_a_paper_and_an_organisation_its_code() -> None:
    number = invent_id_number(7, BORN)
    told = {"kind": "person", "name": "示例甲", "number": number.lower()}
    assert answer(WHO, told) == {"kind": "person", "name": "示例甲", "paper": "identity", "number": number}
    firm = {"kind": "organisation", "name": "示例公司", "number": invent_uscc(5)}
    assert answer(WHO, firm)["paper"] == "uscc"
    passport = {"kind": "person", "name": "A", "paper": "passport", "number": "e 1234567"}
    assert answer(WHO, passport)["number"] == "E1234567"


def test_lower_case_x_is_put_right_and_a_wrong_check_digit_names_its_place() -> None:
    told = {"kind": "person", "name": "示例", "number": "11010519491231002x"}
    assert answer(WHO, told)["number"] == "11010519491231002X"
    said = answer(WHO, told | {"number": "110105194912310021"})
    assert "第 18 位校验码应为 X" in said and "代理人" in said and "110105194912310021" not in said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("x", "不完整"),
        ({"kind": "person", "name": "", "number": "1"}, "没有写姓名"),
        ({"kind": "cat", "name": "x", "number": "1"}, "个人还是单位"),
        ({"kind": "person", "name": "x", "number": ""}, "没有写证件号码"),
        ({"kind": "person", "name": "x", "number": "1", "paper": "ring"}, "证件种类"),
        ({"kind": "person", "name": "x", "number": "?", "paper": "passport"}, "5 到 20 位"),
        ({"kind": "person", "name": "x", "number": "1", "age": "3"}, "里没有“age”"),
    ],
)
def test_a_subject_that_is_not_complete_says_what_is_missing(value: Any, said: str) -> None:
    assert said in answer(WHO, value)


def test_an_address_lies_where_it_says_or_is_refused(district: District) -> None:
    here = place_of(POINT["lon"], POINT["lat"])
    names = division_names()
    street = names[here.street][0]
    good = answer(WHERE, {"text": "某路 1 号", "community": here.community})
    assert (good["cell"], good["located"], good["street"]) == ("", "community", here.street)
    point = answer(WHERE, {"text": f"{street}某路 1 号", "lon": POINT["lon"], "lat": POINT["lat"]})
    assert (point["cell"], point["located"], point["community"]) == (here.cell, "point", here.community)
    assert "还没有落到社区" in answer(WHERE, {"text": "某路 1 号"})
    assert "没有写街路" in answer(WHERE, {"community": here.community})
    assert "没有这个社区" in answer(WHERE, {"text": "x", "community": "120104999999"})
    other = next(code for code in names if len(code) == 12 and code[:9] != here.street)
    assert "请改一处" in answer(
        WHERE, {"text": "x", "community": other, "lon": POINT["lon"], "lat": POINT["lat"]}
    )
    assert "写的是" in answer(WHERE, {"text": f"{street}某路", "community": other})
    assert "数字" in answer(WHERE, {"text": "x", "lon": "east", "lat": "1"})
    assert "场所" in answer(WHERE, {"text": "x", "lon": 116.4, "lat": 39.9}), "outside the district"


def test_entries_of_a_group_are_told_apart() -> None:
    assert answer(THINGS, [{"what": "冰箱", "number": "2"}, {}]) == [{"what": "冰箱", "number": 2}]
    assert "第 2 项：“数量”应当是数字" in answer(
        THINGS, [{"what": "a", "number": "1"}, {"what": "b", "number": "许多"}]
    )
    assert "第 1 项：请填写“数量”" in answer(THINGS, [{"what": "a"}])
    assert "最多 50 项" in answer(THINGS, [{}] * 51)
    assert "应当是几项" in answer(THINGS, "冰箱")


def test_who_applies_for_somebody_is_somebody_else() -> None:
    line = lines.at("permits", day("2026-10-12"))
    data = {
        "subject": "示例面馆", "applicant_kind": "person", "identity": "11010519491231002x", "contact_name": "示例", "contact_phone": "1",
        "delivery_way": "window", "agency": "nk.scjg", "applicant": "r:x", "proxy": {"kind": "person", "name": "示例", "number": "11010519491231002X"},
    }  # fmt: skip
    with pytest.raises(BadInput) as bad:
        intake.clean(line, "submit", data)
    ((key, say),) = bad.value.faults
    assert key == "proxy" and "是同一个人" in say
    other = data | {"proxy": {"kind": "person", "name": "乙", "number": invent_id_number(3, BORN)}}
    _, personal = intake.clean(line, "submit", other)
    assert personal["proxy"]["name"] == "乙"


def test_what_is_shown_back_does_not_tell_who_it_is() -> None:
    number = invent_id_number(7, BORN)
    value = answer(WHO, {"kind": "person", "name": "示例甲", "number": number})
    assert number in in_words(WHO, value) and "示例甲" in in_words(WHO, value)
    assert number not in covered(WHO, value) and "示例甲" not in covered(WHO, value)
    name = Field("contact_name", Say("姓名", "Name"), "text", personal=True)
    assert covered(name, "李某某") == "李**"
    assert covered(Field("x", Say("x", "x"), "text", personal=True), "abc") == "***"
    assert covered(Field("x", Say("x", "x"), "text"), "abc") == "abc"
    assert in_words(THINGS, [{"what": "冰箱", "number": 2}]) == "冰箱，2"
