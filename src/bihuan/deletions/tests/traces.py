"""Looks for values everywhere they could have been left: tables, files, messages, sessions, a dump, caches, logs."""

from __future__ import annotations

import io
import subprocess
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from pypdf import PdfReader

from bihuan.config import postgres


def traces(owner: psycopg.Connection, home: Path, values: Sequence[bytes]) -> set[str]:
    """Where any of the values is found: table and column, folder, or what it is called beside the database."""
    places = (*everything(owner), *files(Path(settings.MEDIA_ROOT), home), *beside(owner))
    return {where for where, body in places if any(value in body for value in values)}


def everything(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """Every value of every column of every table as it is stored, past all walls; sessions opened, packed ones unpacked."""
    tables = owner.execute(
        "select tablename from pg_tables where schemaname = 'public' order by 1"
    ).fetchall()
    for (table,) in tables:
        cursor = owner.execute(f'select * from "{table}"')
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            for name, value in zip(names, row, strict=True):
                body = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                yield f"{table}.{name}", body
                if table == "django_session" and name == "session_data":
                    yield f"{table}.{name}", str(SessionStore().decode(str(value))).encode()


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its name; a PDF as its text too, whatever is deflated unpacked."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            body = path.read_bytes()
            where = f"file {path.relative_to(folder).parts[0]}"
            yield where, path.name.encode() + body
            if body.startswith(b"%PDF") and b"/Pages" in body:
                yield (
                    where,
                    "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode(),
                )
            for part in body.split(b"stream\n")[1:]:
                try:
                    yield where, zlib.decompressobj().decompress(part)
                except zlib.error:
                    continue


def beside(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """A plain dump of the database, what PostgreSQL logged, and what the cache of the process holds."""
    home, info = postgres.home(), owner.info
    dump = [
        postgres.binaries(home) / "pg_dump",
        "-h",
        info.host,
        "-p",
        str(info.port),
        "-U",
        info.user,
        info.dbname,
    ]
    yield "a dump", subprocess.run(dump, check=True, capture_output=True).stdout
    yield "log of PostgreSQL", (home / "pg.log").read_bytes()
    yield from (("cache", f"{key} {value!r}".encode()) for key, value in caches["default"]._cache.items())  # type: ignore[attr-defined]
