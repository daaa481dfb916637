"""Responsibility cells (责任网格): which collector answers for a cell at a moment, and which shifts nobody covers.

A beat is a group of unit cells. Its collectors hold it by shift from a day to a day; who is on leave has a
deputy for those days, for a leave without one is a blind spot by design.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.core.record import record
from bihuan.core.say import Say

DAY = 86_400
MINUTES = 1_440
_CLOCK = re.compile(r"(\d\d):(\d\d)")
Held = Callable[[str, int], bool]  # whether a person still holds the post on a Day


@dataclass(frozen=True, slots=True)
class Shift:
    """A part of the day, in minutes; `end` is after midnight where it is not after `begin`. `zones`: only cells
    that touch a demonstration zone are walked in it."""

    code: str
    title: Say
    begin: int
    end: int
    zones: bool = False

    def window(self, day: int) -> tuple[int, int]:
        """[from, to) as instants for the shift that begins on a Day."""
        end = self.end if self.end > self.begin else self.end + MINUTES
        return day * DAY + self.begin * 60, day * DAY + end * 60

    @property
    def hours(self) -> str:
        """ "06:30–14:30"."""
        return f"{self.begin // 60:02}:{self.begin % 60:02}–{self.end // 60:02}:{self.end % 60:02}"


@record
class Room:
    """A cell belongs to a beat on the days [since, until); None is without end."""

    beat: str
    cell: str
    since: int
    until: int | None = None


@record
class Watch:
    """A person holds a beat in a shift on the days [since, until)."""

    beat: str
    shift: str
    person: str
    since: int
    until: int | None = None


@record
class Leave:
    """A person is away on the days [since, until), and `deputy` does what was theirs."""

    person: str
    deputy: str
    since: int
    until: int


@record
class OnDuty:
    """Who answers for a cell: the person on duty, whose place it is, under which beat and shift."""

    beat: str
    shift: str
    person: str
    owner: str  # the one whose watch it is; another person than `person` on leave


@record
class Idle:
    """A cell and shift without anybody on a Day; `why` is "no_beat", "no_watch" or "no_post"."""

    cell: str
    shift: str
    day: int
    beat: str
    why: str


def read_shifts(rows: Iterable[Mapping[str, Any]]) -> tuple[Shift, ...]:
    """The shifts of a dated value; ValueError names the row that cannot be taken."""
    found: list[Shift] = []
    for row in rows:
        try:
            begin, end = (_minutes(str(row[key])) for key in ("begin", "end"))
            shift = Shift(
                str(row["code"]), Say(row["zh"], row["en"]), begin, end, bool(row.get("zones", False))
            )
        except (KeyError, ValueError) as error:
            raise ValueError(f"班次写得不对 / a shift cannot be read: {dict(row)!r}: {error}") from None
        if any(one.code == shift.code for one in found):
            raise ValueError(f"班次写了两次 / a shift is there twice: {shift.code!r}")
        found.append(shift)
    return tuple(found)


def _minutes(text: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        raise ValueError(f"not a time of the day: {text!r}")
    return (int(match[1]) * 60 + int(match[2])) % MINUTES


def covers(since: int, until: int | None, day: int) -> bool:
    return since <= day and (until is None or day < until)


@dataclass(frozen=True, slots=True)
class Roster:
    """Rooms, watches and leaves with an index; any part of them answers for the cells and persons in it."""

    shifts: tuple[Shift, ...]
    rooms: Mapping[str, Sequence[Room]]  # by cell
    watches: Mapping[tuple[str, str], Sequence[Watch]]  # by beat and shift
    leaves: Mapping[str, Sequence[Leave]]  # by person

    @classmethod
    def of(
        cls, shifts: Iterable[Shift], rooms: Iterable[Room], watches: Iterable[Watch], leaves: Iterable[Leave]
    ) -> Roster:
        by_cell: dict[str, list[Room]] = defaultdict(list)
        by_beat: dict[tuple[str, str], list[Watch]] = defaultdict(list)
        by_person: dict[str, list[Leave]] = defaultdict(list)
        for room in rooms:
            by_cell[room.cell].append(room)
        for watch in watches:
            by_beat[watch.beat, watch.shift].append(watch)
        for leave in leaves:
            by_person[leave.person].append(leave)
        return cls(tuple(shifts), by_cell, by_beat, by_person)

    def beat_of(self, cell: str, day: int) -> str:
        """The beat a cell belongs to on a Day, "" for none."""
        return next((r.beat for r in self.rooms.get(cell, ()) if covers(r.since, r.until, day)), "")

    def standing_in(self, person: str, day: int) -> str:
        """Who does this person's work on a Day: the person, or the deputy, or the deputy's own."""
        seen = {person}
        while True:
            found = next((x for x in self.leaves.get(person, ()) if covers(x.since, x.until, day)), None)
            if found is None:
                return person
            if found.deputy in seen:  # two who stand in for each other: nobody is there
                return ""
            person = found.deputy
            seen.add(person)

    def at(self, cell: str, moment: int) -> list[OnDuty]:
        """Everybody on duty for a cell at a moment, by shift then person; a night shift belongs to the day it
        began on."""
        found = []
        for day in (moment // DAY - 1, moment // DAY):
            for shift in self.shifts:
                begin, end = shift.window(day)
                if begin <= moment < end:
                    found += self.on(cell, shift.code, day)
        return found

    def on(self, cell: str, shift: str, day: int, held: Held | None = None) -> list[OnDuty]:
        """Everybody on duty for a cell in the shift that begins on a Day; who no longer holds the post is not."""
        beat = self.beat_of(cell, day)
        return self.of_beat(beat, shift, day, held) if beat else []

    def of_beat(self, beat: str, shift: str, day: int, held: Held | None = None) -> list[OnDuty]:
        """The same for a whole beat."""
        found = []
        for watch in self.watches.get((beat, shift), ()):
            if covers(watch.since, watch.until, day):
                person = self.standing_in(watch.person, day)
                if person and (held is None or held(person, day)):
                    found.append(OnDuty(beat, shift, person, watch.person))
        return sorted(found, key=lambda one: (one.person, one.owner))

    def own(self, cell: str, day: int) -> frozenset[str]:
        """Every person who has to do with a cell on a Day, in any shift: holders, those on leave, deputies.
        None of them may check what was done there."""
        beat = self.beat_of(cell, day)
        found = set()
        for (code, _), watches in self.watches.items():
            if code == beat and beat:
                for watch in watches:
                    if covers(watch.since, watch.until, day):
                        found |= {watch.person, self.standing_in(watch.person, day)}
        return frozenset(found - {""})

    def idle(
        self, cells: Iterable[str], day: int, held: Held | None = None, zoned: frozenset[str] = frozenset()
    ) -> list[Idle]:
        """Every cell and shift of a Day that nobody covers, with the reason; a shift for zones is asked of the
        cells in `zoned` only."""
        found, answers = [], {}
        for cell in cells:
            beat = self.beat_of(cell, day)
            for shift in self.shifts:
                if shift.zones and cell not in zoned:
                    continue
                if (beat, shift.code) not in answers:
                    answers[beat, shift.code] = self._why(beat, shift.code, day, held)
                why = answers[beat, shift.code]
                if why:
                    found.append(Idle(cell, shift.code, day, beat, why))
        return found

    def _why(self, beat: str, shift: str, day: int, held: Held | None) -> str:
        if not beat:
            return "no_beat"
        if self.of_beat(beat, shift, day, held):
            return ""
        return "no_post" if self.of_beat(beat, shift, day) else "no_watch"
