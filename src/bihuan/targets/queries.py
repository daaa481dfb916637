"""Reads of the report: the living page, one mark, commitments with their cases. The desk has its own in board.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Value, When

from bihuan import lines
from bihuan.cases import queries as cases
from bihuan.cases import wall
from bihuan.cases.edge import to_instant
from bihuan.cases.heads import HEAD, Titles, head_of
from bihuan.cases.shapes import Tracked
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.targets import around, living, sift, texts
from bihuan.targets.living import Mark, Note, Paragraph
from bihuan.targets.models import Commitment, Decision, Reading, Report
from bihuan.targets.openness import public_indicator
from bihuan.targets.parts import Followed, Section
from bihuan.targets.paths import GoalPath, Point, Readings, goal_path
from bihuan.targets.sift import Sift
from bihuan.targets.suggest import Suggestion, suggest

LINE = "supervision"
ALL = Sift()
COMPUTED_LAST = Case(When(kind="computed", then=Value(1)), default=Value(0))


class NoSuchReport(Exception):
    """There is no report of this number, or the report has no such mark."""


def office(day: int) -> str:
    """The unit that confirms and supervises commitments on a day."""
    return str(lines.at(LINE, day).param("office", day).value)


def measurability(mark: Mark) -> str:
    """quantified, deliverable, output or soft. A goal without a figure or a state one could check is soft."""
    if mark.kind == "task":
        return str(mark.fact["measurability"])
    if not mark.fact["stated"]:
        return "soft"
    return "quantified" if mark.fact["norm_value"] is not None else "deliverable"


def doubtful_numbers(findings: Mapping[str, Any], mark: Mark) -> list[Mark]:
    """The doubts that lie on a number of this mark."""
    numbers = [q["span"] for q in findings["quantities"] if q["suspicious"] and tuple(q["span"]) in mark]
    return [
        one for one in living.marks(findings)
        if one.kind == "doubt" and any(one.start < b and a < one.end for a, b in numbers)
    ]  # fmt: skip


def suggest_lead(mark: Mark, report: Report, at: datetime | int) -> Suggestion | None:
    """Who would probably lead this promise, with the reason; a suggestion only."""
    known = people.known(people.change())
    return lead_for(mark, known, to_instant(at) // 86400)


def lead_for(mark: Mark, known: Any, day: int) -> Suggestion | None:
    """The same with what is known of units and duties at hand, for many marks."""
    fact = mark.fact
    own = [fact.get("canonical") or "", fact["text"]] if mark.kind == "goal" else [
        *fact["projects"], *fact["objects"], fact["text"]
    ]  # fmt: skip
    return suggest([*own, *reversed(fact["section"])], known.duties, known.names, day)


def suggested_why(case: int, unit: str) -> str:
    """Why this unit was suggested when the promise of this case was confirmed; "" where it was not."""
    found = Commitment.objects.filter(case_id=case, suggested_id=unit).values_list("suggested_why", flat=True)
    return found.first() or ""


# --- reports ---------------------------------------------------------------------------------------------------


def reports() -> list[Report]:
    """All reports without their text, the newest first."""
    return list(Report.objects.defer("text", "findings"))


def report(pk: int | None = None) -> Report:
    """The report of this number, the newest in force without one; NoSuchReport."""
    wanted = texts.newest() if pk is None else pk
    found = None if wanted is None else Report.objects.filter(pk=wanted).first()
    if found is None:
        raise NoSuchReport(f"no report {pk}")
    return found


def read_notes(found: Report) -> tuple[tuple[Mark, ...], tuple[Note, ...]]:
    every = living.marks(found.findings)
    return every, living.notes(found.findings, every)


def followed(rows: Iterable[Commitment], at: datetime | int) -> list[Followed]:
    """Commitments with their cases, in a fixed number of queries. What a promise's case stands at is public."""
    found, now = list(rows), to_instant(at)
    titles = Titles()
    sql = f"select {HEAD} from cases_case c where c.id = any(%s)"
    heads = {}
    if found:
        for raw in wall.ask(sql, [[row.case_id for row in found]], wall.ALL):
            heads[raw[0]] = head_of(raw, titles, now)
    return [
        Followed(row, titles.known.names.get(row.lead_id) or Say(row.lead_id, row.lead_id), heads.get(row.case_id))
        for row in found
    ]  # fmt: skip


def by_mark(found: Iterable[Followed]) -> dict[str, Followed]:
    """For every mark that a commitment stands on the first commitment of it."""
    rows, out = list(found), dict[str, Followed]()
    models.prefetch_related_objects([one.row for one in rows], "sources")
    for one in rows:
        for source in one.row.sources.all():
            out.setdefault(source.key, one)
    return out


@dataclass(frozen=True, slots=True)
class Living:
    """All that the living page shows."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    kept: tuple[bool, ...]  # for each paragraph whether it is shown at once
    shown: int  # marks that are wanted
    sections: tuple[Section, ...]
    counts: Mapping[str, int]
    notes: tuple[Note, ...]
    followed: Mapping[str, Followed]
    decided: Mapping[tuple[int, int], Decision]
    paths: Mapping[str, GoalPath]  # by the mark of the goal
    leads: Mapping[str, Suggestion]


def living_page(pk: int | None, at: datetime | int, ask: Sift = ALL) -> Living:
    """The report with its marks and notes; of the marks only those that `ask` wants."""
    found = report(pk)
    findings = found.findings
    every, beside = read_notes(found)
    sections = contents(found, every)
    followers = by_mark(followed(found.commitments.filter(public=True), at))
    span = sift.section_span(sections, ask.topic, len(found.text))
    shown = sift.wanted(every, ask, followers, span)
    keys = {mark.key for mark in shown}
    near = tuple(n for n in beside if ask == ALL or (n.mark is not None and n.mark.key in keys))
    readings = readings_of(found)
    ways = {}
    for mark in every:
        if mark.kind == "goal":
            way = goal_path(findings, mark.fact, *readings)
            if way:
                ways[mark.key] = way
    known, day = people.known(people.change()), to_instant(at) // 86400
    leads = {
        n.mark.key: lead for n in near
        if n.mark and n.mark.kind == "goal" and (lead := lead_for(n.mark, known, day))
    }  # fmt: skip
    paragraphs = living.lay_out(found.text, findings, shown, near)
    return Living(
        report=found,
        paragraphs=paragraphs,
        kept=tuple(sift.kept(paragraphs, ask, shown, span) if ask.narrow else [True] * len(paragraphs)),
        shown=len(shown),
        sections=sections,
        counts={kind: sum(m.kind == kind for m in every) for kind in living.ORDER},
        notes=beside,
        followed=followers,
        decided=decisions(found),
        paths=ways,
        leads=leads,
    )


def contents(found: Report, every: Sequence[Mark]) -> tuple[Section, ...]:
    """Parts and their sections, each with the marks up to the next heading of its level or above."""
    heads = [row for row in found.findings["outline"] if row["kind"] == "heading" and row["level"] <= 2]
    out = []
    for i, row in enumerate(heads):
        a = row["span"][0]
        b = next((h["span"][0] for h in heads[i + 1 :] if h["level"] <= row["level"]), len(found.text))
        n = sum(a <= m.start < b for m in every)
        out.append(Section(a, row["level"], found.text[slice(*row["span"])], n))
    return tuple(out)


def readings_of(found: Report, staff: bool = False) -> tuple[Readings, Readings]:
    """(yearly, monthly) readings of the place by (name, unit, scope): for a year a computed one holds, else the latest written.

    Those of indicators that are not public are there for staff only.
    """
    shown = Reading.objects.filter(indicator__place=found.place)
    if not staff:
        shown = shown.filter(public_indicator("indicator_id"))
    rows = shown.values_list(
        "indicator__name", "indicator__unit", "indicator__scope", "year", "month", "value", "status", "source", "kind"
    ).order_by(COMPUTED_LAST, "id")  # fmt: skip
    years, months = list[Any](), list[Any]()
    for name, unit, scope, year, month, value, status, source, kind in rows:
        point = Point(year, float(value), status == "expected", source, kind == "computed", month)
        (months if month else years).append(((name, unit, scope), point))
    return _latest(years), _latest(months)


def _latest(rows: Iterable[tuple[tuple[str, str, str], Point]]) -> Readings:
    """Of each indicator the points in the order of time; for a year or month the last one holds."""
    held: dict[tuple[str, str, str], dict[tuple[int, int], Point]] = {}
    for key, point in rows:
        held.setdefault(key, {})[point.year, point.month] = point
    return {key: sorted(points.values(), key=lambda p: (p.year, p.month)) for key, points in held.items()}


def decisions(found: Report) -> dict[tuple[int, int], Decision]:
    """What was decided for each doubtful place: the latest holds."""
    return {(row.start, row.end): row for row in found.decisions.order_by("id")}


# --- one mark --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkPage:
    """Everything about one mark."""

    report: Report
    mark: Mark
    before: str
    words: str
    after: str
    checks: tuple[Mapping[str, Any], ...]
    doubts: tuple[Mark, ...]
    decided: tuple[Decision, ...]
    mentions: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    path: GoalPath | None
    readings: tuple[Reading, ...]
    followed: Followed | None
    tracked: Tracked | None
    lead: Suggestion | None
    inside: tuple[Mark, ...]
    around: tuple[Mark, ...]
    measurability: str


def mark_page(pk: int, key: str, at: datetime | int, staff: bool = False) -> MarkPage:
    """One mark with its evidence, arithmetic, decisions, indicator and case; NoSuchReport.

    Commitments that are not public are there for staff only.
    """
    found = report(pk)
    every = living.marks(found.findings)
    mark = next((m for m in every if m.key == key), None)
    if mark is None:
        raise NoSuchReport(f"no mark {key}")
    span = (mark.start, mark.end)
    checks = tuple(
        c for c in found.findings["checks"] if any(tuple(s) in mark or _within(span, s) for s in c["spans"])
    )
    proposal = mark.kind in living.PROPOSALS
    open_to = {} if staff else {"public": True}
    rows = (
        followed(found.commitments.filter(sources__key=key, **open_to).order_by("pk"), at) if proposal else []
    )
    one = rows[0] if rows else None
    a, b = around.sentence(found.text, mark)
    return MarkPage(
        report=found,
        mark=mark,
        before=found.text[a : mark.start],
        words=found.text[mark.start : mark.end],
        after=found.text[mark.end : b],
        checks=checks,
        doubts=tuple(m for m in every if m.kind == "doubt" and m.start < mark.end and mark.start < m.end and m != mark),
        decided=tuple(found.decisions.select_related("by").filter(start__lt=mark.end, end__gt=mark.start)),
        mentions=around.mentions(found.text, found.findings["links"], mark),
        path=goal_path(found.findings, mark.fact, *readings_of(found, staff)) if mark.kind == "goal" else None,
        readings=tuple(one.row.target.indicator.readings.all()) if one and one.row.target and one.row.target.indicator else (),
        followed=one,
        tracked=cases.tracked(one.row.case_id, at) if one else None,
        lead=suggest_lead(mark, found, at) if proposal else None,
        inside=tuple(m for m in every if m != mark and (m.start, m.end) in mark),
        around=tuple(m for m in every if m != mark and (mark.start, mark.end) in m),
        measurability=measurability(mark) if proposal else "",
    )  # fmt: skip


def _within(span: tuple[int, int], other: Sequence[int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


# --- the desk --------------------------------------------------------------------------------------------------


def tally(found: Iterable[Followed]) -> dict[str, int]:
    """How many promises are followed, closed as done, missed, late."""
    rows = [one for one in found if one.head]
    return {
        "all": len(rows),
        "open": sum(not one.head.final for one in rows if one.head),
        "done": sum(one.head.final and one.head.outcome in ("done", "fixed") for one in rows if one.head),
        "late": sum(one.head.late and not one.head.final for one in rows if one.head),
    }
