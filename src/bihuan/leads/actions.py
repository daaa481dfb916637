"""All writes of leads: keep what signals found, settle, review; seal what is true on the spot before a check."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.cases import signals as looking
from bihuan.cases.actions import develop
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found
from bihuan.leads import queries
from bihuan.leads.models import Lead, Sample, Step
from bihuan.leads.queries import AGREE, GIVE_BACK, SETTLE, VERDICTS
from bihuan.lines import at as line_at
from bihuan.lines.signals import rules
from bihuan.people import queries as people

LONGEST, PICTURES = 2000, 500
NOT_YOURS = Say("线索由监督办公室的督查员和负责人处理", "Leads are settled by inspectors and heads of the supervision office")  # fmt: skip


def look(
    since: datetime | int,
    until: datetime | int,
    at: datetime | int,
    *,
    pictures_since: datetime | int | None = None,
) -> int:
    """Look for signals in [since, until) and keep the leads that show a case not shown before; how many. Pictures that
    wait for their print get it first."""
    while develop(at, PICTURES) == PICTURES:
        pass
    kept = 0
    for code in looking.watched(at):
        params = {one.key: one.params for one in rules(line_at(code, to_instant(at) // 86400))}
        for one in looking.signals(code, since, until, pictures_since=pictures_since):
            kept += keep(code, one, params[one.signal], since, until, at)
    return kept


def keep(
    code: str, one: Found, params: object, since: datetime | int, until: datetime | int, at: datetime | int
) -> bool:
    """Keep one lead of a line, if it shows a case that no lead of its kind has shown; whether it was kept."""
    if set(one.cases) <= queries.known_of(code, one.signal, one.about):
        return False
    Lead.objects.create(
        line=code, signal=one.signal, version=one.version, params=params, about=list(one.about), cases=list(one.cases),
        weight=one.weight, said=str(one.say), said_en=one.say.en, pairs=[list(pair) for pair in one.pairs],
        since=to_datetime(to_instant(since)), until=to_datetime(to_instant(until)), at=to_datetime(to_instant(at)),
    )  # fmt: skip
    return True


def settle(pk: int, verdict: str, reason: str, *, by: str, unit: str, at: datetime | int) -> Step:
    """Say what a lead comes to, with the reason; another person reviews it. Nobody is blamed by the lead itself."""
    _want_office(by, unit, at)
    faults = _reason_faults(reason)
    if verdict not in VERDICTS:
        faults.insert(0, ("verdict", Say("请选认定", "Choose what it comes to")))
    if faults:
        raise BadInput(faults)
    with transaction.atomic():
        _want_standing(pk, "open")
        return _step(pk, SETTLE, verdict, reason, by, unit, at)


def review(pk: int, agree: bool, reason: str, *, by: str, unit: str, at: datetime | int) -> Step:
    """Agree with how a lead was settled, or give it back; by a person other than who settled it."""
    _want_office(by, unit, at)
    if faults := _reason_faults(reason):
        raise BadInput(faults)
    with transaction.atomic():
        steps = _want_standing(pk, SETTLE)
        if steps[-1].by == by:
            raise Refused([Say("复核的不能是处理的人", "Whoever settled it may not review it")])
        return _step(pk, AGREE if agree else GIVE_BACK, "", reason, by, unit, at)


def seal(number: str, good: bool | None, seen: str, *, by: str, unit: str, at: datetime | int) -> Sample:
    """Seal what somebody of the office saw on the spot of a case that waits for its check; the checker is not told."""
    _want_office(by, unit, at)
    wanted = number.strip().upper()[:32]
    faults: list[tuple[str, Say]] = []
    line = queries.waiting_for_check(wanted)
    if not line:
        faults.append(
            ("number", Say(f"没有等待核查的办件“{wanted}”", f"No case {wanted!r} waits for its check"))
        )
    elif queries.already_sealed(wanted):
        faults.append(("number", Say("这次核查已经封存过了", "Sealed already for this check")))
    if good is None:
        faults.append(("good", Say("请选现场是不是修好了", "Say whether it was fixed")))
    if not seen.strip() or len(seen) > LONGEST:
        faults.append(
            ("seen", Say("请写明看到的，不超过 2000 字", "Say what was seen, in at most 2000 characters"))
        )
    if faults:
        raise BadInput(faults)
    return Sample.objects.create(
        number=wanted, line=line, good=bool(good), seen=seen.strip(), by=by, unit=unit, at=to_datetime(to_instant(at))
    )  # fmt: skip


def _want_office(by: str, unit: str, at: datetime | int) -> None:
    if not queries.may_see(unit, people.posts_of(by, unit, to_instant(at) // 86400), at):
        raise Refused([NOT_YOURS])


def _reason_faults(reason: str) -> list[tuple[str, Say]]:
    if not reason.strip():
        return [("reason", Say("请写明理由", "Give the reason"))]
    if len(reason) > LONGEST:
        return [("reason", Say("理由不超过 2000 字", "The reason may have at most 2000 characters"))]
    return []


def _want_standing(pk: int, wanted: str) -> list[Step]:
    """The steps of a lead, nobody else being at it; Refused where it does not stand so."""
    queries.lead(pk)
    with (
        transaction.get_connection().cursor() as cursor
    ):  # the table takes no locks on rows: it is append-only
        cursor.execute("select pg_advisory_xact_lock(hashtext('bihuan.lead'), %s)", [pk])
    steps = queries.steps_of(queries.lead(pk))
    now = queries.stand_of(steps)
    if now != wanted:
        said = queries.STANDS[now]
        raise Refused([Say(f"这条线索现在是“{said}”", f"This lead is now “{said.en}”")])
    return steps


def _step(pk: int, name: str, verdict: str, reason: str, by: str, unit: str, at: datetime | int) -> Step:
    return Step.objects.create(
        lead_id=pk, name=name, verdict=verdict, reason=reason.strip(), by=by, unit=unit, at=to_datetime(to_instant(at))
    )  # fmt: skip
