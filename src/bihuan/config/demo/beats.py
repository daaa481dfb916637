"""Responsibility cells of the demo: one a street, with invented collectors by shift, one of them on leave."""

from __future__ import annotations

from datetime import datetime, timedelta

from bihuan.config.demo.staff import Staff
from bihuan.places import actions, queries
from bihuan.places.roster import WatchRow

CENTRE = "nk.jiandu"
EARLY, NIGHT = 12, 4  # collectors of the early shift, one a street; of the night, three streets each


def arrange_beats(staff: Staff, at: datetime, days: int = 70) -> None:
    """Twelve beats held since `days` before the moment. The late shift of one street is left open, so that the list of
    blind spots has something to say."""
    since = (at - timedelta(days=days)).date()
    names = {code: zh for code, (zh, _) in queries.division_names().items()}
    streets: dict[str, list[str]] = {}
    for cell in queries.tiling().codes:
        streets.setdefault(cell[:9], []).append(cell)
    beats = {f"Z{street[-3:]}": (f"{names[street]}责任网格", cells) for street, cells in streets.items()}
    actions.record_beats(beats, since=since, by="")
    collectors = staff.of(CENTRE, "collector")
    early, rest = collectors[:EARLY], collectors[EARLY:]
    late, night = rest[:-NIGHT], rest[-NIGHT:]
    rows = []
    for n, beat in enumerate(beats):
        rows.append(WatchRow(beat, "early", early[n % len(early)], since))
        if n != len(beats) - 1:
            rows.append(WatchRow(beat, "late", late[n % len(late)], since))
        rows.append(WatchRow(beat, "night", night[n * NIGHT // len(beats)], since))
    actions.record_watches(rows, collectors=collectors, by="")
    today = at.date()
    actions.give_leave(
        early[1], early[2], today, today + timedelta(days=3), "年休假", collectors=collectors, by="", at=at
    )
