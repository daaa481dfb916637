"""What somebody is asked who applies from outside, on our pages or by another platform."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bihuan.cases import materials, undertaken
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.lines.forms import FILES, Field, fields, not_asked

# What is known without asking, by line: whoever holds the code applies, now, to the unit that has the matter.
KNOWN = {
    "permits": frozenset({"applicant", "received_on", "late_reason", "agency"}),
    "school_enrolment": frozenset({"applicant", "office", "round", "wish"}),
    "disclosure": frozenset({"applicant", "channel", "submitted_on", "office"}),
}


def asked_online(line: Line, matter: str, day: int) -> tuple[Field, ...]:
    """The fields of the opening form that the applicant fills in, one for each paper of the matter; a line that nobody
    opens from outside is a KeyError."""
    known = KNOWN[line.code]
    found = materials.each(
        [one for one in fields(line, line.opens_with) if one.key not in known], matter, online=True
    )
    return undertaken.fields_for(line, found, matter, day) if line.code == undertaken.LINE else found


def missing(
    line: Line, asked: Iterable[Field], there: Collection[str], data: Mapping[str, Any]
) -> list[tuple[str, Say]]:
    """A fault for each paper that is asked for, after these answers, and not `there`."""
    return [
        (one.key, Say(f"还没有交“{one.label}”", f"“{one.label.en}” is missing"))
        for one in asked
        if one.kind in FILES and one.required and one.key not in there and not_asked(line, one, data) is None
    ]
