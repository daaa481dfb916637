"""Our own description of the open interface is true: schemathesis asks every address over HTTP, right and wrong."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, FatalError, NonFatalError, ScenarioFinished

from bihuan.cases.tests.conftest import district, seed

__all__ = ["district", "seed"]
CONFIG: dict[str, Any] = {
    "seed": 20161124,
    "workers": 1,
    "headers": {"Connection": "close"},  # or threads of the server keep the test's database open
    "generation": {"max-examples": 15, "deterministic": True, "database": "none"},
    # Which points lie in the district, and which words name a matter, no schema can say: those are refused with 422.
    "operations": [
        {
            "include-method": "POST",
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422", "429"]}
            },
        }
    ],
}


def broken(event: EngineEvent) -> list[str]:
    """What one event tells that is not as described."""
    if isinstance(event, NonFatalError):
        return [f"{event.label}: {event.info}"]
    if isinstance(event, FatalError):
        return [str(event.exception)]
    if not isinstance(event, ScenarioFinished):
        return []
    return [
        f"{node.name}: {node.failure_info.failure}\n{node.failure_info.code_sample}"
        for nodes in event.recorder.checks.values()
        for node in nodes
        if node.failure_info is not None
    ]


def ask_all(address: str) -> tuple[dict[str, set[int]], list[str]]:
    """Ask every operation described at an address: the answers seen of each, and what is not as described."""
    described = schemathesis.openapi.from_url(address, config=SchemathesisConfig.from_dict(CONFIG))
    seen: dict[str, set[int]] = {found.ok().label: set() for found in described.get_all_operations()}
    found: list[str] = []
    for event in from_schema(described).execute():
        found += broken(event)
        if isinstance(event, ScenarioFinished) and event.label in seen:
            answers = (one.response for one in event.recorder.interactions.values())
            seen[event.label] |= {answer.status_code for answer in answers if answer is not None}
    return seen, found


@pytest.mark.parametrize("api", ["api"])
def test_every_operation_answers_as_it_says(district: Any, live_server: Any, api: str) -> None:
    seen, found = ask_all(f"{live_server.url}/{api}/openapi.json")
    assert found == [], "\n".join(found)
    assert len(seen) >= 12 and all(len(answers) > 1 for answers in seen.values()), seen
