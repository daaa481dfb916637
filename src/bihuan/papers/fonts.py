"""The Chinese fonts of this machine that papers are set in."""

from __future__ import annotations

import typst
from django.conf import settings


class NoFont(RuntimeError):
    """No Chinese font of the families that are set is on this machine."""


def families() -> tuple[str, str]:
    """The first family of each list that is on this machine: of the text, of headings. NoFont names the package."""
    have = set(typst.Fonts(include_embedded_fonts=False).families())
    found = []
    for wanted in (settings.BULLETIN_TEXT_FONTS, settings.BULLETIN_HEADING_FONTS):
        family = next((name for name in wanted if name in have), None)
        if family is None:
            raise NoFont(
                f"没有中文字体({'、'.join(wanted)})。请装 fonts-noto-cjk(apt-get install fonts-noto-cjk),"
                f"或者用 BIHUAN_TEXT_FONTS、BIHUAN_HEADING_FONTS 写明本机的字体。 / No Chinese font: install fonts-noto-cjk"
            )
        found.append(family)
    return found[0], found[1]
