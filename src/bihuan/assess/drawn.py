"""The charts and the map of a bulletin, drawn by our own hand; on paper they carry their colours with them."""

from __future__ import annotations

from bihuan.assess.bulletin import Bulletin
from bihuan.cases.maps import WIDTH, rings, short, tell
from bihuan.core.picture.bars import Bar, bars
from bihuan.core.picture.cells import Area, Badge, Frame, Label, draw_map, step_of, steps
from bihuan.core.say import Say
from bihuan.places.queries import NotHere
from bihuan.places.sheet import sheet

BELOW = 0.0022
PAPER = """<style>
text {{ font-family: "{font}"; font-size: 12px; fill: #1b262b; }}
.bar {{ fill: #35616e; }} .bar.late {{ fill: #b3261e; }} .bar.few {{ fill: #a9bcc2; }}
.bh-cell {{ fill: #f3f6f6; stroke: #fff; stroke-width: .6; }}
.bh-cell[data-v="1"] {{ fill: #dbe7ea; }} .bh-cell[data-v="2"] {{ fill: #b5cfd6; }}
.bh-cell[data-v="3"] {{ fill: #86afba; }} .bh-cell[data-v="4"] {{ fill: #558b99; }}
.border {{ fill: none; stroke: #5d7078; stroke-width: 1; }}
.name {{ font-size: 11px; }} .late {{ fill: #b3261e; }} .late-n {{ font-size: 11px; fill: #fff; }}
</style>"""


def matters_chart(found: Bulletin) -> str:
    """The matters reported most."""
    rows = [Bar(tell(title)[:16], n, str(n)) for _code, title, n in found.matters]
    return bars(rows, tell(Say("高发小类的上报件数", "Reports by the commonest kinds")))


def streets_chart(found: Bulletin) -> str:
    """The share closed in time of each subdistrict; where there are few cases the bar is pale."""
    rows = []
    for row in found.streets:
        one = row.cells.get("closed_on_time")
        if one is not None and one.n:
            rows.append(
                Bar(short(tell(row.title)), one.k / one.n, tell(one.words), "bar few" if one.few else "bar")
            )
    return bars(rows, tell(Say("各街道按期结案率", "Closed on time by subdistrict")), 1.0)


def overdue_map(found: Bulletin) -> str:
    """The subdistricts shaded by reports, what was overdue at the end as a figure; "" where no grid is loaded."""
    try:
        known = sheet()
    except NotHere:
        return ""
    rows = {row.code: row for row in found.streets}
    bounds = steps(row.reports for row in found.streets)
    frame = Frame.around([ring for shape in known.streets.values() for ring in shape.rings], WIDTH)
    areas, labels, badges = [], [], []
    for code, shape in known.streets.items():
        row = rows.get(code)
        title, reports, late = (row.title, row.reports, row.overdue) if row else (Say(code, code), 0, 0)
        says = Say(
            f"{title}：上报 {reports}，超期遗留 {late}", f"{title.en}: {reports} reported, {late} overdue"
        )
        areas.append(Area(code, shape.rings, title=tell(says), value=step_of(reports, bounds)))
        labels.append(Label(*shape.middle, short(tell(title))))
        if late:
            badges.append(Badge(shape.middle[0], shape.middle[1] - BELOW, late))
    whole = tell(Say("各街道上报件数和超期遗留", "Reports and overdue cases by subdistrict"))
    return draw_map(
        frame, areas, says=whole, borders=rings(known.streets.values()), labels=labels, badges=badges
    )


def on_paper(drawn: str, font: str) -> str:
    """A picture that can stand alone: with its colours, its font and its name space."""
    if not drawn:
        return ""
    head, rest = drawn.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg">{PAPER.format(font=font)}{rest}'
