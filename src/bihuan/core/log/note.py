"""Signed notes (C2SP signed-note): a text, and lines by which known keys vouch for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from bihuan.core.log.doubt import Doubt
from bihuan.core.log.encode import from_base64, to_base64

ED25519, COSIGNATURE, OTHER = b"\x01", b"\x04", b"\xff"
PROMISE, SM2 = OTHER + b"dg-promise1", OTHER + b"SM2-SM3"
TYPES = {ED25519: 32, COSIGNATURE: 32, PROMISE: 32, SM2: 65}  # type of signature → bytes of a public key
DASH = "— "
MOST = 100  # signature lines, as Go's note package takes them


@dataclass(frozen=True, slots=True)
class Key:
    """A public key under its name; `type` says what kind of signature it gives."""

    name: str
    type: bytes
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ LF ‖ type ‖ public)."""
        return sha256(self.name.encode() + b"\n" + self.type + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(self.type + self.public)}"


class Line(NamedTuple):
    """One signature line: who, which key, and the signature itself."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {to_base64(self.id + self.signature)}\n"


class Note(NamedTuple):
    """A text that ends in LF, and its signature lines in order."""

    text: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.lines))}"


def key(text: str) -> Key:
    """The key of a vkey `name+id+base64`; a wrong id, type or length is a Doubt."""
    name, _, rest = text.partition("+")
    said, _, body = rest.partition("+")
    if not good_name(name):
        raise Doubt(f"公钥的名字不对：{text[:60]}", f"the name of the key is malformed: {text[:60]}")
    data = from_base64(body)
    for kind, size in TYPES.items():
        if data.startswith(kind) and len(data) == len(kind) + size:
            found = Key(name, kind, data[len(kind) :])
            if found.id.hex() != said:
                raise Doubt(f"公钥的编号不对：{name}", f"the id of the key is wrong: {name}")
            return found
    raise Doubt(f"不认识这种公钥：{name}", f"this kind of key is unknown: {name}")


def good_name(name: str) -> bool:
    """Not empty, no plus, no blank of any kind, nothing that does not print."""
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " or c == "\ufeff" for c in name)


def parse(text: str) -> Note:
    """Text and signature lines of a note, whoever signed it; a malformed note is a Doubt."""
    if any(c < " " and c != "\n" for c in text):
        raise Doubt("签名文本里有控制字符", "the note has control characters")
    split = text.rfind("\n\n")
    if split < 0 or not text.endswith("\n"):
        raise Doubt("签名文本没有签名行", "the note has no signature lines")
    lines = text[split + 2 : -1].split("\n")
    if len(lines) > MOST:
        raise Doubt("签名行太多", "there are too many signature lines")
    return Note(text[: split + 1], tuple(map(_line, lines)))


def lines(text: str) -> tuple[Line, ...]:
    """Signature lines by themselves, as a witness answers them; a malformed one is a Doubt."""
    if not text.endswith("\n"):
        raise Doubt("签名行没有结尾", "the signature lines do not end")
    return tuple(map(_line, text[:-1].split("\n")))


def _line(text: str) -> Line:
    name, _, body = text.removeprefix(DASH).partition(" ")
    if not text.startswith(DASH) or not good_name(name):
        raise Doubt("签名行写得不对", "a signature line is malformed")
    data = from_base64(body)
    if len(data) < 5:
        raise Doubt("签名太短", "the signature is too short")
    return Line(name, data[:4], data[4:])


def of(key: Key, lines: Sequence[Line]) -> Line | None:
    """The first line that bears the name and id of the key."""
    return next((line for line in lines if line.name == key.name and line.id == key.id), None)
