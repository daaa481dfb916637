"""The printed bulletin: one A4 document in Chinese, the same bytes each time, and a clear word where a font is missing."""

import io

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bihuan.assess import typeset
from bihuan.papers.fonts import NoFont

A4 = (595, 842)


@pytest.fixture
def release(offices):
    offices.month()
    return offices.publish(offices.close(), paper="")


def test_pdf_is_a4_and_says_what_the_page_says(release):
    read = PdfReader(io.BytesIO(typeset.pdf(release)))
    assert {tuple(round(float(x)) for x in page.mediabox[2:]) for page in read.pages} == {A4}
    text = "".join(page.extract_text() for page in read.pages).replace("\n", "")
    for said in (
        "2026年10月数字城管运行情况的通报",
        "天津市南开区人民政府办公室",
        "返工率",
        "剔除",
        "垃圾站（箱）满溢",
        release.digest[:16],
    ):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    assert read.metadata.title == "2026年10月数字城管运行情况的通报"


def test_same_month_same_bytes_whatever_happens_later(release, offices):
    before = typeset.pdf(release)
    offices.district.report("2026-11-06 09:00")
    from bihuan.assess.actions.telling import tell
    from bihuan.core.time.instant import at

    tell(at("2026-11-06 12:00"))
    assert typeset.pdf(release) == before


def test_paper_number_only_where_given(offices):
    offices.month()
    made = offices.close()
    with_number = typeset.pdf(offices.publish(made, paper="南政办发〔2026〕8号"))
    text = PdfReader(io.BytesIO(with_number)).pages[0].extract_text()
    assert "〔2026〕8" in text.replace(" ", "")


def test_missing_font_names_the_package(release, settings):
    settings.BULLETIN_TEXT_FONTS = ["没有的字体"]
    with pytest.raises(NoFont, match="fonts-noto-cjk"):
        typeset.pdf(release)


def test_command_refuses_what_is_no_month():
    from bihuan.config.cli import app

    said = CliRunner().invoke(app, ["bulletin", "10月"])
    assert said.exit_code == 2 and "2026-10" in said.output
