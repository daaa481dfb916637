"""The first line of the queue: what is late, and what is due next."""

from __future__ import annotations

from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import Queue
from bihuan.core.say import Say
from bihuan.core.standing import next_due

NUMBERS = "零一两三四五六七八九十"


def tell_finding(found: Queue, now: int) -> tuple[Say, Say]:
    """(the finding, what the list holds); of a list with more pages only what is on this one."""
    late = [head for head in found.rows if head.group == "late"]
    stopped = [head for head in found.rows if head.group == "stopped"]
    coming = [head for head in found.rows if head.group in ("today", "tomorrow", "later")]
    n = len(found.rows)
    if not n:
        return Say("没有要办的", "Nothing to do"), Say("新的件一到就排在这里，按到期先后。", "New cases appear here in the order of their due.")
    many = bool(found.next) and not coming
    finding = _late(len(late), many)
    if coming and coming[0].due_at is not None:
        when = next_due(to_instant(coming[0].due_at), now)
        following = Say(f"下一件 {when} 到期", f"the next is due {when.en}")
        finding = Say(f"{finding}，{following}", f"{finding.en}, {following.en}")
    less = Say(f"，另有 {len(stopped)} 件停表", f", {len(stopped)} of them stopped") if stopped else Say("", "")
    page = Say("这一页", "On this page") if found.next else Say("一共", "In all")
    rows = n - len(stopped)
    return finding, Say(
        f"{page} {rows} 件{less}。按到期先后排，不能改顺序。", f"{page.en} {n}{less.en}. In the order of their due; it cannot be changed."
    )


def _late(n: int, many: bool) -> Say:
    if not n:
        return Say("没有超时的", "Nothing is late")
    if many:
        return Say(f"至少 {n} 件已超时", f"At least {n} are late")
    words = f"{NUMBERS[n]}件" if n <= 10 else f"{n} 件"
    return Say(f"{words}已超时", f"{n} {'is' if n == 1 else 'are'} late")
