"""Who speaks, for which place, on which day: the ways in which a speech is headed."""

import pytest

from bihuan.core.report import read

_SAID = "五年来，在人民代表大会和政协委员支持下，生产总值从54亿元增加到82.7亿元，年均增长7.1%。"
_NATION = (
    "各位代表：\n现在，我代表国务院，向大会报告政府工作，请予审议。\n一、过去五年工作回顾\n"
    + _SAID * 30
    + "\n二、2018年经济社会发展总体要求和政策取向\n今年生产总值增长6.5%左右。\n"
)
_COUNTY = _NATION.replace("国务院", "县人民政府")


@pytest.mark.parametrize(
    ("heading", "body", "want"),
    [
        ("政府工作报告\n——2018年3月5日在第十三届全国人民代表大会第一次会议上\n国务院总理　某某某\n", _NATION, ("全国", "nation", "某某某", "2018-03-05")),
        ("政府工作报告\n（2018年3月5日第十三届全国人民代表大会第一次会议）\n国务院总理 某某某\n", _NATION, ("全国", "nation", "某某某", "2018-03-05")),
        ("2018年政府工作报告\n", _NATION, ("全国", "nation", "", "")),
        ("政府工作报告\n——2018年1月5日在云岭县第十七届人民代表大会第二次会议上\n县长 某某某\n", _COUNTY, ("云岭县", "county", "某某某", "2018-01-05")),
        ("政府工作报告\n云岭县人民政府县长 某某某\n(2018年1月5日)\n", _COUNTY, ("云岭县", "county", "某某某", "2018-01-05")),
        ("云岭县2018年政府工作报告\n来源：云岭县人民政府办公室\n", _COUNTY, ("云岭县", "county", "", "")),
    ],
)  # fmt: skip
def test_the_heading_of_a_speech(heading: str, body: str, want: tuple[str, ...]) -> None:
    m = read(heading + body).meta
    assert (m.region, m.level, m.speaker, m.delivered) == want
    assert (m.plan_year, m.term_review) == (2018, (2013, 2017))
