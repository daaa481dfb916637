"""A case is named by its place first; sentences break where they pause."""

from __future__ import annotations

from types import SimpleNamespace

from bihuan.core.say import Say
from bihuan.desk.wording import parts_of, place_first, short_place


def head(title: str, community: Say | None) -> SimpleNamespace:
    return SimpleNamespace(
        title=title,
        number="CG1",
        community="1" if community else "",
        community_title=community or Say("", ""),
    )


def test_the_place_stands_before_the_title_once() -> None:
    place = Say("荣迁西里社区居委会", "Rongqianxili Community")
    named = place_first(head("路面有坑", place))
    assert (str(named), named.en) == ("荣迁西里，路面有坑", "Rongqianxili: 路面有坑")
    assert place_first(head("荣迁西里路面有坑", place)) == "荣迁西里路面有坑"
    assert place_first(head("", None)) == "CG1"


def test_a_name_that_is_nothing_but_its_kind_stays() -> None:
    assert short_place(Say("社区", "Community")) == "社区"


def test_a_sentence_loses_nothing_when_parted() -> None:
    sentence = Say("两件已超时，下一件 14:40 到期", "2 late; the next is due 14:40")
    parts = parts_of(sentence)
    assert (
        "".join(parts) == sentence and "".join(part.en for part in parts) == sentence.en and len(parts) == 2
    )
    assert parts_of(Say("甲，乙", "a b")) == ["甲，乙"]
