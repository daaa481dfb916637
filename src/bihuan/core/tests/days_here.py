"""The calendar of these tests and a case written down step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.core.case.automatic import catch_up
from bihuan.core.case.fold import Actor, Case, Event, begin, step
from bihuan.core.case.refuse import refuse
from bihuan.core.line.parts import Line
from bihuan.core.line.titles import moment_text
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Due, due
from bihuan.core.time.instant import at
from bihuan.lines.calendar import calendar


def cal() -> Calendar:
    return calendar()


class Story:
    """One case as people write it: every action is judged, what is due by itself comes first."""

    def __init__(self, line: Line, matter: str = "", day: str = "") -> None:
        self.case: Case = begin(line, id="1", matter=matter)
        self.day, self.cal = day, cal()
        self.events: list[Event] = []
        self.has: set[str] = set()

    def moment(self, text: str) -> int:
        return at(text if len(text) > 5 else f"{self.day} {text}")

    def wait(self, text: str) -> list[Event]:
        """What happens by itself until then, each written at its first moment."""
        self.case, found = catch_up(self.case, self.cal, self.moment(text), prompt=True)
        self.events += found
        return found

    def why(
        self,
        when: str,
        name: str,
        actor: Actor,
        effective: str = "",
        ask: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> list[Say]:
        """The reasons against an action at that moment."""
        self.wait(when)
        lawful = self.moment(effective) if effective else None
        return refuse(
            self.case, name, actor, self.moment(when), data, self.cal, frozenset(self.has), lawful, ask or {}
        )

    def do(self, when: str, name: str, actor: Actor, effective: str = "", **data: Any) -> Case:
        """Do it; a refusal fails the test with its reasons."""
        why = self.why(when, name, actor, effective, **data)
        assert not why, why
        moment = self.moment(when)
        lawful = self.moment(effective) if effective else moment
        return self.add(Event(name, moment, actor.id, actor.unit, data, lawful))

    def add(self, event: Event) -> Case:
        self.events.append(event)
        self.case = step(self.case.line, self.case, event, self.cal)
        return self.case

    def settle(self, when: str, child: str, outcome: str, effective: str = "") -> Case:
        moment = self.moment(when)
        lawful = self.moment(effective) if effective else moment
        return self.add(
            Event("child_settled", moment, "children", "", {"child": child, "outcome": outcome}, lawful)
        )

    def due(self, clock: str, asof: str = "") -> Due:
        run = self.case.run(clock)
        assert run is not None
        return due(run, self.cal, self.moment(asof) if asof else self.case.last or 0)

    def due_text(self, clock: str) -> str:
        return moment_text(self.due(clock).at)


def staff(unit: str, *posts: str, id: str = "") -> Actor:
    return Actor(id or f"{unit}.{posts[0] if posts else 'x'}", unit, frozenset(posts))
