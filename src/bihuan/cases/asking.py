"""What a rule may ask the shell about a case: pure answers from what is kept in memory, or one small query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from bihuan.cases import mains, near, repeated, undertaken
from bihuan.cases.family import Member
from bihuan.cases.where import not_taken
from bihuan.core.authority.duty import Answer, Place, lacks, who
from bihuan.core.authority.suggest import Standing, Suggestion, owned, suggest
from bihuan.core.place.datum import to_wgs
from bihuan.core.say import Say
from bihuan.people.queries import Known
from bihuan.places.queries import components_near

Ask = Mapping[str, Callable[..., Any]]
COMPONENT_KINDS = ("01", "02", "03", "04", "05")
METRES = "component_metres"
NOT_DRAWN = Say(
    "随机抽查只能由已经公布的抽取结果立件，不能人工立件",
    "A random check is opened by the published result of a draw alone, never by hand",
)
NOT_PLACED = Say(
    "有没有学位由规则和派位结果定，在派位页上办，不能手工给",
    "Who has a place follows from the rule and the lot, on the page of the lot, never by hand",
)


def ask_of(member: Member, known: Known) -> Ask:
    """The questions of rules.py, answered for this case."""

    def duty(unit: str, matter: str, cell: str, day: int) -> Say | None:
        key = matter or member.case.matter
        return lacks(
            known.duties, unit, member.line.code, key, owned_place(member, cell, day), day, known.names,
            matter_title(member, key, day),
        )  # fmt: skip

    def other_object(unit: str) -> Say | None:
        return repeated.other_object(member, unit, known.names)

    def controlled(matter: str, at: int) -> Say | None:
        return not_taken(member.line.code, matter, member.cell, at)

    def said(key: str) -> Any:
        return next((event.data[key] for event in reversed(member.events) if event.data.get(key)), None)

    def each(name: str) -> list[Mapping[str, Any]]:
        return [event.data for event in member.events if event.name == name]

    def undrawn(_draw: str, _subject: str) -> Say | None:
        return NOT_DRAWN

    def unplaced(_lot: str) -> Say | None:
        return NOT_PLACED

    def barred(_day: int) -> Say | None:
        return undertaken.barred_on(member)

    of_member: dict[str, Callable[..., Any]] = {
        "same_matter": repeated.find_same, "times_supervised": repeated.supervised, "open_task": repeated.open_task,
        "took_part": repeated.took_part, "another_thing": near.another_thing, "told_otherwise": mains.told_otherwise,
        "not_from_here": mains.not_from_here, "main_shut": mains.main_open,
    }  # fmt: skip
    known_here: dict[str, Callable[..., Any]] = {
        "barred": barred, "controlled": controlled, "duty": duty, "other_object": other_object, "said": said, "each": each,
        "undrawn": undrawn, "unplaced": unplaced, **{name: partial(answer, member) for name, answer in of_member.items()},
    }  # fmt: skip
    return known_here | dict(member.answers)


def who_must(member: Member, known: Known, day: int) -> tuple[Answer, tuple[Suggestion, ...]]:
    """What the duty list says for this case where it lies, and the units it names one by one with their reasons."""
    place, near = owned_place(member, "", day), standing(member, day)
    answer = who(known.duties, member.line.code, member.case.matter, place, day, known.names)
    return answer, suggest(answer, place, near, known.names)


def owned_place(member: Member, cell: str, day: int) -> Place:
    """Where the case lies, with whoever answers for the component it lies on."""
    place = place_of(member, cell)
    return place if cell and cell != member.cell else owned(place, standing(member, day))


def standing(member: Member, day: int) -> tuple[Standing, ...]:
    """Registered components of the kind reported near the point, the nearest first; asked for once. Matters 01 to 05
    of the catalogue are about the components of the same five digits."""
    if member.near is None:
        member.near = tuple(_standing(member, day))
    return member.near


def _standing(member: Member, day: int) -> Iterator[Standing]:
    kind, given, line = member.case.matter[-5:], member.data.get("place"), member.line
    if kind[:2] not in COMPONENT_KINDS or not given or METRES not in line.params:
        return
    lon, lat = to_wgs(*given)
    for one in components_near(kind, lon, lat, int(line.param(METRES, day).value)):
        it = one.component
        yield Standing(it.code, it.name, round(one.metres), it.supervisor, it.owner, it.maintainer)


def place_of(member: Member, cell: str = "") -> Place:
    """Where the case lies; zone and owner only where the form established them."""
    cell = cell or member.cell
    return Place(
        cell=cell,
        community=cell[:12] or member.community,
        street=cell[:9] or member.street,
        zone=str(member.data.get("zone", "")),
        owner=str(member.data.get("owner", "")),
    )


def matter_title(member: Member, matter: str, day: int) -> Say | None:
    if matter not in member.line.matters:
        return None
    row = member.line.matter(matter, day)
    return Say(row.name, row.name_en)
