"""About 2,000 seeded cases since the beginning of last month, done by the demo's people through `open_case` and `act`."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bihuan import lines
from bihuan.cases.actions import write_owed
from bihuan.config.demo import street
from bihuan.config.demo.bulletin import first_day
from bihuan.config.demo.bundles import BUNDLES, bundle
from bihuan.config.demo.disclosure import request
from bihuan.config.demo.permits import licence
from bihuan.config.demo.promises import first_morning, promises
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.urban import problem
from bihuan.config.demo.world import Life, World
from bihuan.core.time.instant import DAY

SEED = 120104
PROBLEMS, REQUESTS, LICENCES = 1950, 60, 36


def moments(rng: Random, until: int, n: int) -> list[int]:
    """When people report: any day, mostly by day, a third as much on rest days."""
    cal = lines.calendar()
    out: list[int] = []
    first = first_day(until)
    while len(out) < n:
        day = rng.randrange(first, until // DAY + 1)
        if not cal.is_worked(day) and rng.random() < 0.65:
            continue
        at = day * DAY + int(min(86_000, max(0, rng.gauss(12.5, 3.6) * 3600)))
        if at < until - 120:
            out.append(at)
    return sorted(out)


def replay(
    staff: Staff, until: int, told: Callable[[int], None], *more: tuple[int, Callable[[World], Life]]
) -> World:
    """Live the month up to `until` (an Instant); `told` hears of each life that ended or ran into the present.

    `more` are other lives with the moment at which they begin.
    """
    world = World(Random(SEED), staff, until)
    for at in moments(world.rng, until, PROBLEMS):
        world.now = at
        world.start(at, problem(world))
    for at in moments(world.rng, until, REQUESTS):
        world.start(at, request(world))
    for number, at in enumerate(moments(Random(SEED + 1), until, LICENCES)):
        world.start(at, licence(world, number))
    for number, at in enumerate(moments(Random(SEED + 2), until, BUNDLES)):
        world.start(at, bundle(world, number))
    world.now = first_morning(until, until // DAY - first_day(until))
    world.start(world.now, promises(world))
    world.start(until - street.FIRST, street.errands(world))
    for at, begin in more:
        world.start(at, begin(world))
    world.start(first_day(until) * DAY, letters(world))
    world.run(told)
    return world


def letters(w: World) -> Life:
    """Letters are written within the hour, as the worker does within the minute: when a decision could be seen is
    counted from that."""
    while True:
        while write_owed(w.now, 500) == 500:
            pass
        yield w.now + 3600
