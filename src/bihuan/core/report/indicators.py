"""What a number measures: the noun phrase on its left, on its right, or carried over from before."""

from __future__ import annotations

import re
from dataclasses import replace

from bihuan.core.report.context import SUBJECT, Context, clause_start, object_before
from bihuan.core.report.finding import Found
from bihuan.core.report.phrases import ONE_CHAR, head_of, peel, right_of
from bihuan.core.report.spread import carry_forward, distribute
from bihuan.core.report.units import is_classifier
from bihuan.core.report.words import GENERIC, split_verbs


def contexts(text: str, start: int, found: list[Found]) -> list[Context]:
    """Context of each quantity of one paragraph (`found` in order, offsets minus `start` index `text`)."""
    out: list[Context] = []
    for i in range(len(found)):
        out.append(_context(text, start, found, i, out))
    carry_forward(text, start, found, out)
    distribute(text, start, found, out)
    return out


def _context(text: str, start: int, found: list[Found], i: int, done: list[Context]) -> Context:
    q = found[i]
    a, b = q.a - start, q.b - start
    clause = text[clause_start(text, a) : a]
    bound = a - len(clause)
    if i and found[i - 1].b - start > bound:
        bound = found[i - 1].b - start
    left = re.sub(r"（[^（）]*）", "", text[bound:a])
    after = re.split(r"[，；。！？]", text[b : b + 24])[0]
    phrase, tail = peel(left)
    if i and found[i - 1].b - start == bound:
        if found[i - 1].norm_unit != "%" and re.match(r"(?:及?以上|以下|口径)(?![、和与及])", phrase):
            phrase = found[i - 1].text + phrase  # 500万元以上固定资产投资
        elif over := _over_class(text, a, found[i - 1], start, q):
            phrase = over + phrase  # 超10亿元|投资项目2个
        phrase = _AFTER_FIGURE.sub("", _without(done[-1], phrase))
    verb, own = head_of(phrase)
    own = "" if _NO_NAME.fullmatch(own) else _SHARE_OF.sub("占", own)
    if phrase.endswith("、") and len(own) > 8 and (m := SUBJECT.match(own)):
        own = m.group(1)  # 进出口扭转下降局面、增长14.2%
    right = _right(q, text, b, left, found[i + 1].a - start if i + 1 < len(found) else len(text))
    if _GIVEN.match(right) and re.search(r"(?:为|向|给)[^，；]*$", clause) and is_counted(q):
        right = ""  # 为低保45085户、58866人|发放保障金
    if is_counted(q) and re.search(r"(?:退出|出列|摘帽)$", own):
        own = ""  # 20个贫困村退出、11000人脱贫
    elif re.search(r"(?<!.中)(?<!何)等$", own):
        own = own[:-1] if not right and text[b : b + 1] in "，。；、" else ""  # 高湖旧改等62个项目: examples
    pick = _pick(q, own, right, tail, after)
    whole = ""
    if pick == "left" and _PLANNED.match(own):
        base = _previous(found, done, i, text, start)
        own = f"{base}{'' if own[0] == '占' else '完成'}{own}" if base else own
    if pick == "left" and own.startswith("占"):
        whole = _previous(found, done, i, text, start)
        own = whole + own
    if pick == "inherited":
        return _inherited(text, start, found, i, done, Context("", tail, after, "none", verb, clause))
    if pick == "left" and _RANKED.fullmatch(own) and i and done[-1].indicator:
        own += _RANK_HEAD.sub("", done[-1].indicator)  # 省级美丽乡村5个、市级15个
    name = own if pick == "left" else right
    if pick == "left" and not whole and q.norm_unit == "%" and (m := _SHARE_BY_NAME.match(own)):
        whole = m.group(1)  # 申请量占全市41%，占全省36%
    if len(name) == 1 and name not in ONE_CHAR:
        name = ""  # 即, 含, 涉: no name of a thing
    if pick == "left" and GENERIC.match(name):
        base = _previous(found, done, i, text, start) or object_before(text, clause_start(text, a))
        if base and not base.endswith(name):
            return Context(name, tail, after, "left", verb or base, clause)
    return Context(name, tail, after, pick, verb, clause, whole)


def _over_class(text: str, at: int, before: Found, start: int, q: Found) -> str:
    """The threshold of a class of things counted behind its name (超10亿元投资项目2个), or nothing."""
    if before.norm_unit not in ("元", "美元", "平方米") or not is_counted(q):
        return ""
    a = before.a - start
    m = re.search(r"(?:超过?|过)$", text[:a])
    noun = text[before.b - start : at]
    return (
        text[m.start() : before.b - start]
        if m and re.fullmatch(r"的?[\u4e00-\u9fff]{0,4}(?:项目|企业|楼宇|园区|产业|集群|商圈|市场)", noun)
        else ""
    )


def _without(before: Context, phrase: str) -> str:
    """The phrase without what the figure before counts: 427户|企业减免税费, 210公里|农村公路和."""
    name = before.indicator
    rest = phrase[len(name) :]
    if before.source != "right" or not rest or not phrase.startswith(name):
        return phrase
    if rest in ("中", "之中"):
        return ""  # 126项举措中，49项
    if rest[0] in "和与及、" or split_verbs(rest)[1] or _FOR_EACH.match(rest):
        return rest.lstrip("和与及、")
    return phrase


_GIVEN = re.compile(r"(?:发放|提供|办理|兑付|落实|补贴|购买|安装|免除|减免|拨付)")
_RANKED = re.compile(r"(?:世界|国家|省|市|区|县|镇|乡|州)级|自治区级")
_RANK_HEAD = re.compile(r"^(?:新增)?(?:国家级|省级|市级|区级|县级|自治区级|全国|国家)")
_FOR_EACH = re.compile(r"户均|人均增|月均|签订|发放|开通|申请|享受|领取")


def _right(q: Found, text: str, b: int, left: str, following: int) -> str:
    """What stands on the right of the figure and may be counted by it."""
    right = re.sub(r"(?<=..)(?<![集高初])中$", "", right_of(text, b, left, following))
    if q.norm_unit == "岁" and (m := _PERSONS.match(right)):
        return m.group()  # 60岁以上老年人|接种疫苗
    if not is_counted(q):
        # 投入1.6亿元改善营养: what the money does is not what it is
        does = q.norm_unit in ("元", "美元") and text[b : b + 1] != "的" and split_verbs(right)[0]
        if _BULK.match(q.norm_unit):
            right = re.split(r"(?<=..)(?:等(?!级)|的)", right)[0]
        return "" if does and not _FUNDS.search(right) else right
    if q.unit.endswith("农户"):
        return "农户"
    if q.unit.endswith("人") and text[b : b + 1] == "口":
        return "人口"  # 13亿多人口
    if m := re.match(r"(?:村|社区|乡镇|镇)(?=集体)", right):
        return m.group()  # 322个村集体经济收入均达到5万元
    head, _, rest = right.partition("的")
    if (
        head in ("居住", "生活", "参加", "参与", "受益", "合格", "优秀", "全新", "闲置", "在建")
        and len(rest) >= 2
    ):
        return rest  # 1亿人居住的棚户区, 1名合格的乡村医生
    if len(rest) >= 2 and _RELATIVE.match(head):
        return rest  # 5家具有国际竞争力的领军企业
    if head in ONE_CHAR and rest:
        return head  # 24个村的饮水安全巩固提升
    if rest and _SIZED.search(head):
        right = rest  # 52家产值超亿元的企业
    elif len(head) >= 2 and not head.endswith(("以上", "以下")):
        right = head
    if q.norm_unit == "人" and _PLACED.search(left):
        right = re.sub(
            r"(?<=..)(?:实现)?(?:再就业|就业|创业|脱贫|增收)$", "", right
        )  # 安置2000余名贫困人口就业
    if q.norm_unit == "人" and (m := _PERSONS.match(right)):
        return m.group()  # 113万山区群众|喝上了放心水
    return right


def _pick(q: Found, own: str, right: str, tail: str, after: str) -> str:
    """Which side names what the figure measures: left, right, or neither (inherited)."""
    if q.norm_unit in ("%", "百分点", "番", "倍", "‰"):
        if right and tail.endswith("现行"):
            return "right"  # 现行16%的增值税税率
        free = tail in ("", "完成", "实现", "力争", "确保")  # 完成40%城中村综合治理
        return "left" if own else "right" if right and free and q.norm_unit == "%" else "inherited"
    if re.fullmatch(r"总?占地(?:面积)?|建筑面积", own):
        return "left"  # 占地7400余亩的项目
    if own and after.startswith("的") and (_CAPACITY.search(own) or tail and own.endswith("收入")):
        return "left"  # 日检测能力5000份的实验室
    limited = re.match(r"(?:及?以上|以下)?的|及?以上|以下", after)
    if right and limited and not re.search(r"总(?:投资|规模|面积)$", own):
        return "right"
    if is_counted(q):
        return "right" if right else "left" if own else "inherited"
    gives = _GIVES.search(own) or _GIVES.search(tail)
    bulk = right and tail in ("", "的") and _BULK.match(q.norm_unit) and after[:1] != "的"
    if bulk and not _MEASURED.search(own) and not split_verbs(right)[0]:
        return "right"  # 宁夏石化500万吨炼油
    if own and not _preposition_only(own) and not (right and gives) and not (gives and _GIVER.search(own)):
        return "left"
    return "right" if right else "inherited"


def _inherited(text: str, start: int, found: list[Found], i: int, done: list[Context], c: Context) -> Context:
    """Neither side has a name: the deed itself, or what was spoken of before."""
    q = found[i]
    if is_counted(q) and (m := _DONE_BY.match(text[q.b - start : q.b - start + 14])):
        return replace(c, indicator=m.group(1), source="right")
    if is_counted(q) and (m := _CAME.match(text[q.b - start : q.b - start + 10])):
        return replace(c, indicator=m.group(1), source="right")  # 8461户、29100人稳定脱贫
    if q.norm_unit in ("元", "美元") and (m := _SPENT.search(c.left)):
        return replace(c, indicator=m.group(1), source="left")  # 投入16.7亿元建设128个项目
    if (
        q.norm_unit in ("人", "户", "人次")
        and not c.tail.endswith(("达", "到", "至"))
        and c.verb[-2:] in _DEEDS
    ):
        return replace(c, indicator=c.verb[-2:], source="left")  # 累计脱贫559万人
    grows = q.norm_unit != "百分点" and (
        q.norm_unit != "%" or bool(re.search(r"增长|增速|增幅|递增", c.tail))
    )
    base = _previous(found, done, i, text, start, grows)
    return replace(c, indicator=base, source="inherited" if base else "none")


# what is left of the words after the figure before: 40%|以上、民间投资
_AFTER_FIGURE = re.compile(r"^(?:(?:及?以上|以下|左右|以内)[、和与及的]?|[、和与及])")
_SIZED = re.compile(r".(?:超过?|突破|达到?|过)[\d一二两三四五六七八九十百千万亿]")
_PLACED = re.compile(r"(?:安置|帮助|帮扶|促进|带动|吸纳|扶持|支持)(?:近|约|超过?)?$")
_RELATIVE = re.compile(r"(?:具有|具备|拥有|富有|从事|符合|有.)|.{2,8}(?:能力|性|潜力)强$")
_FUNDS = re.compile(r"(?:资金|基金|贷款|债券|投资|补贴|补助|款项|额度|收入|支出)$")
_CAPACITY = re.compile(r"(?:能力|规模|产值|面积|容量|产能)$")
_BULK = re.compile(r"^(?:吨|千瓦|辆|公里|亩|平方米|立方米)$")
_MEASURED = re.compile(r"(?:量|产能|能力|面积|里程|规模|装机|容量)$")
_NO_NAME = re.compile(r"\d+[\u4e00-\u9fff]|新|(?:平均|日均|月均|年均)?(?:每?[天日月年])?(?:净增|共?新增)")
_GIVER = re.compile(r"(?:财政|本级|自治区|政府|[省市区县]级?)$")  # 市财政安排: who gives, not what
_GIVES = re.compile(r"(?:给予|安排|投入|发放|筹集|筹措|拨付|下达|设立|用好|发行|争取|统筹)$")
_SPENT = re.compile(r"(投入|统筹|筹集|筹措|安排|拨付|下拨)(?:资金)?(?:近|约|超过|超|共)?$")
_DEEDS = frozenset("脱贫 减贫 搬迁 受益 就业 培训".split())
_PERSONS = re.compile(
    r".{0,12}?(?:群众|农民|居民|职工|学生|老人|老年人|妇女儿童|妇女|儿童|移民|市民|党员干部|干部|党员(?!干部)|队员|纳税人|专家|劳动力|教师|师生|残疾人|毕业生|退休人员|低保对象)(?=[^的数群代家就再脱贫工和、，儿项].)"
)
_CAME = re.compile(r"(?:实现)?(?:稳定|如期|顺利|全部)?(脱贫|减贫)(?=[，。；、])")
_SHARE_BY_NAME = re.compile(r"(.{3,}?)占[^占]{2,}$")
_SHARE_OF = re.compile(r"(?:^(?:分别|约|已|均|预计|则|各|仅)+|(?<=[^签节集契]..)(?:约|仅))占")
_DONE_BY = re.compile(r"(?:全部|均|都|已)?(?:实现|完成|得到|享受)([\u4e00-\u9fff]{2,8}?)(?=[，。；])")


# 完成全年目标的125.2%: the share of a plan, of whatever was named before
_PLANNED = re.compile(
    r"^占?(?:全年|年度|年初)?(?:目标(?:任务)?|(?:任务|计划|考核)?指标|投资计划|计划|年计划|预算|任务|年度[\u4e00-\u9fff]{0,4}计划)$"
)


def is_counted(q: Found) -> bool:
    """Whether the figure counts things rather than measures an amount."""
    return is_classifier(q.unit.lstrip("十百千万亿") or q.unit)


_NOT_ALONE = frozenset(
    "对 将 把 为 以 在 按 每 用 从 建成 等 市区 城区 农村 郊区 主城区 中心城区 市内 区内 县城 城乡 城镇 各地".split()
)


def _preposition_only(s: str) -> bool:
    return s in _NOT_ALONE


def _previous(
    found: list[Found], done: list[Context], i: int, text: str, start: int, whole: bool = True
) -> str:
    """The indicator carried over: the nearest earlier one of the same sentence; of a share its `whole`."""
    here = found[i].a - start
    for j in range(i - 1, -1, -1):
        if "。" in text[found[j].b - start : here]:
            break
        if done[j].indicator:
            return done[j].whole if whole and done[j].whole else done[j].indicator
    return object_before(text, clause_start(text, here))
