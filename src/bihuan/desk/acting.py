"""For which unit somebody works right now: two hats are two requests, the session says which is on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from bihuan.cases.edge import day_of
from bihuan.core.case import Actor
from bihuan.core.formats import listed
from bihuan.core.say import Say
from bihuan.core.titles import post_title
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, for which unit, and for which others they could."""

    actor: Actor
    name: Say
    unit: str
    unit_title: Say
    posts_title: Say
    choices: tuple[tuple[str, Say, tuple[str, ...]], ...]


def acting(request: HttpRequest) -> Acting | None:
    """The unit chosen in this session, else the first where the person holds a post today; None without any."""
    person = request.user
    held = people.units_of(person, day_of(request.now))  # type: ignore[arg-type, attr-defined]
    if not held:
        return None
    choices = tuple((unit.code, Say(unit.name, unit.name_en or unit.name), posts) for unit, posts in held)
    chosen = next((one for one in choices if one[0] == request.session.get("unit")), choices[0])
    if request.session.get("unit") != chosen[0]:
        request.session["unit"] = chosen[0]
        request.session.pop("revealed", None)
    code, title, posts = chosen
    name = Say(person.name, person.name_en or person.name)  # type: ignore[union-attr]
    actor = Actor(str(person.pk), code, frozenset(posts))
    return Acting(actor, name, code, title, listed([post_title(post) for post in posts]), choices)
