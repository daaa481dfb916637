"""The real report from its file to a verified promise: uploaded, a damaged number decided, assigned, reported with
evidence and a figure, refused by the verifier; the published page says where it stands and why."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from bihuan.targets.models import Commitment, Report
from bihuan.targets.seed import FILE
from tests.journeys.site import Site, barriers, button, paper, send

pytestmark = pytest.mark.journey
ROADS, STREETS = "提升改造15条道路", "提升改造15条道路，完成262栋建筑立面整修工程。"
DAMAGED, MEANT = "210亿元", "2个10亿元"
REASON = "三条路没有完工，验收单和现场对不上"


def test_the_real_report_goes_round_the_loop(site: Site) -> None:
    site.at("2026-11-24 09:00")
    officer = site.desk("duban")
    upload(officer)
    decide_a_damaged_number(officer)
    confirm_many_and_one(officer)
    promise = Commitment.objects.get(title="改造 15 条道路").case_id
    number = site.case(pk=promise).number
    assign(site, number)
    report_progress(site, number)
    refuse(site, number)
    see_it_published(site)


def upload(officer: Page) -> None:
    """What the reader found is shown before anything is saved; the place is corrected; the file can be fetched again."""
    officer.get_by_role("link", name="承诺与任务").first.click()
    officer.get_by_role("link", name="录入报告").click()
    officer.get_by_label("报告文件").set_input_files(FILE)
    officer.get_by_role("button", name="读一读，先不保存").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(
        re.compile(r"读出 \d+ 个目标、\d+ 项任务，还没有保存")
    )
    main = officer.locator("main")
    for told in (
        "陈玉恒",
        "标题写 2016，安排的是 2017 年",
        "587241万平方米",
        "这个数大得不可能",
        "放在一边 9 行",
    ):
        expect(main).to_contain_text(told)
    expect(officer.get_by_label("年份")).to_have_value("2016")
    assert not Report.objects.exists()
    expect(officer.get_by_label("地方")).to_have_value("南开区")
    officer.get_by_label("地方").fill("天津市南开区")
    officer.get_by_label("出处").fill("南开区政府网站")
    officer.get_by_role("button", name="保存这份报告").click()
    expect(officer.get_by_role("status").first).to_contain_text("已保存")
    expect(officer.get_by_role("heading", level=1)).to_have_text(re.compile(r"还有 \d+ 项等人确认"))
    held = officer.request.get(
        f"/desk/promises/{Report.objects.get().pk}/original/{Report.objects.get().originals.get().sha256}"
    )
    assert held.body() == FILE.read_bytes()


def decide_a_damaged_number(officer: Page) -> None:
    """What waits for a damaged number cannot be ticked; the reading is adopted with its reason."""
    row = officer.locator(".rp-props > li").filter(has_text="海光寺、奥城商业广场").last
    expect(row).to_contain_text(f"“{DAMAGED}”存疑，先认定再确认")
    expect(row.get_by_role("checkbox")).to_have_count(0)
    first = officer.locator(".in-first")
    expect(first).to_contain_text(f"可能原为“{MEANT}”")
    first.get_by_role("link", name=f"去认定：{DAMAGED}").click()
    officer.get_by_label(MEANT, exact=True).check()
    officer.get_by_role("button", name="认定", exact=True).click()
    expect(officer.get_by_role("alert")).to_contain_text("请写明理由")
    expect(officer.get_by_label(MEANT, exact=True)).to_be_checked()
    officer.get_by_label("理由").fill("前面正好列了两处；查了原件")
    officer.get_by_role("button", name="认定", exact=True).click()
    expect(officer.get_by_role("status").first).to_contain_text("已认定，原文不改")
    expect(officer.locator(".in-first")).not_to_contain_text(DAMAGED)
    expect(row.get_by_role("checkbox")).to_have_count(1)


def confirm_many_and_one(officer: Page) -> None:
    """A section at once for the units suggested; one promise by its form, with the goal of the same words."""
    chapter = officer.locator(".in-chapter").first
    every = chapter.get_by_label(re.compile("选这一节有建议单位的"))
    every.check()
    ticked = chapter.locator("input[name=key]:checked").count()
    assert ticked > 1
    expect(officer.locator("[data-count] b")).to_have_text(str(ticked))
    officer.get_by_role("button", name="确认所选").click()
    expect(officer.get_by_role("status").first).to_contain_text(f"确认了 {ticked} 项")
    row = officer.locator(".rp-props > li").filter(has_text=STREETS[-10:]).first
    row.get_by_role("link", name="逐项确认").click()
    expect(officer.get_by_role("checkbox", name=ROADS)).to_be_checked()
    officer.get_by_label("任务", exact=True).fill("改造 15 条道路")
    officer.get_by_label("责任单位").select_option("nk.zjw")
    officer.get_by_role("button", name="确认，提出立项").click()
    expect(officer.get_by_role("status").first).to_contain_text("督查件已提出立项")
    made = Commitment.objects.get(title="改造 15 条道路")
    assert ROADS in [one.quote for one in made.sources.all()]
    assert made.target is not None and made.target.value == 15


def take(page: Page, number: str, action: str) -> None:
    """From the case to the form of an action."""
    page.goto(f"/desk/{number}/")
    page.locator("#actions").get_by_role("link", name=action, exact=True).click()


def assign(site: Site, number: str) -> None:
    """Approved by the government, assigned by the office, signed for by the unit."""
    site.at("2026-11-24 10:00")
    leader = site.desk("quzhang")
    take(leader, number, "批准立项")
    leader.locator("[name=basis][value=decision]").check()
    leader.get_by_label("文号或批示").fill("示例政〔2026〕1号")
    leader.get_by_label("督查方案").fill("对照报告原句核查，只看事实和佐证")
    send(leader, "批准立项")
    site.at("2026-11-24 11:00")
    officer = site.desk("duban")
    take(officer, number, "交办")
    officer.locator("[name=lead]").select_option("nk.zjw")
    officer.locator("[name=limit-n]").fill("60")
    officer.locator("[name=limit-unit]").select_option("days")
    officer.get_by_label("督查通知").set_input_files(paper("notice"))
    send(officer, "交办")
    site.at("2026-11-25 09:00")
    unit = site.desk("zhujian")
    take(unit, number, "签收")
    send(unit, "签收")


def report_progress(site: Site, number: str) -> None:
    """Progress with its evidence and a figure with its source; a reading of the indicator for the year."""
    site.at("2026-12-10 09:00")
    unit = site.desk("zhujian")
    take(unit, number, "报进展")
    unit.get_by_label("进展", exact=True).fill("12 条通车，3 条收尾")
    unit.get_by_label("累计数值").fill("12")
    unit.get_by_label("数据出处").fill("道路竣工台账（例）")
    unit.get_by_label("材料").set_input_files(paper("roads"))
    send(unit, "报进展")
    made = Commitment.objects.get(title="改造 15 条道路")
    unit.goto(f"/promises/{made.report_id}/mark/{made.key}")
    unit.get_by_role("link", name="填一年的数").click()
    unit.get_by_label("年份").fill("2025")
    unit.get_by_label("数值").fill("十条")
    unit.get_by_label("实际", exact=True).check()
    unit.get_by_label("出处").fill("统计公报（例）")
    unit.get_by_role("button", name="记下").click()
    expect(unit.get_by_role("alert")).to_contain_text("数值要写成数字")
    expect(unit.get_by_label("出处")).to_have_value("统计公报（例）")
    unit.get_by_label("数值").fill("10")
    unit.get_by_role("button", name="记下").click()
    expect(unit.get_by_role("status").first).to_contain_text("已记下这一年的数")


def refuse(site: Site, number: str) -> None:
    """The unit says that it is done; an inspector drawn by lot finds that it is not, and says why."""
    site.at("2026-12-20 09:00")
    head = site.desk("zhujianzhuren")
    take(head, number, "申请办结")
    head.get_by_label("办理结果").set_input_files(paper("result"))
    head.get_by_label("指向事实的佐证").fill("竣工验收单 示例-17")
    send(head, "申请办结")
    site.at("2026-12-22 09:00")
    drawn = site.case(number=number).parties["inspector"]
    inspector = site.desk(next(name for name, person in site.persons.items() if str(person.pk) == drawn))
    take(inspector, number, "核查不实")
    inspector.get_by_label("核查记录").set_input_files(paper("check"))
    button(inspector, "核查不实").click()
    expect(inspector.get_by_role("alert")).to_contain_text("哪里不实")
    inspector.get_by_label("核查记录").set_input_files(paper("check"))
    inspector.get_by_label("哪里不实").fill(REASON)
    send(inspector, "核查不实")


def see_it_published(site: Site) -> None:
    """Anybody finds the promise in the report, its state, its unit, what the verifier refused and why; phones too."""
    made = Commitment.objects.get(title="改造 15 条道路")
    for visitor in (site.visit(viewport={"width": 1440, "height": 900}), site.phone()):
        visitor.goto(f"/promises/?unit={made.lead_id}")
        expect(visitor.locator(".rp-paper")).to_contain_text("提升改造15条道路")
        visitor.goto(f"/promises/{made.report_id}/mark/{made.key}")
        main = visitor.locator("main")
        expect(main).to_contain_text("区住房和建设委员会")
        expect(main).to_contain_text("办理中")
        refused = visitor.locator(".bh-tl > li").filter(has_text="核查不实")
        expect(refused).to_contain_text(REASON)
        expect(visitor.locator(".bh-tl > li").filter(has_text="报进展")).to_contain_text(
            "12 条通车，3 条收尾"
        )
        assert barriers(visitor) == []
