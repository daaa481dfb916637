"""A bundle: asked once, its parts opened at once or when what they wait for is issued, withdrawn, handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bihuan.cases import actions, wall
from bihuan.cases.fsck import Tally, check
from bihuan.cases.models import Case, Contact, Document
from bihuan.cases.queries import tracked
from bihuan.cases.shapes import BadInput, Opened, Refused, Upload
from bihuan.cases.tests.conftest import District
from bihuan.core.say import Say
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OFFICES = {"scjg": "nk.scjg", "xfzd": "nk.xfzd", "zwb": "nk.zwb"}
POSTS = ("window", "officer", "reviewer", "head")
GOOD = {
    "subject": "示例面馆，长虹街道", "applicant_kind": "person", "identity": "11010519491231002x", "contact_name": "李某某",
    "contact_phone": "13900001234", "delivery_way": "window",
}  # fmt: skip
REGISTER, FOOD, FIRE, SIGN = "P002-1", "P003-1", "P055-1", "P038-1"


@pytest.fixture
def offices(district: District) -> District:
    for short, unit in OFFICES.items():
        for post in POSTS:
            person = Person.objects.create_user(f"{short}-{post}", name=f"测试{short}{post}")
            people.give_post(person, unit, post, date(2016, 1, 1))
            district.persons[f"{short}-{post}"] = person
    return district


def apply(bundle: str, wanted: list[str], when: str = "2026-03-02 09:00", *kinds: str, **more: Any) -> Opened:
    files = [Upload(kind, f"{kind}.pdf", PDF + kind.encode()) for kind in kinds]
    return actions.open_case(
        "bundles", bundle, by=None, unit="", at=at(when), data=GOOD | {"wanted": wanted} | more, files=files
    )


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def part(whole: Opened, item: str) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(parent=whole.case, matter=item)


def begun(whole: Opened) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Case.objects.filter(parent=whole.case).order_by("id").values_list("matter", flat=True))


def do(offices: District, case: int, name: str, who: str, when: str, *files: str, **data: Any) -> None:
    actions.act(
        case, name, by=offices.id(who), unit=OFFICES[who.partition("-")[0]], at=at(when), data=data,
        files=[Upload(kind, "a.pdf", PDF) for kind in files],
    )  # fmt: skip


def decide(offices: District, whole: Opened, item: str, office: str, day: str, good: bool = True) -> int:
    """From acceptance to the decision, and if it is good to the licence, all on one day."""
    case = part(whole, item).pk
    if row(case).state == "submitted":
        do(offices, case, "accept", f"{office}-window", f"{day} 09:00")
    do(offices, case, "review", f"{office}-officer", f"{day} 10:00", opinion="意见", on_site="no")
    if not good:
        do(offices, case, "deny", f"{office}-head", f"{day} 11:00", reason="不符合")
        return case
    do(offices, case, "grant", f"{office}-reviewer", f"{day} 11:00")
    do(
        offices,
        case,
        "issue",
        f"{office}-window",
        f"{day} 15:00",
        "evidence:delivery",
        delivered_on=f"{day} 15:00",
    )
    return case


def test_each_part_gets_what_was_asked_once_and_the_papers_it_needs(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE, SIGN], "2026-03-02 09:00", "layout", "food_rules", "fire_rules", "sign")
    assert begun(whole) == [FOOD, FIRE, SIGN]
    assert (row(whole.case).state, row(whole.case).holder) == ("running", "")
    fire = part(whole, FIRE)
    assert (fire.line, fire.holder, fire.state, fire.title) == (
        "permits",
        "nk.xfzd",
        "submitted",
        "示例面馆，长虹街道",
    )
    assert fire.parties["applicant"] == f"r:{whole.number}" and "11010519491231002" not in str(fire.data)
    with wall.open_to(wall.SYSTEM):
        assert {one.name for one in Contact.objects.all()} == {"李某某"} and Contact.objects.count() == 4
        given = {
            item: set(Document.objects.filter(case=part(whole, item).pk).values_list("name", flat=True))
            for item in (FOOD, FIRE, SIGN)
        }
        kinds = dict(Document.objects.filter(case=fire.pk).values_list("name", "kind"))
        assert kinds == {"layout.pdf": "material:papers.m4", "fire_rules.pdf": "material:papers.m3"}
    assert given == {
        FOOD: {"layout.pdf", "food_rules.pdf"}, FIRE: {"layout.pdf", "fire_rules.pdf"}, SIGN: {"sign.pdf"},
    }  # fmt: skip
    assert [str(one) for one in check(at("2026-03-03 09:00"), Tally())] == []


def test_what_waits_begins_when_what_it_waits_for_is_issued(offices: District) -> None:
    whole = apply("B01", [REGISTER, FOOD, FIRE], "2026-03-02 09:00", "layout")
    assert begun(whole) == [REGISTER]
    decide(offices, whole, REGISTER, "scjg", "2026-03-05")
    assert begun(whole) == [REGISTER, FOOD, FIRE]
    food = part(whole, FOOD)
    with wall.open_to(wall.SYSTEM):
        assert Contact.objects.get(case=food.pk).phone == "13900001234"
        assert Document.objects.get(case=food.pk).name == "layout.pdf"
    assert food.opened_at.astimezone().isoformat()[:16] == "2026-03-05T15:00"
    decide(offices, whole, FIRE, "xfzd", "2026-03-10")
    assert row(whole.case).state == "running"
    decide(offices, whole, FOOD, "scjg", "2026-03-12")
    assert (row(whole.case).state, row(whole.case).holder) == ("closing", "nk.zwb")
    do(offices, whole.case, "hand_over", "zwb-window", "2026-03-13 09:00", results="三项都准予")
    assert (row(whole.case).state, row(whole.case).outcome) == ("done", "whole")
    assert [str(one) for one in check(at("2026-03-13 10:00"), Tally())] == []
    bill = tracked(whole.case, at("2026-03-13 10:00")).bill
    assert {unit: share.working // 60 for unit, share in bill.items()} == {"nk.zwb": 180}


def test_silence_of_one_unit_is_acceptance_of_its_part_alone(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE])
    do(offices, part(whole, FOOD).pk, "accept", "scjg-window", "2026-03-03 09:00")
    actions.tick(at("2026-03-10 00:05"))
    with wall.open_to(wall.SYSTEM):
        assert part(whole, FIRE).events.filter(name="deem").count() == 1
        assert part(whole, FOOD).events.filter(name="deem").count() == 0
    assert part(whole, FIRE).state == "reviewing"


def test_what_waits_for_a_part_denied_never_begins_and_the_rest_is_handed_over(offices: District) -> None:
    whole = apply("B01", [REGISTER, FOOD, FIRE])
    decide(offices, whole, REGISTER, "scjg", "2026-03-05", good=False)
    assert begun(whole) == [REGISTER] and row(whole.case).state == "closing"
    shown = tracked(whole.case, at("2026-03-05 12:00")).parts
    assert [(one.lost, one.final, one.well) for one in shown] == [
        (False, True, False), (True, False, False), (True, False, False),
    ]  # fmt: skip
    do(offices, whole.case, "hand_over", "zwb-window", "2026-03-06 09:00", results="不予登记")
    assert row(whole.case).outcome == "none"


def test_one_part_denied_the_others_go_on(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE])
    decide(offices, whole, FIRE, "xfzd", "2026-03-05", good=False)
    assert row(whole.case).state == "running" and part(whole, FOOD).state == "submitted"
    decide(offices, whole, FOOD, "scjg", "2026-03-06")
    do(offices, whole.case, "hand_over", "zwb-window", "2026-03-09 09:00", results="一项准予,一项不予")
    assert row(whole.case).outcome == "partly"


def test_the_applicant_withdraws_the_rest_and_what_is_granted_is_still_issued(offices: District) -> None:
    whole = apply("B01", [REGISTER, FOOD, FIRE])
    case = part(whole, REGISTER).pk
    do(offices, case, "accept", "scjg-window", "2026-03-03 09:00")
    do(offices, case, "review", "scjg-officer", "2026-03-03 10:00", opinion="符合", on_site="no")
    do(offices, case, "grant", "scjg-reviewer", "2026-03-03 11:00")
    mine = f"r:{whole.number}"
    actions.act(whole.case, "withdraw_rest", by=mine, unit="", at=at("2026-03-04 09:00"), data={})
    assert row(case).state == "granted" and row(whole.case).state == "running"
    do(
        offices,
        case,
        "issue",
        "scjg-window",
        "2026-03-05 09:00",
        "evidence:delivery",
        delivered_on="2026-03-05 09:00",
    )
    assert begun(whole) == [REGISTER], "nothing begins after the rest was withdrawn"
    assert row(whole.case).state == "closing"
    do(offices, whole.case, "hand_over", "zwb-window", "2026-03-06 09:00", results="照发了,其余撤回")
    assert row(whole.case).outcome == "partly"


def test_withdrawing_the_rest_withdraws_every_part_not_decided_yet(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE, SIGN])
    decide(offices, whole, SIGN, "zwb", "2026-03-03")
    do(offices, whole.case, "withdraw_rest", "zwb-window", "2026-03-04 09:00", text="申请人到窗口说不开了")
    assert [part(whole, item).state for item in (FOOD, FIRE, SIGN)] == ["withdrawn", "withdrawn", "issued"]
    with wall.open_to(wall.SYSTEM):
        event = part(whole, FOOD).events.get(name="withdraw")
    assert (event.by, event.role) == (f"r:{whole.number}", "applicant"), "the wish is the applicant's"
    assert row(whole.case).state == "closing"


def test_others_cannot_withdraw_the_rest(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE])
    with pytest.raises(Refused, match="须由"):
        actions.act(whole.case, "withdraw_rest", by="r:XK1", unit="", at=at("2026-03-04 09:00"), data={})
    with pytest.raises(Refused, match="须由"):
        do(offices, whole.case, "withdraw_rest", "scjg-window", "2026-03-04 09:00")
    assert part(whole, FOOD).state == "submitted"


def test_the_bearer_of_the_one_code_acts_on_every_part(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE])
    food = part(whole, FOOD)
    do(offices, food.pk, "ask_once", "scjg-window", "2026-03-03 09:00", what="设备清单")
    shown = tracked(whole.case, at("2026-03-03 10:00")).parts
    assert [one.yours for one in shown] == [True, False] and shown[0].id == food.pk
    mine = tracked(food.pk, at("2026-03-03 10:00"))
    assert mine.whole == whole.number and "supplement" in {choice.name for choice in mine.allowed}
    actions.act(food.pk, "supplement", by=mine.by, unit="", at=at("2026-03-04 10:00"), data={"text": "补齐"})
    assert row(food.pk).state == "submitted"


@pytest.mark.parametrize(
    ("bundle", "wanted", "more", "why"),
    [
        ("B01", [REGISTER, FOOD], {}, "不能不办"),
        ("B03", [FOOD, FIRE, REGISTER], {}, "这件事里没有"),
        ("B05", ["P006-1"], {}, "只由单位申请"),
    ],
)
def test_what_is_no_whole_is_refused_and_nothing_is_opened(
    offices: District, bundle: str, wanted: list[str], more: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        apply(bundle, wanted, **more)
    with pytest.raises(BadInput, match="一起办哪几项"):
        apply(bundle, [])
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 0


def test_the_whole_is_extended_by_the_government_alone(offices: District) -> None:
    whole = apply("B03", [FOOD, FIRE])
    with pytest.raises(Refused, match="须由"):
        do(
            offices,
            whole.case,
            "extend",
            "zwb-head",
            "2026-03-04 09:00",
            limit="15 working days",
            reason="再查",
        )
    person = Person.objects.create_user("quzhang2", name="测试区领导")
    people.give_post(person, "nk", "head", date(2016, 1, 1))
    said = {"limit": "15 working days", "reason": "现场整改后再查"}
    actions.act(whole.case, "extend", by=str(person.pk), unit="nk", at=at("2026-03-04 09:00"), data=said)
    clock = next(one for one in tracked(whole.case, at("2026-03-04 10:00")).clocks if one.code == "whole")
    assert clock.due_at.astimezone().date().isoformat() == "2026-05-28"


def test_a_part_says_what_it_waits_for(offices: District) -> None:
    whole = apply("B01", [REGISTER, FOOD, FIRE])
    shown = tracked(whole.case, at("2026-03-02 10:00")).parts
    assert isinstance(shown[1].title, Say) and shown[1].id is None
    assert [str(one) for one in shown[1].waits] == [str(shown[0].title)]
