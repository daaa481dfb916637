"""Two confirmed tasks that are one matter: merged in their cases, each page shows the other."""

from __future__ import annotations

from bihuan.cases import wall
from bihuan.cases.models import Case
from bihuan.targets import board
from bihuan.targets.models import Commitment
from bihuan.targets.tests.conftest import GDP, JOBS


def number(case: int) -> str:
    with wall.open_to(wall.SYSTEM):
        return str(Case.objects.get(pk=case).number)


def test_both_task_pages_show_what_was_merged(office, log_in):
    main, twice = office.working(GDP), office.confirm(JOBS, "nk.rsj")
    office.do(
        twice.case_id,
        "approve",
        "quzhang",
        "2026-11-25 09:00",
        basis="decision",
        decision="示例政〔2026〕2号",
    )
    said = {"main": number(main.case_id)}
    office.do(twice.case_id, "ask_merge", "duban", "2026-11-25 10:00", reason="同一件事（例）", **said)
    assert board.merged(Commitment.objects.get(pk=main.pk), said["main"]).here == ()
    page = log_in("ducha").get(f"/desk/{number(twice.case_id)}/do/merge/").content.decode()
    assert f'value="{said["main"]}"' in page  # what was proposed stands in the form that approves it
    office.do(twice.case_id, "merge", "ducha", "2026-11-25 11:00", **said)
    client = log_in("duban")
    there = client.get(f"/desk/promises/task/{twice.pk}/").content.decode()
    assert "已并入" in there and said["main"] in there
    here = client.get(f"/desk/promises/task/{main.pk}/").content.decode()
    assert "并入这一件的" in here and f"/desk/promises/task/{twice.pk}/" in here
    other = office.confirm("goal-11810-11821", "nk.fgw")
    assert "已并入" not in client.get(f"/desk/promises/task/{other.pk}/").content.decode()
