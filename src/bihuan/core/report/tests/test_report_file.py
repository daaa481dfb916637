"""A report in every form offices send, and what is refused, with the reason in both languages."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.report import NotAReport, as_dict, read, text_of
from bihuan.core.report.forms.docx import written
from bihuan.core.report.forms.pdf import paragraphs
from bihuan.core.report.tests import papers

MARKDOWN = (Path(__file__).parent / "fujian-2016-excerpt.md").read_text(encoding="utf-8")
LINES = [line.replace("*", "") for line in MARKDOWN.split("---\n", 2)[2].split("\n") if line.strip()]
EXCERPT = "\n".join(LINES) + "\n"
PLAIN = [(q.norm_value, q.norm_unit, q.indicator, q.status) for q in read(EXCERPT).quantities]


def found(data: bytes, name: str = "") -> list[tuple[float, str, str, str]]:
    """What is read from a file; every span must index the text that comes with it."""
    text = text_of(data, name)
    reading = read(text.text)
    assert all(text.text[slice(*q.span)] == q.text for q in reading.quantities)
    return [(q.norm_value, q.norm_unit, q.indicator, q.status) for q in reading.quantities]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_gives_the_same_facts(encoding: str) -> None:
    assert found(EXCERPT.encode(encoding)) == PLAIN


def test_plain_utf8_stays_as_it_is() -> None:
    for text in (EXCERPT, "\ufeff" + EXCERPT, EXCERPT.replace("\n", "\r\n")):
        file = text_of(text.encode())
        assert file.text == text and file.plain
        assert "file" not in as_dict(read(file.text), file)


def test_other_forms_bring_their_text_along() -> None:
    file = text_of(EXCERPT.encode("gb18030"))
    assert as_dict(read(file.text), file)["file"] == {"form": "text", "encoding": "gb18030", "text": EXCERPT}


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_web_page(charset: str) -> None:
    data = papers.page(EXCERPT, charset).encode(charset)
    assert found(data, "a.html") == found(data, "") == PLAIN
    text = text_of(data).text
    assert "99%" not in text and "98%" not in text and "首页" not in text


def test_a_word_file() -> None:
    assert found(papers.docx("".join(map(papers.paragraph, LINES)))) == PLAIN


def test_automatic_numbers_of_a_word_file_are_written_out() -> None:
    body = [("回顾", 0), ("目标", 0), ("经济", 1), ("民生", 1), ("任务", 0), ("城建", 1), ("正文", None)]
    text = text_of(papers.docx("".join(papers.paragraph(*p) for p in body))).text
    assert text.split("\n") == ["一、回顾", "二、目标", "1.经济", "2.民生", "三、任务", "1.城建", "正文", ""]
    assert [written(n, "chineseCounting") for n in (10, 11, 20, 34)] == ["十", "十一", "二十", "三十四"]


def test_deleted_text_and_second_copies_of_a_word_file_are_left_out() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = papers.paragraph("框里")
    body = (
        "<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>9%</w:delText></w:r></w:del><w:r><w:t>8%</w:t></w:r></w:p>"
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(papers.docx(body)).text == "增长8%\n框里\n"


def test_a_pdf_with_page_numbers_and_running_heads() -> None:
    printed = [
        row
        for line in LINES
        for row in ["　　" + line[:32], *(line[i : i + 34] for i in range(32, len(line), 34))]
    ]
    pages = [
        ["福建省政府工作报告", *printed[i : i + 36], f"— {i // 36 + 1} —"] for i in range(0, len(printed), 36)
    ]
    assert found(papers.pdf(pages)) == PLAIN


def test_lines_of_a_page_become_paragraphs() -> None:
    rows = [
        "一、工作回顾",
        "经济增长8.5%，收入增长9%，投资",
        "完成100亿元，新增就业3万人，城",
        "乡居民收入稳步增长。",
        "二、目标",
    ]
    assert paragraphs(["\n".join(rows)]) == f"{rows[0]}\n{''.join(rows[1:4])}\n{rows[4]}\n"


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (b"", "空", "empty"),
        (b" \n ", "空", "empty"),
        (b"\xff\xfe\x00", "UTF-16", "Not text"),
        (b"\x00\x01\x02" * 400, "不是文字", "Not text"),
        (EXCERPT.encode("utf-8")[:-2] + b"\xff\xff\xff", "不是文字", "Not text"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "另存为 .docx", "save it as .docx"),
        (b"{\\rtf1", "另存为 .docx", "save it as .docx"),
        (b"\x89PNG\r\n", "图片", "picture"),
        (b"PK\x03\x04 broken", "损坏", "damaged"),
        (papers.docx("")[:200], "损坏", "damaged"),
        (papers.docx("", '<!DOCTYPE x [<!ENTITY a "b">]>'), "损坏", "damaged"),
        (b"%PDF-1.4 nothing more", "损坏", "damaged"),
        (papers.pdf([[]]), "扫描件", "a scan or blank pages"),
        (papers.pdf([["一句话"]]).replace(b"trailer<<", b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(x)/P 1>>/ID[(x)(x)]"), "加了密", "encrypted"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, zh: str, en: str) -> None:
    with pytest.raises(NotAReport) as error:
        text_of(data)
    assert zh in error.value.say and en in error.value.say.en


def test_recognition_noise_is_no_report() -> None:
    noise = "".join(chr(0x4E00 + (i * 7919) % 20000) + ("。" if i % 17 == 0 else "") for i in range(9000))
    with pytest.raises(NotAReport):
        read(noise)
    with pytest.raises(NotAReport):
        read("′‵|｜〡丨ㄧ— ﹏」」・ °ㆍ" * 900)


def test_two_megabytes_are_refused_at_once() -> None:
    with pytest.raises(NotAReport) as error:
        read(EXCERPT * (2_000_000 // len(EXCERPT.encode()) + 1))
    assert "太长" in error.value.say and "Too long" in error.value.say.en


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<", "<script>", "&", "<p", "<!-- -->", "</p>", "<a \"'"])
def test_two_megabytes_of_broken_tags_are_read_in_one_pass(piece: str) -> None:
    text = text_of(("<html>" + piece * (2_000_000 // len(piece))).encode(), "a.html").text
    assert len(text) <= 2_000_010  # quadratic steps would keep this test busy for half an hour


@settings(max_examples=50)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"]))
def test_no_bytes_break_the_reading(data: bytes, front: bytes) -> None:
    try:
        text_of(front + data, "x")
    except NotAReport as error:
        assert error.say and error.say.en
