"""Where a document lies and who may open it: those whom the wall shows its case, personal ones after a stated purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.cases.queries import scope_of
from bihuan.core.case import Actor
from bihuan.core.grants import compile
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Paper:
    case: int
    name: str
    mime: str
    file: str
    personal: bool


FIND = "select d.case_id, d.name, d.mime, d.file, d.personal from cases_document d"


def paper_of_bearer(document: int, case: int) -> Paper | None:
    """A document of the case whose number and code somebody gave."""
    rows = wall.ask(f"{FIND} where d.id = %s and d.case_id = %s", [document, case], f"case:{case}")
    return Paper(*rows[0]) if rows else None


def paper_of_staff(document: int, actor: Actor, at: datetime | int) -> Paper | None:
    """A document of a case that this actor may see."""
    day = to_instant(at) // 86400
    grants = people.grants_of(sorted(actor.posts), actor.unit, day)
    condition = compile(grants, actor, day, "see", "c")
    rows = wall.ask(
        f"{FIND} join cases_case c on c.id = d.case_id where d.id = %s and ({condition.sql})",
        [document, *condition.params],
        scope_of(grants, actor, day),
    )
    return Paper(*rows[0]) if rows else None
