"""Checks of statements: coverage already claimed, status already announced, parts of a term, damaged sizes, ratios."""

from __future__ import annotations

import re
from itertools import pairwise

from bihuan.core.report.compare import Shelf
from bihuan.core.report.glossary import promised_parts
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Check, Quantity, Suspect, Target, Term
from bihuan.core.say import Say

_CLAIM = re.compile(r"(?:建立|建成|实现|全面推行|推行)了?([^，。；：、]{5,30})")
_AGAIN = re.compile(r"(?:建立|建成|全面推行|推行|实现)([^，。；：、]{5,30})")
_WORDS = re.compile(r"^(?:了|区政府|市政府|全区|全市)")


def check_text(
    made: tuple[Block, ...],
    text: str,
    shelf: Shelf,
    quantities: list[Quantity],
    targets: list[Target],
    terms: list[Term],
    suspects: list[Suspect],
) -> list[Check]:
    """All checks of this family."""
    return [
        *_coverage(made, targets), *_repeats(made), *_deadlines(targets), *_parts(terms),
        *_sizes(suspects), *_ratios(text, quantities),
    ]  # fmt: skip


def _part_text(made: tuple[Block, ...], *parts: str) -> list[Block]:
    return [b for b in made if b.part in parts and b.kind == "prose"]


def _key(name: str) -> str:
    m = re.search(r"“([^“”]{3,})”", name)
    return m.group(1) if m else re.sub(r"(?:创建|建设|制度机制|机制|体系)$", "", name)[:8]


def _coverage(made: tuple[Block, ...], targets: list[Target]) -> list[Check]:
    out = []
    for t in targets:
        if t.kind != "coverage" or t.norm_value is not None:
            continue
        key = _key(t.indicator)
        if len(key) < 3:
            continue
        claim = None
        for b in _part_text(made, "past"):
            i = b.text.find(key)
            if i < 0:
                continue
            begin = max(b.text.rfind(c, 0, i) for c in "，。；") + 1
            end = min([e for c in "，。；" if (e := b.text.find(c, i)) >= 0] or [len(b.text)])
            clause = b.text[begin:end]
            if re.search(r"全面推行|全覆盖|各街道|均已|全部|所有", clause):
                claim = (b.a + begin, b.a + end)
                break
        if claim:
            finding = Say(f"“{key}”：回顾里说已经全面推行，目标又写全覆盖；两者差在哪里没有说明",
                          f"“{key}”: the review says it is everywhere already, the goal promises full coverage; what is still missing is not stated")  # fmt: skip
            out.append(Check("coverage_baseline", (claim, t.span), {}, "already_claimed", "medium", finding,
                             Say("推行不等于建成，须问清现有覆盖数", "Introduced is not completed; ask for the number covered now"), t.canonical))  # fmt: skip
        else:
            finding = Say(
                f"{t.indicator}：目标是全覆盖，报告没有给出现在覆盖了多少",
                f"{t.indicator}: full coverage is promised, the present coverage is not stated",
            )
            out.append(Check("coverage_baseline", (t.span,), {}, "no_baseline", "low", finding,
                             Say("没有基数就无法评判进度", "Without a baseline progress cannot be judged"), t.canonical))  # fmt: skip
    return out


def _repeats(made: tuple[Block, ...]) -> list[Check]:
    claims: list[tuple[str, tuple[int, int]]] = []
    for b in _part_text(made, "past"):
        for m in _CLAIM.finditer(b.text):
            claims.append((_WORDS.sub("", m.group(1)), (b.a + m.start(), b.a + m.end())))
    out = []
    for b in _part_text(made, "term", "year"):
        for m in _AGAIN.finditer(b.text):
            again = _WORDS.sub("", m.group(1))
            for thing, span in claims:
                same = _common(thing, again)
                if len(same) >= 6 and same[-2:] in (
                    "制度",
                    "机制",
                    "体系",
                    "平台",
                    "中心",
                    "覆盖",
                    "模式",
                    "监管",
                ):
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


def _deadlines(targets: list[Target]) -> list[Check]:
    out = []
    seen: dict[tuple[str, str], Target] = {}
    for t in targets:
        if (
            t.norm_value is None
            or t.kind not in ("level_by_year", "cumulative")
            or t.horizon != "5y"
            or t.suspicious
            or len(t.canonical) < 4
        ):
            continue
        key = (t.canonical, t.norm_unit)
        o = seen.setdefault(key, t)
        if o is not t and o.norm_value == t.norm_value and o.by != t.by and o.by and t.by:
            finding = Say(
                f"{t.canonical}：同一个目标有两个期限，{o.by}年和{t.by}年",
                f"{t.canonical}: one goal with two dates, {o.by} and {t.by}",
            )
            out.append(Check("deadline_conflict", (o.span, t.span), {"first": float(o.by), "second": float(t.by)}, "conflict", "medium", finding,
                             Say("可能分属不同规划", "They may belong to different plans"), t.canonical))  # fmt: skip
    return out


def _parts(terms: list[Term]) -> list[Check]:
    out = []
    for t in terms:
        want = promised_parts(t.term)
        if want is None or not t.parts or not 2 <= want <= 30:
            continue
        same = len(t.parts) == want
        finding = Say(
            f"{t.term}：名称说有{want}项，解释列了{len(t.parts)}项" + ("，相符" if same else "，不符"),
            f"{t.term}: its name promises {want} parts, the explanation lists {len(t.parts)}",
        )
        out.append(Check("glossary_parts", (t.span,), {"promised": float(want), "listed": float(len(t.parts))},
                         "holds" if same else "differs", "none" if same else "low", finding,
                         Say("解释可能把几项合写", "The explanation may put several parts in one phrase"), t.term))  # fmt: skip
    return out


def _sizes(suspects: list[Suspect]) -> list[Check]:
    out = []
    for s in suspects:
        m = re.match(r"(\d+)万平方米", s.text)
        if s.kind not in ("fused_numbers", "implausible_magnitude") or not m:
            continue
        km2 = int(m.group(1)) / 100
        finding = Say(f"{s.text}即{km2:g}平方公里，不采用；最像的原文是{s.suggestions[0]}" if s.suggestions else f"{s.text}即{km2:g}平方公里，不采用",
                      f"{s.text} is {km2:g} km²; not used" + (f"; most likely {s.suggestions[0]}" if s.suggestions else ""))  # fmt: skip
        out.append(Check("implausible_magnitude", (s.span,), {"square_kilometres": km2}, "refused", "high", finding,
                         Say("须以原件为准", "The original document decides"), ""))  # fmt: skip
    return out


def _ratios(text: str, quantities: list[Quantity]) -> list[Check]:
    """Two count-and-area pairs of nearly the same size: perhaps one thing told twice."""
    pairs = []
    for q, r in pairwise(quantities):
        gap = r.span[0] - q.span[1]
        if (
            q.part == "past"
            and r.norm_unit == "平方米"
            and q.norm_unit in ("个", "片", "栋", "处")
            and 0 <= gap <= 4
            and not (q.suspicious or r.suspicious)
        ):
            if q.norm_value >= 20:
                pairs.append((q, r, r.norm_value / q.norm_value))
    out = []
    for i, (q, r, each) in enumerate(pairs):
        for q2, r2, each2 in pairs[i + 1 :]:
            near = (
                abs(q2.norm_value / q.norm_value - 1) < 0.05 and abs(r2.norm_value / r.norm_value - 1) < 0.05
            )
            if near:
                finding = Say(f"{q.text}{r.text}与{q2.text}{r2.text}几乎一样(每处{each / 10**4:.2f}万与{each2 / 10**4:.2f}万平方米)，可能是同一批工程",
                              f"{q.text}{r.text} and {q2.text}{r2.text} are almost the same ({each:,.0f} and {each2:,.0f} m² each); perhaps the same works told twice")  # fmt: skip
                out.append(Check("ratio", (q.span, r.span, q2.span, r2.span), {"each_first": round(each, 1), "each_second": round(each2, 1)}, "near_duplicate", "low", finding,
                                 Say("内容可能不同，不能相加", "The works may differ; do not add them up"), ""))  # fmt: skip
    return out
