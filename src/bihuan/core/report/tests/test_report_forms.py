"""Files as Word, WPS, printers and web sites of governments make them, and those that only look like one."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bihuan.core.report import NotAReport, text_of
from bihuan.core.report.tests import papers
from bihuan.core.report.tests.test_report_file import EXCERPT, LINES, PLAIN, found

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def boxed(parts: dict[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as box:
        for name, body in parts.items():
            box.writestr(name, body)
    return out.getvalue()


def body(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {papers.W}><w:body>{inside}</w:body></w:document>'


def word_paragraph(text: str) -> str:
    """A paragraph as Word leaves it after editing: the text in pieces, marks of proofing and of page breaks between."""
    third = max(1, len(text) // 3)
    runs = "".join(
        f'<w:r w:rsidR="00AB12CD"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{text[i : i + third]}</w:t></w:r>'
        '<w:proofErr w:type="spellStart"/>'
        for i in range(0, len(text), third)
    )
    return f'<w:p w:rsidR="00AB12CD" w14:paraId="1A2B3C4D" xmlns:w14="urn:x"><w:pPr><w:ind w:firstLineChars="200"/></w:pPr><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:r><w:lastRenderedPageBreak/></w:r>{runs}<w:bookmarkEnd w:id="0"/></w:p>'


def test_a_file_edited_in_word() -> None:
    contents = '<w:sdt><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>一、工作回顾</w:t><w:tab/><w:t>1</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    styles = f'<w:styles {papers.W}><w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    data = boxed({
        "[Content_Types].xml": "<Types/>", "word/document.xml": body(contents + "".join(map(word_paragraph, LINES))),
        "word/styles.xml": styles, "word/header1.xml": body(papers.paragraph("内部资料 增长99%")),
    })  # fmt: skip
    assert found(data) == PLAIN and text_of(data).text == EXCERPT


def test_a_file_made_by_wps_with_numbers_in_its_styles() -> None:
    numbering = f"""<w:numbering {papers.W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
        <w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
    styles = f"""<w:styles {papers.W}><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/>
        <w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="Normal"/><w:basedOn w:val="1"/></w:style>
        <w:style w:type="paragraph" w:styleId="9"><w:name w:val="标题一"/><w:basedOn w:val="2"/></w:style></w:styles>"""

    def styled(text: str, style: str, own: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    inside = styled("回顾", "2") + styled("正文", "1") + styled("目标", "9") + styled("不编号", "2", none)
    data = boxed(
        {"word/document.xml": body(inside), "word/numbering.xml": numbering, "word/styles.xml": styles}
    )
    assert text_of(data).text == "一、回顾\n正文\n二、目标\n不编号\n"


def test_strict_open_xml_and_a_body_under_another_name() -> None:
    xml = body("".join(map(papers.paragraph, LINES)))
    strict = boxed({"word/document.xml": xml.replace(papers.W.split('"')[1], STRICT)})
    rels = '<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    moved = boxed({"_rels/.rels": rels, "word/document2.xml": xml})
    assert found(strict) == found(moved) == PLAIN


def columns(rows_first: bool) -> bytes:
    """The excerpt in two columns with a running head and page numbers, written row by row or column by column."""
    printed = [row[i : i + 21] for row in ("　　" + line for line in LINES) for i in range(0, len(row), 21)]
    pages: list[list[papers.Placed]] = []
    for first in range(0, len(printed), 100):
        left, right = printed[first : first + 50], printed[first + 50 : first + 100]
        placed: list[papers.Placed] = [(40, 800 - 15 * n, line) for n, line in enumerate(left)]
        placed += [(310, 800 - 15 * n, line) for n, line in enumerate(right)]
        if rows_first:
            placed.sort(key=lambda one: (-one[1], one[0]))
        number = len(pages) + 1
        pages.append([(200, 825, "福建省政府工作报告"), *placed, (290, 30, f"— {number} —")])
    return papers.pdf(pages)


@pytest.mark.parametrize("rows_first", [False, True])
def test_a_pdf_in_two_columns_is_read_down_not_across(rows_first: bool) -> None:
    assert found(columns(rows_first)) == PLAIN


def test_a_page_of_figures_is_not_taken_for_two_columns() -> None:
    rows: list[papers.Placed] = [(x, 800 - 20 * n, f"第{n}行{x}") for n in range(20) for x in (50, 200, 400)]
    text = text_of(papers.pdf([rows])).text
    assert text.index("第0行400") < text.index("第1行50")


def test_radicals_that_fonts_name_instead_of_characters() -> None:
    assert text_of(papers.pdf([["带动357万农⼾增收，⻩河⼈⺠"]])).text.startswith("带动357万农户增收，")


def test_menus_bread_crumbs_and_lists_of_other_pages_are_left_out() -> None:
    links = "".join(f'<li><a href="/{n}">2016年全区经济增长{n}%</a></li>' for n in range(20))
    crumbs = '<div>当前位置：<a href="/">首页</a> &gt; <a href="/x">信息公开增长77%</a></div>'
    rows = "".join(f"<p>{line}</p>" for line in LINES)
    page = f'<html><meta charset="utf-8"><body><div class="nav"><ul>{links}</ul></div>{crumbs}<div id="zoom">{rows}</div><div class="foot">{links}</div></body></html>'
    assert found(page.encode()) == PLAIN
    assert "77%" not in text_of(page.encode()).text
    kept = '<html><p><a href="/">全年新增就业3万人，增长5%。</a></p><p>见<a href="/y">附件</a>，其中新建学校12所</p><a name="top"><p>一、回顾</p>'
    assert text_of(kept.encode()).text == "全年新增就业3万人，增长5%。\n见附件，其中新建学校12所\n一、回顾\n"


def torn() -> bytes:
    """A .docx whose packed body was damaged on the way."""
    data = bytearray(papers.docx("".join(map(papers.paragraph, LINES))))
    with ZipFile(BytesIO(bytes(data))) as box:
        at = box.getinfo("word/document.xml").header_offset + 60
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


BOMB = boxed({"word/document.xml": b"<w:p/>" * 8_000_000})
LYING = BOMB.replace((48_000_000).to_bytes(4, "little"), (900_000).to_bytes(4, "little"))
COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + b"\x00" * 600
    + "EncryptedPackage".encode("utf-16-le")
    + b"\x00" * 90
)
HIDDEN = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (BOMB, "太大", "too big"), (LYING, "损坏", "damaged"), (torn(), "损坏", "damaged"),
        (COMPOUND, "加了密", "encrypted"), (boxed({"OFD.xml": "<x/>"}), "OFD", "OFD"),
        (boxed({"xl/workbook.xml": "<x/>"}), "没有 Word 正文", "no Word text"),
        (boxed({"word/document.xml": HIDDEN}), "损坏", "damaged"),
        (boxed({"word/document.xml": body("<w:p><w:r><w:drawing/></w:r></w:p>")}), "扫描图", "pasted scans"),
        (boxed({"word/document.xml": body('<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>')}), "损坏", "damaged"),
        (papers.pdf([[], [], []]), "扫描件", "a scan or blank pages"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_report(data: bytes, zh: str, en: str) -> None:
    with pytest.raises(NotAReport) as error:
        text_of(data)
    assert zh in error.value.say and en in error.value.say.en


def test_the_bomb_is_one() -> None:
    assert len(BOMB) < 100_000 and len(zlib.compress(BOMB)) < 100_000
