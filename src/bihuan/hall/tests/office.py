"""An office that grants licences, for tests: people with posts, the catalogue, and short ways to do what they do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.cases import actions
from bihuan.cases.shapes import Opened, Written
from bihuan.cases.tests.conftest import District, upload
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.items.tests.example import load_example
from bihuan.people import actions as people
from bihuan.people.models import Person

GOOD = {
    "subject": "示例面馆，长虹街道", "applicant_kind": "organisation", "uscc": invent_uscc(3), "contact_name": "李某某",
    "contact_phone": "13900001234", "delivery_way": "window",
}  # fmt: skip


def add_people(district: District) -> District:
    """Four people of the market bureau: window, officer, reviewer, head."""
    for name, post in (("chuang", "window"), ("jing", "officer"), ("shen", "reviewer"), ("zhu", "head")):
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, "nk.scjg", post, date(2016, 1, 1))
        district.persons[name] = person
    return district


@pytest.fixture
def hall(district: District) -> District:
    """The district with the catalogue and an office that grants food licences."""
    load_example()
    return add_people(district)


def opened(when: str, matter: str = "P003-1", **more: Any) -> Opened:
    data = GOOD | {"agency": "nk.scjg"} | more
    return actions.open_case("permits", matter, by=None, unit="", at=at(when), data=data)


def do(hall: District, case: int, name: str, who: str, when: str, *files: str, **data: Any) -> Written:
    return actions.act(
        case, name, by=hall.id(who), unit="nk.scjg", at=at(when), data=data, files=[upload(one) for one in files]
    )  # fmt: skip


def issued(
    hall: District, day: str, matter: str = "P003-1", given: dict[str, Any] | None = None, **said: Any
) -> Opened:
    """A licence applied for, granted and issued within one day; `said` is what the window writes on issuing."""
    one = opened(f"{day} 08:40", matter, **(given or {}))
    do(hall, one.case, "accept", "chuang", f"{day} 09:00")
    do(hall, one.case, "review", "jing", f"{day} 10:00", opinion="符合", on_site="no")
    do(hall, one.case, "grant", "zhu", f"{day} 11:00")
    do(
        hall,
        one.case,
        "issue",
        "chuang",
        f"{day} 14:30",
        "evidence:delivery",
        delivered_on=f"{day} 14:20",
        **said,
    )
    return one
