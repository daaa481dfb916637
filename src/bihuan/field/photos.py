"""Photos that came ahead of their entry: laid aside under their own digest, so that sending one again adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "field-drafts"
KEPT = timedelta(days=7)  # a worker's long holiday; the telephone has the photo until the entry is taken
SWEEP = 200


def lay_aside(worker: str, digest: str, body: bytes, now: datetime) -> bool:
    """Keep a photo; False where its bytes are not those of the digest: the line was cut on the way."""
    if sha256(body).hexdigest() != digest:
        return False
    name = where(worker, digest)
    if laid_aside(worker, digest) is None:
        default_storage.delete(name)  # what a crash left of it
        default_storage.save(name, ContentFile(body))
    sweep(now)
    return True


def laid_aside(worker: str, digest: str) -> bytes | None:
    """The photo, None where it is not here or not whole."""
    name = where(worker, digest)
    if not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        body: bytes = file.read()
    return body if sha256(body).hexdigest() == digest else None


def drop(worker: str, digests: Sequence[str]) -> None:
    """Forget photos whose entry was taken."""
    for digest in digests:
        default_storage.delete(where(worker, digest))


def where(worker: str, digest: str) -> str:
    return f"{FOLDER}/{worker}-{digest}.bin"


def sweep(now: datetime) -> None:
    """Take away what was never asked for."""
    for name in default_storage.listdir(FOLDER)[1][:SWEEP]:
        path = f"{FOLDER}/{name}"
        if now - default_storage.get_modified_time(path) > KEPT:
            default_storage.delete(path)
