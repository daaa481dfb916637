"""Words and addresses that stand in a template are written out once, in each language and under each prefix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, engines
from django.urls import set_script_prefix
from django.utils.translation import override

from bihuan.config.fixed import Fixed
from bihuan.core.picture.icon import PATHS, icon

SOURCE = Path(__file__).parents[1] / "src" / "bihuan"


def made(text: str):
    return engines["django"].engine.from_string("{% load i18n %}" + text)


def test_words_are_said_in_the_language_of_each_page() -> None:
    template = made('{% translate "队列" %} {% translate "报问题" context "nav" %}')
    assert len(template.nodelist.get_nodes_by_type(Fixed)) == 2
    for _ in range(2):
        with override("zh-hans"):
            assert template.render(Context()) == "队列 报问题"
        with override("en"):
            assert template.render(Context()) == "Queue Report"


def test_words_that_depend_on_the_page_are_not_kept() -> None:
    template = made("{% translate words %} {% translate '队列' as said %}{{ said }}")
    assert not template.nodelist.get_nodes_by_type(Fixed)
    with override("en"):
        assert template.render(Context({"words": "队列"})) == "Queue Queue"
        assert template.render(Context({"words": "地图"})) == "Map Queue"


def test_an_address_without_parameters_follows_the_prefix_of_the_site() -> None:
    template = made("{% url 'queue' %}")
    assert template.nodelist.get_nodes_by_type(Fixed)
    try:
        assert template.render(Context()) == "/desk/"
        set_script_prefix("/district/")
        assert template.render(Context()) == "/district/desk/"
    finally:
        set_script_prefix("/")
    assert template.render(Context()) == "/desk/"


@pytest.mark.parametrize(
    "text",
    ["{% url name %}", "{% url 'desk-case' number %}", "{% url 'admin:index' %}", "{% url 'queue' as a %}"],
)
def test_an_address_that_depends_on_the_page_is_not_kept(text: str) -> None:
    assert not made(text).nodelist.get_nodes_by_type(Fixed)


def test_every_sign_that_a_template_names_is_drawn_and_an_unknown_one_raises() -> None:
    named = {
        name
        for page in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([^"]+)" %\}', page.read_text(encoding="utf-8"))
    }
    assert len(named) > 10 and named <= PATHS.keys()
    with pytest.raises(KeyError):
        icon("nothing")
