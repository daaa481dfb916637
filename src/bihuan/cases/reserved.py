"""Which events of a case only some of its units may read (`shown_to` of an action): never the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bihuan.cases.family import Member
from bihuan.cases.shapes import Doc
from bihuan.core.line.folder import Line


def kept_from(line: Line, name: str, parties: Mapping[str, str], unit: str) -> bool:
    """Whether an event of this name is kept from readers who act for `unit` ("" = the public)."""
    action = line.actions.get(name)
    if action is None or not action.shown_to:
        return False
    return not unit or unit not in {parties.get(party) for party in action.shown_to}


def reserved(member: Member, unit: str) -> frozenset[int]:
    """Numbers of the events that readers acting for `unit` do not see."""
    parties = member.case.parties
    return frozenset(
        seq
        for seq, event in enumerate(member.events, 1)
        if kept_from(member.case.line, event.name, parties, unit)
    )


def open_docs(docs: Sequence[Doc], kept: frozenset[int]) -> tuple[Doc, ...]:
    """The documents without those of events that are kept from the reader."""
    return tuple(doc for doc in docs if doc.seq not in kept)
