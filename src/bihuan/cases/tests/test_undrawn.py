"""A random check is opened by a draw's result alone; what a checklist asks and what follows is read from the case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.cases import actions
from bihuan.cases.asking import NOT_DRAWN
from bihuan.cases.shapes import BadInput, Opened, Refused, Upload
from bihuan.cases.tests.conftest import District, picture
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

pytestmark = pytest.mark.django_db
POSTS = {"jing": "officer", "shen": "reviewer", "jian1": "enforcer", "jian2": "enforcer", "jian3": "enforcer"}
POINTS = [{"item": "食品经营", "point": "亮证经营"}, {"item": "食品经营", "point": "从业人员有健康证明"}]


@pytest.fixture
def bureau(district: District) -> District:
    for name, post in POSTS.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, "nk.scjg", post, date(2016, 1, 1))
        district.persons[name] = person
    return district


def opened(bureau: District, matter: str = "random", answers: Any = None, **changed: Any) -> Opened:
    data = {
        "title": "示例面馆有限公司", "subject": "91120104DEM900012J", "agency": "nk.scjg", "first": bureau.id("jian1"),
        "first_unit": "nk.scjg", "second": bureau.id("jian2"), "second_unit": "nk.scjg", "limit": "30 days", "points": POINTS,
    } | changed  # fmt: skip
    return actions.open_case(
        "inspections", matter, by=bureau.id("jing"), unit="nk.scjg", at=at("2026-10-12 09:00"),
        data={key: value for key, value in data.items() if value}, answers=answers or {},
    )  # fmt: skip


def drawn(_draw: str, _subject: str) -> None:
    return None


def do(bureau: District, case: int, name: str, who: str, when: str, *photos: str, **data: Any) -> None:
    files = [Upload(kind, f"{kind}.jpg", picture(64, 48)) for kind in photos]
    actions.act(case, name, by=bureau.id(who), unit="nk.scjg", at=at(when), data=data, files=files)


def record(
    bureau: District, case: int, found: tuple[str, ...] = ("符合", "不符合"), who: str = "jian1"
) -> None:
    checks = [{"point": row["point"], "found": word} for row, word in zip(POINTS, found, strict=False)]
    do(
        bureau,
        case,
        "record",
        who,
        "2026-10-13 10:00",
        "site",
        "sheet",
        checks=checks,
        result="corrected",
        signed="yes",
    )


def test_nobody_opens_a_random_check_by_hand(bureau: District) -> None:
    with pytest.raises(Refused) as refused:
        opened(bureau, draw="nk.scjg/2026-1")
    assert refused.value.reasons == [NOT_DRAWN]
    assert opened(bureau, draw="nk.scjg/2026-1", answers={"undrawn": drawn}).number.startswith("JC")


def test_a_targeted_check_carries_no_draw_whoever_answers_for_it(bureau: District) -> None:
    with pytest.raises(Refused, match="不带抽取编号"):
        opened(bureau, "complaint", {"undrawn": drawn}, draw="nk.scjg/2026-1", origin="CG20261001-000001")
    assert opened(bureau, "complaint", origin="CG20261001-000001").case


def test_a_person_without_an_account_inspects_nothing(bureau: District) -> None:
    with pytest.raises((Refused, BadInput)):
        opened(bureau, "complaint", origin="x", second="")


def test_every_point_of_the_case_must_be_answered(bureau: District) -> None:
    case = opened(bureau, answers={"undrawn": drawn}).case
    with pytest.raises(Refused, match="还有 1 条"):
        record(bureau, case, ("符合",))
    with pytest.raises(Refused, match="还有 1 条"):
        record(bureau, case, ("符合", "好"))
    record(bureau, case)


def test_what_follows_is_read_from_the_latest_result(bureau: District) -> None:
    case = opened(bureau, answers={"undrawn": drawn}).case
    record(bureau, case)
    do(bureau, case, "confirm", "jian2", "2026-10-13 11:00")
    do(bureau, case, "pass", "shen", "2026-10-14 09:00")
    with pytest.raises(Refused, match="后续是“责令改正”"):
        do(bureau, case, "publish", "jing", "2026-10-15 09:00", reviewed="yes")
    do(
        bureau,
        case,
        "publish_rectify",
        "jing",
        "2026-10-15 09:00",
        reviewed="yes",
        limit="10 days",
        order="补办",
    )


def test_avoidance_draws_another_one_who_has_the_post(bureau: District) -> None:
    case = opened(bureau, answers={"undrawn": drawn}).case
    do(bureau, case, "avoid", "jian2", "2026-10-12 10:00", relation="kin", text="亲属（例）")
    do(bureau, case, "draw_second", "jing", "2026-10-12 11:00")
    record(bureau, case, who="jian3")
    with pytest.raises(Refused, match="须由"):
        do(bureau, case, "confirm", "jian2", "2026-10-13 11:00")
