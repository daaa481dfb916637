"""A sentence keeps its address while its words stay; a report's text is wholly divided into sentences."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.targets.sentences import Namer, cut, key_of

TEXT = "实现地区生产总值648亿元,增长8.5%。建成“智慧南开”。好!好!"


def said(text):
    return [text[a:b] for a, b in cut(text, 0, len(text))]


def test_sentences_end_at_full_stops_and_keep_their_closing_quotes():
    assert said("他说：“好。”又说：“行！”（完。）") == ["他说：“好。”", "又说：“行！”", "（完。）"]
    assert said(TEXT) == ["实现地区生产总值648亿元,增长8.5%。", "建成“智慧南开”。", "好!", "好!"]
    assert said("一、经济发展") == ["一、经济发展"]
    assert said("") == []


def test_the_key_outlives_line_breaks_and_commas_but_not_a_figure():
    assert key_of("增长8.5%,\n达到648亿元。") == key_of("增长 8.5%，达到648亿元")
    assert key_of("达到648亿元。") != key_of("达到649亿元。")
    assert re.fullmatch("s-[0-9a-f]{10}", key_of("甲"))
    assert key_of("达到648亿元。") == "s-2eb3cc78e6"  # published addresses: a change here breaks every link


def test_a_sentence_said_twice_has_two_keys():
    keys = [one.key for one in Namer().name(TEXT, 0, len(TEXT))]
    assert keys[3] == keys[2] + "-2" and len(set(keys)) == 4


@given(st.text(alphabet="甲乙1。！?”） ,\n", max_size=80))
def test_the_sentences_are_the_whole_text(text):
    assert "".join(said(text)) == text
    keys = [one.key for one in Namer().name(text, 0, len(text))]
    assert len(set(keys)) == len(keys)


@pytest.mark.django_db
def test_each_sentence_of_the_page_has_one_anchor_that_the_mark_page_gives(office, client):
    html = client.get("/promises/").content.decode()
    keys = re.findall(r'<span class="rp-s" id="(s-[0-9a-f-]+)">', html)
    assert len(keys) == len(set(keys)) > 250
    page = client.get(f"/promises/{office.report.pk}/mark/goal-5193-5204").content.decode()
    (link,) = re.findall(rf'href="/promises/{office.report.pk}/#(s-[0-9a-f-]+)"', page)
    assert link in keys
    around = html.split(f'id="{link}">', 1)[1].split('<span class="rp-s"', 1)[0]
    assert 'id="goal-5193-5204"' in around
