"""Units, and the example catalogue where a test wants it."""

from __future__ import annotations

import pytest

from bihuan.cases.edge import to_datetime
from bihuan.core.time.instant import at, day
from bihuan.items import actions
from bihuan.people import actions as people
from bihuan.people.queries import unit_names

WHEN = "2026-10-12 09:00"


@pytest.fixture
def units(db: None) -> None:
    people.load_units()


@pytest.fixture
def example(units: None) -> None:
    actions.load_items(to_datetime(at(WHEN)), day("2026-10-12"), unit_names())
