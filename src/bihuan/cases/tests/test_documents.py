"""Serving documents and looking at tables in the admin: to whom, and to whom not."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.cases import wall
from bihuan.cases.models import Document, Event
from bihuan.cases.tests.conftest import District
from bihuan.people.models import Person


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


def test_a_personal_document_needs_a_stated_purpose(district: District, client: Client) -> None:
    from bihuan.cases import actions

    case = district.report()
    actions.write_letters(case.case, 1)
    with wall.open_to(wall.SYSTEM):
        doc = Document.objects.get(case=case.case)
    assert visit(client, district.persons["shouli"], "nk.jiandu", doc.pk) == 403
    session = client.session
    session["revealed"] = [case.case]
    session.save()
    assert client.get(f"/cases/documents/{doc.pk}").status_code == 200


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
