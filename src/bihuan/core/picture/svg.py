"""Writes SVG elements; every value is escaped, numbers are cut to what the eye can see."""

from __future__ import annotations

from html import escape
from typing import Any


def number(value: float) -> str:
    """At most two decimals, none where there are none."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def tag(name: str, *inside: str, **attributes: Any) -> str:
    """One element; `klass` is class, `_` in names is `-`, None leaves an attribute out."""
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        text = number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
        parts.append(f'{NAMES.get(key) or key.rstrip("_").replace("_", "-")}="{escape(text)}"')
    body = "".join(inside)
    return f"<{' '.join(parts)}>{body}</{name}>" if body else f"<{' '.join(parts)}/>"


NAMES = {"klass": "class", "view": "viewBox", "keep": "preserveAspectRatio", "length": "pathLength"}


def words(text: str, **attributes: Any) -> str:
    """A text element."""
    return tag("text", escape(text, quote=False), **attributes)


def percent(value: float) -> str:
    return f"{number(value)}%"
