"""A page that shows the promises of one place over years: the grid, then both sentences side by side."""

from __future__ import annotations

from html import escape

from bihuan.core.report.follow.shapes import TITLES, Followed, Following, Statement
from bihuan.core.report.follow.shown import (
    COLOURS,
    MARKS,
    answered,
    by_year,
    counts,
    finding,
    missing,
    rows,
    said,
    title,
    waiting,
)
from bihuan.core.report.follow.style import STYLE
from bihuan.core.say import Say

OPEN = ("kept", "partly", "not", "base_changed", "dropped")  # what is shown until the reader asks for more
WORDS = {
    "grid": Say("哪年的哪个目标做到了", "Which goal was kept in which year"),
    "indicator": Say("指标", "Indicator"), "filter": Say("只看这些结论", "Show these verdicts"),
    "year": Say("{}年的承诺", "Promises for {}"), "promised": Say("{}年的报告承诺", "Promised in the report of {}"),
    "told": Say("{}年的报告怎么说", "What the report of {} says"), "silent": Say("没有再提", "Nothing"),
    "clash": Say("前后说法不一", "Statements that differ"),
    "how": Say(
        "只比口径、价格基础、地域、年份都一样的数；不一样的写明理由，不评。数按印出来的比，8.96%不算达到9%。没有再提的不算做到，也不算没有做到。",
        "Only figures of one scope, price basis, area and year are compared; others are not rated, with the reason. "
        "Figures are taken as printed: 8.96 % does not reach 9 %. What is not mentioned again counts neither way.",
    ),
}  # fmt: skip


def page(found: Following, english: bool = False) -> str:
    """A whole HTML page without scripts or other files; every verdict has a mark and a word, never colour alone."""
    name = escape(said(title(found), english))
    pairs = [pair for group in by_year(found.pairs).values() for pair in group]
    keys = {id(pair): f"p{n}" for n, pair in enumerate(pairs, 1)}
    years = "".join(
        f"<section><h2>{_w('year', english, year)}</h2>{''.join(_pair(p, keys[id(p)], english) for p in group)}</section>"
        for year, group in by_year(found.pairs).items()
    )
    clashes = f"<h2>{_w('clash', english)}</h2>" * bool(found.conflicts) + "".join(
        f"<article><p class=why>{escape(said(c.reason, english))}</p><div class=pair>{_side(c.one, english, '')}{_side(c.other, english, '')}</div></article>"
        for c in found.conflicts
    )
    gaps = "".join(
        f"<p class=note>{escape(said(say, english))}</p>" for say in (missing(found), waiting(found)) if say
    )
    return (
        f'<!doctype html><html lang="{"en" if english else "zh-CN"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{name}</title>'
        f"<style>{STYLE}{_hiding()}</style></head><body><main><h1>{name}</h1>"
        f"<p class=lead>{escape(said(finding(found), english))}</p>{gaps}<p class=note>{_w('how', english)}</p>"
        f"<h2>{_w('grid', english)}</h2>{_table(found, keys, english)}{_filter(found, english)}{years}"
        f"{clashes}</main></body></html>"
    )


def _w(key: str, english: bool, year: int | str = "") -> str:
    return escape(said(WORDS[key], english).format(year))


def _hiding() -> str:
    return "".join(f"body:has(#show-{v}:not(:checked)) .{v}{{display:none}}" for v in MARKS)


def _filter(found: Following, english: bool) -> str:
    boxes = "".join(
        f'<label><input type=checkbox id="show-{verdict}"{" checked" if verdict in OPEN else ""}>'
        f"{MARKS[verdict]} {escape(said(TITLES[verdict], english))} {n}</label>"
        for verdict, n in counts(found).items()
        if n
    )
    return f"<h2>{_w('filter', english)}</h2><fieldset><legend hidden>{_w('filter', english)}</legend>{boxes}</fieldset>"


def _table(found: Following, keys: dict[int, str], english: bool) -> str:
    head = "".join(f"<th scope=col>{year}</th>" for year in answered(found))
    body = []
    for name, years in rows(found).items():
        cells = "".join(f"<td>{_cell(years.get(year), keys, english)}</td>" for year in answered(found))
        body.append(f"<tr><th scope=row>{escape(name)}</th>{cells}</tr>")
    return (
        f'<div class=frame tabindex=0 role=region aria-label="{_w("grid", english)}"><table><thead><tr>'
        f"<th scope=col>{_w('indicator', english)}</th>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(pair: Followed | None, keys: dict[int, str], english: bool) -> str:
    if pair is None:
        return ""
    ink, tint = COLOURS[pair.verdict]
    word = escape(f"{said(TITLES[pair.verdict], english)}：{said(pair.reason, english)}")
    figure = pair.answer.text if pair.answer and pair.verdict in ("kept", "partly", "not") else ""
    return (
        f'<a href="#{keys[id(pair)]}" style="color:{ink};background:{tint}" title="{word}" aria-label="{word}">'
        f"{MARKS[pair.verdict]} {escape(figure)}</a>"
    )


def _pair(pair: Followed, key: str, english: bool) -> str:
    ink, tint = COLOURS[pair.verdict]
    year = pair.due + 1
    told = _side(pair.answer, english, _w("told", english, pair.answer.year)) if pair.answer else (
        f"<blockquote class=silent><b>{_w('told', english, year)}</b><p>{_w('silent', english)}</p></blockquote>"
    )  # fmt: skip
    chip = f'<span class=chip style="color:{ink};background:{tint};border-color:{ink}40">{MARKS[pair.verdict]} {escape(said(TITLES[pair.verdict], english))}</span>'
    return (
        f'<article id="{key}" class="{pair.verdict}"><header><h3>{escape(pair.promise.printed or pair.promise.name)}</h3>{chip}</header>'
        f"<p class=why>{escape(said(pair.reason, english))}</p><div class=pair>"
        f"{_side(pair.promise, english, _w('promised', english, pair.promise.year))}{told}</div></article>"
    )


def _side(one: Statement, english: bool, head: str) -> str:
    a, b = one.span[0] - one.sentence_span[0], one.span[1] - one.sentence_span[0]
    text = one.sentence
    head = head or _w("told", english, one.year)
    return (
        f'<blockquote><b>{head}</b><p lang="zh-CN">{escape(text[:a])}<mark>{escape(text[a:b])}</mark>{escape(text[b:])}</p>'
        f"<cite>{escape(one.report)} [{one.span[0]}, {one.span[1]})</cite></blockquote>"
    )
