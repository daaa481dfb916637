"""Units: how they are written, the base unit they become, and what may not follow them."""

from __future__ import annotations

import re
from decimal import Decimal

_ONE = Decimal(1)
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "元": ("元", _ONE), "元人民币": ("元", _ONE), "美元": ("美元", _ONE), "欧元": ("欧元", _ONE),
    "港元": ("港元", _ONE), "港币": ("港元", _ONE), "日元": ("日元", _ONE),
    "元/人": ("元/人", _ONE), "元/吨": ("元/吨", _ONE), "元/平方米": ("元/平方米", _ONE),
    "元/亩": ("元/亩", _ONE), "元/月": ("元/月", _ONE),
    "%": ("%", _ONE), "‰": ("‰", _ONE), "个多百分点": ("百分点", _ONE), "个以上百分点": ("百分点", _ONE), "个百分点": ("百分点", _ONE), "百分点": ("百分点", _ONE),
    "平方公里": ("平方米", Decimal(10**6)), "平方千米": ("平方米", Decimal(10**6)),
    "公顷": ("平方米", Decimal(10**4)), "平方米": ("平方米", _ONE), "亩": ("亩", _ONE),
    "立方米": ("立方米", _ONE), "立方": ("立方米", _ONE), "毫米": ("毫米", _ONE),
    "公里": ("公里", _ONE), "千米": ("公里", _ONE), "米": ("公里", Decimal("0.001")),
    "海里": ("海里", _ONE),
    "吨": ("吨", _ONE), "吨标准煤": ("吨标准煤", _ONE), "吨标煤": ("吨标准煤", _ONE),
    "公斤": ("吨", Decimal("0.001")), "斤": ("斤", _ONE),
    "千瓦时": ("千瓦时", _ONE), "千瓦": ("千瓦", _ONE), "兆瓦": ("千瓦", Decimal(1000)),
    "千伏安": ("千伏安", _ONE), "伏": ("伏", _ONE),
    "微克/立方米": ("微克/立方米", _ONE), "微克每立方米": ("微克/立方米", _ONE), "毫克/升": ("毫克/升", _ONE),
    "人": ("人", _ONE), "名": ("人", _ONE), "位": ("人", _ONE), "人次": ("人次", _ONE),
    "户": ("户", _ONE), "农户": ("户", _ONE), "户次": ("户次", _ONE), "标准箱": ("标准箱", _ONE), "标箱": ("标准箱", _ONE), "重量箱": ("重量箱", _ONE),
    "倍": ("倍", _ONE), "番": ("番", _ONE),
    "天": ("天", _ONE), "岁": ("岁", _ONE), "周岁": ("岁", _ONE), "小时": ("小时", _ONE),
    "分钟": ("分钟", _ONE), "个工作日": ("工作日", _ONE), "工作日": ("工作日", _ONE), "课时": ("课时", _ONE),
}  # fmt: skip
_CLASSIFIERS = (
    *(
        "艘次",
        "架次",
        "班次",
        "台次",
        "场次",
        "车次",
        "件次",
        "家次",
        "批次",
        "例次",
        "项次",
        "辆次",
        "人份",
        "剂次",
        "针次",
    ),
    *"床羽尾口孔门班篇棒匹瓶首家个项座条所处片栋幢部辆台套件场宗张间组支对批类种例起份艘架册卷株棵头只枚轮次席款盏对册笔段列趟眼幅块",
)
# characters after which the classifier is part of another word (6部门, 3处置, 5支持)
_NOT_BEFORE = {
    "部": "门队委级分长署", "台": "阶账风", "处": "级置理于在罚", "位": "于居列次置", "家": "庭园乡",
    "所": "有需在属", "名": "单称列义", "对": "于外口接我标", "条": "件例", "支": "持撑出付部",
    "类": "别似地", "种": "植养子", "次": "序级产会全", "组": "织建团合", "份": "额", "天": "大然津候拖",
    "人": "民才均大物社", "户": "籍外", "元": "素旦宝", "吨": "级", "场": "馆地所景镇站", "张": "家",
    "项": "目", "米": "字", "起": "来步", "轮": "廓岗", "批": "次准复发", "例": "如", "件": "",
    "间": "接", "只": "有要", "头": "部", "席": "位", "款": "项", "个": "月", "伏": "特",
    "床": "位上", "口": "岸径子之人味", "门": "类诊卫口店", "班": "次车子列级", "首": "位次个都府", "尾": "气矿水号", "孔": "子",
    "匹": "配", "瓶": "颈", "架": "构", "片": "面", "块": "头状", "倍": "增", "亩": "均", "户次": "", "岁": "月", "笔": "试记者", "段": "落时位", "列": "入车为", "眼": "镜睛前光", "幅": "度员",
}  # fmt: skip
KINDS = {u: n for u, (n, _) in _MEASURES.items()}
MEASURES = frozenset(_MEASURES)
UNIT = "|".join(
    u
    + (f"(?![{_NOT_BEFORE[u]}])" if _NOT_BEFORE.get(u) else "")
    + ("(?!城(?!镇|乡|区|市))" if u == "名" else "(?!以(?![上下内]))" if u == "所" else "")
    for u in sorted({*_MEASURES, *_CLASSIFIERS}, key=lambda u: (-len(u), u))
)
UNIT_RE = re.compile(UNIT)
# a unit of measurement is governed by an indicator on its left, a classifier by a noun on its right
_COUNTED_MEASURES = frozenset({"人", "名", "位", "户", "农户", "天", "番", "倍", "人次"})


def norm(unit: str) -> tuple[str, Decimal]:
    """Base unit and factor of a written unit; a classifier is its own base."""
    return _MEASURES.get(unit, (unit, _ONE))


def is_classifier(unit: str) -> bool:
    """Whether the unit counts things (家, 座, 人, 户) rather than measures them."""
    return unit not in _MEASURES or unit in _COUNTED_MEASURES
