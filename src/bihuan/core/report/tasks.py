"""Sentences that say what will be done: verbs, objects, named projects, and whether anybody could check them."""

from __future__ import annotations

import re

from bihuan.core.report.projects import projects
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Meta, Quantity, Span, Task
from bihuan.core.report.speech import Said, said
from bihuan.core.report.targets import horizon
from bihuan.core.report.verbs import head

_CLAUSE = re.compile(r"[^，；。：！？]+")
# verbs after which a named thing exists, has begun or has taken place
_DELIVER = frozenset(
    "建成 新建 扩建 改建 完成 成立 组建 建设 启动 举办 承办 开工 打造 设立 出台 编制 推进 促推 推动 改造 整合 加快 申设 开通 创建 引进 搭建 筹建 迁建 续建 兴建 办好 力促 促进 加速 提升 修编 运营 盘活".split()
)
_OUTPUT = frozenset(
    "建成 新建 扩建 改建 改造 完成 成立 组建 建设 打造 设立 出台 制定 编制 举办 开工 启动 实施 引进 培育 盘活 新增 创建 开展 打通 出清 出让 办成 布局 申设 建立 构建 创办 修订 推出 推行 发布 取消 下放 搭建 修编 淘汰".split()
)
_THINGS = re.compile(
    r"一批|一系列|制度|规划|方案|意见|办法|条例|清单|目录|平台|机制|中心|体系|工程|项目|活动|试点|设施|计划|行动|模式"
)
_HAPPENS = re.compile(r"投入使用|投入运营|竣工|通车|开街|开工|建成|开业|落地|投产")


def tasks(made: tuple[Block, ...], quantities: list[Quantity], meta: Meta) -> list[Task]:
    """One task per sentence of the plan that is headed by an action."""
    spans = [q.span for q in quantities if q.status == "targeted"]
    out = []
    for one in said(made):
        if one.role == "task" and (task := _task(one, spans, meta)):
            out.append(task)
    return out


def _task(one: Said, spans: list[Span], meta: Meta) -> Task | None:
    body = one.text.rstrip("。！？”")
    body += "”" * (body.count("“") - body.count("”"))
    actions = [(c, *head(c)) for c in _CLAUSE.findall(body)]
    verbs = tuple(v for clause, verb, _ in actions if verb for v in (*_single(verb), *_in_row(clause, verb)))
    if not verbs:
        return None
    own = tuple(s for s in spans if one.a <= s[0] < one.b)
    named = tuple(projects(body))
    return Task(
        span=(one.a, one.b), text=one.text, verbs=verbs,
        objects=tuple(rest[:30] for _, verb, rest in actions if verb and rest),
        projects=named, quantities=own, horizon=horizon(one.block.part, meta),
        measurability="quantified" if own else _measurability(actions, named), section=one.block.section,
    )  # fmt: skip


def _single(verb: str) -> list[str]:
    """鼓励、支持和引导 are three actions; 巩固和发展 is one."""
    return re.split("[、和与及并]", verb) if "、" in verb else [verb]


def _in_row(clause: str, verb: str) -> list[str]:
    """The further actions of 出清一批空壳企业、出让一批低效企业 and of 做大工业、做强工业."""
    last = "做" if verb[-2:-1] == "做" else ""
    return [
        v
        for p in clause.split("、")[1:]
        if (v := head(p)[0])
        and (len(p) > len(v) + 3 and p[len(v) :].startswith("一批") or last and v[:1] == last)
    ]


def _measurability(actions: list[tuple[str, str, str]], named: tuple[str, ...]) -> str:
    """deliverable when an act of building or holding governs a named thing, output when it governs a kind of thing."""
    for clause, verb, _ in actions:
        bare = clause.replace("“", "").replace("”", "")
        if any(p.strip("“”") in clause or p.replace("“", "").replace("”", "") in bare for p in named):
            if _acts(verb) & _DELIVER or _HAPPENS.search(clause):
                return "deliverable"
    if any(_acts(verb) & _OUTPUT and _THINGS.search(rest) for _, verb, rest in actions):
        return "output"
    return "soft"


def _acts(verb: str) -> set[str]:
    return {verb[i : i + 2] for i in range(len(verb) - 1)}
