"""Rows of the queue, drawn here and not by a template: it is the page that offices look at all day, thirty rows each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import Head
from bihuan.core.picture.ring import ring
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.formats import moment
from bihuan.core.time.standing import of_row
from bihuan.desk.next_step import owed
from bihuan.desk.wording import place_first

NUMBER = "NUMBER"


def row_drawer(now: int, cal: Calendar, unit: str) -> Callable[[Iterable[Head]], SafeString]:
    """A function that draws rows as list items for `unit` at `now`, in the language of the page."""
    english = (get_language() or "").startswith("en")
    case, why = reverse("desk-case", args=[NUMBER]), reverse("desk-why", args=[NUMBER])
    provisional, without, escalated = _("暂定"), _("不扣停表"), _("已升级到")

    def say(words: Say) -> str:
        return escape(words.en if english else str(words))

    def draw(head: Head) -> str:
        due = None if head.due_at is None else to_instant(head.due_at)
        stand = of_row(
            to_instant(head.opened_at), due, now, cal, stopped=head.stopped, late=head.late, final=head.final
        )
        at, number = case.replace(NUMBER, head.number), head.number
        street = f"<span>{say(head.street_title)}</span>" if head.street else ""
        state = say(head.state_title)
        next_step = owed_of(head)
        holder = f"<span>{say(head.holder_title)}</span>" if head.holder != unit and head.holder_title else ""
        raised = f'<span class="raised">{escalated} {say(head.raised_to)}</span>' if head.raised_to else ""
        until = ""
        if due is not None:
            until = (
                f'<a href="{at}#why" data-fetch="{why.replace(NUMBER, number)}" data-into="why-{head.id}" '
                f'aria-expanded="false">{say(stand.due)}</a>'
            ) + (f"<small>{provisional}</small>" if head.provisional else "")
            if head.plain_due_at is not None and head.plain_due_at != head.due_at:
                until += f'<small class="plain-due">{without} {say(moment(to_instant(head.plain_due_at), now))}</small>'
        return (
            f'<li class="q-row is-{stand.code}">{ring(stand.code, stand.share, 22)}'
            f'<div class="q-what"><a href="{at}">{say(place_first(head))}</a>'
            f'<p>{say(head.line_title)}{street}<span class="bh-num">{number}</span></p></div>'
            f'<div class="q-owed"><b>{say(next_step) if next_step else state}</b><p>{state}{holder}{raised}</p></div>'
            f'<div class="q-due"><b>{say(stand.left)}</b>{until}</div>'
            f'<div class="why-slot" id="why-{head.id}" hidden></div></li>'
        )

    return lambda heads: mark_safe("".join(map(draw, heads)))  # noqa: S308 - every text above is escaped


def owed_of(head: Head) -> Say | None:
    """What the holder owes next; the state may belong to an older text of the line."""
    line = next((text for text in lines.all_lines()[head.line].values() if head.state in text.states), None)
    return owed(line, head.state) if line is not None else None
