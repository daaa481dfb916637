"""Kinds of administrative penalty and what is reckoned about them, in whole fen.

行政处罚法 (2021) §9, §63, §72.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bihuan.core.say import Say

FINE = "fine"
WARNING = "warning"
CRITICISM = "criticism"
KINDS = {
    WARNING: Say("警告", "warning"),
    CRITICISM: Say("通报批评", "public criticism"),
    FINE: Say("罚款", "fine"),
    "gains": Say("没收违法所得", "forfeiture of gains"),
    "goods": Say("没收非法财物", "forfeiture of goods"),
    "suspend": Say("暂扣许可证件", "suspension of a licence"),
    "downgrade": Say("降低资质等级", "lower grade of qualification"),
    "withdraw": Say("吊销许可证件", "withdrawal of a licence"),
    "restrict": Say("限制开展生产经营活动", "restriction of business"),
    "shutdown": Say("责令停产停业", "order to stop business"),
    "close": Say("责令关闭", "order to close"),
    "bar": Say("限制从业", "ban from the trade"),
}
"""The kinds of §9; detention is the police's alone (§18) and not here."""
HEARD = frozenset({"downgrade", "withdraw", "shutdown", "close", "bar"})
"""Kinds that give a hearing whatever the amount (§63(三)(四))."""


def fen(value: Any) -> int:
    """Yuan as a form takes them ("5000", "12.50") in whole fen; nothing is 0."""
    whole, _, part = str(value or "0").partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def yuan(amount: int) -> Say:
    """Fen as offices write them: 5,000 元."""
    text = f"{amount // 100:,}" + (f".{amount % 100:02d}" if amount % 100 else "")
    return Say(f"{text} 元", f"{text} yuan")


def kinds_title(kinds: Collection[str]) -> Say:
    """The kinds in words; an unknown one raises KeyError."""
    found = [KINDS[one] for one in kinds]
    return Say("、".join(found), ", ".join(one.en for one in found))


def fine_range(row: Mapping[str, str], value: int) -> tuple[int, int]:
    """(least, most) fine in fen that a row of matters.csv gives; by the `value` of the goods from `times_from` on."""
    if row["times_from"] and value >= int(row["times_from"]) * 100:
        return value * int(row["times_min"]), value * int(row["times_max"])
    return int(row["fine_min"] or 0) * 100, int(row["fine_max"] or 0) * 100


def surcharge(fine: int, days: int, per_cent: int) -> int:
    """What may be added to a fine that is so many days late: never more than the fine itself (§72(一))."""
    return min(fine, fine * max(days, 0) * per_cent // 100)
