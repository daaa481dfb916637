"""Every sentence that pages show has an English text."""

import re
from collections import Counter

from tests.house import words
from tests.house.checks import PRODUCT


def missing(used: dict[str, str], known: dict[str, str]) -> list[str]:
    return [
        f"{file}: {word}" for word, file in used.items() if words.CHINESE.search(word) and not known.get(word)
    ]


def test_every_sentence_has_its_english():
    assert missing(words.used(), words.known()) == []


def test_a_sentence_with_a_number_has_both_forms():
    found = words.plurals()
    assert "%(n)s 件" in found
    assert sorted(found - words.plural_entries()) == []


def test_no_english_is_left_chinese():
    """Except what a reader may type: the catalogue can be searched in Chinese only."""
    english = [re.sub(r"e\.g\. .*", "", text) for text in words.known().values()]
    assert [text for text in english if words.CHINESE.search(text)] == []


def test_catalogue_keeps_no_sentence_that_nobody_uses():
    used = words.used()
    assert [word for word in words.known() if word and word not in used] == []


def test_no_word_has_two_english_texts():
    entries = re.findall(
        r'^((?:msgctxt .*\n)?msgid ".+"(?:\n".*")*)$', words.CATALOGUE.read_text(), flags=re.M
    )
    assert len(entries) > 1000
    assert [one for one, n in Counter(entries).items() if n > 1] == []


def test_names_in_a_sentence_are_the_same_in_both_languages():
    found = []
    for word, english in words.known().items():
        if set(re.findall(r"%\(\w+\)\w", word)) != set(re.findall(r"%\(\w+\)\w", english)) and english:
            found.append(word)
    assert found == []


def test_templates_show_no_bare_chinese():
    found = []
    for file in sorted(PRODUCT.rglob("templates/**/*.html")):
        if file.name == "500.html":  # speaks both languages at once, without asking for anything
            continue
        found += [f"{file.relative_to(PRODUCT)}: {line}" for line in words.bare(file.read_text())]
    assert found == []


def test_planted_sentences_are_found():
    python = 'from x import gettext as _\na = _("新句子")\nb = pgettext("c", "另一句")\n'
    assert list(words.in_python(python)) == ["新句子", "另一句"]
    page = (
        '{% load i18n %}{% translate "甲（一）" %}<p title="{% trans \'乙\' %}">'
        "{% blocktranslate with n=case.number %}办件 {{ n }} 已结{% endblocktranslate %}"
        '{% include "x.html" with title=_("丙") %}</p>'
    )
    found = list(words.in_template(page))
    assert [word for word in found if words.CHINESE.search(word)] == [
        "甲（一）",
        "乙",
        "办件 %(n)s 已结",
        "丙",
    ]
    assert missing(dict.fromkeys(found, "x.html"), {"乙": "b"}) == [
        "x.html: 甲（一）",
        "x.html: 办件 %(n)s 已结",
        "x.html: 丙",
    ]


def test_planted_bare_chinese_is_found():
    assert words.bare("<p>办件</p>{# 注释 #}{% translate '好' %}") == ["<p>办件</p>"]
