"""The core's transition against SpiffWorkflow: both read JSON, take one step and write JSON."""

from __future__ import annotations

from functools import cache

import orjson

from bench import spiff
from bench.measure import Line, race
from bihuan import lines as law
from bihuan.core.case.fold import Actor, Case, begin, dues, event_from, event_json, fold, step
from bihuan.core.case.refuse import refuse
from bihuan.core.time.instant import at

CENTRE, COMMAND, UNIT = "nk.jiandu", "nk.zhihui", "nk.cgw"
LIVES = 200


def told() -> list[dict[str, object]]:
    """Six events of one case of urban management, as they would arrive."""

    def event(when: str, name: str, by: str, unit: str, /, **data: object) -> dict[str, object]:
        moment = at(f"2026-10-12 {when}")
        return {"name": name, "at": moment, "by": by, "unit": unit, "data": data, "effective": moment}

    return [
        event("09:00", "report", "1", CENTRE, centre=CENTRE, command=COMMAND, what="垃圾箱满了"),
        event("09:05", "accept", "2", CENTRE),
        event("09:15", "dispatch", "3", COMMAND, unit=UNIT),
        event("10:40", "feedback", "4", UNIT, text="已处置"),
        event("10:40", "take_check", "draw", "", person="5"),
        event("14:00", "check_ok", "5", CENTRE, text="好了"),
    ]


POSTS = {
    "report": ("opening", ()), "accept": ("2", ("acceptor",)), "dispatch": ("3", ("dispatcher",)),
    "feedback": ("4", ("officer",)), "take_check": ("draw", ()), "check_ok": ("5", ("checker",)),
}  # fmt: skip
HAS = frozenset(("evidence:after", "evidence:check"))
ASK = {"duty": lambda *_: None}


@cache
def arriving() -> list[bytes]:
    return [orjson.dumps(event) for event in told()]


def text() -> law.Line:
    """The law these events are under."""
    return law.at("urban_management", "2026-10-12")


def lives(n: int) -> int:
    """`n` cases through six transitions: event JSON in, refuse, fold one step, due of live clocks, JSON out."""
    cal, line, rows = law.calendar(), text(), arriving()
    actors = {
        name: Actor(by, event["unit"], frozenset(posts))  # type: ignore[arg-type]
        for (name, (by, posts)), event in zip(POSTS.items(), told(), strict=True)
    }
    for _ in range(n):
        case: Case = begin(line, id="1", matter="管理事项:06042")
        for raw in rows:
            event = event_from(orjson.loads(raw))
            if event.by not in ("draw",) and event.name != "report":
                why = refuse(
                    case, event.name, actors[event.name], event.at, event.data, cal, HAS, event.effective, ASK
                )
                if why:
                    raise AssertionError(why)
            case = step(line, case, event, cal)
            orjson.dumps(
                [event_json(event), case.state, {k: d.at for k, d in dues(case, cal, event.at).items()}]
            )
    return n * len(rows)


def refolds(n: int) -> int:
    """The same six transitions, each from the case folded anew from its first event, as a request finds it."""
    cal, line = law.calendar(), text()
    events = [event_from(event) for event in told()]
    for _ in range(n):
        for i in range(1, len(events) + 1):
            case = fold(line, events[:i], cal, id="1", matter="管理事项:06042")
            dues(case, cal, events[i - 1].at)
    return n * len(events)


def lines() -> list[Line]:
    ours, anew, peer = race(
        [
            ("core transition", lambda: lives(LIVES), LIVES * 6),
            ("core, refolded each time", lambda: refolds(LIVES), LIVES * 6),
            ("SpiffWorkflow, JSON each step", spiff.life, spiff.STEPS),
        ]
    )
    return [
        Line("流转一步，内存 / transition, core only", ours, peer, 8),
        Line("流转一步，每次重放 / transition, refolded", anew, peer),
    ]
