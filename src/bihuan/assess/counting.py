"""A formula as a question to the table of things: one condition gives the number and opens its cases.

What `core.score.formula` says of one story, this says of all things at once; tests and `bihuan fsck` hold the two
against each other. A set that cannot be asked of a flat thing raises; nothing is counted by guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bihuan.core.score.formula import Counted, Period, named

LATE = "coalesce(t.ended, %(asof)s) > {due}"
VERDICT = (
    "case when t.how = 'expired' and t.ended is not null then 'expired' when "
    f"{LATE} then 'late' when t.ended is null then '' when t.how = 'stopped' then 'met' else 'cleared' end"
)
# as it was known at `asof`, and in no other way
KNOWN = "t.line = %(line)s and t.known <= %(asof)s and (t.dropped is null or t.dropped > %(asof)s)"
PLACES = {"district": "''::text", "street": "t.street", "community": "t.community", "zone": "t.zone"}


class NotFlat(ValueError):
    """This set needs the whole case; the month does not count it."""


class Asked(NamedTuple):
    """A question with its parameters: rows are community, street, zone, a unit for each party, then the items' counts."""

    sql: str
    params: dict[str, Any]
    parties: list[str]
    items: list[Any]


@dataclass(slots=True)
class Values:
    """Parameters collected while conditions are written; the same value is sent once."""

    found: dict[str, Any]

    def of(self, value: Any) -> str:
        name = next((key for key, one in self.found.items() if one == value), None)
        if name is None:
            name = f"v{len(self.found)}"
            self.found[name] = value
        return f"%({name})s"


def condition(of: Counted, values: Values) -> str:
    """When a thing is in the set; `since`, `until` and `asof` are parameters."""
    terms = [f"t.kind = {values.of(of.count.removesuffix('s'))}"]
    if of.count == "cases":
        terms.append(_in_period("t.begun" if of.moment == "opened" else "t.ended"))
        terms += [f"t.acts && {values.of(list(of.action))}::varchar[]"] if of.action else []
        terms += [f"not t.acts && {values.of(list(of.without))}::varchar[]"] if of.without else []
        terms += [f"t.state = any({values.of(list(of.state))})"] if of.state else []
        terms += [f"t.outcome = any({values.of(list(of.outcome))})"] if of.outcome else []
        return " and ".join(terms)
    if of.without or of.state or of.outcome:
        raise NotFlat(f"{of.count} by what became of their case: {of}")
    if of.count == "events":
        return " and ".join([*terms, f"t.name = any({values.of(list(of.action))})", _in_period("t.begun")])
    due = "t.plain" if of.figure == "plain" else "t.due"
    terms.append(f"t.name = {values.of(of.clock)}")
    terms.append(_in_period({"started": "t.begun", "ended": "t.ended", "due": due}[of.moment]))
    if of.moment == "due":
        terms.append(f"{due} < %(asof)s")  # a limit that has not run out is in no due set
    if of.verdict:
        terms.append(f"({VERDICT.format(due=due)}) = any({values.of(list(of.verdict))})")
    if of.stopped is not None:
        terms.append("t.stopped" if of.stopped else "not t.stopped")
    if of.ended is not None:
        terms.append("t.ended is not null" if of.ended else "t.ended is null")
    if of.extended is not None:
        terms.append("t.extended" if of.extended else "not t.extended")
    return " and ".join(terms)


def _in_period(column: str) -> str:
    return f"{column} >= %(since)s and {column} < %(until)s"


@dataclass(frozen=True, slots=True)
class Sides:
    """The conditions of one indicator: numerator, denominator, and what leaves it, each by its own reason."""

    numerator: str
    denominator: str
    left_out: tuple[str, ...]

    def of(self, part: str) -> str:
        """The condition of a part: numerator, denominator, missed, left_out; KeyError for any other word."""
        return {
            "numerator": self.numerator, "denominator": self.denominator,
            "missed": f"{self.denominator} and not ({self.numerator})",
            "left_out": f"({' or '.join(self.left_out) or 'false'})",
        }[part]  # fmt: skip


def sides(of: Any, values: Values) -> Sides:
    """The conditions of an indicator. Two reasons for one thing: the first says why."""
    whole, part = condition(of.denominator, values), condition(of.numerator, values)
    out: list[str] = []
    for one in of.exclude:
        if not one.counted.same_things(of.denominator):
            continue  # another kind of thing is never one of these, so it takes nothing away
        before = f" and not ({' or '.join(f'({c})' for c in out)})" if out else ""
        out.append(f"{whole} and {condition(one.counted, values)}{before}")
    kept = f"{whole} and not ({' or '.join(f'({c})' for c in out)})" if out else whole
    if of.numerator.same_things(of.denominator):
        part = f"{part} and {kept}"
    return Sides(part, kept, tuple(f"({c})" for c in out))


def at(line: str, period: Period, asof: int) -> dict[str, Any]:
    """The parameters every question has."""
    return {"line": line, "since": period.since, "until": period.until, "asof": asof}


def counts(
    items: Sequence[Any], line: str, period: Period, asof: int, only_cases: bool = False
) -> list[Asked]:
    """One question for each kind of thing, with every indicator that counts it. A thing that began after the period or
    was over before it is not looked at. `only_cases`: of the cases of the parameter `cases`, with the number of the
    case in front of each row.
    """
    by_things: dict[tuple[tuple[str, str], ...], list[Any]] = {}
    for one in items:
        wanted = {*named(one.of.numerator), *named(one.of.denominator)}
        by_things.setdefault(tuple(sorted(wanted)), []).append(one)
    first, only = ("t.number, ", " and t.case_id = any(%(cases)s)") if only_cases else ("", "")
    found = []
    for things, group in by_things.items():
        values = Values(at(line, period, asof))
        parties = sorted({one.party for one in group})
        columns = []
        for one in group:
            cut = sides(one.of, values)
            columns += [
                f"count(*) filter (where {c})" for c in (cut.numerator, cut.denominator, *cut.left_out)
            ]
        units = [f"coalesce(t.parties ->> {values.of(p)}, '')" for p in parties]
        sql = (
            f"select {first}t.community, t.street, t.zone, {', '.join([*units, *columns])} from assess_thing t where {KNOWN}"
            f" and ({_things(things, values)}) and t.begun < %(until)s and t.last >= %(since)s{only}"
            f" group by {', '.join(str(i + 1) for i in range(3 + len(units) + only_cases))}"
        )
        found.append(Asked(sql, values.found, parties, group))
    return found


def _things(things: Sequence[tuple[str, str]], values: Values) -> str:
    """Of one kind each name is one stretch of the index."""
    kinds = sorted({kind for kind, _ in things})
    return " or ".join(
        f"(t.kind = {values.of(kind)} and t.name = any({values.of([name for k, name in things if k == kind])}))"
        for kind in kinds
    )


def placed(by: str, code: str, party: str, values: Values) -> str:
    """The things of one area, or of one unit where it is `party`; no figure is asked by person."""
    if by == "unit":
        return f"coalesce(t.parties ->> {values.of(party)}, '') = {values.of(code)}"
    return f"{PLACES[by]} = {values.of(code)}"


Tallied = dict[
    tuple[str, str, str], list[int]
]  # (by, code, item) -> numerator, denominator, left out by reason


def tallied(answers: Sequence[tuple[Asked, Sequence[tuple[Any, ...]]]], district: str) -> Tallied:
    """The rows of `counts` added up by district, street, community, zone (where there is one) and unit; what has no place or unit is ""."""
    found: Tallied = {}
    for asked, rows in answers:
        for row in rows:
            community, street, zone = row[:3]
            i = 3 + len(asked.parties)
            units = dict(zip(asked.parties, row[3:i], strict=True))
            for one in asked.items:
                j = i + 2 + sum(ex.counted.same_things(one.of.denominator) for ex in one.of.exclude)
                cells, i = row[i:j], j
                if not any(cells):
                    continue
                for by, code in (
                    ("district", district), ("street", street), ("community", community), ("unit", units[one.party]),
                    *([("zone", zone)] if zone else []),
                ):  # fmt: skip
                    mine = found.setdefault((by, code, one.key), [0] * len(cells))
                    for at_, n in enumerate(cells):
                        mine[at_] += n
    return found
