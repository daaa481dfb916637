"""Names that a report says in more than one part without quoting them: 大悦城, 科技成果展示交易中心."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from bihuan.core.report.sections import Block
from bihuan.core.report.shared_pairs import PAIRS, own_part
from bihuan.core.report.verbs import ACTIONS, head

_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z\d]")
_KINDS = re.compile(
    r"(?:中心|片区|经济圈|创新圈|示范区|博物馆|图书馆|少年宫|影剧院|运动会|旅游节|文化节|服务站|服务平台|号线)"
)
_NEAR = re.compile(r"片区|少年宫|影剧院|图书馆|博物馆|号线|[济新]圈")
_MOST = 24  # characters of a name
_CROWD = 12  # what is said oftener in one part is a common word
# what may stand before a name without belonging to it
_JOINT = frozenset("和与及在把将等的为对区市省县我全新由向从以至到")
_WORDS = re.compile(
    r"^(?:重点|其他|各类|各级|各|一批|社区|公共|基层|城市|农村|服务|管理|行政|审批|文化|活动|卫生|健康|医疗|养老|教育|政务|便民|体育|创新|创业|国家|国际|现代|特色|示范|综合|主要|工作)+$"
)
_THINGS = re.compile(r"[心馆节杯街城园院里路道楼店圈区汇场厦厅线宫团港站河湖山村镇企司会赛]$")
_GENERAL = re.compile(
    r"年|万|亿|平方|%|条|项|以上|[一二三四五六七八九十]届|同志|代表|人民|精神|会议|中央|问题|商机|新路|党委|^[个号直与和及同对由]|[至及与和]$|工作$|水平$|能力$"
)


def recurring(bodies: list[Block], place: str) -> set[str]:
    """Names found in at least two of the parts; `place` is the report's own place, which is no matter."""
    found: set[str] = set()
    for spots, least in _seeds(bodies):
        for (b, i), (c, j) in combinations(spots[:_CROWD], 2):
            if b.part == c.part:
                continue
            name = _trim(*_common(b.text, i, c.text, j))
            if len(name) >= least and _is_name(name, place):
                found.add(name)
    return found


def _seeds(bodies: list[Block]) -> Iterator[tuple[list[tuple[Block, int]], int]]:
    """Places that begin alike: two letters in a row of no common word, or the word for a kind of place."""
    rare: dict[str, list[tuple[Block, int]]] = {}
    kinds: dict[str, list[tuple[Block, int]]] = {}
    for b in bodies:
        t = b.text
        for i in range(len(t) - 1):
            two = t[i : i + 2]
            if two not in PAIRS and _LETTER.match(two[0]) and _LETTER.match(two[1]) and not two.isdigit():
                rare.setdefault(two, []).append((b, i))
        for m in _KINDS.finditer(t):
            kinds.setdefault(m.group(), []).append((b, m.start()))
    yield from ((spots, 3) for spots in rare.values() if 2 <= len(spots) <= _CROWD)
    yield from ((spots, 3) for spots in kinds.values() if len(spots) >= 2)


def _common(s: str, i: int, t: str, j: int) -> tuple[str, tuple[str, str], tuple[str, str]]:
    """The longest name both places share around the seed, with the two letters before and behind each."""
    a = 0
    while (
        a < _MOST and i - a > 0 and j - a > 0 and s[i - a - 1] == t[j - a - 1] and _LETTER.match(s[i - a - 1])
    ):
        a += 1
    b = 0
    while (
        i + b < len(s) and j + b < len(t) and b < _MOST and s[i + b] == t[j + b] and _LETTER.match(s[i + b])
    ):
        b += 1
    before = (s[max(0, i - a - 2) : i - a], t[max(0, j - a - 2) : j - a])
    return s[i - a : i + b], before, (s[i + b : i + b + 1], t[j + b : j + b + 1])


def _trim(name: str, before: tuple[str, str], behind: tuple[str, str]) -> str:
    """The name without half a word at its ends and without the verb before it; empty when it is half a name."""
    if not any(_ends(c) for c in behind):
        while name and any(f"{name[-1]}{c}" in PAIRS for c in behind):
            behind = (name[-1], name[-1])
            name = name[:-1]
    if not any(_begins(c) for c in before):
        while name and any(f"{c[-1]}{name[0]}" in PAIRS for c in before):
            before = (name[0], name[0])
            name = name[1:]
    for c in before:
        if len(c) > 1 and not _LETTER.match(c[0]) and not _begins(c):
            return ""  # 天大附中 and 师大附中 share no name
    verb, rest = head(name)
    if verb and rest:
        name = rest
    return re.sub(
        r"(?:等|建设|开展|的|改造|和|与)+$", "", re.sub(r"^(?:的|和|与|等|在|区)+(?=.{3})", "", name)
    )


def _ends(c: str) -> bool:
    return not c or not _LETTER.match(c) or c in _JOINT


def _begins(c: str) -> bool:
    return not c or not _LETTER.match(c[-1]) or c[-1] in _JOINT or c in ACTIONS


def _is_name(name: str, place: str) -> bool:
    bare = name.replace(place[:-1], "") if len(place) > 2 else name
    if (
        len(bare) < 3
        or len(name) == 3
        and name[2] in "省市区县"
        or name in place
        or _GENERAL.search(name)
        or _WORDS.match(name)
    ):
        return False
    own = re.sub(r"\d", "", own_part(bare))
    if len(own) >= 3 or len(own) == 2 and len(name) >= 4 and _THINGS.search(name):
        return not _KINDS.fullmatch(name)
    m = _KINDS.search(name)
    if not m or m.end() < len(name):
        return False
    first = name[: m.start()]
    return bool(first) and not _WORDS.match(first) and (len(name) >= 6 or bool(_NEAR.search(name)))
