"""Reads of responsibility cells: who answers for a cell at a moment, and the roster of a day. `places.queries` lends
them on; moments are instants, days are Days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from bihuan import lines
from bihuan.core.place import beats
from bihuan.core.place.beats import DAY, OnDuty, Roster, Shift, read_shifts
from bihuan.core.say import Say
from bihuan.core.time.instant import ymd
from bihuan.places.models import Beat, Leave, Room, Visit, Watch

LINE = "urban_management"
EPOCH = date(1970, 1, 1)


class Unfit(Exception):
    """What cannot be recorded, with every fault by field."""

    def __init__(self, faults: list[tuple[str, Say]]) -> None:
        super().__init__("；".join(str(say) for _, say in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A collector for a beat and shift on the days [since, until), to be recorded."""

    beat: str
    shift: str
    person: str
    since: date
    until: date | None = None


def shifts(day: int) -> tuple[Shift, ...]:
    """The shifts in force on a Day, as the district has decided."""
    return read_shifts(lines.at(LINE, day).param("shifts", day).value)


def on_day(day: int) -> date:
    return date(*ymd(day))


def day_of(value: date) -> int:
    return (value - EPOCH).days


def maybe(value: date | None) -> int | None:
    return None if value is None else day_of(value)


def roster(first: int, last: int | None = None, cells: Iterable[str] | None = None) -> Roster:
    """Everything that says who answers for which cell on the Days first to last; three queries."""
    begin, end = on_day(first), on_day(first if last is None else last)
    there = Q(until=None) | Q(until__gt=begin), Q(since__lte=end)
    rooms = Room.objects.filter(*there).values_list("beat_id", "cell", "since", "until")
    if cells is not None:
        rooms = rooms.filter(cell__in=list(cells))
    found = [beats.Room(beat, cell, day_of(since), maybe(until)) for beat, cell, since, until in rooms]
    watches = Watch.objects.filter(*there).values_list("beat_id", "shift", "person", "since", "until")
    if cells is not None:
        watches = watches.filter(beat__in={room.beat for room in found})
    away = Leave.objects.filter(until__gt=begin, since__lte=end)
    return Roster.of(
        shifts(first),
        found,
        [
            beats.Watch(beat, shift, who, day_of(since), maybe(until))
            for beat, shift, who, since, until in watches
        ],
        [
            beats.Leave(who, deputy, day_of(since), day_of(until))
            for who, deputy, since, until in away.values_list("person", "deputy", "since", "until")
        ],
    )


def on_duty(cell: str, moment: int) -> list[OnDuty]:
    """Who answers for a cell at an instant: each with the shift, and the person whose place it is; [] for nobody."""
    day = moment // DAY
    return roster(day - 1, day, [cell]).at(cell, moment)


def own_collectors(cell: str, first: int, last: int | None = None) -> frozenset[str]:
    """Every person who had to do with a cell on the Days first to last, in any shift, on leave or standing in: none
    of them may check what was done there."""
    end = first if last is None else last
    known = roster(first, end, [cell])
    return frozenset().union(*(known.own(cell, day) for day in range(first, end + 1)))


def cells_of(person: str, day: int) -> dict[str, tuple[str, ...]]:
    """The cells this person walks in the shifts that begin on a Day, by shift; those of whom they stand in for
    too."""
    known = roster(day)
    by_beat: dict[str, list[str]] = defaultdict(list)
    for cell in known.rooms:
        by_beat[known.beat_of(cell, day)].append(cell)
    found: dict[str, list[str]] = {}
    for shift in known.shifts:
        for beat, cells in by_beat.items():
            if beat and any(one.person == person for one in known.of_beat(beat, shift.code, day)):
                found.setdefault(shift.code, []).extend(cells)
    return {shift: tuple(sorted(set(cells))) for shift, cells in found.items()}


def beat_names() -> dict[str, str]:
    """What every beat is called."""
    return dict(Beat.objects.values_list("code", "name"))


def beat_story(beat: str) -> list[Watch]:
    """Every holding of a beat, the running ones first, then the newest."""
    rows = list(Watch.objects.filter(beat=beat).order_by("-since", "shift", "pk")[:200])
    return sorted(rows, key=lambda row: row.until is not None)


def leaves(day: int) -> list[Leave]:
    """Leave that lasts on a Day or is to come, by its first day."""
    return list(Leave.objects.filter(until__gt=on_day(day)).order_by("since", "pk")[:200])


def visits_since(moment: datetime) -> dict[str, int]:
    """How many visits each cell had since a moment."""
    rows = Visit.objects.filter(at__gte=moment).values_list("cell")
    return dict(rows.annotate(n=Count("id")))
