"""A calendar that is published later: provisional dates change, and each change is an event."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from bihuan import lines
from bihuan.cases import actions, wall
from bihuan.cases.fsck import Tally, check
from bihuan.cases.models import Case, Event
from bihuan.cases.tests.conftest import District
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.instant import at, day, day_text, weekday
from bihuan.lines.calendar import FOLDER, calendar


def announced(folder: Path, off: str) -> Calendar:
    """The calendar as it will be once 2027 is published with one more free day."""
    shutil.copytree(FOLDER, folder)
    with (folder / "days.csv").open("a", encoding="utf-8") as file:
        names = (folder / "days.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        for one in range(day("2027-01-01"), day("2028-01-01")):
            row = {"date": day_text(one), "worked": str(int(weekday(one) < 5 and one != day(off)))}
            file.write(",".join(row.get(name, "") for name in names) + "\n")
    hours = (folder / "hours.toml").read_text(encoding="utf-8")
    (folder / "hours.toml").write_text(
        re.sub(r"published_to = \S+", "published_to = 2027-12-31", hours), encoding="utf-8"
    )
    return calendar(folder)


def test_a_deadline_beyond_the_calendar_is_provisional_and_follows_the_notice(
    district: District, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = actions.open_case(
        "disclosure", "", by=district.id("chuangkou"), unit="nk.gov", at=at("2026-12-15 09:00"),
        data={"wanted": "预算", "form": "paper", "contact_name": "甲某", "contact_phone": "022-1"},
    )  # fmt: skip
    district.do(
        case.case,
        "confirm",
        "chuangkou",
        "2026-12-15 09:00",
        channel="in_person",
        received_on="2026-12-15 09:00",
    )

    def row() -> Any:
        with wall.open_to(wall.SYSTEM):
            return Case.objects.get(pk=case.case)

    assert row().provisional and row().due_at.astimezone().date().isoformat() == "2027-01-12"
    assert actions.redate(at("2026-12-16 09:00")) == 0
    published = announced(tmp_path / "calendar", "2027-01-04")
    monkeypatch.setattr(lines, "calendar", lambda: published)
    assert any("projection due" in str(one) for one in check(at("2026-12-16 09:00"), Tally()))
    assert actions.redate(at("2026-12-16 09:00")) == 1
    assert not row().provisional and row().due_at.astimezone().date().isoformat() == "2027-01-13"
    with wall.open_to(wall.SYSTEM):
        event = Event.objects.get(case=case.case, name="redated")
    assert event.data == {"was": "2027-01-12 24:00", "due": "2027-01-13 24:00"} and event.by == "clock"
    assert actions.redate(at("2026-12-16 09:00")) == 0
    assert list(check(at("2026-12-16 09:00"), Tally())) == []
