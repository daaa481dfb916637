"""Papers in print: the same bytes again, text that can be selected, both languages, long texts over several pages."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from bihuan.core.say import Say
from bihuan.papers.fonts import NoFont
from bihuan.papers.typeset import Face, certificate_pdf, day_zh, layout, letter_pdf

FACE = Face(
    Say("区市场监督管理局", "District Market Regulation Bureau"), "南市监〔2026〕12号",
    Say("准予行政许可决定书", "Decision granting the licence"), date(2026, 11, 3), "https://nk.example/verify/paper/abc", False,
)  # fmt: skip
ROWS = [
    (Say("证号", "Number"), Say("南市监证〔2026〕387号", "")),
    (Say("有效期", "Valid"), Say("2026年11月3日起", "from")),
]

NOBODY = Say("", "")


def read(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


def text_of(body: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in read(body).pages)


def test_a_letter_says_who_what_and_when_in_both_languages():
    body = letter_pdf(
        FACE, Say("某某面馆", "Some Noodles"), (["您申请的事项准予许可。", "可以申请行政复议。"], ["核查记录", "照片"]),
        (["It is granted."], ["record"]),
    )  # fmt: skip
    text = text_of(body)
    for said in (
        "区市场监督管理局", "南市监〔2026〕12号", "准予行政许可决定书", "您申请的事项准予许可。", "可以申请行政复议。", "2026年11月3日",
        "https://nk.example/verify/paper/abc", "Decisiongrantingthelicence", "Itisgranted.", "3November2026",
        "DistrictMarketRegulationBureau", "某某面馆：", "附件：1.核查记录2.照片", "To:SomeNoodles", "Attachments:record",
        "未接电子印章：本件没有盖章", "Noelectronicsealisconnected",
    ):  # fmt: skip
        assert said in text, said
    pdf = read(body)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"] and pdf.trailer["/Root"]["/Lang"].startswith("zh")
    assert pdf.metadata.title == "准予行政许可决定书" and len(pdf.pages) == 2
    assert "示例" not in text and "示例" in text_of(
        letter_pdf(replace(FACE, example=True), NOBODY, (["一"], []), ([], []))
    )


def test_the_same_facts_give_the_same_bytes_and_other_facts_others():
    assert letter_pdf(FACE, NOBODY, (["一"], []), (["one"], [])) == letter_pdf(
        FACE, NOBODY, (["一"], []), (["one"], [])
    )
    assert letter_pdf(FACE, NOBODY, (["一"], []), (["one"], [])) != letter_pdf(
        FACE, NOBODY, (["二"], []), (["one"], [])
    )
    assert certificate_pdf(FACE, ROWS, Say("扫码", "scan")) == certificate_pdf(
        FACE, ROWS, Say("扫码", "scan")
    )


def test_a_long_letter_runs_over_pages_and_loses_nothing():
    parts = [f"第{number}项要写明面积、用途、责任人。" for number in range(120)]
    body = letter_pdf(
        FACE, NOBODY, (parts, []), ([f"Item {number} names its area." for number in range(120)], [])
    )
    text = text_of(body)
    assert all(part in text for part in parts) and "Item119namesitsarea." in text
    assert len(read(body).pages) > 4
    for page in read(body).pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)


def test_words_are_never_read_as_markup():
    tricky = "#panic() $x$ *粗* _斜_ `码` <标> @引 \\ // 注 = 一"
    text = text_of(letter_pdf(FACE, NOBODY, ([tricky, "控\x00制\x07符"], []), ([tricky], [])))
    assert "#panic()$x$*粗*_斜_`码`<标>@引\\//注=一" in text and "控制符" in text


def test_a_certificate_is_across_and_an_example_says_so():
    pdf = read(certificate_pdf(replace(FACE, example=True), ROWS, Say("扫码核验", "Scan")))
    page = pdf.pages[0]
    assert float(page.mediabox.width) > float(page.mediabox.height) and len(pdf.pages) == 1
    text = "".join(page.extract_text().split())
    assert "南市监证〔2026〕387号" in text and "不是真的证照" in text and "扫码核验" in text


def test_a_certificate_with_everything_on_it_stays_on_one_page():
    rows = [
        (Say(f"项目{number}", f"Thing {number}"), Say("内容" * 12, "The same in English"))
        for number in range(10)
    ]
    title = Say("公众聚集场所投入使用、营业消防安全检查意见书", "Opinion on the fire safety inspection")
    face = replace(FACE, example=True, title=title)
    assert len(read(certificate_pdf(face, rows, Say("扫码", "scan"))).pages) == 1
    long = [*rows, (Say("许可内容", "Scope"), Say("热食类食品制售，" * 300, ""))]
    body = certificate_pdf(face, long, Say("扫码", "scan"))
    assert len(read(body).pages) > 1 and text_of(body).count("售") == 300


def test_dates_have_no_leading_zeros():
    assert day_zh(date(2026, 1, 5)) == "2026年1月5日"


def test_the_measures_say_where_they_are_from():
    found = layout()
    assert "9704" in found["source"] and found["mark"] in ("memory", "read")
    page = found["page"]
    assert (
        page["left"] + page["text_width"] < page["width"]
        and page["top"] + page["text_height"] < page["height"]
    )


def test_missing_font_names_the_package(settings):
    settings.BULLETIN_TEXT_FONTS = ["没有的字体"]
    with pytest.raises(NoFont, match="fonts-noto-cjk"):
        letter_pdf(FACE, NOBODY, (["一"], []), ([], []))
