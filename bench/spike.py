"""A spike: lives begun by the clock, ten times as many for a minute, and how long until all is as before."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.client import Failed, p95, say


@dataclass(frozen=True, slots=True)
class Spike:
    """What was seen: lives as (due, begun, ended) in seconds since the beginning, and errors."""

    base: float
    times: int
    quiet: float
    peak: float
    lives: list[tuple[float, float, float]]
    errors: list[str]

    def waits(self, since: float, until: float) -> list[float]:
        """Seconds from due to closed of the lives due in this stretch."""
        return [ended - due for due, _, ended in self.lives if since <= due < until]

    def recovered(self) -> float:
        """Seconds after the peak from which on every life takes no longer than twice the p95 before it."""
        end = self.quiet + self.peak
        most = 2 * p95(self.waits(0, self.quiet))
        late = [due for due, _, ended in self.lives if due >= end and ended - due > most]
        return max(late, default=end) - end


def spike(
    crowd: list[Callable[[], None]], base: float, times: int = 10, quiet: float = 15.0, peak: float = 60.0
) -> Spike:
    """Lives begun by the clock, whether or not earlier ones are done: `base` a second, then `times` that, then `base`.

    Whatever cannot be served at once waits at the listening socket; nothing is refused. An error is anything but the
    answer an honest person expects, a connection refused or lost among them.
    """
    starts = list(arrivals(base, times, quiet, peak))
    begun = time.monotonic()
    lives: list[tuple[float, float, float]] = []  # due, begun, ended; seconds since the beginning
    errors: list[str] = []
    turn = threading.Lock()

    def work(live: Callable[[], None]) -> None:
        while True:
            with turn:
                if not starts:
                    return
                due = starts.pop(0)
            time.sleep(max(0.0, begun + due - time.monotonic()))
            at = time.monotonic() - begun
            try:
                live()
            except (Failed, OSError) as error:
                errors.append(repr(error)[:200])
            else:
                lives.append((due, at, time.monotonic() - begun))

    threads = [threading.Thread(target=work, args=(live,)) for live in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Spike(base, times, quiet, peak, lives, errors)


def arrivals(base: float, times: int, quiet: float, peak: float) -> Iterator[float]:
    """When lives begin, in seconds: quiet, peak, and a minute and a half afterwards."""
    at, end = 0.0, quiet + peak + 90.0
    while at < end:
        yield at
        at += 1 / (base * times if quiet <= at < quiet + peak else base)


def show_spike(seen: Spike) -> None:
    """What was seen before, at the peak and after it."""
    say(
        "spike: %.1f a second, then %.1f for %.0f s, then %.1f",
        seen.base,
        seen.base * 10,
        seen.peak,
        seen.base,
    )
    say("lives %d, errors %d %s", len(seen.lives), len(seen.errors), seen.errors[:3])
    end = seen.quiet + seen.peak
    for name, since, until in (
        ("before", 0, seen.quiet),
        ("at the peak", seen.quiet, end),
        ("after", end, 1e9),
    ):
        waits = seen.waits(since, until)
        say(
            "%-12s %d lives, median %.1f s, longest %.1f s",
            name,
            len(waits),
            statistics.median(waits),
            max(waits),
        )
    say("as fast as before again %.0f s after the peak (wanted <= 60)", seen.recovered())
