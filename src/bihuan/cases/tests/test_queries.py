"""Queue, case page, tracking: what is shown to whom, with a fixed number of queries."""

from __future__ import annotations

import psycopg
import pytest

from bihuan.cases import actions, counts, queries, wall
from bihuan.cases.queue import queue
from bihuan.cases.shapes import NoSuchCase, Refused
from bihuan.cases.tests.conftest import District
from bihuan.cases.tests.test_children import consulted
from bihuan.core.case.fold import Actor
from bihuan.core.time.instant import at
from bihuan.people.queries import actor as actor_of

NOW = at("2026-10-12 10:00")


def actor(district: District, name: str, when: int = NOW) -> Actor:
    return actor_of(district.persons[name], district.unit(name), when // 86400)


def test_the_queue_is_in_the_order_of_due_and_says_why(district: District) -> None:
    old, new = district.report("2026-10-10 09:00"), district.report("2026-10-12 09:50")
    got = queue(actor(district, "shouli"), NOW)
    assert [row.id for row in got.rows] == [old.case, new.case]
    assert [key for key, _, _ in got.groups] == ["late", "today"]
    assert got.rows[0].late and got.rows[0].state_title == "待受理" and got.rows[0].matter_title.en
    assert got.rows[0].street_title == "长虹街道" and got.rows[0].holder_title == "区城市管理监督中心"
    assert "受理员" in got.why and got.why.en


def test_units_see_only_what_is_theirs(district: District) -> None:
    case = district.dispatched()
    assert [row.id for row in queue(actor(district, "cgw"), NOW).rows] == [case.case]
    assert queue(actor(district, "jie"), NOW, mode="all").rows == ()
    assert queue(actor(district, "shouli"), NOW).rows == ()
    assert [row.id for row in queue(actor(district, "shouli"), NOW, mode="involved").rows] == [case.case]
    with pytest.raises(NoSuchCase):
        queries.case_page(case.case, actor(district, "jie"), NOW)
    nobody = Actor("1", "nk.cgw", frozenset())
    assert queue(nobody, NOW).rows == ()
    with pytest.raises(NoSuchCase):
        queries.case_page(case.case, nobody, NOW)


def test_keyset_paging_gives_every_row_once(district: District) -> None:
    cases = [district.report(f"2026-10-12 09:0{n % 5}").case for n in range(7)]
    seen, after = [], ""
    while True:
        page = queue(actor(district, "shouli"), NOW, after, limit=3)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert sorted(seen) == sorted(cases) and len(seen) == 7
    assert queue(actor(district, "shouli"), NOW, "rubbish").rows


def test_stopped_cases_come_after_running_ones(district: District) -> None:
    one, two = district.dispatched(), district.dispatched()
    district.do(
        one.case,
        "back",
        "cgw",
        "2026-10-12 09:40",
        reason="不归我管",
        why="not_ours",
        nobody="权责清单只有本单位",
    )
    got = queue(actor(district, "paiqian"), NOW, mode="all")
    assert [row.id for row in got.rows] == [two.case, one.case]
    assert got.rows[1].group == "stopped"


def test_the_number_of_queries_does_not_grow(district: District, django_assert_num_queries) -> None:
    district.report()
    me = actor(district, "shouli")
    queue(me, NOW)
    with django_assert_num_queries(2):
        queue(me, NOW)
    for _ in range(6):
        district.report()
    with django_assert_num_queries(2):
        queue(me, NOW)
    case = district.dispatched()
    queries.case_page(case.case, me, NOW)
    with django_assert_num_queries(2):
        queries.case_page(case.case, me, NOW)
    for n in range(5):
        district.do(case.case, "note", "cgw", f"2026-10-12 10:0{n}", text="在办")
    with django_assert_num_queries(2):
        queries.case_page(case.case, me, at("2026-10-12 11:00"))


def test_the_case_page_says_what_may_be_done_and_why_not(district: District) -> None:
    case = district.dispatched()
    page = queries.case_page(case.case, actor(district, "cgw"), NOW)
    assert page.head.number == case.number and page.head.data["what"] == "东门口垃圾桶满了"
    assert page.main is not None and page.main.code == "handle" and page.main.why and page.main.ledger
    possible = {choice.name for choice in page.allowed}
    assert {"feedback", "back", "ask_more", "note"} <= possible
    not_possible = {choice.name: choice.reasons for choice in page.refused}
    assert "处置单位不得核查自己的处置" not in str(not_possible.get("check_ok"))
    assert not_possible["check_ok"] and not_possible["accept"]
    assert [step.name for step in page.steps] == ["report", "send", "verify", "accept", "dispatch"]
    assert page.steps[4].by_title == "测试paiqian" and page.steps[0].by_title == "上报人"
    assert {holding.holder for holding in page.holdings} == {"nk.jiandu", "nk.zhihui", "nk.cgw"}
    assert sum(h.elapsed for h in page.holdings) == NOW - at("2026-10-12 09:00")
    assert [doc.kind for doc in page.documents] == ["evidence:before"]


def test_what_the_page_allows_the_write_path_allows(district: District) -> None:
    case = district.dispatched()
    for name in ("feedback", "back", "ask_more", "ask_suspend", "note"):
        page = queries.case_page(case.case, actor(district, "cgw"), NOW)
        assert name in {choice.name for choice in page.allowed}
    for choice in page.refused:
        with pytest.raises(Refused) as refused:
            _judge(district, case.case, choice.name)
        assert refused.value.reasons == list(choice.reasons)


def _judge(district: District, pk: int, name: str) -> None:
    """What `act` says to the same person with the same form."""
    from bihuan import lines
    from bihuan.cases.family import lock_family
    from bihuan.cases.happen import has_of, judge
    from bihuan.cases.showing import Viewer, likely_unit, sample
    from bihuan.lines.forms import fields
    from bihuan.people.queries import known

    family = lock_family(pk, lines.calendar())
    assert family is not None
    member = family.members[pk]
    me = actor(district, "cgw")
    viewer = Viewer(me, NOW, known(family.change), {})
    has = has_of(member, name) | {f.stores for f in fields(member.case.line, name) if f.stores}
    data = sample(member, name, viewer, likely_unit(member, viewer))
    judge(family, member, name, me, NOW, data, has, None)


def test_the_drawn_checker_is_hidden_from_the_handler_until_closed(district: District) -> None:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    later = at("2026-10-12 10:40")
    seen = queries.case_page(case.case, actor(district, "cgw"), later)
    assert "checker" not in seen.folded.parties and "hecha" not in str(seen.steps)
    assert [step.name for step in seen.steps][-1] == "feedback"
    centre = queries.case_page(case.case, actor(district, "jiandu"), later)
    drawn = centre.folded.parties["checker"]
    assert any("测试hecha" in value for _, value in centre.steps[-1].data)
    who = "hecha" if drawn == district.id("hecha") else "hecha2"
    assert "check_ok" in {c.name for c in queries.case_page(case.case, actor(district, who), later).allowed}
    district.do(case.case, "check_ok", who, "2026-10-12 11:00", files=["check"])
    after = queries.case_page(case.case, actor(district, "cgw"), at("2026-10-12 11:10"))
    assert after.folded.parties["checker"] == drawn


def test_contacts_are_masked(district: District) -> None:
    data = {"what": "垃圾桶满了", "contact_name": "甲某某", "contact_phone": "13800000000"}
    case = district.report(data=data)
    page = queries.case_page(case.case, actor(district, "shouli"), NOW)
    assert page.contact is not None
    assert (page.contact.name, page.contact.phone) == ("甲**", "138****0000")
    assert "13800000000" not in str(page) and "甲某某" not in str(page)


def test_parent_and_children_know_each_other(district: District) -> None:
    case, (one, _) = consulted(district)
    when = at("2026-03-06 10:00")
    page = queries.case_page(case.case, actor(district, "gongkai", when), when)
    assert [(c.unit, c.final) for c in page.children] == [("nk.cgw", False), ("nk.s001", False)]
    assert page.head.stopped and page.main is not None and page.main.due.status == "paused"
    child = queries.case_page(one, actor(district, "cgw", when), when)
    assert child.parent is None or child.parent.id == case.case
    assert {c.name for c in child.allowed} >= {"agree", "object", "no_view"}


def test_the_bearer_of_number_and_code_follows_the_case(district: District) -> None:
    case = district.dispatched()
    seen = queries.track(case.number.lower(), f" {case.code[:4]}-{case.code[4:]} ".lower(), NOW)
    assert seen.head.number == case.number and seen.by == f"r:{case.number}"
    assert "测试" not in str(seen.steps)
    assert [step.unit_title for step in seen.steps][-1] == "区城市管理指挥中心"
    with pytest.raises(NoSuchCase):
        queries.track(case.number, "AAAAAAAA", NOW)


def test_a_resident_says_it_is_not_fixed_on_the_old_clock(district: District) -> None:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    page = queries.case_page(case.case, actor(district, "jiandu"), at("2026-10-12 10:40"))
    who = "hecha" if page.folded.parties["checker"] == district.id("hecha") else "hecha2"
    district.do(case.case, "check_ok", who, "2026-10-12 11:00", files=["check"])
    seen = queries.track(case.number, case.code, at("2026-10-13 09:00"))
    assert {"reopen", "rate"} <= {choice.name for choice in seen.allowed}
    done = actions.act(
        case.case, "reopen", by=seen.by, unit="", at=at("2026-10-13 09:00"), data={"text": "又满了"}
    )
    assert done.state == "handling"
    assert queries.track(case.number, case.code, at("2026-10-13 09:05")).head.holder == "nk.cgw"


def test_search_finds_by_number_within_rights(district: District) -> None:
    case = district.report()
    assert queries.search(actor(district, "shouli"), f" {case.number.lower()} ", NOW) is not None
    assert queries.search(actor(district, "cgw"), case.number, NOW) is None


def test_public_counts_have_no_wall(district: District) -> None:
    district.report("2026-10-12 09:50")
    district.report("2026-10-10 09:00")
    [count] = counts.counts("street", at=NOW)
    assert (count.code, count.open, count.late, count.stopped) == ("120104001", 2, 1, 0)
    by = counts.counts_by(("street", "cell", "line"), at=NOW)
    assert by == {one: counts.counts(one, at=NOW) for one in by}
    with pytest.raises(ValueError, match="lookup_hash"):
        counts.counts("lookup_hash")
    assert wall.ask("select count(*) from cases_case", [], "") == [(0,)]


@pytest.mark.parametrize("by", ["street", "community", "cell", "line", "holder"])
def test_counts_read_an_index_of_the_open_cases_and_no_row(owner: psycopg.Connection, by: str) -> None:
    """On an empty table all indices cost the same, so the other one that fits is out of the way."""
    with owner.transaction(force_rollback=True):
        owner.execute("drop index cases_case_parent_id_30365dcb")
        for way in ("seqscan", "bitmapscan"):
            owner.execute(f"set local enable_{way} = off")
        found = psycopg.ClientCursor(owner).execute(f"explain {counts.counting(by)}", [0, "", ""])
        plan = "\n".join(row[0] for row in found)
    assert "Index Only Scan using cases_open " in plan, plan
