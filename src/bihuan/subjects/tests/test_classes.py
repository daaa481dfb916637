"""Credit classes: proposed on a listed ground by one person, decided by another, kept with their days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.cases.edge import to_datetime
from bihuan.core.codes import invent_uscc
from bihuan.core.time.instant import at
from bihuan.subjects.actions import NotChanged, decide_class, propose_class, receive_classes
from bihuan.subjects.grounds import grounds
from bihuan.subjects.models import ClassProposal, CreditClass
from bihuan.subjects.queries import class_history, class_on, classes_on, classes_waiting

ONE, TWO = invent_uscc(90_201), invent_uscc(90_202)
NOW = to_datetime(at("2026-10-12 09:00"))
DAY = date(2026, 10, 12)


def propose(
    code: str = ONE, to: str = "C", ground: str = "penalty", since: date = DAY, by: str = "jingban"
) -> ClassProposal:
    return propose_class(
        code, to, ground=ground, reason="罚款 5 万元", source="津南处〔2026〕1号", since=since, by=by, at=NOW
    )


def refused(error: pytest.ExceptionInfo[NotChanged]) -> str:
    return "; ".join(f"{field}: {say}" for field, say in error.value.faults)


def test_nothing_moves_until_a_second_person_agrees(db: None) -> None:
    made = propose()
    assert classes_on(DAY) == {} and [one.pk for one in classes_waiting()] == [made.pk]
    with pytest.raises(NotChanged) as error:
        decide_class(made.pk, True, by="jingban", at=NOW)
    assert "提出的人不能自己决定" in refused(error)
    begun = decide_class(made.pk, True, by="fuzeren", at=NOW)
    assert begun and (begun.cls, begun.proposed_by, begun.decided_by) == ("C", "jingban", "fuzeren")
    assert "优化营商环境条例§53" in begun.basis and classes_waiting() == []
    assert classes_on(DAY) == {ONE: "C"} and class_on(ONE, DAY - timedelta(days=1)) is None


def test_a_new_class_ends_the_old_one_and_both_stay(db: None) -> None:
    decide_class(propose(to="B").pk, True, by="fuzeren", at=NOW)
    later = DAY + timedelta(days=30)
    second = propose(to="D", since=later)
    assert (second.was, second.to) == ("B", "D")
    decide_class(second.pk, True, by="fuzeren", at=NOW)
    assert class_on(ONE, later - timedelta(days=1)) == "B" and class_on(ONE, later) == "D"
    assert [(one.cls, one.until) for one in class_history(ONE)] == [("D", None), ("B", later)]


def test_turning_it_down_takes_a_reason_and_moves_nothing(db: None) -> None:
    made = propose()
    with pytest.raises(NotChanged) as error:
        decide_class(made.pk, False, by="fuzeren", at=NOW)
    assert "不同意要写明理由" in refused(error)
    assert decide_class(made.pk, False, "情节轻微", by="fuzeren", at=NOW) is None
    assert classes_on(DAY) == {}
    with pytest.raises(NotChanged) as error:
        decide_class(made.pk, True, by="fuzeren", at=NOW)
    assert "已经决定过了" in refused(error)


@pytest.mark.parametrize("ground", ["闯红灯", "频繁信访", "欠缴物业费", ""])
def test_a_ground_that_is_not_on_the_list_is_refused(db: None, ground: str) -> None:
    with pytest.raises(NotChanged) as error:
        propose(ground=ground)
    assert "清单里没有" in refused(error) and "不得" in refused(error)
    assert not ClassProposal.objects.exists()


def test_every_ground_names_its_provision_and_counts_from_its_day() -> None:
    assert all(one.law and one.source and one.name.en for one in grounds().values())


def test_a_ground_does_not_count_before_its_day(db: None) -> None:
    with pytest.raises(NotChanged) as error:
        propose(since=date(2021, 8, 31))
    assert "2021-09-01" in refused(error)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"code": ONE[:-1]}, "code"),
        ({"to": "E"}, "只有 A、B、C、D"),
    ],
)
def test_bad_input_names_its_field(db: None, values: dict[str, str], said: str) -> None:
    with pytest.raises(NotChanged) as error:
        propose(**values)
    assert said in refused(error)


def test_the_same_class_a_second_proposal_and_an_earlier_day_are_refused(db: None) -> None:
    made = propose()
    with pytest.raises(NotChanged) as error:
        propose(to="D")
    assert "还有一条建议没有决定" in refused(error)
    decide_class(made.pk, True, by="fuzeren", at=NOW)
    with pytest.raises(NotChanged) as error:
        propose(since=DAY + timedelta(days=1))
    assert "已经是 C 类" in refused(error)
    with pytest.raises(NotChanged) as error:
        propose(to="D", since=DAY)
    assert "现有分类开始以后" in refused(error)


def test_the_database_itself_wants_two_persons_and_one_class_at_a_time(db: None) -> None:
    def row(**values: object) -> None:
        with transaction.atomic():
            CreditClass.objects.create(
                **{"code": ONE, "cls": "B", "since": DAY, "reason": "x", "basis": "x", "source": "x"} | values
            )

    with pytest.raises(IntegrityError, match="subjects_credit_two"):
        row(proposed_by="a", decided_by="a")
    with pytest.raises(IntegrityError, match="subjects_credit_two"):
        row(proposed_by="a", decided_by="")
    with pytest.raises(IntegrityError, match="subjects_credit_known"):
        row(proposed_by="a", decided_by="b", cls="E")
    row(proposed_by="a", decided_by="b")
    with pytest.raises(IntegrityError, match="subjects_credit_one_now"):
        row(proposed_by="a", decided_by="b", cls="C", since=DAY + timedelta(days=1))
    with pytest.raises(IntegrityError, match="subjects_class_two"), transaction.atomic():
        ClassProposal.objects.create(
            code=TWO, to="C", since=DAY, ground="penalty", reason="x", basis="x", source="x",
            proposed_by="a", proposed_at=NOW, decided_by="a", decided_at=NOW, agreed=True,
        )  # fmt: skip


def test_classes_handed_down_are_confirmed_by_a_second_person_all_or_none(db: None) -> None:
    def hand(by: str, *rows: tuple[str, str], moment: datetime = NOW) -> int:
        return receive_classes(
            rows, since=DAY, source="演示(虚构)", proposed_by="jingban", decided_by=by, at=moment
        )

    with pytest.raises(NotChanged):
        hand("jingban", (ONE, "A"))
    with pytest.raises(NotChanged):
        hand("fuzeren", (ONE, "A"), (TWO, "E"))
    assert classes_on(DAY) == {}
    assert hand("fuzeren", (ONE, "A"), (TWO, "D")) == 2
    assert hand("fuzeren", (ONE, "A"), (TWO, "D")) == 0
    assert classes_on(DAY) == {ONE: "A", TWO: "D"}
