"""The reader against hand-made answers. Floors are honest: what was measured, rounded down."""

from pathlib import Path

import pytest

import bihuan.targets
from bihuan.core.report import Reading, as_dict, read
from bihuan.core.report.tests import scoring

HERE = Path(__file__).parent
SEED = Path(bihuan.targets.__file__).parent / "seed" / "nankai-2016-report.txt"


@pytest.fixture(scope="module")
def text() -> str:
    with SEED.open(encoding="utf-8", newline="") as stream:
        return stream.read()


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read(text)


def test_meta(reading: Reading) -> None:
    m = reading.meta
    assert (m.region, m.level, m.speaker, m.delivered) == ("南开区", "district", "陈玉恒", "2016-12-25")
    assert (m.term_review, m.term_plan, m.plan_year) == ((2012, 2016), (2017, 2021), 2017)


def test_quantities_against_the_hand_made_answer(reading: Reading, text: str) -> None:
    answer = scoring.rows(HERE / "nankai_quantities.tsv")
    assert len(answer) >= 100
    scores = scoring.score_quantities(reading, text, answer)
    wrong = scoring.wrong_quantities(reading, text, answer)
    floors = {"value": 0.99, "indicator": 0.97, "role": 0.97, "status": 0.99, "comparator": 0.99}
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}, wrong


def test_an_excerpt_no_rule_was_written_for(text: str) -> None:
    """First run, before any rule saw it: value .993, indicator .872, role .832, status .993, comparator .993."""
    excerpt = (HERE / "fujian-2016-excerpt.md").read_text(encoding="utf-8")
    scores = scoring.score_quantities(read(excerpt), excerpt, scoring.rows(HERE / "fujian_quantities.tsv"))
    floors = {"value": 0.98, "indicator": 0.95, "role": 0.95, "status": 0.98, "comparator": 0.98}
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}


@pytest.mark.parametrize(
    ("excerpt", "floors"),
    [
        # first run, before any rule saw it: value .978, indicator .731, role .871, status .968, comparator .978
        ("guowuyuan-2013", (0.99, 0.97, 0.97, 0.99, 0.99)),
        # first run: value .993, indicator .876, role .980, status .993, comparator .980
        ("guiyang-2014", (0.99, 0.96, 0.98, 0.99, 0.99)),
        # first run: value 1, indicator .865, role .923, status 1, comparator 1
        ("suzhou-2015", (0.99, 0.97, 0.98, 0.99, 0.99)),
        # first run: value .988, indicator .884, role .940, status .988, comparator .988
        ("chengdu-2018", (0.99, 0.98, 0.98, 0.99, 0.99)),
        # first run: value 1, indicator .835, role .984, status 1, comparator 1
        ("hunan-2018", (0.99, 0.98, 0.98, 0.99, 0.99)),
        # first run: value .981, indicator .837, role .913, status .981, comparator .981
        ("guowuyuan2016", (0.99, 0.98, 0.97, 0.99, 0.99)),
        # first run: value .990, indicator .742, role .887, status .990, comparator .990
        ("nation-2018", (0.99, 0.97, 0.97, 0.99, 0.99)),
        # first run: value 1, indicator .874, role .905, status 1, comparator 1
        ("county-2021", (0.99, 0.98, 0.98, 0.99, 0.99)),
        # first run: value .984, indicator .829, role .959, status .984, comparator .984
        ("tianjin-2026", (0.99, 0.96, 0.98, 0.99, 0.99)),
        # held out; first run: value 1, indicator .916, role .975, status .950, comparator 1
        ("districts-2017", (0.99, 0.95, 0.98, 0.99, 0.99)),
        # held out; first run: value .969, indicator .807, role .969, status .969, comparator .969
        ("chongqing-2026", (0.99, 0.92, 0.98, 0.99, 0.99)),
        # first run: value .986, indicator .873, role .986, status .986, comparator .986
        ("hanbin-2025", (0.99, 0.94, 0.98, 0.99, 0.99)),
        # first run: value .986, indicator .875, role .931, status .931, comparator .986
        ("susong-2019", (0.99, 0.98, 0.98, 0.94, 0.99)),
        # first run: value .993, indicator .919, role .978, status .993, comparator .993
        ("guowuyuan2020", (0.99, 0.98, 0.98, 0.99, 0.99)),
        # held out; first run: value 1, indicator .845, role .988, status .976, comparator 1
        ("licheng-2020", (0.99, 0.97, 0.98, 0.97, 0.99)),
        # held out; first run: value .994, indicator .820, role .957, status .994, comparator .994
        ("loufan-2018", (0.99, 0.97, 0.98, 0.99, 0.99)),
        # held out; first run: value .981, indicator .930, role .955, status .981, comparator .981
        ("guowuyuan2024", (0.99, 0.97, 0.97, 0.99, 0.98)),
        # held out after that; first run: value 1, indicator .926, role 1, status .947, comparator 1
        ("dongcheng-2019", (0.99, 0.97, 0.99, 0.99, 0.99)),
        # twelve more places; first run: value 1, indicator .844, role .989, status .978, comparator 1
        ("panyu-2023", (0.99, 0.97, 0.99, 0.99, 0.99)),
        # four paragraphs each of four reports, drawn at a seed; first run after mending on the row above:
        # value .984, indicator .889, role .952, status .984, comparator .984
        ("drawn-2017", (0.99, 0.97, 0.98, 0.99, 0.99)),
        # six places, first run after that: value 1, indicator .883, role .979, status 1, comparator 1
        ("xingwen-2018", (0.99, 0.98, 0.99, 0.99, 0.99)),
        # nine counties and districts, some goals our own; first run after one more round:
        # value .995, indicator .948, role .911, status .995, comparator .995
        ("lujiang-2021", (0.99, 0.95, 0.94, 0.99, 0.99)),
    ],
)
def test_excerpts_of_other_places(excerpt: str, floors: tuple[float, ...]) -> None:
    """Annotated by hand before the program read them; the rules were mended on them afterwards."""
    said = (HERE / f"{excerpt}-excerpt.md").read_text(encoding="utf-8")
    answer = scoring.rows(HERE / f"{excerpt.split('-')[0]}_quantities.tsv")
    reading = read(said)
    scores = scoring.score_quantities(reading, said, answer)
    wanted = dict(zip(("value", "indicator", "role", "status", "comparator"), floors, strict=True))
    wrong = scoring.wrong_quantities(reading, said, answer)
    assert {k: str(v) for k, v in scores.items() if v.f1 < wanted[k]} == {}, wrong


def test_the_judged_sample_gives_the_precision_of_the_document() -> None:
    """The figures in docs/report-reading.md are counted from the judged rows, not remembered."""
    page = (HERE.parents[4] / "docs" / "report-reading.md").read_text(encoding="utf-8")
    for draw in ("judged_sample.tsv", "judged_second.tsv"):
        judged = [row[-1] for row in scoring.rows(HERE / draw)]
        assert len(judged) == 60
        for name, field in (("指标", "indicator"), ("性质", "role")):
            assert f"{name} {60 - judged.count(field)}/60" in page
        assert f"全对 {judged.count('right')}/60" in page


def test_targets_against_the_hand_made_answer(reading: Reading, text: str) -> None:
    scores = scoring.score_targets(reading, text, scoring.rows(HERE / "nankai_targets.tsv"))
    assert scores["found"].f1 >= 0.96 and scores["exact"].f1 >= 0.96, scores


def test_one_number_two_targets(reading: Reading) -> None:
    both = [t for t in reading.targets if "新开工和竣工面积" in t.text]
    assert [(t.indicator, t.norm_value) for t in both] == [("新开工面积", 1000000), ("竣工面积", 1000000)]


def test_a_goal_without_a_number_is_kept_and_flagged(reading: Reading) -> None:
    goal = next(t for t in reading.targets if t.text == "人均可支配收入稳步增长")
    assert (goal.kind, goal.stated, goal.norm_value) == ("qualitative", False, None)


def test_the_glossary_is_complete(reading: Reading) -> None:
    terms = {t.term: t for t in reading.glossary}
    assert len(terms) == 12
    parts = {
        "“4411”专业化招商队伍": 10,
        "社区建设“三个全覆盖”": 3,
        "“五个打造”": 5,
        "社区“五位一体”组织体系": 5,
        "六民要旨": 6,
    }
    assert {k: len(terms[k].parts) for k in parts} == parts
    assert all(t.uses for t in reading.glossary)
    assert len(terms["“一平方公里”城管示范区"].uses) == 3


def test_every_damaged_place_is_found_and_repaired(reading: Reading, text: str) -> None:
    scores = scoring.score_suspects(reading, text, scoring.rows(HERE / "nankai_suspects.tsv"))
    assert scores["found"].f1 >= 0.97 and scores["repaired"].f1 >= 0.97, scores


def test_damaged_numbers_are_marked_and_never_used(reading: Reading) -> None:
    damaged = {q.text: q.suggestions[0] for q in reading.quantities if q.suspicious}
    assert damaged == {"587241万平方米": "587栋、241万平方米", "210亿元": "2个10亿元"}
    spans = {q.span for q in reading.quantities if q.suspicious}
    assert not [c for c in reading.checks if spans & set(c.spans) and c.verdict != "refused"]


def test_checks_a_careful_auditor_would_make(reading: Reading) -> None:
    assert scoring.missed_checks(reading, scoring.rows(HERE / "nankai_checks.tsv")) == []


def test_the_pace_of_gdp(reading: Reading) -> None:
    check = next(c for c in reading.checks if c.kind == "pace_vs_goal" and c.indicator == "地区生产总值")
    assert check.computed["reached"] == pytest.approx(648e8 * 1.085**5, rel=1e-6)
    assert round(check.computed["reached"] / 1e8) == 974
    assert check.computed["required_rate"] == pytest.approx(9.06, abs=0.01)
    assert "974.4" in check.finding and "97.44 billion" in check.finding.en
    assert check.severity == "high" and "可比价" in check.caveat and check.caveat.en


def test_sums_and_baselines(reading: Reading) -> None:
    by = {(c.kind, c.indicator): c for c in reading.checks}
    total = by["sum_vs_growth", "固定资产投资"].computed
    assert total["implied_sum"] == pytest.approx(sum(194e8 / 1.153**k for k in range(5)), rel=1e-6)
    assert by["implied_baseline", "招商引资到位额"].computed["implied_last"] == pytest.approx(
        236.3e8, rel=1e-3
    )
    assert by["per_year_vs_year", "新增就业"].computed["total"] == 200000


def test_tasks(reading: Reading) -> None:
    assert 140 <= len(reading.tasks) <= 165
    task = next(t for t in reading.tasks if t.text.startswith("完成区疾控中心新址建设"))
    assert task.verbs == ("完成", "新建", "扩建") and task.measurability == "deliverable"
    assert task.projects == ("区疾控中心", "区妇幼保健中心", "中医医院")
    soft = next(t for t in reading.tasks if t.text.startswith("弘扬志愿精神"))
    assert soft.measurability == "soft"
    heads = [
        t.text
        for t in reading.tasks
        if t.text.startswith(("综合考虑", "2017年,是", "未来五年", "各位代表", "把创新作为"))
    ]
    assert heads == []


def test_links_follow_a_matter_across_the_parts(reading: Reading) -> None:
    names = {k.name: k for k in reading.links}
    assert names["新增就业"].parts == ("past", "term", "year")
    assert {"一平方公里", "国家卫生城区", "全国文明城区", "招商引资到位额"} <= names.keys()


def test_spans_index_the_original(reading: Reading, text: str) -> None:
    for q in (*reading.quantities, *reading.targets, *reading.tasks, *reading.suspicious):
        assert text[q.span[0] : q.span[1]] == q.text
    for t in reading.glossary:
        assert text[t.span[0]].isdigit()
    assert as_dict(reading)["quantities"][0]["text"] == "648亿元"


def test_page_furniture_is_set_aside(reading: Reading, text: str) -> None:
    aside = [text[a:b] for a, b in reading.furniture]
    assert any("今天是" in a for a in aside) and any("ICP备" in a for a in aside)
    assert not [q for q in reading.quantities if any(a <= q.span[0] < b for a, b in reading.furniture)]
