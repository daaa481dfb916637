"""Figures of goals as offices write them: 900 亿元, １，２００ 万平方米; kept in the unit itself (元, 平方米, 人)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

SCALES = {"亿": Decimal(10**8), "千万": Decimal(10**7), "百万": Decimal(10**6), "万": Decimal(10**4)}
GROWS = frozenset({"元", "美元", "平方米", "人", "户", "亩", "吨"})  # counted in 万; money in 亿 too
FIGURE = re.compile(r"([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(\D.*)?$", re.S)


class NoFigure(ValueError):
    """The words are no figure."""


def narrow(text: str) -> str:
    """Full-width digits and letters as narrow ones, without space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_figure(figure: str, unit: str) -> tuple[str, str]:
    """(figure, unit) in the unit itself as text: (“900”, “亿元”) is (“90000000000”, “元”). Empty stays empty; NoFigure."""
    words, unit = narrow(figure).replace(",", ""), narrow(unit)
    if not words:
        return "", unit
    found = FIGURE.match(words)
    if found is None:
        raise NoFigure(figure)
    unit = unit or found[2] or ""
    if found[2] and found[2] != unit:
        raise NoFigure(figure)
    for scale, times in SCALES.items():
        if unit.startswith(scale) and unit != scale:
            return said(_decimal(found[1]) * times), unit.removeprefix(scale)
    return said(_decimal(found[1])), unit


def _decimal(words: str) -> Decimal:
    try:
        return Decimal(words)
    except InvalidOperation as error:
        raise NoFigure(words) from error


def shown(value: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """A figure in the scale that offices print: (90000000000, 元) is (900, 亿元)."""
    if value is None or unit not in GROWS:
        return value, unit
    if unit in ("元", "美元") and abs(value) >= SCALES["亿"]:
        return value / SCALES["亿"], f"亿{unit}"
    if abs(value) >= SCALES["万"]:
        return value / SCALES["万"], f"万{unit}"
    return value, unit


def said(value: Decimal | None) -> str:
    """A figure in plain digits without idle noughts; nothing for none."""
    if value is None:
        return ""
    words = f"{value:f}"
    return (words.rstrip("0").rstrip(".") if "." in words else words) or "0"
