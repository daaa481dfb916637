"""Reads of residents: an account with what is its own, a draft as its writer finds it again."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage

from bihuan.cases import lookup, wall
from bihuan.cases.shapes import Upload
from bihuan.residents.models import Claim, Draft, Resident
from bihuan.residents.seal import unseal

PREFIX = "DR"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was handed in with a draft."""

    id: int
    field: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft opened: `said` as it was sent by the form, version, files, and how long it is kept."""

    number: str
    line: str
    matter: str
    said: str
    version: int
    saved_at: datetime
    until: datetime
    files: tuple[Kept, ...]

    @property
    def code(self) -> str:
        return lookup.code_of(self.number)


def is_code(number: str, code: str) -> bool:
    """Whether this is the code of the draft, however it was typed."""
    return hmac.compare_digest(lookup.code_of(number), lookup.tidy(code))


def begun(number: str, at: datetime) -> Begun | None:
    """A draft by its number, for whoever has shown that it is theirs; None where there is none any more."""
    with wall.open_to(wall.SYSTEM):
        row = Draft.objects.filter(number=number, until__gt=at).first()
        return None if row is None else opened(row)


def opened(row: Draft) -> Begun:
    """A draft with its seals opened."""
    files = tuple(
        Kept(one.pk, one.field, unseal(bytes(one.name), f"{row.number} name").decode(), one.size)
        for one in row.files.order_by("pk")
    )
    said = unseal(bytes(row.said), row.number).decode()
    return Begun(
        row.number, row.line, row.matter, said, row.version, row.saved_at, row.until, files
    )  # fmt: skip


def uploads_of(number: str) -> list[Upload]:
    """The files of a draft as they were handed in."""
    with wall.open_to(wall.SYSTEM):
        row = Draft.objects.filter(number=number).first()
        files = [] if row is None else list(row.files.order_by("pk"))
    found = []
    for one in files:
        with default_storage.open(one.file) as file:
            body = unseal(file.read(), one.file)
        found.append(Upload(one.field, unseal(bytes(one.name), f"{number} name").decode(), body))
    return found


@dataclass(frozen=True, slots=True)
class Me:
    """An account opened for its holder: telephone, name, since when, and the ids of the cases that are theirs."""

    id: int
    phone: str
    name: str
    since: datetime
    cases: tuple[int, ...]


def me(resident: int) -> Me | None:
    """The account, None where it was deleted."""
    with wall.open_to(wall.SYSTEM):
        row = Resident.objects.filter(pk=resident).first()
        if row is None:
            return None
        cases = tuple(
            Claim.objects.filter(resident=row).order_by("-case_id").values_list("case_id", flat=True)
        )
    phone, name = (
        unseal(bytes(value), f"{row.key} {key}").decode()
        for key, value in (("phone", row.phone), ("name", row.name))
    )
    return Me(row.pk, phone, name, row.since, cases)


def drafts_of(resident: int, at: datetime) -> list[Begun]:
    """The drafts of an account, the last one saved first."""
    with wall.open_to(wall.SYSTEM):
        rows = Draft.objects.filter(resident=resident, until__gt=at).order_by("-saved_at")[:50]
        return [opened(row) for row in rows]
