"""Promises judged by hand, each put with its answer into a small report of its own."""

from functools import cache

import pytest

from bihuan.core.report import read
from bihuan.core.report.follow import VERDICTS, Report, follow
from bihuan.core.report.tests.following import FILES, Judged, pairs, said, table
from bihuan.core.report.tests.following import verdict as verdict_of
from bihuan.core.report.tests.test_report_follow import FILLER, report

LEAST = {"followed.tsv": 0.8, "followed_second.tsv": 0.8}  # of the pairs that a short text can hold


def judged(one: Judged) -> str:
    """The verdict on the quotation alone, the report after saying nothing but the answer."""
    first = small(one.year, "", one.promise + "。")
    found = follow([first, small(one.year + 1, one.answer + "。" * bool(one.answer), "")])
    return verdict_of(said(found, first.text, one))


@cache
def small(year: int, past: str, plan: str) -> Report:
    """A short report, read once."""
    text = report(year, past, plan).replace(FILLER, FILLER[:470])
    return Report(f"{year}.txt", "清河县", year, text, read(text))


@pytest.mark.parametrize("name", FILES)
def test_verdicts_on_quotations(name: str) -> None:
    rows = [(one.verdict, judged(one)) for one in pairs(name) if not one.where]
    right = sum(a == b for a, b in rows)
    assert right >= LEAST[name] * len(rows), table(rows)
    wrong = [a for a, b in rows if b == "kept" and a != "kept"]
    assert not wrong, table(rows)  # no promise is called kept that a person does not call kept


def test_the_judged_pairs_are_well_formed() -> None:
    for name in FILES:
        for one in pairs(name):
            assert (
                one.mark in one.promise
                and one.drawn in ("eye", "reader")
                and one.where in ("", "term", "plan")
            )
            assert one.verdict in {*VERDICTS, "refused"} and len(one.promise) < 60 and len(one.answer) < 60
        assert sum(one.drawn == "eye" for one in pairs(name)) * 2 == len(pairs(name))


def test_the_table_counts_precision_and_recall() -> None:
    text = table([("kept", "kept"), ("kept", "dropped"), ("dropped", "dropped")])
    assert "right 2 of 3" in text and "0.50" in text


@pytest.mark.parametrize(
    ("promise", "mark", "past", "plan", "verdict"),
    [
        ("建成清河体育会展中心。", "清河体育会展中心", "清河体育会展中心基本建成。", "", "partly"),
        ("基本建成清河体育会展中心。", "清河体育会展中心", "清河体育会展中心基本建成。", "", "kept"),
        ("建成清河数据运营中心。", "清河数据运营中心", "加快推进清河数据运营中心建设。", "", "partly"),
        ("新增养老床位5000张。", "5000张", "新增公办养老床位5829张。", "", "base_changed"),
        ("规模以上工业增加值达到730亿元。", "730亿元", "2000万元口径规模以上工业增加值636亿元。", "", "not"),
        ("实际使用外资60亿美元。", "60亿美元", "实际使用外资完成60亿美元的目标任务。", "", "kept"),
        ("每个县（市、区）建设2个精品农业示范基地。", "2个", "建设精品农业示范基地9个。", "", "not_rated"),
        ("治理荒漠化土地50万亩。", "50万亩", "治理沙化和荒漠化面积52万亩。", "", "refused"),
        ("新建农村客运站300个。", "300个", "", "新建农村客运站300个。", "refused"),
        ("新建农村客运站300个。", "300个", "", "新建农村客运站400个。", "dropped"),
        ("过去一年，地区生产总值增长11.5%，超额完成了目标。", "11.5%", "地区生产总值增长9%。", "", "missing"),
    ],
)  # fmt: skip
def test_each_class_of_error_that_was_mended(
    promise: str, mark: str, past: str, plan: str, verdict: str
) -> None:
    first = small(2014, "", promise)
    one = Judged(1, "eye", "清河县", 2014, promise, mark, past, verdict, "")
    assert verdict == verdict_of(said(follow([first, small(2015, past, plan)]), first.text, one))


def test_a_review_of_a_whole_term_drops_nothing() -> None:
    first = small(2012, "", "新增非农就业岗位10万个。")
    one = Judged(1, "eye", "清河县", 2012, "新增非农就业岗位10万个。", "10万个", "", "refused", "term")
    whole = report(2013, "五年来，经济平稳增长。", "今后五年，经济平稳增长。").replace(
        "2012年工作回顾", "过去五年工作回顾"
    )
    for said_of_the_year, wanted in (
        ("", "refused"),
        ("在刚刚过去的一年里，全县稳中有进，经济增长9%。\n", "dropped"),
    ):
        text = whole.replace("五年来，经济平稳增长。\n", f"五年来，经济平稳增长。\n{said_of_the_year}")
        later = Report("2013.txt", "清河县", 2013, text, read(text))
        assert verdict_of(said(follow([first, later]), first.text, one)) == wanted, later.reading.meta
