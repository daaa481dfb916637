"""Numerals: 1420万, 5.76亿, 百余, 二十, 千亿 as exact decimals."""

from __future__ import annotations

from decimal import Decimal

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_STEP = {"十": 10, "百": 100, "千": 1000}
SCALE = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip


def read_chinese(text: str) -> int:
    """Value of a Chinese numeral; a bare 百 or 千亿 counts as 100 or 1000×10⁸. ValueError if not one."""
    if not text:
        raise ValueError("empty numeral")
    total = myriads = section = 0
    digit: int | None = None
    for c in text:
        if c in _DIGIT:
            digit = _DIGIT[c]
        elif c in _STEP:
            section += (1 if digit is None else digit) * _STEP[c]
            digit = None
        elif c == "万":
            myriads = ((section + (digit or 0)) or 1) * 10**4
            section, digit = 0, None
        elif c == "亿":
            total = ((myriads + section + (digit or 0)) or 1) * 10**8
            myriads, section, digit = 0, 0, None
        else:
            raise ValueError(f"{c!r} is not a Chinese numeral in {text!r}")
    return total + myriads + section + (digit or 0)


def read_arabic(text: str, scale: str = "") -> Decimal:
    """Value of figures with thousands separators and a scale word such as 万 or 千万."""
    return Decimal(text.replace(",", "")) * SCALE[scale]


def plain(value: Decimal) -> float:
    """An int where the value is whole, else the nearest float."""
    return int(value) if value == value.to_integral_value() else float(value)
