"""Which action of a case page stands out, which refusals concern this person, what a form may suggest."""

from __future__ import annotations

from bihuan.cases.shapes import CasePage, Choice
from bihuan.cases.where import who_handles
from bihuan.core.case import Actor
from bihuan.core.clock import MONTHS, SECONDS, WORKING_SECONDS
from bihuan.core.graph import graph
from bihuan.core.line_parts import AUTOMATIC

SUGGESTS = frozenset({"dispatch", "rule", "back", "assign"})


def primary_of(page: CasePage) -> Choice | None:
    """The one filled button: the possible action that leads forward and neither stops the clock nor gives up."""
    layers = {node.state: node.layer for node in graph(page.line).nodes}
    state, best = page.folded.state, None
    for choice in page.allowed:
        action, ops = page.line.actions[choice.name], page.line.ops[choice.name]
        if choice.housekeeping or choice.quits or ops.pauses or not action.to or action.to == state:
            continue
        if layers[action.to] <= layers[state]:
            continue
        rank = (page.line.states[action.to].final, layers[action.to])
        if best is None or rank < best[0]:
            best = (rank, choice)
    return best[1] if best else None


def sort_refused(page: CasePage, actor: Actor) -> tuple[list[Choice], list[Choice]]:
    """(refused at this stage, refused because it is another stage); what this person's posts can never do is left out."""
    here: list[Choice] = []
    elsewhere: list[Choice] = []
    for choice in page.refused:
        if may_ever(page, choice, actor):
            (here if choice.here else elsewhere).append(choice)
    return here, elsewhere


def may_ever(page: CasePage, choice: Choice, actor: Actor) -> bool:
    """Whether some role of the action fits a post of this person, or names a person who may be this one."""
    for name in page.line.actions[choice.name].by:
        if name in AUTOMATIC:
            continue
        role = page.line.roles[name]
        if role.post:
            if role.post in actor.posts:
                return True
        elif not str(page.folded.parties.get(role.party, "")).startswith("r:"):
            return True
    return False


def suggested_for(page: CasePage, name: str, day: int) -> tuple[str, ...]:
    """The units that the duty list names for this case, first choice first."""
    if name not in SUGGESTS or not page.head.matter or not page.head.cell:
        return ()
    answer, _ = who_handles(page.line.code, page.head.matter, page.head.cell, day * 86400)
    return answer.takers


def limit_unit(page: CasePage) -> str:
    """The unit in which the main clock counts, as the form's list calls it."""
    run = page.folded.runs.get(page.line.main_clock)
    unit = run.limit.unit if run else "working days"
    return {WORKING_SECONDS: "working hours", SECONDS: "hours", MONTHS: "months"}.get(unit, unit)
