"""The real report in the real district's units, with invented people of the offices that promise and supervise."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bihuan.cases import actions as cases
from bihuan.cases.shapes import Upload
from bihuan.cases.tests.kept import PEOPLE, Kept
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.targets import actions
from bihuan.targets.models import Report
from bihuan.targets.plan import Plan
from bihuan.targets.seed import nankai

NOW = "2026-11-24 10:00"
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STAFF = {
    "duban": ("nk.duban", "officer"),
    "ducha": ("nk.duban", "head"),
    "inspector": ("nk.duban", "inspector"),
    "quzhang": ("nk", "head"),
    "fagai": ("nk.fgw", "officer"),
    "fagaihead": ("nk.fgw", "head"),
    "rsj": ("nk.rsj", "officer"),
    "chuangkou": ("nk.gov", "window"),
}
GDP = "goal-5193-5204"  # 地区生产总值力争超千亿
JOBS = "goal-13309-13318"  # 全年新增就业4万人
BUILDINGS = "goal-12435-12457"  # 打造海光寺、奥城商业广场210亿元楼宇聚集区
DOUBT = "doubt-12447-12452"  # 210亿元
SOFT_GOAL = "goal-11810-11821"  # 人均可支配收入稳步增长
SOFT_TASK = "task-13650-13667"  # 加强食品安全和食用农产品安全监管。
TASK = "task-13394-13416"  # 建成南马路、天拖等公建配套菜市场并投入使用。


@dataclass
class Office:
    """The report, the persons by name, and short ways to do what they do."""

    report: Report
    persons: dict[str, Person]

    def who(self, name: str) -> dict[str, str]:
        return {"by": str(self.persons[name].pk), "unit": STAFF[name][0]}

    def confirm(self, key: str, lead: str, name: str = "duban", **rest: Any) -> Any:
        return actions.confirm(
            self.report.pk, key, lead, **self.who(name), at=at(rest.pop("when", NOW)), **rest
        )

    def do(self, case: int, action: str, name: str, when: str, *kinds: str, **data: Any) -> None:
        files = [Upload(kind, "paper.pdf", PAPER) for kind in kinds]
        cases.act(case, action, **self.who(name), at=at(when), data=data, files=files)

    def working(self, key: str = GDP) -> Any:
        """A commitment that its lead has signed for."""
        made = self.confirm(key, "nk.fgw")
        case = made.case_id
        self.do(
            case, "approve", "quzhang", "2026-11-24 10:30", basis="decision", decision="示例政〔2026〕1号"
        )
        self.do(case, "assign", "duban", "2026-11-24 11:00", "letter:assign", lead="nk.fgw", limit="60 days")
        self.do(case, "sign", "fagai", "2026-11-24 14:00")
        return made


MADE: list[tuple[Kept, Office]] = []  # the office as it was made first; its rows are put back from then on


@pytest.fixture
def office(db: None) -> Office:
    if not MADE:
        made = make_office()
        MADE.append((Kept(*PEOPLE, "targets_report"), made))
    else:
        MADE[0][0].put_back()
    made = MADE[0][1]
    return Office(copy(made.report), {name: copy(person) for name, person in made.persons.items()})


def make_office() -> Office:
    people.load_units()
    people.load_duties()
    people.load_grants()
    persons = {}
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, "pass-word-of-tests", name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        persons[name] = person
    added = actions.add_report(**nankai(), by=None, at=at(NOW))
    return Office(added.report, persons)


@pytest.fixture
def log_in(office: Office, client: Any) -> Callable[[str], Any]:
    def enter(name: str) -> Any:
        client.force_login(office.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def three(office: Office) -> tuple[Any, Any, Any]:
    """A goal at work, a goal and a task with full plans."""
    gdp = office.working(GDP)
    jobs, task = office.confirm(JOBS, "nk.rsj"), office.confirm(TASK, "nk.shangwu")
    plan = Plan(
        "project", "分管商务的副区长", "主任", ("nk.zjw",), ("nk.scjg", "nk.gzfj"),
        ((date(2017, 3, 31), "完成设计；报审"), (date(2017, 9, 30), "主体完工")), "=两处菜市场开业", "竣工验收单\n现场照片", False,
    )  # fmt: skip
    actions.edit(
        task.pk, "-建成两处菜市场", "nk.shangwu", plan, **office.who("duban"), at=at("2026-11-24 09:00")
    )
    return gdp, jobs, task
