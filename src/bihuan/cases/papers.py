"""Where a document lies and who may open it: those whom the wall shows its case, personal ones after a stated purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import wall
from bihuan.cases.sight import sight
from bihuan.core.case import Actor


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
    seen = sight(actor, at)
    condition = seen.condition
    rows = wall.ask(
        f"{FIND} join cases_case c on c.id = d.case_id where d.id = %s and ({condition.sql})",
        [document, *condition.params],
        seen.scope,
    )
    return Paper(*rows[0]) if rows else None
