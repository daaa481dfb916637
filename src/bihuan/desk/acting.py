"""For whom somebody sits at the desk: one unit at a time, kept in the session; two hats are two requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bihuan.cases.edge import day_of
from bihuan.cases.heads import Stamps
from bihuan.cases.sight import Sight, seats, sight
from bihuan.core.authority.grants import POSTS
from bihuan.core.case.fold import Actor
from bihuan.core.say import Say
from bihuan.core.time.formats import listed

UNIT = "unit"  # session key; documents ask it too
REVEALED = "revealed"  # session key: ids of cases whose personal data were read for a stated purpose
Units = dict[str, tuple[Say, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Acting:
    """The person, the unit chosen, the posts held there today, and the units there are to choose from."""

    name: Say
    unit: str
    unit_title: Say
    posts: tuple[str, ...]
    choices: tuple[tuple[str, Say, Say], ...]
    actor: Actor
    stamps: Stamps

    @property
    def posts_title(self) -> Say:
        return posts_words(self.posts)

    @property
    def sysadmin(self) -> bool:
        return "sysadmin" in self.posts


class DeskRequest(HttpRequest):
    """A request that passed `at_desk`."""

    acting: Acting
    now: Any


def posts_words(posts: tuple[str, ...]) -> Say:
    return listed([POSTS[post] for post in posts])


def units_for(request: HttpRequest) -> tuple[Units, Stamps]:
    """The units this person may act for today, with the posts there, and the stamps of people and places."""
    found, stamps = seats(request.user, day_of(request.now))  # type: ignore[attr-defined]
    return {unit.code: (Say(unit.name, unit.name_en or unit.name), posts) for unit, posts in found}, stamps


def sees(request: DeskRequest) -> Sight:
    """What whoever sits here may see now."""
    return sight(request.acting.actor, request.now, request.acting.stamps)


def choose(request: HttpRequest, unit: str) -> None:
    """Act for this unit from now on; what was revealed under the other one is closed again."""
    request.session[UNIT] = unit
    request.session.pop(REVEALED, None)


def acting_for(request: HttpRequest, units: Units, stamps: Stamps, unit: str) -> Acting:
    title, posts = units[unit]
    person: Any = request.user
    choices = tuple((code, name, posts_words(held)) for code, (name, held) in units.items())
    actor = Actor(str(person.pk), unit, frozenset(posts))
    return Acting(Say(person.name, person.name_en or person.name), unit, title, posts, choices, actor, stamps)


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who holds a post today; ask which unit where there are several."""

    @login_required
    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        units, stamps = units_for(request)
        if not units:
            return render(request, "desk/no_post.html", status=403)
        unit = request.session.get(UNIT)
        if unit not in units:
            if len(units) > 1:
                return redirect(f"{reverse('desk-unit')}?{urlencode({'next': request.get_full_path()})}")
            unit = next(iter(units))
            choose(request, unit)
        request.acting = acting_for(request, units, stamps, unit)  # type: ignore[attr-defined]
        return view(request, *args, **more)

    return seated


def show(
    request: DeskRequest, template: str, section: str, /, *, answer: int = 200, **context: Any
) -> HttpResponse:
    """A page of the desk; no copy of it stays in shared caches."""
    said = {"acting": request.acting, "section": section} | context
    response = render(request, f"desk/{template}.html", said, status=answer)
    response["Cache-Control"] = "private, no-store"
    return response
