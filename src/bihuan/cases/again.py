"""The same request again gets the same answer; and the lock of a case that is opened below another."""

from __future__ import annotations

from bihuan import lines
from bihuan.cases import lookup
from bihuan.cases.family import Family, Member, lock_family, new_ids
from bihuan.cases.receive import same_request
from bihuan.cases.rows import seal
from bihuan.cases.shapes import Opened, Written


def lock_parent(parent: int, by: str, unit: str, day: int, key: str | None) -> Family:
    """The family of the case above, locked, with an id for the new one."""
    family = lock_family(parent, lines.calendar(), by=by, unit=unit, day=day, key=key)
    assert family is not None
    family.ids = new_ids(1)
    return family


def opened_before(found: tuple[int, int, str, str], wanted: str) -> Opened:
    """The case this key opened; KeyConflict where it stands for another request."""
    pk, _, request, number = found
    same_request(request, wanted)
    return Opened(pk, number, lookup.code_of(number), repeated=True)


def done_before(family: Family, member: Member, wanted: str) -> Written:
    """The event this key wrote; KeyConflict where it stands for another request."""
    assert family.key is not None
    pk, seq, request, number = family.key
    same_request(request, wanted)
    event = member.events[seq - 1]
    said = seal(number, seq, event)
    return Written(
        pk, number, seq, event.name, event.at, event.effective, member.case.state, said, repeated=True
    )
