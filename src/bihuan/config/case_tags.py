"""Parts of a case on a page: who held it how long, the timeline, the day's axis, the map around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import Head, Holding, Step
from bihuan.config.tags import english, now_of, say
from bihuan.core.line.folder import Line
from bihuan.core.picture import cells, hold, strip
from bihuan.core.say import Say
from bihuan.core.time import formats, standing
from bihuan.places.queries import NotHere, division_names
from bihuan.places.sheet import Sheet, sheet

register = template.Library()
MAP_METRES = 640
DOTS = 60  # rings on the axis: more would only be a smear


@register.inclusion_tag("parts/hold.html", takes_context=True)
def holder_bar(context: Mapping[str, Any], holdings: Sequence[Holding], head: Head) -> dict[str, Any]:
    """谁拿着，多久: the bar with its list; the list has everything the bar shows."""
    now = now_of(context)
    worked = [piece for piece in holdings if piece.working]
    rows = _totals(worked, head)
    series = {
        key: min(5, i + 1)
        for i, key in enumerate(dict.fromkeys(row["key"] for row in rows if not row["paused"]))
    }
    for row in rows:
        row["swatch"] = hold.swatch(
            series.get(row["key"], 5),
            "paused" if row["paused"] else "charged" if row["returned"] == row["working"] else "held",
        )
    total = sum(piece.working for piece in worked)
    last = to_instant(worked[-1].b) if worked else now
    drawn = (
        hold.bar(
            [_piece(piece, series, worked) for piece in worked],
            _tick(min(last, now), worked),
            _says(rows, total),
        )
        if worked
        else ""
    )
    return {"rows": rows, "total": total, "drawn": drawn, "returned": any(row["returned"] for row in rows), "paused": any(row["paused"] for row in rows)}  # fmt: skip


def _totals(worked: Sequence[Holding], head: Head) -> list[dict[str, Any]]:
    """One row for each who is charged, stops apart, the longest first."""
    found: dict[tuple[str, bool], dict[str, Any]] = {}
    for piece in worked:
        row = found.setdefault((piece.charged_to, piece.stopped), {
            "key": piece.charged_to, "title": piece.charged_title, "paused": piece.stopped, "working": 0, "returned": 0, "from": set(),
        })  # fmt: skip
        row["working"] += piece.working
        if piece.returned and not piece.stopped:
            row["returned"] += piece.working
            row["from"].add(piece.holder_title)
    rows = sorted(found.values(), key=lambda row: -row["working"])
    for row in rows:
        row["holds"] = not row["paused"] and row["key"] == head.holder and not head.final
        row["from"] = formats.listed(sorted(row["from"]))
    return rows


def _piece(piece: Holding, series: Mapping[str, int], worked: Sequence[Holding]) -> hold.Piece:
    kind = "paused" if piece.stopped else "charged" if piece.returned else "held"
    minutes, hours = piece.working // 60, piece.working / 3600
    if minutes < 120:
        label = f"{minutes} min" if english() else f"{minutes} 分"
    else:
        label = f"{hours:.0f} h" if english() else f"{hours:.0f} 小时"
    if piece.stopped:
        label = f"{_('停表')} {label}"
    return hold.Piece(
        piece.working, series.get(piece.charged_to, 5), kind, label, label, _tick(to_instant(piece.a), worked)
    )


def _tick(t: int, worked: Sequence[Holding]) -> str:
    """The hour while everything happened on one day, else the day."""
    if to_instant(worked[0].a) // 86400 == to_instant(worked[-1].b) // 86400:
        return formats.clock(t)
    return say(formats.date(t // 86400, t // 86400))


def _says(rows: Sequence[Mapping[str, Any]], total: int) -> str:
    shares = formats.listed([
        Say(f"{'停表，记给' if row['paused'] else ''}{row['title']} {formats.span(row['working'])}",
            f"{'stopped, charged to ' if row['paused'] else ''}{row['title'].en} {formats.span(row['working']).en}")
        for row in rows
    ])  # fmt: skip
    return _("共 %(total)s工作时间：%(shares)s") % {
        "total": say(formats.span(total)) + (" " if english() else ""),
        "shares": say(shares),
    }


@register.inclusion_tag("parts/timeline.html", takes_context=True)
def timeline(
    context: Mapping[str, Any], steps: Sequence[Step], line: Line, holdings: Sequence[Holding], newest_first: bool, final: bool,
    staff: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """流转记录, each step with the minutes that moved; phones show the newest five and the first."""
    bills = _bills(holdings)
    shown = []
    for step in steps:
        ops, action = line.ops.get(step.name), line.actions.get(step.name)
        look = (
            "stop"
            if ops and ops.pauses
            else "back"
            if action and action.rebills
            else "auto"
            if step.automatic
            else ""
        )
        shown.append({"step": step, "look": look, "bills": bills.get(to_instant(step.at), []), "late": False})
    if shown and not final:
        shown[-1]["look"] = f"{shown[-1]['look']} now".strip()
    if newest_first:
        shown.reverse()
    n = len(shown)
    for place, row in enumerate(shown):
        newest = place < 5 if newest_first else place >= n - 5
        first = place == (n - 1 if newest_first else 0)
        row["more"] = n > 7 and not (newest or first)
    return {"shown": shown, "request": context["request"], "n": n, "folds": n > 7, "staff": staff}


def _bills(holdings: Sequence[Holding]) -> dict[int, list[Say]]:
    """Where minutes move to somebody else: at the end of a return, at the beginning of a stop."""
    found: dict[int, list[Say]] = defaultdict(list)
    for piece in holdings:
        much = formats.span(piece.working)
        if piece.returned and not piece.stopped and piece.working:
            found[to_instant(piece.b)].append(
                Say(f"{much}记给：{piece.charged_title}", f"{much.en} charged to {piece.charged_title.en}")
            )
        elif piece.stopped and piece.working:
            found[to_instant(piece.a)].append(
                Say(
                    f"停表时间记给：{piece.charged_title}",
                    f"Stopped time charged to {piece.charged_title.en}",
                )
            )
    return found


@register.simple_tag(takes_context=True)
def stop_reasons(context: Mapping[str, Any], steps: Sequence[Step]) -> dict[int, str]:
    """What was written where the clock was stopped, by the number of the event, for the ledger."""
    return {
        step.seq: say(step.data[0][1])
        if len(step.data) == 1
        else next((say(v) for k, v in step.data if len(v) > 12), "")
        for step in steps
    }


@register.inclusion_tag("parts/strip.html", takes_context=True)
def day_strip(context: Mapping[str, Any], heads: Sequence[Head]) -> dict[str, Any]:
    """Today's axis: one ring for each case at the moment it is due."""
    now, cal = now_of(context), lines.calendar()
    day, of_day = now // 86400, now % 86400
    sessions = cal.sessions(day)
    if not sessions:
        return {"empty": True}
    dots, end_of_day = [], 0
    for head in heads:
        if head.due_at is None or head.stopped or to_instant(head.due_at) // 86400 != day:
            continue
        due = to_instant(head.due_at)
        if due % 86400 == 86399:
            end_of_day += 1
            continue
        where = standing.of_row(
            to_instant(head.opened_at), due, now, cal, stopped=False, late=head.late, final=False
        )
        dots.append(strip.Dot(due % 86400, where.code, where.share, f"{formats.clock(due)} {head.title}"))
    coming = [dot for dot in dots if dot.at >= of_day]
    says = ngettext("今天还有 %(n)s 件到期", "今天还有 %(n)s 件到期", len(coming)) % {"n": len(coming)}
    first, last = (
        sessions[0][0],
        max(sessions[-1][1], max((dot.at for dot in dots), default=0), min(of_day, 86000)),
    )
    given = {"now_word": f"{_('现在')} {formats.clock(now)}", "rest_word": _("午休，不计时"), "says": says}
    wide = strip.strip(
        sessions, dots[:DOTS], of_day, first=min(first, of_day), last=last, klass="wide", **given
    )
    start = min(max(of_day - 1800, 0), last - 3600)
    narrow = strip.strip(sessions, coming[:DOTS], of_day, first=start, last=last, klass="narrow", **given)
    return {"wide": wide, "narrow": narrow, "end_of_day": end_of_day}


@register.inclusion_tag("parts/case_map.html", takes_context=True)
def case_map(context: Mapping[str, Any], head: Head, ground: int | None) -> dict[str, Any]:
    """The cells around a case with its pin, as of the stamp of the places; the words beside it say the same."""
    if head.lon is None or head.lat is None:
        return {"head": head}
    return {
        "head": head,
        "drawn": map_around(head.lon, head.lat, head.cell, ground),
        "request": context["request"],
    }


def map_around(lon: float, lat: float, cell: str, ground: int | None) -> str:
    """The surroundings of a point: cells as blocks, borders of streets, the cell it lies in dashed, a pin."""
    try:
        known = sheet(ground)
    except NotHere:
        return ""
    middle = known.cells[cell].middle if cell in known.cells else (lon, lat)
    frame, drawn = neighbourhood(known, cell, middle, english())
    return cells.with_pin(drawn, frame, lon, lat)


@lru_cache(
    maxsize=2048
)  # a district has some thousand cells, and cases come from the same ones again and again
def neighbourhood(
    known: Sheet, cell: str, middle: tuple[float, float], _english: bool
) -> tuple[cells.Frame, str]:
    """The map around the middle of a cell, in the language of the page."""
    frame = cells.Frame.at(*middle, MAP_METRES, 400, 0.62)
    around = known.within(frame.west, frame.south, frame.east, frame.north)
    areas = [
        cells.Area(shape.code, shape.rings, klass="block own" if shape.code == cell else "block")
        for shape in around
    ]
    areas.sort(key=lambda area: area.code == cell)
    names = division_names(known.change)
    communities = [known.communities[code] for code in sorted({shape.code[:12] for shape in around})]
    inside = [
        cells.Label(*shape.middle, say(Say(*names.get(shape.code, ("", "")))))
        for shape in communities
        if frame.has_room(*shape.middle)
    ]
    says = _("地图：针尖在网格 %(cell)s") % {"cell": cell[-6:]}
    streets = sorted({shape.code[:9] for shape in around})
    borders = [ring for code in streets for ring in known.streets[code].rings]
    return frame, cells.draw_map(frame, areas, says=says, borders=borders, labels=inside)
