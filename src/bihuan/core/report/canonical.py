"""One name for one indicator, so that review, term and year can be set side by side."""

from __future__ import annotations

import re

from bihuan.core.report.words import PLACE_PREFIX

_QUOTES = re.compile(r"[“”《》]|（[^（）]*）")
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(p), name)
    for p, name in (
        (r"^(?:全社会|全市|全区|全省)?(?:地区|国内|[区市省县]|全[区市省县](?:地区)?)?(?:生产总值|GDP)$", "地区生产总值"),
        (r"^人均(?:地区)?(?:生产总值|GDP)$", "人均地区生产总值"),
        (r"^(?:区级|市级|地方(?:级)?)?(?:一般公共预算|公共财政预算|一般公共财政预算|财政一般预算|一般预算)收入$", "一般公共预算收入"),
        (r"^(?:地方)?一般公共预算总收入$|^财政总收入$", "财政总收入"),
        (r"^(?:500万元以上|500万元口径)?(?:全社会)?(?:完成)?固定资产投资(?:额|总额|完成额)?$", "固定资产投资"),
        (r"^社会消费品零售总额$|^社零总额$", "社会消费品零售总额"),
        (r"^(?:外贸)?进出口(?:贸易)?总[额值]$", "进出口总额"),
        (r"^(?:外贸|商品)?出口(?:总)?[额值]?$|^外贸出口总值$", "出口总额"),
        (r"^实际(?:直接)?(?:利用|使用)外资(?:额|金额|实际到位资金)?$|^实际利用外商直接投资$", "实际利用外资"),
        (r"^城[镇市]登记失业率$", "城镇登记失业率"),
        (r"^(?:城镇)?新增(?:城镇)?就业(?:人数|人员|岗位)?$", "新增就业"),
        (r"^城[镇市](?:常住)?居民(?:家庭)?人均可支配收入$", "城镇居民人均可支配收入"),
        (r"^农村(?:常住)?居民人均(?:可支配|纯)收入$|^农民人均纯收入$", "农村居民人均可支配收入"),
        (r"^(?:城乡|全体)?居民(?:家庭)?人均可支配收入$|^人均可支配收入$", "人均可支配收入"),
        (r"^(?:城市|全市|全省)?居民消费价格(?:总水平|指数|总指数)?(?:涨幅|同比)?$|^CPI$", "居民消费价格"),
        (r"^(?:万元|单位)(?:地区)?(?:生产总值|GDP)(?:综合)?(?:能耗|能源消耗)(?:水平)?$", "单位地区生产总值能耗"),
        (r"^(?:规模以上|规上)工业增加值$", "规模以上工业增加值"),
        (r"^(?:全社会)?(?:研究与试验发展|研发|R&D)(?:经费|投入)?(?:支出|投入)?(?:占|相当于)(?:全市|全省|全区)?(?:地区)?(?:生产总值|GDP)(?:的)?(?:比重|比例)?$",
         "研发经费占地区生产总值比重"),
        (r"^招商引资(?:实际)?到位(?:额|资金)$", "招商引资到位额"),
    )
)  # fmt: skip
_TAIL = re.compile(r"(?:总数|总量|总户数|数量|个数|户数|家数|人数|总计|累计|工程|任务)$")
_WORKS = re.compile(
    r"(?<=..)(?:(?:提升|整治|综合)?(?:改造|整修)(?:工程|任务|项目)?|(?:新建|扩建|建设)(?:工程|任务)|挂牌)$"
)
_DROP = re.compile(r"^(?:新增|新建|累计|年末|期末|全年|其中|实有|实现|完成)")


def canonical(phrase: str) -> str:
    """Canonical name of an indicator phrase; different indicators stay apart."""
    s = _QUOTES.sub("", phrase)
    while m := PLACE_PREFIX.match(s):
        if len(s) - m.end() < 2:
            break
        s = s[m.end() :]
    for pattern, name in _SAME:
        if pattern.match(s):
            return name
    s = s.replace("空置", "闲置").replace("的比重", "比重").replace("的比例", "比例")
    if len(s) > 4 and not s.endswith("就业"):
        s = _DROP.sub("", s)
    s = _WORKS.sub("", s) if len(_WORKS.sub("", s)) >= 2 else s
    short = s if "占" in s else _TAIL.sub("", s)
    return short if len(short) >= 4 or len(short) >= 2 and not s.endswith(("工程", "任务")) else s
