"""Joint handling: children opened with an action, settled on their parent in their own closing transaction."""

from __future__ import annotations

import pytest

from bihuan.cases import actions, wall
from bihuan.cases.family import Member
from bihuan.cases.models import Case, Event
from bihuan.cases.shapes import Opened, Upload
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at

PDF = b"%PDF-1.7 a letter"


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def names(pk: int) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(case=pk).order_by("seq").values_list("name", flat=True))


def consulted(district: District) -> tuple[Opened, list[int]]:
    """An information request confirmed 2026-03-02, two bodies asked 2026-03-05 10:00."""
    case = actions.open_case(
        "disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=at("2026-03-02 10:00"),
        data={"wanted": "某厂排污记录", "form": "paper", "contact_name": "甲某", "contact_phone": "022-1"},
    )  # fmt: skip
    district.do(
        case.case,
        "confirm",
        "chuangkou",
        "2026-03-02 10:00",
        channel="in_person",
        received_on="2026-03-02 10:00",
    )
    actions.act(
        case.case, "consult", by=district.id("gongkai"), unit="nk.gov", at=at("2026-03-05 10:00"),
        data={"what": "排污记录", "children": [
            {"unit": "nk.cgw", "matter": "co_maker"},
            {"unit": "nk.s001", "matter": "third_party"},
        ]},
        files=[Upload("consult", "征求意见书.pdf", PDF)],
    )  # fmt: skip
    with wall.open_to(wall.SYSTEM):
        return case, list(Case.objects.filter(parent=case.case).order_by("id").values_list("pk", flat=True))


def test_the_clock_stops_for_the_bodies_asked_and_goes_on_when_the_last_answers(district: District) -> None:
    case, (one, two) = consulted(district)
    stopped = row(case.case)
    assert stopped.state == "consulting" and stopped.stopped
    assert row(one).holder == "nk.cgw" and row(one).parent_id == case.case and row(one).root == case.case
    assert row(one).title == "某厂排污记录"
    district.do(one, "agree", "cgw", "2026-03-10 10:00", text="同意")
    assert row(one).final and row(case.case).state == "consulting"
    district.do(two, "no_view", "jie", "2026-03-12 10:00")
    back = row(case.case)
    assert back.state == "drafting" and not back.stopped
    assert back.due_at is not None and back.due_at.astimezone().date().isoformat() == "2026-04-07"
    assert names(case.case) == ["apply", "confirm", "consult", "child_settled", "child_settled", "consulted"]


def test_silence_settles_by_law_and_the_tick_moves_the_parent(district: District) -> None:
    case, (one, two) = consulted(district)
    district.do(two, "no_view", "jie", "2026-03-12 10:00")
    actions.tick(at("2026-03-27 00:00"))
    assert (row(one).state, row(one).outcome) == ("lapsed", "consent")
    assert row(case.case).state == "drafting"
    with wall.open_to(wall.SYSTEM):
        settled = Event.objects.filter(case=case.case, name="child_settled").latest("seq")
    assert settled.data == {"child": str(one), "outcome": "consent"} and settled.by == "children"


def test_an_action_on_the_parent_first_settles_what_lapsed(district: District) -> None:
    case, (_, two) = consulted(district)
    district.do(two, "no_view", "jie", "2026-03-12 10:00")
    actions.act(
        case.case, "draft", by=district.id("gongkai"), unit="nk.gov", at=at("2026-03-30 09:00"), data={"answer": "拟公开"},
        files=[Upload("evidence:secrecy_review", "保密审查.pdf", PDF)],
    )  # fmt: skip
    assert names(case.case)[-3:] == ["child_settled", "consulted", "draft"]


def test_a_child_that_cannot_be_opened_refuses_the_whole_action(district: District) -> None:
    from bihuan.cases.shapes import BadInput

    case = actions.open_case(
        "disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=at("2026-03-02 10:00"),
        data={"wanted": "某厂排污记录", "form": "paper", "contact_name": "甲某", "contact_phone": "022-1"},
    )  # fmt: skip
    district.do(
        case.case, "confirm", "chuangkou", "2026-03-02 10:00", channel="in_person", received_on="2026-03-02"
    )
    with pytest.raises(BadInput, match="没有事项“nonsense”"):
        actions.act(
            case.case, "consult", by=district.id("gongkai"), unit="nk.gov", at=at("2026-03-05 10:00"),
            data={"what": "排污记录", "children": [{"unit": "nk.cgw", "matter": "nonsense"}]},
            files=[Upload("consult", "a.pdf", PDF)],
        )  # fmt: skip
    assert names(case.case) == ["apply", "confirm"]
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.count() == 1


def test_what_is_due_at_the_same_moment_happens_to_children_first(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bihuan import lines
    from bihuan.cases import happen
    from bihuan.cases.family import lock_family

    case, children = consulted(district)
    family = lock_family(case.case, lines.calendar())
    assert family is not None
    moment, seen = at("2026-03-20 09:00"), set[str]()
    order: list[int] = []
    monkeypatch.setattr(
        happen, "automatic", lambda c, cal: [] if c.id in seen else [(moment, "lapse", moment)]
    )
    monkeypatch.setattr(happen, "automatic_event", lambda c, one, when: c.id)

    def note(of: object, member: Member, event: str) -> None:
        seen.add(event)
        order.append(member.id)

    monkeypatch.setattr(happen, "append", note)
    assert happen.append_due(family, moment) == 3
    assert order == [*children, case.case]
