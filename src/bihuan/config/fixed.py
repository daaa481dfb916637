"""What a template says to everybody in the same words, written out once: translated words, addresses without a parameter.

It is loaded in the place of Django's own library `i18n`, whose other tags it keeps, and gives the same text: a page has
a hundred such words and addresses, and working each out anew was a fifth of its time.
"""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import FilterExpression, Node, Parser, Token
from django.templatetags import i18n
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Fixed(Node):
    """A node whose text depends on nothing but `key`."""

    def __init__(self, node: Node, key: Callable[[], object]) -> None:
        self.node, self.key = node, key
        self.said: dict[object, str] = {}

    def render(self, context: template.Context) -> str:
        key = self.key()
        said = self.said.get(key)
        if said is None:
            said = self.said[key] = self.node.render(context)
        return said


def addresses() -> tuple[str, str]:
    """What an address without parameters depends on: the table of addresses and the prefix of the site."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


def translate(parser: Parser, token: Token) -> Node:
    """Django's `translate`; words that stand in the template are looked up once for each language."""
    node = i18n.do_translate(parser, token)
    plain = node.asvar is None and is_literal(node.filter_expression) and is_literal(node.message_context)
    return Fixed(node, get_language) if plain else node


register.tag("translate", translate)
register.tag("trans", translate)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's `url`; an address without parameters is worked out once. A name in a namespace may depend on the page."""
    node = defaulttags.url(parser, token)
    plain = node.asvar is None and not node.args and not node.kwargs and is_literal(node.view_name)
    return Fixed(node, addresses) if plain and ":" not in token.contents else node


def is_literal(said: FilterExpression | None) -> bool:
    """Whether it is written out in the template, without filters; nothing at all counts as written out."""
    if said is None:
        return True
    return not said.filters and (isinstance(said.var, str) or said.var.literal is not None)
