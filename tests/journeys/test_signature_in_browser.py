"""bls.js in a real browser against the library that Python uses: hashing to the curve, good and bad signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import py_arkworks_bls12381 as curve
import pytest
from playwright.sync_api import Browser, Page, Route

import bihuan.config
from bihuan.core.draw import Known, verify
from bihuan.core.draw.beacon import QUICKNET, QUICKNET_DST, QUICKNET_KEY
from bihuan.core.tests.draws_here import BEFORE_ROUND_1000, PL5, ROUND_1000, Setting
from bihuan.draws.pairing import bls

pytestmark = pytest.mark.journey
STATIC = Path(bihuan.config.__file__).parent / "static" / "bihuan"
P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
CALL = """async ([name, ...given]) => {
    const [bls, dr1] = await Promise.all([import("/bls.js"), import("/dr1.js")]);
    const found = bls[name](...given.map(dr1.unhex));
    return typeof found === "boolean" ? found : found.map((n) => n.toString(16).padStart(96, "0")).join("");
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    def serve(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        body, kind = ((STATIC / name).read_text(), "text/javascript") if name else ("", "text/html")
        route.fulfill(body=body, content_type=kind)

    page = browser.new_page()
    page.route("http://district.example/**", serve)
    page.goto("http://district.example/")
    yield page
    page.close()


def call(page: Page, name: str, *given: bytes) -> Any:
    return page.evaluate(CALL, [name, *(one.hex() for one in given)])


def message(number: int) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big")).digest()


def test_messages_are_hashed_to_the_same_points(page: Page) -> None:
    for said in (b"", b"abc", *(Random(n).randbytes(n) for n in range(1, 120, 17))):
        ours = bytes(curve.G1Point.hash_to_curve(said, QUICKNET_DST).to_xy_bytes_be()).hex()
        assert call(page, "hashed", said) == ours


def test_signatures_are_judged_as_the_library_does(page: Page) -> None:
    assert call(page, "quicknet", message(1000), ROUND_1000)
    other = bytes(curve.G1Point.hash_to_curve(b"x", QUICKNET_DST).to_compressed_bytes())
    outside = next(x for x in range(2, 99) if pow(y2 := x**3 + 4, (P - 1) // 2, P) == 1 and y2)
    bad = [
        bytes([ROUND_1000[0] ^ 0x20]) + ROUND_1000[1:],  # the other y
        ROUND_1000[:-1] + bytes([ROUND_1000[-1] ^ 1]), other, bytes([0xC0]) + bytes(47),  # infinity
        bytes([ROUND_1000[0] & 0x7F]) + ROUND_1000[1:],  # not compressed
        (outside | 0x80 << 376).to_bytes(48, "big"),  # on the curve, outside the group
        (P | 0x80 << 376).to_bytes(48, "big"), bytes(48), ROUND_1000[:-1], ROUND_1000 + b"\0",
    ]  # fmt: skip
    for signature in bad:
        assert not call(page, "quicknet", message(1000), signature), signature.hex()
        assert len(signature) != 48 or not bls(QUICKNET_KEY, message(1000), signature)
    assert not call(page, "quicknet", message(1001), ROUND_1000)


def test_a_stranger_sees_the_signature_checked(page: Page) -> None:
    ask = """async (files) => {
        const [bls, dr1] = await Promise.all([import("/bls.js"), import("/dr1.js")]);
        const given = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, dr1.unhex(text)]));
        return dr1.verify(given, {bls: bls.quicknet}).map((check) => [check.name, check.verdict, check.zh]);
    }"""
    for number, verdict in ((1000, "ok"), (1001, "bad")):
        values = {f"drand {QUICKNET} {number}": ROUND_1000, "pl5 7": PL5}
        files = Setting(values=values, closes=BEFORE_ROUND_1000).folder()
        theirs = page.evaluate(ask, {name: data.hex() for name, data in files.items()})
        ours = [[one.name, one.verdict, str(one.say)] for one in verify(files, Known(bls=bls))]
        assert theirs == ours
        assert [one[1] for one in theirs if one[0] == "drand"] == [verdict]
