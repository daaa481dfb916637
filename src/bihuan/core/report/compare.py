"""Which figures may be set side by side: same indicator, sound numbers, known part of the speech."""

from __future__ import annotations

from dataclasses import dataclass, field

from bihuan.core.report.shapes import Meta, Quantity

HEADLINE_CAVEAT = (
    "增速按可比价(实际)，总量按现价(名义)，两者不能严格相除；价格上涨会缩小差距",
    "Growth is real (constant prices) and the level nominal; price rises would narrow the gap",
)
AMOUNT = frozenset({"level", "flow", "cumulative", "count"})


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sound quantities by canonical indicator and part; damaged ones are kept apart and never used."""

    meta: Meta
    by: dict[str, dict[str, list[Quantity]]] = field(default_factory=dict)
    damaged: tuple[Quantity, ...] = ()

    def pick(self, name: str, part: str, *roles: str) -> list[Quantity]:
        """Figures of one indicator in one part with one of the roles."""
        return [q for q in self.by.get(name, {}).get(part, []) if q.role in roles]

    @property
    def years(self) -> int:
        """Length of the period under review."""
        r = self.meta.term_review
        return r[1] - r[0] + 1 if r else 0

    @property
    def plan_years(self) -> int:
        """Length of the term planned."""
        p = self.meta.term_plan
        return p[1] - p[0] + 1 if p else 0


def shelve(quantities: list[Quantity], meta: Meta) -> Shelf:
    """Sort the quantities for comparison."""
    by: dict[str, dict[str, list[Quantity]]] = {}
    damaged = []
    for q in quantities:
        if q.suspicious:
            damaged.append(q)
            continue
        if q.canonical and q.part in ("past", "term", "year"):
            by.setdefault(q.canonical, {}).setdefault(q.part, []).append(q)
    return Shelf(meta, by, tuple(damaged))


def amount(value: float, unit: str) -> str:
    """A figure as a report would print it: 974亿元, 21.6万人, 25座."""
    if unit in ("元", "美元", "平方米", "人", "户", "亩", "吨"):
        if abs(value) >= 10**8 and unit in ("元", "美元"):
            return f"{value / 10**8:.4g}亿{unit}" if abs(value) < 10**12 else f"{value / 10**8:.0f}亿{unit}"
        if abs(value) >= 10**4:
            return f"{value / 10**4:.4g}万{unit}" if abs(value) < 10**8 else f"{value / 10**4:.0f}万{unit}"
    if unit == "%":
        return f"{value:.4g}%"
    return f"{value:.6g}{unit}" if unit != "百分点" else f"{value:.4g}个百分点"


def amount_en(value: float, unit: str) -> str:
    """The same figure in English words."""
    names = {
        "元": "yuan",
        "美元": "US dollars",
        "平方米": "m²",
        "人": "people",
        "户": "households",
        "%": "%",
        "百分点": "points",
        "公里": "km",
        "人次": "visits",
        "亩": "mu",
        "吨": "tonnes",
    }
    name = names.get(unit, "")  # classifiers have no English
    if unit == "%":
        return f"{value:.4g}%"
    if abs(value) >= 10**9:
        return f"{value / 10**9:.4g} billion {name}".strip()
    if abs(value) >= 10**6:
        return f"{value / 10**6:.4g} million {name}".strip()
    return f"{value:,.6g} {name}".strip()


def said_en(q: Quantity) -> str:
    """A quantity of the report in English words."""
    return amount_en(q.norm_value, q.norm_unit)


def joined(a: float, b: float) -> float:
    """Relative difference of a from b."""
    return (a - b) / b if b else 0.0


_ENGLISH = {
    "地区生产总值": "GDP", "人均地区生产总值": "GDP per head", "一般公共预算收入": "General public budget revenue",
    "财政总收入": "Total fiscal revenue", "固定资产投资": "Fixed-asset investment", "社会消费品零售总额": "Retail sales",
    "进出口总额": "Foreign trade", "出口总额": "Exports", "实际利用外资": "Foreign investment used",
    "城镇登记失业率": "Registered urban unemployment", "新增就业": "New jobs", "城镇居民人均可支配收入": "Urban disposable income per head",
    "农村居民人均可支配收入": "Rural disposable income per head", "人均可支配收入": "Disposable income per head",
    "居民消费价格": "Consumer prices", "单位地区生产总值能耗": "Energy use per unit of GDP", "规模以上工业增加值": "Industrial value added",
    "研发经费占地区生产总值比重": "R&D share of GDP", "招商引资到位额": "Investment attracted", "绿化面积": "Greened area",
    "闲置楼宇": "Vacant buildings brought into use", "亿元楼宇": "Buildings yielding 100 million yuan", "上市挂牌企业": "Listed companies",
    "中小学、幼儿园": "Schools and kindergartens", "道路": "Roads", "国家级高新技术企业": "National high-tech enterprises",
    "服务业增加值占地区生产总值比重": "Share of services in GDP",
}  # fmt: skip


def english(name: str) -> str:
    """English name of a common indicator with the report's own in brackets; others stay as printed."""
    known = _ENGLISH.get(name)
    return f"{known} ({name})" if known else name
