"""Personal data with the telling part covered, for everybody who has no purpose that needs the rest."""

from __future__ import annotations

import re

# Family names of two characters, so that 欧阳某某 does not become 欧***.
_DOUBLE = frozenset(
    re.findall("..", "欧阳司马上官诸葛司徒夏侯皇甫尉迟公孙慕容令狐长孙宇文端木东方南宫独孤轩辕司空西门")
)
_DOOR = re.compile(r"[0-9一二三四五六七八九十百零〇A-Za-z]+(?=\s*(?:号|栋|幢|楼|单元|门|室|层|座|户|弄))")
_DIGITS = re.compile(r"\d+")


def mask_name(name: str) -> str:
    """The family name and a star for each further character: 王**, 欧阳*; else the first letters."""
    name = name.strip()
    if not name:
        return ""
    if name.isascii():
        return " ".join(w[0] + "*" * (len(w) - 1) for w in name.split())
    if "·" in name:
        # The family name stands last or is missing: only the first character is kept.
        return name[0] + "".join("·" if c == "·" else "*" for c in name[1:])
    keep = 2 if name[:2] in _DOUBLE and len(name) > 2 else 1
    if len(name) == 1:
        return "*"
    return name[:keep] + "*" * (len(name) - keep)


def mask_phone(phone: str) -> str:
    """Mobile 138****2716; of other numbers the last two digits, and the area code where it is set apart."""
    text = phone.strip()
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", digits):
        digits = digits[-11:]
        return f"{digits[:3]}****{digits[-4:]}"
    if not digits:
        return "*" * len(text)
    area = re.match(r"(0\d{2,3})[-\s]", text)
    local = digits[len(area[1]) :] if area else digits
    tail = local[-2:] if len(local) > 4 else ""
    return (f"{area[1]}-" if area else "") + "*" * (len(local) - len(tail)) + tail


def mask_id_number(number: str) -> str:
    """The first three places and the last two; the birthday is covered."""
    text = number.strip()
    if len(text) < 10:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 5) + text[-2:]


def mask_address(address: str) -> str:
    """Street and estate stay; the numbers of house, stair and door are covered."""
    return _DIGITS.sub("*", _DOOR.sub("*", address.strip()))
