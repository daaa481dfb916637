"""The open data: what is public is complete with text, link and stable id; what is not public is nowhere."""

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from bihuan.core.rows import write_rows
from bihuan.core.time.instant import at
from bihuan.targets import actions, queries
from bihuan.targets.models import Indicator, Reading
from bihuan.targets.plan import usual
from bihuan.targets.tests.conftest import GDP, JOBS, NOW, TASK

pytestmark = pytest.mark.django_db
KINDS = ("reports", "commitments", "targets", "indicators", "readings")


def get(client: Any, path: str) -> Any:
    answer = client.get(f"/api/open/{path}")
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def whole(client: Any, kind: str) -> str:
    answer = client.get(f"/api/open/{kind}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(answer.streaming_content).decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def hidden(office: Any, key: str, lead: str) -> Any:
    """A commitment that the office does not publish."""
    plan = usual("figure")
    return office.confirm(
        key, lead, plan=type(plan)(**{**{f: getattr(plan, f) for f in plan.__slots__}, "public": False})
    )


def read(made: Any, year: int, value: int, office: Any) -> Reading:
    return actions.add_reading(
        made.target.indicator_id,
        year,
        str(value),
        "achieved",
        "示例年报第 3 页",
        **office.who("duban"),
        at=at(NOW),
    )


def test_a_commitment_has_its_sentence_its_link_and_a_stable_id(office, client):
    made = office.confirm(GDP, "nk.fgw")
    (one,) = get(client, "commitments")["items"]
    sha = office.report.sha256[:12]
    assert (one["id"], one["report"], one["target"]) == (f"{sha}:{GDP}", sha, f"{sha}:{GDP}")
    assert (one["text"], one["lead"], one["lead_title"]["zh"]) == (
        "地区生产总值力争超千亿",
        "nk.fgw",
        "区发展和改革委员会",
    )
    assert one["page"] == f"http://testserver/promises/{office.report.pk}/mark/{GDP}"
    page, _, sentence = one["sentence"].partition("#")
    html = client.get(page.removeprefix("http://testserver")).content.decode()
    assert sentence.startswith("s-") and f'id="{sentence}"' in html
    assert one["standing"] == "open" and one["case"] and made.title == one["title"]
    assert "测试" not in client.get("/api/open/commitments").content.decode()  # persons are not named


def test_goals_indicators_and_readings_hang_together(office, client):
    made = office.confirm(GDP, "nk.fgw")
    read(made, 2017, 70_200_000_000, office)
    (goal,) = get(client, "targets")["items"]
    (indicator,) = get(client, "indicators")["items"]
    readings = get(client, "readings")["items"]
    assert (goal["kind"], goal["value"], goal["unit"], goal["by"]) == ("level_by_year", 1e11, "元", 2021)
    assert goal["indicator"] == indicator["id"] and indicator["name"] == "地区生产总值"
    assert [(r["year"], r["value"], r["indicator"]) for r in readings] == [
        (2016, 64.8e9, indicator["id"]), (2017, 70.2e9, indicator["id"]),
    ]  # fmt: skip
    assert readings[1]["source"] == "示例年报第 3 页"
    assert get(client, f"readings?indicator={indicator['id']}")["items"] == readings
    assert get(client, "readings?indicator=000000000000")["items"] == []


def test_ids_outlive_the_database(office, client):
    made = office.confirm(GDP, "nk.fgw")
    read(made, 2017, 70_200_000_000, office)
    before = [get(client, kind)["items"] for kind in KINDS]
    Indicator.objects.filter(pk=made.target.indicator_id).update(name="地区生产总值")  # the same again
    assert [get(client, kind)["items"] for kind in KINDS] == before
    assert (
        len({row["id"] for rows_ in before for row in rows_}) == sum(map(len, before)) - 1
    )  # a goal and its promise share one
    read(made, 2017, 70_300_000_000, office)
    ids = [row["id"] for row in get(client, "readings")["items"]]
    assert len(set(ids)) == 3  # a correction is another figure


def test_what_is_not_public_is_nowhere(office, client):
    office.confirm(TASK, "nk.shangwu")
    made = hidden(office, JOBS, "nk.rsj")
    actions.add_reading(
        made.target.indicator_id, 2017, "41000", "achieved", "不公开的台账", **office.who("duban"), at=at(NOW)
    )
    everything = "".join(whole(client, kind) for kind in KINDS)
    for kind in KINDS:
        everything += client.get(f"/api/open/{kind}").content.decode()
        everything += json.dumps(client.get(f"/api/open/{kind}.jsonld").json(), ensure_ascii=False)
    for secret in (JOBS, "全年新增就业4万人", "新增就业", "41000", "不公开的台账", "nk.rsj"):
        assert secret not in everything, secret
    assert TASK in everything


def test_a_hidden_figure_is_not_drawn_for_the_public_either(office, client):
    made = hidden(office, GDP, "nk.fgw")
    read(made, 2018, 75_400_000_000, office)
    for path in ("", f"mark/{GDP}", "goals", "summary"):
        assert "754 亿元" not in client.get(f"/promises/{office.report.pk}/{path}").content.decode(), path
    gdp = ("地区生产总值", "元", "")
    assert [p.year for p in queries.readings_of(office.report, staff=True)[0][gdp]] == [
        2016,
        2018,
    ]  # staff see it
    assert gdp not in queries.readings_of(office.report)[0]


def test_an_indicator_of_a_hidden_and_a_public_promise_is_public(office, client):
    hidden(office, "goal-11767-11779", "nk.fgw")  # growth of GDP: an indicator of its own
    assert get(client, "indicators")["items"] == []
    office.confirm(GDP, "nk.fgw")
    assert [one["scope"] for one in get(client, "indicators")["items"]] == [""]


def test_what_formulas_computed_is_public(office, client):
    actions.add_computed(
        "按期办结率",
        "%",
        "区级",
        "天津市南开区",
        2026,
        Decimal("93.5"),
        formula="x/y",
        version="v1",
        source="/scores/1/",
        at=at(NOW),
    )
    (one,) = get(client, "readings")["items"]
    assert (one["kind"], one["formula"], one["value"]) == ("computed", "x/y", 93.5)


def test_pages_follow_one_another_without_a_gap(office, client):
    for key, lead in ((GDP, "nk.fgw"), (JOBS, "nk.rsj"), (TASK, "nk.shangwu")):
        office.confirm(key, lead)
    seen, after = [], 0
    while after is not None:
        page = get(client, f"commitments?limit=1&after={after}")
        assert len(page["items"]) <= 1
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
    assert seen == [one["id"] for one in get(client, "commitments")["items"]] and len(seen) == 3
    assert [one["lead"] for one in get(client, "commitments?unit=nk.rsj")["items"]] == ["nk.rsj"]
    assert get(client, "commitments?report=ffffffffffff")["items"] == []


@pytest.mark.parametrize(
    ("path", "field"),
    [("commitments?limit=0", "limit"), ("commitments?limit=9999", "limit"), ("readings?after=x", "after"),
     ("readings?indicator=%27", "indicator"), ("persons.csv", "kind"), ("persons.jsonld", "kind")],
)  # fmt: skip
def test_bad_wishes_are_told_at_their_field(office, client, path, field):
    answer = client.get(f"/api/open/{path}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field and answer.json()["errors"][0]["zh"]


def test_the_csv_has_every_row_and_both_names(office, client):
    for key, lead in ((GDP, "nk.fgw"), (JOBS, "nk.rsj")):
        office.confirm(key, lead)
    found = rows(whole(client, "commitments"))
    assert [one["text"] for one in found] == ["地区生产总值力争超千亿", "全年新增就业4万人"]
    assert found[0]["lead_title"] == "区发展和改革委员会" and found[0]["lead_title_en"].isascii()
    assert found[0]["rated"] == "true" and found[0]["sentence"].startswith("http://testserver/promises/")
    assert whole(client, "commitments").startswith("\ufeff")


def test_a_whole_file_goes_past_the_longest_page(office, client):
    made = office.confirm(GDP, "nk.fgw")
    first = read(made, 2017, 1, office)
    Reading.objects.bulk_create(
        Reading(
            indicator=first.indicator, year=2017, value=n, status="achieved", source="示例", by=first.by, added_at=first.added_at
        )
        for n in range(2, 430)
    )  # fmt: skip
    found = rows(whole(client, "readings"))
    assert len(found) == Reading.objects.count() == 430  # the base of the report is one of them
    assert len({one["id"] for one in found}) == 430
    assert len(client.get("/api/open/readings.jsonld").json()["@graph"]) == 430


def test_no_cell_begins_a_formula():
    text = write_rows([["=1+1", "+8", "@x", "-sum", "-3.5", None, "4%"]])
    assert next(csv.reader(io.StringIO(text))) == ["'=1+1", "'+8", "'@x", "'-sum", "-3.5", "", "4%"]


def test_json_ld_links_promise_goal_indicator_and_reading(office, client):
    made = office.confirm(GDP, "nk.fgw")
    read(made, 2017, 70_200_000_000, office)
    nodes = {kind: client.get(f"/api/open/{kind}.jsonld").json()["@graph"] for kind in KINDS}
    ids = {node["@id"] for some in nodes.values() for node in some}
    (promise,), (goal,) = nodes["commitments"], nodes["targets"]
    assert promise["@type"] == "Action" and promise["actionStatus"].endswith("/ActiveActionStatus")
    assert promise["subjectOf"]["text"] == "地区生产总值力争超千亿" and "#s-" in promise["subjectOf"]["url"]
    assert (goal["@type"], goal["minValue"], goal["unitText"]) == (
        "QuantitativeValue",
        1e11,
        "元",
    )  # 超: more than
    assert {
        promise["object"]["@id"],
        goal["valueReference"]["@id"],
        promise["subjectOf"]["isPartOf"]["@id"],
    } <= ids
    assert {node["variableMeasured"]["@id"] for node in nodes["readings"]} <= ids
    assert client.get("/api/open/commitments.jsonld")["Content-Type"] == "application/ld+json"


def test_the_catalogue_lists_files_that_are_there(office, client):
    found = client.get("/api/open/catalog.jsonld").json()
    assert found["@type"] == "dcat:Catalog" and len(found["dcat:dataset"]) == len(KINDS)
    for one in found["dcat:dataset"]:
        for file in one["dcat:distribution"]:
            answer = client.get(file["dcat:downloadURL"]["@id"].removeprefix("http://testserver"))
            assert answer.status_code == 200 and answer["Content-Type"].startswith(file["dcat:mediaType"])


def test_a_page_asks_the_same_number_of_questions_with_more_rows(office, client):
    from django.db import connection

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            get(client, "commitments")
        return len(found)

    office.confirm(GDP, "nk.fgw")
    client.get("/api/open/commitments")
    few = asked()
    for key, lead in ((JOBS, "nk.rsj"), (TASK, "nk.shangwu")):
        office.confirm(key, lead)
    assert asked() == few <= 7


def test_the_description_names_every_data_set(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {f"/api/open/{kind}" for kind in KINDS} <= set(paths)


def test_the_catalogue_names_its_publisher_and_says_that_no_licence_is_declared(office, client, settings):
    found = client.get("/api/open/catalog.jsonld").json()
    publisher = found["dct:publisher"]
    assert publisher["dct:identifier"] == "nk" and publisher["foaf:name"][0]["@value"] == "南开区人民政府"
    said = [
        found,
        *found["dcat:dataset"],
        *(d for one in found["dcat:dataset"] for d in one["dcat:distribution"]),
    ]
    for one in said:
        assert [label["@value"] for label in one["dct:rights"]["rdfs:label"]] == [
            "许可未声明", "No licence has been declared",
        ]  # fmt: skip
        assert "dct:license" not in one
    settings.OPEN_DATA_LICENCE = "https://example.org/licence"
    found = client.get("/api/open/catalog.jsonld").json()
    assert found["dct:license"] == {"@id": "https://example.org/licence"} and "dct:rights" not in found
