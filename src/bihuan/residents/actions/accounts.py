"""Accounts of residents: a code to the telephone, logging in, what is theirs, correcting and deleting."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import randbelow

from django.db import transaction

from bihuan.cases import wall
from bihuan.cases.actions.contacts import correct_contacts, forget_contacts
from bihuan.cases.actions.misses import count_miss, want_patience
from bihuan.cases.answers import want_text
from bihuan.cases.edge import to_instant
from bihuan.cases.shapes import BadInput, TooMany
from bihuan.core.say import Say
from bihuan.record.actions import note
from bihuan.residents.actions.drafts import drop_draft
from bihuan.residents.models import Claim, Code, Draft, Resident
from bihuan.residents.phone import digest, forget_messages, read_phone, send
from bihuan.residents.seal import seal, unseal

LASTS = timedelta(minutes=10)
PAUSE, HOUR, MOST = timedelta(seconds=60), timedelta(hours=1), 5  # between two codes; so many in an hour
TRIES = 5  # wrong entries until a code is void
WRONG = Say("验证码不对，或者已经过期", "The code is wrong or has expired")


def send_code(text: str, *, at: datetime) -> str:
    """Send a code to a telephone and return the number in its one form. The answer is the same whether it has an account.

    BadInput for what is no mobile number or where the message did not go out; TooMany within a minute of the last code
    or after five in an hour.
    """
    phone = read_phone(text)
    code = f"{randbelow(1_000_000):06}"
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row = Code.objects.select_for_update().filter(key=digest(phone)).first()
        wait = None if row is None else _wait(row, at)
        if wait is None:
            fresh = row is None or at - row.since >= HOUR
            count, since = (1, at) if row is None or fresh else (row.count + 1, row.since)
            Code.objects.update_or_create(
                key=digest(phone),
                defaults={
                    "digest": digest(phone, code),
                    "sent_at": at,
                    "since": since,
                    "count": count,
                    "wrong": 0,
                },
            )
    if wait is not None:
        raise TooMany(wait)
    send(phone, f"【南开闭环】验证码 {code}，10 分钟内有效，不要告诉别人。")
    return phone


def _wait(row: Code, at: datetime) -> Say | None:
    """Why another code is not sent yet."""
    if at - row.sent_at < PAUSE:
        return Say("刚发过一条，一分钟以后再要", "One was sent just now; ask again in a minute")
    if at - row.since < HOUR and row.count >= MOST:
        return Say(
            "这个号码一小时里已经要了 5 次，晚些再试",
            "Five codes went to this number within an hour; try later",
        )
    return None


def log_in(text: str, code: str, *, source: str, at: datetime) -> int:
    """The account of whoever has the telephone, made when it is first used. BadInput for a wrong code, which is void after
    five; TooMany after ten wrong ones from one source in a quarter of an hour."""
    phone = read_phone(text)
    want_patience(f"code {source}", to_instant(at))
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row = Code.objects.select_for_update().filter(key=digest(phone)).exclude(digest="").first()
        good = (
            row is not None
            and row.wrong < TRIES
            and at - row.sent_at <= LASTS
            and hmac.compare_digest(row.digest, digest(phone, code.strip()))
        )
        if row is not None:
            row.digest, row.wrong = ("", 0) if good else (row.digest, row.wrong + 1)
            row.save()
        if not good:
            known = Resident.objects.filter(key=digest(phone)).values_list("pk", flat=True).first()
            note("login_failed", by="", about=whom(known) if known else "", at=at)
    if not good:
        count_miss(f"code {source}", to_instant(at))
        raise BadInput([("code", WRONG)])
    return enter(digest(phone), at=at, phone=phone)


def enter(key: str, *, at: datetime, phone: str = "", name: str = "") -> int:
    """Log in to the account known by this key; a new one with what is known of its holder."""
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row, _ = Resident.objects.get_or_create(
            key=key, defaults={"since": at, "phone": seal(phone.encode(), f"{key} phone"), "name": seal(name.encode(), f"{key} name")}
        )  # fmt: skip
        note("login", by=whom(row.pk), about="account", at=at)
    return int(row.pk)


def note_leaving(resident: int, *, at: datetime) -> None:
    """Write down that somebody logs out of their account."""
    note("logout", by=whom(resident), about="account", at=at)


def claim(resident: int, case: int, *, at: datetime) -> None:
    """This case is theirs: they filed it, or have shown number and code. Doing it again changes nothing."""
    with wall.open_to(wall.SYSTEM):
        Claim.objects.get_or_create(resident_id=resident, case_id=case, defaults={"at": at})


def correct(resident: int, *, name: str, cases: Sequence[int], at: datetime) -> int:
    """Put the name of the account right, and the contact of their matters that still run; of how many."""
    want_text("name", name, Say("姓名", "Name"), "title")
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        row = Resident.objects.select_for_update().get(pk=resident)
        row.name = seal(name.strip().encode(), f"{row.key} name")
        row.save()
        changed = correct_contacts(cases, name=name.strip())
        note(
            "correct", by=whom(resident), about="account", said={"fields": ["name"], "cases": changed}, at=at
        )
        return changed


def note_export(resident: int, cases: int, *, at: datetime) -> None:
    """Write down that somebody takes along everything held about them, before it is handed out."""
    note("export", by=whom(resident), about="account", said={"cases": cases}, at=at)


def whom(resident: int) -> str:
    """How the audit names an account."""
    return f"account {resident}"


def delete(resident: int, cases: Sequence[int], *, at: datetime) -> int:
    """Delete the account, what is claimed and its drafts, and forget the contact of closed matters that no law keeps any
    more; of how many. The matters themselves are deleted by request (`deletions`)."""
    with wall.open_to(wall.SYSTEM):
        drafts = list(Draft.objects.filter(resident=resident).values_list("number", flat=True))
    for number in drafts:
        drop_draft(number)
    with transaction.atomic(), wall.open_to(wall.SYSTEM):
        forgotten = forget_contacts(cases, at=at)
        row = Resident.objects.get(pk=resident)
        phone = unseal(bytes(row.phone), f"{row.key} phone").decode()
        Code.objects.filter(key=row.key).delete()
        row.delete()
        said = {"cases": len(cases), "contacts": forgotten, "drafts": len(drafts)}
        note("delete", by=whom(resident), about="account", said=said, at=at)
        transaction.on_commit(lambda: forget_messages(phone))
    return forgotten
