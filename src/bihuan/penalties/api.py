"""Penalties for other programs: the same rows as the page, gone on the same day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from bihuan.cases.edge import day_of, to_date
from bihuan.core.say import Say
from bihuan.penalties import queries
from bihuan.penalties.queries import Shown
from bihuan.targets.api import Faults

NEVER = Say("没有公示过这个编号的处罚", "No penalty of this number was published")
OVER = Say("已停止公示", "It is no longer shown")
router = Router(tags=["处罚公示 Penalties"])


class PenaltyOut(Schema):
    """One published penalty; amounts in fen (1/100 yuan), `until` the last day on which it is shown."""

    number: str
    decision: str
    party: str
    uscc: str
    offence: str
    offence_en: str
    law: str
    kinds: str
    kinds_en: str
    fine: int
    gains: int
    goods: int
    facts: str
    unit: str
    decided: date
    published: date
    until: date
    overturned: bool


class PenaltiesOut(Schema):
    """A page of them; `before` asks for the next page, 0 where there is none."""

    penalties: list[PenaltyOut]
    before: int


@router.get("", response={200: PenaltiesOut, 422: Faults}, summary="处罚公示 Penalties")
def penalties(
    request: HttpRequest,
    q: str = Query("", max_length=64),
    before: int = Query(0, ge=0, le=2**62),
) -> PenaltiesOut:
    """Penalties shown today, the newest first: by decision or case number, code, or part of an organisation's name."""
    rows, more = queries.shown(_today(request), q.replace("\0", ""), before, queries.MOST)
    return PenaltiesOut(penalties=[_out(row) for row in rows], before=more)


@router.get("/{number}", response={200: PenaltyOut, 404: Faults, 410: Faults}, summary="一条处罚 One penalty")
def penalty(request: HttpRequest, number: str) -> PenaltyOut | Status:
    """One penalty; 410 once its period is over or it was taken down."""
    try:
        found = queries.one(number[:40].replace("\0", ""), _today(request))
    except KeyError:
        return Status(404, _fault(NEVER))
    if found is None:
        return Status(410, _fault(OVER))
    return _out(found)


def _fault(say: Say) -> dict[str, list[dict[str, str]]]:
    return {"errors": [{"field": "number", "zh": str(say), "en": say.en}]}


def _today(request: HttpRequest) -> date:
    return to_date(day_of(request.now))  # type: ignore[attr-defined]


def _out(one: Shown) -> PenaltyOut:
    return PenaltyOut(
        number=one.number, decision=one.paper, party=one.party, uscc=one.uscc, offence=one.matter, offence_en=one.matter.en, law=one.law,
        kinds=one.kinds, kinds_en=one.kinds.en, fine=one.fine, gains=one.gains, goods=one.goods, facts=one.facts, unit=one.unit,
        decided=one.decided, published=one.published, until=one.until, overturned=one.overturned,
    )  # fmt: skip
