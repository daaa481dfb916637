"""Writes about penalties: what they do to credit classes, each change in the public record in the same transaction."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from bihuan.cases.edge import day_of, to_date
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.say import Say
from bihuan.core.signal.fined import look_at_fines
from bihuan.leads import actions as leads
from bihuan.lines import at as line_at
from bihuan.lines.signals import rules
from bihuan.penalties import queries
from bihuan.penalties.models import ClassEntry
from bihuan.penalties.queries import LINE
from bihuan.people import queries as people
from bihuan.record.actions import enter_closed
from bihuan.subjects import actions as subjects
from bihuan.subjects.actions import NotChanged
from bihuan.subjects.models import ClassProposal, CreditClass

CREDIT = 6  # kind of entry
PROPOSE = frozenset({"enforcer", "officer"})
DECIDE = frozenset({"head", "reviewer"})


def propose(number: str, reason: str, *, by: str, unit: str, at: datetime) -> ClassProposal:
    """Propose the change of class that the rule suggests for a penalty of a case; BadInput where it suggests none."""
    _want(
        PROPOSE, by, unit, at, Say("由执法人员或者经办人提出", "Enforcement officers and officers propose it")
    )
    found = next((one for one in queries.suggested(at) if one.number == number), None)
    if found is None:
        say = Say(
            "按规则没有要调整的，或者已经提出了", "The rule suggests nothing, or it was proposed already"
        )
        raise BadInput([("number", say)])
    try:
        return subjects.propose_class(
            found.code, found.to, ground="penalty", reason=reason.strip() or str(found.rule), source=found.source,
            since=to_date(day_of(at)), by=by, at=at,
        )  # fmt: skip
    except NotChanged as why:
        raise BadInput(why.faults) from why


def decide(pk: int, agree: bool, note: str, *, by: str, unit: str, at: datetime) -> CreditClass | None:
    """Decide on a proposed class; where it is agreed to, the change goes into the public record too."""
    _want(DECIDE, by, unit, at, Say("由负责人或者审核人决定", "Heads and reviewers decide"))
    try:
        with transaction.atomic():
            begun = subjects.decide_class(pk, agree, note, by=by, at=at)
            if begun is not None:
                _enter(begun, at)
            return begun
    except NotChanged as why:
        raise BadInput(why.faults) from why
    except ClassProposal.DoesNotExist:
        raise BadInput([("", Say("没有这条建议", "There is no such proposal"))]) from None


def look(since: datetime | int, until: datetime | int, at: datetime | int) -> int:
    """Look for signals in the penalties decided in [since, until) and keep the leads not shown before; how many."""
    found = rules(line_at(LINE, day_of(at)))
    params = {one.key: one.params for one in found}
    seen = look_at_fines(queries.fined(since, until), found)
    return sum(leads.keep(LINE, one, params[one.signal], since, until, at) for one in seen)


def _enter(begun: CreditClass, at: datetime) -> None:
    """The entry shows only its commitment: whose class it is stands in the group that its key opens."""
    key = secrets.token_bytes(32)
    said = {"code": begun.code, "class": begun.cls, "since": begun.since.isoformat(), "basis": begun.basis}
    groups = [
        {},
        {"source": begun.source, "reason": begun.reason},
        said | {"by": begun.proposed_by, "decided": begun.decided_by},
    ]
    entry, salts = enter_closed(CREDIT, groups, key=key, seq=1, at=at)
    ClassEntry.objects.create(credit_class=begun.pk, key=key, salts=salts, entry=entry)


def _want(posts: frozenset[str], by: str, unit: str, at: datetime, say: Say) -> None:
    if not posts & set(people.posts_of(by, unit, day_of(at))):
        raise Refused([say])
