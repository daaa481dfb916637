"""Quarterly nodes remind by themselves, as the deadlines of a case do; a node is no clock and costs nobody anything."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from bihuan import lines
from bihuan.cases import actions as cases
from bihuan.cases.edge import to_date, to_day, to_instant
from bihuan.cases.shapes import Refused
from bihuan.targets.models import Node

AHEAD = timedelta(days=31)  # more than any number of working days before a node, holidays included


def remind_nodes(at: datetime | int) -> int:
    """Remind the lead of every node that is due within the line's `remind_near` working days; how many were sent.

    Each node once, whoever calls it how often; one whose case is not in the unit's hands is left until it is.
    """
    moment = to_instant(at)
    today = moment // 86400
    cal = lines.calendar()
    open_hours = cal.sessions(today)
    if not open_hours or not open_hours[0][0] <= moment % 86400 <= open_hours[-1][1]:
        return 0  # nobody is reminded at night or on a rest day
    near = int(lines.at("supervision", today).param("remind_near", today).value)
    first = to_date(today)
    found = Node.objects.filter(due__gte=first, due__lte=first + AHEAD).order_by("due", "id")
    return sum(
        _remind(pk, moment)
        for pk, due in found.values_list("pk", "due")
        if cal.count(today, int(to_day(due))) <= near
    )


def _remind(pk: int, moment: int) -> bool:
    """Send one, if the node still stands as it did and was not reminded of: an edit writes nodes anew."""
    with transaction.atomic():
        node = Node.objects.select_related("commitment").filter(pk=pk).first()
        if node is None:
            return False
        said = f"{node.due} {node.text}"
        mark = sha256(f"{node.commitment_id}|{said}".encode()).hexdigest()[:32]
        try:
            sent = cases.act(
                node.commitment.case_id, "remind", by="clock", unit="", at=moment, data={"text": said},
                key=f"node:{mark}",
            )  # fmt: skip
        except Refused:  # not signed for yet, being changed, or over: nothing to remind of in this state
            return False
        return not sent.repeated
