"""A way to write in memory: the same judgement and the same events as `open_case` and `act`, kept for one COPY.

Nothing is asked of the database while people act: duties, grants, places, posts and pictures are read once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bihuan import lines
from bihuan.cases import intake, lookup
from bihuan.cases.family import Around, Family, Member, new_member
from bihuan.cases.happen import append_due, number_of, perform
from bihuan.cases.photo import Taken
from bihuan.cases.project import project
from bihuan.cases.receive import name_resident, open_files, split_contact, title_of, want_files, want_matter
from bihuan.cases.rows import seal
from bihuan.cases.shapes import BadInput, Opened, Upload, Written
from bihuan.config.demo.world import box, duty_of, spot_in
from bihuan.core.authority.duty import Answer
from bihuan.core.case.automatic import next_wake
from bihuan.core.case.fold import Actor
from bihuan.core.say import Say
from bihuan.core.time.instant import day
from bihuan.people import queries as people
from bihuan.places import queries as places
from bihuan.places.roster import roster

FIRST, LAST = "2026-07-01", "2036-12-31"  # responsibility cells of these days are read once


@dataclass(slots=True)
class Life:
    """One case with what is stored beside its events: files as (event, moment, file), and the contact."""

    family: Family
    member: Member
    files: list[tuple[int, int, Taken]] = field(default_factory=list)
    contact: Mapping[str, Any] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)  # of some events, by number


class Row:
    """What lives read of a case row."""

    def __init__(self, member: Member) -> None:
        self._case = member.case
        self.state, self.parties, self.matter = member.case.state, member.case.parties, member.case.matter
        self.line, self.cell = member.line.code, member.cell
        self.community, self.street = member.community, member.street

    @property
    def due_at(self) -> int | None:
        return project(self._case, lines.calendar(), self._case.last or 0).due


class Memory:
    """Cases by id until `take` hands them over to be written."""

    def __init__(self, first: int, taken: dict[tuple[str, str, bytes], Taken] | None = None) -> None:
        self.next_id = first
        self.lives: dict[int, Life] = {}
        self.known = people.known(people.change())
        self.ground = places.ground()
        self.box = box(self.ground)
        self.head = ""
        self.components = bool(places.components(limit=1))
        self.roster = roster(day(FIRST), day(LAST))
        self.around = Around(
            self._drawable, self._members_of, self._own_collectors, lambda: self.head, recurs=False
        )
        self.unkept: dict[tuple[str, str, bytes], Taken] = {}
        self._duties: dict[tuple[str, str], Answer] = {}
        self._posts: dict[tuple[str, str], frozenset[str]] = {}
        self._members: dict[frozenset[str], frozenset[str]] = {}
        self._candidates: dict[tuple[str, str], list[Actor]] = {}
        self._taken = {} if taken is None else taken  # pictures opened before

    def open(
        self, line: str, matter: str, by: str | None, unit: str, at: int, *, data: Mapping[str, Any],
        place: Mapping[str, Any] | None = None, contact: Mapping[str, str] | None = None, files: Sequence[Upload] = (),
    ) -> Opened:  # fmt: skip
        """As `open_case`, for a case without a parent and a place inside the district."""
        if place is None:
            raise ValueError("a case in memory has a place")
        day = at // 86400
        text = lines.at(line, day)
        name = text.opens_with
        plain, personal = intake.clean(text, name, intake.fill(text, name, data, day))
        code = want_matter(text, matter, day)
        taken = want_files(text, name, self._open_files(files))
        cell = self.ground.tiling.locate(place["lon"], place["lat"])
        if cell is None:
            raise BadInput([("place", Say("不在本区网格内", "Not in a cell of the district"))])
        where = places.place_of_cell(cell, self.ground.district)
        plain["place"] = [place["lon"], place["lat"], place["datum"]]
        pk, self.next_id = self.next_id, self.next_id + 1
        number = number_of(text, at, pk)
        name_resident(text, plain, number)
        member = new_member(pk, number, text, code, None, title_of(text, "", plain), where, plain)
        member.new = {
            "lon": round(place["lon"], 7), "lat": round(place["lat"], 7), "datum": "WGS-84",
            "lookup_hash": lookup.hash_of(number, lookup.code_of(number)),
        }  # fmt: skip
        if not self.components:
            member.near = ()
        family = Family({pk: member}, change=self.known.change, around=self.around)
        actor = Actor(by or lookup.resident(number), unit, self._posts_of(by or "", unit, day))
        seq = perform(family, member, name, actor, at, plain, intake.moment_of(text, name, plain, at), taken)
        life = Life(family, member, [(seq, at, one) for one in taken], split_contact(personal, contact))
        self.lives[pk] = life
        self._moved(life)
        return Opened(pk, number, "")

    def act(
        self, case: int, name: str, by: str, unit: str, at: int, data: dict[str, Any], files: Sequence[Upload]
    ) -> Written:
        """As `act`; what is due by itself has been written at its own moment, as the worker does."""
        life = self.lives[case]
        member, text = life.member, life.member.case.line
        self._catch_up(life, at)
        plain, _ = intake.clean(text, name, data)
        taken = want_files(text, name, self._open_files(files))
        actor = Actor(by, unit, self._posts_of(by, unit, at // 86400))
        lawful = intake.moment_of(text, name, plain, at)
        seq = perform(life.family, member, name, actor, at, plain, lawful, taken)
        life.files += [(seq, at, one) for one in taken]
        self._moved(life)
        event = member.events[seq - 1]
        return Written(
            case, member.number, seq, name, event.at, event.effective, member.case.state, self.head
        )

    def case(self, number: int) -> Any:
        """What lives ask of a case row."""
        return Row(self.lives[number].member)

    def tick(self, at: int, limit: int) -> int:
        """Clocks act when a case is touched, and once more in `take`."""
        return 0

    def spot(self, rng: Random) -> dict[str, Any]:
        return spot_in(self.ground, self.box, rng)

    def duty(self, case: Any, day: int) -> Answer:
        asked = case.matter, case.cell
        if asked not in self._duties:
            self._duties[asked] = duty_of(self.known, case, day)
        return self._duties[asked]

    def take(self, until: int) -> list[Life]:
        """All cases as they stand at `until`; the memory is empty afterwards."""
        found = list(self.lives.values())
        for life in found:
            self._catch_up(life, until)
        self.lives = {}
        return found

    def fresh_files(self) -> list[Taken]:
        """Pictures that came up since the last call."""
        found, self.unkept = list(self.unkept.values()), {}
        return found

    def _catch_up(self, life: Life, until: int) -> None:
        cal = lines.calendar()
        while (wake := next_wake(life.member.case, cal)) is not None and wake <= until:
            append_due(life.family, wake)
            self._moved(life)

    def _moved(self, life: Life) -> None:
        """The digest of the latest event is what the next draw is made of, as in the public record."""
        member = life.member
        self.head = life.digests[member.seq] = seal(member.number, member.seq, member.events[-1])

    def _posts_of(self, by: str, unit: str, day: int) -> frozenset[str]:
        if (by, unit) not in self._posts:
            self._posts[by, unit] = people.posts_of(by, unit, day) if by and unit else frozenset()
        return self._posts[by, unit]

    def _drawable(self, unit: str, post: str, day: int) -> list[Actor]:
        if (unit, post) not in self._candidates:
            self._candidates[unit, post] = people.candidates(unit, post, day)
        return self._candidates[unit, post]

    def _members_of(self, units: Collection[str], day: int) -> frozenset[str]:
        asked = frozenset(units)
        if asked not in self._members:
            self._members[asked] = people.members_of(asked, day)
        return self._members[asked]

    def _own_collectors(self, cell: str, first: int, last: int | None = None) -> frozenset[str]:
        if not self.roster.watches:
            return frozenset()
        days = range(first, (first if last is None else last) + 1)
        return frozenset().union(*(self.roster.own(cell, one) for one in days))

    def _open_files(self, uploads: Sequence[Upload]) -> list[Taken]:
        out = []
        for one in uploads:
            key = (one.kind, one.name, one.body)
            if key not in self._taken:
                self._taken[key] = self.unkept[key] = open_files([one])[0]
            out.append(self._taken[key])
        return out
