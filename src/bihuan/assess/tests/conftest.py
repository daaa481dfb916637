"""A small district with the offices of the monthly assessment, and cases of litter bins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bihuan.assess.actions import closing
from bihuan.assess.models import Month, Release
from bihuan.cases.tests.conftest import District, fill_district, owner, seed
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

__all__ = ["owner", "seed"]
STAFF = {
    "zhongxin": ("nk.jiandu", "head"),
    "zhuren": ("nk.gov", "head"),
    "ducha": ("nk.duban", "head"),
    "cgwhead": ("nk.cgw", "head"),
    "jiehead": ("nk.s001", "head"),
}
OCTOBER = (2026, 10)
CLOSED, OPENED = "2026-11-02 10:00", "2026-11-04 15:00"


@dataclass
class Offices:
    """The district with its cases, the persons by name, and short ways to close and publish its months."""

    district: District

    def who(self, name: str) -> dict[str, str]:
        unit = STAFF[name][0] if name in STAFF else self.district.unit(name)
        return {"by": self.district.id(name), "unit": unit}

    def handled(self, day: str, done: str, *, good: bool = True) -> str:
        """A case given to nk.cgw at 09:25 with four working hours, checked at once; the number."""
        case = self.district.dispatched(day)
        self.district.do(case.case, "feedback", "cgw", done, files=["after"])
        checker = self.checker(case.case)
        moment = done[:14] + str(int(done[14:16]) + 30)
        done_ = "check_ok" if good else "check_bad"
        self.district.do(case.case, done_, checker, moment, files=["check"], text="现场看过")
        return case.number

    def checker(self, case: int) -> str:
        from bihuan.cases import wall
        from bihuan.cases.models import Case

        with wall.open_to(wall.SYSTEM):
            drawn = Case.objects.get(pk=case).parties["checker"]
        return next(name for name, person in self.district.persons.items() if str(person.pk) == drawn)

    def month(self) -> dict[str, str]:
        """Two good in time, one late, one sent back, one still open, one that nobody has taken in."""
        return {
            "good": self.handled("2026-10-12", "2026-10-12 11:00"),
            "again": self.handled("2026-10-13", "2026-10-13 11:00"),
            "late": self.handled("2026-10-14", "2026-10-16 11:00"),
            "bad": self.handled("2026-10-15", "2026-10-15 11:00", good=False),
            "open": self.district.dispatched("2026-10-19").number,
            "new": self.district.report("2026-10-30 16:00").number,
        }

    def close(self, name: str = "zhongxin", when: str = CLOSED, period: tuple[int, int] = OCTOBER) -> Month:
        return closing.close_month(*period, **self.who(name), at=at(when))

    def publish(self, month: Month, name: str = "zhuren", when: str = OPENED, **more: Any) -> Release:
        return closing.publish_month(month.pk, **self.who(name), at=at(when), **more)


def fill(seed: Any) -> Offices:
    district = fill_district(seed)
    for name, (unit, post) in STAFF.items():
        person = district.persons.get(name) or Person.objects.create_user(name, name=f"测试{name}")
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
