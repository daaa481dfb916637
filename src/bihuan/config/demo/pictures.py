"""Drawn pictures for the demo: the same spot before and after, so that no photograph of a real place is needed."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (480, 360)
POOL = 24
WALLS = ("#d9cfc1", "#c9d2d6", "#d8d5cb", "#cfc4b8")
RUBBISH = ("#5b6b3a", "#7a5c3e", "#8a8f94", "#a6774f", "#3f4a52", "#b9b08d")


@cache
def picture(number: int, state: str) -> bytes:
    """JPEG bytes of one of the spots of the pool, `state` "before" or "after"."""
    place, mess = Random(f"place {number % POOL}"), Random(f"mess {number % POOL}")
    image = Image.new("RGB", SIZE, "#dfe6e8")
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    draw.rectangle((0, 60, width, 210), fill=place.choice(WALLS))
    for i in range(place.randint(3, 5)):
        x = 30 + i * 95 + place.randint(-8, 8)
        draw.rectangle((x, 90, x + 46, 150), fill="#8fa7b0", outline="#6f858d", width=3)
    draw.rectangle((0, 210, width, 250), fill="#b8bdb8")
    draw.rectangle((0, 250, width, height), fill="#8d9293")
    for x in range(-20, width, 90):
        draw.rectangle((x, 300, x + 46, 306), fill="#e8e8e2")
    bins = place.randint(90, 300)
    for x in (bins, bins + 62):
        draw.rectangle((x, 172, x + 50, 240), fill="#2f6f5e", outline="#1f4b40", width=3)
        draw.rectangle((x - 3, 164, x + 53, 174), fill="#1f4b40")
    if state == "before":
        for _ in range(70):
            x, y = int(mess.gauss(bins + 55, 60)), int(mess.gauss(232, 18))
            size = mess.randint(5, 15)
            draw.ellipse((x, y, x + size * 1.4, y + size), fill=mess.choice(RUBBISH))
        for x in (bins, bins + 62):
            draw.ellipse((x - 4, 138, x + 54, 186), fill=mess.choice(RUBBISH))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


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
