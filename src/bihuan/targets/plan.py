"""The assignment of a commitment as one value: what the form, the bulk table and the .xlsx all fill in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.core.say import Say
from bihuan.targets.living import Mark

CATEGORIES = {
    "figure": Say("量化指标", "Figure"), "project": Say("项目", "Project"), "people": Say("民生实事", "For the people"),
    "reform": Say("改革", "Reform"), "regular": Say("常规", "Regular work"),
}  # fmt: skip
# What the office asks for where nobody says otherwise: (form of the result, evidence). Evidence names facts, not papers.
ASKED = {
    "figure": ("年度统计数据", "统计公报，或业务系统的数据和取数时间"),
    "project": ("项目建成投用", "竣工验收单、现场照片"),
    "people": ("实事办成投用", "受益人数或点位清单、现场照片"),
    "reform": ("制度文件和运行结果", "办件数、时限等业务系统数据"),
    "regular": ("办理结果", "案件号、许可证号、现场照片等事实"),
}
FOR_PEOPLE = (
    "民心工程",
    "民生",
    "就业",
    "养老",
    "助残",
    "残疾人",
    "保障房",
    "棚户区",
    "健身",
    "菜市场",
    "入学",
    "救助",
    "医院",
)
QUARTERS = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
QUARTER = re.compile(r"(?:第?([一二三四1-4１-４])季度|Q([1-4]))[：:，,\s]*(.*)$", re.I)
DAY = re.compile(r"(\d{4})[-/.年－／．](\d{1,2})[-/.月－／．](\d{1,2})日?前?[：:，,\s]*(.*)$")
MONTH = re.compile(r"(\d{1,2})月(?:(\d{1,2})日|底|末)前?[：:，,\s]*(.*)$")
# a semicolon parts nodes only where a date follows; within the words of a node it is theirs
PARTED = re.compile(r"；(?=\s*(?:\d{4}[-/.年－／．]|\d{1,2}月|第?[一二三四1-4１-４]季度|[Qq][1-4]))")
LIMITS = {"leader": 40, "answerable": 40, "result": 200, "evidence": 200}
MOST_NODES, NODE_LENGTH, MOST_UNITS = 12, 120, 20
LABELS = {
    "title": Say("任务", "Task"), "lead": Say("牵头单位", "Lead unit"), "category": Say("类别", "Category"),
    "leader": Say("分管领导", "Leader in charge"), "answerable": Say("责任人", "Answerable post"),
    "responsible": Say("责任单位", "Responsible units"), "assisting": Say("配合单位", "Cooperating units"),
    "nodes": Say("季度节点", "Quarterly nodes"), "result": Say("成果形式", "Form of result"),
    "evidence": Say("佐证", "Evidence"), "public": Say("公开", "Public"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """All of an assignment but title and lead. Units are codes; nodes are (day, what must stand then)."""

    category: str = "regular"
    leader: str = ""
    answerable: str = ""
    responsible: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    nodes: tuple[tuple[date, str], ...] = ()
    result: str = ""
    evidence: str = ""
    public: bool = True


def category_of(mark: Mark) -> str:
    """The category that a proposal looks like: what serves people first, then figures, reforms, projects."""
    fact = mark.fact
    words = fact["text"] + "".join(fact["section"])
    if any(word in fact["text"] for word in FOR_PEOPLE) or "民心工程" in words:
        return "people"
    if mark.kind == "goal" and fact["norm_value"] is not None:
        return "figure"
    if "改革" in fact["text"]:
        return "reform"
    if mark.kind == "task" and (fact["projects"] or fact["measurability"] == "deliverable"):
        return "project"
    return "regular"


def usual(category: str) -> Plan:
    """The plan that stands until somebody changes it: result and evidence that the category calls for."""
    result, evidence = ASKED[category]
    return Plan(category=category, result=result, evidence=evidence)


def faults_of(plan: Plan, lead: str, known: Collection[str]) -> list[tuple[str, Say]]:
    """Everything wrong with a plan: (field, sentence). `known` are the codes of units that may be named."""
    found: list[tuple[str, Say]] = []
    if plan.category not in CATEGORIES:
        found.append(("category", Say("类别不在五类里", "The category is none of the five")))
    for name, most in LIMITS.items():
        if len(getattr(plan, name)) > most:
            label = LABELS[name]
            found.append((name, Say(f"{label}不超过 {most} 字", f"{label.en}: at most {most} characters")))
    for name in ("responsible", "assisting"):
        found += [(name, fault) for fault in _units(name, getattr(plan, name), lead, known)]
    both = [unit for unit in plan.responsible if unit in plan.assisting]
    if both:
        found.append(
            (
                "assisting",
                Say("一个单位不能又责任又配合", "A unit cannot be both responsible and cooperating"),
            )
        )
    if len(plan.nodes) > MOST_NODES:
        found.append(("nodes", Say(f"节点最多 {MOST_NODES} 个", f"At most {MOST_NODES} nodes")))
    for day, text in plan.nodes:
        if not text or len(text) > NODE_LENGTH:
            found.append(
                (
                    "nodes",
                    Say(
                        f"{day} 的节点要写内容，不超过 {NODE_LENGTH} 字",
                        f"{day}: say what must stand, at most {NODE_LENGTH} characters",
                    ),
                )
            )
        if not 2000 <= day.year <= 2100:
            found.append(("nodes", Say(f"{day} 不像节点的日期", f"{day} is no date of a node")))
    return found


def _units(name: str, units: Sequence[str], lead: str, known: Collection[str]) -> list[Say]:
    label, found = LABELS[name], list[Say]()
    found += [Say(f"没有单位“{u}”", f"There is no unit “{u}”") for u in units if u not in known]
    if lead in units:
        found.append(
            Say(f"牵头单位不用再写进{label}", f"The lead unit is not named again under {label.en.lower()}")
        )
    if len(set(units)) < len(units):
        found.append(Say(f"{label}有重复", f"{label.en}: a unit stands twice"))
    if len(units) > MOST_UNITS:
        found.append(Say(f"{label}最多 {MOST_UNITS} 个", f"{label.en}: at most {MOST_UNITS}"))
    return found


def read_nodes(text: str, year: int) -> tuple[tuple[tuple[date, str], ...], list[Say]]:
    """Nodes from lines such as “2017-03-31 完成设计” or “二季度：开工” (last day of that quarter of `year`)."""
    found, faults = list[tuple[date, str]](), list[Say]()
    for line in PARTED.sub("\n", text).split("\n"):
        words = line.strip()
        if not words:
            continue
        node = _node(words, year)
        if node is None:
            faults.append(
                Say(
                    f"“{words[:20]}”看不出日期，写成“2017-03-31 完成设计”或“二季度：开工”",
                    f"“{words[:20]}” has no date: write “2017-03-31 design done” or “Q2: work begins”",
                )
            )
        else:
            found.append(node)
    return tuple(sorted(found)), faults


def _node(words: str, year: int) -> tuple[date, str] | None:
    """Digits may be full-width: a digit of a pattern and `int` take both."""
    if by_day := DAY.match(words):
        return _dated(int(by_day[1]), int(by_day[2]), int(by_day[3]), by_day[4])
    if by_month := MONTH.match(words):
        month = int(by_month[1])
        last = monthrange(year, month)[1] if 1 <= month <= 12 else 31
        return _dated(year, month, int(by_month[2] or last), by_month[3])
    if by_quarter := QUARTER.match(words):
        figure = by_quarter[1] or by_quarter[2]
        number = "一二三四".find(figure) + 1 or int(figure)
        return date(year, *QUARTERS[number]), by_quarter[3].strip()
    return None


def _dated(year: int, month: int, day: int, text: str) -> tuple[date, str] | None:
    try:
        return date(year, month, day), text.strip()
    except ValueError:
        return None


def said_nodes(nodes: Sequence[tuple[date, str]]) -> str:
    """One line a node, as `read_nodes` reads them."""
    return "\n".join(f"{day} {text}" for day, text in nodes)


def quarter_ends(year: int) -> tuple[date, ...]:
    """The last days of the four quarters."""
    return tuple(date(year, *QUARTERS[n]) for n in (1, 2, 3, 4))
