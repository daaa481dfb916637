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
from bihuan.cases.shapes import Head
from bihuan.cases.tally import MODES, Tally, tally
from bihuan.core.say import Say
from bihuan.core.standing import next_due
from bihuan.desk.acting import DeskRequest, at_desk, show
from bihuan.desk.next_step import owed
from bihuan.desk.wording import parts_of, place_first
from bihuan.places.queries import division_names

BY_NAME = {"collector", "checker", "reviewer"}  # whoever holds these posts works on what they are named for
VIEWS = {
    "mine": Say("本单位手上", "With my unit"),
    "me": Say("点名给我的", "Named to me"),
    "involved": Say("本单位参与", "My unit takes part"),
    "all": Say("我能看到的", "All I may see"),
}


@at_desk
@require_safe
def queue(request: DeskRequest) -> HttpResponse:
    """One page of one view; `after` is the cursor of the page before."""
    first = "me" if set(request.acting.posts) <= BY_NAME else "mine"
    mode = request.GET.get("view", first)
    mode = mode if mode in MODES else first
    line, street = (
        known(request.GET.get("line", ""), lines.all_lines()),
        known(request.GET.get("street", ""), streets()),
    )
    actor, after = request.acting.actor, request.GET.get("after", "")
    found = queries.queue(actor, request.now, after, mode=mode, line=line, street=street)
    numbers = tally(actor, request.now, mode, line, street)
    said = finding(numbers, to_instant(request.now))
    kept = {key: value for key, value in (("view", mode), ("line", line), ("street", street)) if value}
    return show(
        request, "queue", "queue", groups=rows_of(found, numbers), tally=numbers, finding=said, parts=parts_of(said),
        mode=mode, line=line, street=street, after=after, why=found.why,
        more=f"?{urlencode(kept | {'after': found.next})}" if found.next else "",
        begin=f"?{urlencode(kept)}", views=[(key, VIEWS[key], numbers.views[key]) for key in MODES],
        line_choices=[(code, one.title) for code, one in lines.in_force(day_of(request.now)).items()], street_choices=sorted(streets().items()),
        mine_count=numbers.views["mine"],
    )  # fmt: skip


def known(text: str, table: Any) -> str:
    """The filter, nothing where there is no such value."""
    return text if text in table else ""


def streets() -> dict[str, Say]:
    """Codes and names of the streets."""
    return {code: Say(*names) for code, names in division_names().items() if len(code) == 9}


def rows_of(found: Any, numbers: Tally) -> list[dict[str, Any]]:
    """Groups with their rows, each with what is owed; counts are of the whole queue, not of this page."""
    return [
        {
            "key": key,
            "title": title,
            "total": numbers.groups.get(key, len(heads)),
            "rows": [(head, place_first(head), owed_of(head)) for head in heads],
        }
        for key, title, heads in found.groups
    ]


def owed_of(head: Head) -> Say | None:
    line = next((text for text in lines.all_lines()[head.line].values() if head.state in text.states), None)
    return owed(line, head.state) if line is not None else None


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
