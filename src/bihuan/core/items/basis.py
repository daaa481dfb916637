"""What an entry stands on: citations of law, and whether one of them has lapsed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from bihuan.core.items.parts import Law
from bihuan.core.say import Say

Citation = tuple[str, str]
NOTE = re.compile(r"（[^）]*）|\([^)]*\)")


def citations(text: str) -> tuple[Citation, ...]:
    """(law, article) of each part of "食品安全法 §35;行政许可法 §42"; the article may be missing."""
    found = []
    for part in re.split("[;；]", text):
        law, _, article = part.partition("§")
        if law.strip():
            found.append((law.strip(), article.strip()))
    return tuple(found)


def name_of(law: str) -> str:
    """The name of a text without the note of its version: 传染病防治法（2013年修正文本） is 传染病防治法."""
    return NOTE.sub("", law).strip().removeprefix("中华人民共和国").strip("《》")


def lapsed(basis: Sequence[Citation], laws: Mapping[str, Law], on: date) -> list[Say]:
    """A sentence for every cited text that is no longer in force on a day; empty where all stand or nobody knows."""
    found = []
    for law in dict.fromkeys(name_of(law) for law, _ in basis):
        known = laws.get(law)
        if known is None or known.lapsed is None or known.lapsed > on:
            continue
        after = f"，由《{known.replaced_by}》替代" if known.replaced_by else ""
        after_en = f"; 《{known.replaced_by}》 took its place" if known.replaced_by else ""
        found.append(
            Say(
                f"《{law}》已于 {known.lapsed} 废止{after}",
                f"《{law}》 was repealed on {known.lapsed}{after_en}",
            )
        )
    return found
