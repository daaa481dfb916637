"""`bihuan fsck`, `bihuan worker --once`, `bihuan load`, `bihuan subjects`, `bihuan businesses`, as typed."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from bihuan.cases import wall
from bihuan.cases.models import Case, Document
from bihuan.cases.tests.conftest import District
from bihuan.config.cli import app
from bihuan.core.codes import invent_uscc
from bihuan.inspections.models import Business
from bihuan.people.models import Unit
from bihuan.subjects.models import Subject

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


@pytest.mark.parametrize(
    ("command", "model", "head", "rest"),
    [
        ("subjects", Subject, "统一社会信用代码,名称,登记状态,来源,截至", "示例公司,存续,演示（虚构）,2026-09-30"),
        ("businesses", Business, "统一社会信用代码,对象类别,来源", "food_service,演示（虚构）"),
    ],
)  # fmt: skip
def test_registers_are_taken_from_a_table_in_the_name_of_a_person(
    real_district: District, tmp_path: Path, command: str, model: type, head: str, rest: str
) -> None:
    good, table = invent_uscc(90_501), tmp_path / "table.csv"
    table.write_text(f"{head}\n{good},{rest}\n{good[:-1]}I,{rest}\n", encoding="utf-8")
    nobody = RUN.invoke(app, [command, str(table), "--by", "nobody"])
    assert nobody.exit_code == 2 and not model.objects.exists()
    done = RUN.invoke(app, [command, str(table), "--by", "shouli"])
    assert done.exit_code == 1 and "+1 ~0 -0" in done.output and "table.csv:3" in done.output
    row = model.objects.get()
    assert (row.code, row.by) == (good, "shouli")
    table.write_text(f"代码\n{good}\n", encoding="utf-8")
    assert RUN.invoke(app, [command, str(table), "--by", "shouli"]).exit_code == 2
