"""The planted cheats: written down as they happen, found or not by the signals, and everything taken back afterwards."""

from __future__ import annotations

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.config.demo.staff import Staff
from bihuan.config.simulate.cheats import BAD_UNIT, CHEATS, Crooked, crooked
from bihuan.config.simulate.tests.test_memory import seed, staff  # noqa: F401
from bihuan.config.simulate.year import Lived, Score, compare, judge, live
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found
from bihuan.core.time.instant import DAY, day

SINCE, UNTIL = day("2026-10-09"), day("2026-10-30") * DAY


def months(staff: Staff, seed: int, who: Crooked, cases: int = 40) -> Lived:  # noqa: F811
    return live(staff, seed, cases, SINCE, UNTIL, who, 1000)


def story(lived: Lived) -> list[object]:
    """Without numbers, which go on from life to life."""
    first = lived.lives[0].member.id
    rows = [
        (e.name, e.at, e.by, e.unit) for life in lived.lives for e in life.member.events if e.by != "draw"
    ]
    return [rows[:20], [(cheat, case - first) for cheat, _, case in lived.planted][:3]]


def test_a_life_with_cheats_is_the_same_for_the_same_seed(staff: Staff) -> None:  # noqa: F811
    who = {("renamed", one): 1.0 for one in staff.of("nk.jiandu", "acceptor")}
    one, again, other = (months(staff, n, who, 12) for n in (1, 1, 2))
    assert one.planted and story(one) == story(again) != story(other)


def test_the_picture_sent_as_its_own_after_is_found_and_nothing_stays(staff: Staff) -> None:  # noqa: F811
    score = Score()
    judge(months(staff, 3, {("unchanged", unit): 1.0 for unit, _ in staff.by_post}), SINCE, UNTIL, score)
    found, planted = score.acts["unchanged"]
    assert planted >= 8 and found >= planted - 1
    with wall.open_to(wall.SYSTEM):
        assert not Case.objects.exists()


def test_honest_people_plant_nothing(staff: Staff) -> None:  # noqa: F811
    lived = months(staff, 4, {}, 20)
    assert lived.planted == [] and len(lived.lives) == 20


def test_every_planted_cheat_has_a_name_and_somebody_who_does_it(staff: Staff) -> None:  # noqa: F811
    assert {cheat for cheat, _ in crooked(staff)} == set(CHEATS)


def test_a_lead_without_a_planted_case_is_a_false_alarm(staff: Staff) -> None:  # noqa: F811
    lived = months(staff, 5, {}, 6)
    number = lived.lives[0].member.number
    lived.planted.append(("unchanged", BAD_UNIT, lived.lives[0].member.id))
    score = Score()
    say = Say("…", "…")
    right = Found("unchanged", 1, ("1",), (number,), 50, say)
    wrong = Found("unchanged", 1, ("1",), ("CG20261009-999999",), 50, say)
    compare(lived, [right, wrong], score)
    assert (score.found["unchanged"], score.false["unchanged"]) == (1, 1)
    assert score.acts["unchanged"] == [1, 1] and score.actors["unchanged"] == [1, 1]
