"""The small district, a moment that stands still, and telephones that send entries as the page does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case, Document, Event
from bihuan.cases.tests.conftest import BIN, POINT, District, district, picture, real_district, seed
from bihuan.core.time.instant import at

__all__ = ["district", "real_district", "seed"]
NOTED = "2026-10-12T08:41:07+08:00"


@dataclass
class Telephone:
    """One worker's telephone: it makes entries and sends them, photos when they are asked for."""

    client: Client
    me: str

    def entry(self, key: str, /, *photos: tuple[str, bytes], **given: Any) -> dict[str, Any]:
        listed = [
            {"field": field, "name": f"{field}.jpg", "digest": sha256(body).hexdigest()}
            for field, body in photos
        ]
        return {
            "key": f"{key}-0000-4000-8000-000000000000", "by": self.me, "noted": NOTED, "case": None, "did": "", "matter": "",
            "what": "", "detail": "", "place": None, "photos": listed,
        } | given  # fmt: skip

    def send(self, entry: dict[str, Any], status: int = 200) -> dict[str, Any]:
        got = self.client.post("/field/send", json.dumps(entry), content_type="application/json")
        assert got.status_code == status, got.content.decode()[:500]
        return got.json()

    def photo(self, body: bytes, digest: str = "", status: int = 200) -> None:
        file = SimpleUploadedFile("photo.jpg", body, "image/jpeg")
        got = self.client.post(f"/field/photo/{digest or sha256(body).hexdigest()}", {"photo": file})
        assert got.status_code == status, got.content.decode()[:500]

    def note(self, key: str, /, *photos: tuple[str, bytes], **given: Any) -> dict[str, Any]:
        """Send the photos and the entry; the answer."""
        for _, body in photos:
            self.photo(body)
        return self.send(self.entry(key, *photos, **given))

    def tasks(self) -> list[dict[str, Any]]:
        return self.client.get("/field/tasks").json()["tasks"]


def report(**more: Any) -> dict[str, Any]:
    """What a report says besides its photos."""
    return {"matter": BIN, "what": "东门口，垃圾桶满了", "place": POINT | {"words": ["误差 8 米", ""]}} | more


def shot(shade: int) -> bytes:
    return picture(shade=shade)


def events(case: int, name: str = "") -> list[Event]:
    with wall.open_to(wall.SYSTEM):
        rows = Event.objects.filter(case_id=case).order_by("seq")
        return list(rows.filter(name=name) if name else rows)


def documents(case: int) -> list[tuple[str, str]]:
    with wall.open_to(wall.SYSTEM):
        return list(Document.objects.filter(case_id=case).order_by("pk").values_list("kind", "sha256"))


def cases() -> list[Case]:
    with wall.open_to(wall.SYSTEM):
        return list(Case.objects.order_by("pk"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set what the middleware takes for now."""

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be("2026-10-12 10:00")
    return be


@pytest.fixture
def phone(district: District, clock: Callable[[str], None]) -> Callable[[str], Telephone]:
    """The telephone of a person of the district, logged in."""

    def carry(name: str) -> Telephone:
        client = Client()
        client.force_login(district.persons[name], backend="django.contrib.auth.backends.ModelBackend")
        return Telephone(client, district.id(name))

    return carry


def to_verify(district: District, who: str = "caiji") -> int:
    """A case that waits for this collector since 09:05."""
    case = district.report("2026-10-12 09:00").case
    district.do(case, "send", "shouli", "2026-10-12 09:05", collector=district.id(who))
    return case
