"""Lost characters next to and between figures: found, the right repair first, and no damaged figure trusted."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.report import read
from bihuan.core.report.damage_bounds import Place, too_large
from bihuan.core.report.damage_fusion import cuts
from bihuan.core.report.damage_numbers import damaged_numbers
from bihuan.core.report.sections import blocks
from bihuan.core.report.shapes import Reading
from bihuan.core.report.tests import scoring
from bihuan.core.report.tests.damaging import NUMBERS, WORDS, Loss, copies, notice
from bihuan.core.report.text import prepare

HERE = Path(__file__).parent
EXCERPT = (HERE / "fujian-2016-excerpt.md").read_text(encoding="utf-8")
PLANTED = [(*r, "")[:3] for r in scoring.rows(HERE / "damaged_sentences.tsv")]
ANCHOR = "（二）加大力度调结构，转型升级步伐加快。"


def plant(sentence: str) -> tuple[str, int]:
    """The excerpt with one more sentence, and where the loss is."""
    before, _, rest = sentence.partition("【")
    _, _, after = rest.partition("】")
    head, _, tail = EXCERPT.partition(ANCHOR)
    return head + ANCHOR + before + after + tail, len(head + ANCHOR + before)


def mended(sentence: str) -> str:
    return sentence.replace("【", "").replace("】", "")


def touching(reading: Reading, at: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.kind, s.suggestions) for s in reading.suspicious if s.span[0] <= at <= s.span[1]]


@pytest.mark.parametrize(("sentence", "kind", "repair"), PLANTED, ids=[mended(p[0])[:24] for p in PLANTED])
def test_a_lost_character_is_found_and_the_right_repair_comes_first(
    sentence: str, kind: str, repair: str
) -> None:
    text, at = plant(sentence)
    reading = read(text)
    found = [ways for k, ways in touching(reading, at) if k == kind]
    assert found, reading.suspicious
    if repair:
        assert repair in found[0][0]
    else:
        assert found[0] == (), "what only the original can tell stays open"
    if "增【长】" not in sentence:
        trusted = [q.text for q in reading.quantities if q.span[0] <= at <= q.span[1] and not q.suspicious]
        assert trusted == []


@pytest.mark.parametrize("sentence", [p[0] for p in PLANTED], ids=[mended(p[0])[:24] for p in PLANTED])
def test_the_same_sentence_undamaged_gives_no_alarm(sentence: str) -> None:
    head, _, tail = EXCERPT.partition(ANCHOR)
    assert read(head + ANCHOR + mended(sentence) + tail).suspicious == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "新建50个500平方米以上社区文化广场。", "修建屯级道路2000条2500公里。", "为6万名60周岁以上老人购买服务。",
        "办好25项38件民生实事。", "分别比2010年提高20.7、8、17.3个百分点。", "每万人发明专利拥有量达到17.2件。",
        "城乡居民收入分别达到39000元、18000元。", "完成1150公里村内道路改造。", "超10亿元项目19个。",
        "春季发放助学金7601人次759.82万元，其中免除423人63.45万元。", "建设改造120户，占任务101.6%。", "每千人口床位数6.2张，执业医师2.5人。", "农民人均纯收入实现翻番，达到4000元。", "最低工资标准再次提高，达到1620元。",
        "签约58个项目，总投资215.0391亿元，到位121.3025亿元。", "地均生产总值5.4亿元/平方公里，招商签约额2860亿元。",
        "居民消费价格指数102.7，物价平稳。", "贫困人口由4.65万减少到2.4万，成效明显。", "建设轨道交通12号线。",
    ],
)  # fmt: skip
def test_unusual_but_sound_writing_is_left_alone(sentence: str) -> None:
    head, _, tail = EXCERPT.partition(ANCHOR)
    assert read(head + ANCHOR + sentence + tail).suspicious == ()


@pytest.mark.parametrize(
    ("damaged", "figure", "sound"),
    [
        ("建成产业项目27112亿元。", "27112亿元", "27个、112亿元"),
        ("改造农村公路9216公里。", "9216公里", "9条、216公里"),
    ],
)
def test_a_figure_beyond_the_scale_of_its_own_report_is_not_believed(
    damaged: str, figure: str, sound: str
) -> None:
    text = (HERE / "susong-2019-excerpt.md").read_text(encoding="utf-8")
    before = "打出政策措施“组合拳”。"
    assert text.count(before) == 1
    told = read(text.replace(before, before + damaged))
    assert [s.suggestions[0] for s in told.suspicious] == [sound]
    assert [q.suspicious for q in told.quantities if q.text == figure] == [True]
    assert read(text.replace(before, before + damaged.replace(figure, sound))).suspicious == ()


def test_a_goal_without_a_unit_stays_open_and_is_no_goal() -> None:
    text = (HERE / "county-2021-excerpt.md").read_text(encoding="utf-8")
    before = "主要预期目标是："
    assert text.count(before) == 1
    told = read(text.replace(before, before + "财政支出增长7.35，城镇新增就业3010，"))
    assert [(s.text, s.suggestions[0]) for s in told.suspicious] == [("7.35", "7.35%"), ("3010", "3010人")]
    assert not [t for t in told.targets if t.norm_value in (7.35, 3010)]


def test_a_small_place_cannot_hold_a_large_figure() -> None:
    small = Place(area_km2=40, residents=900_000)
    assert too_large(1e9, "平方米", "100000", "万", small) and too_large(3e7, "人", "3000", "万", small)
    assert not too_large(1e7, "平方米", "1000", "万", small) and not too_large(1e6, "人", "100", "万", small)
    text, at = plant("对1000【】00万平方米建筑实施整修。")
    assert touching(read(text, small), at + 1)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from("8.5 9.2 6 120 .7 % % 、 和 亿元 万人 年 个百 分点 分别 增长 达到".split()),
        max_size=14,
    )
)
def test_no_jumble_of_figures_breaks_the_search_for_damage(pieces: list[str]) -> None:
    jumble = "".join(pieces)
    src = prepare(
        f"一、2016年工作回顾\n财政收入、居民收入和外贸进出口分别增长8.5%、{jumble}，地铁5、6号线通车。"
    )
    assert all(src.text[slice(*s.span)] == s.text for s in damaged_numbers(blocks(src, 2017), src.text))


@given(st.integers(1, 999), st.integers(1, 999))
def test_every_cut_puts_the_run_together_again(a: int, b: int) -> None:
    ways = cuts(f"{a}{b}")
    assert (str(a), str(b)) in ways
    assert all(x + y == f"{a}{b}" for x, y in ways)


def test_the_harness_knows_what_it_took_away() -> None:
    for _, damaged, losses in copies(EXCERPT, NUMBERS | WORDS, 2):
        for loss in losses:
            assert loss.damaged in damaged and loss.gone in loss.sound
    loss = Loss(0, "x", "x", "")
    assert notice("", [loss], Reading(read(EXCERPT).meta))[0].flagged is False
