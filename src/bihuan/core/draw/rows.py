"""Lines of TAB-separated fields, checked as a whole and a million at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt

import numpy as np
from numpy.typing import NDArray

from bihuan.core.draw.words import Refused

LONGEST_ID = 22  # K ‖ "S" ‖ id is then one block of the hash
TAB, LF = 9, 10


Places = NDArray[np.intp]
Kinds = NDArray[np.uint8]


def body(kind: str, draw: str, raw: bytes) -> tuple[bytes, int, Places, Kinds]:
    """What follows the header, the number of its lines, and where each TAB and LF of the file stands.

    The header is `dr1-<kind> TAB <draw> TAB <number of lines>`.
    """
    view = np.frombuffer(raw, dtype=np.uint8)
    marks = np.flatnonzero((view < 0x21) | (view > 0x7E))
    kinds = view[marks]
    if (wrong := np.flatnonzero((kinds != TAB) & (kinds != LF))).size:
        at = int(marks[wrong[0]])
        raise Refused("byte", file=kind, line=raw.count(b"\n", 0, at) + 1, byte=f"{raw[at]:02x}")
    if not raw.endswith(b"\n"):
        raise Refused("last_lf", file=kind)
    head, _, rest = raw.partition(b"\n")
    lines = int((kinds == LF).sum()) - 1
    _check_header(kind, draw, head, lines)
    return rest, lines, marks[3:], kinds[3:]


def rows(kind: str, draw: str, raw: bytes, wide: int) -> list[bytes]:
    """The fields of all lines after the header, one after the other; each line has `wide` and none is empty."""
    rest, lines, marks, kinds = body(kind, draw, raw)
    if not even(lines, marks, kinds, wide):
        split = (line.split(b"\t") for line in rest.split(b"\n"))
        bad = next(number for number, fields in enumerate(split, 2) if len(fields) != wide or b"" in fields)
        raise Refused("fields", file=kind, line=bad)
    return flattened(rest)


def flattened(rest: bytes) -> list[bytes]:
    """The fields of all lines, one after the other."""
    flat = rest.replace(b"\t", b"\n").split(b"\n")
    flat.pop()
    return flat


def write(kind: str, draw: str, lines: Iterable[Sequence[str]]) -> bytes:
    """The bytes of a file: header, then each line of fields in the order given."""
    made = ["\t".join(line) + "\n" for line in lines]
    return f"dr1-{kind}\t{draw}\t{len(made)}\n{''.join(made)}".encode()


def check_ids(file: str, ids: Sequence[bytes]) -> None:
    """Refuse an id of more than 22 bytes."""
    if max(map(len, ids), default=0) > LONGEST_ID:
        at = next(at for at, one in enumerate(ids) if len(one) > LONGEST_ID)
        raise Refused("id", file=file, line=at + 2)


def check_order(file: str, keys: Sequence[bytes]) -> None:
    """Refuse keys that do not ascend strictly, byte by byte."""
    if all(map(lt, keys, islice(keys, 1, None))):
        return
    at = next(at for at in range(1, len(keys)) if keys[at - 1] >= keys[at])
    name = keys[at].decode().replace("\t", " ")
    raise Refused("double" if keys[at - 1] == keys[at] else "order", file=file, line=at + 2, id=name)


def _check_header(kind: str, draw: str, head: bytes, found: int) -> None:
    match = re.fullmatch(rb"dr1-([a-z]+)\t([!-~]+)\t(0|[1-9][0-9]{0,14})", head)
    if not match or match[1] != kind.encode():
        raise Refused("header", file=kind)
    if match[2] != draw.encode():
        raise Refused("header_draw", file=kind, said=match[2].decode(), draw=draw)
    if int(match[3]) != found:
        raise Refused("header_count", file=kind, said=int(match[3]), found=found)


def even(lines: int, marks: Places, kinds: Kinds, wide: int) -> bool:
    """Does every line have `wide` fields, none of them empty?"""
    if marks.size != lines * wide or (np.diff(marks) == 1).any():
        return False
    each = kinds.reshape(-1, wide)
    return bool((each[:, -1] == LF).all() and (each[:, :-1] == TAB).all())
