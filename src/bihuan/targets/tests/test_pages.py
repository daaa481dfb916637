"""The public pages of the report: the text is whole, marks lead to their pages, queries are few."""

import re
from html import unescape

import pytest
from django.test.utils import CaptureQueriesContext

from bihuan.core.time.instant import at
from bihuan.targets import actions
from bihuan.targets.models import Report
from bihuan.targets.templatetags.living_text import wide
from bihuan.targets.tests.conftest import DOUBT, GDP, JOBS, NOW, SOFT_TASK, TASK

pytestmark = pytest.mark.django_db


def plain(html):
    """The words of a page without markup, punctuation as in the original."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span class="fw" data-c="(.)">.</span>', r"\1", html)))


def paragraphs(html):
    """What the paragraphs and headings of the paper say, without signs of notes."""
    paper = html.split('class="rp-paper', 1)[1]
    bodies = re.findall(r'<(?:p|h2|h3) class="t">(.*?)</(?:p|h2|h3)></div>', paper, flags=re.S)
    return [plain(re.sub(r'<sup class="bh-ref">.*?</sup>', "", body)) for body in bodies]


def test_every_paragraph_stands_there_word_for_word(office, client):
    html = client.get("/promises/").content.decode()
    report = Report.objects.get()
    aside = {r["span"][0] for r in report.findings["outline"] if r["kind"] == "furniture"}
    wanted, offset = [], 0
    for line in report.text.splitlines(keepends=True):
        start = offset + len(line) - len(line.lstrip())
        if line.strip() and start not in aside:
            wanted.append(line.strip())
        offset += len(line)
    assert paragraphs(html) == wanted


def test_punctuation_is_shown_full_width_and_the_original_is_beside_it(office, client):
    html = client.get("/promises/").content.decode()
    assert 'data-c=",">，</span>' in html
    assert "12,000" not in html  # this report has no grouped figures; those would stay as they are
    assert wide("达到8.5%,年均;比12,000多<b>") == (
        '达到8.5%<span class="fw" data-c=",">，</span>年均<span class="fw" data-c=";">；</span>比12,000多&lt;b&gt;'
    )


def test_the_goal_card_tells_that_the_figures_do_not_fit(office, client):
    words = plain(client.get("/promises/").content.decode())
    for said in (
        "648",
        ">1000",
        "9.06%",
        "974",
        "差 26 亿元",
        "两个数对不上",
        "区发展和改革委员会（待确认）",
    ):
        assert said in words, said


def test_english_and_chinese_differ_and_the_text_stays(office, client):
    client.cookies["django_language"] = "en"
    html = client.get("/promises/").content.decode()
    assert "The two figures do not fit" in html and "64.8" in html
    assert "地区生产总值力争超千亿" in html
    assert "两个数对不上" not in html


def test_chips_keep_one_kind_of_mark(office, client):
    html = client.get("/promises/?show=goal").content.decode()
    paper = html.split('class="rp-paper', 1)[1]
    assert set(re.findall(r'class="bh-mk (\w+)', paper)) == {"goal"}
    assert paragraphs(html)[10] == paragraphs(client.get("/promises/").content.decode())[10]
    assert client.get("/promises/?show=nonsense").status_code == 200


def test_each_mark_has_an_address_and_a_label(office, client):
    html = client.get("/promises/").content.decode()
    links = re.findall(r'<a class="bh-mk [^"]*" href="([^"]+)" id="[^"]+" aria-label="([^"]+)"', html)
    assert len(links) > 250
    assert any(label == "目标：地区生产总值力争超千亿，有旁批" for _, label in links)
    for href, _ in links[::40]:
        assert client.get(href).status_code == 200, href


def test_notes_are_led_to_by_their_signs(office, client):
    html = client.get("/promises/").content.decode()
    signs = re.findall(r'<sup class="bh-ref"><a href="#([^"]+)"', html)
    assert len(signs) == len(set(signs)) > 20
    for sign in signs:
        assert f'id="{sign}"' in html, sign


def test_the_page_asks_the_same_number_of_questions_with_more_promises(office, client):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/promises/").status_code == 200
        return len(queries)

    from django.db import connection

    client.get("/promises/")
    few = asked()
    for key, lead in ((GDP, "nk.fgw"), (JOBS, "nk.rsj"), (TASK, "nk.shangwu"), (SOFT_TASK, "nk.scjg")):
        office.confirm(key, lead)
    assert asked() <= few + 2  # the heads of the cases, the marks they stand on
    office.confirm("goal-12801-12810", "nk.cgw")
    assert asked() <= few + 2  # the heads of the cases, the marks they stand on
    assert few <= 12


@pytest.mark.parametrize("key", [GDP, JOBS, TASK, SOFT_TASK, DOUBT, "num-635-640", "term-770-777"])
def test_a_mark_has_a_page_with_its_sentence(office, client, key):
    answer = client.get(f"/promises/{office.report.pk}/mark/{key}")
    assert answer.status_code == 200
    _, a, b = key.split("-")
    assert office.report.text[int(a) : int(b)] in plain(answer.content.decode())


def test_a_followed_mark_shows_holder_state_and_history(office, client):
    office.working()
    words = plain(client.get(f"/promises/{office.report.pk}/mark/{GDP}").content.decode())
    for said in ("区发展和改革委员会", "办理中", "交办", "签收", "648"):
        assert said in words, said
    assert "测试fagai" not in words  # persons are not named in public


def test_a_decision_stands_beside_the_original(office, client):
    actions.decide(office.report.pk, DOUBT, "2个10亿元", "列了两处", **office.who("duban"), at=at(NOW))
    html = client.get("/promises/").content.decode()
    assert "已认定为“2个10亿元”：列了两处" in plain(html)
    assert "210亿元" in plain(html)


def test_unknown_addresses_are_not_found(office, client):
    pk = office.report.pk
    for path in (f"/promises/{pk + 1}/", f"/promises/{pk}/mark/goal-1-2", f"/promises/{pk + 1}/text"):
        assert client.get(path).status_code == 404, path


def test_the_original_is_served_as_it_was_found(office, client):
    answer = client.get(f"/promises/{office.report.pk}/text")
    assert answer.content.decode() == office.report.text
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_without_a_report_the_page_says_what_will_be_here(client):
    assert "还没有报告" in client.get("/promises/").content.decode()
