"""What was asked once for a bundle is there for each part: whom to reach, and the papers that the part needs."""

from __future__ import annotations

from django.db import connection

from bihuan.cases.family import Family, Member
from bihuan.cases.rows import Kept

CONTACT = """insert into cases_contact (case_id, name, phone, data)
    select %s, name, phone, data from cases_contact where case_id = %s"""
COPIED = "name, mime, size, sha256, file, original, personal, taken_at, taken_lon, taken_lat, taken_bearing, camera, server_at"
OF_WHOLE = "from cases_document where case_id = %s and event_seq = 1 and kind = %s"
PAPER = f"insert into cases_document (case_id, event_seq, kind, {COPIED}) select %s, 1, %s, {COPIED} {OF_WHOLE} order by id"


def new_parts(family: Family) -> list[Member]:
    return [member for member in family.members.values() if member.gets is not None]


def name_papers(family: Family, kept: Kept | None) -> None:
    """Say of each new part which files come with it, before its first entry in the public log is written."""
    for part in new_parts(family):
        fresh = (
            kept
            if kept is not None and kept.member.id == part.parent and kept.member.new is not None
            else None
        )
        for kind, becomes in (part.gets or {}).items():
            if fresh is not None:
                digests = [one.sha256 for one in fresh.taken if one.kind == kind]
            else:
                with connection.cursor() as cursor:
                    cursor.execute(f"select sha256 {OF_WHOLE}", [part.parent, kind])
                    digests = [row[0] for row in cursor.fetchall()]
            part.came += [[becomes, digest] for digest in digests]
        part.came.sort()


def share(family: Family) -> None:
    """Give each new part its copy of the contact and of its papers; the files themselves are kept once."""
    with connection.cursor() as cursor:
        for part in new_parts(family):
            cursor.execute(CONTACT, [part.id, part.parent])
            for kind, becomes in (part.gets or {}).items():
                cursor.execute(PAPER, [part.id, becomes, part.parent, kind])
