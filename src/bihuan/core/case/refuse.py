"""Why an action may not be done now: the sentences the page shows and the write path raises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from bihuan.core.case.facts import Facts
from bihuan.core.case.parts import DAY, NO_DATA, Actor, Case, UnknownAction, number_of
from bihuan.core.case.ready import ready
from bihuan.core.case.refuse_time import time_reasons
from bihuan.core.line.bundle import rows_of
from bihuan.core.line.parts import AUTOMATIC, Action, Line, Ops, Separate
from bihuan.core.line.titles import cannot, moment_text, role_title, system_title
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar

Ask = Mapping[str, Callable[..., Any]]
NO_ASK: Ask = {}
NOTHING: frozenset[str] = frozenset()


def refuse(
    case: Case,
    action: str,
    actor: Actor,
    at: int,
    data: Mapping[str, Any],
    cal: Calendar,
    has: Collection[str] = NOTHING,
    effective: int | None = None,
    ask: Ask = NO_ASK,
) -> list[Say]:
    """The reasons against this action, none if it may be done; an unknown action raises.

    Everything due before `at` must have been appended to the case already. Wrong state, own work and
    wrong role come first, and alone: what lies behind them is no business of somebody who may not act.
    """
    line = case.line
    act = line.actions.get(action)
    if act is None:
        raise UnknownAction(
            Say(f"{line.title}没有操作“{action}”", f"{line.title.en} has no action {action!r}")
        )
    ops = line.ops[action]
    reasons: list[Say] = []
    if case.opened is not None and action == line.opens_with:
        reasons.append(cannot(act, "已经登记过了", "the case is on record already"))
    elif case.state not in act.states or (case.opened is None and action != line.opens_with):
        reasons.append(_wrong_state(line, action, case.state))
    if ops.rivals and actor.id not in AUTOMATIC:
        reasons += _own_work(case, act, ops, actor)
    if not _may(case, act, actor, data):
        reasons.append(_wrong_role(line, action))
    if reasons:
        return reasons
    moment = at if effective is None else effective
    if act.at_most is not None:
        done = len(case.times.get(action, ()))
        if done and done >= number_of(line, act.at_most, moment // DAY):
            reasons.append(
                cannot(
                    act, f"已有 {done} 次，不能再多", f"it has been done {done} times, no more are allowed"
                )
            )
    for need in act.needs:
        if need not in has:
            reasons.append(_missing(case, act, need))
    if act.sets or act.opens is not None:
        reasons += _unsaid(case, act, data)
    reasons += time_reasons(case, act, ops, at, moment, data, cal)
    if act.unless:
        facts = Facts(case, data, actor, at, moment, frozenset(has), ask)
        for rule in act.unless:
            reason = _children_open(case, act) if rule == "children_open" else line.rules[rule](facts)
            if reason is not None:
                reasons.append(_said(line.code, rule, reason))
    return reasons


def _said(code: str, rule: str, reason: object) -> Say:
    """What a rule returned, as a sentence; plain text stands for both languages."""
    if isinstance(reason, Say):
        return reason
    if isinstance(reason, str) and reason:
        return Say(reason, reason)
    raise TypeError(f"{code}/rules.py: {rule} returned {reason!r}, not a reason or None")


@lru_cache(maxsize=8192)  # the page of a case says it of some thirty actions, the same words each time
def _wrong_state(line: Line, name: str, state: str) -> Say:
    states, action = line.states, line.actions[name]
    now = states[state].title
    if action.anywhere:
        return cannot(action, f"已经办完（{now}）", f"the case is over ({now.en})")
    names = [states[name].title for name in action.origin]
    return cannot(
        action,
        f"现在是“{now}”，只有“{'”或“'.join(names)}”时才能办",
        f"it is now “{now.en}”; possible only when “{'” or “'.join(name.en for name in names)}”",
    )


def _own_work(case: Case, action: Action, ops: Ops, actor: Actor) -> list[Say]:
    """Separation of duties, in both directions."""
    reasons = []
    for separate, others in ops.rivals:
        met = _met(case, separate, others, actor)
        if met is None:
            continue
        other = case.line.actions[met].title
        if separate.says is not None:
            reasons.append(separate.says)
        elif separate.by == "person":
            reasons.append(
                cannot(
                    action,
                    f"你在这件上办过“{other}”，须由另一个人办",
                    f"you did “{other.en}” on this case, so somebody else must do it",
                )
            )
        else:
            reasons.append(
                cannot(
                    action,
                    f"你所在单位在这件上办过“{other}”，须由另一个单位办",
                    f"your unit did “{other.en}” on this case, so another unit must do it",
                )
            )
    return reasons


def _met(case: Case, separate: Separate, others: Iterable[str], actor: Actor) -> str | None:
    """The action of another side that this person (or unit) has done, None if none."""
    person = separate.by == "person"
    mine = actor.id if person else actor.unit
    if not mine:
        return None
    for name in others:
        for doer in case.done_by.get(name, ()):
            if (doer.by if person else doer.unit) == mine:
                return name
    return None


def _may(case: Case, action: Action, actor: Actor, data: Mapping[str, Any]) -> bool:
    if actor.id in AUTOMATIC:
        return actor.id in action.by
    parties = case.parties
    if case.opened is None and action.name == case.line.opens_with:
        if "opening" in action.by:
            return True
        parties = _first_parties(action, actor, data)
    roles = case.line.roles
    for name in action.by:
        role = roles.get(name)
        if role is None:
            continue
        value = parties.get(role.party)
        if not value:
            continue
        if (role.post in actor.posts and value == actor.unit) if role.post else value == actor.id:
            return True
    return False


def _first_parties(action: Action, actor: Actor, data: Mapping[str, Any]) -> dict[str, str]:
    """The parties as the opening action is about to set them: roles are relative to these."""
    found: dict[str, str] = {}
    for party, kind, key in action.sets:
        if kind == "data":
            found[party] = str(data.get(key) or "")
        elif kind == "actor":
            found[party] = actor.unit if key == "unit" else actor.id
        else:
            found[party] = found.get(key, "")
    return found


@lru_cache(maxsize=1024)
def _wrong_role(line: Line, name: str) -> Say:
    roles, action = line.roles, line.actions[name]
    people = [role_title(roles[name]) for name in action.by if name in roles]
    if not people:
        names = [system_title(name) for name in action.by]
        return cannot(
            action,
            f"由{'或'.join(names)}办，不由人办",
            f"it is done by {' or '.join(n.en for n in names)}, not by a person",
        )
    return cannot(
        action, f"须由{'或'.join(people)}办", f"it must be done by {' or '.join(name.en for name in people)}"
    )


def _missing(case: Case, action: Action, need: str) -> Say:
    kind, _, _ = need.partition(":")
    name = case.line.named(need)
    what = {"letter": ("文书", "letter"), "evidence": ("佐证", "evidence"), "material": ("材料", "material")}
    zh, en = what.get(kind, ("", ""))
    if name == need:
        return cannot(action, f"还没有{zh}“{need}”", f"no {en} {need!r} yet")
    return cannot(action, f"还没有{name}", f"no {name.en[:1].lower()}{name.en[1:]} yet")


def _unsaid(case: Case, action: Action, data: Mapping[str, Any]) -> list[Say]:
    """Parties and children the event itself must name."""
    reasons = []
    for party, kind, key in action.sets:
        if kind == "data" and not data.get(key):
            name = case.line.names.get(f"data.{key}") or Say(key, key)
            reasons.append(cannot(action, f"还没有写明{name}", f"{name.en} is not given"))
        elif kind == "party" and key not in case.parties and key not in {row[0] for row in action.sets}:
            reasons.append(cannot(action, f"还没有当事方“{party}”", f"party {party!r} is not known"))
    if action.opens is not None and action.opens.bundle:
        reasons += _bundle(case, action, data)
    elif action.opens is not None:
        rows = data.get(action.opens.each)
        if not rows or not all(isinstance(row, Mapping) and row.get("unit") for row in rows):
            reasons.append(cannot(action, "还没有写明征询哪些单位", "it does not say which units are asked"))
    return reasons


def _bundle(case: Case, action: Action, data: Mapping[str, Any]) -> list[Say]:
    """The parts asked for are of this bundle, none that it cannot do without is left out, and those that begin now
    are those that wait for nothing."""
    opens, rows = action.opens, rows_of(case.line.bundle, case.matter)
    assert opens is not None
    wanted = list(data.get(opens.bundle) or ())
    known = {row.item for row in rows}
    for item in wanted:
        if item not in known:
            return [cannot(action, f"这件事里没有“{item}”", f"there is no {item!r} in it")]
    missing = [row.item for row in rows if not row.optional and row.item not in wanted]
    if missing:
        return [
            cannot(
                action, f"这几项不能不办：{'、'.join(missing)}", f"it cannot do without {', '.join(missing)}"
            )
        ]
    begin = [row.item for row in ready(rows_of(rows, case.matter, wanted), {})]
    if [row.get("item") for row in data.get(opens.each) or () if row.get("unit")] != begin:
        return [cannot(action, f"先开始的应当是 {'、'.join(begin)}", f"what begins is {', '.join(begin)}")]
    return []


def _children_open(case: Case, action: Action) -> Say | None:
    waiting = [case.children[key].unit for key in case.open_children]
    if not waiting:
        return None
    return cannot(
        action,
        f"还有 {len(waiting)} 件子件没有办结（{'、'.join(waiting)}）",
        f"{len(waiting)} child cases are still open ({', '.join(waiting)})",
    )


__all__ = ["NO_ASK", "NO_DATA", "Ask", "cannot", "moment_text", "refuse"]
