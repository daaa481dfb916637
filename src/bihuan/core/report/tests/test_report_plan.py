"""Goals, tasks and openings against answers given by hand before the program read the texts."""

from pathlib import Path

import pytest

import bihuan.targets
from bihuan.core.report import Reading, read
from bihuan.core.report.meta import read_meta
from bihuan.core.report.projects import projects
from bihuan.core.report.sections import blocks
from bihuan.core.report.tests import scoring, scoring_plan
from bihuan.core.report.text import prepare
from bihuan.core.report.verbs import head

HERE = Path(__file__).parent
SEED = Path(bihuan.targets.__file__).parent / "seed" / "nankai-2016-report.txt"
EXCERPTS = ("shanghai-2014", "ningxia-2014", "guiyang-2013")


HELD_OUT = {
    # first run, before any of these texts was read: target, kind, indicator, task, verbs, projects, measurability
    "guangxi-2015": "target .940 kind .940 indicator .889 task .952 verbs .906 projects .703 measurability .952",
    "fujian-2017": "target 1 kind 1 indicator .964 task .977 verbs .985 projects .706 measurability .976",
    "suzhou-2017": "target .817 kind .817 indicator .688 task .933 verbs .952 projects .809 measurability .977",
    "nanchang-2013": "target .979 kind .979 indicator .936 task 1 verbs .979 projects .800 measurability .971",
}


def _read(path: Path) -> tuple[str, Reading]:
    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    return text, read(text)


def _rows(excerpt: str, what: str) -> list[list[str]]:
    return scoring.rows(HERE / f"{excerpt.replace('-', '')}_{what}.tsv")


def test_goals_of_three_places() -> None:
    """First run: target .890, kind .849, year and part .890, indicator .767; the rules were mended on them since."""
    tallies = []
    for excerpt in EXCERPTS:
        text, reading = _read(HERE / f"{excerpt}-excerpt.md")
        tallies.append(scoring_plan.score_goals(reading, text, _rows(excerpt, "goals")))
    scores = scoring_plan.together(tallies)
    assert scores["target"].expected >= 80
    floors = {
        "target": 0.98,
        "kind": 0.97,
        "by": 0.98,
        "horizon": 0.98,
        "comparator": 0.98,
        "indicator": 0.89,
    }
    wrong = [w for t in tallies for tally in t.values() for w in tally.wrong]
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}, wrong


def test_tasks_of_four_places() -> None:
    """First run: task .893, verbs .926, projects .685, measurability .899; the rules were mended on them since."""
    files = {e.replace("-", ""): HERE / f"{e}-excerpt.md" for e in EXCERPTS} | {"nankai": SEED}
    tallies = []
    for name, path in files.items():
        text, reading = _read(path)
        tallies.append(scoring_plan.score_tasks(reading, text, scoring.rows(HERE / f"{name}_tasks.tsv")))
    scores = scoring_plan.together(tallies)
    assert scores["task"].expected >= 90
    floors = {"task": 0.98, "verbs": 0.98, "projects": 0.95, "measurability": 0.96}
    wrong = [w for t in tallies for tally in t.values() for w in tally.wrong]
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}, wrong


def test_goals_and_tasks_of_four_held_out_places() -> None:
    """The first runs stand in HELD_OUT; the rules were mended on the texts since, by classes of error."""
    tallies = []
    for excerpt in HELD_OUT:
        text, reading = _read(HERE / f"{excerpt}-excerpt.md")
        tallies.append(
            scoring_plan.score_goals(reading, text, _rows(excerpt, "goals"))
            | scoring_plan.score_tasks(reading, text, _rows(excerpt, "tasks"))
        )
    scores = scoring_plan.together(tallies)
    assert (scores["target"].expected, scores["task"].expected) == (165, 154)
    floors = dict.fromkeys(("target", "kind", "by", "horizon", "task", "verbs", "measurability"), 0.98)
    floors |= {"comparator": 0.98, "indicator": 0.88, "projects": 0.94}
    wrong = [w for t in tallies for tally in t.values() for w in tally.wrong]
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}, wrong


def test_goals_of_three_more_texts() -> None:
    """First run: target .995, kind .984, indicator .974; the figures of these texts had been used to mend the reading of figures."""
    tallies = []
    for excerpt in ("nation-2018", "county-2021", "tianjin-2026"):
        text, reading = _read(HERE / f"{excerpt}-excerpt.md")
        tallies.append(scoring_plan.score_goals(reading, text, _rows(excerpt, "goals")))
    scores = scoring_plan.together(tallies)
    assert scores["target"].expected == 96
    floors = dict.fromkeys(("target", "kind", "by", "horizon"), 0.98) | {
        "comparator": 0.97,
        "indicator": 0.95,
    }
    wrong = [w for t in tallies for tally in t.values() for w in tally.wrong]
    assert {k: str(v) for k, v in scores.items() if v.f1 < floors[k]} == {}, wrong


def test_goals_of_two_texts_whose_figures_were_held_out() -> None:
    """First run of goals: everything right; the goal sentences of these two are partly our own."""
    tallies = []
    for excerpt in ("loufan-2018", "dongcheng-2019"):
        text, reading = _read(HERE / f"{excerpt}-excerpt.md")
        tallies.append(scoring_plan.score_goals(reading, text, _rows(excerpt, "goals")))
    scores = scoring_plan.together(tallies)
    assert scores["target"].expected == 41
    assert {k: str(v) for k, v in scores.items() if v.f1 < 0.97} == {}


def test_actions_side_by_side() -> None:
    text, _ = _read(SEED)
    plan = "确保平稳，出清一批空壳企业、出让一批低效企业。"
    said = text.replace(
        "出清一批空壳企业、出让一批低效企业,科学分类监管,", plan.replace("。", ",") + "做大工业、做强商业,"
    )
    assert said != text
    verbs = next(t.verbs for t in read(said).tasks if "空壳企业" in t.text)
    assert verbs == ("深化", "确保", "出清", "出让", "做大", "做强", "确保")


def _openings() -> list[tuple[list[str], str]]:
    texts = {}
    for piece in (HERE / "openings.txt").read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, rest = piece.partition("\n")
        texts[name] = rest
    return [(row, texts[row[0]]) for row in scoring.rows(HERE / "openings.tsv")]


@pytest.mark.parametrize(("row", "text"), _openings(), ids=lambda v: v[0] if isinstance(v, list) else "")
def test_place_speaker_and_years(row: list[str], text: str) -> None:
    src = prepare(text)
    m = read_meta(src)
    years = ["-" if y is None else f"{y[0]}-{y[1]}" for y in (m.term_review, m.term_plan)]
    if row[6] == "*":
        years[1] = "*"
    said = [m.region, m.level, m.speaker or "-", m.delivered or "-", *years, str(m.plan_year)]
    assert said == row[1:8]
    parts = [b.part for b in blocks(src, m.plan_year) if b.kind == "heading" and b.level == 1]
    assert row[8] == "*" or parts == row[8].split(" ")


@pytest.mark.parametrize(
    ("opening", "place", "level", "speaker", "delivered"),
    [
        ("——2017年1月5日在惠水县第十七届\n人民代表大会第一次会议上\n惠水县人民政府代县长 张三", "惠水县", "county", "张三", "2017-01-05"),
        ("——2018年3月5日在第十三届全国人民代表大会第一次会议上\n国务院总理 李四", "全国", "nation", "李四", "2018-03-05"),
        ("——在海盐县第十五届人民代表大会第一次会议上\n（2017年2月15日）\n县长 王五", "海盐县", "county", "王五", "2017-02-15"),
        ("（二〇一六年十二月二十八日在黔南布依族苗族自治州第十四届人民代表大会第一次会议上）\n州长 赵六", "黔南布依族苗族自治州", "city", "赵六", "2016-12-28"),
    ],
)  # fmt: skip
def test_other_openings(opening: str, place: str, level: str, speaker: str, delivered: str) -> None:
    m = read_meta(prepare(opening + "\n各位代表：\n一、工作回顾\n"))
    assert (m.region, m.level, m.speaker, m.delivered) == (place, level, speaker, delivered)


@pytest.mark.parametrize(
    ("clause", "verb"),
    [
        ("加快推进网上服务大厅建设", "加快推进"),
        ("深化完善城市设计", "深化完善"),
        ("优化审批流程", "优化"),
        ("加快发展动能转换", "加快"),
        ("制定实施鼓励运用新技术的政策", "制定实施"),
        ("毫不动摇巩固和发展公有制经济", "巩固和发展"),
        ("健全惩治和预防腐败体系", "健全"),
        ("推进改造提升工程", "推进"),
        ("科学化、系统性实施河道整治", "实施"),
        ("每个市县都要建设一定规模的菜地", "建设"),
        ("在全市复制推广改革经验", "复制推广"),
        ("运营线路总长达到548公里", ""),
        ("老城片区突出传统文化", ""),
        ("机械装备重点实施智能制造工程", "实施"),
        ("围绕全市目标加快铁路建设", "加快"),
        ("通过技改基金等推动企业智能化改造", "推动"),
        ("争取国家在本市设立研究机构", "争取"),
        ("争取供地率达到60%", ""),
        ("加快淘汰落后产能进程", "加快"),
        ("使土地利用更加集约高效", ""),
        ("改革是发展的动力", ""),
        ("继续优化审批流程", "优化"),
        ("做到网格化监管体系全覆盖", ""),
        ("全面完成农村土地整治示范工程", "完成"),
    ],
)
def test_the_action_that_heads_a_clause(clause: str, verb: str) -> None:
    assert head(clause)[0] == verb


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("打造海光寺、奥城商业广场210亿元楼宇聚集区", ["海光寺", "奥城商业广场"]),
        ("发展风险投资、天使投资、股权投资等多种投资方式", []),
        ("建成拜特制药生产基地、黔轮胎异地搬迁等一批项目", ["拜特制药生产基地", "黔轮胎异地搬迁"]),
        ("加强招商服务平台建设，建设一批停车设施", []),
        ("建设水稻、蔬菜、水果等示范基地，充分发挥工青妇等人民团体的作用", []),
        ("全面完成“十二五”节能减排任务", []),
        ("完成东湖综合整治等工程", ["东湖综合整治"]),
        ("开工梧州至贵港、柳州至武宣5条高速公路", ["梧州至贵港", "柳州至武宣"]),
        ("建设桂林机场T2航站楼，建设随班就读指导中心2个", ["桂林机场T2航站楼"]),
        ("推动浦东国际机场第四、第五跑道建设", ["浦东国际机场第四、第五跑道"]),
        ("打造宜商宜业、功能完备的环水上商务总部经济圈", ["环水上商务总部经济圈"]),
        ("推进和通大厦、启元大酒店业态升级", ["和通大厦", "启元大酒店"]),
        ("完成新裕里等棚户区改造和市政三地块等保障房建设", ["新裕里", "市政三地块"]),
        (
            "师大附中、五马路小学投入使用，把黄河影剧院打造成文化中心",
            ["师大附中", "五马路小学", "黄河影剧院"],
        ),
        ("加快对台邮件处理中心建设，推进校园功能微改造", ["对台邮件处理中心"]),
        ("加强与中关村等产业聚集区的精准对接", []),
        ("实施资源保障、产业衔接四项行动，推进第二批危旧房改造", []),
        ("打造一批农旅综合体、美丽乡村旅游度假区", []),
        ("实施低碳建筑工程，举办第三届民俗文化博览节", ["低碳建筑工程", "第三届民俗文化博览节"]),
    ],
)
def test_named_things(sentence: str, named: list[str]) -> None:
    assert projects(sentence) == named
