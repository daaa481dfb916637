"""What a person writes into a cell or a field, turned into what is kept, and back: units by any name, category, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from bihuan.core.say import Say
from bihuan.targets.plan import CATEGORIES, read_nodes
from bihuan.targets.table.figures import narrow

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
OUTSIDE = r"(?![^（(]*[）)])"  # no bracket is open here: a unit's name may list others in brackets
YES = frozenset({"是", "公开", "yes", "y", "true", "√", "✓", "1"})
NO = frozenset({"否", "不公开", "no", "n", "false", "×", "x", "0"})
PLACES = ("天津市", "南开区", "人民政府", "天津", "南开", "市", "区委", "区")  # in front of a unit's own name


class BadEntry(ValueError):
    """What is written in a cell cannot be taken; `say` says why."""

    def __init__(self, say: Say) -> None:
        super().__init__(str(say))
        self.say = say


@dataclass(frozen=True)
class Units:
    """The units of the district by every name that people write."""

    names: Mapping[str, Say]  # by code

    @cached_property
    def whole(self) -> dict[str, str]:
        """Whole names: Chinese, without brackets, English, the code."""
        found: dict[str, str] = {}
        for code, name in self.names.items():
            for words in (str(name), own_name(str(name)), name.en, code):
                found.setdefault(_same(words), code)
        return found

    def code(self, text: str) -> str:
        """The unit of a whole or a short name (区发改委, 发改委); BadEntry names what could be meant."""
        words = _same(text)
        if not words:
            return ""
        tries = (words, own_name(words))  # 市场监管局 begins with no city, 市规划局 does
        for one in tries:
            if one in self.whole:
                return self.whole[one]
        fits = [
            code for code, name in self.names.items()
            if any(len(one) > 1 and _short_of(one, own_name(str(name))) for one in tries)
        ]  # fmt: skip
        if len(fits) == 1:
            return fits[0]
        if fits:
            some = [self.names[code] for code in fits[:4]]
            raise BadEntry(Say(f"“{text}”可能是{'、'.join(some)}，请写全称",
                               f"“{text}” may be {', '.join(s.en for s in some)}: write the whole name"))  # fmt: skip
        raise BadEntry(Say(f"没有单位“{text}”", f"There is no unit “{text}”"))

    def codes(self, text: str) -> tuple[str, ...]:
        """Several units, parted by 、 ； or lines; commas part only where no name holds one."""
        found: list[str] = []
        for piece in re.split(rf"[、；;\n]+{OUTSIDE}", text):
            if _same(piece) in self.whole:
                found.append(self.whole[_same(piece)])
            else:
                found += [self.code(one) for one in re.split(rf"[，,/]+{OUTSIDE}", piece) if one.strip()]
        return tuple(found)

    def said(self, codes: Sequence[str], english: bool) -> str:
        names = [self.names.get(code) or Say(code, code) for code in codes]
        return "; ".join(name.en for name in names) if english else "、".join(names)


def own_name(name: str) -> str:
    """A unit's name without brackets and without the place in front: 区发展和改革委员会 is 发展和改革委员会."""
    words = re.split(r"[（(]", name)[0]
    for place in PLACES:
        if words.startswith(place) and len(words) > len(place) + 1:
            words = words.removeprefix(place)
    return words


def _short_of(short: str, whole: str) -> bool:
    """Whether the characters of a short name stand in the whole one in this order, from its first one on."""
    if short[:1] != whole[:1]:
        return False
    rest = iter(whole)
    return all(char in rest for char in short)


def _same(text: str) -> str:
    return narrow(text).lower().replace("(", "（").replace(")", "）")


def cell_text(text: str) -> str:
    """Words as a cell holds them: no control characters, no space at the ends of lines, one kind of line end."""
    lines = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines).strip()[:32_000]


def written(name: str, stored: str, units: Units, english: bool) -> str:
    """A field as a cell shows it; `stored` is as `board.values` has it."""
    if name == "lead":
        return units.said([stored], english) if stored else ""
    if name in ("responsible", "assisting"):
        return units.said([code for code in stored.split("、") if code], english)
    if name == "category":
        say = CATEGORIES[stored]
        return say.en if english else str(say)
    if name == "public":
        return {"是": "yes", "否": "no"}[stored] if english else stored
    return cell_text(stored)


def taken(name: str, cell: str, units: Units, year: int) -> str:
    """What a cell says, as it is kept; `year` is that of quarters and of days without one. BadEntry."""
    words = cell_text(cell)
    if name == "lead":
        return units.code(words)
    if name in ("responsible", "assisting"):
        return "、".join(units.codes(words))
    if name == "category":
        return _category(words)
    if name == "public":
        if narrow(words).lower() in YES | NO:
            return "是" if narrow(words).lower() in YES else "否"
        raise BadEntry(Say("公开写“是”或“否”", "Public is yes or no"))
    if name == "nodes":
        nodes, faults = read_nodes(words, year)
        if faults:
            raise BadEntry(faults[0])
        return "\n".join(f"{day} {text}" for day, text in nodes)
    return " ".join(words.split()) if name in ("title", "leader", "answerable") else words


def _category(words: str) -> str:
    for code, say in CATEGORIES.items():
        if narrow(words).lower() in (str(say), narrow(say.en).lower(), code):
            return code
    known = "、".join(CATEGORIES.values())
    raise BadEntry(
        Say(f"类别写其中一个：{known}", "Category: " + ", ".join(s.en for s in CATEGORIES.values()))
    )


def plan_fields(kept: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a plan that kept words say, without title and lead; the way back from `board.values`."""
    found: dict[str, Any] = {name: words for name, words in kept.items() if name not in ("title", "lead")}
    for name in ("responsible", "assisting"):
        if name in found:
            found[name] = tuple(code for code in kept[name].split("、") if code)
    if "nodes" in found:
        nodes = [line.split(" ", 1) for line in kept["nodes"].split("\n") if line]
        found["nodes"] = tuple((date.fromisoformat(day), text) for day, text in nodes)
    if "public" in found:
        found["public"] = kept["public"] == "是"
    return found
