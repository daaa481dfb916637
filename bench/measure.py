"""Timing: interleaved rounds, medians, and ratios; a ratio is what counts, an absolute rate is noise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """Things done a second, in each round."""

    name: str
    rates: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rates)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: ours against a peer, with the ratio wanted (0 = shown only)."""

    what: str
    ours: Rate
    peer: Rate
    wanted: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        """Median of the ratios of each round: both sides of a round ran one after the other."""
        return statistics.median(a / b for a, b in zip(self.ours.rates, self.peer.rates, strict=True))

    @property
    def reached(self) -> bool:
        return self.ratio >= self.wanted


Work = tuple[str, Callable[[], object], int]  # name, what to run, how many things one run does


def race(
    works: Sequence[Work], rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter
) -> list[Rate]:
    """Run each work once unmeasured, then all in turn for `rounds` rounds; rates are per second of the clock."""
    for _, run, _ in works:
        run()
    seen: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for i, (_, run, n) in enumerate(works):
            start = clock()
            run()
            seen[i].append(n / (clock() - start))
    return [Rate(name, tuple(rates)) for (name, _, _), rates in zip(works, seen, strict=True)]
