"""Why a step noted in the street is not taken any more: by which rule, told so that the worker understands it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import CasePage, Step
from bihuan.core.line.parts import Action
from bihuan.core.say import Say
from bihuan.core.time.formats import moment

MOVED_ON, HANDED_OVER, REFUSED = "moved_on", "handed_over", "refused"
NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d+")


def explain(
    page: CasePage, did: str, worker: str, now: int, reasons: Sequence[Say]
) -> tuple[str, tuple[Say, ...]]:
    """(rule, sentences): the case went on meanwhile, it is somebody else's now, or what the line itself says."""
    action = page.line.actions[did]
    if page.head.state not in action.states:
        step = last_move(page)
        if step is not None:
            return MOVED_ON, (_moved_on(page, action, step, now),)
    elif _somebody_else(page, action, worker):
        return HANDED_OVER, (Say(
            f"这件已经改派给别人，“{action.title}”由他来办",
            f"The case was given to somebody else, whose “{action.title.en}” it is now",
        ),)  # fmt: skip
    return REFUSED, tuple(reasons)


def last_move(page: CasePage) -> Step | None:
    """The latest step that led the case to where it is."""
    moves = [step for step in page.steps if (action := page.line.actions.get(step.name)) and action.to]
    return moves[-1] if moves else None


def _moved_on(page: CasePage, action: Action, step: Step, now: int) -> Say:
    """今天 09:20 区城市管理监督中心已“并案”到 CG…，这件现在是“已并案”，“核实属实”没有采纳."""
    when, who = moment(to_instant(step.at), now), step.by_title if step.automatic else step.unit_title
    main = next((value for _, value in step.data if NUMBER.fullmatch(value)), "")
    state = page.head.state_title
    return Say(
        f"{when} {who}已“{step.title}”{f'到 {main}' if main else ''}，这件现在是“{state}”，“{action.title}”没有采纳",
        f"{when.en}, {who.en}: “{step.title.en}”{f' ({main})' if main else ''}. The case is now “{state.en}”, so “{action.title.en}” was not taken",
    )


def _somebody_else(page: CasePage, action: Action, worker: str) -> bool:
    """Whether the step is for a person named on the case who is not this one."""
    named = {
        page.line.roles[role].party
        for role in action.by
        if role in page.line.roles and not page.line.roles[role].post
    }
    holders = {page.folded.parties.get(party) for party in named} - {None}
    return bool(holders) and worker not in holders
