"""The small district, committed, with the offices, the catalogue, the counters and a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.cases.edge import to_datetime
from bihuan.cases.tests.conftest import STAFF as POSTS
from bihuan.cases.tests.conftest import District, owner, real_district, seed
from bihuan.core.time.instant import at
from bihuan.items.tests.example import load_example
from bihuan.lines import retention
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.record.tests.office import Office, make_office

__all__ = ["owner", "real_district", "seed"]
STAFF = {
    "chuang": ("nk.scjg", "window"), "jing": ("nk.scjg", "officer"), "zhu": ("nk.scjg", "head"),
    "xiaofang": ("nk.xfzd", "window"), "dating": ("nk.zwb", "officer"), "shenpi": ("nk.zwb", "window"), "dazhu": ("nk.zwb", "head"),
    "jiaoyu": ("nk.jyj", "officer"),
}  # fmt: skip


@pytest.fixture
def town(real_district: District, monkeypatch: pytest.MonkeyPatch) -> District:
    """More people than the small district has, and what can be applied for."""
    load_example()
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        real_district.persons[name] = person
    monkeypatch.setattr("bihuan.cases.tests.conftest.STAFF", POSTS | STAFF)
    return real_district


@pytest.fixture
def office(tmp_path: Path, settings: Any) -> Office:
    settings.HOME = tmp_path
    settings.SMS_FILE = str(tmp_path / "sms.txt")
    return make_office(tmp_path / "record")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """End the time of keeping: what the table keeps for years is kept for the day of closing alone."""

    def be_over() -> None:
        text = re.sub(r",\d+,(\w+,yes,)", r",0,\1", retention.FILE.read_text(encoding="utf-8"))
        (tmp_path / "retention.csv").write_text(text, encoding="utf-8")
        monkeypatch.setattr(retention, "FILE", tmp_path / "retention.csv")
        retention.table.cache_clear()

    yield be_over
    retention.table.cache_clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set what the middleware takes for now."""

    def be(text: str) -> None:
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    be("2026-10-12 09:00")
    return be


def night(office: Office, when: str) -> None:
    """Letters are written and entries get their places."""
    from bihuan.cases import actions

    actions.write_owed(at(when))
    office.keeper().turn(to_datetime(at(when)))
