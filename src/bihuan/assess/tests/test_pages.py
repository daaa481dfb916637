"""The pages of the bulletin: every number leads to its cases, corrections stand beside it, the desk closes and decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.assess.tests.test_closing import appeal, decide, rework
from bihuan.cases.edge import to_datetime
from bihuan.core.time.instant import at

PAGE = "/bulletin/2026-10/"


@pytest.fixture
def clock(monkeypatch):
    def set_to(text):
        monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at(text)))

    set_to("2026-11-05 12:00")
    return set_to


@pytest.fixture
def numbers(offices, clock):
    found = offices.month()
    offices.publish(offices.close(), paper="")
    return found


def test_nothing_public_yet(offices, client, clock):
    assert "还没有公布的月份" in client.get("/bulletin/").content.decode()
    assert client.get(PAGE).status_code == 404


def test_bulletin_tells_figures_exclusions_formulas_and_digest(numbers, client):
    assert "2026年10月" in client.get("/bulletin/").content.decode()
    text = client.get(PAGE).content.decode()
    for said in (
        "按期结案率",
        "95% 区间",
        "剔除",
        "没有数据",
        "高发小类",
        "垃圾站（箱）满溢",
        "漏报率",
        "核查不过返工",
        "SHA-256",
    ):
        assert said in text, said
    assert "测试caiji" not in text


def test_english_page(numbers, client):
    client.cookies["django_language"] = "en"
    text = client.get(PAGE).content.decode()
    assert "Monthly bulletin of urban management" in text and "Closed on time" in text


@pytest.mark.parametrize(
    "path",
    [
        "unit/", "street/", "community/", "district/", "unit/nk.cgw/", "street/120104001/", "corrections/",
        "unit/nk.cgw/rework_rate/numerator/", "district/120104/effective_rate/left_out/",
        "district/120104/opened_rate/missed/",
    ],
)  # fmt: skip
def test_pages_open(numbers, client, path):
    assert client.get(PAGE + path).status_code == 200


def test_from_number_to_case(numbers, client):
    text = client.get(PAGE + "unit/nk.cgw/").content.decode()
    assert PAGE + "unit/nk.cgw/rework_rate/numerator/" in text
    cases = client.get(PAGE + "unit/nk.cgw/rework_rate/numerator/").content.decode()
    assert numbers["bad"] in cases and numbers["good"] not in cases
    out = client.get(PAGE + "district/120104/effective_rate/left_out/").content.decode()
    assert numbers["new"] in out and "还没有定的" in out


@pytest.mark.parametrize("by", ["person", "collector", "checker", "handler", "post"])
def test_no_figure_can_be_asked_by_person(numbers, offices, client, by):
    person = offices.district.id("caiji")
    for path in (f"{by}/", f"{by}/{person}/", f"{by}/{person}/opened_rate/denominator/"):
        assert client.get(PAGE + path).status_code == 404
    assert client.get(f"{PAGE}unit/{person}/").status_code == 404


def test_lists_ask_the_same_number_of_questions_whatever_there_is(offices, client, clock):
    offices.district.dispatched("2026-10-12")
    offices.publish(offices.close())
    path = PAGE + "district/120104/opened_rate/denominator/"
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    with CaptureQueriesContext(connection) as page_few:
        client.get(PAGE)
    for day in range(12, 17):
        offices.district.report(f"2026-11-{day} 09:00")
    made = offices.close(when="2026-12-02 10:00", period=(2026, 11))
    offices.publish(made, when="2026-12-03 10:00")
    client.get("/bulletin/2026-11/")
    with CaptureQueriesContext(connection) as many:
        client.get("/bulletin/2026-11/district/120104/opened_rate/denominator/")
    with CaptureQueriesContext(connection) as page_many:
        client.get("/bulletin/2026-11/")
    assert len(many) == len(few)
    assert len(page_many) == len(page_few)


def test_desk_closes_objects_decides_publishes(offices, log_in, clock):
    offices.month()
    clock("2026-11-02 10:00")
    page = log_in("zhongxin").post("/desk/bulletin/", {"year": "2026", "month": "10"}, follow=True)
    assert "已结账" in page.content.decode()
    made = page.redirect_chain[-1][0]
    one = rework(made.rstrip("/").split("/")[-1])
    bad = log_in("zhongxin").post(
        made, {"do": "give", "rule": "", "whose": "", "number": "CG1", "reason": "短"}
    )
    assert (
        bad.status_code == 422
        and "没有这个编号的件" in bad.content.decode()
        and 'value="CG1"' in bad.content.decode()
    )
    clock("2026-11-03 09:00")
    page = log_in("cgwhead").post(
        f"/desk/bulletin/deductions/{one.pk}/", {"text": "当天道路封闭，车辆进不去"}, follow=True
    )
    assert "等另一个单位裁决" in page.content.decode()
    asked = type(one).objects.get(pk=one.pk).objection
    clock("2026-11-04 09:00")
    page = log_in("ducha").post(f"/desk/bulletin/appeals/{asked.pk}/", {"reason": "查实"})
    assert page.status_code == 422 and "请选成立或不成立" in page.content.decode()
    page = log_in("ducha").post(
        f"/desk/bulletin/appeals/{asked.pk}/", {"upheld": "yes", "reason": "封闭通告属实"}, follow=True
    )
    assert "成立，撤销" in page.content.decode()
    page = log_in("zhuren").post(made, {"do": "publish", "paper": ""}, follow=True)
    assert page.redirect_chain[-1][0] == PAGE and "封闭通告属实" in page.content.decode()


def test_desk_names_what_is_wrong(offices, log_in, clock):
    page = log_in("zhongxin").post("/desk/bulletin/", {"year": "2026", "month": "11"})
    assert page.status_code == 422 and "这个月还没有过完" in page.content.decode()
    page = log_in("cgwhead").post("/desk/bulletin/", {"year": "2026", "month": "10"})
    assert page.status_code == 422 and "监督中心" in page.content.decode()


def test_corrections_page_lists_the_case_and_the_withdrawn_points(numbers, offices, client):
    from bihuan.assess.actions.telling import tell
    from bihuan.assess.models import Month, Thing

    case = Thing.objects.filter(number=numbers["new"], kind="case").first().case
    offices.district.do(case, "drop", "shouli", "2026-11-05 09:20", reason="已经清走")
    tell(at("2026-11-05 12:00"))
    decide(
        offices,
        appeal(offices, rework(Month.objects.get()), when="2026-11-05 09:00"),
        when="2026-11-06 09:00",
    )
    text = client.get(PAGE + "corrections/").content.decode()
    assert numbers["new"] in text and "查实属实，撤销" in text
    assert "原数不改" in client.get(PAGE).content.decode()
