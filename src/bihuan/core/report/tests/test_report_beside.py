"""Two texts of one report: what differs is found where it stands, layout is no difference."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.core.report.beside import differences, same_words
from bihuan.targets.seed import nankai

TEXT = nankai()["text"]


def test_a_text_does_not_differ_from_itself_however_it_is_laid_out():
    for other in (
        TEXT,
        TEXT.replace("\n", "\r\n\r\n"),
        TEXT.replace(",", "，"),
        "\ufeff" + TEXT,
        TEXT.replace("时间:2017-01-09 00:00:00", ""),
    ):
        assert same_words(TEXT, other)
        assert differences(TEXT, other) == ()


def test_a_figure_a_word_and_a_sentence_are_told_apart():
    other = TEXT.replace("648亿元", "684亿元").replace("全年新增就业4万人", "全年新增就业4.0万人以上")
    other = other.replace("加强食品安全和食用农产品安全监管。", "", 1)
    figure, hedged, gone = differences(TEXT, other)
    assert figure.figure and [words for words, differs in figure.one if differs] == ["648"]
    assert [words for words, differs in figure.other if differs] == ["684"]
    assert TEXT[slice(*figure.one_span)].startswith("预计2016年") and other[
        slice(*figure.other_span)
    ].endswith("8.5%;")
    assert not hedged.figure  # 4万 and 4.0万 are one figure
    assert gone.other == () and gone.other_span is None and not gone.figure


@pytest.mark.parametrize("cut", [0, 400, len(TEXT)])
def test_what_only_one_text_has_is_all_there(cut):
    found = differences(TEXT, TEXT[:cut])
    told = sum(len(words) for one in found for words, _ in one.one)
    assert told >= 0.95 * sum(len(words) for one in differences(TEXT, "") for words, _ in one.one) - cut


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 300))
def test_a_hole_anywhere_is_told(at, size):
    other = TEXT[:at] + TEXT[at + size :]
    found = differences(TEXT, other)
    for one in found:
        for runs, span, text in ((one.one, one.one_span, TEXT), (one.other, one.other_span, other)):
            assert (span is None) == (runs == ())
            if span:
                assert 0 <= span[0] < span[1] <= len(text)
    assert bool(found) != same_words(TEXT, other)
