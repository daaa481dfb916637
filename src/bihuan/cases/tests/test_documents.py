"""Serving documents and looking at tables in the admin: to whom, and to whom not."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from bihuan.cases import actions, wall
from bihuan.cases.models import Document, Event
from bihuan.cases.tests.conftest import District
from bihuan.core.time.instant import at
from bihuan.people.models import Person
from bihuan.people.queries import readings_of
from bihuan.record.models import Audit


def visit(client: Client, person: Person | None, unit: str, pk: int) -> int:
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["unit"] = unit
    session.save()
    return client.get(f"/cases/documents/{pk}").status_code


def test_a_photo_is_served_to_whoever_may_see_its_case(district: District, client: Client) -> None:
    case = district.dispatched()
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case)
    assert visit(Client(), district.persons["cgw"], "nk.cgw", doc.pk) == 200
    assert visit(Client(), district.persons["shouli"], "nk.jiandu", doc.pk) == 200
    assert visit(Client(), district.persons["jie"], "nk.s001", doc.pk) == 404
    assert visit(Client(), district.persons["jie"], "nk.cgw", doc.pk) == 404
    assert visit(Client(), None, "", doc.pk) == 404
    session = client.session
    session["tracked"] = {case.number: case.case}
    session.save()
    response = client.get(f"/cases/documents/{doc.pk}")
    assert response.status_code == 200 and response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get("/cases/documents/999999").status_code == 404


def test_a_personal_document_needs_a_stated_purpose_and_each_opening_is_written_down(
    district: District, client: Client
) -> None:
    case = district.report(contact={"name": "演示居民", "phone": "13900007777"})
    actions.write_letters(case.case, 1)
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case)
    shouli = district.persons["shouli"]
    before = Audit.objects.count()
    assert visit(client, shouli, "nk.jiandu", doc.pk) == 403
    session = client.session
    session["revealed"] = [case.case]
    session.save()
    assert client.get(f"/cases/documents/{doc.pk}").status_code == 403, "nothing was stated"
    assert not readings_of(case.case) and Audit.objects.count() == before
    stated = {"purpose": "核对材料", "basis": "本区规则"}
    actions.reveal(case.case, shouli, "nk.jiandu", at=at("2026-10-12 10:00"), **stated)
    for path in (f"/cases/documents/{doc.pk}", f"/cases/documents/{doc.pk}"):
        assert client.get(path).status_code == 200
    with wall.open_to(wall.SYSTEM):
        read = readings_of(case.case)
    assert [one.fields for one in read] == [("letter:receipt",), ("letter:receipt",), ("name", "phone")]
    assert {(one.purpose, one.basis) for one in read} == {("核对材料", "本区规则")}
    rows = list(Audit.objects.order_by("id")[before:])
    assert [(row.kind, row.by, row.about) for row in rows] == [("read", str(shouli.pk), case.number)] * 3
    page = Client()
    page.post("/track/", {"number": case.number, "code": case.code})
    assert "核对材料 · " in page.get(f"/track/{case.number}").content.decode()
    assert page.get(f"/cases/documents/{doc.pk}").status_code == 200
    assert Audit.objects.count() == before + 3, "whoever it is about reads their own"


def test_where_an_opening_cannot_be_written_down_nothing_is_opened(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = district.report()
    actions.write_letters(case.case, 1)
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case)
    shouli = district.persons["shouli"]
    actions.reveal(case.case, shouli, "nk.jiandu", purpose="核对", basis="例", at=at("2026-10-12 10:00"))
    visit(client, shouli, "nk.jiandu", doc.pk)
    session = client.session
    session["revealed"] = [case.case]
    session.save()

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("bihuan.cases.actions.reading.note", full)
    with pytest.raises(DatabaseError):
        client.get(f"/cases/documents/{doc.pk}")
    with wall.open_to(wall.SYSTEM):
        assert len(readings_of(case.case)) == 1


def test_the_admin_shows_nobodys_words(district: District, client: Client) -> None:
    """Reading those takes a stated purpose, at the desk; the administrators of the system have none."""
    case = district.report(data={"what": "金丝雀一句"}, contact={"name": "金丝雀", "phone": "13900007777"})
    client.force_login(
        Person.objects.create_superuser("boss", name="管理员"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    with wall.open_to(wall.SYSTEM):
        event, doc = Event.objects.get(case=case.case).pk, Document.objects.filter(case=case.case).first()
    pages = [f"cases/case/{case.case}/change/", f"cases/event/{event}/change/", "cases/case/", "cases/event/", "cases/document/"]  # fmt: skip
    pages += [f"cases/document/{doc.pk}/change/"] if doc else []
    for path in pages:
        answer = client.get(f"/admin/{path}")
        assert answer.status_code == 200 and "金丝雀" not in answer.content.decode(), path


@pytest.mark.parametrize(
    "table", ["cases/case", "cases/event", "cases/document", "cases/stuck", "record/outbox"]
)
def test_the_admin_shows_and_never_changes(district: District, client: Client, table: str) -> None:
    district.dispatched()
    boss = Person.objects.create_superuser("boss", name="管理员")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/admin/{table}/").status_code == 200
    assert client.get(f"/admin/{table}/add/").status_code == 403
    with wall.open_to(wall.SYSTEM):
        pk = Event.objects.order_by("pk")[0].pk
    if table == "cases/event":
        assert client.get(f"/admin/{table}/{pk}/change/").status_code == 200
        assert client.post(f"/admin/{table}/{pk}/change/", {"name": "x"}).status_code == 403
        assert client.post(f"/admin/{table}/{pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("table", ["person", "unit", "post", "delegation", "grant", "duty", "reading"])
def test_the_admin_of_people_deletes_nothing(district: District, client: Client, table: str) -> None:
    boss = Person.objects.create_superuser("boss", name="管理员")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/admin/people/{table}/").status_code == 200
    pk = district.persons["cgw"].pk
    if table == "person":
        assert client.get(f"/admin/people/{table}/{pk}/change/").status_code == 200
        assert client.post(f"/admin/people/{table}/{pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("table", ["division", "cell"])
def test_places_are_loaded_not_edited(district: District, client: Client, table: str) -> None:
    boss = Person.objects.create_superuser("boss", name="管理员")
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/admin/places/{table}/").status_code == 200
    assert client.get(f"/admin/places/{table}/add/").status_code == 403
