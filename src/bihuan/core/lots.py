"""Places by lot: who needs no lot, who is left out and why, which children share one lot, and who has a place.

The rule is data and written before the draw. A lot is one ticket with as many places as there are children behind
it: twins go together. The draw gives an order; `allot` walks it, `give_back` goes on from there when a place is
returned. Nothing here knows how the order came about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bihuan.core.say import Say

OVER, NEXT = "over", "next"
LAST = {
    OVER: Say(
        "轮到同签的几个（如多胞胎）而名额不够的，全部安排，名额因此超出",
        "When the turn of several on one lot (such as twins) comes and there are too few places, they all get one and the places are exceeded",
    ),
    NEXT: Say(
        "轮到同签的几个（如多胞胎）而名额不够的，排到候补最前，由后面放得下的一签递补",
        "When the turn of several on one lot (such as twins) comes and there are too few places, they head the waiting list and the next lot that fits takes the place",
    ),
}
STRANGER = "?"  # stands for a twin that was named and is not one of the list
OUT = {
    "double": Say("重复登记，只留最早的一次", "Registered twice; the first registration counts"),
    "young": Say("没有满规定的年龄", "Under the age required"),
    "address": Say("同一住址在规定年限里已经安排过", "This address had a place within the years of the rule"),
    "unfit": Say("核验不符合登记条件", "Found not to meet the conditions"),
}  # fmt: skip
DIRECT = {
    "group": Say("按规定优先安排，不参加抽签", "Placed by rule, without a lot"),
    "sibling": Say("有兄姐在读，按规则安排，不参加抽签", "Has a sibling there: placed by the rule, without a lot"),
}  # fmt: skip


class Wrong(ValueError):
    """The rule or the list does not hold; `.say` is the sentence."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(f"{say} | {say.en}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One school and year, or one car park, or one estate: `groups` are placed without a lot, in this order;
    `siblings` too where it is true; `last` is OVER or NEXT; `address` whether an address counts once."""

    seats: int
    groups: tuple[str, ...] = ()
    siblings: bool = False
    address: bool = False
    last: str = NEXT


@dataclass(frozen=True, slots=True)
class Entry:
    """One registration as verified: `same` tells two registrations of one child (it is the number of the first), `twin` is the number of the
    registration it shares a lot with, STRANGER where none of the list is meant; `young`, `used` and `unfit` are what verification found."""

    number: str
    same: str = ""
    twin: str = ""
    group: str = ""
    sibling: bool = False
    young: bool = False
    used: bool = False
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """One ticket: its id is the smallest number of those behind it."""

    id: str
    numbers: tuple[str, ...]

    @property
    def places(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Sorted:
    """`direct` and `out` give a key of DIRECT and OUT by number; `alone` are registrations whose twin is not among
    the lots: a person asks them before the draw. `seats` are left for the lots."""

    direct: Mapping[str, str]
    out: Mapping[str, str]
    lots: tuple[Lot, ...]
    alone: tuple[str, ...]
    seats: int

    @property
    def wanted(self) -> int:
        """Children behind the lots."""
        return sum(lot.places for lot in self.lots)

    @property
    def needs_draw(self) -> bool:
        return self.wanted > self.seats


def sort_out(entries: Iterable[Entry], rule: Rule) -> Sorted:
    """Groups before the lot. Order of reasons: unfit, registered twice, too young, address; then groups, siblings.

    Raises Wrong where the rule is none, a number stands twice, or more are to be placed directly than there are seats.
    """
    _want(rule)
    rows = sorted(entries, key=lambda one: one.number)
    if double := [number for number, n in Counter(one.number for one in rows).items() if n > 1]:
        raise Wrong(Say(f"编号 {double[0]} 出现两次", f"The number {double[0]} stands there twice"))
    out: dict[str, str] = {}
    first: set[str] = set()
    for one in sorted(rows, key=lambda one: (one.same not in ("", one.number), one.number)):
        if why := _left_out(one, first, rule):
            out[one.number] = why
        elif one.same:
            first.add(one.same)
    left = [one for one in rows if one.number not in out]
    direct = {one.number: "group" for one in left if one.group in rule.groups}
    if rule.siblings:
        direct |= {one.number: "sibling" for one in left if one.sibling and one.number not in direct}
    if len(direct) > rule.seats:
        raise Wrong(Say(f"按规则直接安排的有 {len(direct)} 人，名额只有 {rule.seats} 个：先由人决定，再抽签", f"{len(direct)} are to be placed directly and there are {rule.seats} seats: a person decides first"))  # fmt: skip
    drawn = [one for one in left if one.number not in direct]
    lots, alone = _lots(drawn)
    return Sorted(direct, out, lots, alone, rule.seats - len(direct))


def _want(rule: Rule) -> None:
    if rule.seats < 1:
        raise Wrong(Say("名额至少一个", "There is at least one seat"))
    if rule.last not in LAST:
        raise Wrong(
            Say(f"没有这种最后一签的规则：{rule.last}", f"No such rule for the last lot: {rule.last}")
        )


def _left_out(one: Entry, first: set[str], rule: Rule) -> str:
    if one.unfit:
        return "unfit"
    if one.same and one.same in first:
        return "double"
    if one.young:
        return "young"
    if rule.address and one.used and not one.sibling:
        return "address"
    return ""


def _lots(drawn: Sequence[Entry]) -> tuple[tuple[Lot, ...], tuple[str, ...]]:
    """Whoever names each other, or is named by one who is there, shares a lot; the rest are alone."""
    there = {one.number for one in drawn}
    root = {number: number for number in there}

    def top(number: str) -> str:
        while root[number] != number:
            number = root[number]
        return number

    alone = []
    for one in drawn:
        if one.twin and one.twin in there and one.twin != one.number:
            a, b = sorted((top(one.number), top(one.twin)))
            root[b] = a
        elif one.twin:
            alone.append(one.number)
    groups: dict[str, list[str]] = {}
    for number in sorted(there):
        groups.setdefault(top(number), []).append(number)
    return tuple(Lot(head, tuple(numbers)) for head, numbers in sorted(groups.items())), tuple(alone)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the lots stand: who has a place, in order, who waits, in order, and which numbers gave back."""

    placed: tuple[Lot, ...]
    waiting: tuple[Lot, ...]
    gone: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        return sum(lot.places for lot in self.placed)


def allot(order: Sequence[Lot], seats: int, last: str) -> Standing:
    """Walk the lots in the order drawn until the seats are taken."""
    return fill(Standing((), tuple(order)), seats, last)


def give_back(stands: Standing, number: str, seats: int, last: str) -> Standing:
    """One registration gives its place back, or leaves the waiting list; whoever is first in line moves up. The
    others behind the same lot stay where they are."""
    if not any(number in one.numbers for one in (*stands.placed, *stands.waiting)):
        raise Wrong(Say(f"编号 {number} 没有名额，也不在候补里", f"The number {number} has no place and is not waiting"))  # fmt: skip
    return fill(
        Standing(_without(stands.placed, number), _without(stands.waiting, number), (*stands.gone, number)),
        seats,
        last,
    )


def _without(lots: Sequence[Lot], number: str) -> tuple[Lot, ...]:
    left = (replace(one, numbers=tuple(n for n in one.numbers if n != number)) for one in lots)
    return tuple(one for one in left if one.numbers)


def fill(stands: Standing, seats: int, last: str) -> Standing:
    """Nobody who has a place loses it; the waiting are asked strictly in order while there are seats."""
    placed, waiting, free = list(stands.placed), [], seats - stands.taken
    for lot in stands.waiting:
        if lot.places <= free or (last == OVER and free > 0):
            placed.append(lot)
            free -= lot.places
        else:
            waiting.append(lot)
    return Standing(tuple(placed), tuple(waiting), stands.gone)


def lots_to_draw(found: Sorted) -> int:
    """How many lots the draw takes in order: one for each seat, since every lot has at least one child; all others
    are its substitutes. Places are counted afterwards."""
    return min(found.seats, len(found.lots))
