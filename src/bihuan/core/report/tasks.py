"""Sentences that say what will be done: verbs, objects, named projects, and whether anybody could check them."""

from __future__ import annotations

import re

from bihuan.core.report.sections import Block, sentences
from bihuan.core.report.shapes import Meta, Quantity, Task
from bihuan.core.report.targets import PLAN, horizon
from bihuan.core.report.words import split_verbs

_CLAUSE = re.compile(r"[^，；。：！？]+")
_PRINCIPLE = re.compile(
    r"^(?:把[^，]{2,30}(?:作为|摆在|放在)|始终(?:坚持|把)|着眼|围绕.{0,30}(?:目标|主线|要求)|坚持.{0,40}，坚持|我们要|全[区市省]上下|各位|同志们|"
    r"未来五年|今后五年|20\d\d年，?是|今年是|做好今年|新的一年|面对|站在|实现上述|综合考虑|经济社会发展的?|政府工作的?|总体要求|"
    r"指导思想|为实现|为完成|围绕上述|重点抓好|突出抓好|我们坚信|我们深知|要(?:高举|全面贯彻|坚持以))"
)
_SHI = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:是|要|个|，)[^，]{2,20}[。]?$)")
_GOAL = re.compile(r"目标(?:任务)?(?:是|为)|预期目标|总体要求是|总体思路是|指导思想是")
_PROJECT_QUOTED = re.compile(
    r"“[^“”]{2,20}”[^，；。、“”和与及]{0,14}?(?:工程|计划|行动|街区|大厅|平台|中心|体系|活动|模式|改革|节|赛|示范区)"
)
_PROJECT = re.compile(
    r"([^，；。、与及对把将为的“”（）]{2,16}?(?:中心|学校|小学|中学|医院|图书馆|博物馆|综合体|大厦|广场|公园|号线|高速|大桥|大道|"
    r"平台|综合服务站|园区|创新园|科技园|产业园|示范区|街区|商业街|大酒店|酒店|基金|少年宫|体育馆|文化馆|会展中心|机场|铁路|码头|水库|污水处理厂|水厂|众创空间))"
)
_BEFORE_ETC = re.compile(
    r"([^，；。：]{2,60}?)等(?:一批|[一二三四五六七八九十\d]*[个条座所项]?)?([^，；。、]{2,14})"
)
_DELIVER = frozenset(
    "建成 新建 扩建 改建 完成 成立 组建 建设 启动 举办 开工 打造 设立 实施 出台 编制 推进 促推 推动 提升 改造 整合 加快".split()
)
_OUTPUT = frozenset(
    "建成 新建 扩建 改建 改造 完成 成立 组建 建设 打造 设立 出台 制定 编制 举办 开工 启动 实施 引进 培育 盘活 新增 创建 开展 打通 出清 出让 办成 布局 申设 建立 构建 创办 修订 推出".split()
)
_SOFT_NAME = re.compile(
    r"^(?:社会|公共|服务|城市|发展|经济|建设|管理|重点|综合|各类|一批|新型|交易|.{0,2}创新|优质|.*式.{0,2})?(?:学校|中心|平台|示范区|园区|街区|基金)$"
)


def tasks(made: tuple[Block, ...], quantities: list[Quantity], meta: Meta) -> list[Task]:
    """One task per sentence of the plan that is headed by an action."""
    out: list[Task] = []
    goals_seen: dict[str, bool] = {}
    has_goals = {b.part for b in made if b.part in PLAN and _GOAL.search(b.text)}
    spans = [(q.span, q) for q in quantities if q.status == "targeted"]
    first_goal_done = "term" not in has_goals and "year" not in has_goals
    for i, block in enumerate(made):
        if block.part not in PLAN or block.kind != "prose":
            continue
        if _GOAL.search(block.text):
            goals_seen[block.part] = True
        if block.part in has_goals and not goals_seen.get(block.part) and not first_goal_done:
            continue
        topic = _is_topic(made, i)
        after_goal = not _GOAL.search(block.text)
        for a, b, text in sentences(block):
            if _GOAL.search(text):
                after_goal = True
                continue
            if not after_goal or topic or len(text) < 8:
                continue
            task = _task(a, b, text, block, spans, meta)
            if task:
                out.append(task)
    return out


def _is_topic(made: tuple[Block, ...], i: int) -> bool:
    """A paragraph between a heading and a series with run-in headings states the principle of the section."""
    if not made[i].run_in and i and made[i - 1].kind == "heading" and i + 1 < len(made):
        after = made[i + 1]
        return bool(after.run_in) and len(made[i].text) < 220
    return False


def _task(
    a: int, b: int, text: str, block: Block, spans: list[tuple[tuple[int, int], Quantity]], meta: Meta
) -> Task | None:
    body = text.rstrip("。！？”")
    shi = re.match(
        r"^(?:第?[一二三四五六七八九十]+(?:是|要)|——|\d+[.、]|（[一二三四五六七八九十\d]+）)", body
    )
    lead = shi.end() if shi else 0
    body = body[lead:]
    if _PRINCIPLE.match(body) or _SHI.match(text) or (shi and len(body) <= 20 and "，" not in body):
        return None
    verbs: list[str] = []
    objects: list[str] = []
    for m in _CLAUSE.finditer(body):
        verb, end = split_verbs(m.group())
        if not verb:
            continue
        verbs.append(verb)
        thing = m.group()[end:].lstrip("了好")
        if thing:
            objects.append(_object(thing))
    if not verbs:
        return None
    own = tuple(s for s, _ in spans if a <= s[0] < b)
    projects = _projects(body)
    return Task(
        span=(a + lead, b), text=text[lead:], verbs=tuple(verbs), objects=tuple(objects), projects=tuple(projects),
        quantities=own, horizon=horizon(block.part, meta), measurability=_measurability(verbs, own, projects, body),
        section=block.section,
    )  # fmt: skip


def _object(thing: str) -> str:
    return thing if len(thing) <= 30 else thing[:30]


def _projects(body: str) -> list[str]:
    out: list[str] = []
    for m in _CLAUSE.finditer(body):
        clause = m.group()
        _, end = split_verbs(clause)
        rest = clause[end:]
        if e := _BEFORE_ETC.match(rest):
            head = re.sub(r"^(?:对|做好|将|把)", "", e.group(1))
            names = [n for n in re.split(r"[、和]", head) if 2 <= len(n) <= 16]
            if _named_list(names, e.group(2)):
                out.extend(names)
                continue
        for p in _PROJECT_QUOTED.findall(rest):
            out.append(p)
        for n in re.split(r"、|(?<=[^、]{2})[和与]", rest):
            p = _PROJECT.match(re.sub(r"^(?:[“对将把在以与]|一个|\d+[个条座所家项])", "", n))
            if (
                p
                and len(p.group(1)) >= 4
                and not _SOFT_NAME.match(p.group(1))
                and not re.search(r"一批|各类|各街|多个", p.group(1))
            ):
                out.append(p.group(1))
    return list(dict.fromkeys(out))


def _named_list(names: list[str], kind: str) -> bool:
    return bool(names) and bool(
        re.search(
            r"项目|工程|地块|改造|载体|建设|街区|综合体|广场|大厦|楼宇|商业|中心|学校|医院|活动|基金|道路|工地|企业|园|线|公司|机构|小区|片区|建筑|绿化|菜市场|聚集区|空间",
            kind,
        )
    )


def _measurability(verbs: list[str], own: tuple[tuple[int, int], ...], projects: list[str], body: str) -> str:
    if own:
        return "quantified"
    heads = {v[i : i + 2] for v in verbs for i in range(0, len(v), 2)}
    if projects and heads & _DELIVER:
        return "deliverable"
    if re.search(r"(?:建成|投入使用|竣工|通车|开街|全覆盖|开工)", body) and (
        projects or "建成" in body and "一批" not in body
    ):
        return "deliverable"
    if heads & _OUTPUT and re.search(
        r"一批|一系列|制度|规划|方案|意见|办法|平台|机制|中心|体系|工程|项目|活动|试点|设施", body
    ):
        return "output"
    return "soft"
