"""Which figures may be set side by side: sound, of the same thing, on one basis; else the reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bihuan.core.report.follow.basis import basis, refusal
from bihuan.core.report.follow.shapes import Basis
from bihuan.core.report.shapes import Check, Meta, Quantity
from bihuan.core.say import Say

PERCENT = ("%", "‰")
_ENDS = "。！？\n"
_MARKS = "，。；！？：\n"
_SUM = re.compile(r"累计|五年共|五年来|共(?:完成|实现|投入)|合计|总计|年共|年累计")
_HEIGHT = re.compile(r"达到?|突破|超过?|增加到|提高到|实现|力争|完成")
_END = re.compile(r"(?:五”|期|任期)末|到(?:20\d\d年|届末)")
_REVIEWED = re.compile(
    r"(?:胜利|圆满|超额|全面|顺利)完成了|取得了[^，。]{0,10}(?:成就|成绩|成效|进展)|(?:五年|一年)来，"
)
_AIMS = re.compile(r"目标(?:是|为|：)|今年要|力争|确保")
_PRICE = re.compile(
    r"(?:按|以)?(?:可比口径|可比价格?|不变价格?|现价|当年价)(?:计算)?$|^(?:按)?(?:可比口径|可比价|不变价|现价)"
)
_LESS = ("失业率", "能耗", "排放", "价格", "死亡", "贫困", "发生率", "逾期", "浓度", "三公", "消耗", "负担", "赤字", "事故", "空置",
         "出生率", "自然增长率", "缺口", "PM2.5", "负债", "行政审批事项", "存量", "发案", "投诉", "辍学")  # fmt: skip
_SUM_FROM = 2.5  # a sum of a term is at least this many times one of its years


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sound quantities by canonical indicator and part; damaged ones are kept apart and never used."""

    meta: Meta
    text: str = ""
    by: dict[str, dict[str, list[Quantity]]] = field(default_factory=dict)
    sound: tuple[Quantity, ...] = ()
    damaged: tuple[Quantity, ...] = ()
    term_text: str = ""  # what is said of the term, figures or none

    def pick(self, name: str, part: str, *roles: str) -> list[Quantity]:
        """Figures of one indicator in one part with one of the roles."""
        return [q for q in self.by.get(name, {}).get(part, []) if q.role in roles]

    def growth(self, name: str, part: str, *roles: str) -> list[Quantity]:
        """Growth in per cent of one indicator; 翻番 and 倍 are no rates."""
        return [q for q in self.pick(name, part, *roles) if q.norm_unit == "%"]

    @property
    def years(self) -> int:
        """Length of the period under review."""
        r = self.meta.term_review
        return r[1] - r[0] + 1 if r else 0

    @property
    def plan_years(self) -> int:
        """Length of the term planned."""
        p = self.meta.term_plan
        return p[1] - p[0] + 1 if p else 0

    def clause(self, q: Quantity) -> str:
        """The words between the marks around a figure."""
        return self._around(q, _MARKS)

    def sentence(self, q: Quantity) -> str:
        """The sentence around a figure."""
        return self._around(q, _ENDS)

    def start(self, q: Quantity) -> int:
        """Where the sentence of a figure begins."""
        return max(self.text.rfind(c, 0, q.span[0]) for c in _ENDS) + 1

    def before(self, q: Quantity, n: int = 12) -> str:
        """The words right before a figure."""
        return self.text[max(0, q.span[0] - n) : q.span[0]]

    def _around(self, q: Quantity, marks: str) -> str:
        a = max(self.text.rfind(c, 0, q.span[0]) for c in marks) + 1
        ends = [e for c in marks if (e := self.text.find(c, q.span[1])) >= 0]
        return self.text[a : min(ends, default=len(self.text))]

    def basis(self, q: Quantity) -> Basis:
        """Scope, price basis and area of a figure; its vintage is this report."""
        return basis(q.indicator, self.clause(q), self.meta.plan_year or 0, q.status)

    def apart(self, *qs: Quantity) -> Say | None:
        """Why these figures must not be compared; None where they may."""
        bases = [self.basis(q) for q in qs]
        for i, one in enumerate(bases):
            for other in bases[i + 1 :]:
                if refusal(one, other):
                    return _difference(one, other)
        return None

    def named(self, q: Quantity) -> bool:
        """Whether the sentence of a figure names its indicator; a name taken over from further away is less sure."""
        return q.indicator in self.sentence(q)

    def sums(self, q: Quantity) -> bool:
        """Whether the words say that an amount adds up several years."""
        return q.role == "cumulative" and bool(_SUM.search(self.clause(q)))

    def at_the_end(self, q: Quantity) -> bool:
        """Whether an amount of a term is meant for its last year: “十三五”末突破23亿."""
        before = self.text[self.start(q) : q.span[0]]
        return q.role == "cumulative" and not self.sums(q) and bool(_END.search(before))

    def heights(self, name: str, part: str) -> list[Quantity]:
        """Levels reached or to be reached; a reviewed or planned `达到` without 累计 counts as one."""
        out = []
        for q in self.pick(name, part, "level", "flow", "count", "cumulative"):
            if q.norm_unit in PERCENT or q.role == "count" and part != "past":
                continue
            if (
                q.role in ("level", "count")
                or q.role == "flow"
                and q.period.first == q.period.last
                or not self.sums(q)
                and _HEIGHT.search(self.before(q))
            ):
                out.append(q)
        return out

    def base(self, name: str) -> Quantity | None:
        """The last stated level before the plan; an unmarked amount of the term only beside one marked as its sum."""
        end = self.meta.plan_year - 1 if self.meta.plan_year else None
        found = [q for q in self.heights(name, "past") if q.period.last == end]
        marked = any(self.sums(q) for q in self.pick(name, "past", "cumulative"))
        sure = [q for q in found if q.role != "cumulative" and (q.role != "flow" or q.period.first == end)]
        return next(iter(sure or (found if marked else [])), None)


def _difference(one: Basis, other: Basis) -> Say:
    """In what two bases differ, in words that suit figures of one report."""
    if one.scope != other.scope:
        return Say(f"口径不同：一个是“{one.scope or '未注明'}”，一个是“{other.scope or '未注明'}”",
                   f"Different scope: “{one.scope or 'not stated'}” and “{other.scope or 'not stated'}”")  # fmt: skip
    if one.area != other.area:
        return Say(f"范围不同：一个是{one.area or '全域'}，一个是{other.area or '全域'}",
                   f"Different area: {one.area or 'the whole place'} and {other.area or 'the whole place'}")  # fmt: skip
    return Say(
        "价格基础不同：一个按现价，一个按可比价或不变价", "Different prices: one current, one constant"
    )


def as_sum(goal: float, base: float) -> bool:
    """Whether an amount of a term is large enough to be the sum of its years."""
    return goal >= _SUM_FROM * base


def less_is_better(name: str) -> bool:
    """Whether a lower figure of this indicator is the better one."""
    return any(w in name for w in _LESS)


def refused(kind: str, name: str, why: Say, *qs: Quantity) -> Check:
    """A comparison that is not made, with the reason."""
    texts = "、".join(q.text for q in qs)
    finding = Say(f"{name}：{texts}不作比较。{why}", f"{name}: {texts} are not compared. {why.en}")
    return Check(kind, tuple(q.span for q in qs), {}, "refused", "none", finding,
                 Say("口径一致以后才能比", "They can be compared once they count the same"), name)  # fmt: skip


def _looks_back(q: Quantity, text: str) -> bool:
    """Whether a figure among the plans stands in a paragraph that sums up what was done."""
    before = text[text.rfind("\n", 0, q.span[0]) + 1 : q.span[0]]
    done = _REVIEWED.search(before) if q.part != "past" else None
    return bool(done) and not _AIMS.search(before, done.end() if done else 0)


def shelve(quantities: list[Quantity], meta: Meta, text: str = "", term_text: str = "") -> Shelf:
    """Sort the quantities for comparison."""
    by: dict[str, dict[str, list[Quantity]]] = {}
    sound, damaged = [], []
    for q in quantities:
        if q.suspicious:
            damaged.append(q)
            continue
        sound.append(q)
        if q.canonical and q.part in ("past", "term", "year") and not _looks_back(q, text):
            by.setdefault(_PRICE.sub("", q.canonical), {}).setdefault(q.part, []).append(q)
    return Shelf(meta, text, by, tuple(sound), tuple(damaged), term_text)


def sentences(shelf: Shelf) -> Iterator[list[Quantity]]:
    """The sound figures sentence by sentence."""
    group: list[Quantity] = []
    at = -1
    for q in shelf.sound:
        begin = shelf.start(q)
        if group and begin != at:
            yield group
            group = []
        at = begin
        group.append(q)
    if group:
        yield group
