"""Checks of statements: coverage already claimed, a thing announced as done and promised again, two dates for one thing."""

from __future__ import annotations

import re

from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Check, Span, Target
from bihuan.core.report.shelf import Shelf
from bihuan.core.say import Say

_CLAIM = re.compile(r"(?:建立|建成|实现|全面推行|推行)了?([^，。；：、]{5,30})")
_AGAIN = re.compile(r"(?:建立|建成|全面推行|推行|实现)([^，。；：、]{5,30})")
_WORDS = re.compile(r"^(?:了|区政府|市政府|全区|全市)")
_EVERYWHERE = re.compile(r"全面推行|全覆盖|各街道|均已|全部|所有|100%")
_ALL_OVER = re.compile(r"覆盖(?:所有|全部|全[区市省县](?!.{0,4}(?:半|\d|大部|主要)))")
_DONE = "建成投用|建成投入|建成|投入使用|投入运营|交付使用|正式开放|对外开放|建成开放|投用|竣工|通车|开通|开业|落成|启用|通过验收|通过.{0,6}验收"
_TITLED = re.compile(
    r"(?:荣获|荣膺|获评|获得|成功创建|成功创成|创建成功|创成|建成|被评为|被命名为|被授予|成为|跻身|通过)[^，。；]{0,14}$"
)
_BUILT_BEFORE = re.compile(rf"(?:{_DONE}|完成)(?:了|并启用)?[^，。；]{{0,6}}$")
_BUILT_AFTER = re.compile(
    rf"^[^，。；]{{0,16}}?(?:等[^，。；]{{0,14}})?(?:{_DONE}|建设完成|全面完成|创建成功)"
)
_GOING = re.compile(
    r"启动|推进|加快|开工|在建|筹[备建]|争创|申报|申创|规划|即将|基本|主体|力争|完成.{0,6}(?:前期|可研|征收|土建|封顶)|巩固|积极"
)
_LATER_PART = re.compile(
    r"^[^，。；]{0,2}(?:[一二三四五六\d]期|延伸|东延|西延|南延|北延|扩建|配套|二线|续建|首期|首段|部分|群|试点|建设试点|[一二三]阶段)"
)
_YEAR = re.compile(r"(20\d\d)年")
_MADE_BY = re.compile(rf"(?:{_DONE}|完成)(?:并?(?:投入使用|投用|运营|使用))?")
_DRESS = re.compile(
    r"^(?:确保|力争|争取|到|于|在|全面|基本|如期|年内|按期|完成|实现|加快|推动|推进|并|其中|将|要)+|(?:力争|确保|争取|计划|建设|项目|工程|底|末|前|底前|并|全面|基本|正式|实现|年内|于|将|如期|等)+$"
)


def check_text(made: tuple[Block, ...], shelf: Shelf, targets: list[Target]) -> list[Check]:
    """All checks of this family."""
    past, plan = _prose(made, "past"), _prose(made, "term", "year", "self")
    return [
        *_coverage(past, shelf, targets),
        *_titles(past, plan),
        *_repeats(past, plan),
        *_deadlines(targets),
        *_dates(plan),
    ]


def _prose(made: tuple[Block, ...], *parts: str) -> list[Block]:
    return [b for b in made if b.part in parts and b.kind == "prose"]


def _key(name: str) -> str:
    m = re.search(r"“([^“”]{3,})”", name)
    return m.group(1) if m else re.sub(r"(?:创建|建设|制度机制|机制|体系)$", "", name)[:8]


def _clause(b: Block, i: int, marks: str = "，。；") -> tuple[int, int]:
    begin = max(b.text.rfind(c, 0, i) for c in marks) + 1
    return begin, min((e for c in marks if (e := b.text.find(c, i)) >= 0), default=len(b.text))


def _coverage(past: list[Block], shelf: Shelf, targets: list[Target]) -> list[Check]:
    out = []
    for t in targets:
        if t.kind != "coverage" or t.norm_value is not None or t.indicator.endswith("、"):
            continue
        key = _key(t.indicator)
        claim = _claimed(past, key) if len(key) >= 3 else None
        if claim:
            finding = Say(f"“{key}”：回顾里说已经全面推行，目标又写全覆盖；两者差在哪里没有说明",
                          f"“{key}”: the review says it is everywhere already, the goal promises full coverage; what is still missing is not stated")  # fmt: skip
            out.append(Check("coverage_baseline", (claim, t.span), {}, "already_claimed", "medium", finding,
                             Say("推行不等于建成，须问清现有覆盖数", "Introduced is not completed; ask for the number covered now"), t.canonical))  # fmt: skip
        elif len(key) >= 3 and not any(key in n and "past" in p for n, p in shelf.by.items()):
            finding = Say(
                f"{t.indicator}：目标是全覆盖，报告没有给出现在覆盖了多少",
                f"{t.indicator}: full coverage is promised, the present coverage is not stated",
            )
            out.append(Check("coverage_baseline", (t.span,), {}, "no_baseline", "low", finding,
                             Say("没有基数就无法评判进度", "Without a baseline progress cannot be judged"), t.canonical))  # fmt: skip
    return out + _covered_rates(shelf)


def _claimed(past: list[Block], key: str) -> Span | None:
    for b in past:
        i = b.text.find(key)
        while i >= 0:
            begin, end = _clause(b, i)
            around = b.text[begin : min(len(b.text), end + 12)]
            if _EVERYWHERE.search(b.text[begin:end]) or _ALL_OVER.search(around):
                return (b.a + begin, b.a + end)
            i = b.text.find(key, i + 1)
    return None


def _covered_rates(shelf: Shelf) -> list[Check]:
    """A rate of coverage that is at 100 % already and promised again, or promised lower."""
    out = []
    for name in shelf.by:
        if "覆盖" not in name:
            continue
        done = [q for q in shelf.pick(name, "past", "rate", "share") if q.norm_value >= 100]
        goals = [q for part in ("term", "year") for q in shelf.pick(name, part, "rate", "share")]
        if done and goals:
            finding = Say(
                f"{name}：回顾里已是{done[0].text}，目标又写{goals[0].text}",
                f"{name}: {done[0].text} already, {goals[0].text} promised",
            )
            out.append(Check("coverage_baseline", (done[0].span, goals[0].span), {"past": done[0].norm_value, "goal": goals[0].norm_value},
                             "already_claimed", "medium", finding, Say("须问清对象范围是否扩大", "Ask whether more is to be covered now"), name))  # fmt: skip
    return out


_TITLE = re.compile(
    r"(?:创建|创成|建成|争创|获评|荣获|争当|成为)[“]?((?:国家|全国|全省|省级)[^，。；、“”]{2,14}?(?:城市|城区|模范城|县城|示范[区市县]|先进[区市县]|试验区))(?![\u4e00-\u9fff]*(?:群|体系|工作|复审|成果))"
)
_WORK = re.compile(
    r"(?:^|[力争确保全面年内])(?:建成|完成)([^，。；、：“”\d]{4,20}?)(?:建设|工程建设|并?投入使用|并?投用)?$"
)
_WORK_DONE = re.compile(rf"([^，。；、：“”\d]{{4,20}}?)(?:{_DONE})(?:使用|运营|运行|投用)?$")


def _titles(past: list[Block], plan: list[Block]) -> list[Check]:
    """A title won or a work finished in the review that the plan promises once more."""
    out = []
    seen: set[str] = set()
    for name, span, title in _promised(plan):
        if len(name) < 5 or name in seen or _COMMON.search(name):
            continue
        if done := _finished(past, name, title):
            seen.add(name)
            finding = Say(
                f"“{name}”：回顾里说已经建成或获得，计划里又要建或创",
                f"“{name}”: done or won in the review, promised again in the plan",
            )
            out.append(Check("repeat_status", (done, span), {}, "repeated", "medium", finding,
                             Say("可能是复审、续建或另一处同名的", "It may be a renewal, a later stage or another of the same name"), name))  # fmt: skip
    return out


_COMMON = re.compile(
    r"[、和及与的]|一批|“?十[二三四]五|小康|任务|目标|改革|改造|体系|机制|系统|工作|整治|方案|规划$|项目$|各|等|全部"
)


def _promised(plan: list[Block]) -> list[tuple[str, Span, bool]]:
    """Names that the plan will win or build: (name, span of the clause, whether it is a title)."""
    out = []
    for b in plan:
        for m in re.finditer(r"[^，。；：]+", b.text):
            span = (b.a + m.start(), b.a + m.end())
            if t := _TITLE.search(m.group()):
                out.append((_bare(t.group(1)), span, True))
            elif w := _WORK.search(m.group()) or _WORK_DONE.search(m.group()):
                name = _bare(w.group(1))
                if not _GOING.search(m.group().replace(name, "")):
                    out.append((name, span, False))
    return out


def _bare(name: str) -> str:
    name = re.sub(r"[“”]", "", _YEAR.sub("", name))
    name = re.sub(rf"(?:称号|{_DONE})+$", "", name)
    while (short := _DRESS.sub("", name)) != name:
        name = short
    return name


def _finished(past: list[Block], name: str, title: bool) -> Span | None:
    for b in past:
        text = b.text.replace("“", "\x00").replace("”", "\x00")
        for m in re.finditer("\x00?".join(map(re.escape, name)), text):
            begin, end = _clause(b, m.start())
            before, after = b.text[begin : m.start()], b.text[m.end() : end].replace("”", "")
            if _GOING.search(before) or _GOING.search(after) or _LATER_PART.match(after):
                continue
            won = (_TITLED.search(before) or re.match(r"(?:创建成功|称号)", after)) if title else None
            if won or not title and (_BUILT_BEFORE.search(before) or _BUILT_AFTER.match(after)):
                return (b.a + begin, b.a + end)
    return None


_KINDS_OF_THING = ("制度", "机制", "体系", "平台", "中心", "覆盖", "模式", "监管")


def _repeats(past: list[Block], plan: list[Block]) -> list[Check]:
    claims = [
        (_WORDS.sub("", m.group(1)), (b.a + m.start(), b.a + m.end()))
        for b in past
        for m in _CLAIM.finditer(b.text)
    ]
    out = []
    for b in plan:
        for m in _AGAIN.finditer(b.text):
            again = _WORDS.sub("", m.group(1))
            for thing, span in claims:
                same = _common(thing, again)
                if len(same) >= 6 and same[-2:] in _KINDS_OF_THING:
                    finding = Say(
                        f"“{same}”：回顾里已说建成，计划里又说要建",
                        f"“{same}”: announced as done in the review and promised again in the plan",
                    )
                    out.append(Check("repeat_status", (span, (b.a + m.start(), b.a + m.end())), {}, "repeated", "low", finding,
                                     Say("可能是从试点到全面、从有到好", "It may mean from pilot to everywhere, or from existing to good"), same))  # fmt: skip
                    break
    return out[:6]


def _common(a: str, b: str) -> str:
    best = ""
    for i in range(len(a) - 5):
        j = i + max(6, len(best) + 1)
        while j <= len(a) and a[i:j] in b:
            best = a[i:j]
            j += 1
    return best


def _conflict(name: str, one: Span, first: int, other: Span, second: int) -> Check:
    finding = Say(
        f"{name}：同一个目标有两个期限，{first}年和{second}年",
        f"{name}: one goal with two dates, {first} and {second}",
    )
    return Check("deadline_conflict", (one, other), {"first": float(first), "second": float(second)}, "conflict", "medium",
                 finding, Say("可能分属不同规划或不同阶段", "They may belong to different plans or stages"), name)  # fmt: skip


def _deadlines(targets: list[Target]) -> list[Check]:
    """The same figure for the same thing, to be reached in two years."""
    out = []
    seen: dict[tuple[str, str, float], Target] = {}
    for t in targets:
        if (
            t.norm_value is None
            or t.role not in ("level", "rate", "share", "flow", "cumulative")
            or t.suspicious
        ):
            continue
        if t.norm_unit in ("%", "‰") and t.norm_value == 100 or len(t.canonical) < 4 or not t.by:
            continue
        o = seen.setdefault((t.canonical, t.norm_unit, t.norm_value), t)
        explicit = bool(_YEAR.search(t.text)) or bool(_YEAR.search(o.text)) or o.horizon == t.horizon
        if o.by and o.by != t.by and explicit and o.span != t.span:
            out.append(_conflict(t.canonical, o.span, o.by, t.span, t.by))
    return out


def _dates(plan: list[Block]) -> list[Check]:
    """A named work that is to be finished in two different years."""
    out = []
    seen: dict[str, tuple[int, Span]] = {}
    for b in plan:
        for m in re.finditer(r"[^，。；：]+", b.text):
            years = _YEAR.findall(m.group())
            if len(years) != 1 or not _MADE_BY.search(m.group()):
                continue
            name = _bare(_MADE_BY.sub("", re.sub(r"20\d\d年(?:底前|年底|底|末|前)?", "", m.group())))
            if not 5 <= len(name) <= 24 or re.search(r"\d|目标|任务|一批|[、和及]", name):
                continue
            span = (b.a + m.start(), b.a + m.end())
            year, other = seen.setdefault(name, (int(years[0]), span))
            if year != int(years[0]):
                out.append(_conflict(name, other, year, span, int(years[0])))
    return out
