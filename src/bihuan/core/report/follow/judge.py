"""Whether a reported figure reaches a promised one: the comparator as printed, with honest rounding.

The rules, in one place:
- Figures are taken as printed; a reported 8.96 % does not reach 9 %, a reported 9 % does.
- No comparator, 以上, 不低于: at least the goal; where less is better, at most. 超过, 突破: more than the goal, and a
  figure printed with 余, 多 or 超过 is more than itself. 以内, 不超过: at most.
- 左右, 约: half a unit short is still reached for rates (9%左右 by 8.5 %), five in a hundred for amounts.
- A range is reached at its lower end, or at its upper end where less is better.
- 近, 接近 in the answer is less than printed.
- Partly: at least nine tenths of the goal; a ceiling passed by no more than a tenth.
"""

from __future__ import annotations

from bihuan.core.report.follow.shapes import Statement

HALF = 0.5  # points, for 左右 with a rate
SHARE = 0.05  # of the goal, for 左右 with an amount
PART = 0.9
_LESS = (
    "失业率", "能耗", "排放", "价格", "死亡", "贫困", "发生率", "逾期", "浓度", "三公", "消耗", "负担", "赤字", "出生率",
    "自然增长率", "缺口", "事故", "PM2.5",
)  # fmt: skip

_HEIGHTS = frozenset({"level", "rate", "share", "growth_yoy", "growth_avg"})  # not what was done about it


def less_is_better(promise: Statement) -> bool:
    """Whether the goal is a ceiling: by its comparator, or by what it measures; a promised fall is a floor."""
    if promise.comparator == "le":
        return True
    return promise.role in _HEIGHTS and any(w in promise.name for w in _LESS)


def judged(promise: Statement, answer: Statement) -> str:
    """kept, partly or not; both figures in one unit and of one kind. ValueError without a figure."""
    if promise.value is None or answer.value is None:
        raise ValueError("only figures can be judged")
    goal, got = promise.value, signed(promise, answer)
    ceiling = less_is_better(promise)
    if ceiling and promise.upper is not None:
        goal = promise.upper
    tiny = abs(goal) * 1e-9
    gain = (goal - got) if ceiling else (got - goal)
    if promise.comparator == "gt" and not ceiling:
        reached = gain > tiny or gain >= -tiny and answer.comparator in ("gt", "over_approx")
    elif answer.comparator == "near" and not ceiling:
        reached = gain + _slack(promise) > tiny
    else:
        reached = gain + _slack(promise) >= -tiny
    if reached:
        return "kept"
    near = got <= goal * (2 - PART) if ceiling else got >= goal * PART
    return "partly" if near and goal > 0 and got > 0 else "not"


def _slack(promise: Statement) -> float:
    if promise.comparator != "approx" or promise.upper is not None:
        return 0.0
    return HALF if promise.unit in ("%", "百分点") else abs(promise.value or 0.0) * SHARE


def signed(promise: Statement, answer: Statement) -> float:
    """The reported figure in the direction of the promise: a fall answers a promised growth with a minus."""
    value = answer.value or 0.0
    return -value if (promise.role == "decrease") != (answer.role == "decrease") else value
