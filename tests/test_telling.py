"""What stands outside the database is told when the district is served, once for each time it changed."""

from datetime import UTC, datetime, timedelta

import pytest

from bihuan import lines
from bihuan.config import telling
from bihuan.people import actions
from bihuan.record.models import Notice
from bihuan.record.tests.office import make_office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
TEXTS = sum(len(versions) for versions in lines.all_lines().values())


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return make_office(tmp_path / "record").folder


def test_texts_keys_and_policy_are_told_once(home):
    assert telling.tell_all(NOW) == TEXTS + 1
    assert telling.tell_all(NOW) == 0
    assert list(telling.check()) == []
    text = lines.at("disclosure", "2026-03-02")
    assert Notice.objects.filter(about__startswith="line disclosure ", said={"sha256": text.digest}).exists()


def test_another_policy_or_suite_is_told_and_named_until_then(home, settings):
    telling.tell_all(NOW)
    (home / "policy").write_text((home / "policy").read_text().replace("group q 2", "group q 1"))
    settings.SUITE = "gm"
    assert [row for row, _ in telling.check()] == ["record keys"]
    assert telling.tell_all(NOW) == 1
    assert list(telling.check()) == []
    assert Notice.objects.filter(about="record keys").count() == 2


def test_without_a_log_only_texts_are_told(tmp_path, settings):
    settings.HOME = tmp_path
    assert telling.tell_all(NOW) == TEXTS


def test_a_row_from_before_is_told_once_and_never_again(home):
    actions.load_units()
    post = actions.give_post(actions.add_person("guanli", "甲"), "nk.gov", "officer", NOW.date())
    rows = type(post).objects.filter(pk=post.pk)
    rows.update(code="auditor")  # as from before the log spoke of posts
    assert telling.tell_all(NOW) == TEXTS + 2
    rows.update(since=NOW.date() - timedelta(1))
    assert telling.tell_all(NOW) == 0
    assert [row for row, _ in telling.check()] == [f"people_post {post.pk}"]
