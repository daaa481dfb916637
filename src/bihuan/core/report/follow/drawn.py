"""A page that shows the promises of one place: a grid of indicators by year, then both sentences side by side."""

from __future__ import annotations

from html import escape

from bihuan.core.picture.svg import tag, words
from bihuan.core.report.follow.shapes import TITLES, Followed, Following, Statement

MARKS = {"kept": "✓", "partly": "◐", "not": "✗", "dropped": "—", "base_changed": "≠", "incomparable": "?"}
COLOURS = {
    "kept": "#1b6e3c", "partly": "#8a5a00", "not": "#a4262c", "dropped": "#55595f", "base_changed": "#5b3f8c",
    "incomparable": "#55595f",
}  # fmt: skip
ROW, LEFT, CELL = 26, 300, 64
STYLE = """body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:1rem auto;max-width:64rem;padding:0 1rem;color:#1d1f23}
svg{max-width:100%;height:auto}article{border-left:.4rem solid;padding:.2rem 1rem;margin:1rem 0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem}blockquote{margin:0}mark{background:#ffe9a8}"""


def page(found: Following) -> str:
    """A whole HTML page without scripts; every verdict has a mark and a word, never colour alone."""
    rows = [_pair(p) for p in found.pairs if p.verdict in MARKS]
    clashes = [
        f"<article><h3>{escape(c.reason)}</h3><p>{escape(c.reason.en)}</p><div class=pair>{_side(c.one)}{_side(c.other)}</div></article>"
        for c in found.conflicts
    ]
    title = f"{found.place} {found.years[0]}–{found.years[-1]}" if found.years else found.place
    counts = f"{found.met.kept}/{found.met.judged}"
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style><h1>{escape(title)}</h1>"
        f"<p>数字目标做到 {counts} / numeric goals kept: {counts}</p>{grid(found)}"
        f"{'<h2>说法不一 Contradictions</h2>' if clashes else ''}{''.join(clashes)}"
        f"<h2>承诺与结果 Promises and results</h2>{''.join(rows)}</html>"
    )


def grid(found: Following) -> str:
    """The grid as SVG: one row an indicator that was judged at least once, one column a year."""
    names = list(
        dict.fromkeys(
            p.promise.name for p in found.pairs if p.numeric and p.verdict in ("kept", "partly", "not")
        )
    )
    cells = {(p.promise.name, p.due): p for p in found.pairs if p.numeric and p.verdict in MARKS}
    body = [
        words(str(y), x=LEFT + CELL * i + CELL / 2, y=18, text_anchor="middle", font_size=14)
        for i, y in enumerate(found.years)
    ]
    for row, name in enumerate(names):
        y = ROW * (row + 2)
        body.append(words(name[:18], x=LEFT - 8, y=y - 8, text_anchor="end", font_size=14))
        for i, year in enumerate(found.years):
            if pair := cells.get((name, year)):
                title = tag("title", escape(f"{TITLES[pair.verdict]}：{pair.reason}"))
                box = tag(
                    "rect",
                    title,
                    x=LEFT + CELL * i + 2,
                    y=y - ROW + 2,
                    width=CELL - 4,
                    height=ROW - 4,
                    rx=4,
                    fill=COLOURS[pair.verdict],
                )
                mark = words(
                    MARKS[pair.verdict],
                    x=LEFT + CELL * i + CELL / 2,
                    y=y - 8,
                    text_anchor="middle",
                    fill="#ffffff",
                    font_size=14,
                )
                body += [box, mark]
    wide, high = LEFT + CELL * len(found.years) + 8, ROW * (len(names) + 2)
    return tag("svg", *body, xmlns="http://www.w3.org/2000/svg", view=f"0 0 {wide} {high}", width=wide, height=high,
               role="img", aria_label=f"{found.place}：各年目标做到没有 / goals kept by year")  # fmt: skip


def _pair(p: Followed) -> str:
    told = _side(p.answer) if p.answer else "<blockquote>—</blockquote>"
    head = f"{MARKS[p.verdict]} {TITLES[p.verdict]} {TITLES[p.verdict].en} · {p.promise.name} · {p.due}"
    return (
        f'<article style="border-color:{COLOURS[p.verdict]}"><h3>{escape(head)}</h3><p>{escape(p.reason)} / {escape(p.reason.en)}</p>'
        f"<div class=pair>{_side(p.promise)}{told}</div></article>"
    )


def _side(s: Statement) -> str:
    a, b = s.span[0] - s.sentence_span[0], s.span[1] - s.sentence_span[0]
    t = s.sentence
    return (
        f"<blockquote><p>{escape(t[:a])}<mark>{escape(t[a:b])}</mark>{escape(t[b:])}</p>"
        f"<footer>{escape(s.report)} [{s.span[0]}, {s.span[1]})</footer></blockquote>"
    )
