"""The table of tasks in a browser: filled in, sent out as a workbook, brought back, a goal changed by two people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.targets import actions
from bihuan.targets.proposals import proposals
from bihuan.targets.seed import nankai
from bihuan.targets.tests.conftest import GDP, JOBS, TASK
from bihuan.targets.tests.sheets import again, put
from tests.journeys.site import DESK, PHONE, Site, barriers

pytestmark = pytest.mark.journey
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GROWTH = "goal-11767-11779"


def look(page: Page, name: str, found: list[str], *, sent: bool = False) -> None:
    """At a desk and on a telephone, in both languages; the answer to a form is not asked for again."""
    for language in ("zh-hans",) if sent else ("zh-hans", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
        if not sent:
            page.reload()
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found += [f"{name}, {size['width']} px, {language}: {one}" for one in barriers(page)]
    page.set_viewport_size(DESK)
    page.context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": page.url}])
    if not sent:
        page.reload()


@pytest.fixture
def filled(site: Site) -> tuple[Site, Any, dict[str, Any]]:
    """The report in the whole district, with two dozen tasks; GDP is at work."""
    people.load_units()
    people.load_duties()
    report = actions.add_report(**nankai(), by=None, at=at("2026-10-09 09:00")).report
    who = {"by": str(site.persons["duban"].pk), "unit": "nk.duban", "at": at("2026-10-09 10:00")}
    made = {key: actions.confirm(report.pk, key, lead, **who) for key, lead in ((GDP, "nk.fgw"), (JOBS, "nk.rsj"), (TASK, "nk.shangwu"))}  # fmt: skip
    _, rows = proposals(report.pk, at("2026-10-09 10:00"))
    for row in [
        row for row in rows if row.lead and not (row.doubts or row.followed) and row.mark.key != GROWTH
    ][:40:2]:
        actions.confirm(report.pk, row.mark.key, row.lead.unit, **who)  # type: ignore[union-attr]
    return site, report, made


def set_for_many(page: Page, table: str, made: dict[str, Any], found: list[str]) -> None:
    page.goto(table)
    expect(page.get_by_role("heading", level=1)).to_contain_text("23 项任务")
    look(page, "table", found)
    for one in (JOBS, TASK):
        page.locator(f"#t{made[one].pk}").check()
    page.get_by_text("给勾选的任务设同一个值").click()
    page.get_by_label("分管领导", exact=True).fill("常务副区长")
    page.get_by_role("button", name="给勾选的设分管领导").click()
    expect(page.get_by_role("status")).to_contain_text("改了 2 项")


def fill_in(page: Page, made: dict[str, Any], found: list[str]) -> None:
    """One task with a mistake first: nothing that was typed is lost."""
    page.locator(f"#n{made[JOBS].pk}").click()
    look(page, "task", found)
    page.get_by_role("link", name="改这一项").click()
    page.get_by_label("责任单位", exact=True).fill("区民政局、没有这个单位")
    page.get_by_label("季度节点").fill("一季度：开 3 场招聘会\n10月31日 新增 3 万人")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("没有单位“没有这个单位”")
    expect(page.get_by_label("季度节点")).to_have_value("一季度：开 3 场招聘会\n10月31日 新增 3 万人")
    look(page, "edit", found, sent=True)
    page.get_by_label("责任单位", exact=True).fill("民政局")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("2017-10-31")


def out_and_back(
    site: Site, page: Page, table: str, made: dict[str, Any], found: list[str], out: Path
) -> None:
    """The workbook is downloaded, an office changes two rows of it, it is brought back and saved."""
    page.goto(table)
    with page.expect_download() as caught:
        page.get_by_role("link", name="导出 .xlsx").click()
    caught.value.save_as(out)
    gdp, task = (site.case(pk=made[one].case_id).number for one in (GDP, TASK))
    lower = {
        "value": 900,
        "goal": "地区生产总值达到900亿元",
        "reason": "基数核减",
        "basis": "示例政〔2026〕9号",
    }

    def change(grid: list[list[Any]]) -> list[list[Any]]:
        put(number=gdp, **lower)(grid)
        return put(number=task, assisting="市场监管局")(grid)

    page.get_by_role("link", name="导入填好的表").click()
    look(page, "import", found)
    payload: FilePayload = {"name": "back.xlsx", "mimeType": XLSX, "buffer": again(out.read_bytes(), change)}
    page.get_by_label("填好的表").set_input_files(payload)
    page.get_by_role("button", name="看会改什么").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 行会改，0 行收不了")
    expect(page.locator("main")).to_contain_text("要第二个人批")
    look(page, "preview", found, sent=True)
    page.get_by_role("button", name="保存这 2 行").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("收了 2 行")


def agree(head: Page, goal: str, found: list[str]) -> None:
    head.goto(goal)
    expect(head.locator("main")).to_contain_text("这个变更等第二个人批")
    look(head, "goal", found)
    head.get_by_label("同意变更").check()
    head.get_by_role("button", name="记下").click()
    expect(head.get_by_role("status")).to_contain_text("新旧两个目标都看得到")


def test_the_table_from_the_desk_to_the_public_page(
    filled: tuple[Site, Any, dict[str, Any]], tmp_path: Path
) -> None:
    site, report, made = filled
    page, found = site.desk("duban"), list[str]()
    table = f"/desk/promises/{report.pk}/table"
    set_for_many(page, table, made, found)
    fill_in(page, made, found)
    out_and_back(site, page, table, made, found, tmp_path / "out.xlsx")
    goal = f"/desk/promises/task/{made[GDP].pk}/goal/{made[GDP].target_id}"
    agree(site.desk("quzhang"), goal, found)
    for name, path in (("propose", goal), ("shape", f"/desk/promises/{report.pk}/shape/{GROWTH}")):
        page.goto(path)
        look(page, name, found)
    public = site.visit(viewport=DESK)
    public.goto(f"/promises/{report.pk}/changes")
    expect(public.locator("main")).to_contain_text("示例政〔2026〕9号")
    expect(public.locator("del").first).to_be_visible()
    look(public, "changes", found)
    public.goto(f"/promises/{report.pk}/mark/{GDP}")
    expect(public.locator("main")).to_contain_text("报告的目标，已变更")
    look(public, "mark", found)
    assert found == []


def test_the_table_is_reached_by_the_keyboard_alone(filled: tuple[Site, Any, dict[str, Any]]) -> None:
    site, report, made = filled
    page = site.desk("duban")
    page.goto(f"/desk/promises/{report.pk}/table")
    page.locator(f"#t{made[JOBS].pk}").focus()
    page.keyboard.press("Space")
    expect(page.locator(f"#t{made[JOBS].pk}")).to_be_checked()
    expect(page.locator("[data-count]")).to_contain_text("1")
    page.get_by_text("给勾选的任务设同一个值").focus()
