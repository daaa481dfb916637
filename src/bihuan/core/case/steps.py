"""One event folded into a case: parties, clocks, children, outcome, state, holder."""

from __future__ import annotations

from bihuan.core.case.carry import carry
from bihuan.core.case.clocks import finish, note_asking, turn_clocks
from bihuan.core.case.parts import (
    DAY,
    Case,
    CaseError,
    Child,
    Doer,
    Draft,
    Event,
    Held,
    Returned,
    UnknownAction,
)
from bihuan.core.case.ready import together
from bihuan.core.line.bundle import rows_of
from bihuan.core.line.parts import CHILDREN, SYSTEM_EVENTS, Action, Line, Ops, State
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar

_tuple = tuple.__new__  # makes a named tuple without the detour over its own __new__


def apply(draft: Draft, event: Event, cal: Calendar, line: Line) -> None:
    """Fold one event into a draft; an action the line does not have raises UnknownAction."""
    name = event.name
    ops = line.ops.get(name)
    if ops is None:
        _system(draft, event, cal, line)
        return
    at, effective = event.at, event.effective
    if draft.opened is None:
        draft.opened = at
    draft.n_events += 1
    draft.last = at
    if ops.sets:
        _set_parties(draft, line.actions[name], event)
    if ops.narrows and event.data.get(ops.narrows):
        draft.condition = str(event.data[ops.narrows])
    times, done_by = draft.times, draft.done_by
    doer: Doer = _tuple(Doer, (event.by, event.unit, at))
    if name in times:
        times[name] += (effective,)
        done_by[name] += (doer,)
    else:
        times[name] = (effective,)
        done_by[name] = (doer,)
    if ops.moves:
        draft.moved = effective
    if ops.clocks:
        turn_clocks(draft, ops, event, cal, line)
    elif ops.asks:
        note_asking(draft, ops, effective)
    if ops.wide:
        _widen(draft, line.actions[name], event, line)
    if ops.to:
        _move(draft, line, ops, event)
    elif ops.sets:
        _hold(draft, line.states[draft.state], at)


def _widen(draft: Draft, action: Action, event: Event, line: Line) -> None:
    """Children, returns and outcome: what few actions have."""
    at, effective = event.at, event.effective
    if action.opens is not None:
        if action.opens.bundle:
            draft.wanted = tuple(event.data[action.opens.bundle])
        _open_children(draft, event.data.get(action.opens.each, ()), at)
    if action.releases:
        _release(draft, at, effective)
    if event.by == "children":
        draft.gathered = None
    if action.rebills is not None:
        rebills, parties = action.rebills, draft.parties
        since = draft.done_by.get(rebills.since)
        if since:
            back = Returned(since[-1].at, at, parties[rebills.source], parties[rebills.target])
            draft.returns += (back,)
    if action.outcome:
        draft.outcome = _outcome(line, draft, action, effective)


def step_under(line: Line, case: Case, event: Event, cal: Calendar) -> Case:
    """The case after one more event; for `amend`, `line` is the new text."""
    draft = Draft.of(case)
    apply(draft, event, cal, line)
    return draft.sealed()


def _set_parties(draft: Draft, action: Action, event: Event) -> None:
    parties = draft.parties = draft.parties.copy()
    for party, kind, key in action.sets:
        if kind == "data":
            value = event.data.get(key)
            if not value:
                raise CaseError(
                    Say(f"“{action.title}”没有写 {key}", f"{action.title.en!r} does not say {key}")
                )
            parties[party] = str(value)
        elif kind == "actor":
            parties[party] = event.unit if key == "unit" else event.by
        elif kind == "param":
            parties[party] = str(draft.line.param(key, event.effective // DAY).value)
        else:
            parties[party] = parties[key]


def _outcome(line: Line, draft: Draft, action: Action, effective: int) -> str:
    if action.outcome == CHILDREN:
        return together(rows_of(line.bundle, draft.matter, draft.wanted), draft.children)
    if action.outcome.startswith("matter."):
        return line.matter(draft.matter, effective // DAY).columns[action.outcome[7:]]
    return action.outcome


def _move(draft: Draft, line: Line, ops: Ops, event: Event) -> None:
    """Enter the new state; a final one clears every run this event did not start."""
    draft.state, holder, at = ops.to, "", event.at
    if ops.final:
        if len(draft.runs) > len(ops.starts):
            started = {clock.name for clock in ops.starts}
            for clock in [name for name in draft.runs if name not in started]:
                finish(draft, clock, event.effective, at, "cleared")
        draft.closed = at
    else:
        holder = draft.parties.get(ops.owner, "")
        if draft.closed is not None:
            draft.closed = None
            draft.outcome = line.actions[event.name].outcome and draft.outcome
    held = draft.held
    if not held or held[-1][1] != holder:
        draft.held = held + (_tuple(Held, (at, holder)),)  # noqa: RUF005 - half the time of unpacking


def _hold(draft: Draft, state: State, at: int) -> None:
    holder = "" if state.final else draft.parties.get(state.owner, "")
    if not draft.held or draft.held[-1].holder != holder:
        draft.held = (*draft.held, Held(at, holder))


def _open_children(draft: Draft, rows: object, at: int) -> None:
    """Children from rows {id, unit, item}; without an id the unit names the child."""
    if not isinstance(rows, list | tuple):
        raise CaseError(Say("children 应当是一列", "children must be a list"))
    if not rows:
        return
    children = draft.children = draft.children.copy()
    for row in rows:
        key = str(row.get("id") or row["unit"])
        if key in children:
            raise CaseError(Say(f"子件“{key}”已经有了", f"child {key!r} is there already"))
        children[key] = Child(str(row["unit"]), at, item=str(row.get("item", "")))
    draft.gathered = None


def _release(draft: Draft, at: int, effective: int) -> None:
    draft.children = {
        key: child._replace(settled=at, outcome="released", lawful=effective)
        if child.settled is None
        else child
        for key, child in draft.children.items()
    }
    draft.gathered = None


def _system(draft: Draft, event: Event, cal: Calendar, line: Line) -> None:
    """The core's own events; anything else is unknown."""
    if event.name not in SYSTEM_EVENTS:
        raise UnknownAction(
            Say(f"{line.title}没有操作“{event.name}”", f"{line.title.en} has no action {event.name!r}")
        )
    draft.n_events += 1
    draft.last = event.at
    if event.name == "amend":
        carry(draft, line, event, cal)
        draft.moved = event.effective
        _hold(draft, line.states[draft.state], event.at)
    elif event.name == "child_settled":
        _settle_child(draft, event)


def _settle_child(draft: Draft, event: Event) -> None:
    key = str(event.data.get("child"))
    child = draft.children.get(key)
    if child is None:
        raise CaseError(Say(f"没有子件“{key}”", f"there is no child {key!r}"))
    if child.settled is None:
        outcome = str(event.data.get("outcome", ""))
        settled = child._replace(settled=event.at, outcome=outcome, lawful=event.effective)
        children = draft.children = {**draft.children, key: settled}
        if all(other.settled is not None for other in children.values()):
            draft.gathered = max(other.lawful for other in children.values() if other.lawful is not None)
    _open_children(draft, event.data.get("children", ()), event.at)
