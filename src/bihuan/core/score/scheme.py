"""A performance scheme as data: weighted parts, capped bonus and deduction, one-vote items, who decides; and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from bihuan.core.say import Say
from bihuan.core.score.formula import Counted, Indicator, Tally, counted_of, indicator_of, version_of, wilson

# Whom an order of merit may be made of: bodies of the district. Never a person, a collector, a grid worker or a
# community (关于防治“指尖上的形式主义”的若干意见: no rankings by points of those at the grass roots).
RANKABLE = frozenset({"bureau", "team", "police", "vertical", "street"})
RULES = ("share", "floor")
SIDES = ("bonus", "deduction", "veto")
HUNDRED, CENT = Decimal(100), Decimal("0.01")


class BadScheme(ValueError):
    """A scheme that cannot be used; `faults` are (place, sentence)."""

    def __init__(self, faults: Sequence[tuple[str, Say]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{place}: {say} | {say.en}" for place, say in faults))


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit that does something in the procedure."""

    unit: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Units of some kinds that are compared with each other."""

    key: str
    title: Say
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator of a line with its weight; `rule` "share" pays weight x rate, "floor" all from `full_from` on
    and `off` points less for each percentage point below."""

    key: str
    line: str
    party: str
    of: Indicator
    version: str
    weight: Decimal
    rule: str
    full_from: Decimal
    off: Decimal
    source: str

    @property
    def title(self) -> Say:
        return self.of.title


@dataclass(frozen=True, slots=True)
class Extra:
    """Points for each thing counted (`side` bonus or deduction), or a one-vote item from so many on (`side` veto)."""

    key: str
    side: str
    title: Say
    line: str
    party: str
    counted: Counted
    version: str
    each: Decimal
    least: int
    law: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A part that is also a reading of the whole district: under this name and scope."""

    part: str
    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """How units are scored from a day on."""

    code: str
    version: str
    title: Say
    law: str
    source: str
    example: bool
    confidence: float
    warn_share: float  # of the things due, left out: from here on the figure carries a warning
    bonus_cap: Decimal
    deduction_cap: Decimal
    appeal_days: int  # working days after publication
    compute: Seat
    publish: Seat
    decide: Seat
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    extras: tuple[Extra, ...]
    readings: tuple[Published, ...]

    @property
    def items(self) -> tuple[Part | Extra, ...]:
        return (*self.parts, *self.extras)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(sorted({one.line for one in self.items}))

    def group_of(self, kind: str) -> Group | None:
        return next((group for group in self.groups if kind in group.kinds), None)

    def item(self, key: str) -> Part | Extra:
        """The part or extra of this key; KeyError."""
        return {one.key: one for one in self.items}[key]


def indicators_named(table: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(line, indicator) of every part, to be looked up in the lines and frozen with the scheme."""
    return [(str(row.get("line", "")), str(row.get("indicator", ""))) for row in table.get("part", ())]


def scheme_of(table: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> Scheme:
    """The scheme of scheme.toml with the rows of score.toml it names ("line/indicator"); BadScheme names each fault."""
    faults = _faults(table, rows)
    if faults:
        raise BadScheme(faults)
    return Scheme(
        code=table["code"], version=str(table["version"]), title=_say(table["title"]), law=table["law"],
        source=table["source"], example=table["example"], confidence=float(table["confidence"]),
        warn_share=float(table["warn_share"]), bonus_cap=_number(table["bonus_cap"]),
        deduction_cap=_number(table["deduction_cap"]), appeal_days=table["appeal_days"],
        compute=_seat(table["compute"]), publish=_seat(table["publish"]), decide=_seat(table["decide"]),
        groups=tuple(Group(g["key"], _say(g), tuple(g["kinds"])) for g in table["group"]),
        parts=tuple(_part(row, rows) for row in table["part"]),
        extras=tuple(_extra(row, side) for side in SIDES for row in table.get(side, ())),
        readings=tuple(
            Published(row["key"], row["reading"], row.get("scope", "")) for row in table["part"] if "reading" in row
        ),
    )  # fmt: skip


def _say(row: Mapping[str, Any]) -> Say:
    return Say(row["zh"], row["en"])


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


def _seat(row: Mapping[str, Any]) -> Seat:
    return Seat(row["unit"], tuple(row["posts"]))


def _part(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> Part:
    formula = rows[f"{row['line']}/{row['indicator']}"]
    return Part(
        row["key"], row["line"], row["party"], indicator_of(formula), version_of(formula), _number(row["weight"]),
        row["rule"], _number(row.get("full_from", 1)), _number(row.get("off", 0)), row["source"],
    )  # fmt: skip


def _extra(row: Mapping[str, Any], side: str) -> Extra:
    counted = counted_of(row["counted"])
    version = version_of({"numerator": row["counted"], "each": str(row.get("each", row.get("least")))})
    return Extra(
        row["key"], side, _say(row), row["line"], row["party"], counted, version, _number(row.get("each", 0)),
        int(row.get("least", 1)), row["law"], row["source"],
    )  # fmt: skip


def _faults(table: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Say]]:
    wanted = ("code", "version", "title", "law", "source", "example", "confidence", "warn_share", "bonus_cap",
              "deduction_cap", "appeal_days", "compute", "publish", "decide", "group", "part")  # fmt: skip
    out = [(key, Say("没有写", "is missing")) for key in wanted if key not in table]
    if out:
        return out
    for group in table["group"]:
        out += [
            (f"group.{group['key']}", Say(f"“{kind}”不许排名,只比单位", f"{kind!r} may not be ranked; only bodies are"))
            for kind in group["kinds"] if kind not in RANKABLE
        ]  # fmt: skip
    for row in table["part"]:
        place, named = f"part.{row['key']}", f"{row['line']}/{row['indicator']}"
        if named not in rows:
            out.append((place, Say(f"没有指标 {named}", f"there is no indicator {named}")))
        elif rows[named]["direction"] not in ("up", "down"):
            out.append(
                (place, Say("只看不评的指标不能计分", "An indicator that is only watched gives no points"))
            )
        if row["rule"] not in RULES:
            out.append((place, Say(f"没有算法“{row['rule']}”", f"there is no rule {row['rule']!r}")))
    total = sum(_number(row["weight"]) for row in table["part"])
    if total != HUNDRED:
        out.append(("part", Say(f"权重合计 {total},应为 100", f"The weights add up to {total}, not 100")))
    if table["decide"]["unit"] in (table["compute"]["unit"], table["publish"]["unit"]):
        out.append(
            (
                "decide",
                Say("申诉不能由计算、公布的单位裁决", "Whoever computes or publishes decides no appeal"),
            )
        )
    keys = [one["key"] for name in ("part", *SIDES) for one in table.get(name, ())]
    out += [(key, Say("写了两次", "is there twice")) for key in sorted(set(keys)) if keys.count(key) > 1]
    return out


class Counts(NamedTuple):
    """How many, without the list: numerator, denominator, left out."""

    k: int
    n: int
    out: int


NO_COUNT = Counts(0, 0, 0)


# --- points ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part of one unit. `points` and `order` are None without data; `small`: the bound stands for the rate."""

    key: str
    k: int
    n: int
    left_out: int
    points: Decimal | None
    order: Decimal | None
    low: float | None
    high: float | None
    small: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class ExtraScore:
    """A number of things and the points for them (0 for a one-vote item, which is only a lead)."""

    key: str
    side: str
    n: int
    left_out: int
    points: Decimal
    reached: bool


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The year of one unit. `total` is out of 100 on the parts that have data, None where none has: never 100."""

    unit: str
    group: str
    parts: tuple[PartScore, ...]
    extras: tuple[ExtraScore, ...]
    possible: Decimal
    total: Decimal | None
    order: Decimal | None
    small: bool
    place: int | None = None


def counts_of(tally: Tally) -> Counts:
    return Counts(len(tally.numerator), len(tally.denominator), len(tally.left_out))


def score_part(part: Part, tally: Tally | Counts, scheme: Scheme) -> PartScore:
    """Points of a part: from the rate, under the least number from the bound; the order always from the bound."""
    k, n, out = tally if isinstance(tally, Counts) else counts_of(tally)
    warned = bool(n + out) and out >= scheme.warn_share * (n + out)
    if n == 0:
        return PartScore(part.key, k, n, out, None, None, None, None, False, warned)
    low, high = wilson(min(k, n), n, scheme.confidence)
    rate, small = k / n, n < part.of.minimum_n
    bound = low if part.of.direction == "up" else high
    points = _points(part, bound if small else rate)
    return PartScore(part.key, k, n, out, points, _points(part, bound), low, high, small, warned)


def _points(part: Part, rate: float) -> Decimal:
    # eight digits are far beyond any count, and make the figure the same wherever it is computed
    good = Decimal(str(round(rate if part.of.direction == "up" else 1 - rate, 8)))
    good = min(Decimal(1), max(Decimal(0), good))
    if part.rule == "share":
        points = part.weight * good
    else:
        points = part.weight - max(Decimal(0), part.full_from - good) * HUNDRED * part.off
    return max(Decimal(0), points).quantize(CENT, ROUND_HALF_UP)


def score_extra(extra: Extra, tally: Tally | Counts) -> ExtraScore:
    """Points for a number of things; a one-vote item is reached from its least number on and takes nothing itself."""
    n, _, out = tally if isinstance(tally, Counts) else counts_of(tally)
    points = Decimal(0) if extra.side == "veto" else (extra.each * n).quantize(CENT, ROUND_HALF_UP)
    return ExtraScore(extra.key, extra.side, n, out, points, n >= extra.least)


def score_unit(
    unit: str, group: str, tallies: Mapping[str, Tally] | Mapping[str, Counts], scheme: Scheme
) -> UnitScore:
    """Everything of one unit; `tallies` by key, a key that is not there counted nothing."""
    counts = {key: one if isinstance(one, Counts) else counts_of(one) for key, one in tallies.items()}
    parts = tuple(score_part(part, counts.get(part.key, NO_COUNT), scheme) for part in scheme.parts)
    extras = tuple(score_extra(extra, counts.get(extra.key, NO_COUNT)) for extra in scheme.extras)
    weights = {part.key: part.weight for part in scheme.parts}
    possible = sum((weights[one.key] for one in parts if one.points is not None), Decimal(0))
    more = min(scheme.bonus_cap, _sum(extras, "bonus")) - min(scheme.deduction_cap, _sum(extras, "deduction"))
    return UnitScore(
        unit, group, parts, extras, possible,
        total=_total([one.points for one in parts], possible, more),
        order=_total([one.order for one in parts], possible, more),
        small=any(one.small for one in parts),
    )  # fmt: skip


def _sum(extras: Sequence[ExtraScore], side: str) -> Decimal:
    return sum((one.points for one in extras if one.side == side), Decimal(0))


def _total(points: Sequence[Decimal | None], possible: Decimal, more: Decimal) -> Decimal | None:
    if not possible:
        return None
    base = sum((one for one in points if one is not None), Decimal(0)) * HUNDRED / possible
    return max(Decimal(0), base + more).quantize(CENT, ROUND_HALF_UP)


def placed(scores: Sequence[UnitScore], out: frozenset[str] = frozenset()) -> list[UnitScore]:
    """The units of one group in order of the bound, equal ones in one place; without data or in `out`: no place."""
    ranked = sorted(
        (one for one in scores if one.order is not None and one.unit not in out),
        key=lambda one: (-(one.order or 0), one.unit),
    )
    found: list[UnitScore] = []
    for number, one in enumerate(ranked, 1):
        last = found[-1] if found else None
        place = last.place if last is not None and last.order == one.order else number
        found.append(replace(one, place=place))
    rest = sorted((one for one in scores if one.order is None or one.unit in out), key=lambda one: one.unit)
    return [*found, *(replace(one, place=None) for one in rest)]
