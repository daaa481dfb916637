"""Takes an uploaded picture or PDF: refuses what it is not, reads EXIF aside; later makes the clean copy and prints it.

What the camera wrote (moment, place, direction, make) is evidence: no clock and no due ever reads it.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from bihuan.cases.edge import LOCAL
from bihuan.cases.shapes import BadInput, Upload
from bihuan.cases.unwanted import unwanted
from bihuan.core import jpeg
from bihuan.core.say import Say
from bihuan.core.signal.prints import CROPS, HIGH, WIDE, print_of

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = (
    3300  # of a copy: larger ones are halved, by the decoder where it can, which costs a fifth of resizing
)
SMALL = 512  # the grey picture that prints are made from
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was accepted, as it came. Of a picture people see a copy without metadata, which `develop` makes."""

    kind: str
    name: str
    mime: str
    size: int
    sha256: str
    original: bytes
    ending: str
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    personal: bool = False
    bearing: float | None = None
    camera: str = ""

    @property
    def picture(self) -> bool:
        return self.ending == "jpg"


def take(upload: Upload) -> Taken:
    """The accepted form of an upload; BadInput names the field and what is wrong with the file."""
    field = upload.kind
    size = len(upload.body)
    name = _tidy_name(upload.name)
    if size == 0:
        _refuse(field, f"文件“{name}”是空的(0 字节)", f"File “{name}” is empty (0 bytes)")
    if size > MOST_BYTES:
        _refuse(
            field,
            f"文件“{name}”有 {size / 1048576:.1f} MB,不得超过 10 MB",
            f"File “{name}” has {size / 1048576:.1f} MB; at most 10 MB are taken",
        )
    if why := unwanted(name, upload.body):
        raise BadInput([(field, why)])
    digest = hashlib.sha256(upload.body).hexdigest()
    if upload.body.startswith(b"%PDF-"):
        return Taken(upload.kind, name, "application/pdf", size, digest, upload.body, "pdf")
    return _take_picture(upload, field, name, digest)


def _take_picture(upload: Upload, field: str, name: str, digest: str) -> Taken:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(upload.body), formats=tuple(FORMATS))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        _refuse(
            field,
            f"“{name}”不是照片:只收 JPEG、PNG、WebP 照片和 PDF",
            f"“{name}” is not a picture: JPEG, PNG, WebP and PDF are taken",
        )
    except Image.DecompressionBombError:
        _refuse_pixels(field, name, "?", "?")
    if picture.width * picture.height > MOST_PIXELS:
        _refuse_pixels(field, name, str(picture.width), str(picture.height))
    try:
        exif = picture.getexif()
        taken_at, lon, lat, bearing = _read_exif(exif)
        # a JPEG with more pictures behind the first, as many telephones write, is called MPO; the first is taken
        mime = FORMATS.get(picture.format or "", FORMATS["JPEG"])
        _read_whole(picture, upload.body)
    except (OSError, ValueError, SyntaxError, EOFError):
        _refuse(field, f"照片“{name}”已损坏,无法读取", f"Picture “{name}” is damaged and cannot be read")
    return Taken(
        upload.kind,
        name,
        mime,
        len(upload.body),
        digest,
        upload.body,
        "jpg",
        taken_at,
        lon,
        lat,
        bearing=bearing,
        camera=_camera(exif),
    )


def _read_whole(picture: Image.Image, body: bytes) -> None:
    """Raise what Pillow raises where the picture cannot be read to its end. Of a JPEG that runs to its end one strip is
    decoded, with the tables of all of it; any other picture is decoded whole."""
    strip = jpeg.strip(body)
    if strip is None:
        picture.draft(None, (1, 1))  # read to the end all the same, in a fraction of the time
        picture.load()
    else:
        Image.open(io.BytesIO(strip), formats=("JPEG",)).load()


def develop(original: bytes) -> tuple[bytes, tuple[int, ...]]:
    """(the copy that people see: JPEG, upright, small enough, without metadata; the prints) of an accepted picture. BadInput where
    what lies behind its first strip cannot be read after all."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            clean = upright(Image.open(io.BytesIO(original), formats=tuple(FORMATS)))
        clean.save(out, "JPEG", quality=85, comment=b"")  # the one thing that Pillow takes over unasked
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        say = Say(
            f"这张照片已损坏，无法读取（{error}）；原件还在",
            f"This picture is damaged and cannot be read ({error}); the original is kept",
        )
        raise BadInput([("", say)]) from error
    return out.getvalue(), prints_of(clean)


def upright(picture: Image.Image) -> Image.Image:
    """The picture in RGB, halved until no side is longer than LONGEST_SIDE, then turned as its camera says."""
    longest, parts = max(picture.size), 1
    while longest > LONGEST_SIDE * parts:
        parts *= 2
    # halved before anything else: what comes after costs by the pixel, and a turned picture is a copy
    picture.draft(None, (picture.width // parts or 1, picture.height // parts or 1))
    small = picture if picture.mode == "RGB" else picture.convert("RGB")
    while max(small.size) > LONGEST_SIDE:  # what is not JPEG
        small = small.reduce(2)
    ImageOps.exif_transpose(small, in_place=True)
    return small


def _refuse(field: str, zh: str, en: str) -> Any:
    raise BadInput([(field, Say(zh, en))])


def _refuse_pixels(field: str, name: str, width: str, height: str) -> None:
    _refuse(
        field,
        f"照片“{name}”像素过多({width}×{height}),不得超过 5000 万像素",
        f"Picture “{name}” has too many pixels ({width}×{height}); at most 50 million are taken",
    )


def _tidy_name(name: str) -> str:
    """The last part of a file name without control characters, at most 120 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[-120:] or "file"


def prints_of(picture: Image.Image) -> tuple[int, ...]:
    """The prints of a picture, whole and with its edges cut off a little at a time; none of a flat one."""
    grey = picture.convert("L")
    grey.thumbnail((SMALL, SMALL), Image.Resampling.BOX)
    w, h = grey.size
    found = []
    for cut in CROPS:
        box = (w * cut, h * cut, w - w * cut, h - h * cut)
        patch = grey.resize((WIDE, HIGH), Image.Resampling.BOX, box=box)
        found.append(print_of(patch.tobytes()))
    return tuple(dict.fromkeys(one for one in found if one is not None)) if found[0] is not None else ()


def _camera(exif: Image.Exif) -> str:
    """Make and model as the camera wrote them."""
    said = " ".join(str(exif.get(tag) or "") for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return " ".join("".join(c for c in said if c.isprintable()).split())[:80]


def _read_exif(
    exif: Image.Exif,
) -> tuple[datetime | None, float | None, float | None, float | None]:
    """Moment (local time, as cameras write it), WGS-84 lon and lat, direction in degrees; None where unreadable."""
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    text = str(inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "")
    try:
        taken = datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=LOCAL)
    except ValueError:
        taken = None
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    lat = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S")
    lon = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W")
    if lon is None or lat is None or (lon == 0 and lat == 0):
        lon = lat = None
    return taken, lon, lat, _bearing(gps.get(ExifTags.GPS.GPSImgDirection))


def _bearing(value: Any) -> float | None:
    try:
        turned = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return turned % 360 if turned == turned and abs(turned) <= 360 else None


def _degrees(parts: Any, ref: Any, negative: str) -> float | None:
    try:
        d, m, s = (float(x) for x in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = d + m / 60 + s / 3600
    if value != value or value > 180:
        return None
    return -value if str(ref).upper().startswith(negative) else value
