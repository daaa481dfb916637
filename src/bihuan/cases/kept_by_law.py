"""Whether what people said on a case may go when they ask: not while it runs, not while the law keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bihuan.core.say import Say
from bihuan.lines.retention import keeping

RUNS = Say("还在办，要靠它找到你", "It is still running, and reaches you by it")


class Kept(NamedTuple):
    """Until when the law keeps it (None: for ever), by which provision, and the sentence that says so."""

    until: date | None
    law: str
    why: Say


def kept(line: str, closed: date, today: date) -> Kept | None:
    """What obliges keeping a closed case of a line today; None where nothing does (个人信息保护法§47)."""
    row = keeping(line, today)
    if row.of_main:
        return Kept(
            None, row.law, Say(f"随主办件保管（{row.law}）", f"It is kept with its main case ({row.law})")
        )
    until = row.until(closed)
    if not row.obliges or (until is not None and until < today):
        return None
    if until is None:
        return Kept(None, row.law, Say(f"档案永久保管（{row.law}）", f"It is kept for ever ({row.law})"))
    day = Say(f"{until.year}年{until.month}月{until.day}日", f"{until:%-d %B %Y}")
    return Kept(until, row.law, Say(f"法律要求保存到{day}（{row.law}），期满以后删除", f"The law keeps it until {day.en} ({row.law}); it is deleted after that"))  # fmt: skip


def kept_longest(family: Iterable[tuple[str, date]], today: date) -> Kept | None:
    """What obliges keeping closed cases that hang together, (line, day of closing) each: they go when the last may go."""
    own = [(line, closed) for line, closed in family if not keeping(line, today).of_main]
    found = [one for line, closed in own if (one := kept(line, closed, today)) is not None]
    return max(found, key=lambda one: one.until or date.max, default=None)
