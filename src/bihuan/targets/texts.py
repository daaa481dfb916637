"""Reads of the texts of reports: which one of a place and year is in force, their originals, how two of them differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, QuerySet, Subquery

from bihuan.core.report import NotAReport, read
from bihuan.core.report.beside import Difference, differences, same_words
from bihuan.core.report.follow.conflicts import conflicts
from bihuan.core.report.follow.shapes import Conflict
from bihuan.core.report.follow.shapes import Report as Sound
from bihuan.core.report.follow.stated import Sentences, promises, reported
from bihuan.core.say import Say
from bihuan.targets.found import reader_digest
from bihuan.targets.living import span_of
from bihuan.targets.models import Adoption, Commitment, Original, Report, Rereading


class NoSuchText(Exception):
    """There is no report or original of this number."""


def of(place: str, year: int) -> list[Report]:
    """All texts of one place and year in the order in which they were added, without text and findings."""
    return list(Report.objects.filter(place=place, year=year).order_by("id").defer("text", "findings"))


def in_force(place: str, year: int) -> int | None:
    """The text that a person adopted last, else the one that came first; None where there is none."""
    return _first(Report.objects.filter(place=place, year=year))


def others(report: Report) -> tuple[bool, list[Report]]:
    """(whether this text is in force, the other texts of its place and year); one query."""
    rows = Report.objects.filter(place=report.place, year=report.year).defer("text", "findings")
    found = list(_ordered(rows))
    return found[0].pk == report.pk, [one for one in found if one.pk != report.pk]


def newest() -> int | None:
    """The report that readers see first: in force, of the last year, of the place whose report came first."""
    own = Report.objects.order_by("id").values("place")[:1]
    return _first(Report.objects.filter(place=Subquery(own)))


def _ordered(rows: QuerySet[Report]) -> QuerySet[Report]:
    said = rows.annotate(said=Max("adoptions__id"))
    return said.order_by("-year", F("said").desc(nulls_last=True), "id")


def _first(rows: QuerySet[Report]) -> int | None:
    return _ordered(rows).values_list("pk", flat=True).first()


def whole(pk: int) -> Report:
    """A report with its text and findings; NoSuchText."""
    row = Report.objects.filter(pk=pk).first()
    if row is None:
        raise NoSuchText(f"no report {pk}")
    return row


def twin(text: str, place: str, year: int) -> Report | None:
    """A text of the place and year that says the same in another layout."""
    rows = Report.objects.filter(place=place, year=year).order_by("id").defer("findings")
    return next((row for row in rows if same_words(row.text, text)), None)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A report with its originals, the other texts of its place and year, and what was decided about them."""

    report: Report
    originals: tuple[Original, ...]
    others: tuple[Report, ...]
    in_force: bool
    adoptions: tuple[Adoption, ...]
    rereadings: tuple[Rereading, ...]

    @property
    def outdated(self) -> bool:
        """Whether another version of the reader made what is kept."""
        return self.report.reader != reader_digest()


def shelf(pk: int) -> Shelf:
    """Everything about one text; NoSuchText."""
    row = Report.objects.defer("text", "findings").filter(pk=pk).first()
    if row is None:
        raise NoSuchText(f"no report {pk}")
    return Shelf(
        row, tuple(row.originals.all()), tuple(one for one in of(row.place, row.year) if one.pk != pk),
        in_force(row.place, row.year) == pk,
        tuple(Adoption.objects.filter(report__place=row.place, report__year=row.year).select_related("report", "by")),
        tuple(row.rereadings.defer("before")),
    )  # fmt: skip


def shelves() -> list[Shelf]:
    """All reports, the newest year first."""
    return [shelf(pk) for pk in Report.objects.order_by("-year", "place", "id").values_list("pk", flat=True)]


def original(pk: int, digest: str) -> Original:
    """An original of a report by the digest of its bytes; NoSuchText."""
    row = Original.objects.filter(report_id=pk, sha256=digest).first()
    if row is None:
        raise NoSuchText(f"report {pk} has no original {digest[:12]}")
    return row


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts and where they differ: sentences, and the indicators of which they state different figures."""

    one: Report
    other: Report
    figures: tuple[Difference, ...]
    words: tuple[Difference, ...]
    named: tuple[Conflict, ...]

    @property
    def both(self) -> tuple[Report, Report]:
        return self.one, self.other

    @property
    def groups(self) -> tuple[tuple[Say, tuple[Difference, ...]], ...]:
        """Figures first, then words."""
        return (Say("数不同", "Different figures"), self.figures), (
            Say("文字不同", "Different words"),
            self.words,
        )


def beside(pk: int, other: int) -> Beside:
    """Two texts of one place and year side by side; NoSuchText where they are not that."""
    rows = {row.pk: row for row in Report.objects.filter(pk__in=(pk, other))}
    if (
        pk == other
        or len(rows) < 2
        or (rows[pk].place, rows[pk].year) != (rows[other].place, rows[other].year)
    ):
        raise NoSuchText(f"reports {pk} and {other} are not two texts of one place and year")
    found = differences(rows[pk].text, rows[other].text)
    return Beside(
        rows[pk], rows[other], tuple(d for d in found if d.figure), tuple(d for d in found if not d.figure),
        named([(str(row.pk), row.place, row.year, row.text) for row in (rows[pk], rows[other])]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Concerned:
    """A task whose sentence reads otherwise in the other text: `says` is that other sentence, "" where it has none."""

    row: Commitment
    says: str


def concerned(found: Beside, in_force: int | None) -> tuple[Concerned, ...]:
    """Tasks that stand on a sentence which the text in force words otherwise or lacks, in the order of their text.

    They keep the words they were confirmed with; whether the goal changes is decided one by one, by two people.
    """
    out = list[Concerned]()
    for report, side in ((found.one, 0), (found.other, 1)):
        if report.pk == in_force:
            continue
        pairs = [
            (d.one_span, d.other) if side == 0 else (d.other_span, d.one)
            for d in (*found.figures, *found.words)
        ]
        rows = Commitment.objects.filter(report=report).select_related("target").prefetch_related("sources")
        for row in rows.order_by("id"):
            spans = [span_of(source.key) for source in row.sources.all()]
            for span, runs in pairs:
                if span and any(a < span[1] and span[0] < b for a, b in spans):
                    out.append(Concerned(row, "".join(words for words, _ in runs)))
                    break
    return tuple(out)


def named(rows: Iterable[tuple[str, str, int, str]]) -> tuple[Conflict, ...]:
    """Indicators whose figures differ between texts (name, place, year, text), reported or promised."""
    past, plan = list[Any](), list[Any]()
    for name, place, year, text in rows:
        try:
            sound = Sound(name, place, year, text, read(text))
        except NotAReport:  # an older text that today's reader no longer takes for a report
            continue
        marks = Sentences(text)
        past += reported(sound, marks)
        plan += promises(sound, marks)
    return (*conflicts(past), *conflicts(plan))
