"""Figures in words, as a report would print them, in Chinese and English; names of common indicators in English."""

from __future__ import annotations

from bihuan.core.report.shapes import Quantity


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
