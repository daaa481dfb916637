"""Writes of the catalogue: an edition brings rows, ends those that changed, and keeps the old ones readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from bihuan.core.items.find import numbers
from bihuan.core.items.parts import ORDER, Item
from bihuan.core.items.read import Bad, Said, entry_of, read_tables
from bihuan.core.rows import Loaded, RowError
from bihuan.core.table import csv_rows
from bihuan.items.models import Edition, Entry, Sought
from bihuan.items.queries import around, edition
from bihuan.items.sheet import table_rows

SEED = Path(__file__).parent / "seed"
LOCK = 81_204  # recordings of the catalogue take turns


def record_entries(
    good: Mapping[str, Mapping[str, Said]], *, by: str, at: datetime, source: str, whole: bool = False
) -> Loaded:
    """Bring the catalogue to what these rows say; with `whole`, entries of a table given that are not in it end.

    Running it twice changes nothing and makes no edition.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        fresh: list[tuple[str, str, Said]] = []
        changed: list[tuple[str, str, Said]] = []
        closing: list[int] = []
        ended = 0
        for table, rows in good.items():
            there = {one.code: one for one in Entry.objects.filter(table=table, until=None)}
            for code, said in rows.items():
                if code not in there:
                    fresh.append((table, code, said))
                elif there[code].said != said:
                    changed.append((table, code, said))
                    closing.append(there[code].pk)
            if whole:
                gone = [one.pk for code, one in there.items() if code not in rows]
                closing += gone
                ended += len(gone)
        if fresh or closing:
            made = Edition.objects.create(
                at=at, by=by, source=source[:200], added=len(fresh), changed=len(changed), ended=ended
            )
            Entry.objects.filter(pk__in=closing).update(until=at)
            Entry.objects.bulk_create(
                [
                    Entry(table=table, code=code, said=said, since=at, edition=made)
                    for table, code, said in [*fresh, *changed]
                ],
                batch_size=2000,
            )
            if "items" in good:
                look_up_by(code for table, code, _ in [*fresh, *changed] if table == "items")
    return Loaded(len(fresh), len(changed), ended)


def look_up_by(codes: Iterable[str]) -> None:
    """Bring what items are looked up by to what is in force: these codes anew, those that ended away."""
    wanted = set(codes)
    there = Entry.objects.filter(table="items", until=None)
    rows = []
    for code, said in there.filter(code__in=wanted).values_list("code", "said"):
        item = entry_of("items", said)
        if isinstance(item, Item):
            rows.append(Sought(code=code, terms=numbers(item)))
    Sought.objects.filter(Q(code__in=wanted) | ~Q(code__in=there.values("code"))).delete()
    Sought.objects.bulk_create(rows, batch_size=2000)


def load_items(at: datetime, day: int, units: Mapping[str, tuple[str, str]], folder: Path = SEED) -> Loaded:
    """Load the example catalogue where there is none yet: a district's own list is never overwritten by it."""
    if edition():
        return Loaded()
    tables = {}
    for table in ORDER:
        text = (folder / f"{table}.csv").read_text(encoding="utf-8")
        tables[table] = table_rows(table, csv_rows(text))
    read = read_tables(tables, around(day, units))
    if read.bad:
        raise RowError("; ".join(told(bad) for bad in read.bad[:5]))
    return record_entries(read.good, by="", at=at, source="示例目录，待与本区清单核对")


def told(bad: Bad) -> str:
    """A bad row in one line, in both languages."""
    reasons = "; ".join(f"{column}: {say} / {say.en}" for column, say in bad.faults)
    return f"{bad.table}:{bad.line} {bad.code}: {reasons}"
