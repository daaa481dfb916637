"""A result that must be handed over opens a case of enforcement with the business as its party, in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan import lines
from bihuan.cases import actions as cases
from bihuan.cases import wall
from bihuan.cases.shapes import BadInput, Refused
from bihuan.cases.tests.conftest import District, keep_duties
from bihuan.core.time.instant import at, day
from bihuan.inspections.tests.bureau import BUREAU, businesses, do
from bihuan.lines.forms import fields
from bihuan.people import actions as people

pytestmark = pytest.mark.django_db(transaction=True)
POINT = "从业人员有健康证明"
HANDED: dict[str, Any] = {
    "unit": BUREAU, "offence": "F108", "ended_offence": "2026-10-13", "party_kind": "organisation",
    "party_shown": "示例餐馆0", "detail": "拒绝提供进货凭证",
}  # fmt: skip


def handing(bureau: District) -> tuple[int, str]:
    """(id of an inspection whose published result must be handed over, code of the business)."""
    code = businesses(1)[0]
    opened = cases.open_case(
        "inspections", "complaint", by=bureau.id("jing"), unit=BUREAU, at=at("2026-10-12 09:00"),
        data={
            "title": "示例餐馆0", "subject": code, "agency": BUREAU, "first": bureau.id("jian1"), "first_unit": BUREAU,
            "second": bureau.id("jian2"), "second_unit": BUREAU, "limit": "15 days", "origin": "投诉 1 号",
            "points": [{"item": "食品安全", "point": POINT}],
        },
    )  # fmt: skip
    do(bureau, opened.case, "record", "jian1", "2026-10-13 10:00", "evidence:site", "evidence:sheet", checks=[{"point": POINT, "found": "不符合"}],
       result="obstructed", text="拒绝提供进货凭证", signed="refused", sign_note="拒签")  # fmt: skip
    do(bureau, opened.case, "confirm", "jian2", "2026-10-13 11:00")
    do(bureau, opened.case, "pass", "shen", "2026-10-14 09:00")
    do(bureau, opened.case, "publish_hand", "jing", "2026-10-15 09:00", reviewed="yes")
    return opened.case, code


def duties(folder: Path) -> None:
    """The rows of the duty list that say who may penalise."""
    keep_duties(folder, ",enforcement,")
    people.load_duties(folder)


def enforcement() -> list[tuple[Any, ...]]:
    sql = "select id, number, parent_id, title, matter, parties->>'party', parties->>'agency', state, data from cases_case where line = 'enforcement'"
    return wall.ask(sql, [], wall.SYSTEM)


def test_handing_over_opens_the_case_of_enforcement_with_its_party(bureau: District) -> None:
    case, code = handing(bureau)
    do(bureau, case, "hand_over", "jing", "2026-10-16 09:00", **HANDED)
    ((_pk, number, parent, title, matter, party, agency, state, data),) = enforcement()
    said = lines_json(data)
    assert (parent, matter, agency, state) == (case, "F108", BUREAU, "found")
    assert party == f"r:{number}"
    assert title.startswith("示例餐馆0：")
    assert (said["uscc"], said["party_shown"], said["source"]) == (code, "示例餐馆0", "inspection")
    assert said["detail"] == "拒绝提供进货凭证"
    [(origin,)] = wall.ask("select number from cases_case where id = %s", [case], wall.SYSTEM)
    assert said["from_case"] == origin


def lines_json(value: Any) -> Any:
    import orjson

    return orjson.loads(value) if isinstance(value, str | bytes) else value


def test_both_pages_lead_to_each_other(bureau: District, client: Client) -> None:
    case, _code = handing(bureau)
    do(bureau, case, "hand_over", "jing", "2026-10-16 09:00", **HANDED)
    ((_pk, number, *_rest),) = enforcement()
    [(origin,)] = wall.ask("select number from cases_case where id = %s", [case], wall.SYSTEM)
    client.force_login(bureau.persons["juzhang"])
    assert number in client.get(reverse("desk-case", args=[origin])).content.decode()
    assert origin in client.get(reverse("desk-case", args=[number])).content.decode()


def test_the_business_is_the_party_and_can_be_filed_and_heard(bureau: District, tmp_path: Path) -> None:
    case, _code = handing(bureau)
    do(bureau, case, "hand_over", "jing", "2026-10-16 09:00", **HANDED)
    ((pk, number, *_rest),) = enforcement()
    duties(tmp_path)
    do(bureau, pk, "file", "juzhang", "2026-10-19 09:00", opinion="立案")
    cases.act(pk, "note", by=f"r:{number}", unit="", at=at("2026-10-19 10:00"), data={"text": "已收到"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"offence": ""}, "offence"), ({"offence": "Z999"}, "offence"), ({"ended_offence": ""}, "ended_offence"), ({"unit": "nk.nobody"}, "unit")],
)  # fmt: skip
def test_without_matter_day_or_unit_nothing_is_handed_over(
    bureau: District, wrong: dict[str, Any], field: str
) -> None:
    case, _code = handing(bureau)
    with pytest.raises(BadInput) as bad:
        do(bureau, case, "hand_over", "jing", "2026-10-16 09:00", **HANDED | wrong)
    assert field in dict(bad.value.faults)
    assert enforcement() == []


def test_who_inspects_hands_nothing_over(bureau: District) -> None:
    case, _code = handing(bureau)
    with pytest.raises(Refused):
        do(bureau, case, "hand_over", "jian1", "2026-10-16 09:00", **HANDED)
    assert enforcement() == []


def test_a_sole_trader_is_handed_over_without_its_code(bureau: District) -> None:
    case, _code = handing(bureau)
    changed = {"party_kind": "person", "party_shown": "张某"}
    do(bureau, case, "hand_over", "jing", "2026-10-16 09:00", **HANDED | changed)
    said = lines_json(enforcement()[0][-1])
    assert "uscc" not in said and said["party_shown"] == "张某"


def test_the_form_offers_the_matters_of_enforcement_and_answers_its_form() -> None:
    today = day("2026-10-16")
    here, there = lines.at("inspections", today), lines.at("enforcement", today)
    asked = {field.key: field for field in fields(here, "hand_over")}
    offered = [(code, str(say), say.en) for code, say in asked["offence"].options]
    rows = [there.matter(code, today) for code in there.matters]
    assert offered == [(row.code, f"{row.code} {row.name}", f"{row.code} {row.name_en}") for row in rows]
    hands = here.actions["hand_over"].hands
    assert hands is not None
    there_asked = {field.key for field in fields(there, there.opens_with)}
    assert {name for name, _, _ in hands.gives} <= there_asked
    assert {key for _, kind, key in hands.gives if kind == "data"} <= set(asked)
