"""What a place can hold: bounds that no true figure passes, from its area and population when they are known."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.say import Say


@dataclass(frozen=True, slots=True)
class Place:
    """Facts of the place that speaks: area in km², residents; None where they are not known."""

    area_km2: float | None = None
    residents: int | None = None


NOWHERE = Place()
# more than the whole country has of it
_COUNTRY = {"人": 1.5e9, "户": 6e8, "平方米": 9.7e12, "亩": 1.5e10, "公里": 6e6, "元": 1e16, "美元": 1e14}
# a figure this long is written with 万 or 亿
_LONGEST = 7


def too_large(value: float, unit: str, digits: str, scale: str, place: Place) -> Say | None:
    """The reason why a value in its base unit cannot be true here, or None."""
    if unit in ("人", "户") and place.residents and value > 20 * place.residents:
        return Say(
            f"超过本地常住人口({place.residents}人)的二十倍",
            f"More than twenty times the {place.residents} residents",
        )
    if unit == "平方米" and place.area_km2 and value > 20 * place.area_km2 * 1e6:
        return Say(
            f"合{value / 1e6:g}平方公里，本地只有{place.area_km2:g}平方公里",
            f"{value / 1e6:g} km², the place has {place.area_km2:g}",
        )
    if unit in _COUNTRY and value > _COUNTRY[unit]:
        return Say("比全国的总数还大，不可能", "More than the whole country has; impossible")
    whole = digits.partition(".")[0]
    if scale in ("万", "亿") and len(whole) >= (6 if scale == "万" else 7):
        return Say(
            f"{digits}{scale}这样的写法不会有，像是两个数连在一起",
            f"Nobody writes {digits}{scale}; two figures seem to have run together",
        )
    if not scale and len(whole) >= _LONGEST:
        return Say(
            "这么长的数通常用“万”写，像是两个数连在一起",
            "A figure this long is written with 万; two seem to have run together",
        )
    return None
