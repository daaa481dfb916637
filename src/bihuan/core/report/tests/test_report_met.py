"""How often goals were met, by kind: the kept table and how it is counted."""

from importlib.resources import files
from pathlib import Path

from bihuan.core.report import follow
from bihuan.core.report.base_rate import MET
from bihuan.core.report.follow import Following, base_rates, by_kind
from bihuan.core.report.follow.met import COLUMNS, table
from bihuan.core.report.tests.test_report_follow import FIRST, SECOND, made
from bihuan.core.rows import read_rows

TABLE = (files(follow) / "met.csv").read_text(encoding="utf-8")


def test_the_kept_table_adds_up_and_says_where_it_comes_from() -> None:
    rows = read_rows(TABLE, "met.csv", ("kind", "kept", "partly", "not", "n", "source"))
    assert {"growth_yoy", "count_new", "level_by_year", "ceiling"} <= {row["kind"] for row in rows}
    for row in rows:
        assert int(row["kept"]) + int(row["partly"]) + int(row["not"]) == int(row["n"])
        assert "44" in row["source"] and "2026-" in row["source"]
    assert sum(met.judged for met in base_rates(TABLE).values()) == sum(int(row["n"]) for row in rows) > 300


def test_counts_by_kind_and_back_from_the_table() -> None:
    found = made(FIRST, SECOND)
    counts = by_kind([found, Following("", (), (), (), (), ())])
    assert sum(met.judged for kind, met in counts.items() if kind != "milestone") == found.met.judged
    assert counts["milestone"].kept >= 1 and counts["milestone"].dropped >= 1
    text = table(counts, "here")
    rows = read_rows(text, "x", ("kind", "n", "source"))
    assert {row["kind"]: int(row["n"]) for row in rows} == {kind: met.judged for kind, met in counts.items()}


def test_the_chance_and_the_document_use_the_same_counts() -> None:
    rows = {row["kind"]: row for row in read_rows(TABLE, "met.csv", COLUMNS)}
    assert {kind: tuple(int(rows[kind][k]) for k in ("kept", "partly", "not")) for kind in MET} == MET
    document = Path(__file__).parents[5].joinpath("docs/report-reading.md").read_text(encoding="utf-8")
    for row in rows.values():
        figures = " | ".join(row[k] for k in ("kept", "partly", "not", "n", "dropped", "other"))
        assert f"| {figures} |" in document, row["kind"]
