"""The two draws of the demo go through the real actions, with a log and witnesses as the demo makes them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bihuan.cases.tests.conftest import District, district, real_district, seed
from bihuan.config.cli.record import prepare_demo
from bihuan.config.demo.draws import finished, signer, under_way
from bihuan.config.demo.staff import Staff, complete
from bihuan.config.demo.world import World
from bihuan.core.draw import Known, verify
from bihuan.core.time.instant import at
from bihuan.draws import queries

__all__ = ["district", "real_district", "seed"]


@pytest.mark.django_db(transaction=True)
def test_one_draw_is_finished_and_one_is_under_way(
    real_district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIHUAN_HOME", str(tmp_path))
    prepare_demo()
    sign, until = signer(tmp_path), at("2026-10-14 11:00")
    world = World(Random(1), complete(Staff.there()), until)
    world.start(at("2026-10-13 09:00"), finished(world, tmp_path, sign))
    world.start(until - 7200, under_way(world, tmp_path, sign))
    world.run(lambda _at: None)
    assert not world.refused
    done, open_ = queries.draw("nk.scjg/2026-1"), queries.draw("nk.scjg/2026-2")
    files = {name: queries.published(done, name) or b"" for name, _, _ in queries.public_files(done)}
    checks = verify(files, Known(logged=queries.logged(done, queries.trusted(tmp_path))))
    assert {one.name for one in checks if one.verdict != "ok"} == {"registry", "announced", "late"}
    assert {one.name: one.code for one in checks}["parties"] == "ok_parties_but"
    assert queries.kinds(open_) == {"freeze", "commit", "seal", "open"} and len(queries.nonces(open_)) == 2
    assert "nonce " in (tmp_path / "demo-nonce-jiwei.txt").read_text()
