"""Reads for everybody: reports, commitments, goals, indicators and readings as open data.

What is not public (openness.py) is not here, and no person is named anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.record.queries import told
from bihuan.targets import living, queries, sift
from bihuan.targets.models import Commitment, Indicator, Reading, Report, Target
from bihuan.targets.openness import public_goal, public_indicator

MOST = 200  # rows of one page
RELEASED = "targets_release"  # a day of it, as the public log names it
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page; `next` is the place to go on from, None on the last page."""

    rows: tuple[Row, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: a report by its id, a unit that leads, an indicator by its id; empty narrows nothing."""

    report: str = ""
    unit: str = ""
    indicator: str = ""


def publisher(at: datetime | int) -> tuple[str, Say]:
    """(code, name) of the government whose promises these are, as the supervision line names it."""
    day = to_instant(at) // 86400
    code = str(lines.at(queries.LINE, day).param("government", day).value)
    return code, people.known(people.change()).names.get(code, Say(code, code))


def report_id(report: Report) -> str:
    """The same wherever the same text is kept: its digest's first twelve digits."""
    return str(report.sha256)[:12]


def indicator_id(one: Indicator) -> str:
    """From what the indicator is: place, name, unit, scope."""
    return _digest(one.place, one.name, one.unit, one.scope)


def reading_id(one: Reading, indicator: str) -> str:
    """From the figure, its year and when it was written down: a correction has an id of its own."""
    return _digest(
        indicator, one.year, one.value.normalize(), one.status, one.source, one.added_at.isoformat()
    )


def _digest(*parts: Any) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def reports(ask: Ask, after: int, limit: int, at: datetime | int) -> Page:
    """Reports in the order they were added."""
    rows = _report(Report.objects.all(), "", ask).defer("text", "findings")
    return _page(rows, after, limit, lambda some: [_report_row(one) for one in some])


def _report_row(one: Report) -> Row:
    return {
        "id": report_id(one), "place": one.place, "year": one.year, "title": one.title, "delivered": one.delivered,
        "source": one.source, "sha256": one.sha256, "page": reverse("living-report-of", args=[one.pk]),
        "text": reverse("report-text", args=[one.pk]),
    }  # fmt: skip


def commitments(ask: Ask, after: int, limit: int, at: datetime | int) -> Page:
    """Public commitments with their sentence, lead unit, holder and standing."""
    rows = _report(Commitment.objects.filter(public=True), "report__", ask).select_related(
        "report", "target__indicator"
    )
    if ask.unit:
        rows = rows.filter(lead_id=ask.unit)
    return _page(
        rows.defer("report__text", "report__findings"), after, limit, lambda some: _commitment_rows(some, at)
    )


def _commitment_rows(some: Sequence[Commitment], at: datetime | int) -> list[Row]:
    places = _sentences({one.report_id for one in some})
    return [
        {
            "id": f"{report_id(f.row.report)}:{f.key}" + (f":{f.row.part}" if f.row.part > 1 else ""),
            "report": report_id(f.row.report), "title": f.row.title, "text": f.row.quote,
            **_link(f.row.report_id, f.key, places), "category": f.row.category, "measurability": f.row.measurability,
            "rated": f.row.rated, "lead": f.row.lead_id, "lead_title": f.lead, "result": f.row.result,
            "target": f"{report_id(f.row.report)}:{f.row.target.key}" if f.row.target else "",
            "case": f.head.number if f.head else "", "state": f.head.state if f.head else "",
            "state_title": f.head.state_title if f.head else Say("", ""), "standing": sift.standing(f),
            "holder": f.head.holder if f.head and not f.head.holder.startswith("r:") else "",
            "holder_title": f.head.holder_title if f.head else Say("", ""),
            "due": f.head.due_at if f.head and not f.head.final else None, "closed": f.head.closed_at if f.head else None,
        }
        for f in queries.followed(some, at)
    ]  # fmt: skip


def targets(ask: Ask, after: int, limit: int, at: datetime | int) -> Page:
    """Goals on which a public commitment stands."""
    rows = _report(Target.objects.filter(public_goal()), "report__", ask).select_related(
        "report", "indicator"
    )
    if ask.unit:
        rows = rows.filter(commitments__lead_id=ask.unit).distinct()
    return _page(rows.defer("report__text", "report__findings"), after, limit, _target_rows)


def _target_rows(some: Sequence[Target]) -> list[Row]:
    places = _sentences({one.report_id for one in some})
    return [
        {
            "id": f"{report_id(one.report)}:{one.key}", "report": report_id(one.report), "text": one.text,
            **_link(one.report_id, one.key, places), "kind": one.kind, "comparator": one.comparator,
            "value": _number(one.value), "unit": one.unit, "by": one.by_year, "horizon": one.horizon,
            "indicator": indicator_id(one.indicator) if one.indicator else "",
        }
        for one in some
    ]  # fmt: skip


def indicators(ask: Ask, after: int, limit: int, at: datetime | int) -> Page:
    """What public goals are measured by, and what formulas compute."""
    rows = Indicator.objects.filter(public_indicator())
    return _page(rows, after, limit, lambda some: [_indicator_row(one) for one in some])


def _indicator_row(one: Indicator) -> Row:
    return {
        "id": indicator_id(one),
        "place": one.place,
        "name": one.name,
        "unit": one.unit,
        "scope": one.scope,
    }


def readings(ask: Ask, after: int, limit: int, at: datetime | int) -> Page:
    """Every figure that was written down, corrections included, each with its source."""
    rows = Reading.objects.filter(public_indicator("indicator_id")).select_related("indicator").order_by("pk")
    if ask.indicator:
        known = [
            one.pk
            for one in Indicator.objects.filter(public_indicator())
            if indicator_id(one) == ask.indicator
        ]
        rows = rows.filter(indicator_id__in=known)
    return _page(rows, after, limit, lambda some: [_reading_row(one) for one in some])


def _reading_row(one: Reading) -> Row:
    indicator = indicator_id(one.indicator)
    return {
        "id": reading_id(one, indicator), "indicator": indicator, "name": one.indicator.name, "unit": one.indicator.unit,
        "scope": one.indicator.scope, "year": one.year, "month": one.month, "value": _number(one.value), "status": one.status, "kind": one.kind,
        "formula": one.formula, "version": one.version, "source": one.source, "added": one.added_at,
    }  # fmt: skip


Read = Callable[[Ask, int, int, datetime | int], Page]


def everything(read: Read, ask: Ask, at: datetime | int) -> Iterator[Row]:
    """All rows, page after page; only one page is held at a time."""
    place: int | None = 0
    while place is not None:
        page = read(ask, place, MOST, at)
        yield from page.rows
        place = page.next


def _page(rows: QuerySet[Any], after: int, limit: int, shown: Callable[[Any], Sequence[Row]]) -> Page:
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return Page(tuple(shown(found)) if found else (), found[-1].pk if more else None)


def _report(rows: QuerySet[Any], before: str, ask: Ask) -> QuerySet[Any]:
    return rows.filter(**{f"{before}sha256__startswith": ask.report}) if ask.report else rows


def _sentences(reports: Collection[int]) -> dict[tuple[int, str], str]:
    """The permanent key of the sentence that holds each mark, one pass over each report."""
    out = {}
    for pk, report in Report.objects.in_bulk(reports).items():
        starts = [(m.key, m.start) for m in living.marks(report.findings) if m.kind in living.PROPOSALS]
        pieces = [one for p in living.lay_out(report.text, report.findings, (), ()) for one in p.sentences]
        for key, start in starts:
            out[pk, key] = next((one.key for one in pieces if one.start <= start < one.end), "")
    return out


def _link(report: int, key: str, places: Mapping[tuple[int, str], str]) -> Row:
    """The mark's own page, and the sentence in the report by its permanent key."""
    sentence = places.get((report, key), "")
    page = reverse("living-report-of", args=[report])
    return {"page": reverse("mark", args=[report, key]), "sentence": f"{page}#{sentence or key}"}


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


READS: dict[str, Read] = {
    "reports": reports, "commitments": commitments, "targets": targets, "indicators": indicators, "readings": readings,
}  # fmt: skip


def file_of(home: Path, day: date, kind: str) -> Path:
    """Where the CSV of a data set lies as it was released on a day."""
    return home / "open" / day.isoformat() / f"{kind}.csv"


def days() -> list[tuple[date, dict[str, str]]]:
    """The days that were released, the last first, with the SHA-256 of each file as the public log has it."""
    return [(date.fromisoformat(about.split(" ")[1]), said["files"]) for about, said in told(f"{RELEASED} ")]


def told_days(home: Path) -> dict[str, dict[str, Any]]:
    """What the public log should say of the days released, by the files that are there."""
    return {
        f"{RELEASED} {folder.name}": {
            "files": {f.stem: sha256(f.read_bytes()).hexdigest() for f in folder.glob("*.csv")}
        }
        for folder in sorted((home / "open").glob("*-*-*"))
    }
