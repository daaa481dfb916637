"""The form that assigns a promise: the lead confirmed for it is chosen already, with the reason it was suggested."""

from __future__ import annotations

import re

from bihuan.targets.tests.conftest import JOBS, NOW


def chosen(page: str) -> list[str]:
    field = page[page.index('id="f-lead"') :]
    return re.findall(r'value="([^"]+)" selected', field[: field.index("</select>")])


def test_the_planned_lead_is_chosen_with_its_reason(office, log_in):
    made = office.confirm(JOBS, "nk.rsj")
    office.do(made.case_id, "approve", "quzhang", NOW, basis="decision", decision="示例政〔2026〕1号")
    page = log_in("duban").get(f"/desk/{number_of(made.case_id)}/do/assign/").content.decode()
    assert chosen(page) == ["nk.rsj"]
    assert "立项时写明的对象是区人力资源和社会保障局，已选上" in page and "句中有“就业”" in page


def test_a_corrected_object_is_chosen_and_another_units_reason_is_not_borrowed(office, log_in):
    made = office.confirm(JOBS, "nk.rsj")
    office.do(made.case_id, "replan", "duban", NOW, object="nk.mzj", reason="改由民政局")
    office.do(made.case_id, "approve", "quzhang", NOW, basis="decision", decision="示例政〔2026〕1号")
    page = log_in("duban").get(f"/desk/{number_of(made.case_id)}/do/assign/").content.decode()
    assert chosen(page) == ["nk.mzj"] and "句中有“就业”" not in page


def number_of(case: int) -> str:
    from bihuan.cases import wall
    from bihuan.cases.models import Case

    with wall.open_to(wall.SYSTEM):
        return Case.objects.get(pk=case).number
