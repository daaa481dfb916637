"""Lives written in memory are the lives that `open_case` and `act` write, and what COPY stores is what fsck computes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from bihuan.cases import wall
from bihuan.cases.actions import open_case
from bihuan.cases.edge import to_instant
from bihuan.cases.fsck import Tally, check
from bihuan.cases.models import Case, Document, Event
from bihuan.cases.tests.conftest import POINT, real_district, seed  # noqa: F401
from bihuan.config.demo.staff import Staff
from bihuan.config.demo.world import Through, World
from bihuan.config.roles import as_owner
from bihuan.config.simulate import actions, bulk, weather
from bihuan.config.simulate.memory import Life, Memory
from bihuan.core.time.instant import at
from bihuan.lines import calendar
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.places import actions as places
from bihuan.record.models import Outbox

UNTIL = at("2026-10-20 18:00")
BEGIN = at("2026-10-12 09:30")
Told = list[tuple[object, ...]]


@pytest.fixture
def staff(transactional_db: None, seed: Path) -> Staff:  # noqa: F811
    """A small district with invented people only."""
    people.load_units(seed)
    people.load_duties(seed)
    people.load_grants(seed)
    places.load_places(seed)
    return actions.settle("a-password-for-tests")


def live(world: World, n: int, rest: Callable[[], object]) -> None:
    """So many problems, one after the other, each to its end; `rest` lets happen what then happens by itself."""
    for i in range(n):
        bulk.live(world, BEGIN + i * 1800, wet=False)
        rest()


def stored(pk: int) -> Told:
    with wall.open_to(wall.SYSTEM):
        return [
            (e.name, to_instant(e.at), e.by, e.unit, e.role, e.data, to_instant(e.effective))
            for e in Event.objects.filter(case_id=pk).order_by("seq")
        ]


def test_memory_and_the_write_path_tell_the_same_story(staff: Staff) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('cases_case_id_seq')")
        first = cursor.fetchone()[0] + 1
    memory = Memory(first)
    mine: dict[int, Life] = {}
    live(
        World(Random(7), staff, UNTIL, way=memory), 12,
        lambda: mine.update({life.member.id: life for life in memory.take(UNTIL)}),
    )  # fmt: skip
    through = Ticking()
    live(World(Random(7), staff, UNTIL, way=through), 12, lambda: through.come_by(UNTIL))
    assert len(mine) == 12 and sum(len(life.member.events) for life in mine.values()) > 60
    for pk, life in mine.items():
        told = [(e.name, e.at, e.by, e.unit, e.role, e.data, e.effective) for e in life.member.events]
        assert told == stored(pk), life.member.number


class Ticking(Through):
    """The ordinary way, with a worker that comes by at the very second, for whatever case it is due."""

    def come_by(self, until: int) -> None:
        while (wake := earliest()) is not None and wake <= until:
            self.tick(wake, 500)

    def act(self, case: int, name: str, by: str, unit: str, at: int, *rest: object) -> object:
        self.come_by(at)
        return super().act(case, name, by, unit, at, *rest)  # type: ignore[arg-type]


def earliest() -> int | None:
    with wall.open_to(wall.SYSTEM):
        first = (
            Case.objects.exclude(wake_at=None).order_by("wake_at").values_list("wake_at", flat=True).first()
        )
    return None if first is None else to_instant(first)


def write(chunk_seed: str, n: int = 30) -> None:
    stretch = weather.days(Random(1), calendar(), BEGIN // 86400, UNTIL // 86400)
    moments = weather.moments(Random(2), stretch, n, UNTIL)
    with as_owner():
        first = actions.reserve("cases_case", n)
        bulk.write_chunk(bulk.Chunk(first, chunk_seed, moments, UNTIL))


def test_what_is_copied_in_is_what_fsck_computes(staff: Staff) -> None:
    write("1:0")
    tally = Tally()
    assert list(check(UNTIL, tally)) == []
    with wall.open_to(wall.SYSTEM):
        assert tally.cases == Case.objects.count() == 30
        assert tally.events == Event.objects.count() == Outbox.objects.count() > 100
        assert Document.objects.filter(kind="evidence:after").exists()
        ended = Case.objects.filter(state="closed").count()
    assert 3 < ended < 30
    with wall.open_to(wall.SYSTEM):  # and the next case goes on behind them
        last = Case.objects.order_by("-pk").first()
    opened = open_case(
        "urban_management", "管理事项:06042", by=None, unit="", at=UNTIL + 60, data={"what": "x"}, place=POINT
    )
    assert last is not None and opened.case > last.pk


def test_the_same_seed_gives_the_same_events(staff: Staff) -> None:
    def story(chance: int) -> Told:
        memory = Memory(1000)
        live(World(Random(chance), staff, UNTIL, way=memory), 10, lambda: None)
        return [(life.member.number, *life.member.events) for life in memory.take(UNTIL)]

    assert story(3) == story(3) != story(4)


def test_a_district_with_real_people_is_refused(real_district: object) -> None:  # noqa: F811
    with pytest.raises(actions.RealDistrict, match="real people"):
        actions.settle("a-password-for-tests")
    assert not Person.objects.filter(username=actions.MARK).exists()


def test_a_simulated_district_is_settled_once(staff: Staff) -> None:
    assert actions.settle("another-password").by_post == staff.by_post


def test_wet_days_bring_five_times_the_puddles() -> None:
    codes = [code.split(":")[1] for _, code, _ in weather.PROBLEMS]
    for code, dry, wet in zip(codes, weather.DRY_WEIGHTS, weather.WET_WEIGHTS, strict=True):
        assert wet == dry * (weather.WET_TIMES if code in weather.WET else 1)


def test_mondays_month_ends_and_mornings_are_busy() -> None:
    stretch = weather.days(
        Random(5), calendar(), at("2026-07-01 00:00") // 86400, at("2026-11-28 00:00") // 86400
    )
    dry = {day.day: day.weight for day in stretch if not day.wet}
    friday, monday = at("2026-11-20 00:00") // 86400, at("2026-11-23 00:00") // 86400
    saturday = friday + 1
    weight = {day: weather._weight(calendar(), day) for day in (friday, saturday, monday)}
    assert weight[saturday] < weight[friday] < weight[monday]
    assert dry and all(dry[day] == weather._weight(calendar(), day) for day in dry)
    hours = [moment % 86400 // 3600 for moment, _ in weather.moments(Random(6), stretch, 4000, UNTIL)]
    assert hours.count(8) > 10 * hours.count(3)
