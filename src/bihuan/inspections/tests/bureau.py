"""A market bureau with enforcement officers, and invented businesses on both registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.cases import actions as cases
from bihuan.cases.edge import to_datetime
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.conftest import District, picture
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.time.instant import at
from bihuan.inspections import actions
from bihuan.inspections.models import Plan, Task
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.subjects import actions as subjects

BUREAU = "nk.scjg"
STAFF = {
    "jing": "officer", "juzhang": "head", "shen": "reviewer",
    "jian1": "enforcer", "jian2": "enforcer", "jian3": "enforcer", "jian4": "enforcer",
}  # fmt: skip
CODES = [invent_uscc(95_000 + n) for n in range(24)]
NOW = to_datetime(at("2026-10-12 09:00"))
TASK = actions.Wanted("餐饮服务抽查（例）", "food_service", ["food_service", "registration"], "food:2", date(2026, 10, 12), date(2026, 12, 18))  # fmt: skip


def staff(district: District, register: bool = True) -> District:
    """The people of the bureau, the enforcement officers on the register."""
    for n, (name, post) in enumerate(STAFF.items()):
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, BUREAU, post, date(2016, 1, 1))
        district.persons[name] = person
        if post == "enforcer" and register:
            officer(district, name, n)
    return district


def officer(district: District, name: str, n: int, **changed: Any) -> Any:
    given: dict[str, Any] = {
        "iid": f"SC{n:03}", "certificate": f"示例{n:06}", "specialities": ["food"], "valid_until": date(2027, 6, 30),
        "by": district.id("juzhang"), "acting": BUREAU, "at": NOW,
    } | changed  # fmt: skip
    return actions.register_inspector(district.id(name), BUREAU, **given)


def businesses(n: int = len(CODES), classes: str = "BBBBAACDBBBB", **changed: Any) -> list[str]:
    """Businesses on both registers, with their classes."""
    codes = CODES[:n]
    rows = {
        code: {"code": code, "name": f"示例餐馆{i}", "address": f"示例路 {i // 2} 号", "status": "existing", "status_on": "", "source": "测试", "as_of": "2026-10-01"}
        for i, code in enumerate(codes)
    }  # fmt: skip
    subjects.record_subjects(rows, by="测试", at=NOW)
    said = {"kinds": ["food_service"], "head": "", "closing": False, "valid_until": None, "source": "测试"} | changed  # fmt: skip
    actions.record_businesses(dict.fromkeys(codes, said), by="测试", at=NOW)
    told = [(code, classes[i % len(classes)]) for i, code in enumerate(codes)]
    subjects.receive_classes(told, since=date(2026, 1, 1), source="测试", proposed_by="1", decided_by="2", at=NOW)  # fmt: skip
    return codes


def planned(district: District, *tasks: actions.Wanted, adopt: bool = True, year: int = 2026) -> Task:
    plan: Plan = actions.draft_plan(year, "年度计划（例）", tasks or [TASK], by=district.id("jing"), unit=BUREAU, at=NOW)  # fmt: skip
    if adopt:
        actions.adopt_plan(plan.pk, "同意", by=district.id("juzhang"), unit=BUREAU, at=NOW)
    return plan.tasks.order_by("pk").first()  # type: ignore[return-value]


def do(district: District, case: int, name: str, who: str, when: str, *photos: str, **data: Any) -> None:
    files = [Upload(kind, f"{kind}.jpg", picture(64, 48)) for kind in photos]
    cases.act(case, name, by=district.id(who), unit=BUREAU, at=at(when), data=data, files=files)
