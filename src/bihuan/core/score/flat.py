"""A case laid flat: one row for each thing that can be counted, so that a month is counted without folding a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bihuan.core.case.parts import is_unit
from bihuan.core.score.formula import Story
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import due


class Flat(NamedTuple):
    """One case, run or event. `begun` is when it began (opened, started, done), `ended` when it ended or closed.

    `due` and `plain` are the last seconds in time with and without stops, `how` a run ended. `acts` are the actions
    ever done, told with the case itself only. Instants; "" and None where there is nothing.
    """

    kind: str
    name: str
    n: int
    begun: int
    ended: int | None
    due: int | None
    plain: int | None
    how: str
    stopped: bool
    extended: bool
    state: str
    outcome: str
    acts: tuple[str, ...]
    parties: Mapping[str, str]


def flat(story: Story, cal: Calendar, wanted: Mapping[tuple[str, str], frozenset[str]]) -> Iterator[Flat]:
    """The things of a case that are wanted, (kind, name) -> parties, in one order: the case, its runs, its events.

    Only units stay among the parties.
    """
    case = story.case
    if case.opened is None:
        return
    if ("case", "") in wanted:
        yield Flat(
            "case", "", 0, case.opened, case.closed if case.final else None, None, None, "", False, False, case.state,
            case.outcome, tuple(sorted(case.times)), _units(story.parties[-1], wanted["case", ""]),
        )  # fmt: skip
    for number, run in enumerate([*case.history, *case.runs.values()]):
        parties = wanted.get(("run", run.clock))
        if parties is None:
            continue
        # nothing in a run's due depends on the moment of asking; only whether it is late does
        now = due(run, cal, run.start)
        seq = max((i for i, event in enumerate(story.events) if event.effective <= run.start), default=0)
        yield Flat(
            "run", run.clock, number, run.start, run.end, now.at, now.plain, run.how, any(s.pause for s in run.stops),
            bool(run.extension), "", "", (), _units(story.parties[seq], parties),
        )  # fmt: skip
    for seq, event in enumerate(story.events):
        parties = wanted.get(("event", event.name))
        if parties is not None:
            yield Flat(
                "event", event.name, seq, event.at, None, None, None, "", False, False, "", "", (),
                _units(story.parties[seq], parties),
            )  # fmt: skip


def _units(held: Mapping[str, str], parties: frozenset[str]) -> dict[str, str]:
    return {key: value for key, value in held.items() if key in parties and is_unit(value)}
