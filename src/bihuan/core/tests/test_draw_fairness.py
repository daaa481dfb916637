"""The fairness report of one draw: exact chances, simulated seeds, loads, declared relations, the bias bound."""

from __future__ import annotations

import math
import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.draw import Refused, beacon, drawing, fairness, report_of, told, verdict
from bihuan.core.draw.deal import deal
from bihuan.core.draw.roster import Avoid, Inspectors, Row, Slot
from bihuan.core.draw.words import rarely
from bihuan.core.tests.draws_here import KL8, Setting
from bihuan.core.tests.test_draw_refused import ROOTED, shown

FEW = 400
SCHOOL = Setting(
    subjects=tuple((f"L{n:03d}", "A") for n in range(40)), plan=(("A", "25", "40", "0", "-"),), avoid=(), inspectors=()
)  # fmt: skip


def test_the_report_of_a_draw() -> None:
    report = report_of(Setting().folder(), seeds=FEW)
    assert [(one.stratum, one.listed, one.drawn) for one in report.chances] == [("A", 20, 1), ("B", 20, 2), ("D", 20, 4)]  # fmt: skip
    assert [one.chance for one in report.chances] == [Fraction(1, 20), Fraction(1, 10), Fraction(1, 5)]
    assert report.bits == pytest.approx(78.2, abs=0.05)
    small, large = report.chances[0].gains
    assert large == pytest.approx(math.sqrt(2 * 60 * math.log(2) * 19) * 2 ** (-report.bits / 2))
    assert large / small == pytest.approx(math.sqrt(3))  # 2^60 against 2^20
    assert report.served == 0 and report.short == 0
    assert [one.name for one in report.even] == ["A", "B", "D"]
    assert {one.seeds for one in report.even} == {FEW}
    lines = told(report)
    assert verdict(lines) in ("ok", "open") and {line.verdict for line in lines if line.name != "load"} <= {"ok", "open"}  # fmt: skip


def test_the_same_draw_has_the_same_report() -> None:
    files = Setting().folder()
    assert report_of(files, seeds=50) == report_of(dict(files), seeds=50)


def test_before_the_draw_the_report_has_chances_but_no_loads() -> None:
    files = {
        name: raw for name, raw in Setting().folder().items() if name not in ("reveal.txt", "result.tsv")
    }
    report = report_of(files, seeds=50)
    after = report_of(Setting().folder(), seeds=50)
    assert (report.loads, report.served, report.short) == (None, None, None)
    assert (report.chances, report.even, report.alike) == (after.chances, after.even, after.alike)


def test_places_by_lot_have_a_chance_and_no_inspectors() -> None:
    report = report_of(SCHOOL.folder(), seeds=FEW)
    assert report.chances[0].chance == Fraction(25, 40) and report.loads == ()
    assert {line.name for line in told(report)} == {"chance", "bias", "even"}


def test_below_sixty_bits_there_is_no_report() -> None:
    files = Setting().folder()
    made = drawing.manifest(files["manifest.txt"])
    with pytest.raises(Refused) as refused:
        fairness.fairness(made, drawing.rosters(made, files), None, 59.9)
    assert refused.value.code == "bits"
    with pytest.raises(Refused):
        Setting(values={"pl5 1": b"1 2 3 4 5"}).folder()
    assert report_of(Setting(values={"kl8 2026311": KL8}).folder(), seeds=50).bits >= 60


def test_more_subjects_take_fewer_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "TICKETS", 600)
    assert {one.seeds for one in report_of(Setting().folder()).even} == {10}
    monkeypatch.setattr(fairness, "TICKETS", 1)
    assert {one.seeds for one in report_of(Setting().folder()).even} == {fairness.FEWEST_SEEDS}


def test_a_biased_count_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A selection that favours one subject by a fifth is seen over the simulated seeds."""
    fair = fairness.select

    def favour(name: str, key: bytes, *rest: object) -> object:
        picked = fair(name, key, *rest)  # type: ignore[arg-type]
        lots = list(picked.drawn)
        if key[0] < 51:
            lots[0] = (lots[0][0], b"91370000", lots[0][2])
        return fairness_picked(picked, lots)

    def fairness_picked(picked: object, lots: list[tuple[bytes, bytes, bytes]]) -> object:
        return type(picked)(lots, picked.reserves, picked.shares)  # type: ignore[attr-defined, call-arg]

    monkeypatch.setattr(fairness, "select", favour)
    report = report_of(Setting().folder(), seeds=2000)
    assert not report.even[0].holds
    assert verdict(told(report)) == "bad"


def test_a_favoured_inspector_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    even = fairness.evenly("MKT", [400, 100, 100, 100], 700, 1)
    assert not even.holds and fairness.evenly("MKT", [170, 180, 174, 176], 700, 1).holds


@pytest.mark.parametrize(("members", "taken"), [(2, 1), (3, 1), (20, 5), (200, 3)])
def test_the_distance_from_even_is_a_normal_variable(members: int, taken: int) -> None:
    """Over many lists of seeds its mean is near 0 and its spread near 1, with few members and few draws too."""
    subjects = fairness.Counter[int]()
    away = []
    for turn in range(300):
        subjects.clear()
        for draw in range(40):
            order = sorted(range(members), key=lambda n: drawing.reveal.formulas.digest("sha256", b"%d %d %d" % (turn, draw, n)))  # fmt: skip
            subjects.update(order[:taken])
        away.append(fairness.evenly("A", [subjects[n] for n in range(members)], 40, taken).away)
    mean = sum(away) / len(away)
    spread = math.sqrt(sum((one - mean) ** 2 for one in away) / len(away))
    assert abs(mean) < 0.3 and 0.7 < spread < 1.3


def test_who_declares_many_relations_is_looked_at() -> None:
    lines = (*((f"9137{n:04d}", "3701", "C") for n in (0, 1, 2)), ("91370004", "3702", "H"))
    report = report_of(Setting(avoid=lines).folder(), seeds=50)
    assert report.declared is not None
    assert [(one.iid, one.pairs, one.subjects, one.flagged) for one in report.declared] == [("3701", 3, 60, True)]  # fmt: skip
    assert [line.code for line in told(report) if line.name == "declared"] == ["declared_many"]
    few = Setting(
        subjects=tuple((f"9137{n:04d}", "A") for n in range(200)), avoid=(("91370000", "3701", "C"),)
    )
    assert [line.code for line in told(report_of(few.folder(), seeds=50)) if line.name == "declared"] == ["declared"]  # fmt: skip


def test_a_list_that_is_not_public_says_nothing_of_what_was_declared() -> None:
    report = report_of(shown(), seeds=50)
    assert report.declared is None and report.served == 0
    assert [line.code for line in told(report) if line.name == "declared"] == ["declared_hidden"]
    assert report_of(ROOTED.folder(), seeds=50).declared is not None


def test_a_pair_that_was_sent_all_the_same_is_told() -> None:
    files = Setting().folder()
    drawn = drawing.compute(files)
    read = drawing.rosters(drawn.manifest, files)
    sid, team = drawn.picked.drawn[0][1], drawn.teams[0]
    crooked = drawing.Rosters(read.subjects, read.excluded, read.inspectors, Avoid([sid], [team.iids[0]], [b"C"]), read.plan)  # fmt: skip
    report = fairness.fairness(drawn.manifest, crooked, drawn, 78.2, seeds=50)
    assert report.served == 1 and verdict(told(report)) == "bad"


@given(st.integers(1, 9), st.lists(st.integers(0, 4), min_size=1, max_size=40), st.binary(min_size=32, max_size=32))  # fmt: skip
def test_without_avoidance_loads_differ_by_one_at_most(people: int, counts: list[int], key: bytes) -> None:
    """Whatever sizes the teams of one pool have."""
    iids = [b"i%d" % n for n in range(people)]
    plan = {b"%d" % n: Row(1, 1, 0, (Slot(b"P", n, None),)) for n in range(5)}
    lots = [(b"", b"s%d" % at, b"%d" % n) for at, n in enumerate(counts)]
    teams = deal("sha256", key, lots, Inspectors(iids, [b"P"] * people), Avoid((), (), ()), plan)
    load = Counter(iid for team in teams for iid in team.iids)
    assert max(load[iid] for iid in iids) - min(load[iid] for iid in iids) <= 1


def test_the_spread_that_is_promised_follows_from_who_may_not_go() -> None:
    pair = (("91370000", "3701", "C"),)
    free, some = (report_of(Setting(avoid=lines, plan=(("A", "1", "1", "0", "MKT:2"), ("B", "1", "1", "0", "MKT:2"), ("D", "1", "1", "0", "MKT:2"))).folder(), seeds=20) for lines in ((), pair))  # fmt: skip
    assert free.loads is not None and [(one.most, one.spread <= 1) for one in free.loads] == [(1, True)]
    assert some.loads is not None and some.loads[0].most == 2 and some.loads[0].barred == Fraction(1, 60)
    many = tuple((f"9137{n:04d}", "3701", "H") for n in range(40))
    most = report_of(Setting(avoid=many, plan=(("A", "1", "1", "0", "MKT:2"), ("B", "1", "1", "0", "MKT:2"), ("D", "1", "1", "0", "MKT:2"))).folder(), seeds=20)  # fmt: skip
    assert most.loads is not None and most.loads[0].most is None
    assert [line.verdict for line in told(most) if line.name == "load"] == ["open"]


def test_the_bound_of_a_weak_source_is_told_as_wide() -> None:
    assert beacon.gain(19.9, 0.03) == pytest.approx(0.052, abs=0.001)  # six balls, trust §1.1
    assert beacon.gain(78.2, 0.03) == pytest.approx(9e-11, rel=0.05)
    assert beacon.gain(78.2, 0.03, 20) == pytest.approx(5e-11, rel=0.05)


@pytest.mark.parametrize(
    ("share", "zh", "en"),
    [
        (3.4e-9, "十亿分之 3", "3 in 1,000,000,000"),
        (9.6e-12, "千亿分之 1", "1 in 100,000,000,000"),
        (0.052, "百分之 5", "5 in 100"),
        (1e-37, "不到万亿分之 1", "less than 1 in 1,000,000,000,000"),
    ],
)
def test_a_small_share_is_told_as_people_say_it(share: float, zh: str, en: str) -> None:
    assert (str(rarely(share)), rarely(share).en) == (zh, en)


def test_no_number_of_a_program_stands_in_a_report() -> None:
    for line in told(report_of(Setting().folder(), seeds=FEW)):
        assert not re.search(r"\de[+-]\d", line.say + line.say.en), line.say
