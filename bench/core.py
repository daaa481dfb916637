"""What the core does a second on one core of this machine, against the rates it has to keep; no peer, CPU time.

    python -m bench.core [word ...]

Absolute rates say something only on an idle machine, and each machine has its own: the races against peers are
in the other files. The best of a few rounds is shown, since whatever else runs only ever takes away.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import orjson

from bench.transition import ASK, HAS, LIVES, POSTS, arriving, lives, text, told
from bihuan.core.case.bill import bill
from bihuan.core.case.fold import Actor, Case, Event, begin, dues, event_from, event_json, fold, step
from bihuan.core.case.refuse import refuse
from bihuan.core.time.calendar import add_months
from bihuan.core.time.clock import Limit, Run, Stop, deadline, due
from bihuan.core.time.instant import DAY, at
from bihuan.lines import calendar, exact

ROUNDS = 7
CAL = calendar()
Work = Callable[[], int]


def rate(work: Work) -> float:
    """Things done a second of CPU time, the best round."""
    work()
    best = 0.0
    for _ in range(ROUNDS):
        start = time.process_time()
        done = work()
        best = max(best, done / (time.process_time() - start))
    return best


def long_life() -> list[Event]:
    """Twelve events of one case: returned twice, ruled on, not fixed at first."""

    def event(when: str, name: str, by: str, unit: str, /, **data: object) -> Event:
        return Event(name, at(f"2026-10-12 {when}"), by, unit, data)

    first = [event_from(row) for row in told()[:3]]
    return [
        *first,
        event("09:30", "back", "4", "nk.cgw", reason="不是我们的"),
        event("09:40", "take_back", "3", "nk.zhihui"),
        event("09:45", "dispatch", "3", "nk.zhihui", unit="nk.cgw"),
        event("10:40", "feedback", "4", "nk.cgw", text="已处置"),
        event("10:40", "take_check", "draw", "", person="5"),
        event("14:00", "check_bad", "5", "nk.jiandu", text="没有处置好"),
        event("15:00", "feedback", "4", "nk.cgw", text="已处置"),
        event("15:00", "take_check", "draw", "", person="5"),
        event("16:00", "check_ok", "5", "nk.jiandu", text="好了"),
    ]


def consulted(n: int) -> Case:
    """A disclosure case whose answer waits for `n` bodies: a stop of the main clock, with children."""
    law = exact("disclosure", "2019-05-15")
    children = [{"id": f"c{i}", "unit": f"nk.u{i}"} for i in range(n)]
    return fold(
        law,
        [
            Event("apply", at("2026-03-02 10:00"), "1", "nk.gov", {"applicant": "p1", "office": "nk.gov"}),
            Event("confirm", at("2026-03-02 10:00"), "2", "nk.gov", {}),
            Event("consult", at("2026-03-05 10:00"), "2", "nk.gov", {"children": children}),
            *(
                Event("child_settled", at(f"2026-03-{10 + i} 10:00"), "children", "", {"child": f"c{i}"})
                for i in range(n)
            ),
        ],
        CAL,
    )


def folding(events: list[Event]) -> Work:
    law = text()

    def work() -> int:
        for _ in range(LIVES):
            fold(law, events, CAL, id="1", matter="管理事项:06042")
        return LIVES * len(events)

    return work


def stepping(events: list[Event]) -> Work:
    law = text()

    def work() -> int:
        for _ in range(LIVES):
            case = begin(law, id="1", matter="管理事项:06042")
            for event in events:
                case = step(law, case, event, CAL)
        return LIVES * len(events)

    return work


def refolding() -> Work:
    """The twelfth event as a request brings it: all twelve from JSON, eleven folded, then as any transition."""
    law, rows = text(), [orjson.dumps(event_json(event)) for event in long_life()]
    (by, posts), unit = POSTS["check_ok"], "nk.jiandu"
    actor = Actor(by, unit, frozenset(posts))

    def work() -> int:
        for _ in range(LIVES):
            events = [event_from(orjson.loads(raw)) for raw in rows]
            last = events.pop()
            case = fold(law, events, CAL, id="1", matter="管理事项:06042")
            if refuse(case, last.name, actor, last.at, last.data, CAL, HAS, last.effective, ASK):
                raise AssertionError(last)
            case = step(law, case, last, CAL)
            live = {name: now.at for name, now in dues(case, CAL, last.at).items()}
            orjson.dumps([event_json(last), case.state, live])
        return LIVES

    return work


def billing(case: Case) -> Work:
    until = (case.last or 0) + DAY

    def work() -> int:
        for _ in range(2000):
            bill(case, CAL, until)
        return 2000

    return work


STARTS = [at("2016-09-12 09:00") + i * 7919 for i in range(10_000)]
DAYS = [t // DAY for t in STARTS]


def each(one: Callable[[int], object], values: list[int] = STARTS) -> Work:
    def work() -> int:
        for value in values:
            one(value)
        return len(values)

    return work


def added(method: Callable[[int, int], int], values: list[int], n: int) -> Work:
    def work() -> int:
        for value in values:
            method(value, n)
        return len(values)

    return work


def runs(limit: Limit, stops: int = 0, roll: bool = False) -> list[Run]:
    """Runs of this limit, with so many stops of a day, an hour after the start and then each second day."""
    return [
        Run("c", limit, roll, t, 0, tuple(stop(t + 3600 + 2 * DAY * i) for i in range(stops))) for t in STARTS
    ]


def stop(a: int) -> Stop:
    return Stop("p", a, a + DAY, a + DAY)


def of_runs(one: Callable[..., object], made: list[Run], asof: int = 0) -> Work:
    def ends() -> int:
        for run in made:
            one(run, CAL)
        return len(made)

    def whole() -> int:
        for run in made:
            one(run, CAL, run.start + asof)
        return len(made)

    return whole if one is due else ends


def works() -> list[tuple[str, Work, int]]:
    """(name, work, the rate to keep; 0 where none is laid down)."""
    hours, days = Limit(4 * 3600, "working seconds"), Limit(20, "working days")
    short = [event_from(row) for row in told()]
    returned = fold(text(), long_life()[:9], CAL, id="1", matter="管理事项:06042")
    return [
        ("transition", lambda: lives(LIVES), 50_000),
        ("transition, refolding 12 events", refolding(), 20_000),
        ("fold, 6 events", folding(short), 400_000),
        ("fold, 12 events", folding(long_life()), 400_000),
        ("step, 6 events", stepping(short), 0),
        ("event from JSON", lambda: len([orjson.loads(raw) for _ in range(LIVES) for raw in arriving()]), 0),
        ("add working days", added(CAL.add_working_days, DAYS, 20), 2_000_000),
        ("add months", added(add_months, DAYS, 3), 800_000),
        ("add working hours", added(CAL.add_work, STARTS, 4 * 3600), 1_200_000),
        ("deadline, working days", of_runs(deadline, runs(days)), 0),
        ("deadline, working days, a stop", of_runs(deadline, runs(days, 1)), 0),
        ("deadline, months", of_runs(deadline, runs(Limit(3, "months"), 0, True)), 0),
        ("deadline, months, a stop", of_runs(deadline, runs(Limit(3, "months"), 1, True)), 0),
        ("deadline, working hours", of_runs(deadline, runs(hours)), 0),
        ("deadline, working hours, a stop", of_runs(deadline, runs(hours, 1)), 0),
        ("due, working hours, at its start", of_runs(due, runs(hours)), 0),
        ("due, working hours", of_runs(due, runs(hours), 9000), 0),
        ("due, working days", of_runs(due, runs(days), 9 * DAY), 0),
        ("due, working days, two stops", of_runs(due, runs(days, 2), 9 * DAY), 0),
        ("bill", billing(fold(text(), short, CAL, id="1", matter="管理事项:06042")), 35_000),
        ("bill with returns and stops", billing(returned), 35_000),
        ("bill with a stop and two children", billing(consulted(2)), 35_000),
    ]


def main(words: list[str]) -> None:
    for name, work, wanted in works():
        if not words or any(word in name for word in words):
            reached = rate(work)
            share = f"{reached / wanted:7.2f} x {wanted:,}" if wanted else ""
            print(f"{name:36}{reached:14,.0f}/s{share}")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
