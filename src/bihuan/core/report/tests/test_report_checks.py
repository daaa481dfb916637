"""Worked examples of every kind of check: what is found, on which figures, how grave; and what must not be found."""

from collections import Counter
from pathlib import Path

import pytest

from bihuan.core.report import read
from bihuan.core.report.check_glossary import listings, promised
from bihuan.core.report.shapes import Check

FILL = "全区上下同心协力，奋发有为，经济社会各项事业都取得了新的进展，群众的生活得到了进一步的改善，城乡面貌焕然一新。"


def report(past: str = "", term: str = "", year: str = "", glossary: str = "") -> str:
    """A district's report of 2016 with these sentences in its parts."""
    return f"""2016年政府工作报告
——2016年12月25日在滨河区第十七届人民代表大会第一次会议上
滨河区区长 王某某
各位代表：
现在，我代表滨河区人民政府，向大会报告政府工作，请予审议，并请区政协委员提出意见。
过去五年工作回顾
过去五年，{FILL}{FILL}
一、经济发展迈上新台阶
综合实力显著提升。{past}{FILL}{FILL}{FILL}{FILL}
今后五年发展目标和主要任务
未来五年是加快发展的关键时期。{FILL}{FILL}
一、坚持创新驱动
经济社会发展的主要预期目标是：{term}{FILL}
2017年重点工作
2017年，是新一届政府履职的开局之年。{FILL}
2017年全区经济社会发展主要预期目标是：{year}重点抓好以下工作：{FILL}{FILL}
各位代表，让我们更加紧密地团结起来，为建设美丽滨河而努力奋斗！
{"名词解释" + chr(10) + "1、" + glossary if glossary else ""}
"""


def checks(**parts: str) -> tuple[str, list[Check]]:
    text = report(**parts)
    return text, list(read(text).checks)


# kind, verdict, severity | past | term | year | figures it rests on | one computed value
FOUND = [
    ("pace_vs_goal", "short", "high", "2016年实现地区生产总值648亿元。", "到2021年，地区生产总值超过1000亿元。", "地区生产总值增长8.5%。",
     "648亿元 1000亿元 8.5%", ("reached", 97437084000)),
    ("pace_vs_goal", "short", "medium", "2016年实现地区生产总值648亿元。", "到2021年，地区生产总值达到980亿元。", "地区生产总值增长8.5%。",
     "648亿元 980亿元 8.5%", ("required_rate", 8.625)),
    ("pace_vs_goal", "holds", "none", "2016年实现地区生产总值648亿元。", "到2021年，地区生产总值达到960亿元。", "地区生产总值增长8.5%。",
     "648亿元 960亿元 8.5%", ("years", 5)),
    ("pace_vs_goal", "short", "high", "", "税收收入年均增长12%。", "税收收入增长8%。", "12% 8%", ("short_percent", -16.63)),
    ("pace_vs_goal", "short", "medium", "", "税收收入年均增长12%。", "税收收入增长11%。", "12% 11%", ("rest_rate", 12.251)),
    ("sum_vs_growth", "differs", "high", "2016年税收收入达到100亿元，年均增长10%，五年累计完成600亿元。", "", "", "100亿元 10% 600亿元",
     ("implied_sum", 41698654463.49)),
    ("sum_vs_growth", "holds", "none", "2016年税收收入达到100亿元，年均增长10%，五年累计完成417亿元。", "", "", "100亿元 10% 417亿元",
     ("stated_sum", 41700000000)),
    ("implied_baseline", "differs", "high", "税收收入由2011年的50亿元增加到2016年的100亿元，年均增长25%。", "", "", "50亿元 100亿元 25%",
     ("computed_change", 14.87)),
    ("implied_baseline", "holds", "none", "税收收入由2011年的50亿元增加到2016年的100亿元，年均增长14.9%。", "", "", "50亿元 100亿元 14.9%",
     ("years", 5)),
    ("implied_baseline", "differs", "high", "全年完成税收收入100亿元，比上年的80亿元增长12%。", "", "", "80亿元 100亿元 12%", ("computed_change", 25)),
    ("implied_baseline", "impossible", "high", "清洁能源占能源消费比重达到12%，比2011年提高15个百分点。", "", "", "12% 15个百分点", ("implied_base", -3)),
    ("past_vs_goal", "below", "medium", "五年来，累计新建公园82处。", "新建公园37处。", "", "82处 37处", ("change_percent", -54.88)),
    ("goal_below_past", "below", "high", "养老服务站总数达到120个。", "养老服务站总数达到90个。", "", "120个 90个", ("change_percent", -25)),
    ("goal_below_past", "below", "medium", "污水集中处理率达到95%。", "", "污水集中处理率达到92%以上。", "95% 92%", ("difference", -3)),
    ("goal_below_past", "below", "medium", "旅游总收入年均增长20%。", "旅游总收入年均增长12%。", "", "20% 12%", ("difference", -8)),
    ("goal_equals_past", "equal", "low", "五年来，累计新建公园50处。", "新建公园50处。", "", "50处 50处", ("past", 50)),
    ("goal_equals_past", "equal", "medium", "养老服务站总数达到120个。", "养老服务站总数达到120个。", "", "120个 120个", ("goal", 120)),
    ("missing_term_goal", "missing", "low", "2016年软件业务收入达到300亿元。", "", "软件业务收入增长9%。", "300亿元 9%", None),
    ("doubling", "doubles", "medium", "2016年科技企业孵化器达到20家。", "到2021年，科技企业孵化器达到50家。", "", "20家 50家", ("ratio", 2.5)),
    ("doubling", "short", "high", "", "民营经济增加值翻一番，年均增长9%。", "", "翻一番 9%", ("times", 1.539)),
    ("doubling", "holds", "none", "地区生产总值年均增长8%。", "到2021年，地区生产总值比2011年翻一番，年均增长7%。", "", "8% 7% 翻一番", ("times", 2.061)),
    ("per_year_vs_year", "short", "medium", "", "新建公园100处。", "新建公园12处。", "100处 12处", ("total", 60)),
    ("per_year_vs_year", "short", "medium", "", "每年新建公园20处。", "新建公园12处。", "20处 12处", ("expected", 20)),
    ("coverage_baseline", "already_claimed", "medium", "实现家庭医生签约服务全覆盖。", "", "实现家庭医生签约服务全覆盖。",
     "实现家庭医生签约服务全覆盖 实现家庭医生签约服务全覆盖", None),
    ("coverage_baseline", "already_claimed", "medium", "社区网格覆盖率达到100%。", "", "社区网格覆盖率达到98%。", "100% 98%", ("goal", 98)),
    ("repeat_status", "repeated", "medium", "成功创建国家森林城市。", "", "创建国家森林城市。", "成功创建国家森林城市 创建国家森林城市", None),
    ("repeat_status", "repeated", "medium", "第二人民医院新院建成投用。", "", "建成第二人民医院新院。", "第二人民医院新院建成投用 建成第二人民医院新院", None),
    ("deadline_conflict", "conflict", "medium", "", "到2021年，海洋生产总值达到900亿元。力争2019年海洋生产总值达到900亿元。", "", "900亿元 900亿元",
     ("first", 2021)),
    ("deadline_conflict", "conflict", "medium", "", "2020年建成城市规划展览馆。", "确保城市规划展览馆2018年建成投用。", "", ("second", 2018)),
    ("implausible_magnitude", "refused", "high", "", "", "森林覆盖率达到138%。", "138%", ("value", 138)),
    ("implausible_magnitude", "impossible", "high", "", "", "城镇登记失业率控制在43%以内。", "43%", None),
    ("implausible_magnitude", "impossible", "high", "新建提升绿化面积4820亿平方米。", "", "", "4820亿平方米", None),
    ("implausible_magnitude", "apart", "high", "2016年软件业务收入达到300亿元。", "到2021年，软件业务收入达到5000万元。", "", "300亿元 5000万元", None),
    ("ratio", "differs", "high", "海洋生产总值达到200亿元，海洋渔业增加值达到80亿元，占海洋生产总值的比重达到60%。", "", "", "80亿元 200亿元 60%",
     ("computed", 40)),
    ("ratio", "holds", "none", "海洋生产总值达到200亿元，海洋渔业增加值达到80亿元，占海洋生产总值的比重达到40%。", "", "", "80亿元 200亿元 40%",
     ("computed", 40)),
    ("ratio", "differs", "high", "受理群众诉求1000件，办结620件，办结率达到98%。", "", "", "1000件 620件 98%", ("computed", 62)),
    ("ratio", "exceeds", "high", "实施重点项目80个，其中产业项目95个。", "", "", "80个 95个", ("largest", 95)),
    ("ratio", "exceeds", "medium", "实施重点项目80个，其中产业项目50个、民生项目60个。", "", "", "80个 50个 60个", ("parts", 110)),
    ("ratio", "differs", "medium", "三次产业结构调整为3.2：45.6：61.2。", "", "", "3.2：45.6：61.2", ("sum", 110)),
]  # fmt: skip


@pytest.mark.parametrize("row", FOUND, ids=[f"{r[0]}-{r[1]}-{n}" for n, r in enumerate(FOUND)])
def test_each_kind_with_its_inputs_and_its_weight(row: tuple) -> None:
    kind, verdict, severity, past, term, year, rests, value = row
    text, found = checks(past=past, term=term, year=year)
    made = [c for c in found if c.kind == kind and c.verdict == verdict]
    assert made, [(c.kind, c.verdict, str(c.finding)) for c in found]
    check = next((c for c in made if value is None or value[0] in c.computed), None)
    assert check is not None and check.severity == severity
    printed = [text[a:b] for a, b in check.spans]
    assert all(any(p in said for said in printed) for p in rests.split()), printed
    if value:
        assert check.computed[value[0]] == pytest.approx(value[1], rel=1e-3)
    assert check.finding and check.finding.en and check.caveat and check.caveat.en


# what a careless reader would take for a contradiction: kind | past | term | year
QUIET = [
    ("pace_vs_goal", "2016年实现地区生产总值648亿元。", "到2021年，地区生产总值达到600亿元以内。", "地区生产总值增长8.5%。"),
    ("pace_vs_goal", "", "单位地区生产总值能耗年均下降4%。", "单位地区生产总值能耗下降3%。"),
    ("implied_baseline", "地区生产总值由2011年的400亿元增加到2016年的650亿元，年均增长8%。", "", ""),  # real growth, nominal levels
    ("implied_baseline", "每万元能耗由1.04吨标准煤下降到0.88吨标准煤，下降15%。", "", ""),
    ("goal_below_past", "城镇登记失业率3.8%。", "", "城镇登记失业率控制在3.5%以内。"),
    ("past_vs_goal", "累计实际利用外资30亿美元。", "“十三五”末实际利用外资突破23亿美元。", ""),
    ("repeat_status", "滨河体育中心一期建成投用。", "", "建成滨河体育中心。"),
    ("repeat_status", "积极争创国家森林城市。", "", "创建国家森林城市。"),
    ("repeat_status", "滨河体育中心加快建设。", "", "建成滨河体育中心。"),
    ("repeat_status", "荣获全国文明城市称号。", "", "建成全国文明城市群。"),
    ("deadline_conflict", "", "到2021年，养老服务站达到90个。", "养老服务站达到60个。"),
    ("implausible_magnitude", "学前教育毛入园率达到103%。规模以上工业产销率达到101%。", "", ""),
    ("implausible_magnitude", "税收收入达到1800亿元，税收收入超过100亿元的市达到7个。", "税收收入达到3640亿元。", ""),
    ("implausible_magnitude", "金融市场交易额达到420万亿元。", "", ""),
    ("ratio", "动工建设公办养老机构9个，其中5个完工，38个政法设施加紧建设。", "", ""),
    ("ratio", "三次产业结构为1：3：6。", "", ""),
    ("doubling", "", "到2021年，地区生产总值比2005年翻两番，年均增长7%。", ""),  # the years before are not told
]  # fmt: skip


@pytest.mark.parametrize("row", QUIET, ids=[f"{r[0]}-{n}" for n, r in enumerate(QUIET)])
def test_what_is_no_contradiction(row: tuple[str, str, str, str]) -> None:
    kind, past, term, year = row
    _, found = checks(past=past, term=term, year=year)
    fine = {"holds", "implied", "above", "over"}
    assert [str(c.finding) for c in found if c.kind == kind and c.verdict not in fine] == []


# other scope, other area, other prices: refused with the reason, never computed
REFUSED = [
    ("goal_below_past", "全社会固定资产投资年均增长20%。", "", "500万元以上固定资产投资增长15%。", "口径不同：一个是“全社会”，一个是“500万元”"),
    ("goal_below_past", "农民人均纯收入增长13%。", "", "农村居民人均可支配收入增长9%。", "纯收入"),
    ("goal_below_past", "财政总收入年均增长18%。", "一般公共预算收入年均增长10%。", "", "回顾报的是财政总收入，目标定的是一般公共预算收入"),
    ("goal_below_past", "税收收入按可比口径年均增长18%。", "税收收入按现价年均增长10%。", "", "价格基础不同"),
    ("pace_vs_goal", "", "税收收入按现价年均增长12%。", "税收收入按不变价增长8%。", "价格基础不同"),
    ("past_vs_goal", "五年来，累计拆除中心城区旧里房屋80万平方米。", "拆除旧里房屋50万平方米。", "", "范围不同"),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=[f"{r[0]}-{n}" for n, r in enumerate(REFUSED)])
def test_figures_on_another_basis_are_refused_with_the_reason(row: tuple[str, str, str, str, str]) -> None:
    kind, past, term, year, why = row
    _, found = checks(past=past, term=term, year=year)
    same = [c for c in found if c.kind == kind]
    assert [c.verdict for c in same] == ["refused"], [str(c.finding) for c in found]
    assert (
        why in same[0].finding
        and same[0].computed == {}
        and same[0].severity == "none"
        and same[0].finding.en
    )


def test_a_damaged_number_enters_no_check() -> None:
    _, found = checks(
        past="2016年实现地区生产总值648亿元。587241万平方米建筑实施立面整修。",
        term="到2021年，地区生产总值超过1000亿元。",
    )
    assert any(c.kind == "implausible_magnitude" and c.severity == "high" for c in found)


@pytest.mark.parametrize(
    ("heart", "n"),
    [
        ("4411", 10), ("1+8", 9), ("三个全覆盖", 3), ("五个一", 5), ("五位一体", 5), ("三证合一", 3), ("六进两化", 8), ("双随机、一公开", 3),
        ("两圈两区一中心", 5), ("二十字", None), ("一平方公里", None), ("两业并举", None), ("十横十纵", 20), ("一区多园", None), ("三级终结", 3),
    ],
)  # fmt: skip
def test_how_many_parts_a_name_promises(heart: str, n: int | None) -> None:
    assert promised(heart) == n


@pytest.mark.parametrize(
    ("entry", "verdict"),
    [
        ("“三中心一体系”：国际航运中心、物流中心、贸易中心和现代金融服务体系。", "holds"),
        ("“三中心一体系”：国际航运中心、物流中心和现代金融服务体系。", "differs"),
        ("“五通”：即农村通电、通水、通电话、通水泥路和通有线电视。", "holds"),
        ("“五通”：即农村通电、通水、通电话。", "differs"),
        ("“四站一中心”：“四站”指东站、西站、南站、北站；“一中心”指枢纽管理中心。", "holds"),
        ("“四站一中心”：“四站”指东站、西站、南站；“一中心”指枢纽管理中心。", "differs"),
        ("“四馆一园”：博物馆新馆、美术馆、科学馆、文化馆和大观园。", "holds"),
        ("“五位一体”综合示范村：以村庄规建为先导，以特色产业为支撑，通过示范带动打造新型农村。", None),
    ],
)  # fmt: skip
def test_parts_are_counted_only_in_a_plain_list(entry: str, verdict: str | None) -> None:
    text, found = checks(glossary=entry, year=f"推进{entry.split('：')[0]}建设。")
    made = [c for c in found if c.kind == "glossary_parts"]
    assert [c.verdict for c in made] == ([verdict] if verdict else [])
    if verdict == "differs":
        assert made[0].severity == "medium" and entry in text[slice(*made[0].spans[0])]


def test_the_precision_of_the_document_is_counted_from_the_judged_checks() -> None:
    here = Path(__file__).parent
    rows = [
        line.split("\t") for line in (here / "judged_checks.tsv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    count = Counter((row[3], row[4]) for row in rows)
    page = (here.parents[4] / "docs" / "report-reading.md").read_text(encoding="utf-8")
    high, right, arguable = count["high", "right"], count["medium", "right"], count["medium", "arguable"]
    low = [count["low", j] for j in ("right", "arguable", "false")]
    assert sum(count.values()) == high + right + arguable + 60 and sum(low) == 60
    assert (
        f"{high} of {high} high right; of {right + arguable} medium {right} right, {arguable} arguable"
        in page
    )
    assert "{} right, {} arguable, {} false".format(*low) in page


def test_ways_to_count_a_list() -> None:
    assert listings("打击抢劫、抢夺、盗窃（包括入室盗窃和盗窃机动车）等三类多发性侵财案件。") == {3}
    assert listings("通过整合资源，构建平台。") == set()
