"""扫码入企: every visit is registered when it begins; and signals in what was recorded of inspections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_datetime, to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.core.signal.visited import Visited, look_at_visits
from bihuan.core.time.instant import at as instant
from bihuan.inspections import queries
from bihuan.inspections.actions.wants import LEADERS, Faults
from bihuan.inspections.models import Visit
from bihuan.inspections.queries import LINE, POST
from bihuan.inspections.shapes import COUNTED, OTHER
from bihuan.leads import actions as leads
from bihuan.lines import at as line_at
from bihuan.lines.signals import rules
from bihuan.people import queries as people

VISITORS = LEADERS | {"reviewer", POST}


def register_visit(
    code: str, channel: str, basis: str, head_count: int, *, number: str = "", units: Sequence[str] = (), by: str, unit: str, at: datetime
) -> Visit:  # fmt: skip
    """Register a visit when it begins, whatever department makes it; whether it is over the cap is said, and kept.

    By somebody of a department that inspects. With the `number` of an inspection it is one of this business, of this
    person or department, and of the kind it was opened as: a random one is not registered as another to spare the cap.
    """
    if not people.posts_of(by, unit, day_of(at)) & VISITORS:
        raise Refused([Say("入企由执法人员、经办人、审核人、负责人登记", "An enforcement officer, officer, reviewer or head registers a visit")])  # fmt: skip
    faults: Faults = []
    found = queries.door(code, at)
    text = line_at(LINE, day_of(at))
    if found is None:
        faults.append(("code", Say("登记里没有这个代码", "The register has no such code")))
    if channel not in {*text.matters, OTHER}:
        faults.append(("channel", Say("请选是哪一种", "Choose what it is for")))
    if not basis.strip() or len(basis) > 300:
        faults.append(("basis", Say("请写依据和事由，不超过 300 字", "Give basis and reason in at most 300 characters")))  # fmt: skip
    if not 1 <= head_count <= 50 or (channel != OTHER and head_count < 2):
        faults.append(("people", Say("检查不得少于两人，最多写 50 人", "At least two inspect; 50 at most")))
    matter = _matter_of(number, code, by, unit) if number else channel
    if not matter:
        faults.append(("number", Say("没有这一户的这件检查", "There is no such inspection of this business")))
    elif matter != channel:
        kind = queries.channel_name(matter, text)
        faults.append(("channel", Say(f"这件检查是“{kind}”", f"This inspection is: {kind.en}")))
    if number and Visit.objects.filter(number=number).exists():
        faults.append(("number", Say("这件检查已经登记过入企", "This visit is registered already")))
    if faults or found is None:
        raise BadInput(faults)
    over = channel in COUNTED and found.counted + 1 > found.cap
    return Visit.objects.create(
        code=code, units=sorted({unit, *units}), channel=channel, basis=basis.strip(), number=number, people=head_count,
        over=over, by=by, at=at,
    )  # fmt: skip


def look(since: datetime | int, until: datetime | int, at: datetime | int) -> int:
    """Look for signals in the inspections recorded in [since, until) and keep the leads not shown before; how many."""
    text = line_at(LINE, day_of(at))
    found = rules(text)
    params = {one.key: one.params for one in found}
    names = people.known(people.change()).names
    seen = look_at_visits(recorded(since, until), found, lambda code: names.get(code) or Say(code, code))
    return sum(leads.keep(LINE, one, params[one.signal], since, until, at) for one in seen)


RECORDED = """select c.number, c.data->>'subject', c.title, c.parties->>'agency', c.parties->>'first', c.parties->>'second',
    e.data->>'began_at', e.data->>'ended_at', coalesce(jsonb_array_length(e.data->'checks'), 0)
    from cases_case c join cases_event e on e.case_id = c.id and e.name = 'record'
    where c.line = 'inspections' and e.at >= %s and e.at < %s and e.data ? 'began_at' and e.data ? 'ended_at'
    order by e.at, c.id"""


def recorded(since: datetime | int, until: datetime | int) -> list[Visited]:
    """The inspections of a period as signals look at them."""
    rows = wall.ask(RECORDED, [to_datetime(to_instant(since)), to_datetime(to_instant(until))], wall.SYSTEM)
    return [
        Visited(number, code, name, unit, (first, second), instant(came), instant(left), points)
        for number, code, name, unit, first, second, came, left, points in rows
    ]


MATTER = """select matter from cases_case where number = %s and line = 'inspections' and data->>'subject' = %s
    and (parties->>'agency' = %s or %s in (parties->>'first', parties->>'second'))"""


def _matter_of(number: str, code: str, by: str, unit: str) -> str:
    """What an inspection of this business by this person or department was opened as; "" where there is none."""
    rows = wall.ask(MATTER, [number, code, unit, by], wall.SYSTEM)
    return str(rows[0][0]) if rows else ""
