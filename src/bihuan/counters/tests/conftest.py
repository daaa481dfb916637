"""The small district, with the hall of the seed and clerks at its counters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.core.time.instant import at
from bihuan.counters import actions
from bihuan.counters.models import Counter, Offering
from bihuan.people import actions as people
from bihuan.people.models import Person

__all__ = ["district", "real_district", "seed"]
CLERKS = {"shi": "nk.scjg", "shi2": "nk.scjg", "zheng": "nk.zwb"}
MORNING = "2026-10-12 08:00"  # a Monday


def furnish(there: District) -> District:
    """Halls, slots from Monday on, and window clerks of two units."""
    actions.load_counters()
    actions.open_slots(at(MORNING))
    for name, unit in CLERKS.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, "window", date(2016, 1, 1))
        there.persons[name] = person
    return there


@pytest.fixture
def floor(district: District) -> District:
    return furnish(district)


@pytest.fixture
def real_floor(real_district: District) -> District:
    """The same, committed: for tests of many at once."""
    return furnish(real_district)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set what the middleware takes for now."""

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be(MORNING)
    return be


def service(code: str = "food") -> Offering:
    return Offering.objects.get(code=code)


def counter(code: str = "w1") -> int:
    return int(Counter.objects.get(code=code).pk)
