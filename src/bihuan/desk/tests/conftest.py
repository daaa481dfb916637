"""The small district of the tests of cases, a moment that stands still, and a way to sit at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District, district, seed
from bihuan.core.time.instant import at

__all__ = ["district", "seed"]
Seat = Callable[[str], Client]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set what the middleware takes for now."""

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be("2026-10-12 10:00")
    return be


@pytest.fixture
def seat(district: District, clock: Callable[[str], None]) -> Seat:
    """A browser in which this person of the district is logged in."""

    def sit(name: str) -> Client:
        client = Client()
        client.force_login(district.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sit
