"""Units by any name that people write, figures as offices write them."""

import pytest

from bihuan.core.say import Say
from bihuan.targets.table.entries import BadEntry, Units
from bihuan.targets.table.figures import NoFigure, read_figure, said, shown

UNITS = Units({
    "fgw": Say("区发展和改革委员会", "Development Commission"), "scjg": Say("区市场监督管理局", "Market Bureau"),
    "gzfj": Say("市规划和自然资源局南开分局", "Planning Sub-bureau"), "xcb": Say("区委宣传部（区新闻出版局、区电影局）", "Publicity, Press and Film"),
    "gov": Say("南开区人民政府办公室", "Government Office"), "nk": Say("南开区人民政府", "Government"),
    "s1": Say("水上公园街道办事处", "Water Park Subdistrict"), "rsj": Say("区人力资源和社会保障局", "Human Resources Bureau"),
    "gafj": Say("公安南开分局", "Police Sub-bureau"), "pcs": Say("公安派出所", "Police Station"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [("区发展和改革委员会", "fgw"), ("发展和改革委员会", "fgw"), ("区发改委", "fgw"), ("发改委", "fgw"), ("南开区发改委", "fgw"),
     ("市场监管局", "scjg"), ("区市场监管局", "scjg"), (" 规 资 局 ", "gzfj"), ("宣传部", "xcb"), ("区委宣传部", "xcb"),
     ("水上公园街", "s1"), ("人社局", "rsj"), ("公安分局", "gafj"), ("ＦＧＷ", "fgw"), ("market bureau", "scjg"), ("南开区人民政府", "nk"), ("", "")],
)  # fmt: skip
def test_a_unit_by_any_of_its_names(text, code):
    assert UNITS.code(text) == code


@pytest.mark.parametrize(
    ("text", "said_of"),
    [("公安", "可能是公安南开分局、公安派出所"), ("环保局", "没有单位“环保局”"), ("局", "没有单位")],
)
def test_a_name_that_fits_none_or_several_is_refused(text, said_of):
    with pytest.raises(BadEntry, match=said_of):
        UNITS.code(text)


def test_several_units_in_one_cell():
    assert UNITS.codes("发改委、市场监管局；人社局\n水上公园街，公安分局") == (
        "fgw",
        "scjg",
        "rsj",
        "s1",
        "gafj",
    )
    assert UNITS.codes("Publicity, Press and Film; Market Bureau") == ("xcb", "scjg")
    assert UNITS.codes("区委宣传部（区新闻出版局、区电影局）") == ("xcb",)
    for english in (False, True):
        assert UNITS.codes(UNITS.said(("xcb", "fgw"), english)) == ("xcb", "fgw")


@pytest.mark.parametrize(
    ("figure", "unit", "read"),
    [("900", "亿元", ("90000000000", "元")), ("９００亿元", "", ("90000000000", "元")), ("1,200", "万平方米", ("12000000", "平方米")),
     ("8.5", "%", ("8.5", "%")), ("-3%", "%", ("-3", "%")), ("12", "座", ("12", "座")), ("", "", ("", "")), ("1e3", "人", ("1000", "人")), ("0", "元", ("0", "元"))],
)  # fmt: skip
def test_figures_in_the_unit_itself(figure, unit, read):
    assert read_figure(figure, unit) == read


@pytest.mark.parametrize(
    ("figure", "unit"), [("九百", "亿元"), ("约900", "亿元"), ("900亿元", "万元"), ("1.2.3", "元")]
)
def test_what_is_no_figure(figure, unit):
    with pytest.raises(NoFigure):
        read_figure(figure, unit)


@pytest.mark.parametrize(
    "value", ["90000000000", "12345678.9", "0.5", "9999", "-300000000", "20000000000000"]
)
@pytest.mark.parametrize("unit", ["元", "人", "%", "座", "平方米"])
def test_what_is_shown_is_read_again(value, unit):
    from decimal import Decimal

    figure, scaled = shown(Decimal(value), unit)
    assert read_figure(said(figure), scaled) == (value, unit)
