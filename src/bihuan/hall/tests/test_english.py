"""Whoever reads the hall in English: what stands there in Chinese all the same says that it is Chinese, so that a
screen reader reads it aloud in that language."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.counters import actions as counters
from bihuan.hall.tests.office import hall, issued
from bihuan.papers.queries import register
from bihuan.targets.actions import add_report
from bihuan.targets.seed import nankai

__all__ = ["hall"]
HAN = re.compile(r"[\u4e00-\u9fff]+")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
APART = {"script", "style", "title", "svg"}  # nothing spoken, or words that no element can stand around
SPOKEN = {"alt", "aria-label", "placeholder", "title"}
PAGES = (
    "/hall/", "/hall/?q=restaurant", "/hall/items/P003-1", "/hall/items/P010-1", "/hall/items/P003-1/apply", "/hall/powers", "/hall/drafts",
    "/hall/undertakings", "/hall/items/P010-1/undertaking", "/hall/form/permits/submit?item=P003-1", "/hall/apply", "/hall/guide",
    "/hall/bundles/B01", "/hall/bundles/B01/apply", "/hall/retention", "/counters/nankai/", "/counters/nankai/food",
    "/counters/booking", "/counters/nankai/screen", "/ratings/", "/ratings/rate", "/certificates", "/licences", "/me/login",
    "/promises/", "/promises/years/", "/track/", "/open", "/log/", "/verify/", "/",
)  # fmt: skip


class Reader(HTMLParser):
    """Collects Chinese words that stand where the page says it is English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[str] = []

    @property
    def language(self) -> str:
        return next((language for _, language in reversed(self.open) if language), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, said.get("lang") or ""))
        for name in () if APART & {tag for tag, _ in self.open} else SPOKEN & set(said):
            self.hear(said[name] or "", said.get("lang") or self.language)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not APART & {tag for tag, _ in self.open}:
            self.hear(data, self.language)

    def hear(self, words: str, language: str) -> None:
        if HAN.search(words) and not language.startswith("zh"):
            self.found.append(words.strip())


@pytest.fixture
def full(hall: District) -> District:
    """The hall with counters, a certificate and the report."""
    counters.load_counters()
    counters.open_slots(at("2026-10-12 08:00"))
    add_report(**nankai(), by=None, at=at("2026-10-09 09:00"))
    issued(hall, "2026-03-10")
    return hall


def test_chinese_on_an_english_page_says_so(full: District) -> None:
    reading = Client()
    reading.cookies["django_language"] = "en"
    (certificate,), _ = register(date(2026, 10, 12))
    found = {}
    for path in (*PAGES, f"/verify/paper/{certificate.code}"):
        answer = reading.get(path)
        assert answer.status_code == 200, path
        page = Reader()
        page.feed(answer.content.decode())
        if page.found:
            found[path] = page.found
    assert found == {}
