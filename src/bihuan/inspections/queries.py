"""Reads of inspections: the registers as they stand, the roster of a task, plans, and what the year's visits were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import LOCAL, day_of, to_date
from bihuan.core.line.parts import Line
from bihuan.core.register import CLASSES, NO_CLASS, Listed, Officer, Slot, build
from bihuan.core.say import Say
from bihuan.inspections.library import Detail, detail_on, kinds, pools
from bihuan.inspections.models import Business, Inspector, Plan, Relation, Round, Task
from bihuan.inspections.registered import POST, changes
from bihuan.inspections.shapes import COUNTED, OTHER, Door, Load, NoSuchTask, Preview, Seen
from bihuan.people import queries as people
from bihuan.subjects import queries as subjects

LINE = "inspections"
MOVED_DAYS = 90
BEGAN = ("arrive", "record")
# visits of a year that count: those registered, and inspections that nobody registered on the spot
VISITS = """select code, count(*) from (
    select v.code from inspections_visit v where v.channel = any(%s) and v.at >= %s and v.at < %s
    union all
    select c.data->>'subject' from cases_case c where c.line = 'inspections' and c.matter = any(%s)
      and not exists (select 1 from inspections_visit v where v.number = c.number)
      and exists (select 1 from cases_event e where e.case_id = c.id and e.name = any(%s) and e.at >= %s and e.at < %s)
) x group by code"""
LAST = """select t.code, max(e.at) from inspections_taken t join inspections_round r on r.id = t.round_id
    join inspections_task k on k.id = r.task_id and k.items && %s
    join cases_case c on c.number = t.number join cases_event e on e.case_id = c.id and e.name = 'record' group by t.code"""
WENT = """select distinct subject, first, second from (
    select c.data->>'subject' as subject, c.parties->>'first' as first, c.parties->>'second' as second, e.at,
        max(e.at) over (partition by c.data->>'subject') as latest
    from cases_case c join cases_event e on e.case_id = c.id and e.name = 'record' where c.line = 'inspections') x
    where at = latest or at >= %s"""
DOOR = """select v.at, v.units, v.channel, v.basis, v.number, true, v.people from inspections_visit v
    where v.code = %s and v.at >= %s and v.at < %s
    union all
    select min(e.at), array[c.parties->>'agency'], c.matter, coalesce(c.data->>'items', c.title), c.number, false, 0
    from cases_case c join cases_event e on e.case_id = c.id and e.name = any(%s)
    where c.line = 'inspections' and c.data->>'subject' = %s
      and not exists (select 1 from inspections_visit v where v.number = c.number)
    group by c.id having min(e.at) >= %s and min(e.at) < %s order by 1 desc limit 200"""
LOADS = """select p.person, count(*), count(*) filter (where not c.final) from cases_case c,
    lateral (values (c.parties->>'first'), (c.parties->>'second')) p(person)
    where c.line = 'inspections' and c.opened_at >= %s group by p.person"""


def unit_name(code: str) -> Say:
    """A unit by name."""
    return people.known(people.change()).names.get(code) or Say(code, code)


def units_name(codes: Iterable[str]) -> Say:
    """Units by name, listed."""
    found = [unit_name(code) for code in codes]
    return Say("、".join(found), ", ".join(one.en for one in found))


def plans(*, public: bool) -> list[Plan]:
    """Plans with their tasks, the latest first; for the public only those that were adopted."""
    found = Plan.objects.prefetch_related("tasks").select_related("adoption").order_by("-year", "-pk")
    return list(found.exclude(adoption=None) if public else found)


def task(pk: int) -> Task:
    """A task with its plan; NoSuchTask."""
    found = Task.objects.select_related("plan", "plan__adoption").filter(pk=pk).first()
    if found is None:
        raise NoSuchTask(str(pk))
    return found


def slots_of(one: Task) -> tuple[Slot, ...]:
    """Who goes, as the plan wrote it."""
    found = []
    for text in one.slots.split(","):
        pool, count, *cap = text.split(":")
        found.append(Slot(pool, int(count), int(cap[0]) if cap else None))
    return tuple(found)


def rules_of(one: Task) -> Detail:
    """The rules in force on the first day of a task."""
    return detail_on(one.first)


def preview(one: Task, at: datetime) -> Preview:
    """The roster of a task from the registers as they stand now; nobody's choice is asked."""
    today, detail = to_date(day_of(at)), rules_of(one)
    listed = register(one, today)
    officers, iids = team(one, today)
    pairs = [(code, iid) for iid, code in Relation.objects.values_list("iid", "code")]
    roster = build(
        listed,
        officers,
        pairs,
        went(iids, at - timedelta(days=detail.went)),
        slots_of(one),
        detail.rules,
        _day(one.first),
        _day(one.last),
    )
    names = dict(subjects.names_of(sid for sid, *_ in (*roster.subjects, *roster.excluded)))
    return Preview(roster, names | _inspectors(), moves(today), changes(one.kind, at))


def _inspectors() -> dict[str, str]:
    rows = list(Inspector.objects.filter(ended=None).values_list("iid", "person"))
    known = people.names_of(person for _, person in rows)
    return {iid: known.get(person, ("", ""))[0] for iid, person in rows}


def register(one: Task, today: date) -> list[Listed]:
    """The businesses of the task's kind as the registers say."""
    visits, last = visits_of_year(one.first.year), _last(one.items)  # the cap is that of the year of the task
    classes, known = subjects.classes_on(today), subjects.standing()
    rows = Business.objects.filter(ended=None)
    if one.kind != "any":
        rows = rows.filter(kinds__contains=[one.kind])
    found = []
    for row in rows.iterator():
        there = known.get(row.code)
        status = "closing" if row.closing else "existing"
        if there is not None and there[1] != "existing":
            status = there[1]
        found.append(
            Listed(
                row.code, classes.get(row.code, ""), status, _maybe(row.valid_until), row.head, visits.get(row.code, 0),
                last.get(row.code), there[2] if there else "",
            )
        )  # fmt: skip
    return found


def team(one: Task, today: date) -> tuple[list[Officer], dict[str, str]]:
    """(inspectors of the departments of a task, iid by person)."""
    units = [one.unit, *one.joined]
    posted = {(unit, person) for unit in units for person in people.holders(unit, POST, _day(today))}
    rows = Inspector.objects.filter(ended=None, unit__in=units)
    found = [
        Officer(
            row.iid, row.unit, tuple(row.pools), _day(row.valid_until), (row.unit, row.person) in posted,
            row.away_until is not None and row.away_until >= one.first,
        )
        for row in rows
    ]  # fmt: skip
    return found, {row.person: row.iid for row in rows}


def went(iids: Mapping[str, str], since: datetime) -> list[tuple[str, str]]:
    """(business, inspector) of every inspection since then, and of the last one of each business whenever it was."""
    rows = wall.ask(WENT, [since], wall.SYSTEM)
    return [(code, iids[person]) for code, *pair in rows for person in pair if person in iids]


def visits_of_year(year: int) -> dict[str, int]:
    """How many visits count for each business that had any in a year."""
    first, after = _year(year)
    given = [list(COUNTED), first, after, list(COUNTED), list(BEGAN), first, after]
    return dict(wall.ask(VISITS, given, wall.SYSTEM))


def _last(items: Sequence[str]) -> dict[str, int]:
    return {code: day_of(at) for code, at in wall.ask(LAST, [list(items)], wall.SYSTEM)}


def moves(today: date) -> dict[str, int]:
    """How many credit classes moved within 90 days, by direction ("B→A")."""
    found = Counter(
        f"{was or NO_CLASS}→{to}" for was, to in subjects.moves_since(today - timedelta(days=MOVED_DAYS))
    )
    return dict(sorted(found.items()))


def door(code: str, at: datetime) -> Door | None:
    """A business as its page shows it; None for a code that neither register has."""
    known = subjects.known(code)
    row = Business.objects.filter(code=code, ended=None).first()
    if known is None and row is None:
        return None
    today = to_date(day_of(at))
    detail, (first, after) = detail_on(today), _year(today.year)
    rows = wall.ask(DOOR, [code, first, after, list(BEGAN), code, first, after], wall.SYSTEM)
    text = lines.at(LINE, day_of(at))
    seen = tuple(
        Seen(when, units_name(units), channel_name(channel, text), channel in COUNTED, basis, number, scanned, n)
        for when, units, channel, basis, number, scanned, n in rows
    )  # fmt: skip
    cls = CLASSES[subjects.class_on(code, today) or NO_CLASS]
    what = tuple(kinds()[one] for one in row.kinds) if row else ()
    name, address = (known.name, known.address) if known else (code, "")
    return Door(code, name, address, today.year, detail.rules.cap, detail.source, seen, what, cls)


def channel_name(channel: str, text: Line) -> Say:
    """What a visit was for, in words."""
    if channel == OTHER:
        return Say("其他入企", "Another visit")
    row = text.matters[channel][0]
    return Say(row.name, row.name_en)


def loads(at: datetime, rows: Sequence[Inspector] | None = None) -> list[Load]:
    """Inspectors of the register (or these of them), with what they had to do this year and what they declared."""
    today = to_date(day_of(at))
    detail = detail_on(today)
    counts = {person: (n, left) for person, n, left in wall.ask(LOADS, [_year(today.year)[0]], wall.SYSTEM)}
    declared = dict(Relation.objects.values_list("iid").annotate(n=Count("pk")))
    whole = Business.objects.filter(ended=None).count()
    rows = list(Inspector.objects.filter(ended=None).order_by("unit", "iid")) if rows is None else rows
    names = people.names_of(row.person for row in rows)
    found = []
    for row in rows:
        n, left = counts.get(row.person, (0, 0))
        share = 100 * declared.get(row.iid, 0) / whole if whole else 0.0
        found.append(
            Load(
                row.iid, names.get(row.person, ("", ""))[0], unit_name(row.unit), row.certificate,
                tuple(pools()[one] for one in row.pools), row.valid_until, row.valid_until < today, n, left,
                declared.get(row.iid, 0), share, share > detail.flag,
            )
        )  # fmt: skip
    return found


def inspector_of(person: str) -> Inspector | None:
    """The entry of somebody on the register of inspectors."""
    return Inspector.objects.filter(person=person, ended=None).first()


def rounds(one: Task) -> list[Round]:
    """The draws of a task, the latest first."""
    return list(one.rounds.order_by("-pk"))


def _year(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=LOCAL), datetime(year + 1, 1, 1, tzinfo=LOCAL)


def _day(value: date) -> int:
    return people.to_day(value)


def _maybe(value: date | None) -> int | None:
    return people.maybe_day(value)


DROPPED = """select t.number, c.title from inspections_taken t join inspections_round r on r.id = t.round_id and r.task_id = %s
    join cases_case c on c.number = t.number and c.outcome = 'not_inspected'
    where not exists (select 1 from inspections_taken o where o.round_id = t.round_id and o.instead = t.code) order by t.id"""


def dropped(one: Task) -> list[tuple[str, str]]:
    """(number, business) of inspections that ended as not inspected and have no substitute yet."""
    return [(number, title) for number, title in wall.ask(DROPPED, [one.pk], wall.SYSTEM)]


MINE = """select c.number, c.title from cases_case c where c.line = 'inspections' and not c.final and c.data->>'subject' = %s
    and %s in (c.parties->>'first', c.parties->>'second') and not exists (select 1 from inspections_visit v where v.number = c.number)
    order by c.id limit 20"""


def cases_of(person: str, code: str) -> list[tuple[str, str]]:
    """(number, title) of the inspections of a business that are this person's and have no visit registered yet."""
    return [(number, title) for number, title in wall.ask(MINE, [code, person], wall.SYSTEM)]
