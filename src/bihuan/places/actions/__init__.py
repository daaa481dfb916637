"""Writes of places: divisions, cells and the register; responsibility cells,
their collectors, leave and visits; demonstration zones."""

from bihuan.places.actions.beats import (
    assign,
    end_watch,
    give_leave,
    record_beats,
    record_visit,
    record_watches,
)
from bihuan.places.actions.load import SEED, load_places, record_components
from bihuan.places.actions.zones import propose_zone, rule_zone

__all__ = [
    "SEED",
    "assign",
    "end_watch",
    "give_leave",
    "load_places",
    "propose_zone",
    "record_beats",
    "record_components",
    "record_visit",
    "record_watches",
    "rule_zone",
]
