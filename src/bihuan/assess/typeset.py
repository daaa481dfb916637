"""The bulletin as a PDF in the usual layout of a 通报, set by typst: the same frozen month gives the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import typst
from django.utils.translation import override

from bihuan.assess import drawn, queries
from bihuan.assess.bulletin import (
    OF_UNITS,
    SHORT,
    Bulletin,
    Cell,
    bulletin,
    formulas,
    points_text,
    taken,
    title_of,
)
from bihuan.assess.corrections import Corrections, corrections
from bihuan.assess.models import Release
from bihuan.cases.edge import day_of, to_instant
from bihuan.core.authority.grants import POSTS
from bihuan.core.time.instant import DAY, ymd
from bihuan.papers.fonts import families

TEMPLATE = Path(__file__).with_name("bulletin.typ")
OF_HANDLERS = set(OF_UNITS)  # the posts that handle stand in the tables of units already
MOST = 30  # corrections that are listed one by one on paper


def pdf(release: Release) -> bytes:
    """The bulletin of a published month."""
    text, heading = families()
    with override("zh-hans"):
        said = facts(bulletin(release.month, release), heading)
    said["fonts"] = [text, heading]
    made: Any = typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs={"facts": orjson.dumps(said).decode()},
        timestamp=int(release.at.timestamp()),
    )  # fmt: skip
    return bytes(made)


def facts(found: Bulletin, heading: str) -> dict[str, Any]:
    """What the template sets: sentences, tables as rows of text, pictures."""
    assert found.release is not None, "only what is public is printed"
    release, made = found.release, found.made
    year, month, day = ymd(day_of(release.at))
    return {
        "letterhead": str(found.scheme.letterhead), "paper": release.paper, "title": f"{found.title}数字城管运行情况的通报",
        "example": found.scheme.points.example, "date": [year, month, day], "month": str(found.title),
        "whole": sentences(found), "indicators": [_indicator(one) for one in found.whole],
        "areas": [
            [str(row.title), str(row.reports), *(_rate(row.cells.get(key)) for key in SHORT), _out(row.cells, SHORT), str(row.overdue)]
            for row in found.streets
        ],
        "zones": [
            [str(row.title), str(row.within or ""), str(row.reports), *(_rate(row.cells.get(key)) for key in SHORT), str(row.overdue)]
            for row in found.zones
        ],
        "area_titles": [str(found.scheme.item(key).of.title) for key in SHORT],
        "unit_titles": [str(found.scheme.item(key).of.title) for key in OF_UNITS],
        "groups": [_group(title, rows, without) for title, rows, without in found.groups],
        "others": [[str(row.title), *(_rate(row.cells.get(key)) for key in OF_UNITS), _out(row.cells, OF_UNITS), str(row.overdue)]
                   for row in found.others],
        "posts": [[str(POSTS[post]), str(unit), "；".join(f"{one.item.of.title} {one.words}（{one.k}/{one.n}）" for one in cells)]
                  for post, unit, cells in found.posts if not OF_HANDLERS & {one.item.key for one in cells}],
        "matters": [[str(title), code.split(":")[-1], str(n)] for code, title, n in found.matters],
        "matters_chart": drawn.on_paper(drawn.matters_chart(found), heading),
        "streets_chart": drawn.on_paper(drawn.streets_chart(found), heading),
        "map": drawn.on_paper(drawn.overdue_map(found), heading),
        "overdue": _overdue(found), **_deductions(found), "corrections": _corrections(found),
        "formulas": [_formula(row) for row in formulas(found)],
        "gaps": [f"{gap['zh']}：{gap['why']['zh']}" for gap in found.scheme.gaps],
        "asof": _moment(to_instant(made.asof)), "version": found.scheme.points.version, "code": made.frozen["code"],
        "law": found.scheme.points.law, "digest": release.digest, "data": release.data,
        "appeal_days": found.scheme.points.appeal_days, "cap": points_text(found.scheme.points.deduction_cap),
    }  # fmt: skip


def sentences(found: Bulletin) -> list[str]:
    """The general part: what came in, what was due, what was done, what is left, what is left out."""
    opened, closed, plain = (
        found.cell("opened_rate"),
        found.cell("closed_on_time"),
        found.cell("handled_on_time_plain"),
    )
    rework, right = found.cell("rework_rate"), found.cell("dispatched_right")
    out = "、".join(
        f"{ex.label} {n} 件" for ex, n in zip(closed.item.of.exclude, closed.out, strict=False) if n
    )
    stopped = f"，剔除{out}" if out else ""
    first = f"{found.title}，全区数字城管共收到上报 {found.reports} 件，应计 {opened.n} 件，立案 {opened.k} 件，立案率{_as(opened)}；"
    second = (
        f"本月时限届满、应当结案 {closed.n} 件，按期结案 {closed.k} 件，按期结案率{_as(closed)}{stopped}；"
    )
    return [
        f"{first}一次派准率{_as(right)}。",
        f"{second}不扣停表的按期处置率{_as(plain)}（{plain.k}/{plain.n}）。两个数一并公布。",
        f"处置反馈 {rework.n} 次，核查不过返工 {rework.k} 次，返工率{_as(rework)}。月末超期遗留 {found.overdue} 件。",
    ]


def _as(one: Cell) -> str:
    """A figure inside a sentence: 为 93.1%, or that there is none."""
    return f"为 {one.words}" if one.n else "没有数据"


def _indicator(one: Cell) -> list[str]:
    out = str(one.left_out) if one.item.of.exclude else "—"
    return [str(one.item.of.title), str(one.k), str(one.n), out, str(one.words), one.interval or "—"]


def _rate(one: Cell | None) -> str:
    if one is None or not one.n:
        return "没有数据"
    return f"{one.k}/{one.n}" if one.few else str(one.words)


def _out(cells: dict[str, Cell], keys: Sequence[str]) -> str:
    """How many things were left out of the figures of a row, the most of any: each is also in another's number."""
    return str(max((cells[key].left_out for key in keys if key in cells), default=0))


def _group(title: Any, rows: Any, without: Any) -> dict[str, Any]:
    return {
        "title": str(title), "without": [str(one) for one in without],
        "rows": [
            [
                "—" if row.standing.place is None else str(row.standing.place), str(row.standing.title),
                points_text(row.standing.total) + ("*" if row.standing.small else ""),
                *(_rate(row.cells.get(key)) for key in OF_UNITS), _out(row.cells, OF_UNITS),
                points_text(row.standing.taken) if row.standing.taken else "0", str(row.overdue),
            ]
            for row in rows
        ],
    }  # fmt: skip


def _overdue(found: Bulletin) -> list[list[str]]:
    rows = sorted(found.made.tables["overdue"], key=lambda row: (-row[2], row[0], row[1]))
    return [
        [str(queries.unit_title(found.made, unit)), str(queries.area_title(found.made, street)), str(n)]
        for unit, street, n in rows
    ]


def _deductions(found: Bulletin) -> dict[str, Any]:
    """By unit and rule how many and how much; every appeal with its decision."""
    sums: dict[tuple[str, str], list[Any]] = {}
    appeals = []
    for one, unit, rule, _objection, decision in taken(found):
        row = sums.setdefault((str(unit), str(rule)), [0, 0, one.points * 0])
        upheld = decision is not None and decision.upheld
        row[0] += 1
        row[1] += upheld
        row[2] += one.points * (not upheld)
        if decision is not None:
            verdict = "成立，撤销扣分" if upheld else "不成立"
            appeals.append([str(unit), one.number, str(rule), f"{verdict}：{decision.reason}"])
    rows = [
        [unit, rule, str(n), str(back), points_text(points) if points else "0"]
        for (unit, rule), (n, back, points) in sums.items()
    ]
    return {"deductions": rows, "appeals": appeals}


def _corrections(found: Bulletin) -> dict[str, Any] | None:
    """What came later of the month before, up to the moment this one was closed; it never changes afterwards."""
    made = found.made
    year, number = (made.year, made.month - 1) if made.month > 1 else (made.year - 1, 12)
    earlier = queries.release_of(made.line, year, number)
    if earlier is None:
        return None
    later: Corrections = corrections(earlier.month, to_instant(made.asof))
    rows = [
        [str(one.item.of.title), f"{one.frozen[0]}/{one.frozen[1]}", f"{one.now[0]}/{one.now[1]}"]
        for one in later.of("district").values()
    ]
    return {"month": str(title_of(earlier)), "rows": rows[:MOST], "upheld": len(later.decisions)}


def _formula(row: dict[str, Any]) -> list[str]:
    out = "；".join(f"剔除{label}" for label in row["out"])
    words = f"{row['top']} ÷ {row['bottom']}{f'；{out}' if out else ''}；不到 {row['least']} 件不写比率"
    return [str(row["item"].of.title), words, row["version"]]


def _moment(instant: int) -> str:
    year, month, day = ymd(instant // DAY)
    return f"{year}年{month}月{day}日 {instant % DAY // 3600:02}:{instant % 3600 // 60:02}"
