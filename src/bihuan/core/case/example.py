"""The worked examples of a line (cases.toml), run as a case would: differences out, nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bihuan.core.case.automatic import catch_up
from bihuan.core.case.bill import bill
from bihuan.core.case.fold import amended, begin, step
from bihuan.core.case.parts import Actor, Case, CaseError, Event
from bihuan.core.case.refuse import refuse
from bihuan.core.line.parts import Line, Rule
from bihuan.core.line.titles import moment_text
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Run, due
from bihuan.core.time.instant import at as instant

Lines = Mapping[str, Mapping[int, Line]]
EXAMPLE = {"title", "law", "matter", "events", "expect", "refuses", "allows", "ask"}
EVENT = {"at", "do", "by", "data", "effective", "has", "ask"}
EXPECT = {
    "state", "outcome", "clock", "due", "plain", "used", "gross", "status", "bill", "holder", "parties",
    "children", "asof",
}  # fmt: skip


def examples(line: Line, cal: Calendar, lines: Lines | None = None) -> list[tuple[str, list[str]]]:
    """(title, differences) of every worked example of the line."""
    return [
        (str(example.get("title", "?")), run_example(line, example, cal, lines)) for example in line.examples
    ]


def run_example(
    line: Line, example: Mapping[str, Any], cal: Calendar, lines: Lines | None = None
) -> list[str]:
    """What happened otherwise than the example says, empty if nothing.

    `by` is "role", "role@unit", "role#person", "role@unit#person" or an automatic actor; a unit not given is
    the role's party. A bill is written in minutes: working, or "elapsed/working". Asked what was `said`, or what
    `each` event of a name said, the shell answers with the data of the events so far.
    """
    differences = [f"{key}: unknown key" for key in example if key not in EXAMPLE]
    try:
        case = begin(line, id="example", matter=str(example.get("matter", "")))
        present: set[str] = set()
        said: dict[str, Any] = {}
        each: dict[str, list[Any]] = {}
        example = {**example, "ask": {"said": said, "each": each, **example.get("ask", {})}}
        for row in example.get("events", ()):
            differences += [f"event {row.get('do')}: unknown key {key}" for key in row if key not in EVENT]
            case, found = _one(case, row, present, example, cal, lines)
            differences += found
            said |= row.get("data", {})
            each.setdefault(row["do"], []).append(row.get("data", {}))
        differences += _expected(case, example.get("expect", {}), cal)
        for row in example.get("refuses", ()):
            differences += _refused(case, row, present, example, cal)
        for row in example.get("allows", ()):
            why = _reasons(case, row, present, example, cal)
            if why:
                differences.append(f"{row['at']} {row['do']}: refused ({' '.join(why)})")
    except (CaseError, KeyError, ValueError) as error:
        differences.append(f"{type(error).__name__}: {error}")
    return differences


def _one(
    case: Case,
    row: Mapping[str, Any],
    present: set[str],
    example: Mapping[str, Any],
    cal: Calendar,
    lines: Lines | None,
) -> tuple[Case, list[str]]:
    """The case after one written event, with what happened by itself before it."""
    when, name = instant(row["at"]), row["do"]
    case, alone = catch_up(case, cal, when, prompt=True)
    present |= set(row.get("has", ()))
    effective = instant(row["effective"]) if row.get("effective") else when
    if row["by"] in ("clock", "children") and name in case.line.actions:
        return case, _by_itself(row, alone, effective)
    actor, data = actor_of(case, row["by"]), row.get("data", {})
    event = Event(name, when, actor.id, actor.unit, data, effective)
    line = case.line
    if name == "amend":
        line = amended(line, event, lines)
    elif name in line.actions:
        why = refuse(case, name, actor, when, data, cal, frozenset(present), effective, _ask(example, row))
        if why:
            return case, [f"{row['at']} {name}: refused ({' '.join(why)})"]
    return step(line, case, event, cal), []


def _by_itself(row: Mapping[str, Any], alone: list[Event], effective: int) -> list[str]:
    """An automatic event is not done but found: it must have happened, then and as of then."""
    for event in alone:
        if event.name == row["do"]:
            found = []
            if event.at != instant(row["at"]):
                found.append(f"{row['do']}: written {moment_text(event.at)}, not {row['at']}")
            if row.get("effective") and event.effective != effective:
                found.append(f"{row['do']}: effective {moment_text(event.effective)}, not {row['effective']}")
            return found
    return [f"{row['at']} {row['do']}: did not happen by itself"]


def actor_of(case: Case, who: str) -> Actor:
    """The person an example means by "role@unit#person"."""
    rest, _, person = who.partition("#")
    name, _, unit = rest.partition("@")
    if name == "opening":
        return Actor(person or "resident", unit)
    if name in ("clock", "children", "draw", "joined"):
        return Actor(name)
    role = case.line.roles.get(name)
    if role is None:
        raise KeyError(f"{case.line.code}/cases.toml: no role {name!r}")
    party = case.parties.get(role.party, role.party)
    if not role.post:
        return Actor(person or party, unit)
    return Actor(person or rest, unit or party, frozenset({role.post}))


def _ask(example: Mapping[str, Any], row: Mapping[str, Any]) -> Mapping[str, Callable[..., Any]]:
    """Questions to the shell: None to all, but what the example's `ask` table says; a table answers by key."""
    answers = {**example.get("ask", {}), **row.get("ask", {})}

    class Answers(dict[str, Callable[..., Any]]):
        def __missing__(self, name: str) -> Callable[..., Any]:
            said = answers.get(name)
            if isinstance(said, Mapping):
                return said.get
            return lambda *_a, **_k: Say(said, said) if isinstance(said, str) else said

    return Answers()


def _reasons(
    case: Case, row: Mapping[str, Any], present: set[str], example: Mapping[str, Any], cal: Calendar
) -> list[Say]:
    when = instant(row["at"])
    case, _ = catch_up(case, cal, when, prompt=True)
    actor = actor_of(case, row["by"])
    effective = instant(row["effective"]) if row.get("effective") else when
    has = frozenset(present | set(row.get("has", ())))
    return refuse(case, row["do"], actor, when, row.get("data", {}), cal, has, effective, _ask(example, row))


def _refused(
    case: Case, row: Mapping[str, Any], present: set[str], example: Mapping[str, Any], cal: Calendar
) -> list[str]:
    why = _reasons(case, row, present, example, cal)
    because = row.get("because", "")
    if not why:
        return [f"{row['at']} {row['do']}: allowed, should be refused because {because}"]
    if not any(because in reason or because in reason.en for reason in why):
        return [f"{row['at']} {row['do']}: refused because {' '.join(why)}, not {because}"]
    return []


def _expected(case: Case, expect: Mapping[str, Any], cal: Calendar) -> list[str]:
    last = case.last or 0
    asof = instant(expect["asof"]) if "asof" in expect else last
    if asof > last:
        case, _ = catch_up(case, cal, asof, prompt=True)
    got: dict[str, Any] = {"state": case.state, "outcome": case.outcome, "holder": case.holder}
    if "clock" in expect:
        run = case.run(expect["clock"])
        if run is None:
            return [f"clock {expect['clock']} never ran"]
        got |= {"clock": expect["clock"], **_figures(run, cal, asof)}
    found = [f"{key}: unknown key" for key in expect if key not in EXPECT]
    for key in EXPECT - {"bill", "asof", "parties", "children"}:
        if key in expect and key not in got:
            found.append(f"{key}: needs `clock`")
        elif key in expect and _plain(expect[key]) != got[key]:
            found.append(f"{key}: {got[key]}, not {expect[key]}")
    for party, value in expect.get("parties", {}).items():
        if case.parties.get(party) != value:
            found.append(f"party {party}: {case.parties.get(party)}, not {value}")
    for key, outcome in expect.get("children", {}).items():
        child = case.children.get(key)
        if child is None or child.outcome != outcome:
            found.append(f"child {key}: {child.outcome if child else None}, not {outcome}")
    return found + list(_billed(case, expect.get("bill", {}), cal, asof))


def _plain(value: Any) -> Any:
    return value.replace(" 0:", " 00:") if isinstance(value, str) else value


def _figures(run: Run, cal: Calendar, asof: int) -> dict[str, Any]:
    it = due(run, cal, asof)
    size = 60 if "seconds" in run.limit.unit else 1
    return {
        "due": moment_text(it.at),
        "plain": moment_text(it.plain),
        "used": it.used // size,
        "gross": it.gross // size,
        "status": it.status,
    }


def _billed(case: Case, expected: Mapping[str, Any], cal: Calendar, asof: int) -> Iterator[str]:
    shares = bill(case, cal, asof)
    for who, minutes in expected.items():
        share = shares.get(case.parties.get(who, who))
        elapsed, working = (share.elapsed // 60, share.working // 60) if share else (0, 0)
        said = str(minutes)
        if said not in (f"{elapsed}/{working}", str(working)):
            yield f"bill of {who}: {elapsed}/{working} minutes, not {said}"


def uncovered(line: Line, cal: Calendar, lines: Lines | None = None) -> list[str]:
    """What no worked example shows: actions, and rules that never refused or never allowed."""
    seen: dict[str, set[bool]] = {name: set() for name in line.rules}

    def watched(name: str, rule: Rule) -> Rule:
        def run(facts: Any) -> Say | None:
            reason = rule(facts)
            seen[name].add(reason is None)
            return reason

        return run

    watching = dataclasses.replace(
        line, rules={name: watched(name, rule) for name, rule in line.rules.items()}
    )
    for example in line.examples:
        run_example(watching, example, cal, lines)
    done = {row.get("do") for example in line.examples for row in example.get("events", ())}
    missing = [f"action {name}" for name in line.actions if name not in done]
    used = {name for action in line.actions.values() for name in action.unless}
    for name in sorted(used & set(line.rules)):
        missing += [f"rule {name} never refused"] if False not in seen[name] else []
        missing += [f"rule {name} never allowed"] if True not in seen[name] else []
    return missing
