"""A small district with its scoring offices, and cases of litter bins handled in time or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bihuan.cases.tests.conftest import District, fill_district, owner, seed
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.scores import actions
from bihuan.scores.models import Publication, Scoring

__all__ = ["owner", "seed"]
STAFF = {
    "duban": ("nk.duban", "officer"),
    "ducha": ("nk.duban", "head"),
    "quzhang": ("nk", "head"),
    "shenhe": ("nk", "reviewer"),
    "cgwhead": ("nk.cgw", "head"),
    "jiehead": ("nk.s001", "head"),
}
NOW = "2026-11-02 10:00"
OCTOBER = (2026, 10)


@dataclass
class Offices:
    """The district with its cases, the persons by name, and short ways to score it."""

    district: District

    def who(self, name: str) -> dict[str, str]:
        unit = STAFF[name][0] if name in STAFF else self.district.unit(name)
        return {"by": self.district.id(name), "unit": unit}

    def handled(self, day: str, done: str) -> str:
        """A case given to nk.cgw at 09:25 with four working hours; the number."""
        case = self.district.dispatched(day)
        self.district.do(case.case, "feedback", "cgw", done, files=["after"])
        return case.number

    def month(self) -> list[str]:
        """Two in time, one late, one still open: three in time would be 100 %."""
        numbers = [
            self.handled("2026-10-12", "2026-10-12 11:00"),
            self.handled("2026-10-13", "2026-10-13 11:00"),
        ]
        numbers.append(self.handled("2026-10-14", "2026-10-16 11:00"))
        return [*numbers, self.district.dispatched("2026-10-19").number]

    def compute(self, name: str = "duban", when: str = NOW, period: tuple[int, int] = OCTOBER) -> Scoring:
        return actions.compute_period(*period, **self.who(name), at=at(when))

    def publish(
        self, scoring: Scoring, name: str = "ducha", when: str = "2026-11-02 11:00", **more: Any
    ) -> Publication:
        return actions.publish(scoring.pk, **self.who(name), at=at(when), **more)

    def appeal(
        self, there: Publication, name: str = "cgwhead", when: str = "2026-11-03 09:00", **more: Any
    ) -> Any:
        given = {"item": "handled", "text": "这一件当天道路封闭，车辆进不去"} | more
        return actions.appeal(there.pk, **given, **self.who(name), at=at(when))


def fill(seed: Any) -> Offices:
    district = fill_district(seed)
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        district.persons[name] = person
    return Offices(district)


@pytest.fixture
def offices(db: None, seed: Any) -> Offices:
    return fill(seed)


@pytest.fixture
def real_offices(transactional_db: None, seed: Any) -> Offices:
    """The same, committed: for what the owner of the tables plants."""
    return fill(seed)


@pytest.fixture
def log_in(offices: Offices, client: Any) -> Any:
    def enter(name: str) -> Any:
        client.force_login(
            offices.district.persons[name], backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return enter
