"""From a task to its draw and on to the inspections, through the real ceremony; nobody chooses a row of either."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from bihuan.cases import actions as cases
from bihuan.cases.asking import NOT_DRAWN
from bihuan.cases.shapes import Refused
from bihuan.cases.tests.conftest import District
from bihuan.draws import queries as draws
from bihuan.draws.models import Attempt
from bihuan.draws.tests.ceremony import DICE, PARTIES, Hall, fill_hall, when
from bihuan.inspections import actions, published
from bihuan.inspections.models import Round, Taken
from bihuan.inspections.tests.bureau import BUREAU, NOW, STAFF, businesses, do, planned, staff

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def bureau(real_district: District, tmp_path: Path) -> tuple[District, Hall]:
    hall = fill_hall(tmp_path)
    district = staff(real_district)
    return district, hall


def frozen(bureau: District, adopt: bool = True) -> Round:
    task = planned(bureau, adopt=adopt)
    terms = actions.Ceremony(PARTIES, [DICE], when("2026-10-12 17:00"), {})
    return actions.freeze(task.pk, terms, by=bureau.id("jing"), unit=BUREAU, at=NOW)


def drawn(bureau: District, hall: Hall) -> Round:
    one = frozen(bureau)
    draw = draws.draw(one.draw)
    hall.commit(draw)
    hall.seal(draw)
    hall.open(draw)
    hall.value(draw)
    hall.compute(draw)
    return one


def take_up(bureau: District, one: Round, who: str = "jing") -> tuple[int, int]:
    return actions.take_up(one.draw, by=bureau.id(who), unit=BUREAU, at=LATER)


def person_of(bureau: District, number: str, party: str) -> str:
    from bihuan.cases import wall

    sql = "select id, parties->>%s from cases_case where number = %s"
    pk = wall.ask(sql, [party, number], wall.SYSTEM)[0][1]
    return next(name for name in STAFF if bureau.id(name) == pk)


def case_of(number: str) -> int:
    from bihuan.cases import wall

    return int(wall.ask("select id from cases_case where number = %s", [number], wall.SYSTEM)[0][0])


def test_no_draw_before_the_plan_is_adopted_and_none_by_others(bureau: tuple[District, Hall]) -> None:
    district, _ = bureau
    businesses()
    with pytest.raises(Refused, match="还没有批准"):
        frozen(district, adopt=False)


def test_a_plan_that_cannot_be_staffed_is_refused_with_its_reason(bureau: tuple[District, Hall]) -> None:
    district, _ = bureau
    with pytest.raises(Refused, match="没有可以抽的检查对象"):
        frozen(district)


def test_the_draw_is_of_the_whole_register_and_a_second_one_leaves_its_trace(
    bureau: tuple[District, Hall],
) -> None:
    district, _ = bureau
    codes = businesses()
    one = frozen(district)
    files = draws.bodies(draws.draw(one.draw))
    listed = {line.split("\t")[0] for line in files["subjects.tsv"].decode().splitlines()[1:]}
    assert listed == set(codes) and sum(count["listed"] for count in one.counts) == len(codes)
    with pytest.raises(Refused, match="已有抽取"):
        terms = actions.Ceremony(PARTIES, [DICE], when("2026-10-12 17:00"), {})
        actions.freeze(one.task_id, terms, by=district.id("jing"), unit=BUREAU, at=NOW)
    assert Attempt.objects.count() == 1 and Round.objects.count() == 1


def test_the_result_opens_the_cases_once_and_with_the_teams_dealt(bureau: tuple[District, Hall]) -> None:
    district, hall = bureau
    businesses()
    one = drawn(district, hall)
    found = draws.result(one.draw)
    assert found is not None
    with pytest.raises(Refused):
        take_up(district, one, "jian1")
    assert take_up(district, one) == (len(found.selected), 0)
    assert take_up(district, one) == (0, 0)
    rows = {row.code: row for row in Taken.objects.all()}
    assert rows.keys() == {each.sid for each in found.selected}
    iids = {f"SC{n:03}": name for n, name in enumerate(STAFF)}
    for each in found.selected:
        number = rows[each.sid].number
        assert [person_of(district, number, "first"), person_of(district, number, "second")] == [
            iids[iid] for iid in each.team
        ]
    now = published.progress(one)
    assert (now.drawn, now.taken, now.inspected, now.open, now.late) == (
        len(rows),
        len(rows),
        0,
        len(rows),
        0,
    )
    assert published.waiting() == len(rows)


def test_who_was_not_drawn_gets_no_random_check_by_hand(bureau: tuple[District, Hall]) -> None:
    district, hall = bureau
    codes = businesses()
    one = drawn(district, hall)
    found = draws.result(one.draw)
    assert found is not None
    spared = next(code for code in codes if found.stratum_of(code) is None)
    data = {
        "title": "示例", "subject": spared, "agency": BUREAU, "first": district.id("jian1"), "first_unit": BUREAU,
        "second": district.id("jian2"), "second_unit": BUREAU, "limit": "30 days", "draw": one.draw,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        cases.open_case("inspections", "random", by=district.id("jing"), unit=BUREAU, at=LATER, data=data)
    assert refused.value.reasons == [NOT_DRAWN]


def test_not_inspected_brings_the_next_substitute_in_order(bureau: tuple[District, Hall]) -> None:
    district, hall = bureau
    businesses()
    one = drawn(district, hall)
    take_up(district, one)
    found = draws.result(one.draw)
    assert found is not None
    first = next(each for each in found.selected if found.reserves.get(each.stratum))
    number = Taken.objects.get(code=first.sid).number
    case, who = case_of(number), {"by": district.id("jing"), "unit": BUREAU, "at": LATER}
    with pytest.raises(Refused, match="审核认定"):
        actions.substitute(number, **who)
    do(
        district,
        case,
        "drop",
        person_of(district, number, "first"),
        "2026-10-14 09:00",
        reason="CLOSED",
        text="已注销（例）",
    )
    do(district, case, "agree_drop", "shen", "2026-10-14 10:00")
    assert actions.substitute(number, **who) == found.reserves[first.stratum][0]
    with pytest.raises(Refused, match="已经换过"):
        actions.substitute(number, **who)
    row = Taken.objects.get(instead=first.sid)
    assert (row.code, row.reason) == (found.reserves[first.stratum][0], "CLOSED")
    now = published.progress(one)
    assert (now.not_inspected, [(str(why), n) for why, n in now.dropped]) == (1, [("抽取以后注销、吊销", 1)])
    assert now.drawn == len(found.selected) + 1 and now.open == len(found.selected)


def test_pages_show_the_progress_and_the_desk_takes_up(bureau: tuple[District, Hall], client: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    district, hall = bureau
    businesses()
    one = drawn(district, hall)
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: LATER)
    client.force_login(district.persons["jing"], backend="django.contrib.auth.backends.ModelBackend")
    page = f"/desk/inspections/tasks/{one.task_id}/"
    assert "照结果立件" in client.get(page).content.decode()
    assert client.post(page, {"do": "take_up", "draw": one.draw}).status_code == 302
    assert Taken.objects.count() > 0
    assert client.post(page, {"do": "freeze", "closes": "x", "falls": ""}).status_code == 422
    assert client.post(page, {"do": "substitute", "number": "JC1"}).status_code == 422
    assert client.post(page, {"do": "take_up", "draw": "nk.scjg/1"}).status_code == 404
    public = Client().get(f"/inspections/plans/{one.task.plan_id}/").content.decode()
    assert one.draw in public and "还没有检查" in public and "名录数" in public
