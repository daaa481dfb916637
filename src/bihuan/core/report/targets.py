"""Goals one could later judge: every promised figure, every named outcome, every goal left without a number."""

from __future__ import annotations

import re
from bisect import bisect_right

from bihuan.core.report.canonical import canonical
from bihuan.core.report.projects import projects
from bihuan.core.report.sections import Block, sentences
from bihuan.core.report.shapes import Meta, Quantity, Target
from bihuan.core.report.speech import LEAD_IN, PLAN, said
from bihuan.core.report.units import is_classifier
from bihuan.core.report.verbs import head

_CLAUSE = re.compile(r"[^，；。：！？]+")
_COVER = re.compile(r"全覆盖|全部(?:实现|完成|达到|达标|通(?!过)|纳入|脱贫|退出)")
_TITLE = re.compile(
    r"(?:建成|创建成?|获评|荣获|争创|成功创建|成为|建设成为)(?:(?:全?国|全省|全市|省|市|世界|区域|全区|中国)[^，；。、]{0,18}?(?:城区|城市|县城|园林县|示范[区县市]|先进[区县市]|先行区|模范[区县市]|强[区县市]|称号|小康社会)"
    r"|[^，；。]{0,12}(?:小康社会|国家卫生城区|文明城区))"
    r"|[^，；。]{2,16}?(?:升格|升级|晋升|获批)(?:为|成为)[^，；。]{0,16}|[^，；。、]{2,8}(?:实现|进入|跻身)(?:全国)?[^，；。、]{1,10}(?:连冠|行列)"
)
_EVENT = re.compile(
    r"(?:建成|投入使用|投入运营|投入运行|竣工|通车|开街|运营|投产|开业|启用|挂牌|开馆|开园|完工|交付使用|建成投用|落地|开工|投用|通航|通水)$"
)
_BUILT = re.compile(
    r"^(?:全面|基本|确保|力争|年内|今年|争取|如期|加快)*(?:建成(?:投产|投用|通车|开通)?|竣工(?:投产|通车)|完成(?!投产|投用))(?=.{3,})"
)
_BEGUN = re.compile(r"^(?:全面|确保|力争|年内|今年|争取|如期|加快)*新?开工(?:建设)?(?=.{3,})")
_VAGUE = re.compile(
    r"(?<!等)一批|一系列|体系|机制|格局|环境|氛围|任务|目标|多层次|更加|各项|全年|改革$|框架|方案|工作$|规划|清单"
)
_GRADE = re.compile(
    r"达到(?:国家)?[^，；。]{0,6}(?:类|级|[A-Z])(?:标准|水平)?$|(?:考核|测评|评价)[^，；。]{0,6}取得优异成绩|保持[^，；。]{0,6}(?:前列|第一)"
)
# what a goal without a number says of its subject
_PREDICATE = re.compile(
    r"(?:力争|争取|确保)?(?:与[^，；]{1,16}?)?(?:继续|进一步|持续|稳步|不断|逐步|逐年|明显|显著|更加|更为|更|基本|有所|大幅|全面|总体|实现|取得|保持|维持|得到|达到|控制在|稳定在|完成|低于|高于|快于|优于|不低于|"
    r"同步|稳中|圆满|较快|平稳|协调)(?:.{0,24})$|(?:迈向|迈上|迈入|成为|提质增效|向[^，]{2,16}转变).{0,16}$|(?:与[^，；]{1,12})?(?:增长|下降|提高|提升|改善|优化|增强|完善|形成|减少|扩大|稳定|成型|翻番|翻一番|持平|达标)$"
)
_ACHIEVE = re.compile(
    r"^(?:力争|争取|确保|努力|全面|圆满|高标准|如期|基本)*(?:完成|落实|实现|保持|确保|达到|高标准完成)"
)
_NO_GOAL_CLAUSE = re.compile(
    r"^(?:围绕|重点(?!领域|区域|群体)|坚持|按照|为|以|在|综合|根据|要|即|到20\d\d年$|建议|同时|其中|我们|必须|经过|通过|推进|推动|加强|加快|促进|把|努力把)|(?:基础上|的同时|前提下|过程中|情况下)$"
)
_ANNOUNCED = re.compile(r"(?:预期|奋斗|总体|主要|发展|工作|具体)目标(?:任务)?(?:是|为)?$")
# why goals were set, not what they are
_GROUNDS = re.compile(r"^确定上述|主要是从|综合因素考虑")
_SKIPPED = frozenset({"baseline"})


def targets(made: tuple[Block, ...], quantities: list[Quantity], meta: Meta) -> list[Target]:
    """All goals in reading order; spans are the clause that states each of them."""
    out: list[Target] = []
    by_block: dict[int, list[Quantity]] = {}
    starts = [b.a for b in made]
    for q in quantities:
        by_block.setdefault(bisect_right(starts, q.span[0]) - 1, []).append(q)
    goals = {s.a for s in said(made) if s.role == "goal"}
    for i, block in enumerate(made):
        if block.part not in PLAN or block.kind != "prose":
            continue
        mine = by_block.get(i, [])
        numeric = [t for q in mine if q.status == "targeted" for t in _numeric(q, block, meta)]
        named = _named(block, mine, meta, goals)
        out.extend(sorted(numeric + named, key=lambda t: (t.span, t.indicator)))
    return out


def horizon(part: str, meta: Meta) -> str:
    """`5y` in the term part, the plan year in the year part."""
    if part == "term":
        return "5y"
    return str(meta.plan_year) if meta.plan_year else "year"


def _clause_of(block: Block, at: int) -> tuple[int, int]:
    text = block.text
    i = at - block.a
    a = max(max(text.rfind(c, 0, i) for c in "，；。：！？") + 1, block.run_in if i >= block.run_in else 0)
    ends = [e for c in "，；。：！？" if (e := text.find(c, i)) >= 0]
    return (block.a + a, block.a + (min(ends) if ends else len(text)))


def _numeric(q: Quantity, block: Block, meta: Meta) -> list[Target]:
    if q.role in _SKIPPED:
        return []
    a, b = _clause_of(block, q.span[0])
    verb = head(block.text[a - block.a : b - block.a])[0] or _said_before(q, block)
    if _SHARED_OUT.match(block.text[a - block.a : b - block.a]):
        return []
    if q.role == "scope" and not _counts(q, verb, block):
        return []
    if _is_size_of_name(q, block, verb):
        return []
    by = q.period.last if q.period.last else None
    names = [q.indicator]
    m = re.fullmatch(r"(.{1,6})[和与及](.{2,8}面积|.{2,8}人数)", q.indicator)
    if m and "均" in block.text[q.span[0] - block.a - 4 : q.span[0] - block.a]:
        # 新开工和竣工面积均达到100万平方米: one figure, two goals
        second = m.group(2)
        names = [m.group(1) + second[-2:], second]
    return [
        Target(
            span=(a, b), text=block.text[a - block.a : b - block.a], indicator=name,
            canonical=canonical(name) if len(names) > 1 else q.canonical, comparator=q.comparator,
            norm_value=q.norm_value, norm_unit=q.norm_unit, by=by, kind=_kind(q, block.part, verb),
            horizon=horizon(block.part, meta), section=block.section, role=q.role, hedge=q.hedge,
            suspicious=q.suspicious,
        )
        for name in names
    ]  # fmt: skip


# verbs after which a figure is what the year adds, not where it ends
_ADDS = re.compile(
    r"新建|新增|建设|改造|完成|改良|治理|淘汰|盘活|发放|投入|安排|筹集|筹措|引进|培训|种植|创建|整治|拆除|修复|改建|扩建|提升|解决|减少|削减|开工|建成|转移|补助|拿出|举办|招聘|帮扶|化解|收储|供应|出让"
)
_KIND_OF_GROUP = re.compile(r"^[类种]$")


# 一半用于大病保险 divides what was promised and promises nothing more
_SHARED_OUT = re.compile(r"^(?:其中|另)?[^，]{0,4}(?:一半|成|分之[一二三四五])[^，]{0,3}用于")


def _said_before(q: Quantity, block: Block) -> str:
    """The deed right before the figure where none heads the clause: 从结余中拿出1000亿元."""
    word = block.text[max(0, q.span[0] - block.a - 2) : q.span[0] - block.a]
    return word if word == "拿出" else ""


def _counts(q: Quantity, verb: str, block: Block) -> bool:
    """Whether a figure of scope is a goal: 建成150间以上, 做好10类困难群体的就业安置; not 60周岁以上的老人."""
    if _KIND_OF_GROUP.match(q.norm_unit):
        return bool(verb)
    return q.comparator == "ge" and is_classifier(q.norm_unit) and bool(verb) and not _of_whom(q, block)


def _of_whom(q: Quantity, block: Block) -> bool:
    return bool(re.match(r"(?:及)?以上的", block.text[q.span[1] - block.a :]))


def _is_size_of_name(q: Quantity, block: Block, verb: str) -> bool:
    """120万吨PTA等大型炼化项目: the figure is part of a name in a row of names."""
    after = block.text[q.span[1] - block.a : q.span[1] - block.a + 24]
    before = block.text[max(0, q.span[0] - block.a - 3) : q.span[0] - block.a]
    if q.norm_unit in ("千瓦", "瓦", "吨", "米") and re.search(r"\d[台座条个套]$", before):
        return True  # 6台10万千瓦以上燃煤机组
    return bool(
        q.norm_unit in ("台", "辆", "吨", "千瓦", "瓦", "升", "立方米", "米") and re.match(r"[^，；。\d]{0,14}(?:等|、[^，；。]{0,20}等?)[^，；。]{0,8}(?:项目|工程)", after)
        and not re.search(r"[等的个座]$", before) and verb and not _ADDS.search(verb[-2:])
    )  # fmt: skip


def _kind(q: Quantity, part: str, verb: str) -> str:
    if q.role == "spec":
        return "spec_per_unit"
    if q.role == "scope":
        return "scope" if _KIND_OF_GROUP.match(q.norm_unit) else "count_new"
    if q.norm_unit == "%" and q.norm_value == 100 and q.role in ("rate", "share", "level"):
        return "coverage"
    if q.comparator == "le":
        return "ceiling"
    if q.role in ("growth_avg", "growth_yoy"):
        return q.role
    if q.role == "flow" and not verb and re.search(r"总[长里]|在册|保有|存量", q.indicator):
        return "level_by_year"
    flow = "cumulative" if part == "term" else "flow_in_year"
    if q.role == "decrease":
        if q.norm_unit not in ("%", "百分点", "‰"):
            return flow
        return "growth_avg" if part == "term" else "growth_yoy"
    if q.role == "count":
        return "count_new"
    if q.role in ("flow", "per_year"):
        return flow if q.role == "flow" else "flow_in_year"
    if q.role == "cumulative":
        return "cumulative"
    if (
        q.role == "level"
        and q.norm_unit not in ("%", "百分点", "‰")
        and _ADDS.search(verb[-2:])
        and not q.hedge
    ):
        return flow
    return "level_by_year"


def _named(block: Block, mine: list[Quantity], meta: Meta, stating: set[int]) -> list[Target]:
    out: list[Target] = []
    own = {_clause_of(block, q.span[0]) for q in mine}
    by_part = meta.term_plan[1] if block.part == "term" and meta.term_plan else meta.plan_year
    for a, _, sentence in sentences(block):
        goals = a in stating
        if LEAD_IN.search(sentence[:30]) or _GROUNDS.search(sentence):
            continue
        last_year: int | None = None
        for m in _CLAUSE.finditer(sentence):
            span = (a + m.start(), a + m.end())
            clause = m.group()
            if y := re.search(r"(?:到)?(20\d\d)年", clause):
                last_year = int(y.group(1))
            if span in own or _contains(own, span):
                continue
            made = _judge(clause, sentence, goals and not _ANNOUNCED.search(clause))
            if made is None:
                continue
            kind, name, comparator = made
            by = last_year if last_year and meta.plan_year and last_year >= meta.plan_year else by_part
            out.append(
                Target(
                    span=span, text=clause, indicator=name, canonical=canonical(name), comparator=comparator,
                    norm_value=None, norm_unit="", by=by, kind=kind, horizon=horizon(block.part, meta),
                    section=block.section, stated=kind != "qualitative",
                    hedge=_hedge(clause),
                )
            )  # fmt: skip
    return out


def _contains(own: set[tuple[int, int]], span: tuple[int, int]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in own)


def _hedge(clause: str) -> str:
    m = re.search(r"力争|努力|争取|预计", clause)
    return m.group() if m else ""


def _judge(clause: str, sentence: str, in_goals: bool) -> tuple[str, str, str] | None:
    """(kind, indicator, comparator) of a clause without a figure, or None when nobody could judge it."""
    if m := _COVER.search(clause):
        name = re.sub(
            r"^(?:实现|做到|基本|全面|确保|推进|力争|努力|继续|推动|健全|完善|加快)+", "", clause[: m.start()]
        )
        return ("coverage", name or clause, "eq")
    bare = clause.replace("“", "").replace("”", "")
    if (m := _TITLE.search(bare)) and bare[m.end() : m.end() + 1] != "的":
        name = re.sub(r"^(?:力争|确保|争取)*(?:建成|创建成?|成为|争创|成功创建|获评|荣获)?", "", m.group())
        return ("status", re.split(r"(?:升格|升级|晋升|获批)(?:为|成为)", name)[0], "eq")
    if _GRADE.search(clause):
        name = re.split(r"达到|取得|保持", clause)[0]
        name = re.sub(r"^(?:确保|力争|20\d\d年|到20\d\d年)+", "", name)
        return ("grade", name or clause, "eq") if len(name) >= 3 else None
    if in_goals:
        return _quality(clause)
    if len(clause) > 70 or _VAGUE.search(clause) or len(clause) > 40 and not re.search("[等、]", clause):
        return None
    return _milestone(clause, sentence)


def _quality(clause: str) -> tuple[str, str, str] | None:
    """A goal that names a direction but no figure: 人均可支配收入稳步增长."""
    if not 5 <= len(clause) <= 44 or _NO_GOAL_CLAUSE.search(clause):
        return None
    if m := _ACHIEVE.match(clause):
        rest = clause[m.end() :]
        cut = _PREDICATE.search(rest)
        name = rest[: cut.start()] if cut and cut.start() >= 2 else rest
        return ("qualitative", name.strip("与和在的") or clause, "eq")
    cut = _PREDICATE.search(clause)
    if not cut or cut.start() < 2:
        return None
    return ("qualitative", clause[: cut.start()].rstrip("与和在要的") or clause, "eq")


_LAST_WORDS = re.compile(
    r"(?:并|且)?(?:投入使用|投入运营|对外开放|等(?:一批)?(?:重[大点])?(?:项目|工程|基础设施)?|项目|工程)$"
)


def _milestone(clause: str, sentence: str) -> tuple[str, str, str] | None:
    """A thing that will stand, open or begin: 建成残疾人服务中心, 双峰道等项目开工."""
    if m := _BUILT.match(clause):
        name = clause[m.end() :]
        if (
            re.search(r"、[^、]*的", name)
            or re.search(r"的(?:生态区|先导区|现代新城|城区)$", name)
            or name.startswith("后")
        ):
            return None
        name = re.sub(r"(?:并|且)?(?:投入使用|投入运营|对外开放)$", "", name)
        return ("milestone", name, "eq") if len(name) >= 3 else None
    if (m := _BEGUN.match(clause)) and projects(clause):
        name = _LAST_WORDS.sub("", clause[m.end() :])
        return ("milestone", name, "eq") if len(name) >= 3 else None
    if (m := _EVENT.search(clause)) and m.start() >= 3:
        verb, rest = head(clause)
        name = rest if verb and len(rest) > len(m.group()) else clause
        name = name[: -len(m.group())]
        name = re.sub(r"(?:项目|正式|顺利|全面|按期|如期|年内|招商|挂牌)$", "", name)
        name = re.sub(r"^(?:项目|快速|尽快|一期|工程|力争|确保|年内|早日|如期|加快)+|等$", "", name)
        if len(name) < 3 or _EVENT.fullmatch(name):
            quoted = re.findall(r"[\u4e00-\u9fff]{0,4}“[^“”]{2,12}”", sentence)
            name = quoted[-1] if quoted and clause.startswith("力争") else ""
        return ("milestone", name, "eq") if name else None
    return None
