"""For which unit somebody works on these pages, and what the frame of the desk shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from bihuan.cases.edge import day_of
from bihuan.core.authority.grants import POSTS
from bihuan.core.say import Say
from bihuan.core.time.formats import listed
from bihuan.people import queries as people
from bihuan.people.models import Person


@dataclass(frozen=True, slots=True)
class Hat:
    """The person, the unit acted for, and the others that could be."""

    by: str
    name: Say
    unit: str
    unit_title: Say
    posts: tuple[str, ...]
    posts_title: Say
    choices: tuple[tuple[str, Say, Say], ...]

    @property
    def sysadmin(self) -> bool:
        return "sysadmin" in self.posts


def hat_of(request: HttpRequest) -> Hat | None:
    """The unit chosen on the desk, else the first where the person holds a post today; None without any post."""
    person = request.user
    if not isinstance(person, Person):
        return None
    held = people.units_of(person, day_of(request.now))  # type: ignore[attr-defined]
    if not held:
        return None
    choices = tuple(
        (unit.code, Say(unit.name, unit.name_en or unit.name), listed([POSTS[post] for post in posts]))
        for unit, posts in held
    )
    chosen = next((i for i, one in enumerate(choices) if one[0] == request.session.get("unit")), 0)
    code, title, said = choices[chosen]
    name = Say(person.name, person.name_en or person.name)
    return Hat(str(person.pk), name, code, title, held[chosen][1], said, choices)


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in who holds a post today; the view finds the hat in `request.hat`."""

    @login_required
    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        hat = hat_of(request)
        if hat is None:
            raise PermissionDenied
        request.hat = hat  # type: ignore[attr-defined]
        response = view(request, *args, **more)
        response["Cache-Control"] = "private, no-store"
        return response

    return seated
