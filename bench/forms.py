"""An application with three files against an empty Django form, and 200 residents filling in forms at once.

The first through the product's server, one after the other, all sides in each round, with small pictures and with
photographs of a telephone. The peer is an empty Django form that is sent the same: three ImageFields, looked at and let
go. A second one keeps the pictures with three rows. A third has one field and is sent no file; it is shown because the
issue can be read that way, and nothing that receives a file comes near it. Ours also looks whether each picture is
whole, clean and not infected, keeps it on the disk, checks the applicant, and writes session, case and record.
The second with a thread a resident, each of whom opens the form, lays it aside with a file, opens it again and files it with the other two.
"""

from __future__ import annotations

import re
import secrets
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from PIL import ExifTags, Image

from bench.client import Visitor
from bench.measure import Line, Rate
from bench.web import server

ITEM, PAPERS = "P001-1", ("papers.m1", "papers.m4", "papers.m5")
APPLY = f"/hall/items/{ITEM}/apply"
SENDS, ROUNDS, RESIDENTS = 40, 5, 200
HIDDEN = re.compile(rb'<input type="hidden" name="(request_key|draft|draft_code|seen)" value="([^"]*)"')


def answers(n: int) -> dict[str, str]:
    from bihuan.core.codes import invent_uscc

    return {
        "subject": f"示例公司 {n}", "applicant_kind": "organisation", "uscc": invent_uscc(10_000 + n), "contact_name": "示例居民",
        "contact_phone": f"1990001{n:04}", "delivery_way": "window",
    }  # fmt: skip


def small() -> bytes:
    """A picture as the demo has them."""
    out = BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def photograph() -> bytes:
    """A picture of a telephone's size: 12 megapixels, some 3 MB, held upright, so that it says how it is to be turned."""
    size, out = (4032, 3024), BytesIO()
    coarse, middle = (
        Image.effect_noise(part, 100).resize(size, Image.Resampling.BICUBIC)
        for part in ((63, 47), (504, 378))
    )
    grey = Image.blend(Image.blend(coarse, middle, 0.4), Image.effect_noise(size, 18), 0.25)
    tint = Image.effect_noise((40, 30), 90).resize(size, Image.Resampling.BICUBIC)
    said = Image.Exif()
    said[ExifTags.Base.Orientation] = 6
    said[ExifTags.Base.Make] = "Bench"
    Image.merge("YCbCr", (grey, tint, tint)).save(out, "JPEG", quality=90, exif=said)
    return out.getvalue()


def another(picture: bytes) -> bytes:
    """The same JPEG with other bytes in a comment: a picture that was kept before is kept once."""
    return picture[:2] + b"\xff\xfe\x00\x12" + secrets.token_bytes(16) + picture[2:]


def lines() -> list[Line]:
    with server("bench.pages_wsgi:application", {}) as (port, _):
        visitor, found = Visitor(port), []
        visitor.get(APPLY)
        for what, picture, sends in (
            ("小照片 / small", small(), SENDS),
            ("手机照片 / telephone", photograph(), SENDS // 4),
        ):
            found += against(visitor, what, picture, sends)
        return [*found, crowd(port)]


def against(visitor: Visitor, what: str, picture: bytes, sends: int) -> list[Line]:
    """An application with three pictures against three peers, all in turn in each round."""
    plain = tuple(name.removeprefix("papers.") for name in PAPERS)

    def post(path: str, names: tuple[str, ...]) -> Callable[[int], None]:
        def send(n: int) -> None:
            said = answers(n) | {"request_key": secrets.token_hex(16)}
            visitor.send(path, said, tuple((name, another(picture)) for name in names))

        return send

    sides = {
        "application": post(APPLY, PAPERS),
        "empty Django form that is sent the same": post("/receive", plain),
        "plain Django form that keeps the same": post("/keep", plain),
        "Django form with one field": lambda n: visitor.send("/post", {"text": str(n)}),
    }
    took: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(ROUNDS + 1):
        for name, send in sides.items():
            seconds = p95(visitor, send, turn, sends)
            if turn:  # the first warms all
                took[name].append(1 / seconds)
    rates = {name: Rate(f"{name}, p95", tuple(rounds)) for name, rounds in took.items()}
    ours, received, kept, bare = rates.values()
    note = "; ".join(f"{name} {1000 / rate.median:.0f} ms" for name, rate in rates.items())
    head = f"三个文件的申请，{what} ({len(picture) / 1e6:.1f} MB)"
    return [Line(head, ours, received, 0.5, note), Line(head, ours, kept, 0.5), Line(head, ours, bare)]


def crowd(port: int) -> Line:
    """200 residents at once, with small pictures."""
    picture = small()
    seconds, wrong = at_once(port, tuple((name, picture) for name in PAPERS))
    note = (
        f"{wrong} errors; a form filed in {statistics.median(seconds):.1f} s in the median, {max(seconds):.1f} s at the"
        f" longest; {RESIDENTS / max(seconds):.1f} filed a second"
    )
    good = Rate("without error", (1.0 - wrong / RESIDENTS,))
    return Line(f"{RESIDENTS} 人同时填表 / residents at once", good, Rate("all", (1.0,)), 1.0, note)


def p95(visitor: Visitor, send: Callable[[int], object], turn: int, sends: int) -> float:
    """Seconds, from the first byte sent to the whole answer, that 95 of 100 sends stay under."""
    took = []
    for n in range(sends):
        send(turn * sends + n)
        took.append(visitor.took[-1][2])
    return statistics.quantiles(took, n=20)[-1]


def at_once(port: int, sent: tuple[tuple[str, bytes], ...]) -> tuple[list[float], int]:
    """(seconds from opening the form to the receipt, how many did not get there)."""

    def resident(n: int) -> float | None:
        visitor, begun = Visitor(port), time.monotonic()
        try:
            page = visitor.get(APPLY)
            page = visitor.send(
                APPLY, answers(1000 + n) | hidden(page) | {"save": "1"}, sent[:1], wants=(200,)
            )
            page = visitor.get(APPLY)
            visitor.send(APPLY, answers(1000 + n) | hidden(page), sent[1:])
        except (AssertionError, OSError) as error:
            print(f"resident {n}: {error}")  # noqa: T201
            return None
        return time.monotonic() - begun

    with ThreadPoolExecutor(RESIDENTS) as pool:
        found = list(pool.map(resident, range(RESIDENTS)))
    good = [one for one in found if one is not None]
    return good or [float("inf")], RESIDENTS - len(good)


def hidden(page: bytes) -> dict[str, str]:
    """The hidden fields of the form, as a browser sends them back."""
    return {name.decode(): value.decode() for name, value in HIDDEN.findall(page[page.index(b"data-once") :])}
