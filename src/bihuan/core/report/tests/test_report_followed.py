"""Promises judged by hand, each put with its answer into a small report of its own."""

from functools import cache

import pytest

from bihuan.core.report import read
from bihuan.core.report.follow import VERDICTS, Report, follow
from bihuan.core.report.tests.following import FILES, Judged, pairs, said, table, verdict
from bihuan.core.report.tests.test_report_follow import FILLER, report

LEAST = {"followed.tsv": 0.8, "followed_second.tsv": 0.8}  # of the pairs that a short text can hold


def judged(one: Judged) -> str:
    """The verdict on the quotation alone, the report after saying nothing but the answer."""
    first = small(one.year, "", one.promise + "。")
    found = follow([first, small(one.year + 1, one.answer + "。" * bool(one.answer), "")])
    return verdict(said(found, first.text, one))


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
