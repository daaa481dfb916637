"""Units, and the example catalogue where a test wants it."""

from __future__ import annotations

import pytest

from bihuan.items.tests.example import load_example
from bihuan.people import actions as people

WHEN = "2026-10-12 09:00"


@pytest.fixture
def units(db: None) -> None:
    people.load_units()


@pytest.fixture
def example(units: None) -> None:
    load_example(WHEN)
