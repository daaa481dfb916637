"""Which step is offered first, in every line of the package."""

from __future__ import annotations

import pytest

from bihuan import lines
from bihuan.core.line.parts import AUTOMATIC
from bihuan.desk.next_step import first_of, owed

URBAN = max(lines.all_lines()["urban_management"].items())[1]
DISCLOSURE = max(lines.all_lines()["disclosure"].items())[1]


@pytest.mark.parametrize(
    ("state", "step"),
    [("reported", "accept"), ("verifying", "verify"), ("dispatching", "dispatch"), ("handling", "feedback"),
     ("suspended", "resume"), ("checking", "check_ok")],
)  # fmt: skip
def test_what_is_owed_leads_to_the_good_end(state: str, step: str) -> None:
    assert owed(URBAN, state) == URBAN.actions[step].title


def test_a_request_goes_from_receipt_to_delivery() -> None:
    assert [owed(DISCLOSURE, state) for state in ("submitted", "drafting", "drafted", "answered")] == [
        DISCLOSURE.actions[step].title for step in ("confirm", "draft", "give", "deliver")
    ]


def test_leaving_stopping_and_drawing_again_are_never_offered_first() -> None:
    chosen = [URBAN.actions[name] for name in ("ask_more", "ask_suspend", "redraw", "note", "urge")]
    assert first_of(URBAN, chosen) is None
    back = [URBAN.actions["back"], URBAN.actions["feedback"], *chosen]
    assert first_of(URBAN, back) is URBAN.actions["feedback"]


@pytest.mark.parametrize("code", sorted(lines.all_lines()))
def test_every_open_state_of_every_line_owes_something(code: str) -> None:
    for line in lines.all_lines()[code].values():
        for name, state in line.states.items():
            moves = [
                a
                for a in line.actions.values()
                if name in a.states and a.to and not set(a.by) <= AUTOMATIC and not a.housekeeping
            ]
            assert (owed(line, name) is not None) == (bool(moves) and not state.final), (code, name)
