"""Penalties of the demo: two published fines of invented restaurants, a warning, a hearing that was called, a fine on the
spot; one of the fines has led to a proposed credit class. All through the ordinary actions."""

from __future__ import annotations

from typing import Any

from bihuan.cases import actions as cases
from bihuan.cases.edge import to_datetime
from bihuan.config.demo.inspections import FIRST, OFFICE
from bihuan.config.demo.world import World, sheet
from bihuan.core.codes.invent import invent_uscc
from bihuan.core.time.instant import DAY
from bihuan.penalties import actions

UNLABELLED, RECORDS, OLD_FOOD, FLAW = "F105", "F107", "F104", "F106"
NOTHING = {"gains": "0", "goods": "0"}
PLAIN = {"complex": "no", "public_interest": "no"}


def fill_penalties(w: World) -> None:
    """Five cases; whoever comes to the desk finds one at each of these stages."""
    fined(w, 11, 40, "8000", "首次违法，主动改正（演示）")
    second = fined(w, 13, 33, "12000", "货值较大（演示）")
    warned(w, 16, 20)
    heard(w, 19, 24)
    on_the_spot(w, 22, 3)
    actions.propose(second, "", by=w.staff.of(OFFICE, "enforcer")[0], unit=OFFICE, at=to_datetime(w.until - DAY))  # fmt: skip


def found(w: World, n: int, days: int, matter: str, what: str) -> cases.Opened:
    """A lead about the n-th invented restaurant of the register, so many days ago."""
    w.now = w.until - days * DAY
    name = f"示例餐馆{n}号（虚构）"
    return w.open(
        "enforcement", matter, w.staff.of(OFFICE, "enforcer")[0], OFFICE,
        data={
            "subject": f"{name}涉嫌{what}", "unit": OFFICE, "party_kind": "organisation", "party_shown": name,
            "uscc": invent_uscc(FIRST + n - 1), "ended_offence": f"{to_datetime(w.now):%Y-%m-%d}", "source": "inspection",
            "detail": f"监督检查发现{what}（演示）", "contact_phone": f"1990003{n:04}",
        },
    )  # fmt: skip


def concluded(w: World, case: int, what: str, **said: Any) -> None:
    """Filed, evidence taken by two officers, investigation concluded; said are the words of the conclusion."""
    team, head = w.staff.of(OFFICE, "enforcer"), w.staff.of(OFFICE, "head")[0]
    w.now += DAY
    w.act(case, "file", head, OFFICE, opinion="符合立案标准（演示）")
    w.now += 2 * DAY
    w.act(
        case, "collect", team[0], OFFICE, sheet("evidence:record", "inspection record"), evidence_kind="site",
        what=f"现场笔录：{what}（演示）", second_officer=team[1], card_shown="yes",
    )  # fmt: skip
    w.now += 3 * DAY
    w.act(
        case, "conclude", team[0], OFFICE, facts=f"{what}（演示）", second_officer=team[1], **NOTHING, **said
    )


def told(w: World, case: int) -> None:
    """Told of the penalty; the party waives its statement in writing."""
    officer = w.staff.of(OFFICE, "enforcer")[0]
    w.now += DAY
    w.act(case, "tell", officer, OFFICE)
    w.now += DAY
    w.act(case, "waive", officer, OFFICE, text="书面放弃（演示）")


def fined(w: World, n: int, days: int, amount: str, why: str) -> str:
    """A fine from its lead to its payment, published; the number of the case."""
    officer, head = w.staff.of(OFFICE, "enforcer")[0], w.staff.of(OFFICE, "head")[0]
    what = "经营无标签的预包装食品"
    one = found(w, n, days, UNLABELLED, what)
    concluded(w, one.case, what, kinds=["fine"], amount=amount, discretion=why, **PLAIN)
    told(w, one.case)
    w.now += 2 * DAY
    w.act(
        one.case, "decide", head, OFFICE, final_kinds=["fine"], final_amount=amount, final_gains="0", final_goods="0",
        perform="自收到之日起十五日内到指定银行或者电子支付缴纳",
    )  # fmt: skip
    w.now += DAY
    served(w, one.case, "serve", officer)
    w.now += DAY
    w.act(one.case, "publish", officer, OFFICE, summary=f"{what}（演示）", low="no", reviewed="yes")
    w.now += 2 * DAY
    w.act(one.case, "pay", officer, OFFICE, sheet("evidence:paid", "receipt of the bank"), paid_on=clock(w))
    return one.number


def served(w: World, case: int, name: str, officer: str) -> None:
    w.act(case, name, officer, OFFICE, sheet("evidence:delivery", "proof of delivery"), served_on=clock(w), way="direct")  # fmt: skip


def warned(w: World, n: int, days: int) -> None:
    """A warning by the ordinary procedure, served: a mere warning is not published."""
    officer, head = w.staff.of(OFFICE, "enforcer")[0], w.staff.of(OFFICE, "head")[0]
    what = "没有查验从业人员健康证明"
    one = found(w, n, days, RECORDS, what)
    concluded(w, one.case, what, kinds=["warning"], amount="0", discretion="首次，当日改正（演示）", **PLAIN)
    told(w, one.case)
    w.now += DAY
    w.act(
        one.case, "decide", head, OFFICE, final_kinds=["warning"], final_amount="0", final_gains="0", final_goods="0",
        perform="警告，立即改正",
    )  # fmt: skip
    w.now += DAY
    served(w, one.case, "serve_done", officer)


def heard(w: World, n: int, days: int) -> None:
    """A large fine: the party asked for a hearing, and it is called for a day to come."""
    officer, chair = w.staff.of(OFFICE, "enforcer")[0], w.staff.of(OFFICE, "officer")[0]
    what = "经营超过保质期的食品"
    one = found(w, n, days, OLD_FOOD, what)
    said = {"complex": "yes", "public_interest": "no", "value": "5000", "discretion": "多个品种（演示）"}
    concluded(w, one.case, what, kinds=["fine"], amount="60000", **said)
    w.now += DAY
    w.act(one.case, "tell_hearing", officer, OFFICE)
    w.now += DAY
    w.act(one.case, "ask_hearing", officer, OFFICE, text="当事人书面要求听证（演示）")
    w.now += DAY
    held = to_datetime(w.until + 16 * DAY)
    w.act(
        one.case, "set_hearing", chair, OFFICE, held_on=f"{held:%Y-%m-%d} 09:00", held_at="区市场监管局会议室（演示）",
        in_public="yes",
    )  # fmt: skip


def on_the_spot(w: World, n: int, days: int) -> None:
    """A small fine on the spot, reported to the agency, to be paid."""
    team = w.staff.of(OFFICE, "enforcer")
    what = "标签瑕疵经责令拒不改正"
    one = found(w, n, days, FLAW, what)
    w.now += 1800
    w.act(
        one.case, "fine_on_spot", team[0], OFFICE, sheet("evidence:record", "record"), kinds=["fine"], amount="500",
        facts=f"{what}（演示）", told="yes", defence="没有意见", second_officer=team[1], card_shown="yes",
    )  # fmt: skip
    w.now += DAY
    w.act(one.case, "file_back", team[0], OFFICE)


def clock(w: World) -> str:
    return f"{to_datetime(w.now):%Y-%m-%d %H:%M}"
