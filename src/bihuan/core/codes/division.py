"""Codes of places and of things in places: division (GB/T 2260, 10114), cell (15), component (17)."""

from __future__ import annotations

from collections.abc import Collection

from bihuan.core.say import Say

from .text import Clean, Code, clean, refuse, show, want_digits, want_length

PROVINCES = frozenset(
    str(n)
    for block in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
    for n in range(block[0], block[1] + 1)
)
DIVISION = Say("行政区划代码", "The division code")
CELL = Say("单元网格码", "The cell code")
COMPONENT = Say("部件标识码", "The component code")

_LEVELS = {
    "province": Say("省级", "province"),
    "city": Say("地级", "prefecture"),
    "county": Say("县级", "county"),
    "street": Say("乡级", "township"),
    "community": Say("村级", "community"),
}
COMPONENT_CLASSES = {  # GB/T 47678.5-2026, 管理部件大类
    "01": Say("市政公用设施", "municipal utilities"),
    "02": Say("交通设施", "traffic"),
    "03": Say("市容环卫设施", "sanitation"),
    "04": Say("园林绿化设施", "greenery"),
    "05": Say("其他管理部件", "other components"),
}


def _want_province(text: str, title: Say) -> None:
    if text[:2] not in PROVINCES:
        refuse(
            f"{title}前两位 {text[:2]} 不是省级区划代码。", f"{title.en}: {text[:2]} in front is no province."
        )


def read_division(text: str) -> Code:
    """A division of 6 (GB/T 2260), 9 (GB/T 10114) or 12 digits; zeros that only fill up are dropped."""
    c = clean(text, DIVISION)
    want_digits(c.text, DIVISION)
    want_length(c.text, (6, 9, 12), DIVISION)
    _want_province(c.text, DIVISION)
    value = c.text
    if len(value) == 12 and value.endswith("000"):
        value = value[:9]
    if len(value) == 9 and value.endswith("000"):
        value = value[:6]
    if len(value) == 12 and value[6:9] == "000":
        refuse(
            f"{DIVISION}第 7—9 位 000 不是街道、乡镇，后面却有社区 {value[9:]}。",
            f"{DIVISION.en}: 000 in places 7-9 is no street, yet a community {value[9:]} follows.",
        )
    note = Say("去掉了只为补足位数的 0", "zeros that only filled up were dropped")
    also = (note,) if value != c.text else ()
    level = _level(value)
    facts: dict[str, object] = {"level": level, "level_name": _LEVELS[level], "province": value[:2] + "0000"}
    if len(value) >= 9:
        facts |= {"county": value[:6], "township": _township(value[6:9])}
    if len(value) == 12:
        facts |= {"street": value[:9]}
    return c.code("division", facts, value, also)


def _level(value: str) -> str:
    if len(value) == 12:
        return "community"
    if len(value) == 9:
        return "street"
    if value[2:] == "0000":
        return "province"
    return "city" if value[4:] == "00" else "county"


def _township(three: str) -> Say | None:
    """GB/T 10114: 001-099 streets, 100-199 towns, 200-399 townships; what lies beyond is left unnamed."""
    n = int(three)
    if n < 100:
        return Say("街道", "subdistrict")
    if n < 200:
        return Say("镇", "town")
    return Say("乡", "township") if n < 400 else None


def read_cell(text: str) -> Code:
    """A grid cell: district 6 + street 3 + community 3 + number 3 (which may carry letters), GB/T 47678.3."""
    c = clean(text, CELL)
    if len(c.text) == 14:
        refuse(
            f"{CELL}应为 15 位，这里有 14 位：像是 CJ/T 213 的旧码（序号两位），请按对照表换成新码。",
            f"{CELL.en} has 15 characters; here are 14: it looks like an old CJ/T 213 code (number of two"
            " digits); use the table of new codes.",
        )
    if len(c.text) == 20:
        refuse(
            f"{CELL}应为 15 位，这里有 20 位：像是 CJ/T 349 的专业网格码，不是单元网格。",
            f"{CELL.en} has 15 characters; here are 20: it looks like a specialised grid of CJ/T 349.",
        )
    want_length(c.text, (15,), CELL)
    want_digits(c.text[:12], CELL)
    _want_number(c)
    _want_province(c.text, CELL)
    for part, zh, en in ((c.text[6:9], "街道", "street"), (c.text[9:12], "社区", "community")):
        if part == "000":
            refuse(f"{CELL}中{zh}是 000：网格必须属于一个{zh}。", f"{CELL.en}: {en} 000; a cell has one.")
    return c.code(
        "cell",
        {"district": c.text[:6], "street": c.text[:9], "community": c.text[:12], "number": c.text[12:]},
    )


def _want_number(c: Clean) -> None:
    for i, ch in enumerate(c.text[12:], 13):
        if not ("0" <= ch <= "9" or "A" <= ch <= "Z"):
            s = show(ch)
            refuse(
                f"{CELL}第 {i} 位应为数字或大写字母，这里是{s}。",
                f"{CELL.en}: place {i} must be a digit or a capital letter; here is {s.en}.",
            )
    if c.text[12:] == "000":
        refuse(f"{CELL}的顺序号是 000，应从 001 起编。", f"{CELL.en}: number 000; counting starts at 001.")


def read_component(text: str, known: Collection[str] | None = None) -> Code:
    """A component: district 6 + class 2 + kind 3 + number 6 (GB/T 47678.5-2026).

    `known`: the five-digit kinds of 管理部件 in force; without it the kind itself is not judged. The standard
    has gaps, so a range cannot stand in for the list.
    """
    c = clean(text, COMPONENT)
    want_digits(c.text, COMPONENT)
    if len(c.text) == 16:
        refuse(
            f"{COMPONENT}应为 17 位(6+2+3+6)，这里有 16 位：可能是 GB/T 30428.2-2013 的旧码（小类两位），"
            "也可能是修订草案的码（序号五位）；两种补法不同，请按对照表转换。",
            f"{COMPONENT.en} has 17 digits (6+2+3+6); here are 16: either GB/T 30428.2-2013"
            " (kind of two digits) or the draft (number of five); they are filled up differently,"
            " so use the table of new codes.",
        )
    if len(c.text) == 11:
        refuse(
            f"{COMPONENT}应为 17 位，这里有 11 位：这是事项或部件的分类码，不是某一个部件。",
            f"{COMPONENT.en} has 17 digits; here are 11: this is a class, not one component.",
        )
    want_length(c.text, (17,), COMPONENT)
    _want_province(c.text, COMPONENT)
    big, kind = c.text[6:8], c.text[6:11]
    if big not in COMPONENT_CLASSES:
        refuse(
            f"{COMPONENT}第 7、8 位 {big} 不是部件大类(01—05)。",
            f"{COMPONENT.en}: {big} in places 7-8 is no class of components (01-05).",
        )
    if known is not None and kind not in known:
        refuse(
            f"{COMPONENT}中的 {kind} 不在管理部件目录里（目录有缺号，事项另有同码）。",
            f"{COMPONENT.en}: {kind} is not in the list of components (it has gaps; matters share codes).",
        )
    if c.text[11:] == "000000":
        refuse(
            f"{COMPONENT}的顺序号是 000000，应从 000001 起编。", f"{COMPONENT.en}: counting starts at 000001."
        )
    return c.code(
        "component",
        {"district": c.text[:6], "class": COMPONENT_CLASSES[big], "kind": kind, "number": c.text[11:]},
    )
