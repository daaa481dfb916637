"""Bad input, other layouts, damaged copies of a sound text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.report import NotAReport, read
from bihuan.core.report.finding import find
from bihuan.core.report.fused import unfuse
from bihuan.core.report.indicators import contexts
from bihuan.core.report.sections import blocks
from bihuan.core.report.text import prepare
from bihuan.core.report.words import split_verbs

EXCERPT = (Path(__file__).parent / "fujian-2016-excerpt.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "reason", "english"),
    [
        ("", "空", "empty"), ("hello world " * 500, "汉字不到四成", "fewer than four"), ("各位代表:" * 10, "太短", "Too short"),
        ("今天天气很好,我们去公园散步。" * 200, "各位代表", "fixed phrases"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_with_the_reason(text: str, reason: str, english: str) -> None:
    with pytest.raises(NotAReport) as error:
        read(text)
    assert reason in error.value.say and english in error.value.say.en


def test_no_glossary_and_no_goals_are_fine() -> None:
    past_only = EXCERPT[: EXCERPT.index("**三、2016年")]
    reading = read(past_only)
    assert reading.glossary == () and reading.targets == () and len(reading.quantities) > 50


def test_punctuation_and_line_ends_do_not_matter() -> None:
    plain = [(q.norm_value, q.norm_unit, q.role) for q in read(EXCERPT).quantities]
    ascii_text = (
        EXCERPT.replace("，", ",").replace("；", ";").replace("：", ":").replace("（", "(").replace("）", ")")
    )
    wide = EXCERPT.translate({ord("0") + i: 0xFF10 + i for i in range(10)}).replace("%", "％")
    for other in (ascii_text, wide, EXCERPT.replace("\n", "\r\n"), "\ufeff" + EXCERPT.split("---\n", 2)[2]):
        reading = read(other)
        assert [(q.norm_value, q.norm_unit, q.role) for q in reading.quantities] == plain
        for q in reading.quantities:
            assert other[q.span[0] : q.span[1]] == q.text


def test_a_clean_text_gives_no_alarm() -> None:
    assert read(EXCERPT).suspicious == ()


@pytest.mark.parametrize(
    ("sound", "damaged", "kind", "repair"),
    [
        ("深入开展“三比一看”", "深入开展三比一看”", "lost_quote", "“三比一看”"),
        ("城镇居民人均可支配收入33360元", "城镇居民人均支配收入33360元", "lost_char", "可支配收入"),
        ("巩固经济基本面。", "巩固经济基本面。。", "typo", "。"),
        ("（二）加大力度调结构，转型升级步伐加快。", "（二）加大力度调结构，转型升级步伐加快。完成地铁23、4号线。地铁234号线。", "fused_numbers", "23、4号线"),
        ("新登记企业数增长27.3%", "新登记企业数增长%", "lost_char", ""),
        ("新建各类温室大棚11.5万亩", "拆除旧建筑41232万平方米建筑，新建各类温室大棚11.5万亩", "fused_numbers", "栋、"),
    ],
)  # fmt: skip
def test_one_lost_character_is_found(sound: str, damaged: str, kind: str, repair: str) -> None:
    assert EXCERPT.count(sound) == 1
    found = read(EXCERPT.replace(sound, damaged)).suspicious
    assert kind in {s.kind for s in found}, found
    assert not repair or any(repair in x for s in found if s.kind == kind for x in s.suggestions)
    assert all(0 < s.confidence <= 1 and s.why and s.why.en for s in found)


@settings(max_examples=20)
@given(st.integers(0, len(EXCERPT) - 1), st.integers(0, 200))
def test_a_copy_with_a_hole_is_read_without_failing(at: int, size: int) -> None:
    text = EXCERPT[:at] + EXCERPT[at + size :]
    try:
        reading = read(text)
    except NotAReport:
        return
    for q in reading.quantities:
        assert text[q.span[0] : q.span[1]] == q.text
        assert not re.search(r"[，。；\n]", q.indicator)


@settings(max_examples=30)
@given(
    st.text(
        alphabet="“”（）一、二三是。，；：\n 增长达到8.5%亿元新建改造完成个项目*#-—《》等和1234万",
        max_size=300,
    )
)
def test_no_jumble_breaks_the_parts(text: str) -> None:
    src = prepare(text)
    assert len(src.pos) == len(src.text)
    made, _ = unfuse(blocks(src, 2017))
    for b in made:
        assert src.text[b.a : b.b] == b.text
        found = find(b.text, b.a)
        assert len(contexts(b.text, b.a, found)) == len(found)


def _indicators(sentence: str) -> list[tuple[str, str]]:
    return [
        (f.text, c.indicator)
        for f, c in zip(find(sentence), contexts(sentence, 0, find(sentence)), strict=True)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("城镇和农村常住居民人均可支配收入分别达25148元和9167元，增长8%和9%。",
         [("25148元", "城镇常住居民人均可支配收入"), ("9167元", "农村常住居民人均可支配收入"), ("8%", "城镇常住居民人均可支配收入"), ("9%", "农村常住居民人均可支配收入")]),
        ("其中一、二、三产业分别增长4.5%、8.6%和7.5%。", [("4.5%", "一产业"), ("8.6%", "二产业"), ("7.5%", "三产业")]),
        ("贫困村由80个减少到49个。", [("80个", "贫困村"), ("49个", "贫困村")]),
        ("500万元以上固定资产投资4540.26亿元，增长13.5%。",
         [("500万元", "固定资产投资"), ("4540.26亿元", "500万元以上固定资产投资"), ("13.5%", "500万元以上固定资产投资")]),
        ("打造黄河道、红旗路等5条迎宾线和鼓楼、古文化街等4个城市客厅。", [("5条", "迎宾线"), ("4个", "城市客厅")]),
        ("专利授权8592件，增长36.9%，占全省总量27.3%。", [("8592件", "专利授权"), ("36.9%", "专利授权"), ("27.3%", "专利授权占全省总量")]),
    ],
)  # fmt: skip
def test_what_a_number_measures(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert _indicators(sentence) == expected


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("加快推进网上服务大厅建设", "推进"),
        ("深化完善城市设计", "深化完善"),
        ("优化审批流程", "优化"),
        ("加快发展动能转换", "加快"),
        ("进一步做优科技服务业", "做优"),
        ("老城片区突出传统文化", ""),
    ],
)
def test_verbs_that_head_a_clause(clause: str, verb: str) -> None:
    assert split_verbs(clause)[0] == verb
