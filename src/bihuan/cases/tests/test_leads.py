"""A lead handed over: the competent body sees that and nothing else; nobody else sees that it was handed over."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from bihuan.cases import actions, queries
from bihuan.cases.models import Case, Document
from bihuan.cases.published import Wanted, published
from bihuan.cases.queue import queue
from bihuan.cases.shapes import NoSuchCase, Opened, Refused
from bihuan.cases.tests.test_supervision import STAFF, Office, office, reason
from bihuan.cases.wall import SYSTEM, open_to
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person

__all__ = ["office"]
FACT, WHEN = "同一张发票在两个项目报销（例）", at("2026-03-11 09:00")
MORE = {"jiwei": ("nk.jw", "officer"), "shuji": ("nk.jw", "head"), "zhuren": ("nk.gov", "head")}


@pytest.fixture
def bodies(office: Office) -> dict[str, Actor]:
    found = {}
    for name, (unit, post) in MORE.items():
        person = Person.objects.create_user(name, "pass-word-of-tests", name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        found[name] = Actor(str(person.pk), unit, frozenset({post}))
    return found


def handed(office: Office, to: str = "nk.jw") -> tuple[Opened, Case]:
    """A case at work, and the one its lead was handed over in."""
    case = office.working()
    office.do(case, "find", "duban", "2026-03-09 09:00", "evidence:find", what=FACT)
    office.do(
        case, "transfer", "ducha", "2026-03-10 09:00", "letter:transfer", body="supervision", what=FACT, to=to,
    )  # fmt: skip
    with open_to(SYSTEM):
        return case, Case.objects.get(line="leads")


def do(lead: Case, name: str, actor: Actor, when: str, **data: str) -> None:
    actions.act(lead.pk, name, by=actor.id, unit=actor.unit, at=at(when), data=data)


def listed(actor: Actor, mode: str) -> set[str]:
    return {head.number for head in queue(actor, WHEN, mode=mode).rows}


def test_the_body_sees_what_was_handed_over_and_nothing_else(
    office: Office, bodies: dict[str, Actor]
) -> None:
    case, lead = handed(office)
    other = office.working("另一项任务：老旧小区改造验收", lead="nk.rsj", who="rsj")
    jiwei = bodies["jiwei"]
    for mode in ("mine", "all", "involved"):
        assert listed(jiwei, mode) == {lead.number}
    page = queries.case_page(lead.pk, jiwei, WHEN)
    assert FACT in repr(page.steps) and page.parent is None
    assert {one.name for one in page.allowed} == {"receive", "note"}
    for hidden in (case, other):
        with pytest.raises(NoSuchCase):
            queries.case_page(hidden.case, jiwei, WHEN)
        assert queries.search(jiwei, hidden.number, WHEN) is None


def test_the_lead_unit_and_everybody_else_see_no_trace_of_it(
    office: Office, bodies: dict[str, Actor]
) -> None:
    case, lead = handed(office)
    for actor in (office.actor("fagaihead"), office.actor("rsj"), bodies["zhuren"]):
        with pytest.raises((NoSuchCase, Refused)):
            queries.case_page(lead.pk, actor, WHEN)
        assert lead.number not in listed(actor, "all")
        assert queries.search(actor, lead.number, WHEN) is None
    for actor in (office.actor("fagaihead"), bodies["zhuren"]):  # they may see the supervision case itself
        page = queries.case_page(case.case, actor, WHEN)
        assert page.children == () and lead.number not in repr(page) and "nk.jw" not in repr(page.head)
    assert "leads" not in {head.number for head in published(Wanted("leads"), 10)}
    assert published(Wanted("leads"), 10) == [] and "nk.jw" not in repr(queries.tracked(case.case, WHEN))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_public_step where line = 'leads'")
        assert cursor.fetchone()[0] == 0


def test_the_office_and_the_government_follow_it_from_the_case(
    office: Office, bodies: dict[str, Actor]
) -> None:
    case, lead = handed(office)
    for name in ("duban", "ducha", "quzhang"):
        page = queries.case_page(case.case, office.actor(name), WHEN)
        assert [row.number for row in page.children] == [lead.number]
        assert queries.case_page(lead.pk, office.actor(name), WHEN).parent is not None
    do(lead, "receive", bodies["jiwei"], "2026-03-12 09:00")
    do(lead, "tell", bodies["jiwei"], "2026-04-20 09:00", result="accepted", text="已受理（例）")
    page = queries.case_page(lead.pk, office.actor("duban"), at("2026-04-21 09:00"))
    assert page.head.final and "已受理（例）" in repr(page.steps)
    main = queries.case_page(case.case, office.actor("fagaihead"), at("2026-04-21 09:00"))
    assert main.folded.state == "working" and not main.folded.children  # nobody waits for it


def test_only_the_body_signs_and_tells_and_its_head_returns_with_a_reason(
    office: Office, bodies: dict[str, Actor]
) -> None:
    _, lead = handed(office)
    for name in ("duban", "fagai"):
        assert "须由" in reason(lambda n=name: do(lead, "receive", office.actor(n), "2026-03-12 09:00"))  # type: ignore[misc]
    assert "须由" in reason(lambda: do(lead, "turn_back", bodies["jiwei"], "2026-03-12 09:00", reason="x"))
    do(lead, "turn_back", bodies["shuji"], "2026-03-12 10:00", reason="属市级管辖")
    page = queries.case_page(lead.pk, office.actor("ducha"), at("2026-03-13 09:00"))
    assert page.head.outcome == "returned" and "属市级管辖" in repr(page.steps)


def test_a_unit_that_is_no_competent_body_receives_nothing(office: Office) -> None:
    with pytest.raises(Refused) as no:
        handed(office, to="nk.rsj")
    assert "不在可以接收移送的有权机关里" in no.value.reasons[0]
    with open_to(SYSTEM):
        assert not Case.objects.filter(line="leads").exists()
        assert not Document.objects.filter(kind="letter:transfer").exists()  # nothing was half done


def test_without_an_account_it_is_the_letter_alone(office: Office) -> None:
    case = office.working()
    office.do(case, "find", "duban", "2026-03-09 09:00", what=FACT)
    office.do(case, "transfer", "ducha", "2026-03-10 09:00", "letter:transfer", body="justice", what=FACT)
    with open_to(SYSTEM):
        assert not Case.objects.filter(line="leads").exists()


def test_nobody_opens_one_at_the_desk_for_another_unit(office: Office) -> None:
    fagai = office.actor("fagaihead")
    with pytest.raises(Refused) as no:
        actions.open_case(
            "leads", "lead", by=fagai.id, unit=fagai.unit, at=WHEN, data={"unit": "nk.jw", "note": "例"}
        )
    assert "由督查机构或者本级政府移送" in no.value.reasons[0] and STAFF["fagaihead"][0] == "nk.fgw"
