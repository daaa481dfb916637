"""`bihuan fsck`, `bihuan worker --once`, `bihuan load`, as typed."""

from __future__ import annotations

import psycopg
from typer.testing import CliRunner

from bihuan.cases import wall
from bihuan.cases.models import Case, Document
from bihuan.cases.tests.conftest import District
from bihuan.config.cli import app
from bihuan.people.models import Unit

RUN = CliRunner()


def test_fsck_names_what_differs_and_fix_recomputes_it(
    real_district: District, owner: psycopg.Connection
) -> None:
    case = real_district.report()
    done = RUN.invoke(app, ["fsck"])
    assert done.exit_code == 0, done.output
    assert "1 cases, 1 events, 0 differences" in done.output
    owner.execute("update cases_case set holder = 'nk.czj'")
    broken = RUN.invoke(app, ["fsck"])
    assert broken.exit_code == 1
    assert f"{case.number}: projection holder: stored 'nk.czj', computed 'nk.jiandu'" in broken.output
    fixed = RUN.invoke(app, ["fsck", "--fix"])
    assert fixed.exit_code == 0 and "1 projections recomputed" in fixed.output
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.get().holder == "nk.jiandu"


def test_the_worker_lets_clocks_act_and_writes_letters(real_district: District) -> None:
    real_district.report("2026-10-12 09:00")
    done = RUN.invoke(app, ["worker", "--once"])
    assert done.exit_code == 0, done.output
    with wall.open_to(wall.SYSTEM):
        assert Case.objects.get().late
        assert Document.objects.filter(kind="letter:receipt").count() == 1


def test_load_can_be_run_again(transactional_db: None) -> None:
    first = RUN.invoke(app, ["load"])
    assert first.exit_code == 0 and "units: +80 ~0 -0" in first.output
    again = RUN.invoke(app, ["load"])
    assert "units: +0 ~0 -0" in again.output and "places: +0 ~0 -0" in again.output
    assert Unit.objects.count() == 80
