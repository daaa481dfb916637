"""What belongs to somebody who has shown that it does: rows of a list, contact and documents of single cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.cases.family import version_day
from bihuan.cases.heads import HEAD, Titles, head_of
from bihuan.cases.models import Contact
from bihuan.cases.said import covered
from bihuan.cases.shapes import Head
from bihuan.core.say import Say
from bihuan.lines.forms import Field, fields

MOST = 200


def heads(cases: Sequence[int], at: datetime) -> list[Head]:
    """These cases as rows of a list, the newest first."""
    if not cases:
        return []
    sql = f"select {HEAD} from cases_case c where c.id = any(%s) order by c.id desc limit {MOST}"
    titles, now = Titles(), to_instant(at)
    return [head_of(row, titles, now) for row in wall.ask(sql, [list(cases)], wall.SYSTEM)]


def personal(head: Head) -> list[tuple[Field, Any]]:
    """The personal answers on a case with their fields, for the person who gave them."""
    with wall.open_to(f"case:{head.id}"):
        found = Contact.objects.filter(case_id=head.id).first()
    if found is None:
        return []
    said = {"contact_name": found.name, "contact_phone": found.phone} | found.data
    line = lines.exact(head.line, version_day(head.version))
    asked = {field.key: field for name in line.actions for field in fields(line, name)}
    unknown = Field("", Say("其他", "Other"), "text", personal=True)
    return [(asked.get(key, unknown), value) for key, value in said.items() if value]


def covered_answers(head: Head) -> list[tuple[Say, str]]:
    """The personal answers on a case with their telling part covered, as a receipt shows them."""
    return [(field.label, covered(field, value)) for field, value in personal(head)]


def opening_answers(head: Head) -> dict[str, Any]:
    """What was answered on the form that opened a case, for the person who gave the answers."""
    rows = wall.ask(
        "select data from cases_event where case_id = %s and seq = 1", [head.id], f"case:{head.id}"
    )
    plain = (
        orjson.loads(rows[0][0]) if rows and isinstance(rows[0][0], str) else dict(rows[0][0]) if rows else {}
    )
    return plain | {field.key: value for field, value in personal(head) if field.key}
