"""The rows of one write as one SQL statement: events, their digests, projections, files. Built here, run in actions."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from django.conf import settings

from bihuan.cases.edge import OFFSET, to_date
from bihuan.cases.family import Member
from bihuan.cases.photo import Taken
from bihuan.cases.project import Projection
from bihuan.core.case.fold import Event
from bihuan.core.line.parts import SHREDDED
from bihuan.core.log.entry import DELETION, HASH, INTERNAL, PERSONAL, hash_of, tag
from bihuan.core.log.entry import EVENT as EVENT_ENTRY
from bihuan.core.signal.prints import keys, signed
from bihuan.people.queries import person_number
from bihuan.record.canonical import SALTS, Shut, digest, entry, groups, tag_of

PROJECTED = {
    "state": "%s", "outcome": "%s", "final": "%s", "parties": "%s::jsonb", "holder": "%s", "units": "%s::varchar[]",
    "closed_at": "to_timestamp(%s)", "due_at": "to_timestamp(%s)", "plain_due_at": "to_timestamp(%s)",
    "wake_at": "to_timestamp(%s)", "rank": "%s", "stopped": "%s", "late": "%s", "provisional": "%s",
}  # fmt: skip
EVENT = {
    "case_id": "%s", "seq": "%s", "name": "%s", "by": "%s", "unit": "%s", "role": "%s", "at": "to_timestamp(%s)",
    "effective": "to_timestamp(%s)", "data": "%s::jsonb",
}  # fmt: skip
EVENT_MARKS = f"({', '.join(EVENT.values())})"
DOCUMENT = {
    "case_id": "%s", "event_seq": "%s", "kind": "%s", "name": "%s", "mime": "%s", "size": "%s", "sha256": "%s",
    "file": "%s", "original": "%s", "personal": "%s", "taken_at": "%s", "taken_lon": "%s", "taken_lat": "%s",
    "taken_bearing": "%s", "camera": "%s", "server_at": "to_timestamp(%s)",
}  # fmt: skip
BY_ITSELF = ("", "clock", "children")  # nobody's hand
LETTER = "letter:"
# What `files_of` says, from what is stored; of the event e.
FILES = f"""(select json_agg(json_build_array(d.kind, d.sha256) order by d.kind collate "C", d.sha256)
    from cases_document d where d.case_id = e.case_id and d.event_seq = e.seq and d.kind not like '{LETTER}%%')"""
# What was kept of the event e where its words were deleted; null where they were not.
KEPT_OF = (
    "(select json_build_array(s.part, encode(s.kept, 'hex')) from record_shred s where s.event_id = e.id)"
)
PROJECTED_SET = ", ".join(f"{column} = {mark}" for column, mark in PROJECTED.items())


class Kept(NamedTuple):
    """What is stored beside the events: which event was asked for, its key, files and contact."""

    member: Member
    seq: int
    key: str | None
    request: str
    taken: Sequence[Taken]
    contact: Mapping[str, Any]


class Whose(NamedTuple):
    """The case an event is of, as its entry in the public log says it."""

    number: str
    line: str
    matter: str
    opens_with: str
    key: bytes | None  # None: destroyed at the end of keeping


class Sealed(NamedTuple):
    """What stands beside an event: its digest, its salts and its entry in the public log; None where it has none."""

    digest: str | None
    salts: bytes | None
    entry: bytes | None


class Writes:
    """Rows collected into one statement: every CTE runs to its end, whether or not anything reads it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.params: list[Any] = []
        self.events: list[str] = []
        self.event_params: list[Any] = []
        self.outbox_params: list[Any] = []
        self.digests: dict[tuple[int, int], str] = {}

    def add(self, sql: str, params: Sequence[Any]) -> None:
        self.parts.append(f"w{len(self.parts)} as ({sql})")
        self.params += params

    def add_case(self, member: Member, now: Projection) -> None:
        """A new row; the columns of `member.new` come from `open_case`."""
        columns = identity(member, now)
        names = ", ".join([*columns, *PROJECTED])
        marks = ", ".join(
            [*("to_timestamp(%s)" if c == "opened_at" else "%s" for c in columns), *PROJECTED.values()]
        )
        self.add(f"insert into cases_case ({names}) values ({marks})", [*columns.values(), *projected(now)])

    def move_case(self, member: Member, now: Projection) -> None:
        self.add(*move_sql(member.id, now))

    def add_events(self, member: Member, fresh: Sequence[Event], kept: Kept | None = None) -> None:
        """The events, and for each its digest and its entry in the public log; the files came with `kept.seq`."""
        if fresh and member.key == b"":
            member.key = secrets.token_bytes(HASH)
            self.add("insert into record_key (case_id, key) values (%s, %s)", [member.id, member.key])
        for seq, e in enumerate(fresh, member.stored + 1):
            said = seal(member.number, seq, e)
            self.digests[member.id, seq] = said
            self.events.append(EVENT_MARKS)
            self.event_params += event_values(member.id, seq, e)
            salts = secrets.token_bytes(SALTS)
            came = kept.taken if kept is not None and (kept.member, kept.seq) == (member, seq) else ()
            self.outbox_params += [
                member.id,
                seq,
                said,
                salts,
                entry_of(
                    whose(member),
                    seq,
                    e,
                    files_of(came) if came or seq > 1 else member.came,
                    salts,
                    settings.RECORD_SUITE.hash,
                ),
            ]

    def add_owed(self, pk: int, seq: int, at: int) -> None:
        """Letters of this event, for the worker."""
        self.add(
            "insert into cases_owed (case_id, seq, tries, error, again_at) values (%s, %s, 0, '', to_timestamp(%s))",
            [pk, seq, at - OFFSET],
        )

    def add_kept(self, kept: Kept, at: int) -> None:
        """The key, the documents and the contact of the action that was asked for."""
        pk = kept.member.id
        if kept.key is not None:
            self.add(
                "insert into cases_key (key, case_id, seq, request_hash) values (%s, %s, %s, %s)",
                [kept.key, pk, kept.seq, kept.request],
            )
        if kept.taken:
            self.add_documents(kept, at)
        if kept.contact:
            self.add(
                "insert into cases_contact (case_id, name, phone, data) values (%s, %s, %s, %s::jsonb) "
                "on conflict (case_id) do update set name = coalesce(nullif(excluded.name, ''), cases_contact.name), "
                "phone = coalesce(nullif(excluded.phone, ''), cases_contact.phone), "
                "data = cases_contact.data || excluded.data",
                [
                    pk,
                    kept.contact["name"],
                    kept.contact["phone"],
                    orjson.dumps(kept.contact["data"]).decode(),
                ],
            )

    def add_documents(self, kept: Kept, at: int) -> None:
        """The files in their order, and which of them are pictures still to be developed. One INSERT: parts of a
        statement that nothing reads run in no order, and ids would be given backwards."""
        row = f"w{len(self.parts)}"
        one_row = f"({', '.join(DOCUMENT.values())})"
        self.add(
            f"insert into cases_document ({', '.join(DOCUMENT)}) values {', '.join([one_row] * len(kept.taken))} returning id",
            [value for one in kept.taken for value in document_values(one, kept.member.id, kept.seq, at)],
        )
        pictures = [n for n, one in enumerate(kept.taken, 1) if one.picture]
        if pictures:
            self.add(
                "insert into cases_undeveloped (document_id, tries, error, again_at) select id, 0, '', to_timestamp(%s)"
                f" from (select id, row_number() over (order by id) n from {row}) d where n = any(%s)",
                [at - OFFSET, pictures],
            )

    def statement(self) -> tuple[str, list[Any]]:
        """(SQL, parameters) of everything collected; ("", []) where there is nothing to write."""
        parts, params = list(self.parts), list(self.params)
        if self.events:
            sealed = ", ".join(["(%s::bigint, %s::int, %s, %s::bytea, %s::bytea)"] * len(self.events))
            parts.insert(
                0,
                f"e as (insert into cases_event ({', '.join(EVENT)}) values "
                f"{', '.join(self.events)} returning id, case_id, seq), "
                f"d as (select e.id, v.* from e join (values {sealed}) v (case_id, seq, digest, salts, entry) "
                "using (case_id, seq) order by e.id), "
                "o as (insert into record_outbox (event_id, digest, salts) select id, digest, salts from d), "
                "q as (insert into record_pending (event_id, entry) select id, entry from d)",
            )
            params = [*self.event_params, *self.outbox_params, *params]
        return (f"with {', '.join(parts)} select 1", params) if parts else ("", [])


def identity(member: Member, now: Projection) -> dict[str, Any]:
    """The columns of a new row that no event changes; the moment of opening as seconds of the epoch."""
    return {
        "id": member.id, "number": member.number, "line": member.line.code,
        "version": to_date(member.line.version), "matter": member.case.matter, "title": member.title,
        "parent_id": member.parent, "root": member.root, "data": orjson.dumps(member.data).decode(),
        "cell": member.cell, "community": member.community, "street": member.street, "lookup_hash": "",
        "lon": None, "lat": None, "datum": "", **(member.new or {}), "opened_at": now.opened - OFFSET,
    }  # fmt: skip


def event_values(pk: int, seq: int, e: Event) -> list[Any]:
    """The values of EVENT in its order."""
    data = orjson.dumps(e.data).decode()
    return [pk, seq, e.name, e.by, e.unit, e.role, e.at - OFFSET, e.effective - OFFSET, data]


def document_values(one: Taken, pk: int, seq: int, at: int) -> list[Any]:
    """The values of DOCUMENT in its order."""
    return [
        pk, seq, one.kind, one.name, one.mime, one.size, one.sha256, public_name(one), original_name(one),
        one.personal, one.taken_at, one.lon, one.lat, one.bearing, one.camera, at - OFFSET,
    ]  # fmt: skip


def print_values(prints: Sequence[int]) -> list[list[int]]:
    """(prints, bands) of a picture that shows something."""
    return [[signed(one) for one in prints], sorted({key for one in prints for key in keys(one)})]


def move_sql(pk: int, now: Projection) -> tuple[str, list[Any]]:
    """The statement that writes a projection to its case row."""
    return f"update cases_case set {PROJECTED_SET} where id = %s", [*projected(now), pk]


def projected(now: Projection) -> list[Any]:
    """The values of PROJECTED in its order; moments as seconds of the epoch."""
    moments = [None if t is None else t - OFFSET for t in (now.closed, now.due, now.plain, now.wake)]
    return [
        now.state, now.outcome, now.final, orjson.dumps(now.parties).decode(), now.holder, now.units, *moments,
        now.rank, now.stopped, now.late, now.provisional,
    ]  # fmt: skip


def seal(number: str, seq: int, e: Event) -> str:
    """The digest of an event as the public record holds it."""
    return digest(number, seq, e.name, e.by, e.unit, e.role, e.at, e.effective, e.data)


def whose(member: Member) -> Whose:
    """What the entries of a member say of it."""
    line = member.case.line
    return Whose(member.number, line.code, member.case.matter, line.opens_with, member.key)


def files_of(taken: Sequence[Taken]) -> list[list[str]]:
    """[kind, SHA-256 of the original] of what came with an event; letters are written after it and stand apart."""
    return sorted([one.kind, one.sha256] for one in taken if not one.kind.startswith(LETTER))


def bodies(of: Whose, seq: int, e: Event, files: Sequence[Sequence[str]]) -> tuple[bytes, bytes, bytes]:
    """What the entry of an event commits to; the words of a report and what residents write are personal."""
    public: dict[str, Any] = {
        "at": e.at, "effective": e.effective, "line": of.line, "matter": of.matter, "name": e.name,
        "number": of.number, "seq": seq, "unit": e.unit,
    }  # fmt: skip
    if files:
        public["files"] = files
    if (
        e.name == SHREDDED
    ):  # which steps lost their words, and on what ground, is for everybody with the receipt
        return groups(public | {"shredded": e.data}, e.by, e.role, {}, False)
    return groups(public, e.by, e.role, e.data, part_of(of, e) == PERSONAL)


def shut_of(kept: Sequence[Any] | None) -> Shut | None:
    """What KEPT_OF says; None too for words from before there was a log, of which nothing was committed."""
    return Shut(int(kept[0]), bytes.fromhex(kept[1])) if kept and kept[1] else None


def part_of(of: Whose, e: Event) -> int:
    """In which group the words of an event are: the personal one, or the internal one for what officials wrote."""
    resident = person_number(e.by) is None and e.by not in BY_ITSELF
    return PERSONAL if resident or e.name == of.opens_with else INTERNAL


def kind_of(e: Event) -> int:
    """The kind of an event's entry."""
    return DELETION if e.name == SHREDDED else EVENT_ENTRY


def entry_of(
    of: Whose, seq: int, e: Event, files: Sequence[Sequence[str]], salts: bytes, hash: int, shut: Shut | None = None,
    mark: bytes = b"",
) -> bytes:  # fmt: skip
    """The entry of an event in the public log; `hash` as `core.crypto.hashes` numbers them, `shut` the group that was
    shredded since. Where the key of the case is destroyed its tag is `mark`, or nobody's where it has none yet."""
    said = bodies(of, seq, e, files)
    if of.key is not None:
        mark = tag(of.key, seq)
    return entry(
        mark or secrets.token_bytes(HASH), (e.at - OFFSET) * 1000, salts, said, hash, kind_of(e), shut
    )


def sealed_again(
    of: Whose, seq: int, e: Event, files: Sequence[Sequence[str]], was: Sealed, shut: Shut | None = None
) -> Sealed:  # fmt: skip
    """What should stand beside the event: its digest, and by the salts and the hash that are there its entry."""
    said = seal(of.number, seq, e)
    if was.salts is None:
        return was._replace(digest=said)  # from before there was a log
    right = entry_of(of, seq, e, files, was.salts, hash_of(was.entry), shut, tag_of(was.entry))
    return Sealed(said, was.salts, right)


def public_name(one: Taken) -> str:
    """Where the public copy lies: by what the original is, so that the same picture is kept once."""
    return f"documents/{one.sha256[:2]}/{one.sha256}.{one.ending}"


def original_name(one: Taken) -> str:
    """Where the original lies, with its EXIF; it is never served to the public."""
    return original_path(one.sha256)


def stored(taken: Iterable[Taken]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file as it came; what is no picture is shown as it came, too."""
    for one in taken:
        yield original_name(one), one.original
        if not one.picture:
            yield public_name(one), one.original


def original_path(digest: str) -> str:
    return f"originals/{digest[:2]}/{digest}"
