"""Parts against wholes: shares, rates of what was done, parts that exceed the whole, structures, things told twice."""

from __future__ import annotations

import re
from itertools import pairwise

from bihuan.core.report.canonical import canonical
from bihuan.core.report.compare import english, said_en
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Check, Quantity
from bihuan.core.report.shelf import PERCENT, Shelf, sentences
from bihuan.core.say import Say

_SHARE_OF = re.compile(r"^(.{2,20}?)(?:占|相当于)(.{2,14}?)(?:的)?(?:比重|比例|份额|占比|百分比)?$")
_RATE_OF = re.compile(r"(办结|解决|整改|结案|化解|办复|答复|调解成功|完成|开工|竣工|就业|采纳|立案)率$")
_STRUCTURE = re.compile(
    r"(?:产业结构|产业比例|产业比重|产业增加值比)[^，。；\d]{0,16}(\d+(?:\.\d+)?)[：∶:](\d+(?:\.\d+)?)[：∶:](\d+(?:\.\d+)?)"
)
_ROUND = 0.35  # points that three rounded shares may be off together
_SAME_BASE = Say("分子和分母须同一年、同一口径", "Both must be of one year and one definition")
_AMOUNT = frozenset({"level", "flow", "cumulative", "count"})


def check_ratio(shelf: Shelf, made: tuple[Block, ...]) -> list[Check]:
    """All checks of this family."""
    out = [*_shares(shelf), *_structures(made), *_told_twice(shelf)]
    for group in sentences(shelf):
        out += _done_of(shelf, group) + _parts(shelf, group)
    return out


def _judged(name: str, part: Quantity, whole: Quantity, said: Quantity, slack: float) -> Check:
    real = part.norm_value / whole.norm_value * 100
    off = abs(real - said.norm_value)
    holds = off <= slack
    finding = Say(
        f"{name}：{part.text}是{whole.text}的{real:.1f}%，报告写{said.text}"
        + ("，相符" if holds else "，不符"),
        f"{english(name)}: {said_en(part)} is {real:.1f}% of {said_en(whole)}; the report says {said.text}",
    )
    computed = {
        "part": part.norm_value,
        "whole": whole.norm_value,
        "stated": said.norm_value,
        "computed": round(real, 2),
    }
    grave = "none" if holds else "high" if off > max(5.0, 0.1 * said.norm_value) else "medium"
    return Check("ratio", (part.span, whole.span, said.span), computed, "holds" if holds else "differs", grave, finding,
                 _SAME_BASE, name)  # fmt: skip


def _shares(shelf: Shelf) -> list[Check]:
    """A占B比重 where the report states both A and B for the same year."""
    out = []
    for name, parts in shelf.by.items():
        m = _SHARE_OF.match(name)
        if not m:
            continue
        top, bottom = canonical(m.group(1)), canonical(m.group(2))
        for part, shares in parts.items():
            for s in (
                q for q in shares if q.role in ("share", "rate") and q.norm_unit == "%" and q.norm_value > 0
            ):
                a = _at(shelf, top, part, s)
                b = _at(shelf, bottom, part, s)
                if a and b and a.norm_unit == b.norm_unit and b.norm_value > 0 and not shelf.apart(a, b):
                    out.append(_judged(name, a, b, s, max(1.0, 0.03 * s.norm_value)))
                    break
    return out


def _at(shelf: Shelf, name: str, part: str, share: Quantity) -> Quantity | None:
    """The amount of a name for the period of the share, the one printed nearest to it."""
    same = [
        q for q in shelf.by.get(name, {}).get(part, [])
        if q.role in _AMOUNT and q.norm_unit not in PERCENT and q.period.last == share.period.last and not shelf.sums(q)
    ]  # fmt: skip
    return min(same, key=lambda q: abs(q.span[0] - share.span[0]), default=None)


def _done_of(shelf: Shelf, group: list[Quantity]) -> list[Check]:
    """受理n件，办结m件，办结率r."""
    out = []
    for i, r in enumerate(group):
        m = (
            _RATE_OF.search(r.canonical)
            if r.norm_unit == "%" and r.role in ("rate", "share", "level")
            else None
        )
        if not m or i < 2:
            continue
        whole, done = group[i - 2], group[i - 1]
        near = (
            r.span[0] - whole.span[0] < 60
            and whole.norm_unit == done.norm_unit
            and whole.norm_unit not in PERCENT
        )
        said = m.group(1) in shelf.text[whole.span[1] : done.span[0]]
        if near and said and 0 < done.norm_value <= whole.norm_value * 3 and whole.norm_value > 0:
            out.append(_judged(r.canonical, done, whole, r, max(1.0, 100 / whole.norm_value)))
    return out


_OF_WHICH = re.compile(r"^[^，。；]{0,12}[，；（、]?其中[：，]?[^，。；]{0,24}$")
_BETWEEN = re.compile(r"^[^，。；、]{0,10}[、和及][^，。；、\d]{0,16}$")


def _parts(shelf: Shelf, group: list[Quantity]) -> list[Check]:
    """N个，其中a个、b个: no part is larger than the whole, nor all of them together."""
    out = []
    for i, whole in enumerate(group):
        if (
            whole.norm_unit in PERCENT
            or whole.norm_unit in ("百分点", "番", "倍")
            or whole.role not in _AMOUNT
        ):
            continue
        parts: list[Quantity] = []
        end = whole.span[1]
        for q in group[i + 1 :]:
            gap = shelf.text[end : q.span[0]]
            if not (_OF_WHICH if not parts else _BETWEEN).match(gap) or q.norm_unit != whole.norm_unit:
                break
            parts.append(q)
            end = q.span[1]
        if not parts or whole.norm_value <= 0:
            continue
        largest, total = max(parts, key=lambda q: q.norm_value), sum(q.norm_value for q in parts)
        if total <= whole.norm_value * 1.01 + 0.5 * (whole.norm_value < 50):
            continue
        one = largest.norm_value > whole.norm_value * 1.01
        told = "、".join(q.text for q in parts)
        finding = Say(
            f"{whole.canonical}：总共{whole.text}，其中{told}，"
            + ("一部分大于总数" if one else f"加起来是{total / whole.norm_value * 100:.0f}%"),
            f"{english(whole.canonical)}: {whole.text} in all, of which {told}: "
            + (
                "one part is larger than the whole"
                if one
                else f"together {total / whole.norm_value * 100:.0f}%"
            ),
        )
        out.append(Check("ratio", (whole.span, *(q.span for q in parts)), {"whole": whole.norm_value, "parts": total, "largest": largest.norm_value},
                         "exceeds", "high" if one else "medium", finding, Say("各部分可能互相重叠", "The parts may overlap"), whole.canonical))  # fmt: skip
    return out


def _structures(made: tuple[Block, ...]) -> list[Check]:
    """三次产业结构 a：b：c adds up to a hundred."""
    out = []
    for b in made:
        for m in _STRUCTURE.finditer(b.text) if b.kind == "prose" else ():
            total = sum(map(float, m.groups()))
            if total < 50:
                continue  # a proportion of whole numbers (1：3：6)
            holds = abs(total - 100) <= _ROUND
            finding = Say(f"产业结构{m.group(1)}：{m.group(2)}：{m.group(3)}合计{total:.4g}%" + ("，相符" if holds else "，不是100%"),
                          f"The structure {m.group(1)} : {m.group(2)} : {m.group(3)} adds up to {total:.4g}%")  # fmt: skip
            out.append(Check("ratio", ((b.a + m.start(1), b.a + m.end(3)),), {"sum": round(total, 2)}, "holds" if holds else "differs",
                             "none" if holds else "medium", finding, Say("四舍五入可差零点几", "Rounding may move it by some tenths"), "产业结构"))  # fmt: skip
    return out


def _told_twice(shelf: Shelf) -> list[Check]:
    """Two count-and-area pairs of nearly the same size: perhaps one thing told twice."""
    pairs = [
        (q, r, r.norm_value / q.norm_value)
        for q, r in pairwise(shelf.sound)
        if q.part == "past" and r.norm_unit == "平方米" and q.norm_unit in ("个", "片", "栋", "处")
        and 0 <= r.span[0] - q.span[1] <= 4 and q.norm_value >= 20
    ]  # fmt: skip
    out = []
    for i, (q, r, each) in enumerate(pairs):
        for q2, r2, each2 in pairs[i + 1 :]:
            if abs(q2.norm_value / q.norm_value - 1) < 0.05 and abs(r2.norm_value / r.norm_value - 1) < 0.05:
                finding = Say(f"{q.text}{r.text}与{q2.text}{r2.text}几乎一样(每处{each / 10**4:.2f}万与{each2 / 10**4:.2f}万平方米)，可能是同一批工程",
                              f"{q.text}{r.text} and {q2.text}{r2.text} are almost the same ({each:,.0f} and {each2:,.0f} m² each); perhaps the same works told twice")  # fmt: skip
                out.append(Check("ratio", (q.span, r.span, q2.span, r2.span), {"each_first": round(each, 1), "each_second": round(each2, 1)}, "near_duplicate", "low", finding,
                                 Say("内容可能不同，不能相加", "The works may differ; do not add them up"), ""))  # fmt: skip
    return out
