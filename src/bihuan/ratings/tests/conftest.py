"""The small district of the tests of cases, with an office whose licences are rated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bihuan.cases import actions
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import Opened
from bihuan.cases.tests.conftest import District, district, seed, upload
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.items.tests.example import load_example
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.ratings import queries

__all__ = ["district", "seed"]
OFFICE = "nk.scjg"
STAFF = {
    "chuang": (OFFICE, "window"), "jing": (OFFICE, "officer"), "shen": (OFFICE, "reviewer"), "zhu": (OFFICE, "head"),
    "zwb": ("nk.zwb", "officer"), "zwbzhu": ("nk.zwb", "head"), "ducha": ("nk.duban", "inspector"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """What another test counted within its hour is forgotten."""
    queries._kept.clear()


@pytest.fixture
def hall(district: District) -> District:
    """The district with its catalogue, an office that grants food licences, and the office that reviews ratings."""
    load_example()
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        district.persons[name] = person
    return district


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set what the middleware takes for now."""

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be("2026-10-14 10:00")
    return be


def licence(hall: District, n: int = 1, *, granted: bool = True) -> Opened:
    """An application for a licence, granted and issued the next day."""
    data = {
        "subject": "示例面馆，长虹街道", "applicant_kind": "organisation", "uscc": invent_uscc(n), "contact_name": "李某某",
        "contact_phone": "13900001234", "delivery_way": "window", "agency": OFFICE,
    }  # fmt: skip
    case = actions.open_case("permits", "P003-1", by=None, unit="", at=at("2026-10-12 09:00"), data=data)
    if granted:
        step(hall, case.case, "accept", "chuang", "2026-10-12 10:00")
        step(hall, case.case, "review", "jing", "2026-10-13 09:00", opinion="符合", on_site="no")
        step(hall, case.case, "grant", "shen", "2026-10-13 10:00")
        step(
            hall,
            case.case,
            "issue",
            "chuang",
            "2026-10-13 11:00",
            "evidence:delivery",
            delivered_on="2026-10-13 11:00",
        )
    return case


def step(hall: District, case: int, name: str, who: str, when: str, *files: str, **data: str) -> None:
    """One action of somebody of the offices."""
    actions.act(
        case, name, by=hall.id(who), unit=STAFF[who][0], at=at(when), data=data, files=[upload(one) for one in files]
    )  # fmt: skip
