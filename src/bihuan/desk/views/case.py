"""One case: its clocks, who holds it, what happened, what one may do and why not the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from bihuan.cases import queries
from bihuan.cases.actions import reveal
from bihuan.cases.often import often
from bihuan.cases.papers import shown_papers
from bihuan.cases.said import in_words
from bihuan.cases.shapes import BadInput, CasePage, Choice, ClockView, NoSuchCase, Refused, Step
from bihuan.cases.showing import condition_title
from bihuan.core.case.fold import Actor
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.desk.acting import REVEALED, DeskRequest, at_desk, show
from bihuan.desk.measured import measured_of
from bihuan.desk.next_step import first_of
from bihuan.desk.wording import place_first
from bihuan.lines.forms import fields
from bihuan.subjects.queries import warnings_on

PURPOSES = (
    ("为回访查看", Say("为回访查看", "To ask whether it was fixed")),
    ("为现场联系查看", Say("为现场联系查看", "To make contact on site")),
    ("为送达文书查看", Say("为送达文书查看", "To deliver a letter")),
    ("为核对申请人身份查看", Say("为核对申请人身份查看", "To check who applies")),
)


@dataclass(frozen=True, slots=True)
class No:
    """An action that is not possible now, with its reasons and the way on."""

    title: Say
    reasons: tuple[Say, ...]
    way_out: Say | None


def load(request: DeskRequest, number: str) -> CasePage | HttpResponse:
    """The case, or the page that says why it is not shown."""
    try:
        return queries.case_page(number, request.acting.actor, request.now, request.acting.stamps)
    except NoSuchCase:
        return show(request, "not_found", "", answer=404, find_text=number)
    except Refused as refused:
        return show(request, "not_yours", "", answer=403, reasons=refused.reasons, number=number)


@at_desk
@require_safe
def case(request: DeskRequest, number: str) -> HttpResponse:
    """The page of one case."""
    page = load(request, number)
    if isinstance(page, HttpResponse):
        return page
    return show(request, "case", "queue", **context_of(request, page))


@at_desk
@require_safe
def why(request: DeskRequest, number: str) -> HttpResponse:
    """The ledger of the main clock alone, for the lists that unfold it."""
    page = load(request, number)
    return page if isinstance(page, HttpResponse) else show(request, "why", "queue", page=page)


@at_desk
@require_safe
def clocks(request: DeskRequest, number: str) -> HttpResponse:
    """All clocks but the main one, for the page that unfolds them."""
    page = load(request, number)
    return page if isinstance(page, HttpResponse) else show(request, "clocks", "queue", clocks=others(page))


def others(page: CasePage) -> list[ClockView]:
    """Every clock but the one the page is about."""
    return [clock for clock in page.clocks if page.main is None or clock.run is not page.main.run]


def context_of(request: DeskRequest, page: CasePage) -> dict[str, Any]:
    """What the page of a case says beyond the case itself."""
    actor = request.acting.actor
    primary = first_of(page.line, page.allowed)
    here, elsewhere = refusals(page, actor)
    return {
        "page": page,
        "head": page.head,
        "title": place_first(page.head),
        "primary": primary,
        "quiet": [choice for choice in page.allowed if choice is not primary and not choice.housekeeping],
        "notes": [choice for choice in page.allowed if choice is not primary and choice.housekeeping],
        "refused": here,
        "elsewhere": elsewhere,
        "clocks": others(page),
        "often": often(page.head.id, page.line, page.head.title, page.head.opened_at),
        "every_clock": request.GET.get("clocks") == "all",
        "duty": page.duty,
        "purposes": PURPOSES,
        "times": sent_out(page),
        "warned": warnings_on(str(page.said.get("uscc") or "")),
        "papers": shown_papers(page, request.now),
        "condition": condition_title(page.line, page.folded.condition) if page.folded.condition else "",
        **measured_of(page),
    }


def refusals(page: CasePage, actor: Actor) -> tuple[list[No], list[No]]:
    """(of this stage, of other stages): what this person's posts could do in this case, but not now."""
    here: list[No] = []
    elsewhere: list[No] = []
    for choice in page.refused:
        if not could_ever(page, choice, actor):
            continue
        found = No(choice.title, choice.reasons, way_out(page.line, choice))
        (here if choice.here else elsewhere).append(found)
    return here, elsewhere


def could_ever(page: CasePage, choice: Choice, actor: Actor) -> bool:
    """Whether a role of the action fits what this person is; a party not named yet may still become this unit.

    Who did the other side of a pair that must be kept apart sees why not as well: it is theirs to know.
    """
    parties = page.folded.parties
    if choice.here and did_other_side(page, choice.name, actor):
        return True
    for name in page.line.actions[choice.name].by:
        role = page.line.roles.get(name)
        if role is None:
            continue
        held = parties.get(role.party)
        if role.post and role.post in actor.posts and held in (None, actor.unit):
            return True
        if not role.post and held == actor.id:
            return True
    return False


def did_other_side(page: CasePage, name: str, actor: Actor) -> bool:
    """Whether this person, or their unit where units are kept apart, did what shuts them out of the action.

    The work comes first in a pair and its check behind it: who checked is no candidate for the work and need not
    read why.
    """
    for apart in page.line.separates:
        before: set[str] = set()
        for side in apart.sides:
            if name in side and any(did(step, apart.by, actor) for step in page.steps if step.name in before):
                return True
            before.update(side)
    return False


def did(step: Step, by: str, actor: Actor) -> bool:
    return step.unit == actor.unit if by == "unit" else step.by == actor.id


def way_out(line: Line, choice: Choice) -> Say | None:
    """The way on: the states in which it can be done."""
    if choice.here:
        return None
    action = line.actions[choice.name]
    titles = [state.title for name, state in line.states.items() if name in action.states]
    if not titles or len(titles) == len(line.states):
        return None
    zh, en = "、".join(titles), ", ".join(title.en for title in titles)
    return Say(f"到“{zh}”这一步可以做。", f"Possible at: {en}.")


def sent_out(page: CasePage) -> int:
    """How often the case was handed to a unit, told where it was more than once."""
    giving = {
        name
        for name, action in page.line.actions.items()
        if any(party == "handler" for party, _, _ in action.sets)
    }
    return sum(1 for step in page.steps if step.name in giving)


@at_desk
@require_http_methods(["POST"])
def contact(request: DeskRequest, number: str) -> HttpResponse:
    """Show the personal data once, for a stated purpose; the reading is logged and told to the person concerned."""
    page = load(request, number)
    if isinstance(page, HttpResponse):
        return page
    purpose, basis = request.POST.get("purpose", ""), request.POST.get("basis", "")
    faults: Sequence[tuple[str, Say]] = ()
    shown: list[tuple[Say, str]] = []
    try:
        person: Any = request.user  # the door lets in nobody but persons
        found = reveal(
            page.head.id, person, request.acting.unit, purpose=purpose, basis=basis, at=request.now
        )
    except BadInput as bad:
        faults = bad.faults
    except Refused as refused:
        faults = [("", reason) for reason in refused.reasons]
    else:
        shown = [(title, value) for title, value in said_of(page, found) if value]
        read = request.session.get(REVEALED, [])
        request.session[REVEALED] = [*read, page.head.id]  # opens the personal documents of this case too
    return show(
        request, "case", "queue", answer=422 if faults else 200, shown=shown, contact_faults=faults, basis=basis, purpose=purpose,
        **context_of(request, page),
    )  # fmt: skip


def said_of(page: CasePage, found: Any) -> list[tuple[Say, str]]:
    """Name, telephone and the other personal fields with the labels of the line's forms."""
    asked = {
        field.key: field for name in page.line.actions for field in fields(page.line, name) if field.personal
    }
    rows = [(Say("姓名", "Name"), found.name), (Say("电话", "Telephone"), found.phone)]
    return rows + [
        (asked[key].label, in_words(asked[key], value)) if key in asked else (Say(key, key), str(value))
        for key, value in found.data.items()
    ]
