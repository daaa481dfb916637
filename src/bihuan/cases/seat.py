"""Who may assess, publish or decide: a unit and its posts, named by the scheme."""

from __future__ import annotations

from bihuan.cases.shapes import Refused
from bihuan.core.authority.grants import POSTS
from bihuan.core.say import Say
from bihuan.core.score.scheme import Seat
from bihuan.core.time.instant import DAY
from bihuan.people import queries as people


def want_seat(seat: Seat, by: str, unit: str, moment: int) -> None:
    """Refused, naming the unit and posts, unless the person acts for that unit in one of them today."""
    if unit == seat.unit and people.posts_of(by, unit, moment // DAY) & set(seat.posts):
        return
    name = people.known(people.change()).names.get(seat.unit) or Say(seat.unit, seat.unit)
    posts = [POSTS[post] for post in seat.posts]
    zh, en = "、".join(posts), " or ".join(post.en.lower() for post in posts)
    raise Refused([Say(f"须由{name}的{zh}办", f"Only a {en} of {name.en} may do this")])
