"""Reading personal data: for a stated purpose, each time one row that the person sees and one in the audit table."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.cases import wall
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.models import Case, Contact
from bihuan.cases.shapes import BadInput, NoSuchCase, Refused
from bihuan.core.authority.grants import Subject, may
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.people.models import Person, Reading
from bihuan.record.actions import note


def reveal(
    case_id: int, person: Person, unit: str, *, purpose: str, basis: str, at: datetime | int
) -> Contact:
    """The personal data of a case, for a stated purpose and legal basis; the reading is logged with it."""
    moment = to_instant(at)
    faults = [
        (key, Say(f"请写明{zh}", f"State the {key}"))
        for key, value, zh in (("purpose", purpose, "目的"), ("basis", basis, "依据"))
        if not value.strip()
    ]
    if faults:
        raise BadInput(faults)
    with wall.open_to(wall.SYSTEM):
        case = Case.objects.filter(pk=case_id).first()
        if case is None:
            raise NoSuchCase(f"no case {case_id}")
        actor = people.actor(person, unit, moment // 86400)
        subject = Subject(case.line, case.matter, case.street, case.community, case.holder, tuple(case.units))
        grants = people.known(people.change()).grants
        reason = may(grants, actor, subject, moment // 86400, "personal")
        if not reason:
            raise Refused([reason.why])
        contact = Contact.objects.filter(case=case).first() or Contact(case=case)
        shown = [key for key in ("name", "phone") if getattr(contact, key)] + sorted(contact.data)
        Reading.objects.create(
            person=person, unit=unit, case_id=case_id, fields=shown, purpose=purpose.strip()[:200],
            basis=basis.strip()[:200], at=to_datetime(moment),
        )  # fmt: skip
        said = {"fields": shown, "purpose": purpose.strip()[:200], "basis": basis.strip()[:200]}
        note("read", by=str(person.pk), unit=unit, about=case.number, said=said, at=to_datetime(moment))
        return contact


def note_opened(case_id: int, kind: str, *, by: str, unit: str, at: datetime) -> None:
    """Write down that a member of staff opens a paper with personal data of a case, for the purpose they stated when they
    read its contact; whoever stated none is Refused. `kind` is what the paper is ("material:identity")."""
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        stated = Reading.objects.filter(person_id=int(by), unit=unit, case_id=case_id).order_by("-pk").first()
        if stated is None:
            raise Refused([Say("先写明用途", "State the purpose first")])
        said = {"purpose": stated.purpose, "basis": stated.basis}
        Reading.objects.create(person_id=int(by), unit=unit, case_id=case_id, fields=[kind], at=at, **said)
        about = Case.objects.values_list("number", flat=True).get(pk=case_id)
        note("read", by=by, unit=unit, about=about, said=said | {"fields": [kind]}, at=at)
