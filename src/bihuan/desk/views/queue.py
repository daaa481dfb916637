"""The queue: what is late, what is due next, everything in the order of its due."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases import queries
from bihuan.cases.edge import day_of, to_instant
from bihuan.cases.shapes import Queue
from bihuan.cases.sight import Sight
from bihuan.cases.tally import MODES, Tally, page_and_tally
from bihuan.core.say import Say
from bihuan.core.time.standing import next_due
from bihuan.desk.acting import DeskRequest, at_desk, sees, show
from bihuan.desk.rows import row_drawer
from bihuan.desk.wording import parts_of

BY_NAME = {"collector", "checker"}  # whoever holds these posts works on what they are named for
VIEWS = {
    "mine": Say("本单位手上", "With my unit"),
    "me": Say("点名给我的", "Named to me"),
    "involved": Say("本单位参与", "My unit takes part"),
    "raised": Say("升级到本单位的", "Escalated to my unit"),
    "all": Say("我能看到的", "All I may see"),
}


@at_desk
@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """One page of one view; `after` is the cursor of the page before."""
    first = "me" if set(request.acting.posts) <= BY_NAME else "mine"
    mode = request.GET.get("view", first)
    mode = mode if mode in MODES else first
    after = request.GET.get("after", "")
    seen = sees(request)
    street_choices = streets(seen)
    line, street = (
        known(request.GET.get("line", ""), lines.all_lines()),
        known(request.GET.get("street", ""), street_choices),
    )
    found, numbers = page_and_tally(seen, mode, line, street, after)
    said = finding(numbers, to_instant(request.now))
    kept = {key: value for key, value in (("view", mode), ("line", line), ("street", street)) if value}
    return show(
        request, "queue", "queue", groups=groups_of(request, found, numbers), tally=numbers, finding=said, parts=parts_of(said),
        mode=mode, line=line, street=street, after=after, why=found.why,
        more=f"?{urlencode(kept | {'after': found.next})}" if found.next else "",
        begin=f"?{urlencode(kept)}", views=VIEWS.items(),
        line_choices=[(code, one.title) for code, one in lines.in_force(day_of(request.now)).items()], street_choices=sorted(street_choices.items()),
        mine_count=numbers.mine,
    )  # fmt: skip


def known(text: str, table: Any) -> str:
    """The filter, nothing where there is no such value."""
    return text if text in table else ""


def streets(seen: Sight) -> dict[str, Say]:
    """Codes and names of the streets."""
    return {code: Say(*names) for code, names in seen.titles.places.items() if len(code) == 9}


def groups_of(request: DeskRequest, found: Queue, numbers: Tally) -> list[dict[str, Any]]:
    """Groups with their rows drawn; counts are of the whole queue, not of this page."""
    draw = row_drawer(to_instant(request.now), lines.calendar(), request.acting.unit)
    return [
        {"key": key, "title": title, "total": numbers.groups.get(key, len(heads)), "rows": draw(heads)}
        for key, title, heads in found.groups
    ]


def finding(numbers: Tally, now: int) -> Say:
    """The sentence that answers first: 两件已超时，下一件 14:40 到期."""
    if not numbers.total:
        return Say("没有要办的", "Nothing to do")
    late = numbers.late
    soon = next_due(to_instant(numbers.next_due), now) if numbers.next_due else None
    if late and soon:
        return Say(f"{chinese(late)}件已超时，下一件 {soon} 到期", f"{late} late; the next is due {soon.en}")
    if late:
        return Say(f"{chinese(late)}件已超时", f"{late} late")
    if soon:
        return Say(f"没有超时，下一件 {soon} 到期", f"None late; the next is due {soon.en}")
    return Say("没有超时，也没有要到期的", "None late and none due")


def chinese(n: int) -> str:
    """一 两 三 up to ten, digits above."""
    return "一两三四五六七八九十"[n - 1] if n <= 10 else f"{n} "


@at_desk
@require_safe
def find(request: DeskRequest) -> HttpResponse:
    """The case of a number; else a sentence that says why none is shown."""
    number = request.GET.get("number", "").strip().upper()
    head = queries.search(request.acting.actor, number, request.now) if number else None
    if head is not None:
        return redirect("desk-case", head.number)
    return show(request, "not_found", "", answer=404, find_text=number)
