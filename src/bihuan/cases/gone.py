"""What goes when the words of a case are deleted, what stays, and how the notice of it reads. No queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bihuan.cases.edge import to_datetime
from bihuan.cases.intake import fields_of
from bihuan.core.case.fold import Event
from bihuan.core.case.left import left
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import SHREDDED
from bihuan.core.say import Say

LAW = "个人信息保护法§47"
GROUNDS: Mapping[str, Say] = {
    "request": Say("本人请求", "the person asked for it"),
    "retention": Say("保存期届满", "the time of keeping is over"),
    "correction": Say("已更正，旧的内容删除", "put right: the old words were deleted"),
}
KEYLESS = Say(
    "已销毁，公开记录里哪几条是这一件的，再也连不起来", "destroyed: nobody can tell any more which entries of the public log are this case's"
)  # fmt: skip
CHOSEN = frozenset(
    {"choice", "choices", "unit", "case", "condition"}
)  # kinds of fields that hold codes, never words
NAME, WORDS = 2, 6  # characters of a name, and of own words, that are looked for in what officials wrote


class Gone(NamedTuple):
    """One deletion on a case: when, on what ground and by which provision, of how many steps."""

    at: datetime
    ground: Say
    law: str
    steps: int


def emptied(line: Line, event: Event) -> dict[str, Any]:
    """The data of an event without anybody's words."""
    codes = set()
    if event.name in line.actions:
        for field in fields_of(line, event.name):
            value = event.data.get(field.key)
            if field.kind in CHOSEN or (field.kind == "person" and str(value).isdecimal()):
                codes.add(field.key)
    return left(line, event, codes)


def deletions(events: Sequence[Event]) -> list[Gone]:
    """The deletions that the events of a case tell of, oldest first."""
    return [
        Gone(to_datetime(one.at), GROUNDS[one.data["ground"]], str(one.data["law"]), len(one.data["steps"]))
        for one in events
        if one.name == SHREDDED and one.data["steps"]
    ]


def is_closed_for_good(events: Sequence[Event]) -> bool:
    """Whether the words the case was opened with are gone: nothing more can be done on it."""
    return any(step["seq"] == 1 for one in events if one.name == SHREDDED for step in one.data["steps"])


def told(event: Event) -> list[tuple[Say, str]]:
    """What the timeline says of a deletion."""
    steps = "、".join(str(step["seq"]) for step in event.data["steps"])
    key = [(Say("办件的钥匙", "Key of the case"), KEYLESS)] if "key" in event.data else []
    return [
        (Say("依据", "Ground"), Say(f"{GROUNDS[event.data['ground']]}（{event.data['law']}）",
         f"{GROUNDS[event.data['ground']].en} ({event.data['law']})")),
        (Say("哪几步的内容", "Of which steps"), steps or Say("以前已经删除", "deleted before")),
        *key,
    ]  # fmt: skip


def strings(value: Any) -> Iterator[str]:
    """Every text in a piece of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def names_them(event: Event, values: Collection[str]) -> bool:
    """Whether what officials wrote at this step holds one of these values of the person."""
    return any(value in text for text in strings(event.data) for value in values)
