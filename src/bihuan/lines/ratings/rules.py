"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

import re

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

BAD = ("1", "2")
NUMBERS = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx]|\d{15,19})(?!\d)"
)  # telephones, identity and bank numbers


def not_bad(f: Facts) -> Say | None:
    """Only the last two of the five levels are bad."""
    if str(f.data.get("level")) in BAD:
        return None
    return Say("只有不满意、非常不满意才要整改", "Only bad and very bad ratings are put right")


def named(f: Facts) -> Say | None:
    """Every named bad rating is called back."""
    if f.case.matter == "anonymous":
        return None
    return Say("实名的差评都要回访", "Every named bad rating is called back")


def tried_too_little(f: Facts) -> Say | None:
    """Not reached is written only after several calls."""
    most, tried = f.params["tries"], len(f.case.times.get("call_tried", ()))
    if tried >= most:
        return None
    return Say(
        f"打过 {most} 次没有接通才能写联系不上，现在记了 {tried} 次",
        f"Not reached is written after {most} calls; {tried} are on record",
    )


def took_part(f: Facts) -> Say | None:
    """A matter is verified by somebody who did not handle it."""
    reason: Say | None = f.ask["took_part"](f.actor.id)
    return reason


def personal_left(f: Facts) -> Say | None:
    """Telephone, identity and bank numbers are never published with somebody's words."""
    text = f"{f.data.get('shown', '')} {f.data.get('shown_answer', '')}"
    if NUMBERS.search(text) is None:
        return None
    return Say(
        "要公开的话里还有电话、证件或者银行卡号码，请先删去",
        "A telephone, identity or bank number is left in what would be published",
    )
