"""What idempotency keys led to: for devices that lost the answer and ask again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, to_datetime

FIND = f"""select k.key, k.case_id, c.number, e.name, extract(epoch from e.at)::bigint + {OFFSET}
    from cases_key k join cases_case c on c.id = k.case_id
    join cases_event e on e.case_id = k.case_id and e.seq = k.seq where k.key = any(%s)"""


@dataclass(frozen=True, slots=True)
class Keyed:
    """The event that a key stands for, recorded `at`."""

    case: int
    number: str
    name: str
    at: datetime


def keyed(keys: Sequence[str]) -> dict[str, Keyed]:
    """The events of these keys, one query; the caller makes keys that only their owner can name."""
    rows = wall.ask(FIND, [list(keys)], wall.SYSTEM)
    return {key: Keyed(case, number, name, to_datetime(at)) for key, case, number, name, at in rows}
