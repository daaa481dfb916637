"""All reads of the monthly assessment: counting a period, a month as it was closed, its cases, deductions, releases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.db import connection, transaction

from bihuan import lines
from bihuan.assess import counting
from bihuan.assess.counting import KNOWN, Tallied, Values
from bihuan.assess.models import Deduction, Figure, Month, Objection, Release
from bihuan.assess.schemes import MonthScheme, Rule, thaw
from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.core.say import Say
from bihuan.core.score.formula import Period, period_of
from bihuan.core.time.instant import DAY
from bihuan.people.models import Unit
from bihuan.places.queries import division_names
from bihuan.places.zones import counting_zones

PAGE = 50
TOP = 10  # matters named in the bulletin


class NoSuchMonth(Exception):
    """There is no such month, release, deduction, appeal or figure."""


WIDE = "set local work_mem = '64MB'"  # what a group is counted in; ends with the transaction
MATTER = """(select c.matter from assess_thing c where c.case_id = t.case_id and c.kind = 'case' and c.matter <> ''
    order by c.id desc limit 1)"""


def ask(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


# --- counting ----------------------------------------------------------------------------------------------


def count(scheme: MonthScheme, period: Period, asof: int, district: str) -> Tallied:
    """Every indicator of a period by district, street, community and unit: one question for each kind of thing."""
    asked = counting.counts(scheme.items, scheme.line, period, asof)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WIDE)
        return counting.tallied([(one, ask(one.sql, one.params)) for one in asked], district)


def deductible(scheme: MonthScheme, period: Period, asof: int) -> list[tuple[Rule, str, str]]:
    """(rule, unit, number of the case) for each time a rule counts by itself, in the order of the cases."""
    found: list[tuple[Rule, str, str]] = []
    for rule in scheme.rules:
        if rule.counted is None:
            continue
        values = Values(counting.at(scheme.line, period, asof))
        unit = f"t.parties ->> {values.of(rule.party)}"
        things = "assess_thing t"
        if (rule.first, rule.last) != (1, None):
            names = values.of(list(rule.counted.action))
            things = f"""(select t.*, row_number() over (partition by t.case_id, {unit} order by t.n) as nth
                from assess_thing t where {KNOWN} and t.kind = 'event' and t.name = any({names})) t"""
        nth = f" and t.nth >= {values.of(rule.first)}" if rule.first > 1 else ""
        nth += f" and t.nth <= {values.of(rule.last)}" if rule.last is not None else ""
        sql = f"""select {unit}, t.number from {things} where {KNOWN}{nth} and {counting.condition(rule.counted, values)}
            and t.begun < %(until)s and t.last >= %(since)s and {unit} <> '' order by t.number, t.n"""
        found += [(rule, whose, number) for whose, number in ask(sql, values.found)]
    return found


def tables(scheme: MonthScheme, period: Period, asof: int) -> dict[str, Any]:
    """What a bulletin tells beside the indicators: reports and matters most reported; what was overdue at the end."""
    given = counting.at(scheme.line, period, asof)
    opened = f"{KNOWN} and t.kind = 'case' and t.begun >= %(since)s and t.begun < %(until)s"
    kinds = ask(
        f"""select t.matter, count(*) from assess_thing t where {opened} and t.last >= %(since)s
        group by 1 order by 2 desc, 1 limit {TOP}""",
        given,
    )
    reports, by_street = ask(
        f"""select coalesce(sum(n), 0)::bigint, coalesce(jsonb_object_agg(street, n), '{{}}')::text from
        (select t.street, count(*) n from assess_thing t where {opened} and t.last >= %(since)s group by 1) s""",
        given,
    )[0]
    overdue = ask(
        f"""select coalesce(t.parties ->> %(party)s, ''), t.street, count(*) from assess_thing t
        where {KNOWN} and t.kind = 'run' and t.name = %(clock)s and t.due < %(until)s and t.due < %(asof)s
        and (t.ended is null or t.ended >= %(until)s) group by 1, 2 order by 1, 2""",
        given | dict(scheme.overdue),
    )
    zones = ask(
        f"""select t.zone, count(*) filter (where t.kind = 'case'), count(*) filter (where t.kind = 'run')
        from assess_thing t where {KNOWN} and t.zone <> '' and t.begun < %(until)s
        and ((t.kind = 'case' and t.begun >= %(since)s and t.last >= %(since)s)
        or (t.kind = 'run' and t.name = %(clock)s and t.due < %(until)s and t.due < %(asof)s
        and (t.ended is null or t.ended >= %(until)s))) group by 1""",
        given | dict(scheme.overdue),
    )
    return {
        "zones": {code: [reported, late] for code, reported, late in zones}, "reports": reports, "by_street": orjson.loads(by_street), "matters": [list(row) for row in kinds],
        "overdue": [list(row) for row in overdue],
    }  # fmt: skip


def names(day: int) -> dict[str, Any]:
    """Units and areas as they are called today and the zones that count on a Day, to be kept with a month."""
    areas = {code: list(pair) for code, pair in division_names().items()}
    units = {
        code: [name, name_en or name, kind]
        for code, name, name_en, kind in Unit.objects.values_list("code", "name", "name_en", "kind")
    }
    zones = {row.code: [row.name, row.street, round(row.area)] for row in counting_zones(day).values()}
    return {
        "zones": zones,
        "units": units,
        "areas": areas,
        "district": next((c for c in sorted(areas) if len(c) == 6), ""),
    }


def case_exists(line: str, number: str) -> bool:
    """Whether a case of this line has this number."""
    return bool(
        wall.ask("select 1 from cases_case where line = %s and number = %s", [line, number], wall.SYSTEM)
    )


# --- months ------------------------------------------------------------------------------------------------


def month(pk: int) -> Month:
    found = Month.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchMonth(f"no month {pk}")
    return found


def newest(line: str, year: int, number: int) -> Month:
    """The latest closing of a month."""
    found = Month.objects.filter(line=line, year=year, month=number).first()
    if found is None:
        raise NoSuchMonth(f"{line} {year}.{number} was never closed")
    return found


def drafts() -> list[Month]:
    """The latest closing of each month that is not public, newest first."""
    rows = (
        Month.objects.filter(release=None)
        .defer("frozen", "names", "tables")
        .order_by("-year", "-month", "-id")
    )
    public = {(one.line, one.year, one.number) for one in Release.objects.only("line", "year", "number")}
    found: dict[tuple[str, int, int], Month] = {}
    for one in rows:
        found.setdefault((one.line, one.year, one.month), one)
    return [one for key, one in found.items() if key not in public]


def releases() -> list[Release]:
    """Every published month, the newest first."""
    return list(
        Release.objects.select_related("month").defer(
            "month__frozen", "month__names", "month__tables", "standings"
        )
    )


def release(year: int, number: int) -> Release:
    found = Release.objects.select_related("month").filter(year=year, number=number).first()
    if found is None:
        raise NoSuchMonth(f"{year}.{number} is not public")
    return found


def release_of(line: str, year: int, number: int) -> Release | None:
    return Release.objects.filter(line=line, year=year, number=number).first()


def begun(line: str, year: int, number: int) -> bool:
    """Whether anybody gave or appealed a deduction of this month."""
    rows = Deduction.objects.filter(month__line=line, month__year=year, month__month=number)
    return rows.filter(automatic=False).exists() or rows.exclude(objection=None).exists()


def deductions(made: Month, unit: str = "") -> list[Deduction]:
    """The deductions of a month with their appeals and decisions, in the order in which they were given."""
    rows = made.deductions.select_related("objection__decision").order_by("unit", "rule", "id")
    return list(rows.filter(unit=unit) if unit else rows)


def deduction(pk: int) -> Deduction:
    found = Deduction.objects.select_related("month", "objection__decision").filter(pk=pk).first()
    if found is None:
        raise NoSuchMonth(f"no deduction {pk}")
    return found


def objection(pk: int) -> Objection:
    rows = Objection.objects.select_related("deduction__month", "decision")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchMonth(f"no appeal {pk}")
    return found


def open_objections() -> list[Objection]:
    """Appeals nobody has decided, oldest first."""
    return list(Objection.objects.filter(decision=None).select_related("deduction__month").order_by("id"))


def waiting(made: Month) -> int:
    """How many appeals of a month are not decided."""
    return Objection.objects.filter(deduction__month=made, decision=None).count()


def period(made: Month) -> Period:
    return period_of(made.year, made.month)


# --- what is frozen ----------------------------------------------------------------------------------------

THINGS = f"""select encode(sha256(convert_to(coalesce(string_agg(concat_ws(',', t.number, t.kind, t.name, t.n, t.begun,
    t.ended, t.due, t.plain, t.how, t.stopped, t.extended, t.state, t.outcome, t.street, t.community, t.parties),
    E'\\n' order by t.case_id, t.kind, t.name, t.n), ''), 'UTF8')), 'hex')
    from assess_thing t where {KNOWN} and t.begun < %(until)s and t.last >= %(since)s"""


def data_digest(made: Month) -> str:
    """SHA-256 over everything that could count in the month, as it was known when it was closed."""
    sql = THINGS  # every thing of the line in the period, in one order
    return str(ask(sql, counting.at(made.line, period(made), to_instant(made.asof)))[0][0])


def digest_of(made: Month, standings: Sequence[Any], data: str) -> str:
    """SHA-256 over what a publication says: formulas, code, data, figures, deductions with their decisions, standings."""
    figures = made.figures.order_by("by", "code", "item").values_list(
        "by", "code", "item", "numerator", "denominator", "left_out"
    )
    taken = [
        [one.unit, one.rule, one.number, str(one.points), one.reason, one.given_by, to_instant(one.at)]
        for one in made.deductions.order_by("id")
    ]
    said = {
        "line": made.line, "year": made.year, "month": made.month, "asof": to_instant(made.asof), "frozen": made.frozen,
        "names": made.names, "tables": made.tables, "figures": [list(row) for row in figures], "deductions": taken,
        "standings": list(standings), "data": data,
    }  # fmt: skip
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


# --- figures and their cases -------------------------------------------------------------------------------


def figures(made: Month, by: str, code: str | None = None) -> dict[str, dict[str, Figure]]:
    """The figures of one kind of place or of units: code -> item -> figure."""
    rows = made.figures.filter(by=by)
    found: dict[str, dict[str, Figure]] = {}
    for row in rows if code is None else rows.filter(code=code):
        found.setdefault(row.code, {})[row.item] = row
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing behind a number; `why` is the place of its reason among the formula's exclusions."""

    id: int
    number: str
    begun: int
    matter: str
    street: str
    unit: str
    why: int | None


def listed(
    made: Month, by: str, code: str, item: str, part: str, after: tuple[str, int] = ("", 0)
) -> list[Listed]:
    """The things behind a frozen number, a page from (number, id) on, one more than shown where there are more.

    NoSuchMonth for what is no figure: areas and units are asked for, persons never.
    """
    scheme = thaw(made.frozen)
    if by not in (*counting.PLACES, "unit") or item not in {one.key for one in scheme.items}:
        raise NoSuchMonth(f"no figure {by} {item}")
    one = scheme.item(item)
    values = Values(counting.at(made.line, period(made), to_instant(made.asof)))
    cut = counting.sides(one.of, values)
    try:
        wanted = cut.of(part)
    except KeyError:
        raise NoSuchMonth(f"no part {part}") from None
    where = "" if by == "district" else f" and {counting.placed(by, code, one.party, values)}"
    why = " ".join(f"when {c} then {i}" for i, c in enumerate(cut.left_out)) if part == "left_out" else ""
    sql = f"""select t.id, t.number, t.begun, coalesce({MATTER}, ''), t.street, coalesce(t.parties ->> {values.of(one.party)}, ''),
        {f"case {why} end" if why else "null"} from assess_thing t
        where {KNOWN} and {wanted}{where} and t.begun < %(until)s and t.last >= %(since)s
        and (t.number, t.id) > ({values.of(after[0])}, {values.of(after[1])}) order by t.number, t.id limit {PAGE + 1}"""
    return [Listed(*row) for row in ask(sql, values.found)]


def unit_title(made: Month, code: str) -> Say:
    """A unit's name as it was when the month was closed."""
    row = made.names["units"].get(code)
    return Say(row[0], row[1]) if row else Say("没有单位的", "no unit") if not code else Say(code, code)


def area_title(made: Month, code: str) -> Say:
    """An area's name as it was when the month was closed."""
    row = made.names["areas"].get(code)
    return Say(*row) if row else Say("没有地点的", "no place") if not code else Say(code, code)


def zone_title(made: Month, code: str) -> Say:
    """A demonstration zone's name as it was when the month was closed."""
    row = made.names.get("zones", {}).get(code)
    if not row:
        return Say(f"示范区 {code}", f"Zone {code}")
    return Say(
        row[0], f"{area_title(made, row[1]).en.removesuffix(' Subdistrict')}, zone {code.rpartition('-')[2]}"
    )


def matter_titles(made: Month, codes: Iterable[str]) -> dict[str, Say]:
    """The names of matters in the catalogue that was in force at the end of the month; else the code itself."""
    day = period(made).until // DAY - 1
    known = lines.at(made.line, day).matters
    rows = {code: known[code][-1] for code in codes if code in known}
    return {
        code: Say(rows[code].name, rows[code].name_en) if code in rows else Say(code, code) for code in codes
    }


def said_of(one: Release) -> dict[str, Any]:
    """What the public log says of a month that is public; its digest is over scheme, code, data and every figure."""
    return {
        "line": one.line, "year": one.year, "month": one.number, "paper": one.paper, "data": one.data,
        "sha256": one.digest,
    }  # fmt: skip


def told_releases() -> dict[str, dict[str, Any]]:
    """What the public log should say of the months that are public."""
    return {f"assess_release {one.pk}": said_of(one) for one in Release.objects.all()}
