"""What a rule may ask the shell about a case: pure answers from what is kept in memory, or one small query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bihuan.cases import wall
from bihuan.cases.family import Member
from bihuan.core.case import Case
from bihuan.core.duty import Answer, Place, lacks, who
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

    def same_matter(case: Case) -> Say | None:
        return find_same(member, case)

    return {"duty": duty, "same_matter": same_matter}


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


def find_same(member: Member, case: Case) -> Say | None:
    """Another live case of this line with the same title and matter: supervising twice is forbidden."""
    rows = wall.ask(
        "select number from cases_case where line = %s and title = %s and matter = %s and not final and id <> %s "
        "and state <> %s order by id limit 1",
        [member.line.code, member.title, case.matter, member.id, case.line.first_state],
        wall.SYSTEM,
    )
    if not rows:
        return None
    return Say(
        f"同一任务已有在办的督查件 {rows[0][0]},不得重复督查",
        f"{rows[0][0]} already supervises the same task: not twice",
    )
