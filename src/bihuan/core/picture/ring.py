"""The ring: an open ring is an open case. Shape, glyph and word always go together, colour alone says nothing."""

from __future__ import annotations

from functools import lru_cache

from bihuan.core.picture.svg import number, tag

CODES = frozenset({"ontime", "soon", "late", "stop", "done", "none", "refused"})


def ring(code: str, share: float = 1.0, size: int = 20) -> str:
    """The sign of a standing, `size` pixels wide; decorative, the word stands beside it. Unknown code: KeyError."""
    if code not in CODES:
        raise KeyError(f"no ring {code!r}")
    return _ring(code, round(share, 2), size)


@lru_cache(maxsize=1024)  # a list shows thirty, and an arc a hundredth longer looks the same
def _ring(code: str, share: float, size: int) -> str:
    wide = 5 if size >= 36 else 6
    inner = {
        "ontime": lambda: _arc(share, wide),
        "soon": lambda: _arc(share, wide) + tag("circle", klass="f", cx=20, cy=20, r=5),
        "late": lambda: tag("circle", klass="f", cx=20, cy=20, r=18)
        + tag("path", klass="gi", d="M20 11v11M20 28.6v.4", stroke_width=4),
        "stop": lambda: tag("circle", klass="a", cx=20, cy=20, r=16, stroke_width=4, length=100, stroke_dasharray="8 4.5")
        + tag("path", klass="g", d="M16 14v12M24 14v12", stroke_width=3.4),
        "done": lambda: tag("circle", klass="a", cx=20, cy=20, r=16, stroke_width=4.4)
        + tag("path", klass="g", d="M12.5 20.5l5.2 5.2 10-11", stroke_width=4.2),
        "none": lambda: tag("circle", klass="a", cx=20, cy=20, r=16, stroke_width=3, length=100, stroke_dasharray="1.2 5.05", stroke_linecap="round")
        + tag("path", klass="g", d="M14 20h12", stroke_width=3.2),
        "refused": lambda: tag("circle", klass="a", cx=20, cy=20, r=16, stroke_width=3.2)
        + tag("path", klass="g", d="M9.5 9.5l21 21", stroke_width=3.2),
    }[code]()  # fmt: skip
    return tag(
        "svg",
        inner,
        klass=f"bh-ring is-{code}",
        view="0 0 40 40",
        width=size,
        height=size,
        aria_hidden="true",
        focusable="false",
    )


def _arc(share: float, wide: float) -> str:
    """The part used, from twelve o'clock; never quite closed, for the case is open."""
    used = number(round(100 * min(0.96, max(0.02, share)), 1))
    track = tag("circle", klass="t", cx=20, cy=20, r=16, stroke_width=wide)
    arc = tag(
        "circle", klass="a", cx=20, cy=20, r=16, stroke_width=wide, length=100, stroke_dasharray=f"{used} 100",
        transform="rotate(-90 20 20)",
    )  # fmt: skip
    return track + arc
