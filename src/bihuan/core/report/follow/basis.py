"""The basis of a figure, read from its sentence, and the refusal to compare across bases."""

from __future__ import annotations

import re

from bihuan.core.report.follow.shapes import Basis
from bihuan.core.say import Say

_CONSTANT = re.compile(r"不变价|扣除价格因素|剔除价格因素|实际增长")
_COMPARABLE = re.compile(r"可比口径|可比价|同口径|按可比|可比增长|剔除[^，。]{0,12}因素")
_CURRENT = re.compile(r"现价|名义增长|当年价")
# scope words in the name of an indicator; a strict one counts other things than the bare name does
_SCOPE = re.compile(
    r"规模以上|规上|限额以上|限上|500万元(?:以上|口径)|50万元以上|全社会|全口径|市本级|区本级|本级|市级|区级|省级|地方|不含[^，。]{1,8}|常住|纯收入|可支配收入"
)
_STRICT = frozenset({"规模以上", "限额以上", "本级", "全口径", "纯收入", "可支配收入", "不含"})
_SAME = {
    "规上": "规模以上",
    "限上": "限额以上",
    "市本级": "本级",
    "区本级": "本级",
    "500万元以上": "500万元",
    "500万元口径": "500万元",
}
_AREA = re.compile(
    r"(?:中心城区|主城区|市区|城区|市辖区|老城区|新城区|北部湾经济区|自贸区|开发区|高新区)(?!域)"
)
# things counted differently under names that are easily taken for one another
_KIN: tuple[frozenset[str], ...] = (
    frozenset({"财政总收入", "一般公共预算收入"}), frozenset({"城镇登记失业率", "城镇调查失业率"}),
    frozenset({"进出口总额", "出口总额"}), frozenset({"地区生产总值", "人均地区生产总值"}),
    frozenset({"城镇居民人均可支配收入", "人均可支配收入"}), frozenset({"规模以上工业增加值", "工业增加值", "规模以上工业总产值", "工业总产值"}),
)  # fmt: skip


def basis(printed: str, around: str, year: int, status: str) -> Basis:
    """The basis of a figure: `printed` its indicator, `around` the words of its clause, `year` of the report."""
    words = []
    for m in _SCOPE.finditer(printed):
        word = "不含" if m.group().startswith("不含") else _SAME.get(m.group(), m.group())
        if word not in words:
            words.append(word)
    price = (
        "constant" if _CONSTANT.search(around) else "comparable" if _COMPARABLE.search(around)
        else "current" if _CURRENT.search(around) else ""
    )  # fmt: skip
    area = _AREA.search(printed) or re.search(rf"^{_AREA.pattern}", around)
    return Basis("、".join(words), price, area.group() if area else "", year, status != "expected")


def strip_scope(name: str) -> str:
    """The indicator without the words of scope and area, for finding the same thing on another basis."""
    bare = _AREA.sub("", _SCOPE.sub(lambda m: "收入" if m.group().endswith("收入") else "", name))
    return bare if len(bare) >= 2 else name


def kin(one: str, other: str) -> bool:
    """Whether two indicators are different countings of one matter."""
    return one != other and any(one in group and other in group for group in _KIN)


def refusal(promised: Basis, reported: Basis) -> tuple[str, Say] | None:
    """(verdict, reason) where two figures must not be compared; None where they may.

    A changed scope is `base_changed`; another area or price basis is `incomparable`. A basis that only one side
    states is no refusal unless the word is strict (规模以上, 纯收入 …).
    """
    a, b = _scopes(promised), _scopes(reported)
    if a != b and ((a ^ b) & _STRICT or (a and b and not a & b)):
        return "base_changed", Say(
            f"口径不同：承诺的是“{promised.scope or '未注明'}”，报的是“{reported.scope or '未注明'}”",
            f"Different scope: promised for “{promised.scope or 'not stated'}”, reported for “{reported.scope or 'not stated'}”",
        )
    if promised.area != reported.area:
        return "incomparable", Say(
            f"范围不同：承诺的是{promised.area or '全域'}，报的是{reported.area or '全域'}",
            f"Different area: promised for {promised.area or 'the whole place'}, reported for {reported.area or 'the whole place'}",
        )
    if (
        "current" in (promised.price, reported.price)
        and promised.price != reported.price
        and promised.price
        and reported.price
    ):
        return "incomparable", Say(
            "价格基础不同：一个按现价，一个按可比价或不变价",
            "Different price basis: one at current, one at constant prices",
        )
    return None


def _scopes(basis_: Basis) -> frozenset[str]:
    return frozenset(w for w in basis_.scope.split("、") if w)


def caveat(promised: Basis, reported: Basis) -> Say | None:
    """What an honest reader adds to a comparison that is allowed."""
    if not reported.settled:
        return Say("所报为预计数", "the reported figure is an estimate")
    if promised.price != reported.price:
        return Say(
            "只有一方写明了价格基础" if not (promised.price and reported.price) else "一方按可比口径，一方按不变价",
            "only one side states its price basis" if not (promised.price and reported.price) else "one on a comparable basis, one at constant prices",
        )  # fmt: skip
    if promised.scope != reported.scope:
        return Say("只有一方写明了口径", "only one side states its scope")
    return None
