"""What a rule may ask the shell about a case: pure answers from what is kept in memory, or one small query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bihuan.cases import near, repeated
from bihuan.cases.family import Member
from bihuan.core.authority.duty import Answer, Place, lacks, who
from bihuan.core.say import Say
from bihuan.people.queries import Known

Ask = Mapping[str, Callable[..., Any]]


def ask_of(member: Member, known: Known) -> Ask:
    """The questions of rules.py, answered for this case."""

    def duty(unit: str, matter: str, cell: str, day: int) -> Say | None:
        key = matter or member.case.matter
        return lacks(
            known.duties, unit, member.line.code, key, place_of(member, cell), day, known.names,
            matter_title(member, key, day),
        )  # fmt: skip

    def same_matter(unit: str, day: int, told_apart: bool) -> Say | None:
        return repeated.find_same(member, unit, day, told_apart)

    def times_supervised(unit: str, day: int) -> int:
        return repeated.supervised(member, unit, day)

    def other_object(unit: str) -> Say | None:
        return repeated.other_object(member, unit, known.names)

    def another_thing(number: str, day: int) -> Say | None:
        return near.another_thing(member, number, day)

    return {
        "duty": duty, "another_thing": another_thing, "same_matter": same_matter, "times_supervised": times_supervised,
        "other_object": other_object,
    }  # fmt: skip


def who_must(member: Member, known: Known, day: int) -> Answer:
    """The unit that has the duty for this case where it lies, with the reason."""
    return who(known.duties, member.line.code, member.case.matter, place_of(member), day, known.names)


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
