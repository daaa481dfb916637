"""A seeded stretch of a district's life with the planted cheats, and what the signals find of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random

from django.db import transaction

from bihuan.cases.signals import signals
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.urban import LINE
from bihuan.config.demo.world import World
from bihuan.config.roles import as_owner
from bihuan.config.simulate import actions, bulk, weather
from bihuan.config.simulate.album import Album
from bihuan.config.simulate.cheats import CHEATS, Crooked
from bihuan.config.simulate.memory import Life, Memory
from bihuan.core.signal.parts import Found
from bihuan.core.time.instant import DAY
from bihuan.lines import calendar

SELF_FIXING = 0.25  # an honest share; places publish 17 % to 54 %


@dataclass(slots=True)
class Lived:
    """A stretch of life: its cases, and who cheated where as (cheat, actor, case)."""

    lives: list[Life]
    planted: list[tuple[str, str, int]]


@dataclass(slots=True)
class Score:
    """What the signals found: by cheat how many acts and actors of how many; false alarms by signal."""

    cases: int = 0
    acts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    actors: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    false: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def live(staff: Staff, seed: int, cases: int, since: int, until: int, who: Crooked, first: int) -> Lived:
    """So many problems from the Day `since` to the Instant `until`, with ids from `first` on; the same seed gives the
    same events."""
    memory = Memory(first)
    rng = Random(seed)
    world = World(
        rng, staff, until, way=memory, photo=Album(), spots=count(seed * 10**6), self_fixing=SELF_FIXING,
        crooked=who,
    )  # fmt: skip
    stretch = weather.days(Random(seed), calendar(), since, until // DAY)
    for at, wet in weather.moments(Random(seed), stretch, cases, until):
        bulk.live(world, at, wet)
    return Lived(memory.take(until), world.planted)


def judge(lived: Lived, since: int, until: int, score: Score) -> None:
    """Write the life down, ask the signals, compare with what was planted, and take everything back."""
    with as_owner(), transaction.atomic():
        actions.copy_in(lived.lives, until)
        compare(lived, signals(LINE, since * DAY, until), score)
        transaction.set_rollback(True)


def compare(lived: Lived, leads: list[Found], score: Score) -> None:
    """A lead is right where it shows a case in which a cheat of its kind was planted; else it is a false alarm."""
    numbers = {life.member.id: life.member.number for life in lived.lives}
    score.cases += len(numbers)
    of_signal: dict[str, set[str]] = defaultdict(set)
    by_actor: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cheat, actor, case in lived.planted:
        by_actor[cheat, actor].add(numbers[case])
        for signal in CHEATS[cheat].signals:
            of_signal[signal].add(numbers[case])
    shown: dict[str, set[str]] = defaultdict(set)
    for lead in leads:
        shown[lead.signal].update(lead.cases)
        right = bool(of_signal[lead.signal] & set(lead.cases))
        (score.found if right else score.false)[lead.signal] += 1
    for (cheat, _), cases in by_actor.items():
        seen = set().union(*(shown[signal] for signal in CHEATS[cheat].signals)) & cases
        score.acts[cheat][0] += len(seen)
        score.acts[cheat][1] += len(cases)
        score.actors[cheat][0] += bool(seen)
        score.actors[cheat][1] += 1
