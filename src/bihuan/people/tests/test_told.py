"""Who is one of the three administrators is told to the public log in the transaction that appoints them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bihuan.core.log.entry import CHANGE, unpack
from bihuan.people import actions
from bihuan.people.queries import told_posts
from bihuan.record.models import Pending
from bihuan.record.noticing import check

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def nobody():
    actions.load_units()
    return actions.add_person("guanli", "管理员甲")


def told() -> list[dict[str, str]]:
    entries = [unpack(bytes(one.entry)) for one in Pending.objects.order_by("pk")]
    assert {one.kind for one in entries} <= {CHANGE}
    return [json.loads(one.payload) for one in entries]


def test_an_administrator_is_told_without_the_person(nobody):
    post = actions.give_post(nobody, "nk.gov", "auditor", DAY)
    said = {
        "about": f"people_post {post.pk}", "post": "auditor", "unit": "nk.gov", "since": "2026-03-01", "until": ""
    }  # fmt: skip
    assert told() == [said]
    actions.give_post(nobody, "nk.gov", "auditor", DAY)
    assert len(told()) == 1
    actions.end_post(post, LATER)
    assert told()[1:] == [said | {"until": "2026-09-01"}]
    assert list(check({"people_post": told_posts()}, whole=True)) == []


def test_other_posts_are_not_told(nobody):
    actions.give_post(nobody, "nk.gov", "officer", DAY)
    assert told() == []


def test_whoever_appoints_in_the_admin_tells_too(nobody, admin_client):
    form = {"unit": "nk.gov", "person": nobody.pk, "code": "secadmin", "since": "2026-03-01", "until": ""}
    assert admin_client.post("/admin/people/post/add/", form, secure=True).status_code == 302
    assert [one["post"] for one in told()] == ["secadmin"]


def test_an_appointment_behind_the_back_of_the_log_is_named(nobody):
    post = actions.give_post(nobody, "nk.gov", "auditor", DAY)
    type(post).objects.filter(pk=post.pk).update(code="sysadmin")
    ((row, say),) = check({"people_post": told_posts()}, whole=True)
    assert (row, say.en) == (f"people_post {post.pk}", "it does not fit its entry in the public log")
    type(post).objects.filter(pk=post.pk).update(code="officer")
    assert [say.en for _, say in check({"people_post": told_posts()}, whole=True)] == ["this row is gone"]
