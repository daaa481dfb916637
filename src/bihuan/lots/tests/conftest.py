"""An invented school with too few places, the people of a ceremony, and children nobody has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.cases import actions as cases
from bihuan.cases.shapes import Opened, Upload
from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.core.codes import invent_id_number
from bihuan.core.time.instant import at, day
from bihuan.draws.tests import ceremony
from bihuan.draws.tests.ceremony import DICE, PARTIES, Hall, when
from bihuan.lots import actions
from bihuan.lots.models import Round
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.record.tests.office import make_office

__all__ = ["district", "real_district", "seed"]
OFFICE = "nk.jyj"
PEOPLE = {
    **ceremony.STAFF,
    "jingban": (OFFICE, "officer"),
    "juzhang": (OFFICE, "head"),
    "chuang": (OFFICE, "window"),
}
CUT = date(2020, 8, 31)


@dataclass
class School(Hall):
    """The bureau, its rounds and its registrations; each step by its short name."""

    def who(self, name: str) -> dict[str, str]:
        return {"by": str(self.persons[name].pk), "unit": PEOPLE[name][0]}

    def publish(self, name: str = "jingban", moment: str = "2026-10-09 09:00", **but: Any) -> Round:
        rule: dict[str, Any] = {
            "purpose": "school", "year": 2026, "title": "示例小学（虚构）一年级", "title_en": "Example Primary (invented), first year",
            "seats": 3, "groups": ["soldier"], "siblings": False, "address": False, "last": "next", "cut": CUT,
            "source": "示例小学 2026 年招生公告（虚构）",
        }  # fmt: skip
        return actions.publish(**rule | but, **self.who(name), at=when(moment))

    def child(self, one: Round, n: int, *, born: str = "2020-03-01", twin: str = "", verified: bool = True, group: str = "none", moment: str = "2026-10-09 10:00") -> Opened:  # fmt: skip
        """A registration by a parent, verified the same day."""
        data = {
            "round": one.code, "wish": one.title, "child_name": f"示例孩子{n}", "child_identity": invent_id_number(n, day(born)), "home": "示例路 1 号",
            "sibling": "no", "special": "none", "contact_name": f"示例家长{n}", "contact_phone": "13900000000", "consent": "yes", "office": OFFICE,
        } | ({"twin": twin} if twin else {})  # fmt: skip
        case = cases.open_case("school_enrolment", "primary", by=None, unit="", at=at(moment), data=data)
        if verified:
            self.act(case.case, "verify", "jingban", "2026-10-10 09:00", checked=["household", "service"], group=group, sibling_there="no", used="no")  # fmt: skip
        return case

    def act(self, case: int, name: str, who: str, moment: str, *files: Upload, **data: Any) -> None:
        cases.act(case, name, at=at(moment), data=data, files=files, **self.who(who))

    def freeze_lots(self, one: Round, name: str = "jingban", **but: Any) -> ceremony.Draw:
        terms: dict[str, Any] = {"parties": PARTIES, "beacons": [DICE], "closes": when("2026-10-12 17:00")}
        return actions.freeze(one.code, **terms | but, **self.who(name), at=self.moment)

    def draw_lots(self, one: Round) -> ceremony.Draw:
        """The whole ceremony of a frozen round."""
        draw = self.freeze_lots(one)
        self.commit(draw)
        self.seal(draw, "jingban")
        self.open(draw)
        self.value(draw, "jingban")
        self.compute(draw, "juzhang")
        return draw


@pytest.fixture
def school(real_district: District, tmp_path: Path) -> School:
    persons = {}
    for name, (unit, post) in PEOPLE.items():
        persons[name] = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(persons[name], unit, post, date(2016, 1, 1))
    return School(persons, make_office(tmp_path))
