"""Reports whose lines a page has broken, with page numbers and watermarks between them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core.report import Reading, read
from bihuan.core.report.text import prepare
from bihuan.core.report.wrap import wrap

HERE = Path(__file__).parent
EXCERPTS = {p.name: p.read_text(encoding="utf-8") for p in sorted(HERE.glob("*-excerpt.md"))}


def _plain(text: str) -> str:
    """The excerpt as plain text: no front matter, no marks of emphasis."""
    return text.split("---\n", 2)[2].replace("**", "").replace("## ", "").strip()


def _broken(
    text: str, width: int, gap: str = "\n", every: int = 12, mark: str = "某某县人民政府办公室"
) -> str:
    lines: list[str] = []
    for paragraph in _plain(text).split("\n"):
        said = paragraph.strip()
        while said:
            lines.append(said[:width])
            said = said[width:]
            if len(lines) % every == 0:
                lines += [f"- {len(lines) // every} -", mark]
    return gap.join(lines)


def _said(reading: Reading) -> list[tuple[float, str, str, str, str]]:
    return [(q.norm_value, q.norm_unit, q.indicator, q.role, q.status) for q in reading.quantities]


@pytest.mark.parametrize("name", EXCERPTS)
@pytest.mark.parametrize(("width", "gap"), [(28, "\n"), (33, "\n"), (36, "\r\n"), (41, "\n\n")])
def test_a_broken_copy_reads_like_the_whole_one(name: str, width: int, gap: str) -> None:
    whole = _said(read(_plain(EXCERPTS[name])))
    text = _broken(EXCERPTS[name], width, gap)
    reading = read(text)
    broken = _said(reading)
    same = sum(1 for q in broken if q in whole)
    assert len(broken) == len(whole)
    assert same >= 0.98 * len(whole), [q for q in broken if q not in whole]
    for q in reading.quantities:
        assert text[q.span[0] : q.span[1]] == q.text
    aside = [text[a:b] for a, b in reading.furniture]
    assert any("某某县" in a for a in aside) and any(a.strip() == "- 1 -" for a in aside)


def test_a_number_torn_in_two_is_one_number() -> None:
    text = _plain(EXCERPTS["guiyang-2014-excerpt.md"])
    torn = text.replace("财政总收入563.8亿元", "财政总收入563.\n8亿元").replace(
        "上升2.8个百分点", "上升2\n.8个百分点"
    )
    assert torn.count("\n") == text.count("\n") + 2
    reading = read(torn)
    values = {q.text: q.norm_value for q in reading.quantities}
    assert values["563.\n8亿元"] == 56380000000 and values["2\n.8个百分点"] == 2.8
    assert _said(reading) == _said(read(text))


def test_paragraphs_and_headings_stay_apart() -> None:
    whole = EXCERPTS["fujian-2016-excerpt.md"]
    assert prepare(whole).aside == () and "\n（二）" in prepare(whole).text
    lines = [
        "一、二〇一五年工作回顾",
        *["过去一年全县上下齐心协力攻坚克难奋力前行取得了新的成"] * 9,
        "（一）经济稳中有进",
        "绩",
    ]
    judged = wrap(lines)
    assert 0 not in judged.joins and 9 not in judged.joins and 10 not in judged.joins


def _stamped(text: str, mark: str, width: int) -> str:
    """The excerpt as some pages print it: a stamp behind every paragraph, entities for quotation marks, full lines."""
    lines: list[str] = []
    for paragraph in _plain(text).split("\n"):
        said = paragraph.strip() + mark if paragraph.strip() else ""
        said = said.replace("“", "&ldquo;").replace("”", "&rdquo;")
        lines += [said[i : i + width] for i in range(0, len(said), width)]
    return "\n".join(lines)


@pytest.mark.parametrize("name", EXCERPTS)
@pytest.mark.parametrize(("mark", "width"), [("XLC", 39), ("hd9", 37), ("4kA", 40)])
def test_a_page_that_stamps_every_paragraph_reads_like_the_plain_text(
    name: str, mark: str, width: int
) -> None:
    text = _stamped(EXCERPTS[name], mark, width)
    reading = read(text)
    assert _said(reading) == _said(read(_plain(EXCERPTS[name])))
    assert mark not in prepare(text).text and "quo;" not in prepare(text).text
    assert all(text[q.span[0] : q.span[1]] == q.text for q in reading.quantities)


def test_an_abbreviation_that_ends_lines_is_no_stamp() -> None:
    text = _plain(EXCERPTS["guiyang-2014-excerpt.md"])
    text += "".join(f"\n第{c}产业占GDP\n比重为{c}成" for c in "一二三四五六")
    assert prepare(text).text.count("GDP") >= 6


@given(st.lists(st.text(alphabet="一二三县长报告，。、；12.%- 亿（）|", max_size=30), max_size=40))
def test_any_lines_are_judged_within_bounds(lines: list[str]) -> None:
    judged = wrap(lines)
    assert judged.joins <= set(range(len(lines))) and judged.aside <= set(range(len(lines)))
    assert not judged.joins & judged.aside
