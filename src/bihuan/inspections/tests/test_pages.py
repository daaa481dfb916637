"""Pages of inspections: what everybody reads without an account, and what the desk lets whom do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.cases.tests.conftest import District
from bihuan.core.codes.invent import invent_uscc
from bihuan.inspections.models import Plan, Relation, Visit
from bihuan.inspections.tests.bureau import CODES, businesses, planned
from bihuan.inspections.tests.test_visits import visit

pytestmark = pytest.mark.django_db


def test_public_pages_need_no_account(bureau: District, clock: Callable[[str], None], client: Client) -> None:
    businesses(2)
    task = planned(bureau)
    visit(bureau)
    for path, words in (
        ("/inspections/", "年度计划（例）"), ("/inspections/items/", "食品安全法§110"),
        (f"/inspections/plans/{task.plan_id}/", "餐饮服务抽查（例）"), ("/inspections/results/", "还没有公示的结果"),
        (f"/inspections/business/{CODES[0]}/", "计入上限的检查 1 次，上限 2 次"), ("/", "抽中了、还没有检查的 0 户"),
    ):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200 and words in page.content.decode(), path
    assert client.get(f"/inspections/business/{CODES[0]}/code.svg")["Content-Type"] == "image/svg+xml"
    assert client.get(f"/inspections/?code={CODES[0].lower()}").url == f"/inspections/business/{CODES[0]}/"
    assert client.get("/inspections/?code=91120104DEM95000O").status_code == 422


def test_a_draft_is_not_public(bureau: District, clock: Callable[[str], None], client: Client) -> None:
    task = planned(bureau, adopt=False)
    assert client.get(f"/inspections/plans/{task.plan_id}/").status_code == 404
    assert client.get(f"/inspections/business/{invent_uscc(4)}/").status_code == 404


def test_english_pages_are_whole(bureau: District, clock: Callable[[str], None], client: Client) -> None:
    businesses(1)
    visit(bureau)
    client.cookies["django_language"] = "en"
    page = client.get(f"/inspections/business/{CODES[0]}/").content.decode()
    assert "1 inspections count, the cap is 2" in page and "Registered at the door" in page


def test_drafted_at_the_desk_and_adopted_by_the_head(desk: Callable[[str], Client]) -> None:
    form = {"title": "计划（例）", "task": "任务（例）", "kind": "food_service", "items": ["food_service"], "n-food": "1", "first": "2026-10-12", "last": "x"}  # fmt: skip
    officer, head = desk("jing"), desk("juzhang")
    page = officer.post("/desk/inspections/new/", form)
    assert (
        page.status_code == 422
        and "日期要写成" in page.content.decode()
        and "任务（例）" in page.content.decode()
    )
    page = officer.post("/desk/inspections/new/", form | {"last": "2026-12-18"})
    assert page.status_code == 422 and "不得少于两人" in page.content.decode()
    page = officer.post("/desk/inspections/new/", form | {"last": "2026-12-18", "most-fire": "3", "joined": ["nk.xfzd"]})  # fmt: skip
    said = page.content.decode()
    assert page.status_code == 422 and "每种专业去几名" in said
    assert (
        'name="n-food" value="1"' in said
        and 'name="most-fire" value="3"' in said
        and 'value="nk.xfzd" checked' in said
    )
    good = form | {
        "last": "2026-12-18",
        "n-food": "2",
        "most-food": "5",
        "n-fire": "1",
        "n-air": "0",
        "joined": ["nk.xfzd"],
    }
    assert officer.post("/desk/inspections/new/", good).status_code == 302
    plan = Plan.objects.get()
    (task,) = plan.tasks.all()
    assert (task.slots, task.joined) == ("food:2:5,fire:1", ["nk.xfzd"])
    assert officer.post("/desk/inspections/", {"plan": plan.pk}).status_code == 422
    assert head.post("/desk/inspections/", {"plan": plan.pk, "words": "同意"}).status_code == 302
    assert "批准，已经公布" in head.get("/desk/inspections/").content.decode()
    assert head.post("/desk/inspections/", {"plan": "9999999"}).status_code == 404


def test_the_roster_is_shown_with_its_reconciliation(bureau: District, desk: Callable[[str], Client]) -> None:
    businesses()
    task = planned(bureau)
    page = desk("jing").get(f"/desk/inspections/tasks/{task.pk}/").content.decode()
    assert "对得上" in page and "对不上</b>" not in page and "一址多照" in page
    assert desk("jing").get("/desk/inspections/tasks/999999/").status_code == 404


def test_a_relation_is_declared_on_the_page_of_the_inspector_alone(desk: Callable[[str], Client]) -> None:
    businesses(1)
    form = {"code": CODES[0], "kind": "kin", "words": "内弟经营（例）"}
    assert desk("juzhang").post("/desk/inspections/people/", form).status_code == 422
    assert "我要申报回避" not in desk("juzhang").get("/desk/inspections/people/").content.decode()
    assert desk("jian1").post("/desk/inspections/people/", form).status_code == 302
    assert Relation.objects.get().iid == "SC003"
    assert "要看" in desk("juzhang").get("/desk/inspections/people/").content.decode()


def test_a_visit_is_registered_after_the_count_was_shown(desk: Callable[[str], Client]) -> None:
    businesses(1)
    worker = desk("jian1")
    assert "上限 2 次" in worker.get(f"/desk/inspections/visit/?code={CODES[0]}").content.decode()
    assert (
        "登记里没有这个代码" in worker.get(f"/desk/inspections/visit/?code={invent_uscc(4)}").content.decode()
    )
    form = {"code": CODES[0], "channel": "random", "basis": "", "people": "2"}
    page = worker.post("/desk/inspections/visit/", form)
    assert page.status_code == 422 and "依据和事由" in page.content.decode()
    done = worker.post("/desk/inspections/visit/", form | {"basis": "年度计划（例）"})
    assert done.url == f"/inspections/business/{CODES[0]}/" and Visit.objects.get().by


def test_who_does_not_inspect_has_no_business_here(bureau: District, clock: Callable[[str], None]) -> None:
    client = Client()
    assert client.get("/desk/inspections/").status_code == 302
    client.force_login(bureau.persons["caiji"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/inspections/").status_code == 403
