"""Compares every event, as the database has it, with its entry in the public log, and names the row that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from django.core.files.storage import default_storage

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import version_day
from bihuan.cases.models import Document
from bihuan.cases.rows import FILES, KEPT_OF, Sealed, Whose, sealed_again, shut_of
from bihuan.core.case.fold import Event
from bihuan.core.line.parts import SHREDDED
from bihuan.core.log import policy
from bihuan.core.log.entry import DELETION, HASH
from bihuan.core.say import Say
from bihuan.record import queries as record
from bihuan.record.actions import note_watch
from bihuan.record.auditing import check_days
from bihuan.record.canonical import key_of
from bihuan.record.models import Watch
from bihuan.record.monitor import Log
from bihuan.record.noticing import check_notices

BATCH = 5000
# Whether the case says in an entry of kind 5 that the words of the event e went, and that what is left is what is there.
TOLD = f"""exists (select from cases_event n left join record_leaf nl on nl.event_id = n.id
    left join record_pending np on np.event_id = n.id where n.case_id = e.case_id and n.name = '{SHREDDED}'
    and n.data -> 'steps' @> jsonb_build_array(jsonb_build_object('seq', e.seq, 'left', o.digest))
    and get_byte(coalesce(nl.entry, np.entry), 4) = {DELETION})"""
EVENTS = f"""select e.id, c.number, c.line, c.version, c.matter, e.seq, e.name, extract(epoch from e.at)::bigint + {OFFSET}, e.by,
    e.unit, e.data::text, extract(epoch from e.effective)::bigint + {OFFSET}, e.role, k.key, o.digest, o.salts,
    coalesce(l.entry, p.entry), l.idx, {FILES}::text, {KEPT_OF}::text, {TOLD}
    from cases_event e left join cases_case c on c.id = e.case_id left join record_key k on k.case_id = e.case_id
    left join record_outbox o on o.event_id = e.id left join record_leaf l on l.event_id = e.id
    left join record_pending p on p.event_id = e.id where e.id > %s order by e.id limit %s"""
GONE = """select o.event_id, null::bigint from record_outbox o where not exists
    (select from cases_event e where e.id = o.event_id)
    union all select l.event_id, l.idx from record_leaf l where l.event_id is not null and not exists
    (select from record_outbox o where o.event_id = l.event_id) order by 1"""
# Keys that are destroyed without a notice of it in the log, and keys that are there again.
NOTICED = f"""n.name = '{SHREDDED}' and n.data ? 'key' and get_byte(coalesce(
    (select l.entry from record_leaf l where l.event_id = n.id), (select p.entry from record_pending p where p.event_id = n.id)), 4)
    = {DELETION}"""
KEYS = f"""select k.case_id, true from record_key k where k.key = '' and not exists
    (select from cases_event n where n.case_id = k.case_id and {NOTICED}) union all
    select k.case_id, false from cases_event n join record_key k on k.case_id = n.case_id where k.key <> '' and {NOTICED}
    order by 1"""

Found = tuple[str, Say]
UNTOLD = Say(
    "内容被抹掉了，公开记录里没有与它相符的删除说明", "its words are gone, and the public log has no notice of deletion that fits it"
)  # fmt: skip
BACK = Say(
    "删除说明说它已经销毁，可它还在", "the notice of deletion says that it was destroyed, and it is there"
)


def check_events(tally: list[int]) -> Iterator[Found]:
    """(row, what is wrong) for every event that is not what its entry commits to; `tally[0]` counts events."""
    last = 0
    opens = {
        (code, version): line.opens_with
        for code, texts in lines.all_lines().items()
        for version, line in texts.items()
    }
    while rows := wall.ask(EVENTS, [last, BATCH], wall.SYSTEM):
        last = rows[-1][0]
        tally[0] += len(rows)
        for row in rows:
            yield from check_event(row, opens)
    for event, idx in wall.ask(GONE, [], wall.SYSTEM):
        where = f"cases_event {event}" if idx is None else f"record_outbox {event} (record_leaf {idx})"
        yield where, Say("这一行没有了", "this row is gone")


def check_keys() -> Iterator[Found]:
    """(row, what is wrong) of every key of a case that is gone and should not be, or the other way round."""
    for case, gone in wall.ask(KEYS, [], wall.SYSTEM):
        yield f"record_key {case}", UNTOLD if gone else BACK


def check_event(row: tuple[Any, ...], opens: dict[tuple[str, int], str]) -> Iterator[Found]:
    (
        pk,
        number,
        line,
        version,
        matter,
        seq,
        name,
        at,
        by,
        unit,
        data,
        effective,
        role,
        key,
        digest,
        salts,
        entry,
        idx,
        files,
        kept,
        told,
    ) = row
    event = Event(name, at, by, unit, orjson.loads(data), effective, role)
    where = f"cases_event {pk} ({number} {seq} {name})"
    if digest is None:
        yield (
            where,
            Say("没有摘要：这一行不是办件写进来的", "no digest: the row was not written by an action"),
        )
        return
    first = opens.get((line, version_day(version)), "") if version else ""
    of = Whose(number or "", line or "", matter or "", first, key_of(key))
    was = Sealed(digest, *(None if one is None else bytes(one) for one in (salts, entry)))
    emptied = orjson.loads(kept) if kept else None
    right = sealed_again(of, seq, event, orjson.loads(files or "[]"), was, shut_of(emptied))
    same = right.digest == digest
    if not same:
        yield where, Say("内容和摘要对不上", "the row does not fit its digest")
    if emptied and not told:
        yield where, UNTOLD
    if right.entry == was.entry:
        return
    if not emptied and any(bytes(salts or b"")[i * HASH : (i + 1) * HASH] == bytes(HASH) for i in range(3)):
        yield where, UNTOLD
    elif entry is None:
        yield where, Say("公开记录里没有它的条目", "it has no entry in the public log")
    else:
        place = Say("还没有排上", "waiting") if idx is None else Say(f"第 {idx} 条", f"entry {idx}")
        what = (
            Say(f"内容没变，而它的条目（{place}）、随它来的文件、盐或者办件的编号变了",
                f"it is unchanged, but its entry ({place.en}), its files, its salts or its case's number changed")
            if same
            else Say(f"和公开记录的条目（{place}）对不上", f"it does not fit its entry in the public log ({place.en})")
        )  # fmt: skip
        yield where, what


def check_files(tally: list[int]) -> Iterator[Found]:
    """Every original on disk is still what its digest says; `tally[0]` counts files."""
    with wall.open_to(wall.SYSTEM):
        rows = Document.objects.exclude(original="").order_by("pk").values_list("pk", "original", "sha256")
        for pk, name, digest in rows.iterator(BATCH):
            tally[0] += 1
            if not default_storage.exists(name):
                yield f"cases_document {pk}", Say(f"文件没有了：{name}", f"the file is gone: {name}")
                continue
            with default_storage.open(name) as file:
                if sha256(file.read()).hexdigest() != digest:
                    yield f"cases_document {pk}", Say(f"文件被改过：{name}", f"the file was changed: {name}")


def watch(home: Path, at: datetime, *, files: bool = False, also: Iterable[Found] = ()) -> Watch:
    """Read everything again and write down what no longer fits: the log, the events, the audit days, the notices, if
    asked the files, and what `also` finds."""
    said, sm2 = record.policy(home), record.sm2_vkey(home)
    log = Log(policy.read(said) if said else None, policy.sm2_key(sm2) if sm2 else None)
    events, on_disk = [0], [0]
    found = [
        *log.check(),
        *check_events(events),
        *check_keys(),
        *check_days(),
        *check_notices(),
        *also,
        *(check_files(on_disk) if files else ()),
    ]
    return note_watch(at, log.edge.size, events[0], found)
