"""Role, comparator, status and period of a figure, from the words around it."""

from __future__ import annotations

import re

from bihuan.core.report.context import Context
from bihuan.core.report.finding import Found
from bihuan.core.report.indicators import is_counted
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Meta, Period

_UP = re.compile(
    r"增长|增幅|增速|递增|上涨|上升|提高|提升|增加|扩大|攀升|增(?!至|加值|量)|快于|高于|高出|加快|拉动"
)
_DOWN = re.compile(r"下降|减少|降低|削减|回落|压减|压缩|缩减|缩短|降(?!至)|精简")
_ARRIVE = re.compile(
    r"(?:增长|增加|提高|提升|上升|扩大|下降|减少|降低|增|降|升|缩短|压缩|回升|缩减|精简|压减|核减|调整|攀升|跃升|回落|扩展)(?:到|至|为)|由.{0,20}到|达到|达$|达(?=近|约|\d)|占到|控制在|保持在|稳定在|维持在"
)
_FROM = re.compile(
    r"(?:由|从)(?:\d{4}年(?:底|末|初)?|上年(?:底|末)?|年初|去年(?:底|末)?|五年前|目前|原来)?的?(?:人均|户均|每人)?(?:每[年月天])?$|^(?:由|从)"
)
_FLOW = re.compile(
    r"投资|到位|新增|新开工|竣工|开工|支出|贷款|融资|减免|发放|筹集|投入|就业|税收|吞吐量|客流|接待|销售|交易额|营业额|签约额|合同额|零售|利用外资|使用外资|进出口|出口|签约|成交|救助|到账|争取|脱贫|减贫|搬迁|安置|培训|产量|供应|资金|拨付|补贴|落户|扩招|招生|减税|降费|引资|挽回|罚没|抚育|隔离|摸排|接种|处分|问责|追责"
)
_STOCK = re.compile(
    r"总数|总量|总户数|保有量|拥有量|余额|达到|累计达|总规模|存量|里程|覆盖|市场主体|总人口|占地|在施|在建"
)
_DONE_VERB = re.compile(
    r"新建|改造|建成|盘活|完成|新增|整修|节能|修缮|绿化|退耕|还林|治沙|出让|收储|拆除|提升|改建|扩建|铺设|治理|整治|栽植|造林|修复|引进|淘汰"
)
_SHARE = re.compile(r"占|比重|占比|比例|份额|构成")
_RATE = re.compile(r"[率度]$|率(?=达|为|保持|控制)|指数|水平|贡献率|覆盖")
_LE = re.compile(r"不超过|不高于|低于|不突破|以内|以下|控制在")
_GE = re.compile(r"不低于|不少于|至少|不小于")
_GT = re.compile(r"超过|突破|逾|超(?!市|级|前|额)|高于|大于|多于|破$|过$")
_NEAR = re.compile(r"接近|将近|近$|逼近")
_APPROX = re.compile(r"大约|约$|左右|(?<![签节集契预履违])约")
_HEDGE = re.compile(r"力争|努力|预计|争取|预期|确保")
_DONE = re.compile(r"(?:已经?|20\d\d年已|(?<![比较与])去年|(?<![比较与])上年|目前|现有)[^，。；]{0,10}$")
_YEAR = re.compile(
    r"(?<!比)(?<!较)(?<!由)(?<!从)(?<!在)(?<!与)(?<!于)(?:到|至|截至)?(20\d\d|19\d\d)年(?!初|规划|计划|来)"
)
_BASE_YEAR = re.compile(r"(?:比|较|由|从|在)(?:20|19)\d\d年")
_SPAN = re.compile(r"五年来|五年累计|五年共|过去五年|五年|5年来|5年累计|任期内|“十[二三四]五”(?:期间|时期)")


def role(q: Found, c: Context, block: Block, years: Period) -> str:
    """One of level flow cumulative count share rate growth_yoy growth_avg change_pp decrease per_year baseline spec scope."""
    unit, tail, name = q.norm_unit, c.tail, c.indicator
    near = c.left[-14:] if len(tail) < 14 else tail
    if c.source == "right" and re.match(r"(?:及?以上|以下|口径)", c.after) and _bounds(q, c):
        return "spec" if re.search(r"(?:各|每[个条座]?)[^，；]{0,8}建成$|均建成$", c.left) else "scope"
    if (
        c.source == "right"
        and unit in ("元", "美元", "平方米")
        and tail.endswith(("超", "超过", "过"))
        and _CLASS.match(c.after)
    ):
        return "scope"  # 超10亿元投资项目2个
    if _FROM.search(tail) and not _UP.search(tail):
        return "baseline"
    if unit == "百分点":
        return "change_pp"
    if unit in ("%", "‰", "番", "倍"):
        return _percent_role(unit, tail, near, name, c)
    if re.search(r"人(?:均)?每[年月天]$", tail) and _STANDARD.search(name):
        return "level"
    if (
        _YEARLY.search(c.left)
        or re.search(r"(?:年均|每年|平均每年)(?:约|近|超过|超|达到|达)*$|年均(?:新增|增加|完成)?$", tail)
        or re.match(r"每年", c.left)
    ):
        return "per_year"
    if (_DOWN.search(tail) or c.source == "left" and _LESS.search(c.verb)) and not _ARRIVE.search(tail):
        return "decrease"
    if _STANDARD.search(name) and re.search(r"人(?:均)?每[年月天]", c.left):
        return "level"
    if (
        re.search(r"每(?:个)?(?:街道?|镇|社区|村|人|户|乡镇|县|市|区|学校|园区)[^，；]*$", c.left)
        and "每年" not in c.left
    ):
        return "spec"
    return _amount_role(q, c, block, years)


_CLASS = re.compile(r"的?[\u4e00-\u9fff]{0,4}(?:项目|企业|楼宇|园区|产业|集群|商圈|市场)\d")
_LESS = re.compile(r"(?:减少|压减|压缩|削减|减轻|降低)$")
_YEARLY = re.compile(r"(?:年均|每年)(?:平均)?(?:净?新增|净增|增加|完成|脱贫)$")
_STANDARD = re.compile(r"标准|养老金|补助|补贴|低保|限额|工资|保障金|津贴|保险金|救助")


_SIZE = re.compile(r"(?:出栏|存栏|规模|产值|面积|床位)$")


def _bounds(q: Found, c: Context) -> bool:
    """Whether the figure bounds a class (500万元以上固定资产投资) rather than counts (新增10家以上企业)."""
    if q.norm_unit in ("%", "‰") or re.match(r"(?:资金|投资|贷款|融资)$", c.indicator) and c.left:
        return False
    if not is_counted(q) or q.norm_unit in ("岁", "天") or _SIZE.search(c.left):
        return True
    if q.norm_unit == "户" and re.match(r"自然村|村|屯", c.indicator):
        return True
    return (
        q.norm_unit in ("户", "人")
        and not _DID.search(c.left)
        and not _DONE_VERB.search(c.left[-6:])
        and not c.verb
    )


def _percent_role(unit: str, tail: str, near: str, name: str, c: Context) -> str:
    if not c.left and re.match(r"用于|来自", c.after):
        return "share"  # 新增40元，一半用于大病保险
    arrived = bool(_ARRIVE.search(tail)) or bool(re.search(r"(?:到|至)$", tail))
    if re.search(
        r"(?:增速|增幅|涨幅|增长|上涨)(?:分别|均|预计|约|都|要|应|力争)*(?:[保维]持在?|[控稳][制定]在|达到?|超过|超|突破|在)?$|(?:增速|增幅|涨幅)为$",
        tail,
    ):
        arrived = False
    avg = "年均" in tail or "年均" in c.left[-24:] or "平均增长" in tail
    if (_DOWN.search(tail) or unit == "%" and not tail and _LESS.search(c.verb)) and not arrived:
        return "decrease"
    if re.match(r"的?(?:增长|递增|增速|增幅)", c.after):
        return "growth_avg" if avg or "平均" in tail else "growth_yoy"  # 保持年均14.6%增长
    if (_UP.search(tail) or unit == "番") and not arrived:
        return "growth_avg" if avg else "growth_yoy"
    if re.search(r"(?:增长|增速|增幅|涨幅|递增)(?:目标)?$", name) and not _SHARE.search(name):
        return "growth_avg" if avg else "growth_yoy"
    if _SHARE.search(name) or _SHARE.search(tail):
        return "share"
    if c.source == "inherited" and not tail and unit in ("%", "‰"):
        return "growth_avg" if avg else "growth_yoy"
    if unit in ("%", "‰"):
        return "rate"
    return "level"


_MEASURED = frozenset(["", *"元 美元 平方米 公里 亩 吨 立方米 千瓦 人 人次 标准箱 户 斤 年 月 岁 天".split()])
_ANNUAL = re.compile(
    r"固定资产投资|零售总额|进出口|出口|支出|吞吐量|接待|旅游.{0,3}收入|产量|交易额|销售(?:额|收入)|贷款余额"
)
_REACHED = re.compile(r"达到?|为|突破|超过|到$|至$|完成|实现")
_TOTAL = re.compile(r"总里程|总数|总量|总户数|保有量|余额")
_EACH = re.compile(r"(?:亩均|户均|人均|单位|每)")
_FIRMS = re.compile(r"(?:企业|公司|商户|市场主体|经营主体|个体工商户|商家)$")
_SPENT = re.compile(r"(?:投资|融资|支出|贷款|投入)$")


def _amount_role(q: Found, c: Context, block: Block, years: Period) -> str:
    name, tail = c.indicator, c.tail
    if q.norm_unit in ("", "年", "月", "岁", "小时", "分钟") or re.search(r"(?<!全)覆盖$", c.left):
        return "level"
    if name == "总规模" or name.startswith("总") and tail.endswith(("达", "达到")):
        return "level"  # 新建基地6万亩，总面积达86万亩
    if "累计" in c.left[-16:] or "五年" in tail:
        return "cumulative"
    many = block.part == "term" or block.years is not None and block.years[1] > block.years[0]
    one_year = years.first is not None and years.first == years.last
    if re.search(r"(?:新增|净增加?)$", c.left) and q.norm_unit in _MEASURED:
        return "cumulative" if many and not one_year else "flow"
    if _TOTAL.search(name) or re.search(r"拥有|共有|总计", tail):
        return "level"
    money = q.norm_unit in ("元", "美元")
    if money and not _FLOW.search(name) and c.verb in ("", "实现", "完成", "达到"):
        return "level"
    if name == "人口" and c.source == "right":
        return "level"
    if (
        q.norm_unit == "户"
        and _FIRMS.search(name)
        or q.norm_unit not in _MEASURED
        and is_counted(q)
        or q.unit.endswith(("名", "位"))
    ):
        return _count_role(q, c, block)
    if _EACH.match(name) and not re.search(r"增", name):
        return "level"  # 亩均税收
    if q.norm_unit == "人次":
        if re.search(r"能力|参保|缴费", name):
            return "level"
        return "cumulative" if many and not one_year and c.verb else "flow"
    homes = re.search(r"改造|搬迁|安置|建设|开工|竣工", name) or c.verb or name.startswith("新增")
    if q.norm_unit == "户" and (
        homes or c.source == "right" and tail in ("", "为", "给", "向") or name.startswith("新登记")
    ):
        return "count"
    if (
        _STOCK.search(name)
        and not _SPENT.search(name)
        and not (c.verb or name.startswith(("新增", "新开工")))
    ):
        return "level"
    if (c.source == "right" or name == "总投资") and c.after.startswith("的") and q.norm_unit == "元":
        return "level"
    if _ANNUAL.search(name) and (_REACHED.search(tail) or not tail):
        return "flow"  # a yearly series that reaches a height is the last year's figure, not a sum
    if _acts(q, c):
        return "cumulative" if many and not one_year else "flow"
    return "level"


def _count_role(q: Found, c: Context, block: Block) -> str:
    """Things counted: how many there are (达到), how many were made, or how far a measure reaches."""
    if c.source == "left" and c.indicator.endswith("能力"):
        return "level"
    reached = c.source == "left" and re.search(r"达|超过|突破|超|(?:增|升|扩展|发展|增加)(?:至|到)", c.tail)
    if reached and not c.verb and not c.indicator.startswith("新增"):
        return "level"
    if (
        c.source == "right"
        and block.part != "past"
        and q.norm_unit == "类"
        and re.search(r"做好|针对|围绕|对", c.left)
    ):
        return "scope"
    return "count"


_DID = re.compile(r"(?:实现|完成|解决|帮助|安置|转移)(?:约|近|了)?$")


def _acts(q: Found, c: Context) -> bool:
    """Whether the amount was done within a period rather than standing at a moment."""
    if (
        q.norm_unit in ("人", "户")
        and c.source == "right"
        and re.search(
            r"实现|完成|脱贫|就业|喜迁|受益|喝上|用上|住上|搬进|迁入|入住|圆上|参加|加入|转移|办理", c.after
        )
    ):
        return True
    name = c.indicator
    return (
        bool(c.verb) or bool(_DID.search(c.left)) or name.startswith("新增") or bool(_DONE_VERB.search(c.left)) or bool(_FLOW.search(name))
        or bool(_DONE_VERB.search(c.after))
    )  # fmt: skip


def comparator(q: Found, c: Context) -> str:
    """eq, ge, gt, le, approx, near or over_approx."""
    after = c.after[:4]
    tail = c.tail[-8:]
    if q.upper is not None:
        return "approx"
    if re.match(r"及?以上|以上", after):
        return "ge"
    if re.match(r"以内|以下|之内", after):
        return "le"
    if re.match(r"左右|上下", after):
        return "approx"
    if _GE.search(tail):
        return "ge"
    if re.search(r"不超过|不高于|不突破|低于(?!.*(?:平均|目标|计划))", tail):
        return "le"
    if _NEAR.search(tail):
        return "near"
    if _GT.search(tail) and not re.search(r"平均|高于.", tail) and q.norm_unit != "百分点":
        return "gt"
    if _APPROX.search(tail):
        return "approx"
    if q.over:
        return "over_approx"
    if "控制在" in tail:
        return "le"
    return "eq"


def hedge(c: Context, sentence_left: str) -> str:
    """The hedging word that governs the figure, if any (力争, 努力, 预计)."""
    m = re.search(r"(力争|努力|预计|争取|预期(?!目标))[^，；。]*$", sentence_left)
    if m:
        return m.group(1)
    return "预计" if re.search(r"预计[^。]*$", sentence_left) else ""


def status(part: str, sentence_left: str) -> str:
    """achieved, expected, targeted or definition."""
    if part == "glossary":
        return "definition"
    if part in ("term", "year", "self", "closing"):
        return "achieved" if _DONE.search(sentence_left) and "力争" not in sentence_left[-12:] else "targeted"
    said = re.sub(r"（预计）", "", sentence_left)
    if _FIGURE.search(said.partition("预计")[0]):
        said = said.rpartition("；")[2]  # after figures of what was reached it governs its own part only
    return "expected" if _EXPECTED.search(said) else "achieved"


_FIGURE = re.compile(r"\d[\d.]*(?:%|[万亿]|个百分点)")
# 预计 that opens a clause governs the sentence, behind a subject its own part (能耗预计下降3.8%；收入达到…)
_EXPECTED = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=全年)|(?<=初步)|(?<=年底)|(?<=年末))预计(?!数)[^。]*$|预计(?!数)[^。；]*$"
)


def period(block: Block, meta: Meta, role_: str, sentence_left: str, clause: str) -> Period:
    """Explicit words first, otherwise the section's own period."""
    part = block.part
    own = Period(*block.years) if block.years else Period(None, None)
    if role_ == "baseline" and (m := re.search(r"(20\d\d)年", clause[-12:])):
        return Period(int(m.group(1)), int(m.group(1)))
    if role_ in ("growth_avg", "per_year") or _SPAN.search(clause):
        if part in ("past", "front") and meta.term_review:
            return Period(*meta.term_review)
        if part == "term":
            return own
    if role_ == "change_pp" and (m := re.search(r"(?:比|较)(20\d\d)年", clause)):
        ends = own.last
        return Period(int(m.group(1)), ends)
    years = [
        m
        for m in _YEAR.finditer(sentence_left)
        if not _BASE_YEAR.search(sentence_left[max(0, m.start() - 1) : m.end()])
    ]
    if years:
        y = int(years[-1].group(1))
        return Period(y, y)
    if re.search(r"今年|全年|年内", clause) and meta.plan_year:
        y = meta.plan_year if part in ("year", "self", "closing") else meta.plan_year - 1
        return Period(y, y)
    return own


def _explicit_year(sentence_left: str) -> int | None:
    """The year named last since the semicolon, or the one that opens the sentence."""
    recent = sentence_left.rsplit("；", 1)[-1]
    for text in (recent, sentence_left if _OPENING_YEAR.match(sentence_left) else ""):
        for m in reversed(list(_YEAR.finditer(text))):
            if not _BASE_YEAR.search(text[max(0, m.start() - 1) : m.end()]):
                return int(m.group(1))
    return None


_OPENING_YEAR = re.compile(r"^(?:.{0,14}(?:目标|任务)(?:是|为)?：)?(?:预计|力争|到|至)?20\d\d年")
