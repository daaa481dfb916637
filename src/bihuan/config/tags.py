"""What templates can say without loading anything: language, moments and spans, signs, clocks, bars, timelines, maps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import ClockView, Head
from bihuan.core.mask import mask_name, mask_phone
from bihuan.core.picture.icon import icon as draw_icon
from bihuan.core.picture.ring import ring as draw_ring
from bihuan.core.picture.svg import percent, tag, words
from bihuan.core.say import Say
from bihuan.core.time import formats, standing
from bihuan.core.time.clock import DAY_UNITS, BadLimit, read_limit
from bihuan.core.time.instant import text as instant_text
from bihuan.core.time.ledger import Row
from bihuan.core.time.ledger import limit_words as ledger_words
from bihuan.core.time.standing import Standing
from bihuan.desk.counter import takes_in as takes_in_for
from bihuan.items.queries import keeps
from bihuan.leads.queries import may_see

register = template.Library()
Moment = datetime | int
# From the first to the last Chinese character of a passage, with the signs and digits that are written on to it.
CHINESE = re.compile(r"[^\x00-\x7f]*[\u3400-\u9fff](?:[^\x00-\x7f]|\d)*")


def english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def say(value: Any) -> str:
    """A Say in the language of the page; anything else as it is."""
    if value is None:
        return ""
    return value.en if isinstance(value, Say) and english() else str(value)


@register.filter
def with_chinese(value: Any) -> str:
    """In English a name keeps its Chinese in brackets at first mention."""
    if isinstance(value, Say) and english() and value.en != str(value):
        return f"{value.en} ({value!s})"
    return str(value)


@register.filter
def marked(value: Any) -> SafeString:
    """On an English page each passage in Chinese says that it is, so that it is read aloud as Chinese."""
    text = str(conditional_escape(say(value)))
    if english():
        text = CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', text)
    return mark_safe(text)  # noqa: S308 - escaped above


def now_of(context: Mapping[str, Any]) -> int:
    return to_instant(context["request"].now)


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], value: Moment | None) -> str:
    """今天 16:02 inside <time>."""
    if value is None:
        return ""
    t = to_instant(value)
    words = say(formats.moment(t, now_of(context)))
    return timed(t, words)


@register.simple_tag(takes_context=True)
def hour(context: Mapping[str, Any], value: Moment) -> str:
    """16:02 today, with the date on other days: the left column of a timeline."""
    t, now = to_instant(value), now_of(context)
    if t // 86400 == now // 86400:
        return timed(t, formats.clock(t))
    return timed(t, say(formats.date(t // 86400, now // 86400)), formats.clock(t))


def timed(t: int, words: str, second: str = "") -> SafeString:
    stamp = f"{formats_stamp(t)}+08:00"
    more = f"<span>{second}</span>" if second else ""
    return mark_safe(f'<time datetime="{stamp}">{words}{more}</time>')  # noqa: S308 - digits and words of formats


def formats_stamp(t: int) -> str:
    return instant_text(t).replace(" ", "T")


@register.simple_tag(takes_context=True)
def today_words(context: Mapping[str, Any]) -> str:
    day = now_of(context) // 86400
    return say(formats.long_date(day, day))


@register.simple_tag(takes_context=True)
def now_words(context: Mapping[str, Any]) -> str:
    return timed(now_of(context), formats.clock(now_of(context)))


@register.simple_tag(takes_context=True)
def takes_in(context: Mapping[str, Any]) -> bool:
    """Whether one takes in new cases where one sits; on every desk page, so it asks no table."""
    acting = context.get("acting")
    return acting is not None and takes_in_for(acting.unit, acting.posts, now_of(context) // 86400)


@register.simple_tag(takes_context=True)
def settles_leads(context: Mapping[str, Any]) -> bool:
    """Whether one sits for the office that settles leads."""
    acting = context.get("acting")
    return acting is not None and may_see(acting.unit, acting.posts, now_of(context))


@register.simple_tag(takes_context=True)
def keeps_items(context: Mapping[str, Any]) -> bool:
    """Whether the person records the catalogue of services."""
    acting = context.get("acting")
    return acting is not None and keeps(acting.unit, acting.posts)


@register.simple_tag(takes_context=True)
def at_work(context: Mapping[str, Any]) -> bool:
    """Whether office hours run now."""
    now = now_of(context)
    return any(a <= now % 86400 <= b for a, b in lines.calendar().sessions(now // 86400))


@register.filter
def span(seconds: int) -> str:
    return say(formats.span(int(seconds)))


@register.filter
def count(n: int) -> str:
    return say(formats.count(int(n)))


@register.filter
def fingerprint(digest: str) -> str:
    return formats.fingerprint(digest)


@register.filter
def masked_name(text: str) -> str:
    return mask_name(text)


@register.filter
def masked_phone(text: str) -> str:
    return mask_phone(text)


@register.filter
def get(table: Mapping[Any, Any], key: Any) -> Any:
    """table[key], nothing where it is not there."""
    return table.get(key, "") if table else ""


@register.simple_tag
def ring(code: str, share: float = 1.0, size: int = 20) -> str:
    """The sign of a standing; write its word beside it."""
    return mark_safe(draw_ring(code, share, size))  # noqa: S308 - drawn here from numbers


@register.inclusion_tag("parts/chip.html")
def chip(code: str, word: str, share: float = 1.0) -> dict[str, Any]:
    return {"code": code, "word": say(word), "share": share}


@register.simple_tag(takes_context=True)
def standing_of(context: Mapping[str, Any], head: Head) -> Standing:
    """Where a row of a list stands now."""
    return standing.of_row(
        to_instant(head.opened_at), None if head.due_at is None else to_instant(head.due_at), now_of(context),
        lines.calendar(), stopped=head.stopped, late=head.late, final=head.final,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def clock_standing(context: Mapping[str, Any], clock: ClockView) -> Standing:
    """Where one clock stands now."""
    return standing.of_clock(clock.run, clock.due, now_of(context), lines.calendar())


@register.inclusion_tag("parts/clocks.html", takes_context=True)
def clock_pair(context: Mapping[str, Any], clock: ClockView) -> dict[str, Any]:
    """The clock with stops taken out beside the same without: 剩 1 小时 36 分 · 全程剩 36 分."""
    now, cal = now_of(context), lines.calendar()
    return {
        "clock": clock,
        "with_stops": standing.of_clock(clock.run, clock.due, now, cal),
        "without": standing.of_clock(clock.run, clock.due, now, cal, plain=True),
        "request": context["request"],
    }


@register.inclusion_tag("parts/why.html", takes_context=True)
def why_ledger(
    context: Mapping[str, Any], clock: ClockView, reasons: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """*时间是这样算的*: the ledger of one clock, row by row to the sum and the due."""
    unit, now = clock.run.limit.unit, now_of(context)
    total = clock.run.limit.n + clock.run.extension
    rows = [_ledger_row(row, unit, total, now, reasons or {}) for row in clock.ledger]
    return {"clock": clock, "rows": rows, "request": context["request"], "unit": _unit_word(unit)}


def _unit_word(unit: str) -> str:
    return {
        "working days": _("单位：工作日"),
        "days": _("单位：自然日"),
        "months": _("单位：自然日"),
        "working seconds": _("单位：工作时间，时:分"),
        "seconds": _("单位：连续时间，时:分"),
    }[unit]


def _ledger_row(row: Row, unit: str, total: int, now: int, reasons: Mapping[int, str]) -> dict[str, Any]:
    def figure(n: int) -> str:
        return str(n) if unit in DAY_UNITS else formats.short_span(n)

    shown = {
        "kind": row.kind,
        "label": say(row.label),
        "reason": reasons.get(row.stop, "") if row.stop else "",
    }
    if row.kind == "due":
        when, plain = say(formats.moment(row.a, now)), say(formats.moment(row.b, now))
        return shown | {"when": "", "counted": when, "gross": plain}
    if row.kind == "sum":
        limit = "" if unit == "months" else f" / {figure(total)}"
        return shown | {"label": _("已用 / 时限") if limit else say(row.label), "when": "",
                        "counted": figure(row.counted) + limit, "gross": figure(row.gross) + limit}  # fmt: skip
    when = say(formats.moment(row.a, now) if row.a == row.b else formats.period(row.a, row.b, now))
    if row.kind == "off":
        return shown | {"when": when, "counted": _("不计"), "gross": _("不计")}
    if row.kind == "stop":
        return shown | {"when": when, "counted": _("不计"), "gross": figure(row.gross)}
    return shown | {"when": when, "counted": figure(row.counted), "gross": figure(row.gross)}


@register.inclusion_tag("parts/refused.html")
def refused_list(choices: Sequence[Any]) -> dict[str, Any]:
    """现在不能做: the action, its reasons, the way out."""
    return {"choices": choices}


@register.inclusion_tag("parts/errors.html")
def error_summary(faults: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """还差 N 处: each fault a link to its field; nothing where there is none."""
    found = [(name, say(text)) for name, text in faults]
    return {"faults": found, "one": len(found) == 1}


@register.simple_tag
def faults_of(faults: Iterable[tuple[str, Any]], name: str) -> list[str]:
    """The sentences for one field."""
    return [say(text) for key, text in faults or () if key == name]


LOOP = {
    "report": Say("上报", "Report"),
    "accept": Say("受理", "Accept"),
    "assign": Say("派遣", "Assign"),
    "act": Say("处置", "Act"),
    "verify": Say("核查", "Verify"),
    "close": Say("结案", "Close"),
    "score": Say("评分", "Score"),
    "publish": Say("公开", "Publish"),
}


@register.inclusion_tag("parts/loop.html")
def loop_steps(current: int) -> dict[str, Any]:
    """The eight dots; `current` counts from 0, those before are done."""
    steps = [
        (say(word), "did" if i < current else "cur" if i == current else "")
        for i, word in enumerate(LOOP.values())
    ]
    return {"steps": steps}


@register.simple_tag
def distance(metres: float) -> str:
    return say(formats.distance(metres))


@register.filter
def limit_words(text: str) -> str:
    """A limit of a catalogue in words: 4 working hours is 4 个工作小时."""
    if not text:
        return ""
    try:
        return say(ledger_words(read_limit(text)))
    except BadLimit:
        return text


@register.simple_tag
def matter_name(row: Any) -> str:
    return row.name_en if english() else row.name


@register.simple_tag
def share_bar(good: int, bad: int) -> str:
    """Two parts of a whole with their numbers, as wide as the page."""
    whole = (good + bad) or 1
    a = min(max(100 * good / whole, 4 if good else 0), 96 if bad else 100)
    says = say(Say(f"按时 {good}，超时 {bad}", f"on time {good}, late {bad}"))
    body = []
    if good:
        body.append(tag("rect", klass="bar-done", width=percent(a), height=44, rx=4))
        body.append(
            words(
                say(Say(f"按时 {formats.count(good)}", f"on time {formats.count(good).en}")),
                klass="bar-word",
                x=14,
                y=28,
            )
        )
    if bad:
        body.append(
            tag(
                "rect",
                klass="bar-late",
                x=percent(a),
                width=percent(100 - a),
                height=44,
                rx=4,
                stroke="#F3F6F6",
                stroke_width=3,
            )
        )
        if 100 - a >= 8:
            body.append(
                words(
                    say(Say(f"超时 {formats.count(bad)}", f"late {formats.count(bad).en}")),
                    klass="bar-word" if a <= 70 else "bar-word wide",  # the legend below says it too
                    x="100%",
                    dx=-14,
                    y=28,
                    text_anchor="end",
                )
            )
    return tag("svg", *body, klass="share-bar", width="100%", height=44, role="img", aria_label=says)


@register.simple_tag
def safe_svg(markup: str) -> str:
    """A drawing of bihuan.core.picture, which escapes what it writes."""
    return mark_safe(markup)  # noqa: S308


@register.simple_tag
def icon(name: str) -> str:
    """A sign beside words."""
    return mark_safe(draw_icon(name))  # noqa: S308 - drawn here


@register.simple_tag(takes_context=True)
def rail(context: template.RequestContext) -> str:
    """The ways of the desk, which a page has twice: at its side, and in the menu of a narrow screen."""
    assert context.template is not None
    return context.template.engine.get_template("parts/rail.html").render(context)


@register.simple_tag
def options(choices: Iterable[tuple[str, Say]], chosen: str) -> str:
    """The options of a list to choose from, in the language of the page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SELECTED if code == chosen else "", say(title)) for code, title in choices),
    )


SELECTED = mark_safe(" selected")
