"""The open data of a day: files that stay, their digests in the public log, an edited file named."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from bihuan.core.log.entry import RELEASE, unpack
from bihuan.record.models import Pending
from bihuan.record.noticing import check
from bihuan.targets import published
from bihuan.targets.actions.release import release_day

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 0, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2026, 11, 30)
KINDS = sorted(published.READS)


def site(path: str) -> str:
    return f"https://nk.example{path}"


def found(home):
    return [(row, say.en) for row, say in check({"targets_release": published.told_days(home)}, whole=True)]


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def test_a_day_is_released_once_and_served_as_it_was(home):
    assert release_day(home, DAY, NOW, site)
    assert not release_day(home, DAY, NOW + timedelta(hours=3), site)
    (entry,) = (unpack(bytes(one.entry)) for one in Pending.objects.filter(event_id=None))
    said = json.loads(entry.payload)
    assert (entry.kind, said["about"], sorted(said["files"])) == (
        RELEASE,
        "targets_release 2026-11-30",
        KINDS,
    )
    client = Client()
    assert client.get("/api/open/days").json() == [{"day": "2026-11-30", "files": said["files"]}]
    for kind in KINDS:
        answer = client.get(f"/api/open/days/2026-11-30/{kind}.csv")
        body = b"".join(answer.streaming_content)
        assert sha256(body).hexdigest() == said["files"][kind]
        assert b"id," in body[:6]
    assert found(home) == []


@pytest.mark.parametrize(
    "path", ["2026-11-29/reports.csv", "2026-11-30/../secret.csv", "2026-11-30/persons.csv", "x/reports.csv"]
)
def test_what_was_not_released_is_not_there(home, path):
    release_day(home, DAY, NOW, site)
    assert Client().get(f"/api/open/days/{path}").status_code in (404, 422)


def test_an_edited_or_lost_file_is_named(home):
    release_day(home, DAY, NOW, site)
    file = published.file_of(home, DAY, "readings")
    body = file.read_bytes()
    file.write_bytes(body + b"1\n")
    assert found(home) == [("targets_release 2026-11-30", "it does not fit its entry in the public log")]
    file.unlink()
    assert found(home) == [("targets_release 2026-11-30", "it does not fit its entry in the public log")]
    for one in file.parent.glob("*"):
        one.unlink()
    file.parent.rmdir()
    assert found(home) == [("targets_release 2026-11-30", "this row is gone")]
