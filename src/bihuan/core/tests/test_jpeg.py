"""A file that broke off is found without decoding it, and what is decoded in its stead has its tables."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bihuan.core.jpeg import STRIP, strip

NOISE = Image.effect_noise((96, 64), 60).convert("RGB")


def written(**more: object) -> bytes:
    out = io.BytesIO()
    NOISE.save(out, "JPEG", **more)
    return out.getvalue()


WAYS = [written(), written(restart_marker_blocks=2), written(subsampling=0, optimize=True)]
SMALL = Image.new("RGB", (8, 8))


def thumbnailed() -> bytes:
    """With a whole JPEG inside, as cameras keep a small one within EXIF."""
    inner = io.BytesIO()
    SMALL.save(inner, "JPEG")
    plain = written()
    return (
        plain[:2]
        + b"\xff\xe1"
        + (len(inner.getvalue()) + 2).to_bytes(2, "big")
        + inner.getvalue()
        + plain[2:]
    )


def test_every_way_of_writing_gives_the_first_rows() -> None:
    for body in [*WAYS, thumbnailed()]:
        small = strip(body)
        assert small is not None
        image = Image.open(io.BytesIO(small))
        image.load()
        assert image.size == (NOISE.width, STRIP)
        whole = Image.open(io.BytesIO(body)).convert("RGB")
        assert image.convert("RGB").getpixel((40, 3)) == whole.getpixel((40, 3)), "the same rows"


def test_what_comes_in_several_scans_is_left_to_the_decoder() -> None:
    assert strip(written(progressive=True)) is None


def test_more_pictures_behind_the_first_are_not_looked_at() -> None:
    assert strip(WAYS[0] + b"\x00" * 100) == strip(WAYS[0]) == strip(WAYS[0] + WAYS[1][:50])


def test_no_file_that_breaks_off_is_whole() -> None:
    for body in [*WAYS, thumbnailed()]:
        assert [n for n in range(len(body)) if strip(body[:n]) is not None] == []


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body: bytes) -> None:
    assert strip(body) is None or body[:2] == b"\xff\xd8"
    assert strip(b"\xff\xd8" + body) is None or b"\xff\xd9" in body


def reads(body: bytes) -> bool:
    try:
        Image.open(io.BytesIO(body)).load()
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
    return True


@given(st.sampled_from(WAYS), st.data())
def test_what_passes_can_be_decoded_to_its_end(body: bytes, data: st.DataObject) -> None:
    """One byte is another one: what is found whole and gives a strip gives the picture."""
    at = data.draw(st.integers(0, len(body) - 1))
    bad = body[:at] + bytes([data.draw(st.integers(0, 255))]) + body[at + 1 :]
    small = strip(bad)
    if small is not None and reads(small):
        assert reads(bad)
