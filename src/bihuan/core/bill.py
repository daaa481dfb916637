"""Who held the case, how long, and to whom the time is charged: recorded moments, both figures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bihuan.core.calendar import Calendar
from bihuan.core.case_parts import Case, Halt


class Segment(NamedTuple):
    """One piece [a, b) of a case's life: who owed the step, who is charged, `working` seconds in it."""

    holder: str
    charged_to: str
    a: int
    b: int
    stopped: bool
    returned: bool
    working: int


@dataclass(slots=True)
class Share:
    """Seconds charged to one holder, all and working, and how much of each the main clock was stopped."""

    elapsed: int = 0
    working: int = 0
    stopped: int = 0
    stopped_working: int = 0

    @property
    def net(self) -> int:
        """Working seconds with the stops out."""
        return self.working - self.stopped_working


def bill(case: Case, cal: Calendar, until: int) -> dict[str, Share]:
    """What each holder is charged up to Instant `until`; elapsed seconds add up to the case's life."""
    shares: dict[str, Share] = {}
    for piece in segments(case, cal, until):
        share = shares.get(piece.charged_to)
        if share is None:
            share = shares[piece.charged_to] = Share()
        elapsed = piece.b - piece.a
        share.elapsed += elapsed
        share.working += piece.working
        if piece.stopped:
            share.stopped += elapsed
            share.stopped_working += piece.working
    return shares


def segments(case: Case, cal: Calendar, until: int) -> list[Segment]:
    """The case's life up to `until`, cut where holder, charge or stop changes; final states are nobody's.

    In this order: an agreed return moves the handler's time to the dispatcher, a stop moves its piece to
    whoever is billed for it, and a stop that waits for children moves it on to the slowest child open then.
    """
    worked = cal.worked
    found: list[Segment] = []
    held = case.held
    plain = not case.halts and not case.returns
    for number, (start, holder) in enumerate(held):
        end = held[number + 1].at if number + 1 < len(held) else until
        end = min(end, until)
        if not holder or end <= start:
            continue
        if plain:
            found.append(Segment(holder, holder, start, end, False, False, worked(end) - worked(start)))
            continue
        cuts = _cuts(case, start, end, until)
        before = worked(start)
        for a, b in pairwise(cuts):
            after = worked(b)
            charged, stopped, returned = _charge(case, holder, a, b, until)
            found.append(Segment(holder, charged, a, b, stopped, returned, after - before))
            before = after
    return found if plain else _joined(found)


def _cuts(case: Case, start: int, end: int, until: int) -> list[int]:
    """Every moment in [start, end] at which the charge may change."""
    points = {start, end}
    for returned in case.returns:
        points |= {returned.a, returned.b}
    for halt in case.halts:
        points |= {halt.a, _halt_end(halt, until)}
        if halt.children:
            for child in case.children.values():
                points |= {child.opened, until if child.settled is None else child.settled}
    return sorted(point for point in points if start <= point <= end)


def _halt_end(halt: Halt, until: int) -> int:
    """A stop ends when somebody resumes or when its own expiry has passed."""
    return min(until if halt.b is None else halt.b, halt.expiry + 1)


def _charge(case: Case, holder: str, a: int, b: int, until: int) -> tuple[str, bool, bool]:
    charged, returned = holder, False
    for back in case.returns:
        if back.source == holder and back.a <= a and b <= back.b:
            charged, returned = back.target, True
            break
    for halt in case.halts:
        if halt.a <= a and b <= _halt_end(halt, until):
            return (_slowest(case, a, b) or halt.billed) if halt.children else halt.billed, True, returned
    return charged, False, returned


def _slowest(case: Case, a: int, b: int) -> str:
    """The unit of the child that settles last among those open in [a, b), "" if none is open."""
    best: tuple[float, str] | None = None
    unit = ""
    for key, child in case.children.items():
        settled = float("inf") if child.settled is None else child.settled
        if child.opened <= a and settled >= b and (best is None or (settled, key) > best):
            best, unit = (settled, key), child.unit
    return unit


def _joined(pieces: list[Segment]) -> list[Segment]:
    """Neighbours that differ in nothing become one piece."""
    found: list[Segment] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.b == piece.a and _same(last, piece):
            found[-1] = last._replace(b=piece.b, working=last.working + piece.working)
        else:
            found.append(piece)
    return found


def _same(one: Segment, other: Segment) -> bool:
    return (one.holder, one.charged_to, one.stopped, one.returned) == (
        other.holder,
        other.charged_to,
        other.stopped,
        other.returned,
    )
