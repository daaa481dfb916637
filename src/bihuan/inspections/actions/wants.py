"""Who may do it: an officer or head, of the department whose task it is."""

from __future__ import annotations

from datetime import datetime

from bihuan.cases.edge import day_of
from bihuan.cases.shapes import Refused
from bihuan.core.say import Say
from bihuan.inspections.models import Task
from bihuan.people import queries as people

LEADERS = {"officer", "head"}
Faults = list[tuple[str, Say]]


def want_leader(by: str, unit: str, at: datetime) -> None:
    if not people.posts_of(by, unit, day_of(at)) & LEADERS:
        raise Refused([Say("由经办人或者负责人办", "An officer or head does this")])


def want_own(task: Task, by: str, unit: str, at: datetime) -> None:
    want_leader(by, unit, at)
    if unit != task.unit:
        raise Refused([Say("由发起部门办", "The initiating department does this")])
