"""Random lives of cases: whatever people may do, somebody owes the next step and the time adds up."""

from __future__ import annotations

from itertools import cycle
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.case.automatic import catch_up
from bihuan.core.case.bill import bill
from bihuan.core.case.fold import Actor, Case, Event, begin, step
from bihuan.core.case.refuse import refuse
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import CHILDREN
from bihuan.core.time.instant import at as instant
from bihuan.lines import all_lines, calendar

CAL = calendar()
START = instant("2026-09-14 09:00")
LATEST = {code: max(versions.items())[1] for code, versions in all_lines().items()}
DATA: dict[str, Any] = {
    "reason": "写明的理由", "centre": "nk.jiandu", "command": "nk.zhihui", "office": "nk.gov",
    "government": "nk", "applicant": "r:1", "collector": "c1", "person": "k1", "lead": "nk.fagai",
    "unit": "nk.cgw",
    "channel": "in_person", "basis": "decision", "decision": "例", "plan": "例", "facts": "例",
    "target_old": "15", "target_new": "12", "result": "accepted",
    "should_be": "nk.cgw2", "into": "CG20260914-000002",
}  # fmt: skip
# who hands over here is the opening actor below; a hearing is called long before it is held
OWN = {
    "leads": {"unit": "nk.jw", "office": "nk.jiandu"},
    "ratings": {"level": "2", "office": "nk.zwb"},
    "bundles": {"lead": "nk.zwb", "applicant_kind": "person", "wanted": ["P003-1", "P055-1"]},
    "draws": {"first": "nk.a", "second": "nk.b", "third": "nk.c", "fourth": "nk.d", "fifth": "nk.e"},
    "school_enrolment": {"group": "none", "school": "示例第二小学"},
    "inspections": {
        "agency": "nk.jiandu",
        "first": "1",
        "first_unit": "nk.scjg",
        "second": "2",
        "second_unit": "nk.scjg",
        "text": "例",
        "origin": "例",
        "checks": [{"point": "例", "found": "符合"}],
        "signed": "yes",
    },
    "enforcement": {
        "unit": "nk.scjg",
        "party": "r:1",
        "party_kind": "organisation",
        "party_shown": "示例公司",
        "ended_offence": "2026-09-01",
        "second_officer": "e2",
        "card_shown": "yes",
        "told": "yes",
        "held_on": "2030-01-01 09:00",
        "way": "direct",
        "ticket": "1",
        "ground": "remote",
        "remedy": "none",
        "low": "no",
        "reviewed": "yes",
    },
    "permits": {"agency": "nk.scjg", "missing": "例", "only_first": "yes", "held_on": "2030-01-01 09:00"},
}
# of very many matters alike, one of each sort: plain, a renewal, one on an undertaking
MATTERS = {"permits": ("P003-1", "P003-3", "P055-1"), "bundles": ("B03",), "enforcement": ("F105",)}
# what differs from life to life
LIVES: dict[str, list[dict[str, Any]]] = {
    "enforcement": [
        {"kinds": ["fine"], "amount": "8000", "final_kinds": ["fine"], "final_amount": "8000"},
        {"kinds": ["withdraw"], "final_kinds": ["withdraw"]},
    ],
}
# ends and turns back of a long line, taken more seldom than its way on
EARLY = {
    "enforcement": {
        "no_file", "transfer", "spare", "again", "legal_back", "preserve", "weigh", "legal_pass", "overturn", "drop_hearing",
        "pay", "complied", "collect_fine",
    },
}  # fmt: skip
ASK: dict[str, Any] = {
    name: lambda *_: None for name in (
        "duty", "same_matter", "times_supervised", "other_object", "open_task", "another_thing", "told_otherwise",
        "not_from_here", "main_shut", "controlled", "took_part", "undrawn", "unplaced", "barred",
    )
}  # fmt: skip
QUALIFIED = frozenset({"enforcer"})  # who inspects in person has the post
RESULTS = cycle(
    ("clean", "corrected", "pending", "corrected", "clean")
)  # of an inspection: what follows depends on it
ASK["said"] = lambda key: next(RESULTS) if key == "result" else None
ASK["each"] = lambda _name: ()


def told(done: list[Event]) -> dict[str, Any]:
    """What was said so far under a key, and by each event of a name, as the shell answers it."""
    return {
        "said": lambda key: next((event.data[key] for event in reversed(done) if event.data.get(key)), None),
        "each": lambda name: [event.data for event in done if event.name == name],
    }


def walk(line: Line, seed: int, steps: int = 40) -> tuple[Case, list[Event], int]:
    """A random life: each time one of the actions somebody may do now, after a random while."""
    random = Random(seed)
    matter = random.choice(MATTERS.get(line.code) or sorted(line.matters)) if line.matters else ""
    needs = frozenset(need for action in line.actions.values() for need in action.needs)
    case, now, done = begin(line, id="w", matter=matter), START, []
    life = random.choice(LIVES[line.code]) if line.code in LIVES else {}
    ask = ASK | told(done) if line.code in LIVES else ASK
    for number in range(steps):
        now += random.choice((60, 60, 1_800, 3_600, 30_000, 86_400, 9 * 86_400))
        case, alone = catch_up(case, CAL, now)
        done += alone
        options = []
        for name, action in line.actions.items():
            data = DATA | OWN.get(line.code, {}) | life | limit_for(case, name)
            if action.opens is not None and action.opens.bundle:
                parts = (("1", "P003-1", "nk.scjg"), ("2", "P055-1", "nk.xfzd"))
                data = data | {
                    "parts": [{"id": key, "item": item, "unit": unit} for key, item, unit in parts]
                }
            elif action.opens is not None:
                data = data | {"children": [{"id": f"{name}{number}", "unit": "nk.x"}]}
            for actor in actors(case, action.by):
                if not refuse(case, name, actor, now, data, CAL, needs, None, ask):
                    options.append(Event(name, now, actor.id, actor.unit, data))
        waiting = case.open_children
        if waiting:
            options.append(
                Event("child_settled", now, "children", "", {"child": waiting[0], "outcome": "agreed"})
            )
        if not options or (case.final and telling(line, options) == options and random.random() < 0.5):
            assert case.final, f"nobody may do anything in {case.state!r}, seed {seed}"
            break
        event = random.choice(options if random.random() < 0.2 else telling(line, options))
        case = step(line, case, event, CAL)
        done.append(event)
    return case, done, now


def telling(line: Line, options: list[Event]) -> list[Event]:
    """The events that move a case on, unless there are only notes and ways of giving up."""
    quiet = {action.name for action in line.actions.values() if action.housekeeping or action.quits}
    quiet |= EARLY.get(line.code, set())
    return [event for event in options if event.name not in quiet] or options


def limit_for(case: Case, name: str) -> dict[str, str]:
    """A limit for the actions that must declare one; for an extension, of the unit its clock counts in."""
    ops = case.line.ops[name]
    for clock in ops.extends:
        run = case.runs.get(clock.name)
        if run is not None:
            return {"limit": "1 " + run.limit.text.partition(" ")[2].removesuffix("s")}
    return {"limit": "3 days"} if ops.declares else {}


def actors(case: Case, by: tuple[str, ...]) -> list[Actor]:
    found = []
    for name in by:
        if name == "opening":
            found.append(Actor("r:1", "nk.jiandu", frozenset({"officer"})))
        elif name == "draw":
            found.append(Actor("draw"))
        elif name in case.line.roles:
            role = case.line.roles[name]
            party = case.parties.get(role.party, "")
            if party:
                found.append(
                    Actor(name, party, frozenset({role.post})) if role.post else Actor(party, posts=QUALIFIED)
                )
    return found


def owed(case: Case) -> str:
    """The party that owes the next step; what the children owe is billed to nobody here."""
    return case.line.states[case.state].owner


@pytest.mark.parametrize("code", sorted(LATEST))
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32))
def test_the_time_of_every_life_adds_up(code: str, seed: int) -> None:
    case, events, now = walk(LATEST[code], seed)
    again, open_for = begin(LATEST[code], id="w", matter=case.matter), 0
    for event in events:
        if again.opened is not None and not again.final and owed(again) != CHILDREN:
            open_for += event.at - (again.last or 0)
        again = step(LATEST[code], again, event, CAL)
    assert again == case
    if case.opened is None:
        return
    open_for += 0 if case.final or owed(case) == CHILDREN else now - (case.last or 0)
    assert sum(share.elapsed for share in bill(case, CAL, now).values()) == open_for
    assert case.final or case.holder or case.open_children, f"nobody owes the next step in {case.state}"
    covered = any(not case.line.clocks[name].window for name in case.runs)
    assert case.final or covered or case.line.states[case.state].idle, f"no clock covers {case.state}"


@pytest.mark.parametrize("code", sorted(LATEST))
def test_lives_reach_every_state(code: str) -> None:
    line = LATEST[code]
    seen: set[str] = set()
    for seed in range(900, 1300):  # a stretch that gets everywhere soon
        case, events, _ = walk(line, seed)
        seen |= {line.actions[event.name].to for event in events if event.name in line.actions} | {case.state}
        if seen >= set(line.states):
            return
    assert seen >= set(line.states), set(line.states) - seen
