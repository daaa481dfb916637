"""Writes of places: divisions, cells and the register; responsibility cells, their collectors, leave and visits."""

from bihuan.places.actions.beats import (
    assign,
    end_watch,
    give_leave,
    record_beats,
    record_visit,
    record_watches,
)
from bihuan.places.actions.load import SEED, load_places, record_components

__all__ = [
    "SEED",
    "assign",
    "end_watch",
    "give_leave",
    "load_places",
    "record_beats",
    "record_components",
    "record_visit",
    "record_watches",
]
