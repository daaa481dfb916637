"""Reads of lots: a round with its rule, how it sorts out, the order of the draw, and where one number stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bihuan.cases import wall
from bihuan.core.lots import DIRECT, OUT, Entry, Lot, Rule, Sorted, Standing, allot, fill, give_back, sort_out
from bihuan.core.say import Say
from bihuan.draws import queries as draws
from bihuan.lots.models import Round, Step
from bihuan.lots.purposes import Purpose, purposes

STRATUM = "LOT"
SHARED = "TWIN"  # in excluded.tsv: shares the lot of another number
CASES = "select number, id, state from cases_case where line = %s and data ->> 'round' = %s order by number"
LEFT = ("given_back", "withdrawn", "arranged", "turned")


class NoSuchRound(LookupError):
    """There is no round of this code."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One lot as the draw ordered it: place from 1, its ticket in hex."""

    rank: int
    lot: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Everything about a round that is public now. `found` None: nobody is listed yet; `standing` None: not decided
    yet; `order` by lot, empty where there was no draw."""

    round: Round
    purpose: Purpose
    found: Sorted | None
    numbers: int
    draw: str
    state: str
    order: Mapping[str, Ticket]
    standing: Standing | None
    gone: tuple[str, ...]
    listed_at: datetime | None

    @property
    def title(self) -> Say:
        return self.round.name

    @property
    def cut(self) -> Ticket | None:
        """The last lot that has a place."""
        placed = (
            [self.order[lot.id] for lot in self.standing.placed if lot.id in self.order]
            if self.standing
            else []
        )
        return max(placed, key=lambda one: one.rank) if placed else None

    @property
    def groups(self) -> list[tuple[Say, int]]:
        """How many were left out or need no lot, by reason."""
        if self.found is None:
            return []
        said = [DIRECT[why] for why in self.found.direct.values()] + [
            OUT[why] for why in self.found.out.values()
        ]
        return [(one, said.count(one)) for one in dict.fromkeys(said)]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one registration stands: `how` is placed, waiting, direct, out, gone, listed; `line` its place on the
    waiting list from 1."""

    number: str
    lot: Lot | None
    how: str
    why: Say | None
    ticket: Ticket | None
    line: int


def rule_of(one: Round) -> Rule:
    return Rule(one.seats, tuple(one.groups), one.siblings, one.address, one.last)


def round_of(code: str) -> Round:
    """The round of a code; NoSuchRound where there is none."""
    one = Round.objects.filter(code=code).first()
    if one is None:
        raise NoSuchRound(code)
    return one


def rounds(unit: str = "") -> list[Round]:
    """The latest rounds first; of one unit, or all."""
    found = Round.objects.filter(unit=unit) if unit else Round.objects.all()
    return list(found.order_by("-pk")[:100])


def entries(one: Round) -> list[Entry] | None:
    """The list as it was taken in last; None before."""
    step = one.steps.filter(kind="list").order_by("-pk").first()
    return None if step is None else [Entry(**row) for row in step.said["entries"]]


def draw_of(one: Round, now: datetime) -> tuple[str, str]:
    """(name, state) of the draw that stands for a round; ("", "") where there is none or it was aborted."""
    step = one.steps.filter(kind="freeze").order_by("-pk").first()
    if step is None:
        return "", ""
    state = draws.state(draws.draw(step.key), now)
    return ("", "") if state == "aborted" else (step.key, state)


def order_of(draw: str) -> dict[str, Ticket]:
    """Every lot in the order of a published result: those drawn, then the substitutes; {} before."""
    raw = draws.published(draws.draw(draw), "result.tsv") if draw else None
    if raw is None:
        return {}
    rows = [line.split("\t") for line in raw.decode().split("\n")[1:-1]]
    return {row[1]: Ticket(rank, row[1], row[3]) for rank, row in enumerate(rows, 1)}


def stand(code: str, now: datetime) -> Stand:
    """A round as it stands; NoSuchRound where there is none."""
    one = round_of(code)
    rule, rows = rule_of(one), entries(one)
    found = None if rows is None else sort_out(rows, rule)
    draw, state = draw_of(one, now)
    order = order_of(draw)
    gone = tuple(one.steps.filter(kind="gone").order_by("pk").values_list("key", flat=True))
    settled = one.steps.filter(kind="settle").exists()
    standing = None
    if found is not None and (order or (settled and not found.needs_draw)):
        standing = _standing(found, order, gone, rule)
    listed = one.steps.filter(kind="list").order_by("-pk").values_list("at", flat=True).first()
    return Stand(
        one, purposes()[one.purpose], found, len(rows or ()), draw, state, order, standing, gone, listed
    )


def _standing(found: Sorted, order: Mapping[str, Ticket], gone: Sequence[str], rule: Rule) -> Standing:
    lots = sorted(found.lots, key=lambda lot: (order[lot.id].rank if lot.id in order else 0, lot.id))
    there = {number for lot in lots for number in lot.numbers}
    seats, stands = found.seats, allot(lots, found.seats, rule.last)
    for number in gone:
        if number in there:
            stands = give_back(stands, number, seats, rule.last)
        elif number in found.direct:  # a place that needed no lot is filled from the waiting list too
            seats += 1
            stands = fill(stands, seats, rule.last)
    return stands


def place_of(at: Stand, number: str) -> Place | None:
    """Where a registration stands; None for a number that is not on the list."""
    if at.found is None:
        return None
    if number in at.found.out:
        return Place(number, None, "out", OUT[at.found.out[number]], None, 0)
    if number in at.found.direct:
        return Place(
            number, None, "gone" if number in at.gone else "direct", DIRECT[at.found.direct[number]], None, 0
        )
    lot = next((lot for lot in at.found.lots if number in lot.numbers), None)
    if lot is None:
        return None
    ticket = at.order.get(lot.id)
    if at.standing is None:
        return Place(number, lot, "listed", None, ticket, 0)
    if number in at.standing.gone:
        return Place(number, lot, "gone", None, ticket, 0)
    if any(number in one.numbers for one in at.standing.placed):
        return Place(number, lot, "placed", None, ticket, 0)
    line = next(n for n, one in enumerate(at.standing.waiting, 1) if number in one.numbers)
    return Place(number, lot, "waiting", None, ticket, line)


def cases_of(one: Round) -> dict[str, tuple[int, str]]:
    """{number: (case, state)} of the registrations of a round; {} where a table has them."""
    line = purposes()[one.purpose].line
    found = wall.ask(CASES, [line, one.code], wall.SYSTEM) if line else []
    return {number: (pk, state) for number, pk, state in found}


def unverified(one: Round) -> int:
    """How many registrations nobody has verified yet."""
    return sum(state in ("registered", "correcting") for _, state in cases_of(one).values())


def history(one: Round) -> list[Step]:
    """Every step of a round in order."""
    return list(one.steps.order_by("pk"))
