"""The page, what makes it installable, and what its service worker keeps."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from bihuan import field
from bihuan.field.words import WORDS

STATIC = Path(field.__file__).parent / "static" / "field"
MODULES = sorted(STATIC.glob("*.js"))


@pytest.mark.django_db
def test_the_page_is_the_same_for_everybody_and_has_no_data(client: Client) -> None:
    got = client.get("/field/")
    text = got.content.decode()
    assert got.status_code == 200 and 'rel="manifest"' in text and "session" not in got.cookies
    assert "script-src" in got["Content-Security-Policy"] and not re.search(
        r"<script(?![^>]*(src|application/json))", text
    )


@pytest.mark.django_db
def test_the_manifest_has_what_chromium_wants(client: Client) -> None:
    got = client.get("/field/manifest.webmanifest")
    assert got["Content-Type"] == "application/manifest+json"
    said = got.json()
    assert said["name"] and said["short_name"] and said["display"] == "standalone"
    assert said["start_url"] == said["scope"] == said["id"] == "/field/"
    for icon in said["icons"]:
        file = finders.find(icon["src"].removeprefix("/static/"))
        size = Image.open(io.BytesIO(Path(str(file)).read_bytes())).size
        assert "x".join(map(str, size)) == icon["sizes"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in said["icons"] if icon["purpose"] == "any"}
    client.cookies["django_language"] = "en"
    assert client.get("/field/manifest.webmanifest").json()["short_name"] == "Field work"


@pytest.mark.django_db
def test_the_worker_serves_its_scope_and_keeps_every_module(client: Client) -> None:
    got = client.get("/field/worker.js")
    text = got.content.decode()
    assert got["Content-Type"].startswith("text/javascript") and got["Cache-Control"] == "no-cache"
    kept = re.findall(r'"(/[^"]+)"', text)
    for file in MODULES:
        assert f"/static/field/{file.name}" in kept, file.name
    for path in kept:
        if path.startswith("/static/"):
            assert finders.find(path.removeprefix("/static/")), path
    page = client.get("/field/").content.decode()
    assert set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)) <= set(kept)


def test_every_sentence_of_the_modules_is_there_and_every_sentence_is_used() -> None:
    text = "\n".join(file.read_text() for file in MODULES) + (STATIC.parents[1] / "views.py").read_text()
    text += (STATIC.parents[1] / "templates/field/page.html").read_text()
    used = set(re.findall(r"[\"'`.]([a-z_]+)\b", text))
    assert [key for key in WORDS if key not in used and not key.startswith("is_")] == []
    asked = set(re.findall(r'word\("([a-z_]+)"', text))
    assert asked and asked <= set(WORDS)
    assert all(say.en and str(say) != say.en for say in WORDS.values())


def test_nobody_is_followed_and_nothing_is_counted() -> None:
    """No check-in, no trail, no points: the position is asked once, at a touch, and belongs to the report."""
    text = "\n".join(file.read_text() for file in MODULES)
    assert "watchPosition" not in text and text.count("getCurrentPosition") == 1
    assert not re.search(r"setInterval|sendBeacon|periodicSync|PushManager", text)
    assert not re.search("打卡|签到|积分|在线时长|轨迹", "".join(WORDS.values()))


def test_modules_are_small() -> None:
    assert all(file.read_text().count("\n") <= 130 for file in MODULES)
