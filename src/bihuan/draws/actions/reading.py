"""Readings that are watched: who is drawn, before it is published."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.cases.edge import day_of
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.draws import queries
from bihuan.draws.actions.freezing import POSTS
from bihuan.draws.actions.steps import refuse
from bihuan.draws.shapes import Result
from bihuan.people import queries as people
from bihuan.record.actions import note


def read_teams(draw_id: str, *, purpose: str, by: str, unit: str, at: datetime) -> Result:
    """What a sealed draw came to, for whoever sends the teams: the organiser's officer or head, with a purpose; each
    reading is an audit row in the same transaction."""
    if not purpose.strip():
        raise BadInput([("purpose", Say("请写明为什么要看", "State why you need to see it"))])
    with transaction.atomic():
        draw = queries.draw(draw_id)
        if unit != draw.unit or not people.posts_of(by, unit, day_of(at)) & POSTS:
            raise refuse(
                "只有发起部门安排检查的人可以看", "Only those of the organiser who send the teams may see it"
            )
        found = queries.result(draw_id)
        if found is None:
            raise refuse("结果还没有算出来", "There is no result yet")
        said = {"purpose": purpose.strip()[:200], "fields": ["teams"], "sealed": found.secret}
        note("read", by=by, unit=unit, about=draw.name, said=said, at=at)
        return found
