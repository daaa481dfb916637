"""Words of the desk's lists: a case by its place first, a sentence in parts that break only between them."""

from __future__ import annotations

from bihuan.cases.shapes import Head
from bihuan.core.say import Say

SUFFIXES = ("社区居民委员会", "社区居委会", "居委会", "社区")


def short_place(name: Say) -> Say:
    """光明路社区居委会 is 光明路; Guangminglu Community is Guangminglu."""
    zh = str(name)
    for suffix in SUFFIXES:
        if zh.endswith(suffix) and zh != suffix:
            zh = zh.removesuffix(suffix)
            break
    return Say(zh, name.en.removesuffix(" Community") or name.en)


def place_first(head: Head) -> Say:
    """荣迁西里，路面有坑: what tells two cases of one kind apart; a case without a place has its title alone."""
    title = head.title or head.number
    place = short_place(head.community_title) if head.community else Say("", "")
    if not place or str(place) in title:
        return Say(title, title)
    return Say(f"{place}，{title}", f"{place.en}: {title}")


def parts_of(sentence: Say) -> list[Say]:
    """The sentence at its comma or semicolon, so that a narrow page breaks it there."""
    zh, en = str(sentence).split("，"), sentence.en.split("; ")
    if len(zh) != len(en):
        return [sentence]
    last = len(zh) - 1
    return [
        Say(a + ("，" if i < last else ""), b + ("; " if i < last else ""))
        for i, (a, b) in enumerate(zip(zh, en, strict=True))
    ]
