"""Who held the case, how long, and to whom the time is charged: recorded moments, both figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bihuan.core.case.parts import Case, Halt
from bihuan.core.time.calendar import Calendar


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
    for _, charged, a, b, stopped, _, working in _cut(case, cal, until):
        share = shares.get(charged)
        if share is None:
            share = shares[charged] = Share()
        share.elapsed += b - a
        share.working += working
        if stopped:
            share.stopped += b - a
            share.stopped_working += working
    return shares


def segments(case: Case, cal: Calendar, until: int) -> list[Segment]:
    """The case's life up to `until`, cut where holder, charge or stop changes; final states are nobody's.

    In this order: an agreed return moves the handler's time to the dispatcher, a stop moves its piece to
    whoever is billed for it, and a stop that waits for children moves it on to the slowest child open then.
    """
    pieces = _cut(case, cal, until)
    return _joined(pieces) if case.halts or case.returns else pieces


def _cut(case: Case, cal: Calendar, until: int) -> list[Segment]:
    """The pieces of the case's life, cut at every moment at which something may change."""
    if not case.halts and not case.returns:
        return _plain(case, cal, until)
    worked = cal.worked
    halts = [(halt.a, _halt_end(halt, until), halt) for halt in case.halts]
    cuts = _cuts(case, halts, until)
    found: list[Segment] = []
    for start, end, holder in _pieces(case, until):
        a, before = start, worked(start)
        for b in (*cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end):
            after = worked(b)
            charged, stopped, returned = _charge(case, halts, holder, a, b)
            found.append(Segment(holder, charged, a, b, stopped, returned, after - before))
            a, before = b, after
    return found


def _pieces(case: Case, until: int) -> Iterator[tuple[int, int, str]]:
    """(from, to, holder) up to `until`, without the time in final states."""
    start, holder = until, ""
    for at, following in case.held:
        if at > until:
            break
        if holder and at > start:
            yield start, at, holder
        start, holder = at, following
    if holder and until > start:
        yield start, until, holder


def _plain(case: Case, cal: Calendar, until: int) -> list[Segment]:
    """Without returns and stops everything is charged to whoever held it."""
    worked = cal.worked
    return [
        Segment(holder, holder, start, end, False, False, worked(end) - worked(start))
        for start, end, holder in _pieces(case, until)
    ]


Halts = list[tuple[int, int, Halt]]


def _cuts(case: Case, halts: Halts, until: int) -> list[int]:
    """Every moment at which the charge may change though the holder does not."""
    points = set()
    for returned in case.returns:
        points.add(returned.a)
        points.add(returned.b)
    for a, b, halt in halts:
        points.add(a)
        points.add(b)
        if halt.children:
            for child in case.children.values():
                points.add(child.opened)
                points.add(until if child.settled is None else child.settled)
    return sorted(points)


def _halt_end(halt: Halt, until: int) -> int:
    """A stop ends when somebody resumes or when its own expiry has passed."""
    return min(until if halt.b is None else halt.b, halt.expiry + 1)


def _charge(case: Case, halts: Halts, holder: str, a: int, b: int) -> tuple[str, bool, bool]:
    charged, returned = holder, False
    for since, until, source, target in case.returns:
        if source == holder and since <= a and b <= until:
            charged, returned = target, True
            break
    for since, until, halt in halts:
        if since <= a and b <= until:
            if halt.children:
                return _slowest(case, a, b) or halt.billed, True, returned
            return halt.billed, True, returned
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
        if found:
            holder, charged, a, b, stopped, returned, working = found[-1]
            if b == piece.a and (holder, charged, stopped, returned) == (
                piece.holder,
                piece.charged_to,
                piece.stopped,
                piece.returned,
            ):
                found[-1] = Segment(holder, charged, a, piece.b, stopped, returned, working + piece.working)
                continue
        found.append(piece)
    return found
