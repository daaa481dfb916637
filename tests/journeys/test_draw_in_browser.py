"""dr1.js in a real browser: the same bytes, the same verdicts, the same sentences as Python."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page

import bihuan.config
from bihuan.core.draw.seed import sharing
from bihuan.core.draw.shamir import split
from bihuan.core.draw.words import SAYS
from bihuan.core.tests.draws_here import Setting, answered, settings_of
from bihuan.core.tests.test_draw_refused import ALL, GOOD, ROOTED, shown

pytestmark = pytest.mark.journey
SCRIPT = Path(bihuan.config.__file__).parent / "static" / "bihuan" / "dr1.js"
ASK = """async (files) => {
    const dr1 = await window.dr1;
    const bytes = ([name, text]) => [name, Uint8Array.from(atob(text), (c) => c.charCodeAt(0))];
    const given = Object.fromEntries(Object.entries(files).map(bytes));
    let result;
    try { result = new TextDecoder("latin1").decode(dr1.compute(given).result); }
    catch (error) { if (!error.code) throw error; result = [error.code, error.zh, error.en]; }
    return [result, dr1.verify(given).map((check) => [check.name, check.verdict, check.code, check.zh, check.en])];
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    source = base64.b64encode(SCRIPT.read_bytes()).decode()
    page.evaluate("(source) => { window.dr1 = import(`data:text/javascript;base64,${source}`); }", source)
    yield page
    page.close()


def asked(page: Page, files: Mapping[str, bytes]) -> Any:
    return page.evaluate(ASK, {name: base64.b64encode(data).decode() for name, data in files.items()})


def test_random_draws_come_out_the_same(page: Page) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(settings_of())
    def agree(setting: Setting) -> None:
        files = setting.folder()
        assert asked(page, files) == answered(files)

    agree()


def test_what_is_tampered_with_is_refused_with_the_same_words(page: Page) -> None:
    for what, (_, tamper) in ALL.items():
        files = tamper(dict(GOOD))
        assert asked(page, files) == answered(files), what
    for files in (GOOD, shown(), ROOTED.folder()):
        assert asked(page, files) == answered(files)


def test_a_large_draw_comes_out_the_same(page: Page) -> None:
    """Large enough for the shortcut that sorts only candidates."""
    subjects = tuple((f"91120104{n:08d}", "ABCD"[n % 4]) for n in range(20_000))
    plan = tuple(
        (stratum, "1", den, "0", "MKT:2")
        for stratum, den in zip("ABCD", ("100", "50", "9", "2"), strict=True)
    )
    for name in ("sha256", "sm3"):
        files = Setting(hash=name, subjects=subjects, excluded=(), plan=plan, avoid=()).folder()
        assert asked(page, files) == answered(files)


def test_shares_come_out_the_same(page: Page) -> None:
    ask = """async ([nonce, noise]) => {
        const dr1 = await window.dr1;
        return dr1.split(dr1.unhex(nonce), dr1.unhex(noise)).map((share) => [dr1.hex(share), dr1.hex(dr1.sharing("sm3", "a/2026-1", "公证", share))]);
    }"""
    for n in range(8):
        nonce, noise = Random(n).randbytes(32), Random(n + 99).randbytes(64)
        ours = [
            [share.hex(), sharing("sm3", "a/2026-1", "公证", share).hex()] for share in split(nonce, noise)
        ]
        assert page.evaluate(ask, [nonce.hex(), noise.hex()]) == ours


def test_the_sentences_are_one_table(page: Page) -> None:
    theirs = page.evaluate("async () => (await window.dr1).SAYS")
    assert theirs == json.loads(json.dumps(SAYS))
