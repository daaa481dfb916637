"""A small district for tests of cases: real units, duties, grants and cells; invented persons."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image

from bihuan.cases import actions, wall
from bihuan.cases.shapes import Opened, Upload, Written
from bihuan.cases.tests.kept import PEOPLE, Kept
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.people.models import Person
from bihuan.places import actions as places

POINT = {"lon": 117.1255, "lat": 39.1170, "datum": "WGS-84"}
BIN = "管理事项:06042"
STAFF = {
    "caiji": ("nk.jiandu", "collector"),
    "caiji2": ("nk.jiandu", "collector"),
    "shouli": ("nk.jiandu", "acceptor"),
    "jiandu": ("nk.jiandu", "head"),
    "hecha": ("nk.jiandu", "checker"),
    "hecha2": ("nk.jiandu", "checker"),
    "paiqian": ("nk.zhihui", "dispatcher"),
    "zhihui": ("nk.zhihui", "head"),
    "chuangkou": ("nk.gov", "window"),
    "gongkai": ("nk.gov", "officer"),
    "zhuren": ("nk.gov", "head"),
    "cgw": ("nk.cgw", "officer"),
    "jie": ("nk.s001", "officer"),
}


def picture(width: int = 64, height: int = 48, shade: int = 90, **save: Any) -> bytes:
    """A small JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 90)).save(out, "JPEG", **save)
    return out.getvalue()


def upload(kind: str, shade: int = 90) -> Upload:
    return Upload(kind, f"{kind.replace(':', '-')}.jpg", picture(shade=shade))


@dataclass
class District:
    """The persons by name, and short ways to do what they do."""

    persons: dict[str, Person]

    def id(self, name: str) -> str:
        return str(self.persons[name].pk)

    def unit(self, name: str) -> str:
        return STAFF[name][0]

    def report(self, when: str = "2026-10-12 09:00", **rest: Any) -> Opened:
        """A resident reports an overflowing bin."""
        given: dict[str, Any] = {"data": {"what": "东门口垃圾桶满了"}, "place": POINT} | rest
        return actions.open_case("urban_management", BIN, by=None, unit="", at=at(when), **given)

    def do(self, case: int, name: str, who: str, when: str, **data: Any) -> Written:
        """An action of a member of staff; `files` are the kinds of pictures to add."""
        files = [upload(kind) for kind in data.pop("files", ())]
        rest = {key: data.pop(key) for key in ("key", "effective") if key in data}
        return actions.act(
            case, name, by=self.id(who), unit=self.unit(who), at=at(when), data=data, files=files, **rest
        )

    def dispatched(self, when: str = "2026-10-12") -> Opened:
        """A case in the hands of nk.cgw: reported 09:00, verified, opened, dispatched 09:25."""
        case = self.report(f"{when} 09:00")
        self.do(case.case, "send", "shouli", f"{when} 09:05", collector=self.id("caiji"))
        self.do(case.case, "verify", "caiji", f"{when} 09:15", files=["before"])
        self.do(case.case, "accept", "shouli", f"{when} 09:20")
        self.do(case.case, "dispatch", "paiqian", f"{when} 09:25", unit="nk.cgw")
        return case


def ten_thousand(case: int, **moved: str) -> None:
    """9,999 copies of a case with its events, ids from 1,000,001; `moved` is SQL of a column, with i from 1 to 9,999,
    `at` that of its events' moments."""
    columns = (
        "line", "version", "matter", "title", "lookup_hash", "data", "lon", "lat", "datum", "cell", "community", "street",
        "state", "outcome", "final", "parties", "holder", "units", "opened_at", "closed_at", "due_at", "plain_due_at",
        "wake_at", "rank", "stopped", "late", "provisional",
    )  # fmt: skip
    told = moved.get("at", "")
    wall.ask(
        f"""
        with n as (select generate_series(1, 9999) i),
        c as (insert into cases_case (id, number, root, parent_id, {", ".join(columns)})
          select 1000000 + i, 'X' || i, 1000000 + i, null, {", ".join(moved.get(one, one) for one in columns)}
          from cases_case, n where cases_case.id = %s returning id, id - 1000000 i)
        insert into cases_event (case_id, seq, name, by, unit, role, at, effective, data)
        select c.id, e.seq, e.name, e.by, e.unit, e.role, e.at {told}, e.effective {told}, e.data
        from c, cases_event e where e.case_id = %s returning 1
        """,
        [case, case],
        wall.SYSTEM,
    )


def check_by_index() -> None:
    """After ten thousand rows in one transaction: the plan for checking their foreign keys was made when there were
    none, and would read the whole table for each."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("discard plans")


def keep_duties(folder: Path, *words: str) -> None:
    """Write the rows of the duty list that hold one of these words to a folder."""
    head, *rows = (people.SEED / "duty.csv").read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if any(word in row for word in words)]
    (folder / "duty.csv").write_text("\n".join([head, *kept]), encoding="utf-8")


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real seed, cut down to the cells of two streets and the duties of a few matters: loads in a blink."""
    folder = tmp_path_factory.mktemp("seed")
    for name in ("units.csv", "grants.csv"):
        (folder / name).write_text((people.SEED / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("divisions.csv", "district.geojson"):
        (folder / name).write_text((places.SEED / name).read_text(encoding="utf-8"), encoding="utf-8")
    keep_duties(folder, "0604", "市容环境", ",supervision,")
    cells = json.loads((places.SEED / "cells.geojson").read_text(encoding="utf-8"))
    cells["features"] = [
        f for f in cells["features"] if f["properties"]["street"] in ("120104001", "120104002")
    ]
    (folder / "cells.geojson").write_text(json.dumps(cells), encoding="utf-8")
    return folder


FILLED: dict[Path, tuple[Kept, dict[str, Person]]] = {}  # by the seed


def fill_district(seed: Path) -> District:
    """The district from its seed; made once in a run, from then on its rows are put back."""
    if seed in FILLED:
        kept, persons = FILLED[seed]
        kept.put_back()
        return District({name: copy(person) for name, person in persons.items()})
    people.load_units(seed)
    people.load_duties(seed)
    people.load_grants(seed)
    places.load_places(seed)
    persons = {}
    for name, (unit, post) in STAFF.items():
        person = Person.objects.create_user(name, name=f"测试{name}")
        people.give_post(person, unit, post, date(2016, 1, 1))
        persons[name] = person
    FILLED[seed] = (Kept(*PEOPLE, "places_division", "places_cell"), persons)
    return District({name: copy(person) for name, person in persons.items()})


@pytest.fixture
def district(db: None, seed: Path) -> District:
    return fill_district(seed)


@pytest.fixture
def real_district(transactional_db: None, seed: Path) -> District:
    """The same, committed: for tests of locks, commits and of what the owner plants."""
    return fill_district(seed)


@pytest.fixture
def owner(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection as owner of the tables, past Django, in its own transaction per statement."""
    from django.db import connection

    from bihuan.config import postgres

    where = postgres.address(postgres.home(), postgres.OWNER)
    with psycopg.connect(
        host=where["HOST"] or None, port=where["PORT"] or None, user=where["USER"] or None,
        password=where["PASSWORD"] or None, dbname=connection.settings_dict["NAME"], autocommit=True,
    ) as db:  # fmt: skip
        yield db
