"""What waits in the street when the demo opens: reports of the last hour, given to the collector whose account is printed."""

from __future__ import annotations

from random import Random

from bihuan.config.demo.problems import PROBLEMS
from bihuan.config.demo.urban import CENTRE
from bihuan.config.demo.world import Life, World, photo
from bihuan.places.sheet import sheet

ERRANDS, MINUTE = 5, 60
FIRST = (ERRANDS + 1) * 10 * MINUTE  # before the present


def errands(w: World) -> Life:
    """Reports of one street one after another, each sent to be verified; chance of their own, so that the month stays."""
    rng, street = Random("street"), middles()
    collector, acceptor = (w.staff.of(CENTRE, post)[0] for post in ("collector", "acceptor"))
    for number in range(ERRANDS):
        _, matter, words = rng.choice(PROBLEMS)
        lon, lat = rng.choice(street)
        opened = w.open(
            "urban_management", matter, None, "", data={"what": words, "channel": "public"},
            place={"lon": lon, "lat": lat, "datum": "WGS-84"}, files=[photo("report", number, "before")],
        )  # fmt: skip
        yield w.now + 4 * MINUTE
        w.act(opened.case, "send", acceptor, CENTRE, collector=collector)
        yield w.now + 6 * MINUTE


def middles() -> list[tuple[float, float]]:
    """The middles of the cells of one street."""
    known = sheet()
    first = next(iter(known.streets))
    return [cell.middle for cell in known.cells_of(first)]
