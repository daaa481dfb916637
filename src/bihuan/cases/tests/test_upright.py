"""A picture is shown upright, however the telephone was held, and small enough for a telephone to fetch."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image

from bihuan.cases import photo
from bihuan.cases.shapes import Upload

# EXIF 2.32 §4.6.4, orientation: which corner of what the camera wrote is the top left of what was seen.
CORNERS = {1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "left bottom",
           7: "right bottom", 8: "right top"}  # fmt: skip


def written(turn: int, size: tuple[int, int], how: str) -> bytes:
    """Dark, with one bright corner: the one that people saw at the top left."""
    image, (w, h) = Image.new("RGB", size, (20, 20, 20)), size
    side, height = CORNERS[turn].split()
    x, y = 0 if side == "left" else w - w // 4, 0 if height == "top" else h - h // 4
    image.paste((250, 250, 250), (x, y, x + w // 4, y + h // 4))
    said, out = Image.Exif(), io.BytesIO()
    said[ExifTags.Base.Orientation] = turn
    image.save(out, how, exif=said)
    return out.getvalue()


def shown(body: bytes) -> Image.Image:
    """The public copy of an uploaded picture."""
    return Image.open(io.BytesIO(photo.develop(photo.take(Upload("f", "a.jpg", body)).original)[0]))


@pytest.mark.parametrize("how", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", sorted(CORNERS))
def test_every_way_to_hold_a_telephone_is_shown_upright(turn: int, how: str) -> None:
    copy = shown(written(turn, (64, 48), how))
    assert copy.size == ((64, 48) if turn < 5 else (48, 64))
    assert copy.convert("L").getpixel((3, 3)) > 200, "the corner that was seen at the top left is there"  # type: ignore[operator]
    assert ExifTags.Base.Orientation not in copy.getexif(), "or a browser turned it once more"


@pytest.mark.parametrize(
    ("size", "copied"),
    [
        ((4032, 3024), (1512, 2016)), ((3264, 2448), (2448, 3264)), ((3301, 10), (5, 1651)), ((8000, 6), (2, 2000)),
        ((1, 3301), (1651, 1)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["JPEG", "PNG"])
def test_a_large_one_is_halved_until_it_is_small_enough(
    size: tuple[int, int], copied: tuple[int, int], how: str
) -> None:
    copy = shown(written(6, size, how))
    assert max(copy.size) <= photo.LONGEST_SIDE
    assert max(abs(a - b) for a, b in zip(copy.size, copied, strict=True)) <= 2
