"""A period counted from the events of its cases: the same function computes, and later checks what was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bihuan import lines
from bihuan.cases.stories import stories
from bihuan.core.say import Say
from bihuan.core.score.formula import Period, Tally, add_count, add_story
from bihuan.core.score.scheme import Part, Scheme, UnitScore, placed, score_unit

Struck = Mapping[tuple[str, str], Mapping[str, Say]]  # (item, number of the case) -> unit -> reason
NOBODY: Mapping[str, Say] = {}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Tallies by item and unit ("" answers to no unit), and the scores of the units that are compared."""

    tallies: Mapping[str, Mapping[str, Tally]]
    scores: tuple[UnitScore, ...]


def reckon(scheme: Scheme, kinds: Mapping[str, str], period: Period, asof: int, struck: Struck) -> Reckoned:
    """Count every case once for every item of the scheme; units without a case have empty tallies, thus no data."""
    cal = lines.calendar()
    tallies: dict[str, dict[str, Tally]] = {one.key: {} for one in scheme.items}
    for story in stories(scheme.lines, period.since, asof):
        for one in scheme.items:
            if one.line != story.case.line.code:
                continue
            out = struck.get((one.key, story.number), NOBODY)
            if isinstance(one, Part):
                add_story(tallies[one.key], one.of, one.party, story, period, asof, cal, out)
            else:
                add_count(tallies[one.key], one.counted, one.party, story, period, asof, cal, out)
    return Reckoned(tallies, tuple(_scores(scheme, kinds, tallies)))


def _scores(
    scheme: Scheme, kinds: Mapping[str, str], tallies: Mapping[str, Mapping[str, Tally]]
) -> Iterable[UnitScore]:
    for group in scheme.groups:
        units = sorted(code for code, kind in kinds.items() if kind in group.kinds)
        yield from placed(
            [
                score_unit(
                    code,
                    group.key,
                    {key: by_unit[code] for key, by_unit in tallies.items() if code in by_unit},
                    scheme,
                )
                for code in units
            ]
        )


def struck_of(rows: Iterable[Any]) -> Struck:
    """What upheld appeals leave out, from the rows stored with a computation."""
    out: dict[tuple[str, str], dict[str, Say]] = {}
    for _ruling, unit, item, number, reason in rows:
        out.setdefault((item, number), {})[unit] = Say(f"申诉成立：{reason}", f"Appeal upheld: {reason}")
    return out


def cases_of(tally: Tally) -> dict[str, Any]:
    """A tally as it is stored."""
    return {
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "left_out": [[number, str(why), why.en] for number, why in tally.left_out],
    }


def detail_of(score: UnitScore) -> dict[str, Any]:
    """The parts and extras of a unit's score as they are stored; points as text, so that no digit is lost."""
    return {
        "parts": [
            {
                "key": one.key, "k": one.k, "n": one.n, "left_out": one.left_out, "small": one.small, "warned": one.warned,
                "points": None if one.points is None else str(one.points),
                "bound": None if one.order is None else str(one.order),
                "low": None if one.low is None else round(one.low, 6), "high": None if one.high is None else round(one.high, 6),
            }
            for one in score.parts
        ],
        "extras": [
            {"key": one.key, "side": one.side, "n": one.n, "left_out": one.left_out, "points": str(one.points), "reached": one.reached}
            for one in score.extras
        ],
    }  # fmt: skip
