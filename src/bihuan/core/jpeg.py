"""A JPEG file looked through without decoding it: whether it goes to its end, and its first strip as a picture.

Decoding twelve megapixels takes thirty times as long as finding out that the file broke off on the way.
"""

from __future__ import annotations

import re

STRIP = 16  # rows: the tallest block that a JPEG is made of
MOST = 64 * 1024  # bytes of picture data that are enough for a strip, or are cut off there
START, END, SCAN = 0xD8, 0xD9, 0xDA
BASELINE = frozenset({0xC0, 0xC1})  # Huffman, sequential: what cameras write
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a segment
# In picture data FF stands before 00, before a restart marker, or before what comes next (ITU-T T.81, B.1.1.5).
NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def strip(body: bytes) -> bytes | None:
    """The first rows of a JPEG as a small JPEG of its own, made with its tables and the beginning of its data; None where
    the file does not run from its start to its end (ITU-T T.81, annex B), has no rows, or comes in several scans: then
    only decoding tells whether it is whole. What follows the end is not looked at: telephones keep more pictures there."""
    if body[:2] != b"\xff\xd8":
        return None
    at, height, head = 2, 0, b""
    while body[at : at + 1] == b"\xff":
        while body[at : at + 1] == b"\xff":
            at += 1
        marker = body[at] if at < len(body) else START
        at += 1
        if marker == END:
            return head or None
        if marker == START:
            return None
        if marker in ALONE:
            continue
        length = int.from_bytes(body[at : at + 2], "big")
        if length < 2 or at + length > len(body):
            return None
        if marker in BASELINE and length >= 8:
            height = at + 3
        at += length
        if marker == SCAN:
            found = NEXT.search(body, at)
            if found is None or not height or head:
                return None
            head = _cut(body, height, at, found.start())
            at = found.start()
    return None


def _cut(body: bytes, height: int, data: int, end: int) -> bytes:
    """The file up to the end of its first scan, or less of it, with fewer rows than it says; b"" where it says none."""
    rows = int.from_bytes(body[height : height + 2], "big")
    few = min(rows, STRIP).to_bytes(2, "big")
    kept = min(end, data + MOST)
    return body[:height] + few + body[height + 2 : kept] + b"\xff\xd9" if rows else b""
