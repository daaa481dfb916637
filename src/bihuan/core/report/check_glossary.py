"""The parts a glossary lists against the number its term promises; only where the entry is a plain list."""

from __future__ import annotations

import re
from itertools import product

from bihuan.core.report.glossary import core
from bihuan.core.report.shapes import Check, Term
from bihuan.core.say import Say

_CN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "双": 2}
_DIGIT = "[一二三四五六七八九十两双]"
# “两圈两区一中心”, “三中心一体系”, “四局四处”: figure and thing by turns
_TURNS = re.compile(rf"(?:{_DIGIT}(?:大|个|项|条|类|级|座)?[^\d、，“”一二三四五六七八九十两双]{{1,6}})+")
_NOT_A_COUNT = re.compile(
    r"十字|字|一体化|统一|第[一二三]|一站式|一窗|一卡通|唯一|专一|双百|双十|[二三四]次|百|千|万|多|亿|一批|一平方|并举|驱动|联动"
)
_ONE_EACH = re.compile(rf"^({_DIGIT})个一$")
_TOGETHER = re.compile(rf"^({_DIGIT})(?:位一体|[\u4e00-\u9fff]合一|[\u4e00-\u9fff]融合)")
_LEAD = re.compile(
    r"^(?:[*\s]*)(?:是指|指的是|即指|就是|即|指|包括|包含|分别是|分别为|主要包括|主要是)+[：:]?"
)
_TAIL = re.compile(rf"(?:等)?(?:{_DIGIT}|\d+)(?:大|个|项|条|类|种)[^、，。；]{{0,14}}$")
_PROSE = re.compile(
    r"通过|为了|根据|按照|其中|以.{1,20}为|由.{1,12}(?:组成|构成)|是我|指我|是对|旨在|目的|采取|根据|对.{2,20}(?:进行|开展)|在.{2,20}(?:基础上|方面|领域)"
)
_GROUP = re.compile(
    rf"“((?:{_DIGIT}|\d{{1,2}})[^“”，。；]{{0,8}})”[^“”、，。；：]{{0,4}}?(?:是指|分别指|分别是|分别为|指的是|包括|指|即|是|：)([^“”。；]{{4,}})"
)
_NUMBERED = re.compile(r"[一二三四五六七八九十]是|[①-⑳]|（[一二三四五六七八九十\d]）")


def check_glossary(terms: list[Term]) -> list[Check]:
    """One check a term whose name promises a number of parts and whose entry lets one count them."""
    return [c for t in terms if (c := _term(t)) is not None]


def promised(heart: str) -> int | None:
    """How many parts a name promises, where it can only be read one way: “4411” ten, “三个全覆盖” three, “五个一” five."""
    if re.fullmatch(r"\d{3,4}", heart):
        return sum(map(int, heart))
    if re.fullmatch(r"\d{1,2}(?:\+\d{1,2})+", heart):
        return sum(map(int, heart.split("+")))
    if m := _ONE_EACH.match(heart) or _TOGETHER.match(heart):
        return _CN[m.group(1)]
    plain = re.sub(r"[、，\s“”]", "", heart)
    if _NOT_A_COUNT.search(plain) or not _TURNS.fullmatch(plain):
        return None
    return sum(_CN[c] for c in re.findall(_DIGIT, plain))


def listings(definition: str) -> set[int]:
    """Every number of parts that a plain list can be counted to; empty where the text is no plain list."""
    first = re.split(r"。", definition.strip("* "))[0]
    if len(_NUMBERED.findall(definition)) >= 2:
        return {len(_NUMBERED.findall(definition))}
    body = _LEAD.sub("", first)
    body = re.sub(r"^“[^“”]{2,30}”[^，：、]{0,10}[，：]", "", body)  # the name again before the list
    body = re.sub(r"“[^“”]*”[^，。、]{0,8}$", "", body) if body.count("“") == 1 else body
    if _PROSE.search(body) or not body:
        return set()
    body = re.sub(r"（[^（）]*）", "", _TAIL.sub("", body))
    ways: set[int] = set()
    for marks, last in product(("，；", "、", "，、；"), (False, True)):
        items = [i for i in re.split(f"[{marks}]", body) if len(i.strip()) >= 2]
        if not items or max(map(len, items)) > 24:
            continue
        more = sum(len(re.findall(r"(?<=..)(?:以及|和|及|与|暨)(?=..)", i)) for i in items) if last else 0
        ways.update(range(len(items), len(items) + more + 1))
    return {w for w in ways if w >= 2} if max(ways, default=0) >= 2 else set()


def _term(t: Term) -> Check | None:
    want = promised(core(t.term))
    if want is None or not 2 <= want <= 30:
        return None
    listed = listings(t.definition)
    groups = _groups(t.definition)
    if groups:
        bad = [(n, ways) for n, ways in groups if ways and n not in ways]
        if not bad and any(not ways for _, ways in groups):
            return None
        have = want if not bad else want - sum(n - min(ways, key=lambda w: abs(w - n)) for n, ways in bad)
    elif want in listed or len(t.parts) == want:
        have = want
    elif listed:
        have = min(listed, key=lambda w: (abs(w - want), -w))
        if abs(have - want) > max(2, want // 3):
            return None  # counted on another plane, not one too few
    else:
        return None
    same = have == want
    finding = Say(
        f"{t.term}：名称说有{want}项，解释列了{have}项" + ("，相符" if same else "，不符"),
        f"{t.term}: its name promises {want} parts, the explanation lists {have}",
    )
    return Check("glossary_parts", (t.span,), {"promised": float(want), "listed": float(have)},
                 "holds" if same else "differs", "none" if same else "medium", finding,
                 Say("解释可能把几项合写", "The explanation may put several parts in one phrase"), t.term)  # fmt: skip


def _groups(definition: str) -> list[tuple[int, set[int]]]:
    """(promised, ways to count) of every quoted group that the entry explains by itself: “四站”指A、B、C、D."""
    out = []
    for name, body in _GROUP.findall(definition):
        n = int(name) if name.isdigit() else promised(re.sub(rf"^({_DIGIT}).*", r"\1项", name))
        if n and n > 1:
            out.append((n, listings(body)))
    return out if len(out) >= 1 and "”" in definition else []
