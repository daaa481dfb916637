"""Drawn pictures for the demo: a spot before and after, each taken anew, so that no photograph of a real place is needed."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (400, 300)
SHOWN = (320, 240)
WALLS = ("#d9cfc1", "#c9d2d6", "#d8d5cb", "#cfc4b8", "#8d7f74", "#a9b4a0", "#6f7c86", "#b98d72")
SKIES = ("#dfe6e8", "#b9cddb", "#9fb3c2", "#e9e2d4", "#7f93a3")
GREENS = ("#4d6b46", "#3b5a3c", "#6d8a5a", "#7c8f4f")
RUBBISH = ("#5b6b3a", "#7a5c3e", "#8a8f94", "#a6774f", "#3f4a52", "#b9b08d")


def picture(number: int, state: str, kind: str) -> bytes:
    """JPEG bytes of a spot, `state` "before" or "after"; each `kind` of picture is framed by another hand."""
    place, hand = Random(f"place {number}"), Random(f"hand {number} {kind}")
    image = _street(place)
    if state == "before":
        _mess(ImageDraw.Draw(image), Random(f"mess {number}"), place.randint(60, 240))
    left, top, right, bottom = (hand.uniform(0.0, 0.2) for _ in range(4))
    w, h = SIZE
    out = BytesIO()
    framed = image.crop((int(w * left), int(h * top), int(w - w * right), int(h - h * bottom)))
    framed.resize(SHOWN, Image.Resampling.BILINEAR).save(out, "JPEG", quality=60)
    return out.getvalue()


def _street(place: Random) -> Image.Image:
    """Sky, houses of several heights, trees, the road: no two spots alike."""
    width, height = SIZE
    image = Image.new("RGB", SIZE, place.choice(SKIES))
    draw, x = ImageDraw.Draw(image), -place.randint(0, 60)
    while x < width:
        wide, top = place.randint(45, 150), place.randint(5, 130)
        draw.rectangle((x, top, x + wide, 190), fill=place.choice(WALLS))
        for wx in range(x + 12, x + wide - 20, 30):
            for wy in range(top + 14, 160, 36):
                draw.rectangle(
                    (wx, wy, wx + 16, wy + 22), fill=place.choice(("#5f7480", "#8fa7b0", "#e4d7a8"))
                )
        x += wide + place.choice((0, 0, place.randint(8, 40)))
    draw.rectangle((0, 190, width, 220), fill=place.choice(("#b8bdb8", "#9a9c94", "#cfcabd")))
    draw.rectangle((0, 220, width, height), fill=place.choice(("#8d9293", "#6a6e70", "#a8a49b")))
    for _ in range(place.randint(2, 7)):
        x, y, size = place.randint(0, width), place.randint(60, 260), place.randint(25, 90)
        draw.ellipse((x - size, y - size, x + size, y + size * 0.7), fill=place.choice(GREENS))
    for _ in range(place.randint(1, 4)):
        x, y = place.randint(0, width), place.randint(215, 280)
        draw.rectangle((x, y, x + place.randint(40, 110), y + 34), fill=place.choice(WALLS + RUBBISH))
    return image


def _mess(draw: ImageDraw.ImageDraw, mess: Random, middle: int) -> None:
    """A heap of rubbish on the pavement."""
    for _ in range(60):
        x, y, size = int(mess.gauss(middle + 40, 50)), int(mess.gauss(212, 16)), mess.randint(5, 14)
        draw.ellipse((x, y, x + size * 1.4, y + size), fill=mess.choice(RUBBISH))


def paper(title: str) -> bytes:
    """A one-page PDF that says it is an example: evidence in the demo is a form, not a fact."""
    words = f"BT /F1 18 Tf 72 740 Td (Example document: {title}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
