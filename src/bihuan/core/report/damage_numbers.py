"""Numbers that lost a separator or a word: fused line numbers, fused counts and areas, impossible sizes."""

from __future__ import annotations

import re

from bihuan.core.report.damage_bounds import NOWHERE, Place
from bihuan.core.report.damage_fusion import damaged_runs
from bihuan.core.report.damage_scale import beyond, scale_of
from bihuan.core.report.damage_seams import damaged_seams
from bihuan.core.report.sections import Block
from bihuan.core.report.shapes import Suspect
from bihuan.core.say import Say

_DIGIT = re.compile(r"\d|%|亿元|个百")
_LINE = re.compile(r"(?:地铁|轨道交通|轨交|轨道)(?:\d{1,2}(?:号线)?、)?(\d{2,4})号线")
_BIG = re.compile(r"(?<![\d.])(\d{5,9})万(平方米|人|户|亩|吨|立方米)([\u4e00-\u9fff]{0,6})")
_LISTED = re.compile(
    r"([^，。；：\d“”]{2,30}?)(?<!等)([2-9])((?:[1-9]0|[1-9]00|[1-9]000))(亿元|万元|平方米|万平方米|公里)(?=[\u4e00-\u9fff])(?!以|左|的)"
)
_NO_DIGITS = re.compile(r"(?:增长|下降|达到|提高到|比重为|占比为)(%|亿元|个百分点)")
_GROW = re.compile(r"(?<![新净倍翻])增(\d+(?:\.\d+)?%)")
_HOUSES = (
    ("建筑", "栋"),
    ("楼", "栋"),
    ("小区", "个"),
    ("道路", "条"),
    ("住宅", "套"),
    ("住房", "套"),
    ("社区", "个"),
    ("棚户区", "片"),
    ("旧楼区", "片"),
)
# square metres that one of them has in a city, roughly: what makes a split plausible
_EACH = {"栋": (300, 30000), "片": (3000, 300000), "个": (2000, 300000), "条": (500, 200000), "套": (30, 300)}


def damaged_numbers(made: tuple[Block, ...], text: str, place: Place = NOWHERE) -> list[Suspect]:
    """Suspects among the numbers, canonical spans; of two on the same figures the more special one stays."""
    out: list[Suspect] = []
    scale = scale_of(text)
    for block in made:
        if block.kind in ("furniture", "front") or not _DIGIT.search(block.text):
            continue
        special = _lines(block, text) + _areas(block, text, place) + _counts(block, text)
        for s in (
            *special,
            *damaged_runs(block, text, place),
            *damaged_seams(block, text),
            *_small(block, text),
            *beyond(block, scale),
        ):
            if not any(o.span[0] < s.span[1] and s.span[0] < o.span[1] for o in out[-8:]):
                out.append(s)
    return out


def _lines(block: Block, text: str) -> list[Suspect]:
    out = []
    for m in _LINE.finditer(block.text):
        n = m.group(1)
        known = {x for x in re.findall(r"(?<!\d)(\d{1,2})号线", text) if x != n}
        if int(n) < 30 and (n[0] == n[1] or not {n[0], n[1]} <= known or int(n) <= max(map(int, known)) + 6):
            continue  # the longest networks had some twenty lines
        ways = [[n[:i], n[i:]] for i in range(1, len(n)) if n[i] != "0"]
        if not ways:
            continue
        ways.sort(key=lambda w: -sum(x in known for x in w))
        sure = any(x in known for x in ways[0])
        repairs = tuple(f"{'、'.join(w)}号线" for w in ways)
        a = block.a + m.start(1)
        also = f"，文中另有{ways[0][-1]}号线" if sure else ""
        out.append(
            Suspect((a, block.a + m.end()), m.group()[m.start(1) - m.start() :], "fused_numbers", repairs, 0.95 if sure else 0.75,
                    Say(f"没有{n}号线这样的线路{also}；丢了一个“、”", f"There is no line {n}; a separator between two line numbers is lost"))
        )  # fmt: skip
    return out


def _classifier(noun: str, text: str) -> str:
    for word, unit in _HOUSES:
        if word in noun:
            if re.search(rf"\d{unit}{word}", text):
                return unit
            return unit
    return "个"


def _areas(block: Block, text: str, place: Place) -> list[Suspect]:
    out = []
    for m in _BIG.finditer(block.text):
        digits, unit, noun = m.groups()
        if unit != "平方米" and len(digits) < 6:
            continue
        kind = _classifier(noun, text)
        low, high = _EACH[kind]
        ways: list[tuple[float, str]] = []
        for i in range(1, len(digits)):
            left, right = digits[:i], digits[i:]
            if right[0] == "0" or int(left) < 2:
                continue
            each = int(right) * 10**4 / int(left)
            if unit == "平方米" and low <= each <= high:
                # the nearer to the middle of the plausible range (on a log scale) the better
                centre = (low * high) ** 0.5
                ways.append((abs(_log(each / centre)), f"{left}{kind}、{right}万{unit}"))
        ways.sort()
        area = int(digits) / 100
        a, b = block.a + m.start(1), block.a + m.start(3)
        repairs = tuple(w for _, w in ways[:3])
        kind_name = "fused_numbers" if repairs else "implausible_magnitude"
        out.append(
            Suspect((a, b), f"{digits}万{unit}", kind_name, repairs, 0.9 if repairs else 0.6,
                    Say(f"照字面是{area:g}平方公里，不可能；像是两个数连在一起，丢了“{kind}、”" if unit == "平方米" else f"{digits}万{unit}大得不像真数",
                        f"Taken literally {area:g} km², impossible; two numbers seem to have run together" if unit == "平方米" else f"{digits}×10⁴ {unit} is implausibly large"))
        )  # fmt: skip
    return out


def _log(x: float) -> float:
    from math import log

    return log(x)


def _counts(block: Block, text: str) -> list[Suspect]:
    out = []
    for m in _LISTED.finditer(block.text):
        listed, k, rest, unit = m.groups()
        names = listed.split("、")
        if len(names) != int(k) or len(names) < 2:
            continue
        a, b = block.a + m.start(2), block.a + m.end(4)
        after = block.text[m.end() : m.end() + 8]
        shown = f"{k}{rest}{unit}"
        term = f"{unit}{after[:2]}"
        sure = text.count(term) > 1
        out.append(
            Suspect((a, b), shown, "fused_numbers", (f"{k}个{rest}{unit}", f"{rest}{unit}"), 0.85 if sure else 0.6,
                    Say(f"前面正好列了{k}处；像是“{k}个{rest}{unit}”丢了“个”字" + (f"，文中另有“{term}”的说法" if sure else ""),
                        f"{k} places are listed before it; a classifier between {k} and {rest} seems to be lost"))
        )  # fmt: skip
    return out


def _small(block: Block, text: str) -> list[Suspect]:
    out = []
    for m in _NO_DIGITS.finditer(block.text):
        a = block.a + m.start()
        out.append(
            Suspect((a, block.a + m.end()), m.group(), "lost_char", (), 0.8,
                    Say("前面没有数字，数丢了", "No figure before the unit: the number is lost"))
        )  # fmt: skip
    for m in _GROW.finditer(block.text):
        sentence = (
            re.split(r"[。；]", block.text[: m.start()])[-1] + re.split(r"[。；]", block.text[m.start() :])[0]
        )
        sisters = sentence.count("增长") >= 2 and len(_GROW.findall(sentence)) == 1
        if sisters or len(_GROW.findall(text)) <= max(2, text.count("增长") // 10):
            a = block.a + m.start()
            out.append(
                Suspect((a, block.a + m.end()), m.group(), "lost_char", (f"增长{m.group(1)}",), 0.7,
                        Say("其他各项都写“增长”，这里少了“长”字", "The other items say 增长; one character is missing here"))
            )  # fmt: skip
    return out
