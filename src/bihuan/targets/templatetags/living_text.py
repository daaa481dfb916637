"""The text of a report as HTML: runs with their marks, signs of notes, half-width commas drawn full-width."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bihuan.core.say import Say
from bihuan.targets.living import Mark, Paragraph, Piece
from bihuan.targets.words import MARKS, MEASURES, SIGNS, doubt_words, mark_label

register = template.Library()
# The page shows half-width marks of Chinese sentences full-width, as they are read; copying gives the original back.
NARROW = re.compile(r"(?:(?<=[\u3400-\u9fff”》）%\d])|^)([,:;?!])(?![0-9A-Za-z])")
WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}


def say(value: Say) -> str:
    """The words in the language of the page."""
    return value.en if (get_language() or "").startswith("en") else str(value)


@register.filter
def wide(text: str) -> SafeString:
    """Escape, and show half-width punctuation full-width with the original beside it for copying."""
    parts = NARROW.split(str(text))
    return format_html_join(
        "",
        "{}{}",
        (
            (part, "")
            if i % 2 == 0
            else ("", format_html('<span class="fw" data-c="{}">{}</span>', part, WIDE[part]))
            for i, part in enumerate(parts)
        ),
    )


@register.simple_tag
def report_text(paragraph: Paragraph, report: int, states: Mapping[str, str]) -> SafeString:
    """The runs of a paragraph; nothing stands between them that is not in the text."""
    noted = {
        note.mark.key if note.mark else piece.mark.key if piece.mark else ""
        for piece in paragraph.pieces for note in piece.notes
    }  # fmt: skip
    seen = {piece.mark.key for piece in paragraph.pieces if piece.mark}
    # a mark that lies wholly under others has no run of its own, but its address must lead here
    covered = format_html_join(
        "", '<span id="{}"></span>', ((mark.key,) for mark in paragraph.marks if mark.key not in seen)
    )
    said = []
    for one in paragraph.sentences:
        runs = format_html_join(
            "", "{}",
            ((_run(p, report, states, noted),) for p in paragraph.pieces if one.start <= p.start < one.end),
        )  # fmt: skip
        said.append((one.key, runs))
    return format_html("{}{}", covered, format_html_join("", '<span class="rp-s" id="{}">{}</span>', said))


def _run(piece: Piece, report: int, states: Mapping[str, str], noted: Collection[str]) -> SafeString:
    text = wide(piece.text)
    mark = piece.mark
    shown = text
    if mark is not None:
        css = f"bh-mk {mark.kind}"
        if mark.kind == "task" and mark.fact.get("measurability") == "soft":
            css += " soft"
        if mark.key in states:
            css += " held"
        href = reverse("mark", args=[report, mark.key])
        if piece.first:
            label = say(mark_label(mark, mark.key in noted))
            shown = format_html(
                '<a class="{}" href="{}" id="{}" aria-label="{}">{}</a>', css, href, mark.key, label, text
            )
        else:
            shown = format_html('<a class="{}" href="{}" tabindex="-1">{}</a>', css, href, text)
    signs = format_html_join(
        "",
        '<sup class="bh-ref"><a href="#{}">{}{}</a></sup>',
        ((note.key, say(SIGNS[note.kind]), note.number) for note in piece.notes),
    )
    return format_html("{}{}", shown, signs)


@register.filter
def anchor(offset: int) -> str:
    return escape(f"p{offset}")


@register.simple_tag
def kind_of(mark: Mark) -> str:
    """目标, 任务, 数字…"""
    return say(MARKS[mark.kind])


@register.filter
def measure_word(code: str) -> str:
    """有数, 可交付, 有产出, 软任务."""
    return say(MEASURES[code])


@register.filter
def doubt_line(fact: Mapping[str, Any]) -> str:
    """Why a place is doubtful and what it probably said."""
    return say(doubt_words(fact))
