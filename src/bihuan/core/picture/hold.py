"""The holder bar: its length is working time, its pieces are who held the case and who is charged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.core.picture.svg import percent, tag, words

LEAST = 0.9  # per cent of the bar: shorter pieces are still seen
HEIGHT = 34
BARS = (320, 560)  # pixels of a bar on a phone and on a page; words of its axis must not touch at either
START = 4  # per cent: a word so near the beginning starts there
DEFS = (
    '<defs><pattern id="bh-charged" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="3" height="8" fill="#000" fill-opacity=".3"/></pattern>'
    '<pattern id="bh-paused" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#EFECF7"/>'
    '<rect width="2" height="8" fill="#D0C7E6"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`amount` of working time in series `series` (1-5); `kind` is held, charged (hatched) or paused (striped)."""

    amount: int
    series: int
    kind: str
    label: str
    short: str
    tick: str = ""


def bar(pieces: Sequence[Piece], last: str, says: str) -> str:
    """The bar over its axis of moments; `says` is the sentence for those who cannot see it."""
    whole = sum(piece.amount for piece in pieces) or 1
    shares = [max(LEAST, 100 * piece.amount / whole) for piece in pieces]
    scale = 100 / sum(shares) if shares else 1
    body, at = [DEFS], 0.0
    edges = dict.fromkeys(BARS, -100.0)  # where the last word on the axis ends, per cent, by width of the bar
    told = ""  # a day that lasts is named once
    for piece, share in zip(pieces, (s * scale for s in shares), strict=True):
        body.append(_piece(piece, at, share))
        if piece.tick and piece.tick != told and _fits(piece.tick, last, at, BARS[1], edges):
            told = piece.tick
            body.append(_tick(piece.tick, at, narrow=_fits(piece.tick, last, at, BARS[0], edges)))
        at += share
    body.append(words(last, klass="tick", x="100%", y=HEIGHT + 18, text_anchor="end"))
    return tag("svg", *body, role="img", aria_label=says, width="100%", height=HEIGHT + 24)


def _fits(text: str, last: str, at: float, bar: int, edges: dict[int, float]) -> bool:
    """Whether a word fits on the axis of a bar so many pixels wide between the word before it and the last one."""
    wide = 100 * _width(text) / bar
    left = at if at < START else at - wide / 2
    if left < edges[bar] or left + wide > 100 - 100 * _width(last) / bar:
        return False
    edges[bar] = left + wide
    return True


def _width(text: str) -> int:
    """About how many pixels a word takes at 13 px, with a gap."""
    return sum(13 if c > "\u2e80" else 7 for c in text) + 8


def _piece(piece: Piece, at: float, share: float) -> str:
    box = {"x": percent(at), "width": percent(share), "height": HEIGHT, "rx": 2}
    middle = {"x": percent(at + share / 2), "y": HEIGHT / 2 + 5, "text_anchor": "middle"}
    if piece.kind == "paused":
        drawn, tone = tag("rect", klass="paused", **box), "on-stop"
    else:
        drawn = tag("rect", klass=f"u{piece.series}", stroke="#fff", stroke_width=2, **box)
        tone = "on-light" if piece.series == 5 else ""
        if piece.kind == "charged":
            drawn += tag("rect", klass="hatch", **box)
    on_phone, on_page = (100 * _width(piece.label) / bar <= share for bar in BARS)
    if on_page:  # where there is no room for a label the list below the bar has it
        drawn += words(piece.label, klass=f"{tone} {'' if on_phone else 'wide'}".strip() or None, **middle)
    return drawn


def _tick(text: str, at: float, *, narrow: bool) -> str:
    left = at < START
    return words(
        text, klass="tick" if narrow else "tick wide", x=percent(at), y=HEIGHT + 18,
        text_anchor="start" if left else "middle",
    )  # fmt: skip


def swatch(series: int, kind: str) -> str:
    """The same colours for the list below the bar."""
    if kind == "paused":
        body = tag("rect", klass="paused", width=12, height=12, rx=2)
    else:
        body = tag("rect", klass=f"u{series}", width=12, height=12, rx=2)
        body += tag("rect", klass="hatch", width=12, height=12, rx=2) if kind == "charged" else ""
    return tag("svg", body, view="0 0 12 12", width=12, height=12, aria_hidden="true", focusable="false")
