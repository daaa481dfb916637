"""How alike two names are, and where a name is mentioned in a text: by pairs of neighbouring characters."""

from __future__ import annotations

import re
from collections import defaultdict

from bihuan.core.report.shapes import Span
from bihuan.core.report.words import GENERIC

_CUT = re.compile(r"[^，。；：、！？“”（）《》,;:()\n和与及]+")
_NOISE = re.compile(r"[“”《》（）()\s\"]|(?:等)?(?:建设)?(?:工程|项目)$|(?<=..)建设$")
_VERB = re.compile(
    r"^(?:2000万元(?:以上)?口径(?=规模以上)|新增|新建|新开工|新购|新改扩建|改扩建|建成|完成|实现|发展|实施|推进|投放|培育|认定|新一轮|全[市省区年]|我[市省区])+"
)
_TAIL = re.compile(r"(?<=..)(?:设施|改造|升级|整治|治理|建设|任务)+$")
_FIGURE = re.compile(r"\d+|[一二三四五六七八九十]+(?=期|号|环|标段)")


def plain(name: str) -> str:
    """A name without quotation marks and the words 工程, 项目, 建设 at its end."""
    return _NOISE.sub("", _NOISE.sub("", name))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: as printed, or but for a verb in front and 建设, 工程 at the end."""
    return one == other or bare(one) == bare(other)


def bare(name: str) -> str:
    """A name without the verb that opens it (新增 …), 2000万元口径 (what 规模以上 means) and the words of `plain`."""
    cut = _TAIL.sub("", plain(_VERB.sub("", name)))
    return cut if len(cut) >= 2 and not GENERIC.match(cut) else name


def wider(one: str, other: str) -> bool:
    """Whether one name is the other with a word in front that narrows it: 养老床位, 公办养老床位."""
    a, b = sorted((bare(one), bare(other)), key=len)
    more = b[: len(b) - len(a)]
    return len(a) >= 4 and len(more) >= 2 and b.endswith(a) and "占" not in more and more[-1] not in "和与及"


def pairs(name: str) -> frozenset[str]:
    """Pairs of neighbouring characters."""
    return frozenset(name[i : i + 2] for i in range(len(name) - 1))


def alike(one: str, other: str) -> float:
    """0 to 1: shared pairs of both names (Dice); 0 where their figures differ (一期, 二期; 5号线, 6号线)."""
    a, b = plain(one), plain(other)
    if a == b:
        return 1.0
    if _figures(a) != _figures(b):
        return 0.0
    x, y = pairs(a), pairs(b)
    return 2 * len(x & y) / (len(x) + len(y)) if x and y else 0.0


def _figures(name: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(name))


class Mentions:
    """The pieces of a text between its marks, indexed by pairs, to find a name that is printed a little differently."""

    __slots__ = ("_by_pair", "_pieces", "_text")

    def __init__(self, text: str, parts: list[Span]) -> None:
        self._text = text
        self._pieces: list[tuple[int, int]] = []
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for a, b in parts:
            for m in _CUT.finditer(text, a, b):
                for pair in pairs(m.group()):
                    self._by_pair[pair].append(len(self._pieces))
                self._pieces.append(m.span())

    def find(self, name: str, least: float = 0.8) -> list[tuple[float, Span]]:
        """(share of the name's pairs found, span) of pieces that hold the name, best first; figures must agree."""
        wanted = pairs(plain(name))
        if len(wanted) < 2:
            return []
        shared: dict[int, int] = defaultdict(int)
        for pair in wanted:
            for i in self._by_pair.get(pair, ()):
                shared[i] += 1
        figures = _figures(plain(name))
        found = []
        for i, n in shared.items():
            span = self._pieces[i]
            if n >= least * len(wanted) and figures <= _figures(self._text[slice(*span)]):
                found.append((n / len(wanted), span))
        return sorted(found, key=lambda f: (-f[0], f[1]))

    def resembling(self, name: str, least: float) -> list[tuple[float, Span]]:
        """As `find`, but a pair that the text is full of (比重, 生产) weighs little against a rare one."""
        wanted = {pair: 1 / (1 + len(self._by_pair.get(pair, ()))) for pair in pairs(plain(name))}
        whole = sum(wanted.values())
        found = []
        for share, span in self.find(name, least / 2):
            there = pairs(self._text[slice(*span)])
            weight = sum(w for pair, w in wanted.items() if pair in there) / whole
            if share >= least / 2 and weight >= least:
                found.append((weight, span))
        return sorted(found, key=lambda f: (-f[0], f[1]))
