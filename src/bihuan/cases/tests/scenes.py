"""Invented street scenes that can be told apart, and what people do to a picture before they hand it in again."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from PIL import ExifTags, Image, ImageDraw, ImageEnhance, ImageFilter


def scene(seed: int, width: int = 800, height: int = 600) -> Image.Image:
    """Sky, ground and a few dozen things, always the same for one seed."""
    chance = Random(seed)
    colours = [tuple(chance.randrange(256) for _ in range(3)) for _ in range(2)]
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        part = y / height
        draw.line(
            [(0, y), (width, y)],
            fill=tuple(int(a * (1 - part) + b * part) for a, b in zip(*colours, strict=True)),
        )
    for _ in range(chance.randrange(12, 40)):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(20, 260)
        colour = tuple(chance.randrange(256) for _ in range(3))
        box = (x - size // 2, y - size // 3, x + size // 2, y + size // 3)
        (draw.rectangle if chance.randrange(2) else draw.ellipse)(box, fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(2))


def jpeg(picture: Image.Image, quality: int = 90, **exif: Any) -> bytes:
    """The file; `exif` are taken, lon, lat, bearing, make, model as a telephone writes them."""
    data = Image.Exif()
    if "taken" in exif:
        data.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = exif["taken"]
    for key, tag in (("make", ExifTags.Base.Make), ("model", ExifTags.Base.Model)):
        if key in exif:
            data[tag] = exif[key]
    gps = data.get_ifd(ExifTags.IFD.GPSInfo)
    for key, ref, tag, side in (
        ("lat", ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude, "N"),
        ("lon", ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude, "E"),
    ):
        if key in exif:
            minutes = exif[key] % 1 * 60
            gps[ref], gps[tag] = side, (float(int(exif[key])), float(int(minutes)), minutes % 1 * 60)
    if "bearing" in exif:
        gps[ExifTags.GPS.GPSImgDirectionRef] = "T"
        gps[ExifTags.GPS.GPSImgDirection] = exif["bearing"]
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=data)
    return out.getvalue()


def cut(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Without these shares of its width and height."""
    w, h = picture.size
    return picture.crop((int(w * left), int(h * top), int(w - w * right), int(h - h * bottom)))


def lit(picture: Image.Image, light: float) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(light)
