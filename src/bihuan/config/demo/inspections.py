"""Inspections of the demo: registers of invented businesses, an adopted plan whose draw was held and led to inspections,
targeted checks at every stage, visits at doors; all through the ordinary actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import orjson

from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.edge import to_date, to_datetime
from bihuan.config.demo.world import World, photo
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.time.instant import DAY
from bihuan.inspections import actions, queries
from bihuan.inspections.library import items
from bihuan.inspections.models import Task
from bihuan.subjects import actions as subjects

OFFICE = "nk.scjg"
BUSINESSES, FIRST = 60, 96_000
CLASSES = "AABBBBBBCD"
SOURCE = "演示数据（虚构）"
RESULTS = ("clean", "corrected", "no_activity", "corrected", "obstructed")
SEEN = {"corrected": "有一名从业人员没有健康证明（演示）", "obstructed": "锁住后厨，拒绝检查（演示）"}
ITEMS = ("food_service", "registration")
DONE = 3  # of those drawn
WHY = {"complaint": "食品安全法§110；投诉举报（演示）", "random": "优化营商环境条例§54；随机抽查（演示）"}


def points_of(codes: Sequence[str]) -> list[dict[str, str]]:
    """What is looked at, item by item."""
    return [
        {"item": str(items()[code].name), "point": str(one.say)}
        for code in codes
        for one in items()[code].points
    ]


def plan_inspections(w: World) -> Task:
    """Registers and an adopted plan, two weeks old; its task is drawn by `draws.finished`."""
    start = w.until - 15 * DAY
    at, today = to_datetime(start), to_date(start // DAY)
    officer, head = w.staff.of(OFFICE, "officer")[0], w.staff.of(OFFICE, "head")[0]
    team = w.staff.of(OFFICE, "enforcer")
    codes = register(at, today)
    for n, person in enumerate(team):
        actions.register_inspector(
            person, OFFICE, iid=f"SC{n + 1:03}", certificate=f"演示{n + 1:06}", specialities=["food", "market"],
            valid_until=today + timedelta(days=400), by=head, acting=OFFICE, at=at,
        )  # fmt: skip
    last = date(today.year, 12, 31)
    wanted = actions.Wanted("餐饮服务食品安全抽查（演示）", "food_service", ITEMS, "food:2", today, last)
    plan = actions.draft_plan(today.year, f"{today.year} 年度双随机抽查计划（演示）", [wanted], by=officer, unit=OFFICE, at=at)  # fmt: skip
    actions.adopt_plan(plan.pk, "同意（演示）", by=head, unit=OFFICE, at=to_datetime(start + 3600))
    actions.declare_relation(codes[3], "kin", "亲属经营（演示）", by=team[0], at=at)
    return plan.tasks.get()


def fill_inspections(w: World) -> None:
    """Six targeted checks, and the first three of the businesses that were drawn; visits at doors."""
    start = w.until - 15 * DAY
    team = w.staff.of(OFFICE, "enforcer")
    for n in range(len(RESULTS) + 1):
        w.now = start + DAY + n * 4000
        targeted(w, n, invent_uscc(FIRST + n), team[n % len(team)], team[(n + 1) % len(team)])
    for task in [task for plan in queries.plans(public=True) for task in plan.tasks.all()]:
        for one in queries.rounds(task):
            for n, (code, number) in enumerate(one.taken.order_by("pk").values_list("code", "number")[:DONE]):
                w.now = w.until - 4 * DAY + n * 4000
                case, parties = wall.ask("select id, parties from cases_case where number = %s", [number], wall.SYSTEM)[0]  # fmt: skip
                who = orjson.loads(parties)
                visited(w, n, Checked(case, number, "random", code, who["first"], who["second"], RESULTS[n % 2], ITEMS))  # fmt: skip


def register(moment: datetime, today: date) -> list[str]:
    """Invented businesses on both registers with their credit classes."""
    codes = [invent_uscc(FIRST + n) for n in range(BUSINESSES)]
    rows = {
        code: {
            "code": code, "name": f"示例餐馆{n + 1}号（虚构）", "address": f"示例路 {n // 2 + 1} 号（虚构）", "status": "existing",
            "status_on": "", "source": SOURCE, "as_of": today.isoformat(),
        }
        for n, code in enumerate(codes)
    }  # fmt: skip
    subjects.record_subjects(rows, by="演示", at=moment)
    said = {"kinds": ["food_service"], "head": "", "closing": False, "valid_until": None, "source": SOURCE}
    listed = {code: said | {"closing": n == 7} for n, code in enumerate(codes)}
    actions.record_businesses(listed, by="演示", at=moment)
    told = [(code, CLASSES[n % len(CLASSES)]) for n, code in enumerate(codes)]
    subjects.receive_classes(
        told, since=today, source=SOURCE, proposed_by="演示一", decided_by="演示二", at=moment
    )
    return codes


def targeted(w: World, n: int, code: str, first: str, second: str) -> None:
    """A complaint led here: all but the last go on to publication, one of them into a case of enforcement; the last
    one waits for its inspectors."""
    officer = w.staff.of(OFFICE, "officer")[0]
    opened = cases.open_case(
        "inspections", "complaint", by=officer, unit=OFFICE, at=w.now,
        data={
            "title": f"示例餐馆{n + 1}号（虚构）", "subject": code, "address": f"示例路 {n // 2 + 1} 号（虚构）", "agency": OFFICE,
            "first": first, "first_unit": OFFICE, "second": second, "second_unit": OFFICE, "limit": "15 days",
            "items": str(items()["food_service"].name), "points": points_of(ITEMS[:1]), "origin": f"投诉举报（演示）第 {n + 1} 号",
        },
    )  # fmt: skip
    if n < len(RESULTS):
        w.now += DAY
        visited(w, n, Checked(opened.case, opened.number, "complaint", code, first, second, RESULTS[n], ITEMS[:1]))  # fmt: skip


class Checked(NamedTuple):
    """An inspection to be carried out, and what it will find."""

    case: int
    number: str
    channel: str
    code: str
    first: str
    second: str
    result: str
    items: Sequence[str]


def visited(w: World, n: int, one: Checked) -> None:
    """At the door, recorded, confirmed, reviewed, published."""
    officer, reviewer = w.staff.of(OFFICE, "officer")[0], w.staff.of(OFFICE, "reviewer")[0]
    if (one.channel, n) != ("complaint", 2):  # one visit is not registered at the door, and shows
        actions.register_visit(one.code, one.channel, WHY[one.channel], 2, number=one.number, by=one.first, unit=OFFICE, at=to_datetime(w.now))  # fmt: skip
    bad = one.result == "corrected"
    checks = [
        {"point": row["point"], "found": "不符合" if bad and i == 1 else "符合"}
        for i, row in enumerate(points_of(one.items))
    ]
    clock = to_datetime(w.now)
    w.act(
        one.case, "record", one.first, OFFICE, photo("site", one.case, "inspected"), photo("sheet", one.case, "signed"), checks=checks, result=one.result,
        text=SEEN.get(one.result, "没有发现问题（演示）"), signed="yes",
        began_at=f"{clock - timedelta(minutes=35):%Y-%m-%d %H:%M}", ended_at=f"{clock:%Y-%m-%d %H:%M}",
    )  # fmt: skip
    w.now += 3600
    w.act(one.case, "confirm", one.second, OFFICE)
    w.now += DAY
    w.act(one.case, "pass", reviewer, OFFICE)
    w.now += DAY
    if bad:
        w.act(
            one.case,
            "publish_rectify",
            officer,
            OFFICE,
            limit="10 days",
            order="补办健康证明（演示）",
            reviewed="yes",
        )
    elif one.result == "obstructed":
        w.act(one.case, "publish_hand", officer, OFFICE, reviewed="yes")
        w.now += 3600
        w.act(
            one.case, "hand_over", officer, OFFICE, unit=OFFICE, offence="F109", ended_offence=f"{clock:%Y-%m-%d}",
            party_kind="organisation", party_shown=f"示例餐馆{n + 1}号（虚构）", detail="锁住后厨，拒绝检查（演示）",
        )  # fmt: skip
    else:
        w.act(one.case, "publish", officer, OFFICE, reviewed="yes")
