"""What pages and CSV files show of scores: figures as they are written, formulas as sentences, rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.core.rows import write_sheet
from bihuan.core.say import Say
from bihuan.core.score import words
from bihuan.core.score.scheme import Extra, Part, PartScore
from bihuan.core.score.words import counted_words, extra_words, part_words
from bihuan.core.time import formats
from bihuan.core.time.instant import DAY
from bihuan.scores.queries import Row, Table, UnitPage

SIDES = {
    "bonus": Say("加分", "Bonus"),
    "deduction": Say("扣分", "Deduction"),
    "veto": Say("一票否决", "One-vote item"),
}


def period_title(scoring: Any) -> Say:
    """2026年10月 / October 2026, or the year so far."""
    if scoring.month:
        return Say(
            f"{scoring.year}年{scoring.month}月", f"{formats.MONTHS[scoring.month - 1]} {scoring.year}"
        )
    return Say(f"{scoring.year}年", str(scoring.year))


def rate_words(one: PartScore, least: int) -> Say:
    """94.9 % from the least number on, else 3 件里 2 件; of nothing no data."""
    return words.rate_words(one.k, one.n, least)


def interval(one: PartScore) -> str:
    return "" if one.low is None or one.high is None else f"{100 * one.low:.1f}–{100 * one.high:.1f}%"


def formulas(found: Table) -> list[dict[str, Any]]:
    """Every formula of the version, in the words of the lines that were in force then."""
    day = to_instant(found.scoring.asof) // DAY
    out: list[dict[str, Any]] = []
    for item in found.scheme.items:
        line = lines.at(item.line, day)
        row: dict[str, Any] = {
            "item": item,
            "line": line.title,
            "version": item.version,
            "source": item.source,
            "title": item.title,
        }
        if isinstance(item, Part):
            row |= {
                "top": counted_words(item.of.numerator, line), "bottom": counted_words(item.of.denominator, line),
                "out": [one.label for one in item.of.exclude], "points": part_words(item), "law": item.of.law,
                "least": item.of.minimum_n,
            }  # fmt: skip
        else:
            row |= {
                "top": counted_words(item.counted, line), "points": extra_words(item), "side": SIDES[item.side],
                "law": item.law,
            }  # fmt: skip
        out.append(row)
    return out


def cells(found: Table, row: Row) -> list[dict[str, Any]]:
    """The parts of one unit for the table of its group."""
    return [
        {
            "title": part.title, "words": rate_words(one, part.of.minimum_n), "points": one.points, "k": one.k, "n": one.n,
            "left_out": one.left_out, "small": one.small, "warned": one.warned,
        }
        for part, one in zip(found.scheme.parts, row.score.parts, strict=True)
    ]  # fmt: skip


def by_reason(left_out: Iterable[tuple[str, Say]]) -> list[tuple[Say, list[tuple[str, int]]]]:
    """Each reason with the cases it leaves out and how often, in the order of their first case."""
    out: dict[Say, dict[str, int]] = {}
    for number, why in left_out:
        numbers = out.setdefault(why, {})
        numbers[number] = numbers.get(number, 0) + 1
    return [(why, list(numbers.items())) for why, numbers in out.items()]


def added(found: Table, row: Row) -> list[dict[str, Any]]:
    """Bonus and deduction of one unit where there is any: how many, the points before the cap; then what counts."""
    return [
        {"title": found.scheme.item(one.key).title, "side": SIDES[one.side], "n": one.n, "points": one.points,
         "sign": "+" if one.side == "bonus" else "−"}
        for one in row.score.extras if one.side != "veto" and one.n
    ]  # fmt: skip


def text(rows: Iterable[Sequence[Any]]) -> str:
    """A CSV file; the mark in front makes spreadsheets read it as UTF-8. No cell begins a formula."""
    return write_sheet(rows)


def results_csv(found: Table) -> str:
    """One row a unit and item: everything the page shows."""
    rows: list[Sequence[Any]] = [
        ("组别", "单位代码", "单位", "名次", "得分", "按下界的得分", "有数据的权重", "件数少", "一票否决", "分项", "公式版本", "分子", "分母", "剔除", "分项得分")
    ]  # fmt: skip
    for title, units in found.groups:
        for row in units:
            one = row.score
            head = (
                title,
                row.unit,
                row.title,
                row.place,
                one.total,
                one.order,
                one.possible,
                "是" if one.small else "",
                row.veto,
            )
            for part in one.parts:
                item = found.scheme.item(part.key)
                rows.append((*head, item.title, item.version, part.k, part.n, part.left_out, part.points))
            for extra in one.extras:
                item = found.scheme.item(extra.key)
                rows.append((*head, item.title, item.version, extra.n, "", extra.left_out, extra.points))
    return text(rows)


def cases_csv(page: UnitPage) -> str:
    """One row a case and item of one unit: met, not met, left out and why."""
    rows: list[Sequence[Any]] = [("分项", "公式版本", "编号", "计为", "次数", "理由")]
    for one in page.listed:
        head = (one.item.title, one.item.version)
        counted = "计入" if isinstance(one.item, Extra) else "分子"
        rows += [(*head, number, counted, n, "") for number, n in one.met]
        rows += [(*head, number, "只在分母", n, "") for number, n in one.missed]
        rows += [(*head, number, "剔除", 1, why) for number, why in one.left_out]
    return text(rows)
