"""A second set of contradictions in other words and about other things, written after the rules and run once before any change."""

from __future__ import annotations

from random import Random

from bihuan.core.report.tests.plants import Make, Plant, Years

INCOMES = (
    "农产品加工业产值",
    "工业总产值",
    "电子商务交易额",
    "金融业增加值",
    "外贸进出口总额",
    "新能源汽车产业产值",
    "港口物流业收入",
    "城镇居民人均可支配收入",
)
COUNTED = (
    ("规模以上工业企业", "户"),
    ("省级以上研发平台", "个"),
    ("高新技术企业", "家"),
    ("标准化村卫生室", "所"),
    ("城市书房", "座"),
    ("公交线路", "条"),
)
NAMED = ("市民文化中心", "环湖大道二标段", "儿童福利院", "北部污水处理厂", "会展中心三期", "火车东站广场")
WIDE = ("农村生活垃圾收集转运", "义务教育学校营养午餐", "公共法律服务", "大病保险", "校园安全视频监控")
PRIZES = ("国家知识产权示范城市", "国家生态文明建设示范县", "全国科技进步先进县", "国家园林城市")
WORDS_AGAIN = frozenset(
    [*INCOMES, *(n for n, _ in COUNTED), *NAMED, *WIDE, *PRIZES, "信访事项", "农机总动力", "耕地", "第三产业"]
)


def _money(r: Random) -> float:
    return round(r.uniform(60, 900), 1)


def pace(r: Random, y: Years) -> Plant:
    assert y.end
    name, a, g = r.choice(INCOMES[:-1]), _money(r), round(r.uniform(6, 10), 1)
    b = round(a * (1 + g / 100) ** (y.end - y.last) * r.uniform(1.1, 1.5), -1)
    return Plant(("pace_vs_goal",), (
        ("past", f"全年{name}预计完成[{a:g}亿元]，同比增长6%。"), ("term", f"“十三五”末，{name}力争达到[{b:.0f}亿元]。"), ("year", f"{name}增速保持在[{g}%]左右。"),
    ))  # fmt: skip


def pace_average(r: Random, y: Years) -> Plant:
    name, t = r.choice(INCOMES), r.randint(11, 15)
    return Plant(
        ("pace_vs_goal",),
        (
            ("term", f"{name}年均增速保持在[{t}%]以上。"),
            ("year", f"今年{name}预期增长[{t - r.randint(3, 5)}%]。"),
        ),
    )


def total(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(INCOMES[:-1]), _money(r), r.randint(8, 18)
    s = sum(a / (1 + g / 100) ** k for k in range(y.n)) * r.choice([0.6, 1.5])
    return Plant(
        ("sum_vs_growth",),
        (("past", f"五年累计完成{name}[{s:.0f}亿元]、年均增长[{g}%]，其中{y.last}年完成[{a:g}亿元]。"),),
    )


def both_ends(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(INCOMES[:-1]), _money(r), r.randint(7, 14)
    b = a * (1 + g / 100) ** y.n * r.choice([0.65, 1.45])
    return Plant(
        ("implied_baseline", "ratio"),
        (("past", f"{name}由[{a:g}亿元]跃升至[{b:.1f}亿元]，年均增速达[{g}%]。"),),
    )


def since_last_year(r: Random, y: Years) -> Plant:
    name, a, g = r.choice(INCOMES[:-1]), _money(r), r.randint(6, 14)
    b = a * (1 + g / 100) * r.choice([0.85, 1.2])
    return Plant(
        ("implied_baseline", "ratio"),
        (("past", f"{name}从去年的[{a:g}亿元]提高到今年的[{b:.1f}亿元]，同比增长[{g}%]。"),),
    )


def share_change(r: Random, y: Years) -> Plant:
    s = r.randint(20, 40)
    return Plant(
        ("implied_baseline",),
        (
            (
                "past",
                f"第三产业增加值占地区生产总值比重由[{s}%]提高到[{s + 6}%]，提高[{r.choice([2, 12])}个百分点]。",
            ),
        ),
    )


def less_done(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(COUNTED), r.randint(50, 90)
    return Plant(
        ("past_vs_goal", "goal_below_past"),
        (("past", f"五年共新增{name}[{a}{unit}]。"), ("term", f"今后五年再新增{name}[{a // 2}{unit}]。")),
    )


def lower(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(COUNTED), r.randint(50, 300)
    return Plant(
        ("goal_below_past", "past_vs_goal"),
        (
            ("past", f"全{r.choice('市区')}{name}已发展到[{a}{unit}]。"),
            ("year", f"{name}突破[{int(a * 0.7)}{unit}]。"),
        ),
    )


def slower(r: Random, y: Years) -> Plant:
    name, a = r.choice(INCOMES), r.randint(14, 22)
    return Plant(
        ("goal_below_past",), (("past", f"{name}同比增长[{a}%]。"), ("year", f"{name}预期增长[{a - 6}%]。"))
    )


def equal(r: Random, y: Years) -> Plant:
    a = r.randint(36, 60)
    return Plant(
        ("goal_equals_past",),
        (("past", f"常住人口城镇化率提高到[{a}.5%]。"), ("year", f"常住人口城镇化率达到[{a}.5%]。")),
    )


def no_goal(r: Random, y: Years) -> Plant:
    name, a = r.choice(INCOMES[:-2]), _money(r)
    return Plant(
        ("missing_term_goal",),
        (("past", f"{y.last}年{name}完成[{a:g}亿元]。"), ("year", f"{name}增长[{r.randint(6, 12)}%]左右。")),
    )


def twice(r: Random, y: Years) -> Plant:
    name, a = r.choice(INCOMES[:-1]), _money(r)
    return Plant(
        ("doubling", "pace_vs_goal"),
        (("past", f"{y.last}年{name}[{a:g}亿元]。"), ("term", f"{name}达到[{a * 2.4:.0f}亿元]，实现翻番。")),
    )


def twice_rate(r: Random, y: Years) -> Plant:
    return Plant(
        ("doubling", "pace_vs_goal"),
        (("term", f"{r.choice(INCOMES)}年均增长[{r.randint(7, 10)}%]左右，实现[翻番]。"),),
    )


def year_of_term(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(COUNTED), r.randint(100, 300)
    return Plant(
        ("per_year_vs_year",),
        (("term", f"五年内新增{name}[{a}{unit}]。"), ("year", f"全年新增{name}[{a // 12}{unit}]。")),
    )


def every_year(r: Random, y: Years) -> Plant:
    (name, unit), a = r.choice(COUNTED), r.randint(30, 60)
    return Plant(
        ("per_year_vs_year",),
        (("term", f"每年新增{name}[{a}{unit}]以上。"), ("year", f"新增{name}[{a // 2}{unit}]。")),
    )


def everywhere(r: Random, y: Years) -> Plant:
    name = r.choice(WIDE)
    return Plant(
        ("coverage_baseline", "repeat_status"),
        (("past", f"[{name}在全{r.choice('区市')}实现全覆盖]。"), ("year", f"[推动{name}全覆盖]。")),
    )


def won_again(r: Random, y: Years) -> Plant:
    name = r.choice(PRIZES)
    return Plant(
        ("repeat_status",),
        (
            ("past", r.choice([f"[被评为{name}]。", f"[顺利通过{name}验收]。", f"[{name}创建成功]。"])),
            ("year", f"[力争创成{name}]。"),
        ),
    )


def built_again(r: Random, y: Years) -> Plant:
    name = r.choice(NAMED)
    return Plant(
        ("repeat_status",),
        (
            ("past", r.choice([f"[{name}正式开放]。", f"[{name}全面建成]。", f"[{name}等项目竣工投用]。"])),
            ("year", f"[确保{name}建成投用]。"),
        ),
    )


def two_dates(r: Random, y: Years) -> Plant:
    name, one = r.choice(NAMED), y.plan + 1
    return Plant(
        ("deadline_conflict",),
        (("year", f"[{name}力争{one}年竣工]。"), ("year", f"[{one + 2}年前完成{name}建设]。")),
    )


def miscounted(r: Random, y: Years) -> Plant:
    said = r.choice(["“六城同创”：国家卫生城市、国家园林城市、全国文明城市、国家森林城市。", "“三山五湖”：东山、西山、北山、月湖、星湖、镜湖、南湖。",
                     "“1+3”产业体系：一号园区、新材料、生物医药。", "“四张清单”：权力清单、责任清单和负面清单。"])  # fmt: skip
    return Plant(("glossary_parts",), (("glossary", f"[{said}]"),))


def too_much(r: Random, y: Years) -> Plant:
    said = r.choice([f"空气质量优良率[{r.randint(110, 190)}%]。", f"新增城镇就业[{r.randint(3, 9)}亿人]。", f"新农合参合率达[{r.randint(120, 300)}%]。",
                     f"城镇登记失业率[{r.randint(25, 40)}.8%]。", f"拆除违法建设[{r.randint(30, 90)}00亿平方米]。"])  # fmt: skip
    return Plant(("implausible_magnitude",), (("past", said),))


def share(r: Random, y: Years) -> Plant:
    a, s = _money(r), r.randint(20, 60)
    return Plant(
        ("ratio",),
        (
            (
                "past",
                f"工业总产值完成[{a:g}亿元]，其中新能源汽车产业产值[{a * s / 100 * 1.4:.1f}亿元]，占工业总产值的[{s}%]。",
            ),
        ),
    )


def settled(r: Random, y: Years) -> Plant:
    n = r.randint(200, 900)
    return Plant(
        ("ratio",), (("past", f"全年受理信访事项[{n}件]，化解[{n // 2}件]，化解率[9{r.randint(1, 9)}%]。"),)
    )


def parts(r: Random, y: Years) -> Plant:
    n = r.randint(40, 90)
    return Plant(("ratio",), (("past", f"共引进项目[{n}个]，其中亿元以上项目[{n + 12}个]。"),))


PLANTS_AGAIN: tuple[tuple[str, bool, Make], ...] = (
    ("pace_vs_goal: level", True, pace), ("pace_vs_goal: rates", True, pace_average), ("sum_vs_growth", True, total),
    ("implied_baseline: average", True, both_ends), ("implied_baseline: year", False, since_last_year), ("implied_baseline: share", False, share_change),
    ("past_vs_goal", True, less_done), ("goal_below_past: level", False, lower), ("goal_below_past: growth", False, slower),
    ("goal_equals_past", False, equal), ("missing_term_goal", True, no_goal), ("doubling: level", True, twice), ("doubling: rate", True, twice_rate),
    ("per_year_vs_year: total", True, year_of_term), ("per_year_vs_year: each", True, every_year), ("coverage_baseline: words", False, everywhere),
    ("repeat_status: title", False, won_again), ("repeat_status: work", False, built_again), ("deadline_conflict: work", False, two_dates),
    ("glossary_parts", False, miscounted), ("implausible_magnitude", False, too_much), ("ratio: share", False, share), ("ratio: done of", False, settled),
    ("ratio: parts", False, parts),
)  # fmt: skip
