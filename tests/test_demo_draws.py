"""The two draws of the demo go through the real actions, with a log and witnesses as the demo makes them; the first
leads to inspections."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.test import Client

from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.config.cli.record import prepare_demo
from bihuan.config.demo.draws import finished, signer, under_way
from bihuan.config.demo.inspections import fill_inspections
from bihuan.config.demo.staff import Staff, complete
from bihuan.config.demo.world import World
from bihuan.core.draw import Known, verify
from bihuan.core.time.instant import at
from bihuan.draws import queries
from bihuan.inspections import published
from bihuan.inspections import queries as inspections
from bihuan.people import actions as people
from bihuan.people.models import Person

__all__ = ["district", "real_district", "seed"]


@pytest.mark.django_db(transaction=True)
def test_one_draw_is_finished_and_inspected_and_one_is_under_way(
    real_district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for n, post in enumerate(("officer", "head", "reviewer", *["enforcer"] * 5)):
        person = Person.objects.create_user(f"d{n}", name=f"示{n}")
        people.give_post(person, "nk.scjg", post, date(2016, 1, 1))
    monkeypatch.setenv("BIHUAN_HOME", str(tmp_path))
    prepare_demo()
    sign, until = signer(tmp_path), at("2026-10-14 11:00")
    world = World(Random(1), complete(Staff.there()), until)
    world.start(at("2026-10-08 09:00"), finished(world, tmp_path, sign))
    world.start(until - 7200, under_way(world, tmp_path, sign))
    world.run(lambda _at: None)
    assert not world.refused
    done, open_ = queries.draw("nk.scjg/2026-1"), queries.draw("nk.scjg/2026-2")
    files = {name: queries.published(done, name) or b"" for name, _, _ in queries.public_files(done)}
    checks = verify(files, Known(logged=queries.logged(done, queries.trusted(tmp_path))))
    assert {one.name for one in checks if one.verdict != "ok"} == {"registry", "announced", "late"}
    assert {one.name: one.code for one in checks}["parties"] == "ok_parties_but"
    assert queries.kinds(open_) == {"freeze", "commit", "seal", "open"} and len(queries.nonces(open_)) == 2
    fill_inspections(world)
    told = published.told(inspections.plans(public=True)[0].tasks.get())
    ((_, now),) = told.rounds
    assert now.drawn == now.taken >= 5 and now.inspected == now.published == 3
    assert {one.draw for one in published.results(draw=done.name)[0]} == {done.name}
    page = client.get("/draws/nk.scjg/2026-1").content.decode()
    assert 'href="/inspections/draws/nk.scjg/2026-1"' in page
    came = client.get("/inspections/draws/nk.scjg/2026-1").content.decode()
    assert 'href="/draws/nk.scjg/2026-1"' in came and "示例餐馆" in came
    assert "没有立检查" in client.get("/inspections/draws/nk.scjg/2026-2").content.decode()
    assert client.get("/inspections/draws/nk.scjg/2026-9").status_code == 404
    assert "nonce " in (tmp_path / "demo-nonce-jiwei.txt").read_text()
