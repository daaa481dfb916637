"""Promises over years as they are printed, drawn and written out."""

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from bihuan.config.cli.follow import app
from bihuan.core.report.follow.grid import grid
from bihuan.core.report.follow.page import page
from bihuan.core.report.tests.test_report_follow import FIRST, SECOND, made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "reports"
    where.mkdir()
    (where / "a.txt").write_text(FIRST, encoding="utf-8")
    (where / "b.txt").write_bytes(SECOND.encode("gb18030"))
    return where


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["follow", *map(str, words)])


def columns(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_what_is_printed_fits_a_hundred_columns(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0, result.output
    assert "能评的6个数字目标，做到3个，部分做到1个，没有做到2个" in result.stdout
    assert "2014年承诺、次年不再提起" in result.stdout and "南山垃圾焚烧发电厂" in result.stdout
    assert max(map(columns, result.stdout.split("\n"))) <= 100
    assert "控制在4%以内" in result.stdout and "3.2%" in result.stdout  # both sentences


def test_everything_is_listed_on_request_and_in_english(folder: Path) -> None:
    assert "污水处理率" not in run(folder).stdout and "污水处理率" in run(folder, "--all").stdout
    english = run(folder, "--english").stdout
    assert "Of 6 numeric goals that can be judged 3 were kept" in english and "没有做到" not in english


def test_json_has_both_statements_with_their_spans(folder: Path) -> None:
    found = json.loads(run(folder, "--json").stdout)
    assert found["place"] == "清河县" and found["met"] == {
        "kept": 3, "partly": 1, "not": 2, "n": 6, "dropped": 0, "other": 3,
    }  # fmt: skip
    texts = {"a.txt": FIRST, "b.txt": SECOND}
    sides = [side for pair in found["pairs"] for side in (pair["promise"], pair["answer"]) if side]
    assert len(sides) > 20
    for side in sides:
        text = texts[side["report"]]
        assert (
            text[slice(*side["span"])] == side["text"]
            and text[slice(*side["sentence_span"])] == side["sentence"]
        )
        assert set(side["basis"]) == {"scope", "price", "area", "vintage", "settled"}


class Page(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.seen if name == tag]


@pytest.mark.parametrize("english", [False, True])
def test_the_page_stands_alone(english: bool) -> None:
    text = page(made(FIRST, SECOND), english)
    found = Page(text)
    assert not found.of("script") and not found.of("link") and not found.of("img") and "http" not in text
    ids = [one["id"] for one in found.of("article")]
    assert len(ids) == len(set(ids)) > 8
    assert {str(a["href"])[1:] for a in found.of("a")} <= set(ids)  # every cell leads to its two sentences
    assert all(a["aria-label"] for a in found.of("a"))
    assert {one["class"] for one in found.of("article")} <= {str(one["id"])[5:] for one in found.of("input")}
    assert ("kept in part" in text) == english and ("部分做到" in text) != english


def test_the_grid_is_an_image_that_stands_alone() -> None:
    image = ElementTree.fromstring(grid(made(FIRST, SECOND)))
    assert image.tag.endswith("svg") and "能评的6个" in image.attrib["aria-label"]
    assert sum(e.tag.endswith("title") for e in image.iter()) >= 6
    words = "".join(e.text or "" for e in image.iter() if e.tag.endswith("text"))
    assert "地区生产总值" in words and "不再提起" in words


def test_it_is_written_as_a_page_or_an_image(folder: Path, tmp_path: Path) -> None:
    for name, opens in (("out.html", "<!doctype html>"), ("out.svg", "<svg")):
        assert run(folder, "--out", tmp_path / name).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(opens)
    refused = run(folder, "--out", tmp_path / "out.png")
    assert refused.exit_code == 2 and ".svg" in refused.output and not (tmp_path / "out.png").exists()


def test_two_places_are_counted_but_not_followed_together(folder: Path) -> None:
    (folder / "c.txt").write_text(FIRST.replace("清河", "沙河"), encoding="utf-8")
    assert run(folder).exit_code == 2
    counted = run(folder, "--met")
    assert (
        counted.exit_code == 0
        and "growth_yoy," in counted.stdout
        and "3 reports of 2 places" in counted.stdout
    )
    assert run(folder / "a.txt").exit_code == 2


def test_a_file_that_is_no_report_is_named_and_the_others_are_followed(folder: Path) -> None:
    (folder / "z.txt").write_text("不是报告", encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 2 and "z.txt" in result.output and "能评的6个" in result.output
