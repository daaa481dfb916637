"""All reads of scores: what is published, one version, one unit down to the cases, what waits on the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from bihuan.core.log.entry import canonical
from bihuan.core.say import Say
from bihuan.core.score.scheme import ExtraScore, Part, PartScore, Published, Scheme, UnitScore
from bihuan.scores.models import Appeal, Counting, Publication, Result, Ruling, Scoring
from bihuan.scores.schemes import thaw


class NoSuchScore(Exception):
    """There is no such computation, publication, appeal or unit in it."""


def scoring(pk: int) -> Scoring:
    found = Scoring.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchScore(f"no computation {pk}")
    return found


def publication(pk: int) -> Publication:
    found = Publication.objects.select_related("scoring").filter(pk=pk).first()
    if found is None:
        raise NoSuchScore(f"no publication {pk}")
    return found


def appeal(pk: int) -> Appeal:
    rows = Appeal.objects.select_related("publication__scoring", "ruling")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NoSuchScore(f"no appeal {pk}")
    return found


def versions(scheme: str, year: int, month: int) -> list[Publication]:
    """Every published version of a period, the newest first."""
    rows = Publication.objects.select_related("scoring")
    return list(rows.filter(scheme=scheme, year=year, month=month).order_by("-number"))


def struck(scheme: str, year: int, month: int) -> list[list[Any]]:
    """What upheld appeals of a period leave out: ruling, unit, item, number, reason; oldest first."""
    rows = Ruling.objects.filter(
        upheld=True, appeal__publication__scheme=scheme, appeal__publication__year=year,
        appeal__publication__month=month,
    ).select_related("appeal")  # fmt: skip
    return [
        [row.pk, row.appeal.unit, row.appeal.item, number, row.reason]
        for row in rows.order_by("id")
        for number in row.struck
    ]


def counted_numbers(scoring_id: int, unit: str, item: str) -> set[str]:
    """Numbers of the cases that count for a unit in an item."""
    row = Counting.objects.filter(scoring=scoring_id, unit=unit, item=item).first()
    return {*row.cases["numerator"], *row.cases["denominator"]} if row else set()


def leads(results: Iterable[Result]) -> dict[str, list[str]]:
    """The one-vote items whose number is reached, by unit: leads, not findings."""
    out = {}
    for row in results:
        reached = [one["key"] for one in row.detail["extras"] if one["side"] == "veto" and one["reached"]]
        if reached:
            out[row.unit] = reached
    return out


def unit_scores(results: Iterable[Result]) -> list[UnitScore]:
    """The stored results as the core knows them."""
    return [
        UnitScore(
            row.unit, row.group, tuple(part_score(one) for one in row.detail["parts"]),
            tuple(extra_score(one) for one in row.detail["extras"]), row.possible, row.total, row.bound, row.small,
            row.place,
        )
        for row in results
    ]  # fmt: skip


def part_score(row: Mapping[str, Any]) -> PartScore:
    return PartScore(
        row["key"], row["k"], row["n"], row["left_out"], _decimal(row["points"]), _decimal(row["bound"]), row["low"],
        row["high"], row["small"], row["warned"],
    )  # fmt: skip


def extra_score(row: Mapping[str, Any]) -> ExtraScore:
    return ExtraScore(
        row["key"], row["side"], row["n"], row["left_out"], Decimal(row["points"]), row["reached"]
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in a table, with the place it was published with."""

    unit: str
    title: Say
    score: UnitScore
    place: int | None
    veto: str
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A part over the whole district, whoever answers for the cases: the figure other pages read."""

    part: Part
    k: int
    n: int
    left_out: int
    nobody: int  # of the denominator, what no unit answers for
    others: int  # of the denominator, what units answer for that are not scored
    reading: Published | None


@dataclass(frozen=True, slots=True)
class Table:
    """One computation as it is shown: groups of units, the district's own figures, appeals, other versions."""

    scoring: Scoring
    published: Publication | None
    scheme: Scheme
    groups: tuple[tuple[Say, tuple[Row, ...]], ...]
    whole: tuple[Whole, ...]
    appeals: tuple[Appeal, ...]
    versions: tuple[Publication, ...]

    @property
    def newest(self) -> bool:
        return not self.versions or self.published is None or self.versions[0].pk == self.published.pk


def table(found: Scoring, published: Publication | None) -> Table:
    """A computation with everything about it, in a fixed number of queries."""
    scheme = thaw(found.frozen)
    results = list(found.results.order_by("id"))
    reached = leads(results)
    places = published.places if published else {row.unit: row.place for row in results}
    vetoes = published.vetoes if published else {}
    rows = [
        Row(one.unit, title_of(found, one.unit), one, places.get(one.unit), vetoes.get(one.unit, ""), tuple(reached.get(one.unit, ())))
        for one in unit_scores(results)
    ]  # fmt: skip
    groups = tuple(
        (group.title, tuple(sorted((row for row in rows if row.score.group == group.key), key=_order)))
        for group in scheme.groups
    )
    appeals = Appeal.objects.filter(
        publication__scheme=found.scheme, publication__year=found.year, publication__month=found.month
    )
    return Table(
        found, published, scheme, groups, _whole(found, scheme),
        tuple(appeals.select_related("ruling", "publication")), tuple(versions(found.scheme, found.year, found.month)),
    )  # fmt: skip


def _order(row: Row) -> tuple[bool, bool, int, str]:
    return row.score.total is None, row.place is None, row.place or 0, row.unit


def title_of(found: Scoring, unit: str) -> Say:
    """A unit's name as it was when the figures were made."""
    name, name_en, _kind = found.units.get(unit, [unit, unit, ""])
    return Say(name, name_en)


def _whole(found: Scoring, scheme: Scheme) -> tuple[Whole, ...]:
    rows = list(found.countings.defer("cases"))
    named = {one.part: one for one in scheme.readings}
    out = []
    for part in scheme.parts:
        mine = [row for row in rows if row.item == part.key]
        scored = [
            row for row in mine if row.unit and scheme.group_of(found.units.get(row.unit, ["", "", ""])[2])
        ]
        nobody = sum(row.denominator for row in mine if not row.unit)
        total = sum(row.denominator for row in mine)
        out.append(
            Whole(
                part, sum(row.numerator for row in mine), total, sum(row.left_out for row in mine), nobody,
                total - nobody - sum(row.denominator for row in scored), named.get(part.key),
            )
        )  # fmt: skip
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Listed:
    """One item of one unit with every case that counts: those that met it, those that did not, those left out."""

    item: Any  # Part or Extra
    part: PartScore | None
    extra: ExtraScore | None
    met: tuple[tuple[str, int], ...]  # number, how often
    missed: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, Say], ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    table: Table
    row: Row
    group: Say
    listed: tuple[Listed, ...]


def unit_page(found: Table, unit: str) -> UnitPage:
    """One unit down to the cases; NoSuchScore where it is not scored."""
    pair = next(((title, row) for title, rows in found.groups for row in rows if row.unit == unit), None)
    if pair is None:
        raise NoSuchScore(f"{unit} is not scored")
    title, row = pair
    counted = {one.item: one.cases for one in Counting.objects.filter(scoring=found.scoring, unit=unit)}
    parts = {one.key: one for one in row.score.parts}
    extras = {one.key: one for one in row.score.extras}
    listed = []
    for item in found.scheme.items:
        cases = counted.get(item.key, {"numerator": [], "denominator": [], "left_out": []})
        within = isinstance(item, Part) and item.of.numerator.same_things(item.of.denominator)
        rest = _less(cases["denominator"], cases["numerator"]) if within else cases["denominator"]
        listed.append(
            Listed(
                item, parts.get(item.key), extras.get(item.key), _times(cases["numerator"]), _times(rest),
                tuple((number, Say(zh, en)) for number, zh, en in cases["left_out"]),
            )
        )  # fmt: skip
    return UnitPage(found, row, title, tuple(listed))


def _less(whole: Sequence[str], part: Sequence[str]) -> list[str]:
    """What is in the whole and not in the part, each as often as it is over."""
    left = list(whole)
    for number in part:
        left.remove(number)
    return left


def _times(numbers: Sequence[str]) -> tuple[tuple[str, int], ...]:
    return tuple((number, numbers.count(number)) for number in dict.fromkeys(numbers))


# --- lists -------------------------------------------------------------------------------------------------


def published() -> list[Publication]:
    """Every publication, the newest period and version first."""
    return list(Publication.objects.select_related("scoring").defer("scoring__frozen", "scoring__units"))


def newest() -> Publication | None:
    """The version that holds of the latest period."""
    rows = published()
    return rows[0] if rows else None


def unpublished(most: int = 20) -> list[Scoring]:
    """Computations that are not public, the latest first."""
    return list(Scoring.objects.filter(publication=None).defer("frozen", "units")[:most])


def open_appeals() -> list[Appeal]:
    """Appeals nobody has decided, oldest first."""
    return list(Appeal.objects.filter(ruling=None).select_related("publication__scoring"))


def readings(found: Table) -> list[tuple[Whole, Decimal]]:
    """The district's own figures of a published year in percent; under the least number there is none."""
    return [
        (one, (Decimal(one.k) * 100 / Decimal(one.n)).quantize(Decimal("0.01")))
        for one in found.whole
        if one.reading and one.n >= one.part.of.minimum_n
    ]


def as_part(one: Whole) -> PartScore:
    """The district's figure in the shape of a part, for whoever writes it."""
    return PartScore(one.part.key, one.k, one.n, one.left_out, None, None, None, None, False, False)


def ruling_of(asked: Appeal) -> Ruling | None:
    """The decision on an appeal, None while it waits."""
    return getattr(asked, "ruling", None)


def said_of(one: Publication) -> dict[str, Any]:
    """What the public log says of a publication: which it is, and the SHA-256 over what each unit came to.

    The digest is over canonical JSON: one-vote items and places by unit, and rows [unit, total, bound, possible],
    points as text with two decimals, "" for none.
    """
    rows = one.scoring.results.order_by("unit").values_list("unit", "total", "bound", "possible")
    figures = [[unit, *("" if n is None else f"{n:.2f}" for n in points)] for unit, *points in rows]
    whole = canonical({"figures": figures, "places": one.places, "vetoes": one.vetoes})
    return {
        "scheme": one.scheme, "year": one.year, "month": one.month, "number": one.number, "reason": one.reason,
        "sha256": sha256(whole).hexdigest(),
    }  # fmt: skip


def told_publications() -> dict[str, dict[str, Any]]:
    """What the public log should say of everything published."""
    rows = Publication.objects.select_related("scoring")
    return {f"scores_publication {one.pk}": said_of(one) for one in rows}
