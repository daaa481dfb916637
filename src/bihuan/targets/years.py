"""Promises of one place over years: the reports that are kept, and what each says of the promises of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, Max
from django.db.models.fields.json import KT

from bihuan.core.report import NotAReport, read
from bihuan.core.report.follow import Followed, Following, Statement, follow
from bihuan.core.report.follow import Report as Sound
from bihuan.core.report.follow.shown import MARKS, RATED
from bihuan.targets import living, texts
from bihuan.targets.models import Report

LISTED = (*RATED, "base_changed")  # what is shown until the reader asks for one verdict
KEPT_READY = 8  # places and reports whose reading stays in memory


class NoSuchPlace(Exception):
    """There is no report of this place."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report in force: its number, the year it plans, the digest of its text and of the reader that read it."""

    pk: int
    year: int
    sha256: str
    reader: str


@dataclass(frozen=True, slots=True)
class Years:
    """One place: its reports by the year they plan, and what following them yields; None with fewer than two."""

    place: str
    places: tuple[str, ...]
    reports: tuple[Kept, ...]
    found: Following | None


def over_years(place: str = "") -> Years:
    """The promises of a place, of the one whose report came first where none is named; NoSuchPlace."""
    places = tuple(Report.objects.order_by("place").values_list("place", flat=True).distinct())
    if not place and (newest := texts.newest()):
        place = Report.objects.values_list("place", flat=True).get(pk=newest)
    if place not in places:
        raise NoSuchPlace(f"no report of {place or 'any place'}")
    reports = _in_force(place)
    return Years(place, places, reports, _followed(reports) if len(reports) > 1 else None)


def _in_force(place: str) -> tuple[Kept, ...]:
    """The report in force of every year, by the year it plans; a text that states none is left out."""
    rows = Report.objects.filter(place=place).annotate(
        said=Max("adoptions__id"), plan=KT("findings__meta__plan_year")
    )
    ordered = rows.order_by("year", F("said").desc(nulls_last=True), "id").values_list(
        "pk", "year", "sha256", "reader", "plan"
    )
    found: dict[int, Kept] = {}
    for pk, year, digest, reader, plan in ordered:
        if plan and plan != "null":
            found.setdefault(year, Kept(pk, int(plan), digest, reader))
    return tuple(sorted(found.values(), key=lambda one: (one.year, one.pk)))


@lru_cache(maxsize=KEPT_READY)
def _followed(reports: tuple[Kept, ...]) -> Following:
    """Read the texts as today's reader does and follow them; texts never change, so this is done once."""
    sound = []
    for row in Report.objects.filter(pk__in=[one.pk for one in reports]).defer("findings"):
        try:
            reading = read(row.text)
        except NotAReport:  # an older text that today's reader no longer takes for a report
            continue
        if reading.meta.plan_year is not None:
            sound.append(Sound(str(row.pk), row.place, reading.meta.plan_year, row.text, reading))
    return follow(sound)


def sentence_of(page: Years, one: Statement) -> tuple[int, str]:
    """The report that makes a statement, and the key of its sentence; empty where the page shows none."""
    pk, at = int(one.report), one.span[0]
    kept = next(kept for kept in page.reports if kept.pk == pk)
    return pk, next((key for start, end, key in _sentences(kept) if start <= at < end), "")


@lru_cache(maxsize=KEPT_READY)
def _sentences(kept: Kept) -> tuple[tuple[int, int, str], ...]:
    """Start, end and key of every sentence of a report, for permanent links."""
    row = Report.objects.get(pk=kept.pk)
    return tuple(
        (one.start, one.end, one.key) for part in living.lay_out(row.text, row.findings, (), ()) for one in part.sentences
    )  # fmt: skip


def asked(found: Following, verdict: str) -> dict[int, list[Followed]]:
    """Pairs by the year they were promised for: those of one verdict, or those that say something."""
    out: dict[int, list[Followed]] = {}
    for pair in found.pairs:
        if pair.verdict == verdict if verdict in MARKS else pair.verdict in LISTED:
            out.setdefault(pair.due, []).append(pair)
    return dict(sorted(out.items(), reverse=True))
