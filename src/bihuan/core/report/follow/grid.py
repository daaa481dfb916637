"""The grid of indicators by year as one SVG that stands alone."""

from __future__ import annotations

from html import escape

from bihuan.core.picture.svg import tag, words
from bihuan.core.report.follow.shapes import TITLES, Followed, Following
from bihuan.core.report.follow.shown import COLOURS, MARKS, answered, finding, rows, said, title

ROW, LEFT, CELL, TOP, PAD = 30, 330, 84, 96, 24
ROOM = 7  # half-widths of a figure that fit beside the mark
FONT = "'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
INK, SOFT, LINE = "#14252B", "#566970", "#D3DCDE"


def grid(found: Following, english: bool = False) -> str:
    """One row an indicator that was judged at least once, one column a year; a mark, a colour and a legend."""
    table, years = rows(found), answered(found)
    wide = max(LEFT + CELL * len(years) + PAD, 720)
    body = [
        tag("rect", width=wide, height=_high(table), fill="#FFFFFF"),
        words(said(title(found), english), x=PAD, y=36, font_size=20, font_weight=700, fill=INK),
        words(said(finding(found), english), x=PAD, y=60, font_size=13, fill=SOFT),
    ]
    for i, year in enumerate(years):
        body.append(words(str(year), x=_middle(i), y=TOP - 8, text_anchor="middle", font_size=13, fill=SOFT))
    for n, (name, pairs) in enumerate(table.items()):
        y = TOP + ROW * n
        body.append(tag("line", x1=PAD, x2=wide - PAD, y1=y, y2=y, stroke=LINE))
        body.append(
            words(name if len(name) <= 20 else name[:19] + "…", x=PAD, y=y + 20, font_size=14, fill=INK)
        )
        body += [_cell(pairs[year], i, y, english) for i, year in enumerate(years) if year in pairs]
    body.append(_legend(TOP + ROW * len(table) + 34, english))
    return tag("svg", *body, xmlns="http://www.w3.org/2000/svg", view=f"0 0 {wide} {_high(table)}", width=wide,
               height=_high(table), role="img", font_family=FONT, aria_label=said(finding(found), english))  # fmt: skip


def _high(table: dict[str, dict[int, Followed]]) -> int:
    return TOP + ROW * len(table) + 64


def _middle(i: int) -> float:
    return LEFT + CELL * i + CELL / 2


def _cell(pair: Followed, i: int, y: int, english: bool) -> str:
    ink, tint = COLOURS[pair.verdict]
    told = tag("title", escape(f"{said(TITLES[pair.verdict], english)}：{said(pair.reason, english)}"))
    box = tag("rect", told, x=LEFT + CELL * i + 4, y=y + 4, width=CELL - 8, height=ROW - 8, rx=3, fill=tint)
    figure = pair.answer.text if pair.answer and pair.verdict in ("kept", "partly", "not") else ""
    text = f"{MARKS[pair.verdict]} {figure}" if 0 < _wide(figure) <= ROOM else MARKS[pair.verdict]
    return box + words(text, x=_middle(i), y=y + 20, text_anchor="middle", font_size=13, fill=ink)


def _wide(text: str) -> int:
    return sum(2 if c > "\u2e80" else 1 for c in text)


def _legend(y: float, english: bool) -> str:
    out, x = [], float(PAD)
    for verdict, mark in MARKS.items():
        ink, tint = COLOURS[verdict]
        word = said(TITLES[verdict], english)
        out.append(tag("rect", x=x, y=y - 15, width=22, height=20, rx=3, fill=tint, stroke=LINE))
        out.append(words(mark, x=x + 11, y=y, text_anchor="middle", font_size=13, fill=ink))
        out.append(words(word, x=x + 28, y=y, font_size=13, fill=SOFT))
        x += 44 + sum(13 if c > "\u2e80" else 7.2 for c in word)
    return "".join(out)
