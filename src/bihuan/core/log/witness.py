"""What a witness answers to add-checkpoint (C2SP tlog-witness): it signs only what begins with what it signed before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bihuan.core.log import checkpoint, note
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, from_decimal, to_base64
from bihuan.core.log.note import Key
from bihuan.core.log.tree import EMPTY, proves_consistency

LONGEST = 63
SIZE_TYPE = "text/x.tlog.size"


class Answer(NamedTuple):
    """Status and body; `sign` is the text to cosign once `stand` is stored, None where nothing is signed."""

    status: int
    body: str = ""
    sign: str | None = None
    stand: Checkpoint | None = None


def ask(old: int, proof: Sequence[bytes], signed: str) -> str:
    """The body of a request: the size it was at, the proof, the new checkpoint."""
    return f"old {old}\n{''.join(f'{to_base64(one)}{chr(10)}' for one in proof)}\n{signed}"


def answer(body: bytes, logs: Sequence[Key], stands: dict[str, Checkpoint]) -> Answer:
    """What to say; `stands` holds the latest checkpoint cosigned of each origin."""
    try:
        old, proof, signed = _read(body)
        one = note.parse(signed)
        told = checkpoint.read(one.text)
    except Doubt as doubt:
        return Answer(400, f"{doubt.say.en}\n")
    keys = [key for key in logs if key.name == told.origin]
    if not keys:
        return Answer(404, f"unknown log: {told.origin}\n")
    try:
        trusted = any(checkpoint.sealed(key, one) for key in keys)
    except Doubt:
        trusted = False
    if not trusted:
        return Answer(403, f"not signed by {told.origin}\n")
    if old > told.size:
        return Answer(400, "old is larger than the checkpoint\n")
    stand = stands.get(told.origin, Checkpoint(told.origin, 0, EMPTY))
    if old != stand.size or (old == told.size and stand.root != told.root):
        return Answer(409, f"{stand.size}\n")
    if not proves_consistency(old, told.size, proof, stand.root, told.root):
        return Answer(422, "the proof does not lead from the old tree to the new one\n")
    return Answer(200, "", one.text, told)


def _read(body: bytes) -> tuple[int, list[bytes], str]:
    try:
        head, gap, signed = body.decode().partition("\n\n")
    except UnicodeDecodeError as error:
        raise Doubt("不是 UTF-8 文本", "not UTF-8 text") from error
    first, *rest = head.split("\n")
    if not gap or not first.startswith("old ") or len(rest) > LONGEST:
        raise Doubt("请求写得不对", "the request is malformed")
    return from_decimal(first.removeprefix("old ")), [from_base64(one, 32) for one in rest], signed
