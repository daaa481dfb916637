"""Ratings of the demo's licences and a week at its counters, through the ordinary actions; most people say nothing."""

from __future__ import annotations

from random import Random

from bihuan import lines
from bihuan.cases.edge import to_datetime
from bihuan.config.demo.world import Life, World, sheet
from bihuan.core.time.instant import DAY
from bihuan.counters import actions as counters
from bihuan.counters import queries as halls
from bihuan.counters.models import Counter, Offering
from bihuan.ratings import actions
from bihuan.ratings.occasions import Occasion, case_occasion

OFFICE, REVIEWERS = "nk.scjg", "nk.zwb"
WORDS = {
    5: ("一趟就办好了", "窗口讲得很清楚", ""),
    4: ("", "比说好的快", ""),
    3: ("材料要求写得不够明白", ""),
    2: ("补正通知写得看不懂，跑了两趟", "核查约的时间改了两次"),
    1: ("电话一直打不通",),
}
ANSWERS = ("补正通知改成一条一条写明，附样例（演示）", "核查时间约定后不再改，改的要当面说明（演示）")
DAYS, A_DAY = 7, 14  # working days at the counters, people a day


def rated(w: World, case: int, number: int) -> Life:
    """What the applicant says after the licence is issued, if anything, and what the offices do with it."""
    rng = Random(f"rating {number}")
    occasion = case_occasion(case, w.now)
    if rng.random() < 0.35 or not isinstance(occasion, Occasion):
        return
    yield w.later(rng, 0.1, 2)
    level = 2 if number % 6 == 1 else rng.choice((5, 5, 4, 4, 3, 1))
    named = level > 1
    given = actions.Given(
        str(level), rng.choice(WORDS[level]), "yes" if named else "no", "示例申请人", f"1990001{number:04}"
    )
    _, opened = actions.rate(occasion, given, staff="", device=f"demo {number}", address="", at=w.now)
    if opened is not None:
        yield from put_right(w, rng, opened.case, named, given.words)


def put_right(w: World, rng: Random, case: int, named: bool, words: str) -> Life:
    """Called back, verified by the head, put right by the officer, told, published by another office."""
    window, officer, head = (w.staff.of(OFFICE, post)[0] for post in ("window", "officer", "head"))
    yield w.later(rng, 0.1, 0.6)
    if named:
        w.act(case, "call_back", window, OFFICE, text="评价人说明了经过（演示）")
        yield w.later(rng, 0.2, 1)
    w.act(case, "founded", head, OFFICE, finding="情况属实（演示）")
    yield w.later(rng, 0.5, 3)
    answer = rng.choice(ANSWERS)
    w.act(case, "rectify", officer, OFFICE, sheet("evidence:rectified", "what was put right"), answer=answer)
    yield w.later(rng, 0.1, 0.4)
    w.act(case, "tell", window, OFFICE)
    yield w.later(rng, 0.3, 2)
    reviewer = w.staff.of(REVIEWERS, "officer")[0]
    w.act(case, "publish", reviewer, REVIEWERS, shown=words, shown_answer=answer, reviewed="yes")


def fill_counters(w: World) -> None:
    """The last working days at one counter, and a few bookings for the days to come."""
    rng, clerk = Random("counters"), w.staff.of(OFFICE, "window")[0]
    counter, food = Counter.objects.get(code="w1").pk, Offering.objects.get(code="food")
    cal, days = lines.calendar(), 0
    for day in range(w.until // DAY - 1, w.until // DAY - 30, -1):
        if days < DAYS and cal.is_worked(day):
            days += 1
            work(rng, clerk, counter, food.pk, day * DAY + 31_000)
    for n, slot in enumerate(halls.free_slots(food, to_datetime(w.until))[:4]):
        counters.book(slot.pk, f"1990002{n:04}", at=w.until)


def work(rng: Random, clerk: str, counter: int, offering: int, start: int) -> None:
    """One morning: people come, wait, and are served one after the other; one does not answer."""
    come, free = start, start
    for n in range(A_DAY):
        come += rng.randrange(120, 900)
        counters.take(offering, at=come, priority="elder" if n % 7 == 3 else "")
        free = max(free, come + rng.randrange(20, 240))
        counters.call_next(counter, by=clerk, unit=OFFICE, at=free)
        free += rng.randrange(180, 900)
        leave = counters.pass_over if n == A_DAY - 1 else counters.finish
        leave(counter, by=clerk, unit=OFFICE, at=free)
