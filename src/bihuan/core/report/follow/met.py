"""How often goals were met, by kind: counted over places, kept in met.csv as a base rate for goals of that kind."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO

from bihuan.core.report.follow.shapes import Following, Met
from bihuan.core.rows import read_rows

COLUMNS = ("kind", "kept", "partly", "not", "n", "dropped", "other", "source")
LEFT_OUT = ("open", "not_rated")  # nothing is known of them, or nothing can be known
_PLACES = {"kept": "kept", "partly": "partly", "not": "missed", "dropped": "dropped"}


def add(met: Met, verdict: str) -> Met:
    """One more goal with this verdict."""
    place = _PLACES.get(verdict, "other")
    return replace(met, **{place: getattr(met, place) + 1})


def by_kind(found: Iterable[Following]) -> dict[str, Met]:
    """Counts by kind of goal over several places; a named work or outcome is a `milestone`."""
    out: dict[str, Met] = {}
    for pair in (pair for one in found for pair in one.pairs if pair.verdict not in LEFT_OUT):
        kind = pair.promise.kind if pair.numeric else "milestone"
        out[kind] = add(out.get(kind, Met()), pair.verdict)
    return dict(sorted(out.items()))


def table(counts: dict[str, Met], source: str) -> str:
    """The counts as the text of met.csv."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for kind, met in counts.items():
        rows.writerow((kind, met.kept, met.partly, met.missed, met.judged, met.dropped, met.other, source))
    return out.getvalue()


def base_rates(text: str) -> dict[str, Met]:
    """The counts in the text of met.csv by kind of goal; a kind that was never followed is absent.

    Only goals of which the next report gave a comparable figure are in `judged`; silence is not, so the share kept
    is that of goals people report about. RowError where the text is no such table.
    """
    names = {"kept": "kept", "partly": "partly", "not": "missed", "dropped": "dropped", "other": "other"}
    return {
        row["kind"]: Met(**{field: int(row[column]) for column, field in names.items()})
        for row in read_rows(text, "met.csv", COLUMNS)
    }
