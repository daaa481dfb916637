"""`bihuan report add` and `bihuan report read-again`, as typed."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bihuan.config.cli import app
from bihuan.core.time.instant import at
from bihuan.people import actions as people
from bihuan.targets import actions, living
from bihuan.targets.models import Commitment, Original, Report, Rereading
from bihuan.targets.preview import doubtful
from bihuan.targets.seed import FILE, nankai
from bihuan.targets.tests.conftest import GDP, JOBS, NOW, office
from bihuan.targets.tests.test_reread import FOUND, without

__all__ = ["office"]
RUN = CliRunner()


def run(*words, code=0):
    done = RUN.invoke(app, ["report", *map(str, words)])
    assert done.exit_code == code, done.output
    return done.output


def test_a_report_is_added_with_what_the_reader_finds(transactional_db):
    people.load_units()
    said = run("add", FILE, "--place", "天津市南开区")
    row = Report.objects.get()
    assert (row.place, row.year, row.added_by, row.text) == ("天津市南开区", 2016, None, nankai()["text"])
    assert f"已录入 added: {row.pk} 天津市南开区 2016" in said
    assert f"目标 goals {len(FOUND['targets'])} · 任务 tasks {len(FOUND['tasks'])}" in said
    assert (
        f"存疑的数 doubtful numbers {len(doubtful(FOUND, living.marks(FOUND)))}" in said
        and "set aside 9" in said
    )
    assert Original.objects.get().sha256 and "早已录入 there already" in run(
        "add", FILE
    )  # place as the office has it


def test_another_text_of_the_year_is_told(transactional_db, tmp_path: Path):
    people.load_units()
    run("add", FILE, "--place", "天津市南开区")
    other = tmp_path / "印发稿.txt"
    other.write_bytes(nankai()["text"].replace("648亿元", "684亿元").encode("gb18030"))
    said = run("add", other, "--source", "大会印发")
    assert "1 句数不同，0 句文字不同" in said and Report.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "options", "reason"),
    [
        ("今天天气很好。".encode(), (), "太短"), (b"\x89PNG\r\n\x1a\n..", (), "图片"), (None, (), "打不开"),
        (FILE.read_bytes(), ("--year", "1066"), "年份应在"), (FILE.read_bytes(), ("--by", "nobody"), "没有用户“nobody”"),
    ],
    ids=["no report", "picture", "no file", "year", "nobody"],
)  # fmt: skip
def test_what_cannot_be_kept_ends_with_two_and_the_reason(transactional_db, tmp_path, body, options, reason):
    people.load_units()
    file = tmp_path / "x.txt"
    if body is not None:
        file.write_bytes(body)
    assert reason in run("add", file, *options, code=2)
    assert not Report.objects.exists()


def test_a_person_outside_the_supervision_office_is_refused(transactional_db, request, tmp_path):
    desk = request.getfixturevalue("office")
    file = tmp_path / "x.txt"
    file.write_text(nankai()["text"].replace("648亿元", "684亿元"), encoding="utf-8")
    assert "督查室" in run("add", file, "--by", "fagai", code=2)
    assert f" {desk.report.place} 2016 " in run("add", file, "--by", "duban")
    assert Original.objects.get().by == desk.persons["duban"]


def test_reading_again_shows_what_changes_and_keeps_what_was_confirmed(transactional_db, request):
    desk = request.getfixturevalue("office")
    pk = desk.report.pk
    assert "没有变化" in run("read-again", pk)
    desk.confirm(GDP, "nk.fgw")
    Report.objects.filter(pk=pk).update(findings=changed(FOUND, GDP, JOBS), reader="of last year")
    would = run("read-again", pk, "--dry-run")
    assert "没有改动" in would and not Rereading.objects.exists()
    for told in (
        "新读出 new 1",
        "人确认过，照旧 kept as confirmed 1",
        "不再读出 gone 0",
        "norm_value: 1.0",
        "全年新增就业4万人",
    ):
        assert told in would, told
    assert run("read-again", pk) in would
    found = Report.objects.get().findings
    assert living.find(found, GDP).fact["norm_value"] == 1.0 and living.find(found, JOBS)
    assert Rereading.objects.count() == 1 and Commitment.objects.get().key == GDP
    assert "没有变化" in run("read-again", pk)


def changed(findings, key, missing):
    """What an earlier version read: another figure for one goal, and one goal not at all."""
    out = without(findings, missing)
    fact = next(f for f in out["targets"] if f"goal-{f['span'][0]}-{f['span'][1]}" == key)
    fact["norm_value"] = 1.0
    return out


def test_a_number_that_is_none_names_those_there_are(transactional_db):
    people.load_units()
    assert "没有报告" in run("read-again", 7, code=2)
    actions.add_report(**nankai(), by=None, at=at(NOW))
    assert "天津市南开区 2016" in run("read-again", 7_000, code=2)
