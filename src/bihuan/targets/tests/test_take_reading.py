"""A new reading on the desk: both beside each other, taken up passage by passage, by the supervision office only."""

import copy
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.time.instant import at
from bihuan.targets import actions, living
from bihuan.targets.found import reader_digest
from bihuan.targets.models import Commitment, Report, Rereading
from bihuan.targets.reread import chosen_only, merge, passages
from bihuan.targets.tests.conftest import BUILDINGS, GDP, JOBS, NOW, TASK
from bihuan.targets.tests.test_reread import FOUND, keys, moved, of_key, read_by_an_old_version, without

KINDS = {"num": "quantities", "goal": "targets", "task": "tasks", "doubt": "suspicious"}


def figure(findings, key, value):
    out = copy.deepcopy(findings)
    name, span = of_key(key)
    next(f for f in out[name] if f["span"] == span)["norm_value"] = value
    return out


# of an earlier version: one lost, one too long, one wrong
OLD = figure(moved(without(FOUND, TASK), JOBS, 1), BUILDINGS, 3e9)


@pytest.fixture
def earlier(office):
    read_by_an_old_version(office.report, OLD)
    return office


def passage(key):
    """The passage that a mark of today's reading belongs to."""
    a, b = living.span_of(key)
    return next(one for one in passages(merge(OLD, FOUND, set())) if one.start <= a and b <= one.end)


def take(office, *chosen, name="duban"):
    return actions.take_reading(office.report.pk, chosen, **office.who(name), at=at(NOW))


def now():
    return {mark.key: mark.fact for mark in living.marks(Report.objects.get().findings)}


def test_a_mark_whose_span_moved_is_one_passage_with_both_readings():
    one = passage(JOBS)
    assert keys(one.added) == {JOBS} and len(one.gone) == 1 and one.end == living.span_of(JOBS)[1] + 1


def test_only_what_is_chosen_is_taken_up_and_the_rest_stays_open(earlier):
    take(earlier, passage(TASK).key)
    assert TASK in now() and JOBS not in now() and now()[BUILDINGS]["norm_value"] == 3e9
    report = Report.objects.get()
    assert report.reader == "of last year"
    left = {one.key for one in passages(actions.would_change(report))}
    assert left == {passage(JOBS).key, passage(BUILDINGS).key}
    row = Rereading.objects.get()
    assert row.before == OLD and row.by == earlier.persons["duban"]


def test_all_of_it_makes_the_reading_todays(earlier):
    take(earlier, *(one.key for one in passages(merge(OLD, FOUND, set()))))
    report = Report.objects.get()
    assert report.findings == FOUND and report.reader == reader_digest()
    with pytest.raises(BadInput, match="已经是新的读法"):
        take(earlier, passage(TASK).key)


def test_what_people_set_aside_never_changes_whatever_is_chosen(earlier):
    actions.reject(earlier.report.pk, BUILDINGS, "不立", **earlier.who("duban"), at=at(NOW))
    found = actions.would_change(Report.objects.get())
    assert keys(found.kept) == {BUILDINGS}
    take(earlier, *(one.key for one in passages(found)))
    assert now()[BUILDINGS]["norm_value"] == 3e9


def test_nothing_chosen_or_something_unknown_is_told(earlier):
    for chosen in ((), ("1-2",)):
        with pytest.raises(BadInput) as caught:
            take(earlier, *chosen)
        assert [name for name, _ in caught.value.faults] == ["passage"]
    assert not Rereading.objects.exists()


@pytest.mark.parametrize("name", ["inspector", "quzhang", "fagai"])
def test_only_the_office_takes_it_up(earlier, name):
    with pytest.raises(Refused, match="督查室"):
        take(earlier, passage(TASK).key, name=name)


@given(st.sets(st.integers(0, 300), max_size=40), st.integers(1, 3), st.randoms(use_true_random=False))
def test_what_is_chosen_is_read_as_now_and_the_rest_as_before(holes, shift, chance):
    old = copy.deepcopy(FOUND)
    for name in KINDS.values():
        old[name] = [fact for i, fact in enumerate(old[name]) if i not in holes]
        for i, fact in enumerate(old[name]):
            if i % 7 == shift:
                fact["span"] = [fact["span"][0], fact["span"][1] + shift]
    every = passages(merge(old, FOUND, set()))
    left = [one for one in every if chance.random() < 0.5]
    found = chosen_only(old, FOUND, set(), left)
    kept = {mark.key: dict(mark.fact) for mark in living.marks(found.findings)}
    before = {mark.key: dict(mark.fact) for mark in living.marks(old)}
    after = {mark.key: dict(mark.fact) for mark in living.marks(FOUND)}
    for one in every:
        then = before if one in left else after
        for change in (*one.added, *one.gone, *one.changed):
            assert kept.get(change.key) == then.get(change.key)
    assert [one.key for one in passages(merge(found.findings, FOUND, set()))] == [one.key for one in left]


# --- the page ---------------------------------------------------------------------------------------------------


def plain(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_page_shows_both_readings_and_takes_up_what_is_ticked(earlier, log_in):
    desk, address = log_in("duban"), f"/desk/promises/{earlier.report.pk}/reread"
    words = plain(desk.get(address))
    for told in ("新的读法有 3 处不同", "新读出", "不再读出", "读法变了", "30亿元", "210亿元"):
        assert told in words, told
    assert desk.post(address, {}).status_code == 422
    assert desk.post(address, {"passage": [passage(TASK).key]}).status_code == 302
    assert "新的读法有 2 处不同" in plain(desk.get(address))
    rest = re.findall(r'name="every" value="([^"]+)"', desk.get(address).content.decode())
    assert desk.post(address, {"all": "1", "every": rest}).status_code == 302
    assert "没有新的读法" in plain(desk.get(address))
    assert Report.objects.get().findings == FOUND


def test_a_confirmed_task_is_told_with_its_page(earlier, log_in):
    read_by_an_old_version(earlier.report, figure(FOUND, GDP, 9e10))
    made = earlier.confirm(GDP, "nk.fgw")
    words = log_in("duban").get(f"/desk/promises/{earlier.report.pk}/reread").content.decode()
    assert "有人确认过的" in words and f"/desk/promises/task/{made.pk}/" in words
    assert "新的读法有" not in words and Commitment.objects.get().target.value == 90_000_000_000


def test_others_read_it_and_change_nothing(earlier, log_in):
    desk, address = log_in("fagai"), f"/desk/promises/{earlier.report.pk}/reread"
    assert 'name="passage"' not in desk.get(address).content.decode()
    assert desk.post(address, {"passage": [passage(TASK).key]}).status_code == 422
    assert Report.objects.get().findings == OLD
    assert desk.get("/desk/promises/999/reread").status_code == 404


def test_the_list_of_reports_leads_there_only_when_there_is_something_to_see(office, log_in):
    desk, link = log_in("duban"), f"/desk/promises/{office.report.pk}/reread"
    assert link not in desk.get("/desk/promises/new").content.decode()
    read_by_an_old_version(office.report, OLD)
    assert link in desk.get("/desk/promises/new").content.decode()
