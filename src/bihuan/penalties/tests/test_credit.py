"""A decided penalty leads to a class by rule and by two persons; fines that look split are listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from bihuan.cases.edge import OFFSET, to_datetime
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import DAY as DAY_LONG
from bihuan.core.time.instant import at
from bihuan.leads.models import Lead
from bihuan.penalties import actions, queries
from bihuan.penalties.models import ClassEntry
from bihuan.penalties.tasks import look_at_penalties
from bihuan.penalties.tests.conftest import CODE, UNIT, Bureau
from bihuan.record.models import Pending
from bihuan.subjects.actions import receive_classes
from bihuan.subjects.queries import class_on, classes_waiting

NOW = to_datetime(at("2026-04-02 09:00"))
DAY = date(2026, 4, 2)


def propose(bureau: Bureau, number: str, who: str = "zhifa") -> int:
    return actions.propose(number, "", by=bureau.id(who), unit=UNIT, at=NOW).pk


def decide(bureau: Bureau, pk: int, who: str = "juzhang", agree: bool = True, note: str = "") -> None:
    actions.decide(pk, agree, note, by=bureau.id(who), unit=UNIT, at=NOW)


def test_the_rule_suggests_a_person_proposes_another_decides_and_the_record_has_it(bureau: Bureau) -> None:
    case = bureau.decided()
    (one,) = queries.suggested(NOW)
    assert (one.number, one.code, one.was, one.to) == (case.number, CODE, "", "C")
    waiting = Pending.objects.count()
    pk = propose(bureau, case.number)
    assert class_on(CODE, DAY) is None and queries.suggested(NOW) == []
    decide(bureau, pk)
    assert class_on(CODE, DAY) == "C" and classes_waiting() == []
    kept = ClassEntry.objects.get()
    assert Pending.objects.count() == waiting + 1 and len(bytes(kept.salts)) == 96
    assert CODE.encode() not in bytes(kept.entry) and bytes(Pending.objects.latest("id").entry) == bytes(
        kept.entry
    )


def test_nobody_does_both_and_posts_are_kept_apart(bureau: Bureau) -> None:
    case = bureau.decided()
    with pytest.raises(Refused, match="由执法人员或者经办人提出"):
        propose(bureau, case.number, "juzhang")
    pk = propose(bureau, case.number)
    with pytest.raises(Refused, match="由负责人或者审核人决定"):
        decide(bureau, pk, "zhifa2")
    with pytest.raises(BadInput, match="不同意要写明理由"):
        decide(bureau, pk, agree=False)
    decide(bureau, pk, agree=False, note="情节轻微")
    assert class_on(CODE, DAY) is None and not ClassEntry.objects.exists()
    with pytest.raises(BadInput, match="没有要调整的"):
        propose(bureau, case.number)


def test_a_class_that_is_worse_already_is_not_suggested(bureau: Bureau) -> None:
    bureau.decided()
    receive_classes(
        [(CODE, "D")], since=date(2026, 1, 1), source="例", proposed_by="a", decided_by="b", at=NOW
    )
    assert queries.suggested(NOW) == []


def test_two_low_fines_for_one_matter_within_ninety_days_look_split(bureau: Bureau) -> None:
    first = bureau.published(low="yes")
    assert queries.split_fines(NOW) == []
    second = bureau.published(low="yes", amount="6000")
    (some,) = queries.split_fines(NOW)
    assert [(one.code, one.number) for one in some] == [(CODE, first.number), (CODE, second.number)]
    assert sum(one.amount for one in some) == 1_400_000
    bureau.published(low="no")
    assert len(queries.split_fines(NOW)[0]) == 2


def test_a_later_fine_does_not_hide_the_ones_that_look_split(bureau: Bureau) -> None:
    near = [bureau.published(low="yes").number for _ in range(2)]
    later = bureau.decided(amount="5000", month="2026-09")
    bureau.publish(later.case, "2026-10-12 09:00", low="yes")
    (some,) = queries.split_fines(to_datetime(at("2026-10-13 09:00")))
    assert [one.number for one in some] == near


def test_fines_that_look_split_become_a_lead_once(bureau: Bureau) -> None:
    near = [bureau.published(low="yes").number for _ in range(2)]
    night = at("2026-04-20 04:05") - OFFSET
    assert look_at_penalties(timestamp=night) == 1 and look_at_penalties(timestamp=night + DAY_LONG) == 0
    lead = Lead.objects.get()
    assert (lead.line, lead.signal, lead.cases) == ("enforcement", "split_fine", near)
    bureau.published(low="no")
    assert look_at_penalties(timestamp=night) == 0
    near.append(bureau.published(low="yes").number)
    assert look_at_penalties(timestamp=night) == 1 and Lead.objects.latest("id").cases == near


def test_the_desk_page_is_for_the_posts_that_use_it(
    bureau: Bureau, client: Client, clock: Callable[[str], None]
) -> None:
    case = bureau.decided()
    clock("2026-04-02 09:00")
    assert client.get("/desk/credit/").status_code == 302
    client.force_login(bureau.persons["zhifa"])
    assert case.number in client.get("/desk/credit/").content.decode()
    assert client.post("/desk/credit/", {"do": "propose", "number": case.number}).status_code == 302
    assert client.post("/desk/credit/", {"do": "propose", "number": case.number}).status_code == 422
    client.force_login(bureau.persons["juzhang"])
    page = client.get("/desk/credit/").content.decode()
    assert 'name="agree"' in page
    (waiting,) = classes_waiting()
    assert client.post("/desk/credit/", {"do": "decide", "proposal": waiting.pk}).status_code == 422
    answer = client.post("/desk/credit/", {"do": "decide", "proposal": waiting.pk, "agree": "yes"})
    assert answer.status_code == 302 and class_on(CODE, DAY) == "C"
