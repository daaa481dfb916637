"""An application with three files against an empty Django form, and 200 residents filling in forms at once.

The first through the product's server, one after the other, all sides in each round. The empty form has one field and
reads and writes nothing, neither session nor table; the plain one looks at the same pictures and keeps them with three
rows. Ours also decodes, cleans, prints and seals each picture, checks the applicant, and writes session and record.
The second with a thread a resident, each of whom opens the form, lays it aside with a file, opens it again and files it with the other two.
"""

from __future__ import annotations

import re
import secrets
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

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


def files() -> tuple[tuple[str, bytes], ...]:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, "JPEG")
    return tuple((name, out.getvalue()) for name in PAPERS)


def lines() -> list[Line]:
    with server("bench.pages_wsgi:application", {}) as (port, _):
        visitor, sent = Visitor(port), files()
        visitor.get(APPLY)
        ours: list[float] = []
        peer: list[float] = []
        plain: list[float] = []
        same = tuple((name.removeprefix("papers."), body) for name, body in sent)
        for turn in range(ROUNDS + 1):
            took = p95(
                lambda n: visitor.send(APPLY, answers(n) | {"request_key": secrets.token_hex(16)}, sent), turn
            )
            kept = p95(lambda n: visitor.send("/keep", {"text": str(n)}, same), turn)
            bare = p95(lambda n: visitor.send("/post", {"text": str(n)}), turn)
            if turn:  # the first warms both
                ours.append(1 / took)
                peer.append(1 / bare)
                plain.append(1 / kept)
        rate, empty = Rate("application", tuple(ours)), Rate("an empty Django form post, p95", tuple(peer))
        keeps = Rate("plain Django keeping the same pictures, p95", tuple(plain))
        note = f"p95 {1000 / rate.median:.0f} ms, the empty form {1000 / empty.median:.0f} ms, the plain one {1000 / keeps.median:.0f} ms"
        seconds, wrong = at_once(port, sent)
        shown = f"{wrong} errors; a form filed in {statistics.median(seconds):.1f} s in the median, {max(seconds):.1f} s at the longest"
        crowd = Rate(f"{RESIDENTS} residents", (RESIDENTS / max(seconds),))
        return [
            Line("递交一份带三个文件的申请 / an application with three files, p95", rate, empty, 0.5, note),
            Line("同样三张照片 / the same three pictures, p95", rate, keeps, 0),
            Line(f"{RESIDENTS} 人同时填表 / residents at once, errors", Rate("without error", (1.0 - wrong / RESIDENTS,)), Rate("all", (1.0,)), 1.0, f"{shown}; {crowd.median:.1f} filed a second"),
        ]  # fmt: skip


def p95(send: object, turn: int) -> float:
    """Seconds that 95 of 100 sends stay under."""
    took = []
    for n in range(SENDS):
        begun = time.perf_counter()
        send(turn * SENDS + n)  # type: ignore[operator]
        took.append(time.perf_counter() - begun)
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
