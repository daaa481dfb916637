"""Entries that say what a row is: their bytes, and whether row, notice and entry still fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.db import connection

from bihuan.core.log.doubt import Doubt
from bihuan.core.log.entry import HASH, WITH_PAYLOAD, canonical, commitment, group, tag, unpack
from bihuan.core.say import Say
from bihuan.record.models import Notice

Said = Mapping[str, Any]
LOST = """select n.id from record_notice n where not exists (select from record_leaf l where l.event_id is null
    and sha256(l.entry) = sha256(n.entry)) and not exists (select from record_pending p where p.event_id is null
    and p.entry = n.entry)"""


def body(about: str, said: Said) -> bytes:
    """The canonical JSON that is public in the entry, or committed to by it."""
    return canonical({"about": about, **said})


def key_of(about: str) -> bytes:
    """What the tags of an entry without payload are made with: no secret, anybody finds all entries of a row."""
    return sha256(b"dg-open1\0" + about.encode()).digest()


def latest(about: str) -> Notice | None:
    return Notice.objects.filter(about=about).order_by("-pk").first()


def check(rows: Mapping[str, Mapping[str, Said]], whole: bool) -> Iterator[tuple[str, Say]]:
    """(row, what is wrong) where a row does not fit its latest notice, or with `whole` is gone; `rows` are by table."""
    for table, now in rows.items():
        told = {one.about: one for one in Notice.objects.filter(about__startswith=f"{table} ").order_by("pk")}
        for about, said in now.items():
            if about not in told:
                yield about, Say("公开记录里没有它的条目", "it has no entry in the public log")
            elif told[about].said != dict(said):
                yield about, Say("和公开记录的条目对不上", "it does not fit its entry in the public log")
        for about in told.keys() - now.keys() if whole else ():
            yield about, Say("这一行没有了", "this row is gone")


def check_notices() -> Iterator[tuple[str, Say]]:
    """(row, what is wrong) where a notice is not what its entry says, or the entry is not in the log."""
    for one in Notice.objects.order_by("pk").iterator(5000):
        if not _says(one):
            yield (
                f"record_notice {one.pk} ({one.about})",
                Say("和它的条目对不上", "it does not fit its entry"),
            )
    with connection.cursor() as cursor:
        cursor.execute(LOST)
        for (pk,) in cursor.fetchall():
            yield f"record_notice {pk}", Say("公开记录里没有它的条目", "it has no entry in the public log")


def _says(one: Notice) -> bool:
    try:
        entry, said = unpack(bytes(one.entry)), body(one.about, one.said)
    except Doubt:
        return False
    if one.kind in WITH_PAYLOAD:
        return entry.kind == one.kind and entry.payload == said
    salts = bytes(one.salts or b"")
    made = [group(entry.hash, i, salts[i * HASH : (i + 1) * HASH], b"{}" if i else said) for i in range(3)]
    seq = Notice.objects.filter(about=one.about, pk__lt=one.pk).count()
    return (entry.kind, entry.tag, entry.commitment) == (
        one.kind, tag(key_of(one.about), seq), commitment(entry.hash, made)
    )  # fmt: skip
