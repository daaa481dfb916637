"""Who works in the street: collectors and checkers, each for the unit of that post. Answers in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from bihuan.cases.edge import day_of
from bihuan.core.authority.grants import POSTS
from bihuan.core.case.fold import Actor
from bihuan.core.say import Say
from bihuan.core.time.formats import listed
from bihuan.people import queries as people
from bihuan.people.models import Person

STREET_POSTS = frozenset({"collector", "checker", "enforcer"})
UNIT = "unit"  # session key of the desk; documents ask it too
LOGIN = Say(
    "登录已经到期。记下的都在这台手机上，登录以后就发",
    "Your login has run out. Everything is kept on this phone and is sent once you log in",
)
NO_POST = Say(
    "现场作业给采集员、核查员、执法人员用。你今天没有这样的岗位",
    "This page is for collectors, checkers and enforcement officers. You hold no such post today",
)


@dataclass(frozen=True, slots=True)
class Worker:
    """The person at the telephone, the unit acted for, and the posts held there today."""

    id: str
    name: Say
    unit_title: Say
    posts_title: Say
    actor: Actor


def worker_of(request: HttpRequest) -> Worker | None:
    """Who asks, for the unit where they are collector or checker; None without such a post today."""
    person = request.user
    if not isinstance(person, Person):
        return None
    for unit, posts in people.units_of(person, day_of(request.now)):  # type: ignore[attr-defined]
        if STREET_POSTS & set(posts):
            actor = Actor(str(person.pk), unit.code, frozenset(posts))
            name, title = (
                Say(person.name, person.name_en or person.name),
                Say(unit.name, unit.name_en or unit.name),
            )
            return Worker(actor.id, name, title, listed([POSTS[post] for post in posts]), actor)
    return None


def in_the_street(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in collectors and checkers; the view finds them in `request.worker`. Others read why, as data."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return private(JsonResponse({"says": [pair(LOGIN)]}, status=401))
        worker = worker_of(request)
        if worker is None:
            return private(JsonResponse({"says": [pair(NO_POST)]}, status=403))
        request.session.setdefault(UNIT, worker.actor.unit)
        request.worker = worker  # type: ignore[attr-defined]
        return private(view(request, *args, **more))

    return entered


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def pair(say: Say) -> list[str]:
    """A sentence as [Chinese, English]."""
    return [str(say), say.en]
