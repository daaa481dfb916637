"""Where a document lies and who may open it: those whom the wall shows its case, personal ones after a stated purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.family import version_day
from bihuan.cases.reserved import kept_from
from bihuan.cases.shapes import CasePage, Tracked
from bihuan.cases.sight import sight
from bihuan.core.case.fold import Actor
from bihuan.papers import queries as issued
from bihuan.papers.queries import Issued


@dataclass(frozen=True, slots=True)
class Paper:
    case: int
    kind: str
    name: str
    mime: str
    file: str
    original: str
    personal: bool


FIND = """select d.case_id, d.kind, d.name, d.mime, d.file, d.original, d.personal, x.line, x.version, x.parties::text,
    (select e.name from cases_event e where e.case_id = d.case_id and e.seq = d.event_seq)
    from cases_document d join cases_case x on x.id = d.case_id"""


def paper_of_bearer(document: int, case: int) -> Paper | None:
    """A document of the case whose number and code somebody gave."""
    rows = wall.ask(f"{FIND} where d.id = %s and d.case_id = %s", [document, case], f"case:{case}")
    return _open(rows, "")


def paper_of_staff(document: int, actor: Actor, at: datetime | int) -> Paper | None:
    """A document of a case that this actor may see."""
    seen = sight(actor, at)
    condition = seen.condition
    rows = wall.ask(
        f"{FIND} join cases_case c on c.id = d.case_id where d.id = %s and ({condition.sql})",
        [document, *condition.params],
        seen.scope,
    )
    return _open(rows, actor.unit)


def shown_papers(page: CasePage | Tracked, at: datetime | int) -> list[Issued]:
    """The letters and certificates of a case, as they stand now; a letter only where its document is shown."""
    if not page.issued:
        return []
    shown = {doc.id for doc in page.documents}
    found = issued.of_case(page.head.id, to_date(day_of(at)))
    return [one for one in found if one.document is None or one.document in shown]


def sees_case(case: int, actor: Actor, at: datetime | int) -> bool:
    """Whether this actor may see a case at all."""
    seen = sight(actor, at)
    condition = seen.condition
    sql = f"select 1 from cases_case c where c.id = %s and ({condition.sql})"
    return bool(wall.ask(sql, [case, *condition.params], seen.scope))


def _open(rows: Sequence[Sequence[Any]], unit: str) -> Paper | None:
    """The paper found, unless its event is kept from this reader."""
    if not rows or not rows[0][4]:  # a file that was deleted with the words of its case is gone
        return None
    *paper, code, version, parties, name = rows[0]
    if kept_from(lines.exact(code, version_day(version)), name, orjson.loads(parties), unit):
        return None
    return Paper(*paper)
