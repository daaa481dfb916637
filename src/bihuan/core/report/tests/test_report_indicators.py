"""What a figure measures, one class of sentence each."""

import pytest

from bihuan.core.report import Reading, read
from bihuan.core.report.canonical import canonical


def _read(sentence: str, heading: str = "一、2020年工作回顾") -> Reading:
    opening = "政府工作报告\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
    filler = "全县上下同心协力，较好完成了县人民代表大会确定的目标任务，得到政协委员的支持。" * 24
    return read(f"{opening}{heading}\n{sentence}\n二、2021年工作安排\n{filler}\n")


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("为427户企业减免税费6500万元。", ["企业", "税费"]), ("2600多名党员干部下沉村组。", ["党员干部"]), ("带动9500户贫困户户均增收4200元。", ["贫困户", None]),
        ("五年退出钢铁产能1.7亿吨以上、煤炭产能8亿吨。", ["钢铁产能", "煤炭产能"]), ("财政赤字率一直控制在3%以内。", ["财政赤字率"]), ("今年赤字率拟按2.6%安排。", ["赤字率"]),
        ("要为市场主体减轻非税负担3000亿元以上。", ["非税负担"]), ("中央预算内投资安排5776亿元，比去年增加400亿元。", ["中央预算内投资"] * 2),
        ("铁路营业里程新增3万多公里。", ["铁路营业里程"]), ("企业开办时间缩短三分之一以上。", ["企业开办时间"]), ("地区生产总值在2010年的基础上翻一番。", ["地区生产总值"]),
        ("市财政安排7亿元专项资金。", ["专项资金"]), ("规模以上工业增加值636亿元。", ["规模以上工业增加值"]), ("全市三级甲等医院增至34家。", ["三级甲等医院"]),
        ("18个县市生产总值翻番。", ["县市", "县市生产总值"]), ("更新改造复康路等道路80条。", ["道路"]), ("建成日检测能力5000份的核酸实验室2个。", ["日检测能力", "核酸实验室"]),
        ("提升改造210公里农村公路和120万平方米村内道路。", ["农村公路", "村内道路"]), ("126项创新举措中，49项为全国首创。", ["创新举措"] * 2),
        ("宁夏石化500万吨炼油等项目建成。", ["炼油"]), ("城乡和谐社区建设达标率超过98%。", ["城乡和谐社区建设达标率"]),
        ("聚集52家产值超亿元的移动互联网企业。", ["移动互联网企业", "产值"]), ("污水集中收集率提升至88%。", ["污水集中收集率"]),
        ("城镇供水、燃气普及率分别提高到75%、89%。", ["城镇供水普及率", "燃气普及率"]), ("专利申请量占全市41%，占全省36%。", ["专利申请量占全市", "专利申请量占全省"]),
        ("设区市、县城和重点镇的公共供水普及率分别达到95%、85%和75%。", ["设区市的公共供水普及率", "县城的公共供水普及率", "重点镇的公共供水普及率"]),
        ("1—11月固定资产投资增长17.9%。", ["固定资产投资"]), ("前三季度工业增加值占生产总值的比重达到64.5%，较上年同期增长4个百分点。", ["工业增加值占生产总值的比重"] * 2),
        ("高新区签约19个、合同额193亿元。", ["高新区签约", "合同额"]), ("引进4家世界500强和1家中国500强企业。", ["世界500强", "中国500强企业"]),
        ("为4126名特困供养人员发放资金2717万元。", ["特困供养人员", "资金"]), ("为城乡低保45085户、58866人发放保障金2593万元。", ["城乡低保", "城乡低保", "保障金"]),
        ("为城镇职工、居民核销医药费6540万元。", ["医药费"]), ("城镇新增就业1885人，完成全年指标的105%。", ["城镇新增就业", "城镇新增就业完成指标"]),
        ("超10亿元投资项目2个。", ["投资项目", "超10亿元投资项目"]), ("推进片区等62个占地共1.46万亩项目建设。", ["项目建设", None]), ("在谈项目58个，竣工项目50个。", ["在谈项目", "竣工项目"]),
        ("已有199个项目实质性开工建设。", ["项目"]), ("新增1个社区综合为老服务中心。", ["社区综合为老服务中心"]), ("应开尽开发热门诊38个。", ["发热门诊"]),
        ("支持4989户贫困群众发展到户产业。", ["贫困群众"]), ("向居民提供37项基本公共卫生服务项目。", ["基本公共卫生服务项目"]), ("每个村至少有1名合格的乡村医生。", ["乡村医生"]),
        ("船舶保险业务总量约占全国的40%。", ["船舶保险业务总量占全国"]), ("筹措保障性住房和实施旧住房综合改造13.9万套。", ["保障性住房和旧住房综合改造"]),
        ("现有建档立卡贫困户7465户。", ["建档立卡贫困户"]), ("旅游景点年接待游客量达30万人次。", ["旅游景点年接待游客量"]),
        ("在13亿多人口的国家保持稳定。", ["人口"]), ("新设立市场主体增长28%。", ["新设立市场主体"]), ("新认定高新技术企业350家。", ["高新技术企业"]),
    ],
)  # fmt: skip
def test_what_a_figure_measures(sentence: str, indicators: list[str | None]) -> None:
    said = [q.indicator for q in _read(sentence).quantities]
    assert len(said) == len(indicators)
    assert [s for s, want in zip(said, indicators, strict=True) if want not in (None, s)] == []


def test_one_phrase_for_town_and_country_is_two_indicators() -> None:
    both = _read("城乡居民人均可支配收入分别增长8.5%和10%。").quantities
    assert [q.indicator for q in both] == ["城乡居民人均可支配收入"] * 2
    assert [q.canonical for q in both] == ["城镇居民人均可支配收入", "农村居民人均可支配收入"]


def test_a_year_that_opens_a_paragraph_holds_for_its_sentences() -> None:
    text = "五年来，生产总值年均增长7%。\n2019年，经济好于预期。生产总值增长6.9%。"
    found = _read(text, "一、过去五年工作回顾").quantities
    assert [(q.period.first, q.period.last) for q in found] == [(2016, 2020), (2019, 2019)]


def test_expected_in_brackets_speaks_of_one_figure() -> None:
    found = _read("区级增加值从620亿元增长到880亿元（预计），年均增长8%。").quantities
    assert [q.status for q in found] == ["achieved", "expected", "achieved"]


def test_expected_after_figures_that_were_reached_governs_its_own_part() -> None:
    found = _read("工业产值4500亿元，预计全年突破5000亿元；工业增加值增长29%。").quantities
    assert [q.status for q in found] == ["achieved", "expected", "achieved"]
    found = _read("预计生产总值增长9%；财政收入增长8%。").quantities
    assert [q.status for q in found] == ["expected", "expected"]


def test_roles_by_what_is_done() -> None:
    said = {
        "压减钢铁产能3000万吨。": "decrease", "企业开办时间缩短三分之一。": "decrease", "亩均税收提高到6.2万元。": "level",
        "建成投资项目，年均近20亿元。": "per_year", "引进高层次人才200名。": "count", "PM2.5年均浓度36.2微克/立方米。": "level",
        "高职院校扩招100万人。": "flow",
        "党纪政纪处分1786人。": "flow", "新开工里程500公里。": "flow",
    }  # fmt: skip
    assert {s: _read(s).quantities[0].role for s in said} == said


@pytest.mark.parametrize(
    "names",
    [
        ["空置楼宇", "闲置楼宇"], ["国家级高新技术企业", "国家高新技术企业", "新增国家级高新技术企业"], ["高新技术企业", "新增高新技术企业"],
        ["单位国内生产总值能耗", "单位GDP能耗", "万元生产总值能耗"], ["PM2.5年均浓度", "细颗粒物（PM2.5）平均浓度"], ["M2", "广义货币M2"],
        ["进出口", "外贸进出口总额", "货物进出口总额"], ["优良天数", "空气质量优良天数"], ["农民人均纯收入", "农村居民人均可支配收入"],
        ["全社会研发投入占到全区生产总值", "研发投入占GDP比重"],
    ],
)  # fmt: skip
def test_one_indicator_has_one_name(names: list[str]) -> None:
    assert len({canonical(n) for n in names}) == 1


def test_different_indicators_stay_apart() -> None:
    apart = [
        "高新技术企业",
        "国家级高新技术企业",
        "城镇调查失业率",
        "城镇登记失业率",
        "出口",
        "进出口",
        "利用外资",
        "PM10平均浓度",
    ]
    assert len({canonical(n) for n in apart}) == len(apart)
