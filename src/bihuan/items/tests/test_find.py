"""Search: how well everyday questions are answered, and that the index says what the catalogue says."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from bihuan.cases.edge import to_datetime
from bihuan.core.items.find import numbers
from bihuan.core.time.instant import at
from bihuan.items import actions, queries
from bihuan.items.models import Sought
from bihuan.items.sayings import sayings

ON = date(2026, 12, 1)
LATER = to_datetime(at("2026-12-01 09:00"))
ASKED = Path(__file__).parent / "asked.csv"


@pytest.mark.parametrize(("part", "first", "three"), [("open", 0.93, 0.98), ("held", 0.90, 0.98)])
def test_everyday_questions_are_answered(example: None, part: str, first: float, three: float) -> None:
    with ASKED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == part]
    assert len(rows) >= 60
    places = []
    for row in rows:
        wanted = set(row["powers"].split(";"))
        found = list(dict.fromkeys(hit.item.power for hit in queries.find(row["asked"], ON)))
        places.append(next((place for place, power in enumerate(found) if power in wanted), 99))
    assert sum(place == 0 for place in places) / len(rows) >= first
    assert sum(place < 3 for place in places) / len(rows) >= three


def test_every_saying_means_something_in_the_catalogue(example: None) -> None:
    sheets = queries.index().sheets.values()
    for saying in sayings(ON):
        for word in saying.means:
            texts = [text for one in sheets for text in (*one.names, *one.words)]
            assert any(word in text for text in texts), f"{saying.said}: {word}"
        for word in saying.doing:
            assert any(word == one.doing for one in sheets), f"{saying.said}: {word}"


def test_a_saying_counts_from_its_day_on() -> None:
    assert sayings(date(2026, 11, 30)) and sayings(date(2026, 11, 29)) == ()


def indexed() -> dict[str, list[int]]:
    return dict(Sought.objects.values_list("code", "terms"))


def worked_out() -> dict[str, list[int]]:
    return {code: numbers(item) for code, item in queries.catalogue().items.items()}


def test_the_index_follows_the_catalogue(example: None) -> None:
    assert indexed() == worked_out()
    said = dict(queries.said_now()["items"])
    said["C001-1"] = said["C001-1"] | {"words": "拜堂成亲"}
    del said["C002-1"]
    assert not queries.find("拜堂成亲", ON)
    actions.record_entries({"items": said}, by="", at=LATER, source="x", whole=True)
    assert indexed() == worked_out() and "C002-1" not in indexed()
    assert queries.find("拜堂成亲", ON)[0].item.code == "C001-1"
    codes = {hit.item.code for hit in queries.find("离婚登记", ON)}
    assert codes and "C002-1" not in codes
    brought = queries.said_now()["items"]["C001-1"] | {"words": ""}
    actions.record_entries({"items": {"C001-1": brought}}, by="", at=LATER + timedelta(days=1), source="x")
    assert indexed() == worked_out() and not queries.find("拜堂成亲", ON)


def test_the_index_may_be_made_again_from_nothing(example: None) -> None:
    before = indexed()
    Sought.objects.all().delete()
    actions.look_up_by(before)
    assert indexed() == before
