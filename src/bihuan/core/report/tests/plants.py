"""Contradictions to plant in a sound report: sentences in the words of reports, the figures they rest on in [ ]."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

MONEY = (
    "软件业务收入", "跨境电商交易额", "文化产业增加值", "服务外包执行额", "战略性新兴产业产值", "会展业收入", "高技术产业产值",
    "海洋生产总值", "数字经济规模", "民营经济增加值", "税收收入", "旅游总收入", "技术合同成交额", "地区生产总值",
    "社会消费品零售总额", "一般公共预算收入", "规模以上工业增加值", "固定资产投资",
)  # fmt: skip
THINGS = (
    ("社区食堂", "家"), ("充电桩", "个"), ("口袋公园", "个"), ("公共厕所", "座"), ("科技企业孵化器", "家"), ("养老服务站", "个"),
    ("幼儿园", "所"), ("农贸市场", "个"), ("人行天桥", "座"), ("专精特新企业", "家"), ("院士工作站", "个"), ("停车场", "处"),
)  # fmt: skip
COVERED = (
    "社区网格化管理",
    "家庭医生签约服务",
    "农村饮用水监测",
    "雪亮工程",
    "明厨亮灶",
    "行政村光纤",
    "残疾人托养服务",
)
TITLES = ("国家森林城市", "全国双拥模范城", "国家食品安全示范城市", "国家节水型城市", "全国质量强市示范城市")
WORKS = (
    "滨河体育中心",
    "第二人民医院新院",
    "城市规划展览馆",
    "东环路立交桥",
    "老年大学新校区",
    "污水处理厂二期",
)
SHARES = (
    "高技术产业占规模以上工业比重",
    "生产性服务业占服务业比重",
    "清洁能源占能源消费比重",
    "民营经济占经济总量比重",
)
RATES = ("城镇登记失业率", "污水集中处理率", "生活垃圾无害化处理率", "学前教育毛入园率")
GLOSSARY = (
    ("“三带两园”", ["沿江生态带", "环湖旅游带", "北部产业带", "科技创新园", "现代农业园"]),
    ("“四个之城”", ["创新之城", "开放之城", "宜居之城", "幸福之城"]),
    ("“五大中心”", ["金融中心", "物流中心", "会展中心", "数据中心", "人才中心"]),
    ("“3322”工程", ["东部商圈", "西部商圈", "南部商圈", "一号产业园", "二号产业园", "三号产业园", "城市客厅", "文化长廊", "绿色走廊", "滨水步道"]),
)  # fmt: skip
WORDS = frozenset(
    [
        *MONEY,
        *(t for t, _ in THINGS),
        *COVERED,
        *TITLES,
        *WORKS,
        *SHARES,
        *RATES,
        "海洋生产总值",
        "群众诉求",
        "重点项目",
        "森林覆盖率",
    ]
    + [t for t, _ in GLOSSARY]
)


@dataclass(frozen=True, slots=True)
class Years:
    """The years a report speaks about: first and last reviewed, plan year, last planned; term_plan may be None."""

    first: int
    last: int
    plan: int
    end: int | None

    @property
    def n(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Plant:
    """`said` holds (part, sentence); `kinds` the kinds of check that would be right."""

    kinds: tuple[str, ...]
    said: tuple[tuple[str, str], ...]


Make = Callable[[Random, Years], Plant]


def _rate(r: Random, low: float, high: float) -> float:
    return round(r.uniform(low, high), 1)


def _amount(r: Random) -> float:
    return round(r.uniform(80, 2000), r.choice([0, 1]))


def _g(x: float) -> str:
    return f"{x:.10g}"


def pace_level(r: Random, y: Years) -> Plant:
    assert y.end
    name, a, g = r.choice(MONEY), _amount(r), _rate(r, 6, 11)
    b = round(a * (1 + g / 100) ** (y.end - y.last) * r.uniform(1.08, 1.4) / 10) * 10
    term = r.choice(
        [
            f"到{y.end}年，{name}达到[{b}亿元]。",
            f"{name}突破[{b}亿元]。",
            f"力争{y.end}年{name}超过[{b}亿元]，综合实力显著增强。",
        ]
    )
    past = r.choice(
        [f"{y.last}年{name}达到[{_g(a)}亿元]。", f"预计{y.last}年，全年实现{name}[{_g(a)}亿元]。"]
    )
    return Plant(
        ("pace_vs_goal",),
        (("past", past), ("term", term), ("year", f"{name}增长[{g}%]{r.choice(['', '以上', '左右'])}。")),
    )


def pace_rates(r: Random, y: Years) -> Plant:
    name, t = r.choice(MONEY), _rate(r, 10, 15)
    g = round(t - r.uniform(3, 6), 1)
    return Plant(
        ("pace_vs_goal",), (("term", f"{name}年均增长[{t}%]以上。"), ("year", f"{name}增长[{g}%]左右。"))
    )


def sums(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(MONEY), _amount(r), _rate(r, 8, 20)
    total = sum(a / (1 + g / 100) ** k for k in range(y.n)) * r.choice(
        [r.uniform(0.5, 0.8), r.uniform(1.25, 1.8)]
    )
    said = r.choice([
        f"{name}达到[{_g(a)}亿元]，年均增长[{g}%]，{y.n}年累计完成[{total:.0f}亿元]。",
        f"{y.n}年累计实现{name}[{total:.0f}亿元]，年均增长[{g}%]，{y.last}年达到[{_g(a)}亿元]。",
    ])  # fmt: skip
    return Plant(("sum_vs_growth",), (("past", said),))


def baseline_growth(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(MONEY), _amount(r), _rate(r, 6, 14)
    b = a * (1 + g / 100) ** y.n * r.choice([r.uniform(0.6, 0.85), r.uniform(1.2, 1.6)])
    said = r.choice([
        f"{name}由{y.first - 1}年的[{_g(a)}亿元]增加到{y.last}年的[{b:.0f}亿元]，年均增长[{g}%]。",
        f"{name}从[{_g(a)}亿元]提高到[{b:.0f}亿元]，年均增长[{g}%]。",
    ])  # fmt: skip
    return Plant(("implied_baseline", "ratio", "sum_vs_growth"), (("past", said),))


def baseline_year(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(MONEY), _amount(r), _rate(r, 6, 14)
    b = a * (1 + g / 100) * r.choice([r.uniform(0.7, 0.92), r.uniform(1.1, 1.4)])
    said = r.choice([
        f"全年完成{name}[{b:.0f}亿元]，比上年的[{_g(a)}亿元]增长[{g}%]。",
        f"{name}由上年的[{_g(a)}亿元]增加到[{b:.0f}亿元]，增长[{g}%]。",
    ])  # fmt: skip
    return Plant(("implied_baseline", "ratio"), (("past", said),))


def baseline_share(r: Random, y: Years) -> Plant:
    name, s = r.choice(SHARES), _rate(r, 8, 30)
    d = round(s + r.uniform(3, 20), 1)
    return Plant(
        ("implied_baseline",), (("past", f"{name}达到[{s}%]，比{y.first - 1}年提高[{d}个百分点]。"),)
    )


def fewer(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(THINGS), r.randint(40, 200)
    b, verb = int(a * r.uniform(0.3, 0.75)), r.choice(["新建", "新增", "建成"])
    return Plant(
        ("past_vs_goal", "goal_below_past"),
        (("past", f"五年来，累计{verb}{name}[{a}{unit}]。"), ("term", f"{verb}{name}[{b}{unit}]。")),
    )


def lower_level(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(THINGS), r.randint(60, 300)
    b = int(a * r.uniform(0.5, 0.9))
    return Plant(("goal_below_past", "past_vs_goal"), (
        ("past", f"{name}总数达到[{a}{unit}]。"),
        (r.choice(["term", "year"]) if y.end else "year", f"{name}总数达到[{b}{unit}]{r.choice(['', '以上'])}。"),
    ))  # fmt: skip


def lower_rate(r: Random, y: Years) -> Plant:
    name, a = r.choice(RATES[1:]), _rate(r, 85, 96)
    b = round(a - r.uniform(2, 8), 1)
    return Plant(
        ("goal_below_past", "past_vs_goal"),
        (("past", f"{name}达到[{a}%]。"), ("year", f"{name}达到[{b}%]以上。")),
    )


def lower_growth(r: Random, y: Years) -> Plant:
    name, a = r.choice(MONEY), _rate(r, 12, 25)
    b = round(a - r.uniform(4, 9), 1)
    if y.end:
        return Plant(
            ("goal_below_past", "past_vs_goal"),
            (("past", f"{name}年均增长[{a}%]。"), ("term", f"{name}年均增长[{b}%]以上。")),
        )
    return Plant(
        ("goal_below_past", "past_vs_goal"),
        (("past", f"{name}增长[{a}%]。"), ("year", f"{name}增长[{b}%]左右。")),
    )


def same(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(THINGS), r.randint(60, 300)
    if y.end:
        return Plant(
            ("goal_equals_past",),
            (("past", f"五年来，累计新建{name}[{a}{unit}]。"), ("term", f"新建{name}[{a}{unit}]。")),
        )
    return Plant(
        ("goal_equals_past",), (("past", f"{name}达到[{a}{unit}]。"), ("year", f"{name}达到[{a}{unit}]。"))
    )


def missing(r: Random, y: Years) -> Plant:
    name, a = r.choice(MONEY[:10]), _amount(r)
    return Plant(
        ("missing_term_goal",),
        (("past", f"{name}达到[{_g(a)}亿元]。"), ("year", f"{name}增长[{_rate(r, 6, 12)}%]。")),
    )


def double(r: Random, y: Years) -> Plant:
    assert y.end
    (name, unit), a = r.choice(THINGS), r.randint(20, 90)
    return Plant(
        ("doubling",),
        (("past", f"{name}达到[{a}{unit}]。"), ("term", f"{name}达到[{int(a * r.uniform(2, 4))}{unit}]。")),
    )


def double_rate(r: Random, y: Years) -> Plant:
    name, g = r.choice(MONEY), _rate(r, 7, 11)
    return Plant(
        ("doubling", "pace_vs_goal"),
        (("term", r.choice([f"{name}[翻一番]，年均增长[{g}%]。", f"{name}年均增长[{g}%]，五年[翻一番]。"])),),
    )


def yearly(r: Random, y: Years) -> Plant:
    assert y.end
    (name, unit), a = r.choice(THINGS), r.randint(100, 400)
    b = int(a / (y.end - y.last) * r.uniform(0.3, 0.7))
    return Plant(
        ("per_year_vs_year",), (("term", f"新建{name}[{a}{unit}]。"), ("year", f"新建{name}[{b}{unit}]。"))
    )


def each_year(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(THINGS), r.randint(20, 80)
    b = int(a * r.uniform(0.3, 0.7))
    return Plant(
        ("per_year_vs_year",),
        (("term", f"每年新建{name}[{a}{unit}]。"), ("year", f"新建{name}[{b}{unit}]。")),
    )


def covered(r: Random, y: Years) -> Plant:
    name = r.choice(COVERED)
    past = r.choice([f"[实现{name}全覆盖]。", f"[{name}实现全覆盖]。", f"[{name}全面推行]，覆盖所有街道。"])
    return Plant(
        ("coverage_baseline", "repeat_status"),
        (("past", past), (r.choice(["term", "year"]) if y.end else "year", f"[实现{name}全覆盖]。")),
    )


def covered_rate(r: Random, y: Years) -> Plant:
    name = r.choice(COVERED)
    return Plant(("coverage_baseline", "goal_below_past", "goal_equals_past"), (
        ("past", f"{name}覆盖率达到[100%]。"), ("year", f"{name}覆盖率达到[{r.choice([90, 95, 98, 100])}%]{r.choice(['', '以上'])}。"),
    ))  # fmt: skip


def again_title(r: Random, y: Years) -> Plant:
    name, done = r.choice(TITLES), r.choice(["荣获", "成功创建", "建成", "获评"])
    tail = "称号" if done in ("荣获", "获评") else ""
    return Plant(
        ("repeat_status", "coverage_baseline"),
        (("past", f"[{done}{name}]{tail}。"), ("year", f"[{r.choice(['创建', '建成', '争创'])}{name}]。")),
    )


def again_work(r: Random, y: Years) -> Plant:
    name = r.choice(WORKS)
    past = r.choice([f"[{name}建成投用]。", f"[{name}投入使用]。", f"[建成{name}]。", f"[{name}竣工]。"])
    return Plant(
        ("repeat_status",),
        (
            ("past", past),
            ("year", r.choice([f"[建成{name}]。", f"[{name}建成投入使用]。", f"[完成{name}建设]。"])),
        ),
    )


def dates_level(r: Random, y: Years) -> Plant:
    assert y.end
    name, b, (one, other) = r.choice(MONEY), round(_amount(r)), sorted(r.sample(range(y.plan, y.end + 1), 2))
    return Plant(("deadline_conflict",), (
        ("term", f"到{other}年，{name}达到[{b}亿元]。"),
        (r.choice(["term", "year"]), f"力争{one}年{name}达到[{b}亿元]。"),
    ))  # fmt: skip


def dates_work(r: Random, y: Years) -> Plant:
    name, (one, other) = r.choice(WORKS), r.sample(range(y.plan, y.plan + 5), 2)
    return Plant(("deadline_conflict",), (
        ("term" if y.end else "year", f"[{max(one, other)}年建成{name}]。"),
        ("year", r.choice([f"确保[{name}{min(one, other)}年建成投用]。", f"[{min(one, other)}年底建成{name}]。"])),
    ))  # fmt: skip


def parts(r: Random, y: Years) -> Plant:
    name, listed = r.choice(GLOSSARY)
    left = [p for p in listed if p != r.choice(listed)] if r.random() < 0.7 else [*listed, "滨海新城"]
    left = left[:-1] if len(left) == len(listed) else left
    said = r.choice(
        [f"{name}：{'、'.join(left)}。", f"{name}：是指{'、'.join(left)}。", f"{name}：{'，'.join(left)}。"]
    )
    return Plant(("glossary_parts",), (("glossary", f"[{said}]"),))


def too_large(r: Random, y: Years) -> Plant:
    said = r.choice([
        f"新建提升绿化面积[{r.randint(20, 90)}00亿平方米]。", f"城镇登记失业率控制在[{r.randint(30, 60)}%]以内。",
        f"污水集中处理率达到[{r.randint(150, 960)}%]。", f"{r.choice(SHARES)}达到[{r.randint(110, 480)}%]。",
        f"完成旧楼区改造[{r.randint(20, 90)}万万平方米]。", f"森林覆盖率达到[{r.randint(160, 480)}%]。",
        f"新建道路[{r.randint(30, 90)}万公里]。", f"空气质量优良天数达到[{r.randint(400, 900)}天]。",
    ])  # fmt: skip
    return Plant(("implausible_magnitude",), ((r.choice(["past", "year"]), said),))


def share_of(r: Random, y: Years) -> Plant:
    whole, s = _amount(r), _rate(r, 20, 60)
    a = whole * s / 100 * r.choice([r.uniform(0.5, 0.85), r.uniform(1.2, 1.6)])
    return Plant(
        ("ratio",),
        (
            (
                "past",
                f"海洋生产总值达到[{_g(whole)}亿元]，滨海旅游业增加值达到[{a:.1f}亿元]，占海洋生产总值的比重达到[{s}%]。",
            ),
        ),
    )


def done_of(r: Random, y: Years) -> Plant:
    n, s = r.randint(200, 3000), _rate(r, 60, 99)
    done = int(n * s / 100 * r.uniform(0.5, 0.85))
    verb = r.choice(["办结", "解决", "整改"])
    return Plant(("ratio",), (("past", f"受理群众诉求[{n}件]，{verb}[{done}件]，{verb}率达到[{s}%]。"),))


def more_parts(r: Random, y: Years) -> Plant:
    n = r.randint(50, 300)
    a, b = int(n * r.uniform(0.5, 0.7)), int(n * r.uniform(0.6, 0.8))
    return Plant(("ratio",), (("past", f"实施重点项目[{n}个]，其中产业项目[{a}个]、民生项目[{b}个]。"),))


# name, whether the report must plan a term, the maker
PLANTS: tuple[tuple[str, bool, Make], ...] = (
    ("pace_vs_goal: level", True, pace_level), ("pace_vs_goal: rates", True, pace_rates), ("sum_vs_growth", True, sums),
    ("implied_baseline: average", True, baseline_growth), ("implied_baseline: year", False, baseline_year),
    ("implied_baseline: share", True, baseline_share), ("past_vs_goal", True, fewer), ("goal_below_past: level", False, lower_level),
    ("goal_below_past: rate", False, lower_rate), ("goal_below_past: growth", False, lower_growth), ("goal_equals_past", False, same),
    ("missing_term_goal", True, missing), ("doubling: level", True, double), ("doubling: rate", True, double_rate),
    ("per_year_vs_year: total", True, yearly), ("per_year_vs_year: each", True, each_year), ("coverage_baseline: words", False, covered),
    ("coverage_baseline: rate", False, covered_rate), ("repeat_status: title", False, again_title), ("repeat_status: work", False, again_work),
    ("deadline_conflict: level", True, dates_level), ("deadline_conflict: work", False, dates_work), ("glossary_parts", False, parts),
    ("implausible_magnitude", False, too_large), ("ratio: share", False, share_of), ("ratio: done of", False, done_of), ("ratio: parts", False, more_parts),
)  # fmt: skip
