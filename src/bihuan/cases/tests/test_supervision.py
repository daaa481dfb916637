"""Supervision in the database: who may open it, what is supervised twice, and what is never shown to others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from bihuan.cases import actions, queries
from bihuan.cases.papers import paper_of_bearer, paper_of_staff
from bihuan.cases.shapes import Opened, Refused, Upload
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STAFF = {
    "duban": ("nk.duban", "officer"),
    "ducha": ("nk.duban", "head"),
    "heyi": ("nk.duban", "inspector"),
    "heer": ("nk.duban", "inspector"),
    "quzhang": ("nk", "head"),
    "fuhe": ("nk", "reviewer"),
    "fagai": ("nk.fgw", "officer"),
    "fagaihead": ("nk.fgw", "head"),
    "rsj": ("nk.rsj", "officer"),
}
ROADS = "新建改造城市道路十五条并完善照明设施"


@dataclass
class Office:
    persons: dict[str, Person]

    def actor(self, name: str) -> Actor:
        unit, post = STAFF[name]
        return Actor(str(self.persons[name].pk), unit, frozenset({post}))

    def propose(
        self, task: str = ROADS, when: str = "2026-03-02 09:00", who: str = "duban", **data: Any
    ) -> Opened:
        actor = self.actor(who)
        matter = data.pop("matter", "daily")
        return actions.open_case(
            "supervision", matter, by=actor.id, unit=actor.unit, at=at(when), data={"task": task} | data
        )  # fmt: skip

    def do(self, case: Opened, name: str, who: str, when: str, *kinds: str, **data: Any) -> None:
        actor = self.actor(who)
        files = [Upload(kind, "paper.pdf", PAPER) for kind in kinds]
        actions.act(case.case, name, by=actor.id, unit=actor.unit, at=at(when), data=data, files=files)

    def approve(self, case: Opened, when: str = "2026-03-02 10:00", **data: Any) -> None:
        self.do(
            case, "approve", "quzhang", when, **{"basis": "decision", "decision": "示例政〔2026〕1号"} | data
        )

    def assign(self, case: Opened, lead: str = "nk.fgw", when: str = "2026-03-02 11:00", **data: Any) -> None:
        self.do(case, "assign", "duban", when, "letter:assign", **{"lead": lead, "limit": "60 days"} | data)

    def working(self, task: str = ROADS, lead: str = "nk.fgw", who: str = "fagai", **data: Any) -> Opened:
        case = self.propose(task, **data)
        self.approve(case)
        self.assign(case, lead)
        self.do(case, "sign", who, "2026-03-02 14:00")
        return case

    def inspector(self, case: Opened) -> str:
        drawn = queries.case_page(case.case, self.actor("ducha"), at("2026-03-31 09:00")).folded.parties[
            "inspector"
        ]
        return next(name for name, person in self.persons.items() if str(person.pk) == drawn)

    def closed(self, **data: Any) -> Opened:
        """Done, told on 2026-03-30."""
        case = self.working(**data)
        self.do(case, "apply_close", "fagaihead", "2026-03-20 09:00", "evidence:result", facts="许可证（例）")
        who = self.inspector(case)
        self.do(case, "check_true", who, "2026-03-24 09:00", "evidence:check")
        self.do(case, "conclude", "quzhang", "2026-03-26 09:00", "letter:conclusion", text="属实")
        told = {"received_on": "2026-03-30 09:00"}
        self.do(case, "tell", "duban", "2026-03-30 10:00", "evidence:receipt", **told)
        return case


@pytest.fixture
def office(db: None) -> Office:
    people.load_units()
    people.load_duties()
    people.load_grants()
    persons = {}
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        persons[name] = person
    return Office(persons)


def reason(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    assert all(one.en and one.en != one for one in refused.value.reasons)
    return "".join(refused.value.reasons)


# --- who may open (§6, §7) -------------------------------------------------------------------------------------


def test_a_department_the_government_did_not_designate_opens_nothing(office: Office) -> None:
    said = reason(lambda: office.propose(who="fagai", office="nk.fgw"))
    assert "未经本级政府指定" in said and "§7" in said
    assert "未经本级政府指定" in reason(lambda: office.propose(who="fagai"))  # nor in the name of the office
    assert office.propose().number.startswith("DC")


def test_nobody_without_a_unit_opens_supervision(office: Office) -> None:
    said = reason(
        lambda: actions.open_case("supervision", "daily", by=None, unit="", at=at("2026-03-02 09:00"), data={"task": ROADS})
    )  # fmt: skip
    assert "未经本级政府指定" in said


def test_a_designated_department_opens_what_it_was_designated_for(office: Office, tmp_path: Any) -> None:
    seed = (people.SEED / "duty.csv").read_text(encoding="utf-8").rstrip("\n")
    row = "nk.fgw,公共管理,supervision,special,全区,lead,2026-01-01,2026-12-31,示例政〔2026〕9号（指定开展专项督查）,yes,high"
    (tmp_path / "duty.csv").write_text(f"{seed}\n{row}\n", encoding="utf-8")
    people.load_duties(tmp_path)
    assert office.propose(who="fagai", office="nk.fgw", matter="special").number
    assert "未经本级政府指定" in reason(
        lambda: office.propose(who="fagai", office="nk.fgw", matter="general")
    )
    late = lambda: office.propose(who="fagai", office="nk.fgw", matter="special", when="2027-01-04 09:00")  # noqa: E731
    assert "未经本级政府指定" in reason(late)


# --- not twice (§15) -------------------------------------------------------------------------------------------


def test_the_same_task_in_progress_is_refused_with_the_number_of_the_earlier_case(office: Office) -> None:
    first = office.working()
    again = office.propose("新建改造 城市道路十五条，并完善照明设施。", object="nk.fgw")
    said = reason(lambda: office.approve(again))
    assert first.number in said and "办理中" in said and "不得重复督查" in said


def test_a_kind_of_supervision_makes_no_other_matter_of_it(office: Office) -> None:
    first = office.working()
    again = office.propose(matter="special")
    assert first.number in reason(lambda: office.approve(again, plan="内容、对象、范围"))


def test_closed_cases_count_for_the_months_of_the_params(office: Office) -> None:
    first = office.closed()
    soon = office.propose(when="2026-09-29 09:00")
    said = reason(lambda: office.approve(soon, "2026-09-30 09:00"))
    assert first.number in said and "6 个月内督查过" in said and "2026-03-30" in said
    later = office.propose(when="2026-10-08 09:00")
    office.approve(later, "2026-10-08 10:00")


def test_another_object_is_another_supervision_and_is_found_when_it_is_assigned(office: Office) -> None:
    first = office.working()
    other = office.propose(object="nk.rsj")
    office.approve(other)
    office.assign(other, "nk.rsj")
    silent = office.propose(
        "另一件：新建改造城市道路十五条并完善照明设施的经费核算和清理结算", object="nk.rsj"
    )
    office.approve(silent)
    unnamed = office.propose()  # no object in the plan: whoever it is, the task is supervised
    assert first.number in reason(lambda: office.approve(unnamed))


def test_the_repetition_shows_at_the_assignment_where_the_plan_named_nobody(office: Office) -> None:
    first, second = office.propose(ROADS), office.propose("规范学校门前停车秩序并公布责任人")
    office.approve(first)
    office.approve(second)
    office.assign(second, "nk.fgw")
    third = office.propose("规范学校门前停车秩序并公布责任人", object="nk.rsj")
    office.approve(third)
    assert "不得随意变更" in reason(lambda: office.assign(third, "nk.fgw"))
    assert second.number in reason(lambda: office.assign(third, "nk.fgw"))
    office.assign(third, "nk.rsj")


def test_a_corrected_object_is_the_one_that_counts(office: Office) -> None:
    first = office.propose(object="nk.fgw")
    office.do(first, "replan", "duban", "2026-03-02 09:30", object="nk.rsj", reason="主管单位是人社局")
    office.approve(first)
    assert "不得随意变更" in reason(lambda: office.assign(first, "nk.fgw"))
    same, other = office.propose(object="nk.rsj"), office.propose(object="nk.fgw")
    assert first.number in reason(lambda: office.approve(same))
    office.approve(other)


def test_nearly_the_same_words_ask_for_the_difference(office: Office) -> None:
    first = office.working()
    near = office.propose("新建改造城市道路十六条并完善照明设施", object="nk.fgw")
    said = reason(lambda: office.approve(near))
    assert first.number in said and ROADS in said and "写明不同在哪里" in said
    office.approve(near, differs="十五条是 2025 年结转的，这十六条是新开工的")


def test_the_same_task_of_two_years_is_two_tasks(office: Office) -> None:
    office.closed(task="新增就业4万人", year=2025)
    next_year = office.propose("新增就业4万人", when="2026-04-07 09:00", year=2026)
    office.approve(next_year, "2026-04-07 10:00")
    same_year = office.propose("新增就业4万人", when="2026-04-07 09:00", year=2026)
    assert "不得重复督查" in reason(lambda: office.approve(same_year, "2026-04-07 11:00"))


def test_what_was_turned_down_or_only_proposed_blocks_nobody(office: Office) -> None:
    down, waiting, third = office.propose(), office.propose(), office.propose()
    office.do(down, "turn_down", "quzhang", "2026-03-02 10:00", reason="日常工作")
    office.approve(third)
    assert third.number in reason(lambda: office.approve(waiting))


def test_general_supervision_of_one_object_is_counted_in_the_year(office: Office) -> None:
    plan = "内容、对象、范围"
    first = office.propose("综合督查：营商环境", matter="general", object="nk.fgw")
    office.approve(first, plan=plan)
    second = office.propose("综合督查：债务风险防范和财政收支", matter="general", object="nk.fgw")
    assert "本年已有 1 次同类督查" in reason(lambda: office.approve(second, plan=plan))
    other = office.propose("综合督查：就业", matter="general", object="nk.rsj")
    office.approve(other, plan=plan)


# --- the second checker ----------------------------------------------------------------------------------------


def test_whoever_assigned_or_reminded_is_not_drawn_to_verify(office: Office) -> None:
    people.give_post(office.persons["duban"], "nk.duban", "inspector", date(2016, 1, 1))
    case = office.working()
    office.do(case, "apply_close", "fagaihead", "2026-03-20 09:00", "evidence:result", facts="许可证（例）")
    page = queries.case_page(case.case, office.actor("ducha"), at("2026-03-20 10:00"))
    draw = next(step for step in page.steps if step.name == "take_check")
    assert dict(draw.data)["候选人数"] == "2"  # three hold the post, one of them assigned the case


def test_the_lead_unit_does_not_learn_whom_the_draw_named(office: Office) -> None:
    case = office.working()
    office.do(case, "apply_close", "fagaihead", "2026-03-20 09:00", "evidence:result", facts="许可证（例）")
    when, drawn = at("2026-03-20 10:00"), str(office.persons[office.inspector(case)].pk)
    name = f"测试{office.inspector(case)}"
    page = queries.case_page(case.case, office.actor("ducha"), when)
    told = next(step for step in page.steps if step.name == "take_check")
    assert page.folded.parties.get("inspector") == drawn and name in repr(told.data)
    lead, public = (
        queries.case_page(case.case, office.actor("fagaihead"), when),
        queries.tracked(case.case, when),
    )
    assert "inspector" not in lead.folded.parties or lead.folded.parties["inspector"] != drawn
    for seen in (lead, public):  # the draw itself is not told before it is over
        assert "take_check" not in steps(seen) and name not in repr(seen.steps)


# --- leads and proposals are seen by the office and the government alone (§21, §23) ------------------------------


def steps(page: Any) -> list[str]:
    return [step.name for step in page.steps]


def test_a_lead_is_seen_by_the_office_and_the_government_only(office: Office) -> None:
    case = office.working()
    office.do(
        case, "find", "duban", "2026-03-09 09:00", "evidence:find", what="同一张发票在两个项目报销（例）"
    )
    office.do(
        case,
        "transfer",
        "ducha",
        "2026-03-10 09:00",
        "letter:transfer",
        body="supervision",
        what="发票（例）",
    )
    when = at("2026-03-11 09:00")
    for name in ("duban", "ducha", "quzhang"):
        page = queries.case_page(case.case, office.actor(name), when)
        assert {"find", "transfer"} <= set(steps(page))
        assert "letter:transfer" in {doc.kind for doc in page.documents}
    lead = queries.case_page(case.case, office.actor("fagaihead"), when)
    public = queries.tracked(case.case, when)
    for page in (lead, public):
        assert not {"find", "transfer"} & set(steps(page))
        assert not {"evidence:find", "letter:transfer"} & {doc.kind for doc in page.documents}
        assert "发票" not in repr(page.steps)
    assert not {"find", "transfer", "suggest", "refer"} & {one.name for one in lead.allowed}
    assert lead.folded.state == "working" and public.head.state == "working"


def test_their_papers_are_served_to_nobody_else(office: Office, client: Client) -> None:
    case = office.working()
    office.do(case, "find", "duban", "2026-03-09 09:00", "evidence:find", what="线索（例）")
    page = queries.case_page(case.case, office.actor("duban"), at("2026-03-11 09:00"))
    secret = next(doc for doc in page.documents if doc.kind == "evidence:find")
    open_one = next(doc for doc in page.documents if doc.kind == "letter:assign")
    when = at("2026-03-11 09:00")
    assert paper_of_staff(secret.id, office.actor("duban"), when) is not None
    assert paper_of_staff(secret.id, office.actor("fagaihead"), when) is None
    assert paper_of_staff(open_one.id, office.actor("fagaihead"), when) is not None
    assert paper_of_bearer(secret.id, case.case) is None
    assert paper_of_bearer(open_one.id, case.case) is not None
    client.force_login(office.persons["fagaihead"], backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["unit"] = "nk.fgw"
    session.save()
    assert client.get(secret.url).status_code == 404


def test_liability_needs_a_proposal_and_the_approval_of_the_head(office: Office) -> None:
    case = office.closed()
    when = "2026-04-07 09:00"
    refer = ("letter:refer",)
    said = {"body": "有权机关（例）", "what": "虚报"}
    assert "还没有待批的" in reason(lambda: office.do(case, "refer", "quzhang", when, *refer, **said))
    assert "须由" in reason(lambda: office.do(case, "suggest", "duban", when, what="例", facts="例"))
    office.do(case, "suggest", "ducha", when, what="建议调查", facts="结论（例）")
    assert "须由" in reason(lambda: office.do(case, "refer", "ducha", when, *refer, **said))
    office.do(case, "refer", "quzhang", "2026-04-08 09:00", *refer, **said)
    lead = queries.case_page(case.case, office.actor("fagaihead"), at("2026-04-09 09:00"))
    assert not {"suggest", "refer"} & set(steps(lead))
    assert lead.head.outcome == "done"  # nothing is decided about anybody here


# --- two tasks that are one matter -------------------------------------------------------------------------------


def test_a_task_goes_into_another_by_two_people_and_both_stay_to_be_seen(office: Office) -> None:
    main, twice = (
        office.working(),
        office.working("新建改造十五条城市道路，完善照明", lead="nk.rsj", who="rsj"),
    )
    when = "2026-03-10 09:00"
    assert "没有督查件" in reason(
        lambda: office.do(twice, "ask_merge", "duban", when, main="DC20260101-000009", reason="同一件")
    )
    assert "不能并到自己" in reason(
        lambda: office.do(twice, "ask_merge", "duban", when, main=twice.number, reason="同一件")
    )
    office.do(twice, "ask_merge", "duban", when, main=main.number, reason="同一批道路，两处写到")
    assert "须由" in reason(lambda: office.do(twice, "merge", "duban", when, main=main.number))
    office.do(twice, "merge", "ducha", "2026-03-11 09:00", main=main.number)
    page = queries.case_page(twice.case, office.actor("rsj"), at("2026-03-12 09:00"))
    assert (page.head.state, page.head.outcome, page.head.final) == ("merged", "merged", True)
    assert main.number in repr(page.steps)
    assert queries.case_page(main.case, office.actor("fagai"), at("2026-03-12 09:00")).head.state == "working"
    third = office.working("第三项任务：公园改造", lead="nk.rsj", who="rsj")
    assert "已经办结" in reason(
        lambda: office.do(third, "ask_merge", "duban", "2026-03-12 10:00", main=twice.number, reason="x")
    )
