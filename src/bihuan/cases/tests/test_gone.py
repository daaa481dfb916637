"""A case without anybody's words is the same case: every event of every worked example, and random words besides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.gone import emptied, names_them, strings
from bihuan.core.case import example
from bihuan.core.case.fold import Event
from bihuan.core.case.fold import step as one_step
from bihuan.core.line.folder import Line
from bihuan.lines import all_lines, calendar
from bihuan.lines.forms import fields

LINES = [line for versions in all_lines().values() for line in versions.values()]
every_line = pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.code}@{line.version_text}")


@every_line
def test_every_event_of_every_example_leads_to_the_same_case_without_its_words(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def both(line: Line, case: Any, event: Event, cal: Any) -> Any:
        found, bare = one_step(line, case, event, cal), replace(event, data=emptied(line, event))
        assert one_step(line, case, bare, cal) == found, event
        seen.append(event)
        return found

    monkeypatch.setattr(example, "step", both)
    for one in line.examples:
        assert example.run_example(line, one, calendar(), all_lines()) == []
    assert seen


WORDS = st.dictionaries(
    st.sampled_from(["what", "words", "told", "reason", "x"]), st.text(min_size=1), min_size=1
)


@every_line
@given(words=WORDS)
def test_no_words_stay_whatever_they_are_called(line: Line, words: dict[str, str]) -> None:
    codes = {field.key for field in fields(line, line.opens_with) if field.kind in ("choice", "unit")}
    event = Event(
        line.opens_with,
        0,
        "r:1",
        data={key: {"deep": [value]} for key, value in words.items() if key not in codes},
    )
    assert emptied(line, event) == {}


@every_line
def test_of_every_form_nothing_free_stays(line: Line) -> None:
    """Text of any kind goes; what stays is a code from a list, a unit, a case, a member of staff, a limit or a party."""
    for action in line.actions:
        sets = {key for _, kind, key in line.actions[action].sets if kind == "data"}
        asked = fields(line, action)
        stays = emptied(line, Event(action, 0, "r:1", data={field.key: "王小明" for field in asked}))
        free = {
            field.key
            for field in asked
            if field.kind
            in ("text", "long", "identity", "money", "date", "organisation", "group", "address", "subject")
        }
        assert not free & stays.keys() - sets - {"limit"}, action


def test_values_are_found_wherever_they_stand() -> None:
    event = Event("note", 0, "7", data={"a": [{"b": "打给 13900007777"}], "c": 3})
    assert list(strings(event.data)) == ["打给 13900007777"]
    assert names_them(event, ["13900007777"]) and not names_them(event, ["13900007778"])
