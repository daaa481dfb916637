"""All writes of deletions: asking, carrying out what was decided, what the time of keeping ends, closing an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from django.db import transaction

from bihuan.cases import actions as cases
from bihuan.cases.actions.shred import RUNS, shred
from bihuan.cases.edge import day_of, to_date
from bihuan.cases.gone import LAW
from bihuan.cases.shapes import Opened, Refused
from bihuan.core.say import Say
from bihuan.counters import actions as counters
from bihuan.deletions import queries
from bihuan.deletions.queries import LINE
from bihuan.lines.retention import keeping, table
from bihuan.ratings import actions as ratings
from bihuan.residents import actions as residents
from bihuan.residents.queries import Me

log = structlog.get_logger(__name__)
BY_TIME = "retention"  # in whose name the system asks when the time of keeping is over, and the ground of what goes then
APPRAISE = "appraise"  # by people, before it goes
GONE = Say("这件的个人信息已经删除", "The personal data of this case was deleted already")
ASKED = Say("已经请求过，还没有决定", "It was asked for already and is not decided yet")
NOBODY = Say(
    "这一件没有写明由哪个单位负责，请找登记的单位",
    "No unit answers for this case; turn to the unit that registered it",
)
RATED = Say(
    "对它的差评还在办，办结以后才能删除",
    "A bad rating of it is still being dealt with; it can be deleted after that",
)


@dataclass(slots=True)
class Done:
    """How many cases were emptied, how many requests the system made itself, how many could not be done yet."""

    deleted: int = 0
    asked: int = 0
    waiting: int = 0


def ask(case_id: int, *, at: datetime | int, key: str | None = None) -> Opened:
    """Ask for the personal data of a closed case to be deleted, by whoever has shown that it is theirs. Refused where it
    runs, is gone or was asked for already; what the law keeps is asked for all the same, and answered with the day."""
    about = queries.case_of(case_id, at)
    if not about.closed:
        raise Refused([RUNS])
    if about.gone:
        raise Refused([GONE])
    if any(not one.final for one in queries.requests_of(about.number)):
        raise Refused([ASKED])
    if not about.unit:
        raise Refused([NOBODY])
    data = {"title": str(about.title), "about": about.number, "unit": about.unit}
    law = about.kept
    if law is not None:
        data |= {
            "keep_until": str(law.why) if law.until is None else f"{law.until:%Y-%m-%d}",
            "keep_law": law.law,
        }
    matter = "free" if law is None else "kept"
    return cases.open_case(
        LINE, matter, by=None, unit="", at=at, data=data, key=f"deletion:{key}" if key else None
    )


@transaction.atomic
def erase(case_id: int, *, ground: str, by: str, unit: str, at: datetime | int, request: str = "") -> None:
    """Delete the words of a case, of its parts, of what was rated of it and of the cases those ratings opened; Refused
    with provision and day while the law keeps it, whoever decided. Of what is kept as an archive everything goes, what
    officials wrote too: it was appraised, and is destroyed as one file (档案法实施条例§24). When the time is over the key
    goes too, which made its entries in the log one case's."""
    about, numbers = queries.case_of(case_id, at), queries.family_of(case_id)
    if about.kept is not None:
        raise Refused([about.kept.why])
    rated = queries.ratings_of(numbers)
    if any(not final for _, _, final in rated):
        raise Refused([RATED])
    row = keeping(about.line, to_date(day_of(at)))
    law = row.law if ground == BY_TIME else LAW
    empty = partial(shred, ground=ground, by=by, unit=unit, at=at, law=law, request=request)
    whole = row.then == APPRAISE
    empty(case_id, whole=whole, end=whole or ground == BY_TIME)  # what was rated of it has its own time
    for pk, _, _ in rated:
        empty(pk)
    ratings.forget_words([*numbers, *(number for _, number, _ in rated)], by=by)


def carry_out(at: datetime | int) -> Done:
    """Carry out what was decided, in the name of whoever decided; what cannot be done yet is tried again next time."""
    done = Done()
    for request, expired, case_id, by, unit in queries.decided():
        ground = BY_TIME if expired else "request"
        try:
            erase(case_id, ground=ground, by=by, unit=unit, at=at, request=request)
            done.deleted += 1
        except Refused as refused:
            log.warning("deletion waits", request=request, why=[str(one) for one in refused.reasons])
            done.waiting += 1
    return done


def end_keeping(at: datetime | int) -> Done:
    """What was kept as long as the table says: deleted, or, where it must be appraised first, asked for by the system. What
    hangs on a case goes with it, when the longest of them is over."""
    done, today = Done(), to_date(day_of(at))
    for line in table():
        row = keeping(line, today)
        for case_id, number in queries.over(line, today):
            try:
                if row.then == APPRAISE:
                    propose(case_id, at)
                    done.asked += 1
                else:
                    erase(case_id, ground=BY_TIME, by="clock", unit="", at=at)
                    done.deleted += 1
            except Refused as refused:
                log.warning("deletion waits", case=number, why=[str(one) for one in refused.reasons])
                done.waiting += 1
    return done


def propose(case_id: int, at: datetime | int) -> Opened:
    """The system asks the unit to appraise a case whose time is over (档案法实施条例§24)."""
    about = queries.case_of(case_id, at)
    if not about.unit:
        raise Refused([NOBODY])
    data = {"title": str(about.title), "about": about.number, "unit": about.unit}
    return cases.open_case(
        LINE, "expired", by=BY_TIME, unit="", at=at, data=data, key=f"expired:{about.number}"
    )


def close_account(me: Me, *, at: datetime) -> list[Opened]:
    """Delete an account with its drafts, its bookings' telephone and the words of its ratings of visits; for each of its
    closed matters that no law keeps, ask for deletion. The requests, each with its code: the account is gone."""
    asked = []
    with transaction.atomic():
        for case_id in me.cases:
            about = queries.case_of(case_id, at)
            if about.line == LINE or not about.closed or about.kept:
                continue
            try:
                asked.append(ask(case_id, at=at))
            except Refused:
                continue  # gone already, asked for already, or nobody's: the page of the case says which
        visits = counters.forget_phone(me.phone)
        ratings.forget_words(visits, by=f"account {me.id}")
        residents.delete(me.id, me.cases, at=at)
    return asked


__all__ = ["ask", "carry_out", "close_account", "end_keeping", "erase", "propose"]
