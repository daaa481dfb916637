"""The small district of the tests of cases, with a market bureau."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.core.time.instant import at
from bihuan.inspections.tests.bureau import staff

__all__ = ["district", "real_district", "seed"]


@pytest.fixture
def bureau(district: District) -> District:
    return staff(district)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be("2026-10-12 10:00")
    return be


@pytest.fixture
def desk(bureau: District, clock: Callable[[str], None]) -> Callable[[str], Client]:
    def sit(name: str) -> Client:
        client = Client()
        client.force_login(bureau.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sit
