"""Goals one could later judge: every promised figure, every named outcome, every goal left without a number."""

from __future__ import annotations

import re

from bihuan.core.report.canonical import canonical
from bihuan.core.report.sections import Block, sentences
from bihuan.core.report.shapes import Meta, Quantity, Target
from bihuan.core.report.words import split_verbs

PLAN = ("term", "year", "self")
_CLAUSE = re.compile(r"[^，；。：！？]+")
_GOALS = re.compile(
    r"(?:预期|奋斗|总体|主要|工作|发展)目标(?:任务)?(?:是|为|有)?[：，]|预期目标|目标(?:是|为)[：，]"
)
_COVER = re.compile(r"全覆盖")
_TITLE = re.compile(
    r"(?:建成|创建成?|获评|荣获|成为|建设成为)(?:(?:全?国|全省|全市|省|市|世界|区域|全区)[^，；。、“”]{0,16}?(?:城区|城市|示范区|先进区|先行区|模范区|称号|小康社会)"
    r"|[^，；。]{0,12}(?:小康社会|国家卫生城区|文明城区))"
)
_EVENT = re.compile(
    r"(?:建成|投入使用|投入运营|投入运行|竣工|通车|开街|运营|投产|开业|启用|挂牌|开馆|开园|完工|交付使用|建成投用|落地|开工)$"
)
_BUILT = re.compile(r"^(?:全面|基本|确保|力争)?(?:建成|完成)(?=.{3,})")
_VAGUE = re.compile(r"一批|一系列|体系|机制|格局|环境|氛围|任务|目标|多层次|更加|各项")
_GRADE = re.compile(
    r"达到(?:国家)?[^，；。]{0,6}(?:类|级|[A-Z])(?:标准|水平)?$|(?:考核|测评|评价)[^，；。]{0,6}取得优异成绩|保持[^，；。]{0,6}(?:前列|第一)"
)
_GOAL_WORDS = re.compile(
    r"稳步增长|稳定增长|较快增长|同步增长|基本同步|保持稳定|基本持平|持平|圆满完成|全面完成|明显|显著|进一步|持续|逐步|更加|高于|控制在|有所|稳中有升|完成[^，；]{0,8}(?:目标|任务)|协调|提高|提升|优化|改善"
)
_RATE_ONLY = frozenset({"baseline", "scope"})


def targets(made: tuple[Block, ...], quantities: list[Quantity], meta: Meta) -> list[Target]:
    """All goals in reading order; spans are the clause that states each of them."""
    out: list[Target] = []
    by_block: dict[int, list[Quantity]] = {}
    starts = [b.a for b in made]
    for q in quantities:
        i = _block_of(starts, q.span[0])
        by_block.setdefault(i, []).append(q)
    for i, block in enumerate(made):
        if block.part not in PLAN or block.kind != "prose":
            continue
        mine = by_block.get(i, [])
        numeric = [t for q in mine if q.status == "targeted" for t in _numeric(q, block, meta)]
        named = _named(block, mine, meta)
        out.extend(sorted(numeric + named, key=lambda t: (t.span, t.indicator)))
    return out


def _block_of(starts: list[int], at: int) -> int:
    from bisect import bisect_right

    return bisect_right(starts, at) - 1


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
    if q.role in _RATE_ONLY:
        return []
    a, b = _clause_of(block, q.span[0])
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
            norm_value=q.norm_value, norm_unit=q.norm_unit, by=by, kind=_kind(q, block.part),
            horizon=horizon(block.part, meta), section=block.section, role=q.role, hedge=q.hedge,
            suspicious=q.suspicious,
        )
        for name in names
    ]  # fmt: skip


def _kind(q: Quantity, part: str) -> str:
    if q.role == "spec":
        return "spec_per_unit"
    if q.norm_unit == "%" and q.norm_value == 100 and q.role in ("rate", "share"):
        return "coverage"
    if q.comparator == "le":
        return "ceiling"
    if q.role in ("growth_avg", "growth_yoy"):
        return q.role
    if q.role == "decrease":
        return "growth_avg" if part == "term" else "growth_yoy"
    if q.role == "count":
        return "count_new"
    if q.role == "flow":
        return "flow_in_year" if part != "term" else "cumulative"
    if q.role == "cumulative":
        return "cumulative"
    if q.role == "per_year":
        return "flow_in_year"
    return "level_by_year"


def _named(block: Block, mine: list[Quantity], meta: Meta) -> list[Target]:
    out: list[Target] = []
    own = {_clause_of(block, q.span[0]) for q in mine}
    by_part = meta.term_plan[1] if block.part == "term" and meta.term_plan else meta.plan_year
    for a, _, sentence in sentences(block):
        goals = bool(_GOALS.search(sentence))
        if re.search(r"总体要求|指导思想|总的要求", sentence[:30]):
            continue
        last_year: int | None = None
        for m in _CLAUSE.finditer(sentence):
            span = (a + m.start(), a + m.end())
            clause = m.group()
            if y := re.search(r"(?:到)?(20\d\d)年", clause):
                last_year = int(y.group(1))
            if span in own or _contains(own, span):
                continue
            made = _judge(clause, sentence, goals and not _GOALS.search(clause))
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
        name = re.sub(r"^(?:实现|做到|基本|全面|确保|推进|力争|努力|继续|推动)+", "", clause[: m.start()])
        return ("coverage", name or clause, "eq")
    if m := _TITLE.search(clause):
        return ("status", re.sub(r"^(?:建成|创建成?|成为)", "", m.group()), "eq")
    if _GRADE.search(clause):
        name = re.split(r"达到|取得|保持", clause)[0]
        name = re.sub(r"^(?:确保|力争|20\d\d年|到20\d\d年)+", "", name)
        return ("grade", name or clause, "eq") if len(name) >= 3 else None
    if in_goals and 4 <= len(clause) <= 40:
        if not re.match(r"(?:围绕|重点|坚持|按照|为|以|在|综合|根据|要)", clause) and _GOAL_WORDS.search(
            clause
        ):
            name = re.split(_GOAL_WORDS, clause)[0] or clause
            return ("qualitative", name.rstrip("与和在要") if len(name) > 2 else clause, "eq")
        return None
    if _VAGUE.search(clause) or len(clause) > 40:
        return None
    if _BUILT.match(clause):
        name = clause[_BUILT.match(clause).end() :]  # type: ignore[union-attr]
        if re.search(r"、[^、]*的", name) or re.search(r"的(?:生态区|先导区|现代新城|城区)$", name):
            return None
        name = re.sub(r"(?:并|且)?(?:投入使用|投入运营|对外开放)$", "", name)
        return ("milestone", name, "eq") if len(name) >= 3 else None
    if (m := _EVENT.search(clause)) and m.start() >= 3:
        _, end = split_verbs(clause)
        name = clause[end : m.start()] if end < m.start() else clause[: m.start()]
        name = re.sub(r"(?:项目|正式|顺利|全面|按期|如期|年内|招商)$", "", name)
        name = re.sub(r"^(?:项目|快速|尽快|一期|工程|力争|早日|如期|加快)+|等$", "", name)
        if len(name) < 3 or _EVENT.fullmatch(name):
            quoted = re.findall(r"[\u4e00-\u9fff]{0,4}“[^“”]{2,12}”", sentence)
            name = quoted[-1] if quoted and clause.startswith("力争") else ""
        return ("milestone", name, "eq") if name else None
    return None
