"""Amounts that lost the mark between them, their unit, or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.report.units import KINDS, UNIT, is_classifier
from bihuan.core.say import Say

_NUM = r"\d+(?:\.\d+)?"
_AMOUNT = rf"(?P<num>{_NUM})(?P<scale>[百千]?[万亿]|[百千])?(?:余|多)?(?P<unit>{UNIT})"
_SEAM = re.compile(rf"(?<![\d.]){_AMOUNT}(?P<next>(?P<num2>{_NUM})(?P<rest>[^\d，。；：、“”\n]{{0,6}}))")
_QUOTED = re.compile(r"“[^“”]{1,24}”")
_TAIL = re.compile(rf"[百千]?[万亿]?(?:余|多)?(?P<unit>{UNIT})(?P<noun>以上|左右|以内)?")
_YEAR = re.compile(r"(?:19|20)\d\d$")
# a count followed by a size of each of them is good Chinese: 50个500平方米以上社区, 2000条2500公里
_SIZE = frozenset("平方米 公里 千瓦 伏 千伏安 岁 周岁 亩 吨 米 户 立方米 公顷 平方公里".split())
_NESTED = frozenset(
    {
        ("户", "人"),
        ("人次", "元"),
        ("人", "元"),
        ("笔", "元"),
        ("宗", "亩"),
        ("户", "名"),
        ("类", "项"),
        ("项", "件"),
        ("类", "种"),
        ("类", "个"),
        ("项", "个"),
        ("大", "项"),
        ("件", "项"),
    }
)
_POINT = re.compile(r"个百点|个分点|个百分(?!点)")
_LEADING = re.compile(r"(?<![\d“.A-Za-z])\.\d+")
_TRAILING = re.compile(rf"(?<![\d.])\d+\.(?={UNIT})")
_GROWTH = re.compile(
    rf"(?P<verb>增长|下降|降低|提高|回落|增幅|涨幅|增速|上涨|压减|减少|增加|{_NUM}%(?:以上|左右|以内)?[、和])(?:了|达到?|约|为|超过)?(?P<num>(?<![\d.]){_NUM})"
    rf"(?=[，。；）]|、(?=[\u4e00-\u9fff])|(?P<more>[、和](?:{_NUM}[、和])*{_NUM}(?P<unit>%|个百分点|倍)?))"
)
_SHARE = re.compile(
    rf"(?:(?:率|比重|比例|占比|贡献率[^，。；]{{0,12}}，|占[^，。；：\d]{{2,24}}的)(?:稳定|保持|控制)?(?:达到?|为|在|(?:提高|提升|上升|下降|占)[到至]|降至|超过|不低于|不超过)?|"
    rf"(?:率|比重|比例|占比)[由从](?:20\d\d年的?)?|完成[^，。；：\d]{{0,10}}(?:目标|目标任务|任务|计划|预算)的|(?<=[\u4e00-\u9fff]{{4}})占)"
    rf"(?P<num>{_NUM})(?=[，。；]|(?:提高|提升|上升|下降|增加|降低)到)"
)
# 新增就业3000: what is counted is said, in which unit is not
_COUNTED = {
    "就业": "人", "企业": "家", "项目": "个", "学校": "所", "幼儿园": "所", "床位": "张", "学位": "个", "泊位": "个", "公园": "个", "住房": "套",
}  # fmt: skip
_NO_UNIT = re.compile(rf"(?P<noun>{'|'.join(_COUNTED)})(?:达到?|超过?|突破)?(?P<num>\d{{2,6}})(?=[，。；])")
_NOT_SHARE = re.compile(r"指数|得分|分$|个点|感|热线|为0$")
_BARE = re.compile(rf"(?<![\d.])(?P<num>{_NUM})[亿万](?=[，。；、]|增加到|提高到|用于|集中)")
_FULL = re.compile(r"\d[亿万][美]?元")
_MONEY = re.compile(
    r"生产总值|收入|投资|金额|产值|增加值|税收|资金|贷款|存款|余额|进出口|出口|销售|支出|零售|到位额|总额|外资|规模|交易额|补贴|债务|减税|减负|经费|融资|成本|台资|内资|资产|资本|基金|投入|安排|保费|消费|利润|救助金|补助金|养老金|保证金"
)
_NOT_MONEY = re.compile(r"人(?![均民])|户|就业|移民|游客|旅客|岗位|台(?!资)|(?<!配)套|吨|亩|平方米|千瓦")
_YUAN = re.compile(rf"(?<![\d.万亿千百])(?P<num>{_NUM})(?P<unit>元|美元)(?![/／])")
_EACH = re.compile(
    r"人均|每|标准|补[助贴]|工资|低保|养老金|津贴|价|奖励|收费|月|户均|亩均|单价|票|一次性|不足|低于|救助|封顶"
)
_BARE_VERB = re.compile(r"(?:预计|已|实际|全年)?(?:达到?|突破|完成)")
_HIGHER = re.compile("(?<!提)高(?!新|标|端)|(?<!降)低")
_PRICE = re.compile(r"每|人均|户均|月均|亩均|单价|价格|水价|电价|成本|收费|度|斤|[／/]|高|低")
_HEADLINE = re.compile(
    r"生产总值|(?:财政|预算|营业|旅游|总|税收|主营业务|销售|服务业|工业)收入|(?<![进人])出口(?!退)|经营总量|固定资产投资|完成投资|总投资|零售总额|进出口|总产值|增加值|利润|税收|存款|贷款|到位|外资|成交|交易额|金额|余额|总额|资产|资本|债务|销售额"
)
_SPENT = re.compile(
    _HEADLINE.pattern
    + r"|投资|投入|筹措|筹集|资金|产值|销售收入|(?:财政|自治区|本级)安排|债券|融资|经费|减负|税费|债务|预算|规模|财政支出|旧债"
)
_HEADS = re.compile(
    r"(?<![\d.])(?P<num>\d+\.\d+)(?P<unit>人次|人|名|户|套|家|座|件|辆|所|个(?!百分|百|分|点|月|省))"
)
_RATED = re.compile(r"万人|[百千万]人口|每千|每万|拥有量|每百|指数")
_PER = re.compile(r"每|平均|人均|户均|达到?每|密度|为\d*$|第$")


def damaged_seams(block: Block, text: str) -> list[Suspect]:
    """Suspects of one block, canonical spans."""
    quoted = [m.span() for m in _QUOTED.finditer(block.text)]
    found = [
        *_seams(block),
        *_deeds(block),
        *_units(block),
        *_unitless(block),
        *_countless(block),
        *_small(block),
        *_bare(block, text),
    ]
    return [s for s in found if not any(a <= s.span[0] - block.a < b for a, b in quoted)]


def _suspect(
    block: Block, a: int, b: int, kind: str, ways: tuple[str, ...], confidence: float, why: Say
) -> Suspect:
    return Suspect((block.a + a, block.a + b), block.text[a:b], kind, ways, confidence, why)


def _clause(text: str, at: int) -> str:
    return text[max(text.rfind(c, 0, at) for c in "，。；：（\n") + 1 : at]


def _sentence(text: str, at: int) -> str:
    return text[max(text.rfind(c, 0, at) for c in "。；\n") + 1 : at]


def _seams(block: Block) -> Iterator[Suspect]:
    t = block.text
    for m in _SEAM.finditer(t):
        unit = m["unit"]
        tail = _TAIL.match(t, m.end("num2"))
        unit2 = tail["unit"] if tail else ""
        year = bool(_YEAR.match(m["num2"])) and m["rest"].startswith(("年", "－", "-"))
        if (unit, unit2) in _NESTED:
            continue
        # 住房2万套|3万移民, 收费70项|5年减负: nobody counts sets by the ten thousand of something else
        parted = (
            m["scale"] and not unit2 and unit not in ("户", "人") and re.match(r"[余多]?[万亿]", m["rest"])
        )
        parted = (
            parted
            or bool(re.match(r"A(?:级|景区)", m["rest"]))
            or len(m["num2"]) == 1
            and re.match(r"年(?![期以内限级制规计度])", m["rest"])
        )
        if is_classifier(unit) and (unit2 in _SIZE or not unit2) and not year and not parted:
            continue
        if (
            is_classifier(unit)
            and unit2 in ("元", "美元")
            and re.match(r"的?[\u4e00-\u9fff]", t[tail.end() if tail else 0 :])
            and t[tail.end() if tail else 0 :][:1] not in "和及与"
            and not _COUNTED_AFTER.match(t[tail.end() if tail else 0 :])
        ):
            continue  # 3个10亿元以上项目: the amount says what kind of thing is counted
        end = tail.end() if tail else m.end("num2")
        left, right = t[m.start() : m.end("unit")], t[m.start("num2") : end]
        marks = _marks(unit, unit2, t[max(0, m.start() - 20) : m.start()], t[end : end + 1], year)
        ways = tuple(f"{left}{c}{right}" for c in marks)
        why = Say(
            f"“{left}”后面紧跟着另一个数，中间少了标点",
            f"Another figure follows {m['num']} at once; the mark between them is lost",
        )
        yield _suspect(block, m.start(), end, "lost_separator", ways, 0.85, why)


# 达到23家|50亿元以上企业达到54家, 6个|100亿元的17个: the amount opens a class that has a count of its own
_COUNTED_AFTER = re.compile(r"(?:以上)?(?:的|[\u4e00-\u9fff]{2,8}(?:达到?|有|超过)?)\d+[家个户座]")
# verbs that are never the noun behind a size: 绿地100万平方米|实施退耕还林
_NEW_DEED = re.compile(
    r"(?P<num>\d[\d.]*(?:%|[万亿]?(?:公里|亩|平方米|立方米|吨)))(?P<verb>实施|完善|推进|加快|加强|深化|新建|新增|启动|开展|强化|健全|落实|引进|培育|创建|举办)(?=[\u4e00-\u9fff\d])"
)


def _deeds(block: Block) -> Iterator[Suspect]:
    """A size or share that a new deed follows without a mark."""
    for m in _NEW_DEED.finditer(block.text):
        if re.search(r"(?:以|按|将|用|对|把|由|从)[^，。；]{0,12}$", block.text[: m.start()]):
            continue
        a, b = m.span()
        ways = (f"{m['num']}。{m['verb']}", f"{m['num']}，{m['verb']}")
        yield _suspect(block, a, b, "lost_separator", ways, 0.7, Say(
            f"“{m['num']}”后面接着另一件事，中间少了标点", f"A new deed follows {m['num']} at once; a mark is lost"))  # fmt: skip


def _marks(unit: str, unit2: str, before: str, after: str, year: bool) -> str:
    """Marks that may have stood between two amounts, likeliest first; a mark is lost more easily than the word 和."""
    if year:
        return "，、。"
    ends = not after or after in "，。；（"
    if unit2 and KINDS.get(unit, unit) == KINDS.get(unit2, unit2):
        return "、和，" if ends or "分别" in before else "，。和"
    if ends or is_classifier(unit) and unit2 and unit2 != "%" and not is_classifier(unit2):
        return "、和，"
    if unit == "%" and unit2 and is_classifier(unit2):
        return "。，、"
    if KINDS.get(unit2, unit2) in ("%", "元") and not is_classifier(unit):
        return "、，和"
    return "，。、"


def _units(block: Block) -> Iterator[Suspect]:
    t = block.text
    for m in _POINT.finditer(t):
        why = Say("应是“个百分点”，丢了一个字", "Probably percentage points; one character is lost")
        a = m.start()
        while a and (t[a - 1].isdigit() or t[a - 1] == "."):
            a -= 1
        yield _suspect(block, a, m.end(), "lost_char", (t[a : m.start()] + "个百分点",), 0.95, why)
    for pattern in (_LEADING, _TRAILING):
        for m in pattern.finditer(t):
            u = re.compile(rf"[万亿]?(?:{UNIT})").match(t, m.end())
            end = u.end() if u else m.end()
            if pattern is _LEADING and not u or m.start() < 2:
                continue
            why = Say(
                "小数点一侧没有数字，数丢了一截，须查原件",
                "No figure on one side of the decimal point; only the original can tell",
            )
            yield _suspect(block, m.start(), end, "lost_char", (), 0.9, why)


def _unitless(block: Block) -> Iterator[Suspect]:
    t = block.text
    for m in _GROWTH.finditer(t):
        a, b = m.span("num")
        if _YEAR.match(m["num"]) or _NOT_SHARE.search(_clause(t, m.start())):
            continue
        unit = m["unit"] if m["more"] else "%"
        if m["more"] and (not unit or unit != "%"):
            continue  # 提高20.7、8、17.3个百分点: the last one carries the unit of all
        if m["verb"] in ("减少", "增加") and not m["more"] and "." not in m["num"]:
            continue
        points = m["verb"] in ("提高", "下降", "回落", "降低") and not m["more"]
        ways = (m["num"] + "%",) + ((m["num"] + "个百分点",) if points else ())
        yield _suspect(block, a, b, "lost_char", ways, 0.85 if m["verb"] == "增长" or m["more"] else 0.7,
                       Say("这个数没有单位，像是丢了“%”", "The figure has no unit; a per cent sign seems to be lost"))  # fmt: skip
    for m in _SHARE.finditer(t):
        a, b = m.span("num")
        if (
            _YEAR.match(m["num"])
            or _NOT_SHARE.search(_clause(t, a))
            or not 0 < float(m["num"]) <= (100 if m.group()[0] != "完" else 400)
        ):
            continue
        yield _suspect(block, a, b, "lost_char", (m["num"] + "%",), 0.8,
                       Say("比率后面没有“%”", "A share without its per cent sign"))  # fmt: skip


def _countless(block: Block) -> Iterator[Suspect]:
    """A count of things or people without its classifier."""
    for m in _NO_UNIT.finditer(block.text):
        if not _YEAR.match(m["num"]):
            yield _suspect(block, *m.span("num"), "lost_char", (m["num"] + _COUNTED[m["noun"]],), 0.7,
                           Say("这个数没有单位", "The figure has no unit"))  # fmt: skip


def _sister(t: str, m: re.Match[str]) -> str:
    """万 or 亿 of an amount of the same currency that stands in one list or one from-to with this one."""
    near = re.search(
        rf"{_NUM}(?P<scale>[万亿]){m['unit']}(?:和|、|与|增加到|提高到|(?:增加|提高|增长|上升)?到(?:20\d\d年的?)?)$",
        t[max(0, m.start() - 24) : m.start()],
    )
    near = near or re.match(
        rf"(?:和|、|与|增加到|提高到|上升到|到20\d\d年的){_NUM}(?P<scale>[万亿]){m['unit']}",
        t[m.end() : m.end() + 24],
    )
    if near:
        return near["scale"]
    # 高新区1900亿元、经开区1110元、小蓝经开区1100亿元
    unit, name = m["unit"], r"[、，][\u4e00-\u9fff]{1,8}"
    before = re.search(rf"亿{unit}{name}$", t[max(0, m.start() - 14) : m.start()])
    after = re.match(rf"{name}{_NUM}亿{unit}", t[m.end() : m.end() + 24])
    row = before and (after or re.match("[）。；]", t[m.end() : m.end() + 1]))
    return "亿" if row and not _EACH.search(_clause(t, m.start())) else ""


def _bare(block: Block, text: str) -> Iterator[Suspect]:
    hits = [m for m in _BARE.finditer(block.text) if _is_money(_sentence(block.text, m.start())[-40:])]
    if not hits or len(_BARE.findall(text)) > max(5, len(_FULL.findall(text)) // 6):
        return  # a speech that often leaves 元 out has lost nothing
    for m in hits:
        if re.match(r"、\d", block.text[m.end() :]):
            continue
        yield _suspect(block, m.start(), m.end(), "lost_char", (m.group() + "元", m.group() + "美元"), 0.7,
                       Say("金额后面少了“元”", "The amount lost its currency"))  # fmt: skip


def _is_money(clause: str) -> bool:
    near = re.split("[，；（]", clause)[-1]
    if _MONEY.search(near):
        return not _NOT_MONEY.search(near)
    return bool(_MONEY.search(clause)) and not _NOT_MONEY.search(clause)


def _small(block: Block) -> Iterator[Suspect]:
    """Amounts too small for what they measure, counts of people and things that are no whole number."""
    t = block.text
    for m in _YUAN.finditer(t):
        value, clause = float(m["num"]), _clause(t, m.start())
        if _BARE_VERB.fullmatch(clause) and t[m.start() - len(clause) - 1] == "，":
            clause = _clause(t, m.start() - len(clause) - 1) + clause  # 固定资产投资翻番，达到|4000元
        sentence = _sentence(t, m.start())
        income = (
            "." in m["num"] and value < 20 and re.search(r"人均[^，。；]{0,12}收入", sentence) is not None
        )
        sister = _sister(t, m)
        spent = (value < 200 or "." in m["num"]) and _SPENT.search(clause) or _HEADLINE.search(clause)
        each = bool(_EACH.search(clause.rsplit("、", 1)[-1] if spent else sentence[-40:]))
        if "." in m["num"] and not _PRICE.search(
            (clause if spent else sentence[-30:]) + t[m.end() : m.end() + 8]
        ):
            each, income = False, income or not _SPENT.search(clause)  # 补贴173.07元: a sum has no cents
        if (
            re.search(r"[/由从每千百万亿低高差]$", clause)
            or _HIGHER.search(sentence, max(0, len(sentence) - 8))
            or value >= 10**5
        ):
            continue
        if sister == "万" and value >= 1000 and re.search(r"居民|农民|职工|城乡", sentence):
            continue
        if (
            not sister
            and not income
            and (each or "每" in t[m.end() : m.end() + 8] or not _SPENT.search(clause))
        ):
            continue
        each = income and not sister and "人均" in sentence
        first, second = (
            ("万", "亿") if each else (sister, "万" if sister == "亿" else "亿") if sister else ("亿", "万")
        )
        ways = (m["num"] + first + m["unit"], m["num"] + second + m["unit"])
        yield _suspect(block, m.start(), m.end(), "implausible_magnitude", ways, 0.85,
                       Say(f"只有{m.group()}，小得不可能；像是丢了“{first}”", f"Only {m['num']}, impossibly little; the scale word seems to be lost"))  # fmt: skip
    for m in _HEADS.finditer(t):
        if _PER.search(_clause(t, m.start())[-10:]) or _RATED.search(_sentence(t, m.start())):
            continue
        if m.start() < 3 or re.match(r"[、和]\d", t[m.end() :]):
            continue  # the number of a list; 11.7个和9.6个百分点
        ways = (f"{m['num']}万{m['unit']}", f"{m['num']}亿{m['unit']}")
        yield _suspect(block, m.start(), m.end(), "implausible_magnitude", ways, 0.8,
                       Say(f"{m.group()}不是整数，像是丢了“万”", f"{m['num']} is no whole number; 万 seems to be lost"))  # fmt: skip
