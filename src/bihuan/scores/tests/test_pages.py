"""Pages of scores: what anybody reads, what the desk does; figures carried into readings."""

import re

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bihuan.cases.shapes import Refused
from bihuan.config import figures, tasks
from bihuan.core.say import Say
from bihuan.core.time.instant import at
from bihuan.scores import shown
from bihuan.scores.models import Appeal, Counting, Publication, Ruling, Scoring
from bihuan.targets.models import Reading


@pytest.fixture
def there(offices):
    offices.month()
    return offices.publish(offices.compute())


def test_anybody_reads_the_list_the_version_the_unit_and_the_files(offices, there, client):
    assert f"/scores/{there.pk}/" in client.get("/scores/").content.decode()
    page = client.get(f"/scores/{there.pk}/").content.decode()
    assert "区城市管理委员会" in page and "4 件里 2 件" in page and "没有数据，不评分不排名" in page
    assert "本期到期的“处置”时限，按时" in page and "40 分 × 比率" in page
    unit = client.get(f"/scores/{there.pk}/nk.cgw/").content.decode()
    late = there.scoring.countings.get(unit="nk.cgw", item="handled").cases["denominator"][2]
    assert late in unit
    assert "nk.cgw" in client.get(f"/scores/{there.pk}/results.csv").content.decode()
    assert f"{late},只在分母" in client.get(f"/scores/{there.pk}/nk.cgw/cases.csv").content.decode()


def test_staff_go_from_a_number_to_its_case_and_the_public_reads_the_number(offices, there, log_in, client):
    number = there.scoring.countings.get(unit="nk.cgw", item="handled").cases["denominator"][2]
    address = f"/scores/{there.pk}/nk.cgw/"
    assert f'href="/desk/{number}/"' not in client.get(address).content.decode()
    assert f'href="/desk/{number}/"' in log_in("cgwhead").get(address).content.decode()


def test_bonus_and_deduction_stand_in_the_list_with_their_number(offices, client):
    scoring = Scoring.objects.get(pk=offices.compute().pk)
    row = scoring.results.get(unit="nk.cgw")
    copy = Scoring.objects.get(pk=scoring.pk)
    copy.pk = None
    copy.save()
    detail = row.detail
    for one in detail["extras"]:
        if one["key"] in ("first_time", "rework"):
            one |= {"n": 3, "points": {"first_time": "1.50", "rework": "0.60"}[one["key"]]}
    row.pk, row.scoring, row.total, row.bound, row.possible = None, copy, 80, 80, 100
    row.save()
    page = client.get(f"/scores/{offices.publish(copy).pk}/").content.decode()
    words = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"加分 · 督查任务核查一次属实 +\+1\.50 +3 次", words)
    assert re.search(r"扣分 · 核查不过返工 +−0\.60 +3 次", words)
    assert "虚报办结 +" not in words.split("公式")[0]


def test_what_is_left_out_is_grouped_by_its_reason():
    a, b = Say("改派的", "Reassigned"), Say("终止的", "Cancelled")
    found = shown.by_reason([("CG1", a), ("CG2", b), ("CG3", a), ("CG1", a)])
    assert found == [(a, [("CG1", 2), ("CG3", 1)]), (b, [("CG2", 1)])]


@pytest.mark.parametrize("where", ["999/", "999/results.csv", "{pk}/nk.jiandu/", "{pk}/nk.jiandu/cases.csv"])
def test_what_is_not_there_is_not_found(there, client, where):
    assert client.get(f"/scores/{where.format(pk=there.pk)}").status_code == 404


def test_the_desk_computes_publishes_appeals_and_decides(offices, log_in):
    offices.month()
    client = log_in("duban")
    assert client.post("/desk/scores/", {"year": "2026", "month": "10"}).status_code == 302
    made = Scoring.objects.get()
    assert client.post(f"/desk/scores/{made.pk}/", {}).status_code == 422
    assert log_in("ducha").post(f"/desk/scores/{made.pk}/", {}).status_code == 302
    there = Publication.objects.get()
    client = log_in("cgwhead")
    assert client.post(f"/desk/scores/{there.pk}/appeal", {"item": "", "text": "短"}).status_code == 422
    given = {"item": "handled", "text": "这一件当天道路封闭，车辆进不去"}
    assert client.post(f"/desk/scores/{there.pk}/appeal", given).status_code == 302
    asked = Appeal.objects.get()
    client = log_in("quzhang")
    form = client.get(f"/desk/scores/appeals/{asked.pk}").content.decode()
    late = there.scoring.countings.get(unit="nk.cgw", item="handled").cases["denominator"][2]
    assert f'name="struck" value="{late}"' in form and f'href="/desk/{late}/"' in form
    answer = client.post(f"/desk/scores/appeals/{asked.pk}", {"upheld": "no", "reason": "超时在封路以前"})
    assert answer.status_code == 302 and not Ruling.objects.get().upheld


def test_nobody_computes_without_logging_in(client, db):
    assert client.get("/desk/scores/").status_code == 302


def test_too_few_cases_give_no_reading(offices, there):
    assert figures.carry(there, at("2026-11-02 12:00")) == 0
    assert not Reading.objects.exists()


def busy_year(offices, month: int = 0) -> Scoring:
    """A computed year or month in which one unit has forty cases, thirty of them in time: enough for a rate."""
    scoring = offices.compute(period=(2026, month))
    Counting.objects.create(
        scoring=scoring, unit="nk.cgw", item="handled", numerator=30, denominator=40, left_out=0, cases={},
    )  # fmt: skip
    return scoring


def jobs() -> list[int]:
    rows = ProcrastinateJob.objects.filter(task_name="carry_readings").order_by("id")
    return [row.args["publication"] for row in rows]


def test_publishing_orders_the_readings_and_the_worker_writes_them_with_formula_and_page(offices):
    first = offices.publish(busy_year(offices))
    assert jobs() == [first.pk]
    app.perform_import_paths()  # what the worker does before it looks for jobs
    assert app.tasks["carry_readings"](first.pk) == 1
    one = Reading.objects.get()
    assert (one.indicator.name, one.indicator.scope, one.year) == ("数字城管按期处置率", "扣停表", 2026)
    assert (one.value, one.kind, one.by, one.source) == (75, "computed", None, f"/scores/{first.pk}/")
    assert one.formula == "urban_management/handled_on_time" and len(one.version) == 16
    assert tasks.carry_readings(first.pk) == 1 and Reading.objects.count() == 1


def test_a_month_that_was_published_is_a_reading_of_that_month(offices):
    there = offices.publish(busy_year(offices, 9))
    assert tasks.carry_readings(there.pk) == 1
    one = Reading.objects.get()
    assert (one.year, one.month, one.value, one.source) == (2026, 9, 75, f"/scores/{there.pk}/")


def test_an_order_that_comes_late_writes_nothing_over_a_newer_version(offices):
    first = offices.publish(busy_year(offices))
    again = offices.compute(when="2026-11-04 10:00", period=(2026, 0))
    second = offices.publish(again, when="2026-11-04 11:00", reason="补录了一天的件")
    assert jobs() == [first.pk, second.pk]
    assert tasks.carry_readings(first.pk) == 0
    assert not Reading.objects.exists()


def test_what_is_refused_orders_nothing(offices):
    with pytest.raises(Refused):
        offices.publish(busy_year(offices), "duban")
    assert jobs() == []
