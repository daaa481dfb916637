"""The example catalogue for tests: recorded by its action once in a run, from then on its rows are put back."""

from __future__ import annotations

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.kept import Kept
from bihuan.core.time.instant import at, day
from bihuan.items import actions
from bihuan.people.queries import unit_names

KEPT: dict[str, Kept] = {}  # by the moment of recording


def load_example(when: str = "2026-01-05 09:00") -> None:
    """Load the example catalogue as of a moment, a local time, into a database that has none."""
    if when in KEPT:
        KEPT[when].put_back()
        return
    actions.load_items(to_datetime(at(when)), day(when[:10]), unit_names())
    KEPT[when] = Kept("items_edition", "items_entry", "items_sought")
