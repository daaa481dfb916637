"""Signals in inspections: one inspector at two places at once, a checklist filled in seconds, the same two again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found, Rule, found
from bihuan.core.time.formats import moment
from bihuan.core.time.instant import DAY


@record
class Visited:
    """One inspection as it was recorded: instants of coming and leaving by the inspectors' own word, points answered."""

    number: str
    sid: str
    name: str
    unit: str
    people: tuple[str, ...]
    came: int
    left: int
    points: int


Many = Sequence[Visited]
Name = Callable[[str], Say]


def two_places(visits: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Somebody is at two businesses in the same minute; `slack` minutes of overlap are forgiven (clocks differ)."""
    people: dict[str, list[Visited]] = defaultdict(list)
    for one in sorted(visits, key=lambda each: (each.came, each.number)):
        for person in one.people:
            people[person].append(one)
    seen: set[tuple[str, str]] = set()
    for _, ones in sorted(people.items()):
        for at, one in enumerate(ones):
            for other in ones[at + 1 :]:
                if other.came >= one.left:
                    break  # whoever came later does not meet it either
                both = min(one.left, other.left) - other.came
                pair = (one.number, other.number)
                if one.sid == other.sid or both <= rule["slack"] * 60 or pair in seen:
                    continue
                seen.add(pair)
                when = moment(other.came, other.came)
                yield found(rule, (one.unit,), pair, Say(
                    f"{name(one.unit)}的一名检查人 {when}在“{one.name}”，同时也在“{other.name}”，重叠 {both // 60} 分钟",
                    f"An inspector of {name(one.unit).en} was at {one.name!r} and at {other.name!r} {both // 60} minutes at once",
                ))  # fmt: skip


def in_seconds(visits: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """A checklist answered faster than `seconds` a point, or a visit of under `least` minutes."""
    for one in sorted(visits, key=lambda each: each.number):
        took = one.left - one.came
        if took < max(rule["seconds"] * one.points, rule["least"] * 60):
            yield found(rule, (one.unit, one.sid), (one.number,), Say(
                f"{name(one.unit)}检查“{one.name}”，{one.points} 条检查表从到场到离开只用了 {took} 秒",
                f"{name(one.unit).en} inspected {one.name!r}: {one.points} points in {took} seconds from arrival to leaving",
            ))  # fmt: skip


def same_pair(visits: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """The same inspector at the same business `many` times within `days`."""
    pairs: dict[tuple[str, str], list[Visited]] = defaultdict(list)
    for one in sorted(visits, key=lambda each: (each.came, each.number)):
        for person in one.people:
            pairs[one.sid, person].append(one)
    for (sid, _), ones in sorted(pairs.items()):
        last = ones[-1]
        near = [one for one in ones if last.came - one.came < rule["days"] * DAY]
        if len(near) >= rule["many"]:
            yield found(rule, (last.unit, sid), (one.number for one in near), Say(
                f"同一名检查人 {rule['days']} 天里查了“{last.name}” {len(near)} 次",
                f"The same inspector was at {last.name!r} {len(near)} times within {rule['days']} days",
            ))  # fmt: skip


VISITED: Mapping[str, Callable[[Many, Rule, Name], Iterator[Found]]] = {
    one.__name__: one for one in (two_places, in_seconds, same_pair)
}


def look_at_visits(visits: Many, rules: Iterable[Rule], name: Name) -> list[Found]:
    """The leads of these rules, the heaviest first; an unknown signal raises KeyError."""
    leads = [lead for rule in rules for lead in VISITED[rule.key](visits, rule, name)]
    return sorted(leads, key=lambda one: (-one.weight, one.signal, one.about))
