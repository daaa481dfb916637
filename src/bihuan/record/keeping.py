"""Files of the log and of a witness: keys that only their owner reads, the policy, where a witness stands."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from bihuan.core.crypto import sm2
from bihuan.core.crypto.ed25519 import public_of
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.note import COSIGNATURE, ED25519, PROMISE, SM2, Key


def new_key(file: Path) -> bytes:
    """32 random bytes, readable by this account only; a file that is there already is FileExistsError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    seed = secrets.token_bytes(32)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(seed.hex() + "\n")
    return seed


def seed_of(file: Path) -> bytes:
    """The key of a file; one that others may read is a PermissionError."""
    if file.stat().st_mode & 0o077:
        raise PermissionError(f"{file} can be read by other accounts; chmod 600")
    return bytes.fromhex(file.read_text().strip())


def log_key(origin: str, seed: bytes) -> Key:
    return Key(origin, ED25519, public_of(seed))


def sm2_key(origin: str, secret: bytes) -> Key:
    """The log's key for its second signature; one in 2^32 random secrets is out of range, a ValueError."""
    return Key(origin, SM2, sm2.public_of(secret))


def promise_key(name: str, seed: bytes) -> Key:
    """The key of promises: the site's own, so that it can promise at once without the log's key."""
    return Key(name, PROMISE, public_of(seed))


def witness_key(name: str, seed: bytes) -> Key:
    return Key(name, COSIGNATURE, public_of(seed))


def keep(file: Path, body: bytes) -> None:
    """Write durably: beside, fsync, rename, fsync of the folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    with beside.open("wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def stands_of(file: Path) -> dict[str, Checkpoint]:
    """The latest checkpoint cosigned of each origin; none before the first."""
    if not file.exists():
        return {}
    rows = json.loads(file.read_text())
    return {origin: Checkpoint(origin, size, bytes.fromhex(root)) for origin, (size, root) in rows.items()}


def keep_stands(file: Path, stands: dict[str, Checkpoint]) -> None:
    keep(file, json.dumps({one.origin: [one.size, one.root.hex()] for one in stands.values()}).encode())
