"""Pages of scores: what anybody reads, what the desk does; figures carried into readings."""

import pytest

from bihuan.config import figures
from bihuan.core.time.instant import at
from bihuan.scores.models import Appeal, Publication, Ruling, Scoring
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
    assert client.get(f"/desk/scores/appeals/{asked.pk}").status_code == 200
    answer = client.post(f"/desk/scores/appeals/{asked.pk}", {"upheld": "no", "reason": "超时在封路以前"})
    assert answer.status_code == 302 and not Ruling.objects.get().upheld


def test_nobody_computes_without_logging_in(client, db):
    assert client.get("/desk/scores/").status_code == 302


def test_a_small_year_gives_no_reading_and_a_month_none(offices, there):
    assert figures.carry(there, at("2026-11-02 12:00")) == 0
    assert not Reading.objects.exists()
