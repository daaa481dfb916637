"""`act`: who may, who may not and why; what follows from an action in the same transaction."""

from __future__ import annotations

import pytest

from bihuan.cases import actions, wall
from bihuan.cases.models import Case, Event
from bihuan.cases.shapes import BadInput, KeyConflict, NoSuchCase, Refused
from bihuan.cases.tests.conftest import District
from bihuan.core.case.fold import UnknownAction
from bihuan.core.time.instant import at


def row(pk: int) -> Case:
    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=pk)


def names(pk: int) -> list[str]:
    with wall.open_to(wall.SYSTEM):
        return list(Event.objects.filter(case=pk).order_by("seq").values_list("name", flat=True))


def test_the_loop_from_report_to_closed(district: District) -> None:
    case = district.dispatched()
    assert row(case.case).state == "handling"
    assert row(case.case).holder == "nk.cgw"
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    now = row(case.case)
    assert now.state == "checking" and now.holder == "nk.jiandu"
    drawn = now.parties["checker"]
    assert drawn in {district.id("hecha"), district.id("hecha2")}
    who = "hecha" if drawn == district.id("hecha") else "hecha2"
    district.do(case.case, "check_ok", who, "2026-10-12 11:00", files=["check"])
    done = row(case.case)
    assert (done.state, done.outcome, done.final, done.holder) == ("closed", "fixed", True, "")
    assert done.closed_at is not None and done.wake_at is None
    assert names(case.case) == [
        "report", "send", "verify", "accept", "dispatch", "feedback", "take_check", "check_ok",
    ]  # fmt: skip


def test_wrong_role_is_refused_with_the_sentence(district: District) -> None:
    case = district.report()
    with pytest.raises(Refused) as refused:
        district.do(case.case, "send", "jie", "2026-10-12 09:05", collector=district.id("caiji"))
    assert "须由" in refused.value.reasons[0] and "must be done by" in refused.value.reasons[0].en
    assert names(case.case) == ["report"]


def test_a_unit_where_one_holds_no_post_is_no_hat(district: District) -> None:
    case = district.report()
    with pytest.raises(Refused, match=r"nk\.jiandu.*没有岗位"):
        actions.act(
            case.case, "accept", by=district.id("cgw"), unit="nk.jiandu", at=at("2026-10-12 09:05"), data={}
        )


def test_the_handler_may_not_check_own_work(district: District) -> None:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    with pytest.raises(Refused) as refused:
        district.do(case.case, "check_ok", "cgw", "2026-10-12 11:00", files=["check"])
    assert "处置单位不得核查自己的处置" in refused.value.reasons
    assert refused.value.reasons[0].en


def test_old_evidence_does_not_prove_new_work(district: District) -> None:
    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    drawn = row(case.case).parties["checker"]
    who = "hecha" if drawn == district.id("hecha") else "hecha2"
    district.do(case.case, "check_bad", who, "2026-10-12 11:00", text="还有残渣", files=["check"])
    with pytest.raises(BadInput) as bad:
        district.do(case.case, "feedback", "cgw", "2026-10-12 11:30", text="又清了")
    assert bad.value.faults[0][0] == "after"
    district.do(case.case, "feedback", "cgw", "2026-10-12 11:30", text="又清了", files=["after"])


def test_dispatch_is_refused_where_the_unit_has_no_duty(district: District) -> None:
    case = district.report()
    district.do(case.case, "send", "shouli", "2026-10-12 09:05", collector=district.id("caiji"))
    district.do(case.case, "verify", "caiji", "2026-10-12 09:15", files=["before"])
    district.do(case.case, "accept", "shouli", "2026-10-12 09:20")
    with pytest.raises(Refused) as refused:
        district.do(case.case, "dispatch", "paiqian", "2026-10-12 09:25", unit="nk.czj")
    assert "不能派给" in refused.value.reasons[0]


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"unit": "nk.s001", "colour": "red"}, "colour", "没有这个栏目"),
        ({}, "unit", "派给"),
        ({"unit": "南开区城管委"}, "unit", "单位代码"),
        ({"unit": "nk.s001", "text": "多" * 100_000}, "text", "100,000 个字,不得超过 2,000"),
        ({"unit": "nk.s001", "text": "a\x00b"}, "text", r"第 2 个字.*U\+0000"),
        ({"unit": "nk.s001", "text": "\ud800"}, "text", r"U\+D800"),
        ({"unit": "nk.s001", "text": ["list"]}, "text", "应当是文字"),
    ],
)
def test_bad_input_names_field_and_reason(district: District, data: dict, field: str, words: str) -> None:
    case = district.report()
    with pytest.raises(BadInput, match=words) as bad:
        district.do(case.case, "dispatch", "paiqian", "2026-10-12 09:25", **data)
    assert [name for name, _ in bad.value.faults] == [field]
    assert bad.value.faults[0][1].en != bad.value.faults[0][1]
    assert names(case.case) == ["report"]


def test_emoji_and_line_breaks_are_fine(district: District) -> None:
    case = district.report(data={"what": "垃圾桶满了 🗑️👨‍👩‍👧", "detail": "第一行\r\n第二行"})
    assert row(case.case).data["detail"] == "第一行\n第二行"
    assert row(case.case).title == "垃圾桶满了 🗑️👨‍👩‍👧"


def test_unknown_case_and_unknown_action(district: District) -> None:
    with pytest.raises(NoSuchCase):
        district.do(999_999, "accept", "shouli", "2026-10-12 09:25")
    case = district.report()
    with pytest.raises(UnknownAction, match="fly"):
        district.do(case.case, "fly", "shouli", "2026-10-12 09:25")


def test_the_same_key_gives_the_earlier_result(district: District) -> None:
    case = district.report()
    first = district.do(
        case.case, "send", "shouli", "2026-10-12 09:05", collector=district.id("caiji"), key="k1"
    )
    again = district.do(
        case.case, "send", "shouli", "2026-10-12 09:06", collector=district.id("caiji"), key="k1"
    )
    assert (again.seq, again.digest, again.repeated) == (first.seq, first.digest, True)
    assert names(case.case) == ["report", "send"]
    with pytest.raises(KeyConflict, match="另一个内容不同的请求"):
        district.do(case.case, "accept", "shouli", "2026-10-12 09:07", key="k1")


def test_a_comment_never_moves_a_deadline(district: District) -> None:
    case = district.dispatched()
    before = row(case.case)
    district.do(case.case, "note", "cgw", "2026-10-12 10:00", text="正在去的路上")
    after = row(case.case)
    assert (after.due_at, after.wake_at, after.state) == (before.due_at, before.wake_at, before.state)


def test_a_return_nobody_decides_is_agreed_by_the_clock_before_the_next_action(district: District) -> None:
    case = district.dispatched()
    district.do(
        case.case,
        "back",
        "cgw",
        "2026-10-12 10:00",
        reason="不在本街道",
        why="not_ours",
        nobody="权责清单只有本单位",
    )
    with pytest.raises(Refused):
        district.do(case.case, "keep", "paiqian", "2026-10-16 10:00", text="就是你们的")
    assert [one for one in names(case.case)[-5:] if not one.startswith("rise_")] == ["back", "take_back"]
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case, name="take_back")
    assert event.by == "clock" and event.effective < event.at
    assert row(case.case).state == "dispatching"


def test_the_checker_drawn_can_be_recomputed(district: District) -> None:
    from hashlib import sha256

    from bihuan.core.case.pick import pick
    from bihuan.record.models import Outbox

    case = district.dispatched()
    head = Outbox.objects.order_by("-id").values_list("digest", flat=True)[0]
    done = district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    with wall.open_to(wall.SYSTEM):
        data = Event.objects.get(case=case.case, name="take_check").data
    seed = sha256(f"{head}|{case.number}|{done.seq}".encode()).digest()
    assert data["head"] == head and bytes.fromhex(data["seed"]) == seed
    assert data["person"] == pick(seed, data["candidates"])
    before = data["person"]
    for minute in range(40, 46):  # somebody else each time, not by luck
        district.do(case.case, "redraw", "jiandu", f"2026-10-12 10:{minute}", reason="请假")
        now = row(case.case).parties["checker"]
        assert now != before
        before = now


def test_evidence_of_an_earlier_time_is_not_present_any_more(district: District) -> None:
    from bihuan import lines
    from bihuan.cases.family import lock_family
    from bihuan.cases.happen import has_of

    case = district.dispatched()
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", text="已清运", files=["after"])
    family = lock_family(case.case, lines.calendar())
    assert family is not None
    member = family.members[case.case]
    assert "evidence:after" not in has_of(member, "feedback")
    assert has_of(member, "check_ok") >= {"evidence:before", "evidence:after"}
