"""The parts of a bundle side by side: each with its unit, how far it is, its own clock, and who owes the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.bundle import rows_wanted
from bihuan.cases.family import Member
from bihuan.cases.heads import matter_title, state_title
from bihuan.cases.mains import members
from bihuan.cases.shapes import ClockView
from bihuan.cases.showing import caught_up, holder_title, main_of, show_clocks
from bihuan.core.case.ready import never
from bihuan.core.line.bundle import BundleRow
from bihuan.core.say import Say
from bihuan.people import queries as people


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `id` and `number` are empty before it begins; `waits` are the parts it waits for, `lost` says that it
    never begins, `well` that it ended well, `yours` that the applicant owes the next step."""

    title: Say
    unit_title: Say
    id: int | None = None
    number: str = ""
    state_title: Say | None = None
    holder_title: Say | None = None
    yours: bool = False
    final: bool = False
    well: bool = False
    lost: bool = False
    waits: tuple[Say, ...] = ()
    clock: ClockView | None = None


def parts_of(whole: Member, at: int) -> tuple[Part, ...]:
    """Every part that was asked for, in the order of the bundle, as it stands at `at`; none where it is no bundle."""
    rows = rows_wanted(whole)
    if not rows:
        return ()
    children = whole.case.children
    opened = {child.item: int(key) for key, child in children.items()}
    found = {one.id: one for one in members(list(opened.values()))} if opened else {}
    titles = {row.item: _title(row, at) for row in rows}
    lost = {row.item for row in never(rows, children)} | (
        set(titles) - set(opened) if _stopped(whole) else set()
    )
    names = people.known(people.change()).names
    shown = []
    for row in rows:
        unit = names.get(row.unit, Say(row.unit, row.unit))
        member = found.get(opened.get(row.item, 0))
        if member is None:
            waits = tuple(titles[item] for item in row.after)
            shown.append(Part(titles[row.item], unit, lost=row.item in lost, waits=waits))
        else:
            shown.append(_begun(row, member, titles[row.item], unit, names, at))
    return tuple(shown)


def _begun(row: BundleRow, member: Member, title: Say, unit: Say, names: Mapping[str, Say], at: int) -> Part:
    case = caught_up(member, at)
    return Part(
        title, unit, member.id, member.number, state_title(case.line, case.state),
        holder_title(case.holder, case, names), case.holder.startswith("r:"), case.final,
        case.final and case.outcome in row.good, clock=main_of(case, show_clocks(case, at)),
    )  # fmt: skip


def _stopped(whole: Member) -> bool:
    """Whether nothing more begins: the rest was withdrawn, or everything is over."""
    actions = whole.case.line.actions.values()
    return whole.case.final or any(one.passes and one.name in whole.case.times for one in actions)


def _title(row: BundleRow, at: int) -> Say:
    return matter_title(lines.at(row.line, at // 86400), row.matter)


def number_of_whole(part: Member) -> str:
    """The number of the bundle this case is a part of, "" where it is none."""
    if part.parent is None:
        return ""
    rows = wall.ask("select number, line, version from cases_case where id = %s", [part.parent], wall.SYSTEM)
    number, code, version = rows[0]
    return str(number) if lines.exact(code, version.isoformat()).bundle else ""
