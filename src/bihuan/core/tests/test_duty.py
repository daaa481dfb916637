"""Who must handle what where: lead, open between two, fallback, nobody; and the refusal in words."""

from __future__ import annotations

import pytest

from bihuan.core.authority.duty import Answer, Duties, Duty, Place, ambiguous, expand, lacks, read_rows, who
from bihuan.core.say import Say

LINE = "urban_management"
DAY = 17_000
NAMES = {
    "cgw": Say("区城市管理委", "Urban Management"),
    "s5": Say("万兴街道", "Wanxing"),
    "s6": Say("学府街道", "Xuefu"),
    "water": Say("供水企业", "Water Company"),
}
WANXING = Place("120104005001003", "120104005001", "120104005", "120104")
XUEFU = Place("120104006001003", "120104006001", "120104006", "120104")
MAIN, LANES = "主次干道和公共广场", "居住区和背街里巷"


def row(unit, matter, area="全区", role="lead", since=0, until=None, line=LINE) -> Duty:
    return Duty(unit, "处置", line, matter, area, role, since, until, "条例§1", "high")


ROWS = [
    row("cgw", "管理事项:市容环境类", role="fallback"),
    row("s5", "管理事项:市容环境类", "街道:120104005", "assist"),
    row("cgw", "管理事项:06042"),
    row("s5", "管理事项:06001", "街道:120104005"),
    row("s6", "管理事项:06001", "街道:120104006"),
    row("cgw", "管理事项:06010", MAIN),
    row("s5", "管理事项:06010", f"{LANES}:120104005"),
    row("s6", "管理事项:06010", f"{LANES}:120104006"),
    row("water", "管理事项:01001", "管养范围"),
    row("cgw", "管理部件:市政公用设施"),
    row("tel", "管理事项:10002", "管养范围"),
    row("power", "管理事项:10002", "管养范围"),
    row("cgw", "管理事项:10002", role="fallback"),
    row("old", "管理事项:06044", until=DAY),
    row("new", "管理事项:06044", since=DAY),
    row("park", "停车收费", line="parking"),
    row("cgw", "未明确的停车事项", role="fallback", line="parking"),
]


def ask(matter: str, place: Place = WANXING, day: int = DAY, line: str = LINE) -> Answer:
    return who(ROWS, line, matter, place, day, NAMES)


def test_the_lead_of_the_matter_itself():
    a = ask("管理事项:06042")
    assert (a.lead, a.alternates, a.fallback, a.assists) == ("cgw", (), "cgw", ("s5",))
    assert "由区城市管理委主办" in a.reason
    assert "条例§1" in a.reason
    assert "Urban Management leads" in a.reason.en


def test_a_street_rule_goes_to_the_office_of_the_place():
    assert ask("管理事项:06001").lead == "s5"
    assert ask("管理事项:06001", XUEFU).lead == "s6"
    assert ask("管理事项:06001", Place(cell="120104006001003")).lead == "s6"  # the cell tells the street
    assert ask("管理事项:06001", Place(community="120104006001")).lead == "s6"


def test_in_a_street_without_an_office_on_the_list_the_category_catches_it():
    a = ask("管理事项:06001", Place(street="120104009"))
    assert (a.lead, a.alternates, a.fallback) == (None, (), "cgw")
    assert a.takers == ("cgw",)
    assert "兜底" in a.reason


def test_without_a_street_it_is_open_between_the_offices():
    a = ask("管理事项:06001", Place())
    assert (a.lead, a.alternates) == (None, ("s5", "s6"))


def test_main_road_or_back_lane_the_place_alone_cannot_tell():
    a = ask("管理事项:06010")
    assert (a.lead, a.alternates) == (None, ("cgw", "s5"))
    assert "只凭地点不能确定" in a.reason
    assert LANES in a.reason
    assert "back lanes" in a.reason.en
    assert a.takers == ("cgw", "s5")
    known = {zone: ask("管理事项:06010", Place(street="120104005", zone=zone)).lead for zone in (MAIN, LANES)}
    assert known == {MAIN: "cgw", LANES: "s5"}


def test_an_owner_leads_with_the_advice_to_check_whose_it_is():
    a = ask("管理事项:01001")
    assert a.lead == "water"
    assert "核对设施权属" in a.reason
    assert ask("管理事项:10002").alternates == ("tel", "power")
    a = ask("管理事项:10002", Place(owner="power"))
    assert a.lead == "power"
    assert "核对" not in a.reason
    assert ask("管理事项:10002", Place(owner="somebody else")).takers == ("cgw",)


def test_a_component_goes_like_the_matter_of_its_code_and_else_by_its_category():
    assert ask("管理部件:01001").lead == "water"
    assert ask("管理部件:01002").lead == "cgw"
    assert ask("管理事项:01002").takers == ()  # the category row is of components only


def test_rows_hold_from_since_to_the_day_before_until():
    assert ask("管理事项:06044", day=DAY - 1).lead == "old"
    assert ask("管理事项:06044", day=DAY).lead == "new"


def test_the_word_类_makes_no_difference():
    assert ask("管理事项:市容环境").fallback == ask("管理事项:市容环境类").fallback == "cgw"


def test_other_lines_have_words_and_a_fallback_for_the_rest():
    assert ask("停车收费", line="parking").lead == "park"
    assert ask("没有人想到的事", line="parking").takers == ("cgw",)
    assert ask("没有人想到的事", line="petitions").takers == ()


def test_nobody_is_an_answer_with_a_reason():
    a = ask("管理事项:07001")
    assert (a.lead, a.alternates, a.fallback) == (None, (), None)
    assert "没有“管理事项:07001”" in a.reason
    a = who([row("s5", "管理事项:06001", "街道:120104005")], LINE, "管理事项:06001", XUEFU, DAY)
    assert "但这个地点没有主办单位" in a.reason
    said = lacks(ROWS, "s5", LINE, "管理事项:07001", WANXING, DAY, NAMES)
    assert said is not None
    assert said.startswith("不能派给万兴街道")
    assert "command centre must rule" in said.en


@pytest.mark.parametrize(("unit", "matter"), [
    ("cgw", "管理事项:06042"), ("s5", "管理事项:06001"), ("s5", "管理事项:06010"), ("cgw", "管理事项:06010"),
    ("cgw", "管理事项:06020"), ("tel", "管理事项:10002"),
])  # fmt: skip
def test_a_unit_with_the_duty_lacks_nothing(unit, matter):
    assert lacks(ROWS, unit, LINE, matter, WANXING, DAY, NAMES) is None


def test_the_refusal_names_whose_duty_it_is():
    bin_ = Say("垃圾箱满溢", "overflowing bin")
    said = lacks(ROWS, "s6", LINE, "管理事项:06042", WANXING, DAY, NAMES, bin_)
    assert said == "不能派给学府街道：权责清单上这里的“垃圾箱满溢”是区城市管理委的职权。"
    assert said.en == (
        "Cannot be sent to Xuefu: on the duty list “overflowing bin” is here the duty of Urban Management."
    )


def test_an_assisting_unit_is_told_that_it_only_assists():
    said = lacks(ROWS, "s5", LINE, "管理事项:06042", WANXING, DAY, NAMES)
    assert said is not None
    assert "只是协办" in said
    assert "only assists" in said.en


def test_the_fallback_may_not_be_used_while_somebody_leads():
    assert lacks(ROWS, "cgw", LINE, "管理事项:06001", WANXING, DAY, NAMES) is not None
    assert lacks(ROWS, "cgw", LINE, "管理事项:10002", WANXING, DAY, NAMES) is not None


def test_two_leads_for_one_area_are_reported():
    said = ambiguous(ROWS, DAY, NAMES)
    assert len(said) == 1
    assert "管理事项:10002" in said[0]
    assert "2 leads" in said[0].en
    assert ambiguous(ROWS[:4], DAY) == []


def test_an_index_is_taken_as_it_is():
    index = Duties.of(ROWS)
    assert Duties.of(index) is index
    assert who(index, LINE, "管理事项:06042", WANXING, DAY).lead == "cgw"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"role": "boss"}, "role 'boss'"),
        ({"area": "全市"}, "unknown area '全市'"),
        ({"area": "街道:5"}, "unknown area '街道:5'"),
        ({"since": 5, "until": 5}, "ends before it begins"),
    ],
)
def test_a_bad_row_is_refused_with_its_field(change, said):
    with pytest.raises(ValueError, match=said):
        row("x", "管理事项:06042", **change)


@pytest.mark.parametrize(
    ("matter", "said"), [("管理事项:99001", "99 is no category"), ("管理事项:满溢", "no such category")]
)
def test_a_matter_that_is_none_raises(matter, said):
    with pytest.raises(ValueError, match=said):
        ask(matter)


def test_rows_of_a_table_are_written_out_for_each_street():
    table = [
        {"unit": "@street", "kind": "处罚", "line": LINE, "matter": "管理事项:06001", "area": "街道",
         "role": "lead", "since": "2016-01-01", "until": "", "basis": "", "confidence": "medium"},
        {"unit": "@street", "kind": "处置", "line": LINE, "matter": "管理事项:06010", "area": LANES,
         "role": "lead", "since": "2016-01-01", "until": "2020-01-01"},
        {"unit": "cgw", "kind": "处置", "line": LINE, "matter": "管理事项:06042", "area": "全区",
         "role": "lead", "since": "2016-01-01"},
    ]  # fmt: skip
    offices = {"120104006": "s6", "120104005": "s5"}
    rows = expand(table, offices)
    assert [(r["unit"], r["area"]) for r in rows] == [
        ("s5", "街道:120104005"), ("s6", "街道:120104006"),
        ("s5", f"{LANES}:120104005"), ("s6", f"{LANES}:120104006"),
        ("cgw", "全区"),
    ]  # fmt: skip
    duties = read_rows(table, offices)
    assert len(duties.rows) == 5
    assert duties.rows[0].since == 16_801
    assert duties.rows[2].until == 18_262
    assert who(duties, LINE, "管理事项:06001", XUEFU, DAY).lead == "s6"
