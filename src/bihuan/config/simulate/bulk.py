"""The bulk fill: so many cases with their whole histories, made by the core in memory and written by COPY."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle
from multiprocessing import get_context
from random import Random

from bihuan import lines
from bihuan.cases.photo import Taken
from bihuan.cases.shapes import BadInput, Refused
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.urban import problem
from bihuan.config.demo.world import World
from bihuan.config.roles import as_owner
from bihuan.config.simulate import actions, apart, weather
from bihuan.config.simulate.album import POOL, pooled
from bihuan.config.simulate.apart import Chunk
from bihuan.config.simulate.memory import Memory
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.instant import DAY, day

BATCH, CHUNK, PROCESSES = 1000, 4000, 2
_taken: dict[tuple[str, str, bytes], Taken] = {}  # the pool's pictures, opened once a process
FIRST = "2026-07-01"  # line and catalogue are in force from this day


def chunks(cases: int, seed: int, until: int, cal: Calendar) -> list[Chunk]:
    """So many reports between FIRST and `until`, an Instant, cut into pieces for the processes."""
    rng = Random(seed)
    stretch = weather.days(rng, cal, day(FIRST), until // DAY)
    moments = weather.moments(rng, stretch, cases, until)
    first = actions.reserve("cases_case", cases)
    return [
        Chunk(first + i, f"{seed}:{i}", moments[i : i + CHUNK], until) for i in range(0, len(moments), CHUNK)
    ]


def fill(cases: int, seed: int, until: int, told: Callable[[int, int], None]) -> tuple[int, int]:
    """Write the cases with two processes; (cases, events) written. `told` hears of each chunk."""
    done = events = 0
    with as_owner():
        work = chunks(cases, seed, until, lines.calendar())
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), apart.begin) as pool:
        for n, of in pool.map(apart.write, work):
            done, events = done + n, events + of
            told(n, of)
    with as_owner():
        actions.tidy()
    return done, events


def write_chunk(chunk: Chunk) -> tuple[int, int]:
    """Live and write one chunk; (cases, events)."""
    memory = Memory(chunk.first, _taken)
    world = World(
        Random(chunk.seed), Staff.there(), chunk.until, way=memory, photo=pooled, spots=cycle(range(POOL))
    )
    done = events = 0
    for at, wet in chunk.moments:
        live(world, at, wet)
        if len(memory.lives) == BATCH:
            done, events = done + BATCH, events + _put(memory, chunk.until)
    left = len(memory.lives)
    return done + left, events + _put(memory, chunk.until)


def _put(memory: Memory, until: int) -> int:
    lives = memory.take(until)
    actions.keep_files(memory.fresh_files())
    return actions.copy_in(lives, until, prints=False)


def live(world: World, at: int, wet: bool) -> None:
    """One problem from its report to its end, or to the present."""
    world.now = at
    life = problem(world, weather.WET_WEIGHTS if wet else weather.DRY_WEIGHTS)
    try:
        for following in life:
            if following > world.until:
                break
            world.now = max(following, world.now)
    except (Refused, BadInput) as refused:  # the clocks were quicker: the case goes on by itself
        world.refused[str(refused)] += 1
