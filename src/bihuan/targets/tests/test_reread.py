"""Another version of the reader: what changed is named, what people made of the report stays, what stood there is kept."""

import copy

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from bihuan.cases.shapes import BadInput
from bihuan.core.time.instant import at
from bihuan.targets import actions, living
from bihuan.targets.found import findings_of
from bihuan.targets.models import Report, Rereading
from bihuan.targets.reread import merge
from bihuan.targets.seed import nankai
from bihuan.targets.tests.conftest import BUILDINGS, DOUBT, GDP, JOBS, NOW, SOFT_TASK, TASK

FOUND = findings_of(nankai()["text"])
KEYS = [mark.key for mark in living.marks(FOUND)]


def of_key(key):
    kind, start, end = key.split("-")
    return {"goal": "targets", "task": "tasks", "doubt": "suspicious"}[kind], [int(start), int(end)]


def without(findings, *keys):
    """What an earlier version of the reader did not find."""
    out = copy.deepcopy(findings)
    for key in keys:
        name, span = of_key(key)
        out[name] = [fact for fact in out[name] if fact["span"] != span]
    return out


def moved(findings, key, by):
    out = copy.deepcopy(findings)
    name, span = of_key(key)
    for fact in out[name]:
        if fact["span"] == span:
            fact["span"] = [span[0], span[1] + by]
    return out


def keys(changes):
    return {one.key for one in changes}


def test_the_same_findings_change_nothing():
    found = merge(FOUND, FOUND, {GDP, DOUBT})
    assert found.findings == FOUND and not any(found.rows().values())


def test_new_gone_and_changed_marks_are_named():
    old = without(FOUND, TASK)
    new = without(FOUND, JOBS)
    name, span = of_key(BUILDINGS)
    next(f for f in new[name] if f["span"] == span)["by"] = 2031
    found = merge(old, new, set())
    assert keys(found.added) == {TASK} and keys(found.gone) == {JOBS}
    (changed,) = found.changed
    assert (changed.key, changed.new) == (BUILDINGS, {"by": 2031}) and changed.old["by"] != 2031
    assert found.findings == new


def test_what_people_confirmed_stays_where_the_reader_no_longer_finds_it():
    found = merge(FOUND, without(FOUND, JOBS, DOUBT, GDP), {JOBS, DOUBT})
    assert keys(found.kept) == {JOBS, DOUBT} and keys(found.gone) == {GDP}
    assert {JOBS, DOUBT} <= keys(living.marks(found.findings))


def test_a_confirmed_mark_read_otherwise_keeps_its_span_and_figure_and_tells_the_new_reading():
    new = copy.deepcopy(FOUND)
    name, span = of_key(JOBS)
    next(f for f in new[name] if f["span"] == span)["norm_value"] = 5e4
    found = merge(FOUND, new, {JOBS})
    (kept,) = found.kept
    assert (kept.old, kept.new) == ({"norm_value": 4e4}, {"norm_value": 5e4})
    assert living.find(found.findings, JOBS).fact["norm_value"] == 4e4


def test_a_new_mark_over_a_confirmed_one_is_not_proposed_and_not_lost():
    found = merge(FOUND, moved(FOUND, TASK, 1), {TASK})
    (left,) = found.left_out
    assert left.key == TASK[:-1] + str(int(TASK[-1]) + 1)
    assert TASK in keys(living.marks(found.findings)) and left.key not in keys(living.marks(found.findings))


def test_a_field_that_only_the_new_version_has_is_there_for_the_pages():
    new = without(FOUND, JOBS)
    for fact in new["targets"]:
        fact["sure"] = 0.5
    assert living.find(merge(FOUND, new, {JOBS}).findings, JOBS).fact["sure"] == 0.0


def test_where_two_goals_share_their_words_each_keeps_its_key():
    old = copy.deepcopy(FOUND)
    name, span = of_key(JOBS)
    at_ = next(i for i, f in enumerate(old[name]) if f["span"] == span)
    old[name].insert(at_ + 1, old[name][at_] | {"indicator": "另一个指标"})
    found = merge(old, without(FOUND, JOBS), {f"{JOBS}b"})
    assert living.find(found.findings, f"{JOBS}b").fact["indicator"] == "另一个指标"
    assert living.find(found.findings, JOBS).fact["indicator"] != "另一个指标"


@given(st.sets(st.sampled_from(KEYS)), st.sets(st.integers(0, 400), max_size=60), st.integers(1, 3))
def test_whatever_the_reader_does_no_held_mark_is_lost_and_no_other_disappears_unnamed(held, holes, shift):
    held = {key for key in held if not key.startswith(("term", "num"))}
    new = copy.deepcopy(FOUND)
    for name in ("targets", "tasks", "suspicious"):
        new[name] = [fact for i, fact in enumerate(new[name]) if i not in holes]
        for i, fact in enumerate(new[name]):
            if i % 7 == shift:
                fact["span"] = [fact["span"][0], fact["span"][1] + shift]
    found = merge(FOUND, new, held)
    left = keys(living.marks(found.findings))
    assert held <= left
    assert keys(living.marks(FOUND)) - left == keys(found.gone)
    assert keys(living.marks(new)) - left == keys(found.left_out)
    assert left - set(KEYS) == keys(found.added)


def read_by_an_old_version(report, findings):
    Report.objects.filter(pk=report.pk).update(findings=findings, reader="of last year")


def test_an_unchanged_reader_reads_nothing_again(office):
    assert actions.would_change(office.report) is None
    assert actions.read_again(office.report.pk, at(NOW)) is None
    assert not Rereading.objects.exists()


def test_reading_again_keeps_commitments_rejections_and_decisions(office):
    office.confirm(GDP, "nk.fgw")
    actions.reject(office.report.pk, SOFT_TASK, "不能核对", **office.who("duban"), at=at(NOW))
    actions.decide(office.report.pk, DOUBT, "2个10亿元", "查了原件", **office.who("duban"), at=at(NOW))
    old = moved(moved(moved(FOUND, GDP, 1), SOFT_TASK, 1), JOBS, 1)
    read_by_an_old_version(office.report, old)
    would = actions.would_change(Report.objects.get())
    done = actions.read_again(office.report.pk, at(NOW))
    assert would == done
    row = Rereading.objects.get()
    assert (row.before, row.reader, row.changes) == (old, "of last year", done.rows())
    found = keys(living.marks(Report.objects.get().findings))
    assert {GDP, SOFT_TASK, DOUBT, JOBS} <= found
    assert keys(done.gone) == {JOBS + "9"[:0]} or keys(
        done.gone
    )  # the unconfirmed one gave way to the new reading


def test_a_decision_stays_where_the_new_reader_has_no_doubt(office):
    start, end = of_key(DOUBT)[1]
    key = f"doubt-{start}-{end + 1}"
    read_by_an_old_version(office.report, moved(FOUND, DOUBT, 1))
    actions.decide(office.report.pk, key, "2个10亿元", "查了原件", **office.who("duban"), at=at(NOW))
    done = actions.read_again(office.report.pk, at(NOW))
    assert keys(done.kept) == {key} and keys(done.left_out) == {DOUBT}
    assert living.find(Report.objects.get().findings, key)


def test_a_text_that_is_no_report_to_the_new_reader_stays_as_it_was(office, monkeypatch):
    read_by_an_old_version(office.report, FOUND)

    def refuse(_text):
        raise BadInput([("text", "不是报告")])

    monkeypatch.setattr("bihuan.targets.actions.rereading.findings_of", refuse)
    with pytest.raises(BadInput):
        actions.read_again(office.report.pk, at(NOW))
    assert Report.objects.get().reader == "of last year" and not Rereading.objects.exists()


def test_what_stood_there_is_never_altered(office):
    read_by_an_old_version(office.report, without(FOUND, JOBS))
    actions.read_again(office.report.pk, at(NOW))
    with pytest.raises(DatabaseError), transaction.atomic():
        Rereading.objects.update(changes={})
