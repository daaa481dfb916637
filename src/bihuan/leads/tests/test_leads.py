"""Leads are kept once, settled by one person of the office and reviewed by another; samples tell nobody before time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.cases import wall
from bihuan.cases.edge import to_datetime
from bihuan.cases.models import Case
from bihuan.cases.shapes import BadInput, Opened, Refused
from bihuan.cases.tests.conftest import District, seed
from bihuan.cases.tests.conftest import district as district
from bihuan.cases.tests.scenes import jpeg, scene
from bihuan.core.time.instant import at
from bihuan.leads import actions, queries
from bihuan.leads.models import Lead, Sample
from bihuan.people import actions as people
from bihuan.people.models import Person

__all__ = ["district", "seed"]
FROM, TO = at("2026-10-01 00:00"), at("2026-11-01 00:00")
OFFICE = "nk.duban"


@pytest.fixture
def office(district: District) -> dict[str, str]:
    """An inspector and a head of the supervision office, by post."""
    found = {}
    for post in ("inspector", "head"):
        person = Person.objects.create_user(f"duban_{post}", name=f"测试{post}")
        people.give_post(person, OFFICE, post, date(2016, 1, 1))
        found[post] = str(person.pk)
    return found


def hand_in(district: District, case: Opened, when: str, body: bytes) -> None:
    from bihuan.cases import actions as cases
    from bihuan.cases.shapes import Upload

    cases.act(case.case, "feedback", by=district.id("cgw"), unit="nk.cgw", at=at(when), data={}, files=[Upload("after", "a.jpg", body)])  # fmt: skip


def one_lead(district: District) -> Lead:
    """The handler hands in one picture for two cases."""
    first, second = district.dispatched("2026-10-12"), district.dispatched("2026-10-13")
    hand_in(district, first, "2026-10-12 10:30", jpeg(scene(1)))
    hand_in(district, second, "2026-10-13 10:30", jpeg(scene(1), 60))
    assert actions.look(FROM, TO, at("2026-10-14 03:40")) == 1
    return Lead.objects.get()


def settle(pk: int, by: str, verdict: str = "confirmed", reason: str = "经办人承认") -> None:
    actions.settle(pk, verdict, reason, by=by, unit=OFFICE, at=at("2026-10-14 09:00"))


def review(pk: int, by: str, agree: bool = True, reason: str = "核对过照片") -> None:
    actions.review(pk, agree, reason, by=by, unit=OFFICE, at=at("2026-10-14 10:00"))


def stand(pk: int) -> str:
    return queries.stand_of(queries.steps_of(queries.lead(pk)))


def test_a_lead_is_kept_once_and_again_only_with_a_new_case(district: District) -> None:
    lead = one_lead(district)
    assert (lead.signal, lead.version, lead.params["apart"], len(lead.cases)) == ("reused", 1, 7, 2)
    assert actions.look(FROM, TO, at("2026-10-15 03:40")) == 0
    third = district.dispatched("2026-10-15")
    hand_in(district, third, "2026-10-15 10:30", jpeg(scene(1), 70))
    assert actions.look(FROM, TO, at("2026-10-16 03:40")) == 1
    assert third.number in Lead.objects.latest("pk").cases


def test_pictures_that_were_compared_before_are_not_compared_again(district: District) -> None:
    first, second = district.dispatched("2026-10-12"), district.dispatched("2026-10-13")
    hand_in(district, first, "2026-10-12 10:30", jpeg(scene(1)))
    hand_in(district, second, "2026-10-13 10:30", jpeg(scene(1), 60))
    night = at("2026-10-14 03:40")
    assert actions.look(FROM, night, night, pictures_since=at("2026-10-14 00:00")) == 0
    assert actions.look(FROM, night, night, pictures_since=at("2026-10-13 00:00")) == 1


def test_one_settles_another_reviews(district: District, office: dict[str, str]) -> None:
    pk = one_lead(district).pk
    with pytest.raises(Refused, match="待处理"):
        review(pk, office["head"])
    settle(pk, office["inspector"])
    assert stand(pk) == "settle"
    with pytest.raises(Refused, match="复核的不能是处理的人"):
        review(pk, office["inspector"])
    review(pk, office["head"], agree=False, reason="再问一次")
    assert stand(pk) == "open"
    settle(pk, office["head"], "explained")
    review(pk, office["inspector"])
    assert stand(pk) == "agree"
    with pytest.raises(Refused, match="已办结"):
        settle(pk, office["inspector"])


def test_nobody_outside_the_office(district: District, office: dict[str, str]) -> None:
    pk = one_lead(district).pk
    for name in ("cgw", "jiandu", "hecha", "paiqian"):
        with pytest.raises(Refused, match="监督办公室"):
            actions.settle(pk, "confirmed", "…", by=district.id(name), unit=district.unit(name), at=at("2026-10-14 09:00"))  # fmt: skip
    with pytest.raises(Refused, match="监督办公室"):
        actions.settle(pk, "confirmed", "…", by=district.id("cgw"), unit=OFFICE, at=at("2026-10-14 09:00"))


def test_what_is_missing_is_named(district: District, office: dict[str, str]) -> None:
    pk = one_lead(district).pk
    with pytest.raises(BadInput) as bad:
        settle(pk, office["inspector"], "guilty", " ")
    assert [field for field, _ in bad.value.faults] == ["verdict", "reason"]
    with pytest.raises(BadInput) as bad:
        actions.seal("CG1", None, "", by=office["head"], unit=OFFICE, at=at("2026-10-14 09:00"))
    assert [field for field, _ in bad.value.faults] == ["number", "good", "seen"]


def test_nothing_kept_is_ever_altered(district: District, office: dict[str, str]) -> None:
    lead = one_lead(district)
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(weight=1)
    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        Lead.objects.all().delete()


def test_the_list_is_by_weight_page_by_page(district: District) -> None:
    lead = one_lead(district)
    for weight in range(1, 70):
        Lead.objects.create(
            line=lead.line, signal="far", version=1, params={}, about=[str(weight)], cases=["CG1"], weight=weight, said="…",
            said_en="…", pairs=[], since=lead.since, until=lead.until, at=lead.at,
        )  # fmt: skip
    seen, after, asked = [], "", []
    while True:
        with CaptureQueriesContext(connection) as queries_asked:
            rows, after = queries.leads("open", after)
        asked.append(len(queries_asked))
        seen += [row.weight for row in rows]
        if not after:
            break
    assert seen == sorted(seen, reverse=True) and len(seen) == 70
    assert set(asked) == {1}
    assert queries.leads("agree")[0] == []
    assert [row.weight for row in queries.leads("open", "x.y")[0]] == seen[:30]


def sit(person: str, unit: str, client: Client) -> Client:
    client.force_login(Person.objects.get(pk=person), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["unit"] = unit
    session.save()
    return client


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-11-03 09:00")))


def test_pages_for_the_office_alone(district: District, office: dict[str, str]) -> None:
    pk = one_lead(district).pk
    inside = sit(office["inspector"], OFFICE, Client())
    text = inside.get("/desk/leads/").content.decode()
    assert "照片在别的件上用过" in text and "异常线索" in inside.get("/desk/").content.decode()
    page = inside.get(f"/desk/leads/{pk}/").content.decode()
    assert page.count("<figure>") == 2 and "64 位指纹相差" in page
    assert inside.get("/desk/leads/999/").status_code == 404
    answer = inside.post(f"/desk/leads/{pk}/", {"do": "settle", "verdict": "", "reason": "写了一半"})
    assert answer.status_code == 422 and "写了一半" in answer.content.decode()
    for name in ("cgw", "jiandu", "hecha"):
        outside = sit(district.id(name), district.unit(name), Client())
        assert [outside.get(one).status_code for one in ("/desk/leads/", f"/desk/leads/{pk}/", "/desk/samples/")] == [403] * 3  # fmt: skip
        assert "异常线索" not in outside.get("/desk/").content.decode()
    inside.cookies["django_language"] = "en"
    english = inside.get(f"/desk/leads/{pk}/").content.decode()
    assert "A picture used before" in english and "What it comes to" in english and "处理" not in english


def drawn(district: District, case: Opened) -> str:
    with wall.open_to(wall.SYSTEM):
        pk = Case.objects.get(pk=case.case).parties["checker"]
    return "hecha" if pk == district.id("hecha") else "hecha2"


def sealed(district: District, office: dict[str, str], day: str, good: bool, passes: bool | None) -> Opened:
    """Fed back, looked at and sealed by the office, then checked."""
    case = district.dispatched(day)
    district.do(case.case, "feedback", "cgw", f"{day} 10:30", files=["after"])
    actions.seal(
        case.number.lower(), good, "到现场看过", by=office["inspector"], unit=OFFICE, at=at(f"{day} 10:40")
    )
    if passes is not None:
        data = {} if passes else {"text": "没清完"}
        district.do(case.case, "check_ok" if passes else "check_bad", drawn(district, case), f"{day} 11:00", files=["check"], **data)  # fmt: skip
    return case


def test_samples_are_compared_with_the_check_and_disclosed_after_the_month(
    district: District, office: dict[str, str]
) -> None:
    sealed(district, office, "2026-10-12", good=False, passes=False)
    sealed(district, office, "2026-10-13", good=False, passes=True)
    sealed(district, office, "2026-10-14", good=True, passes=True)
    sealed(district, office, "2026-10-15", good=True, passes=False)
    (month,) = queries.sampled(at("2026-11-01 00:00"), whole=True)
    assert (month.sealed, month.bad, month.caught, month.wronged, month.waiting) == (4, 2, 1, 1, 0)
    assert queries.sampled(at("2026-10-31 23:59"), whole=True) == []
    assert len(queries.sampled(at("2026-10-31 23:59"), whole=False)) == 1
    sealed(district, office, "2026-10-16", good=False, passes=None)
    assert queries.sampled(at("2026-11-01 00:00"), whole=True) == []
    assert "还没有过完的月份" in Client().get("/samples/").content.decode()


def test_a_sample_is_sealed_once_and_only_before_the_check(
    district: District, office: dict[str, str]
) -> None:
    case = sealed(district, office, "2026-10-12", good=False, passes=None)
    with pytest.raises(BadInput, match="封存过了"):
        actions.seal(case.number, True, "…", by=office["head"], unit=OFFICE, at=at("2026-10-12 10:50"))
    district.do(case.case, "check_ok", drawn(district, case), "2026-10-12 11:00", files=["check"])
    with pytest.raises(BadInput, match="没有等待核查的办件"):
        actions.seal(case.number, False, "…", by=office["head"], unit=OFFICE, at=at("2026-10-12 11:10"))
    open_one = district.dispatched("2026-10-12")
    with pytest.raises(BadInput, match="没有等待核查的办件"):
        actions.seal(open_one.number, False, "…", by=office["head"], unit=OFFICE, at=at("2026-10-12 11:10"))


def test_the_checker_cannot_tell_a_sample(district: District, office: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """The pages of the checker are the same to the letter, but for the request's own marks, sealed or not."""
    import re

    monkeypatch.setattr("bihuan.config.middleware.now", lambda: to_datetime(at("2026-10-12 10:45")))
    case = district.dispatched("2026-10-12")
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", files=["after"])
    who = drawn(district, case)
    client = sit(district.id(who), "nk.jiandu", Client())

    def shown() -> list[str]:
        pages = [client.get(one).content.decode() for one in (f"/desk/{case.number}/", "/desk/?view=me", f"/desk/{case.number}/do/check_ok/")]  # fmt: skip
        return [re.sub(r'(nonce|value|data-key)="[^"]*"', "", page) for page in pages]

    before = shown()
    actions.seal(case.number, False, "没修好", by=office["inspector"], unit=OFFICE, at=at("2026-10-12 10:40"))
    assert shown() == before
    assert Sample.objects.count() == 1


def test_samples_enter_no_rate(district: District, office: dict[str, str]) -> None:
    """Every indicator of the line is the same with the seals and without."""
    from bihuan import lines
    from bihuan.cases.stories import stories
    from bihuan.core.score.formula import Period, Tally, add_story
    from bihuan.lines.scores import indicators

    def rates() -> dict[str, dict[str, Tally]]:
        period, asof = Period(FROM, TO), at("2026-10-31 23:00")
        found: dict[str, dict[str, Tally]] = {}
        for of in indicators(lines.at("urban_management", FROM // 86400)):
            for story in stories(["urban_management"], FROM, asof):
                add_story(found.setdefault(of.key, {}), of, "handler", story, period, asof, lines.calendar())
        return found

    case = district.dispatched("2026-10-12")
    district.do(case.case, "feedback", "cgw", "2026-10-12 10:30", files=["after"])
    before = rates()
    actions.seal(case.number, False, "没修好", by=office["inspector"], unit=OFFICE, at=at("2026-10-12 10:40"))
    assert rates() == before
