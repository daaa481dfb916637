"""A report file before it is kept: what the reader found, what was set aside, which texts of the year there are already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.cases.shapes import BadInput
from bihuan.core.report import NotAReport, text_of
from bihuan.targets import around, living, queries, texts
from bihuan.targets.found import findings_of, title_of
from bihuan.targets.living import RANK, Mark
from bihuan.targets.models import Report

LAYOUT = frozenset(
    {"fused_heading", "lost_quote", "lost_colon"}
)  # damage that leaves a figure beside it whole
_YEAR = re.compile(r"(\d{4})\s*年.{0,12}政府工作报告")


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a file before anybody saves it."""

    name: str
    form: str
    encoding: str
    size: int  # bytes
    text: str
    findings: Mapping[str, Any]
    title: str
    place: str  # as far as the reader can tell; empty where it cannot
    year: int | None
    counts: Mapping[str, int]  # marks by kind, "check" for checks that do not fit
    doubts: tuple[tuple[Mark, str, str], ...]  # doubtful numbers with the words before and after
    checks: tuple[Mapping[str, Any], ...]  # those that do not fit, the gravest first
    aside: tuple[str, ...]  # lines of the page, not of the report


def preview(data: bytes, name: str) -> Preview:
    """Read a file without keeping anything; BadInput at the field `file` says why it is no report."""
    try:
        found = text_of(data, name)
        findings = findings_of(found.text)
    except NotAReport as error:
        raise BadInput([("file", error.say)]) from error
    except BadInput as bad:
        raise BadInput([("file", say) for _, say in bad.faults]) from bad
    text, meta, every = found.text, findings["meta"], living.marks(findings)
    title = title_of(text, findings, meta["plan_year"] or 0)
    wrong = [c for c in findings["checks"] if c["severity"] in ("high", "medium")]
    return Preview(
        name=name, form=found.form, encoding=found.encoding, size=len(data), text=text, findings=findings, title=title,
        place=_place(meta["region"]), year=_year(text, findings, meta["plan_year"]),
        counts={kind: sum(m.kind == kind for m in every) for kind in living.ORDER} | {"check": len(wrong)},
        doubts=tuple((mark, *_around(text, mark)) for mark in doubtful(findings, every)),
        checks=tuple(sorted(wrong, key=lambda c: RANK[c["severity"]])),
        aside=tuple(text[slice(*row["span"])] for row in findings["outline"] if row["kind"] == "furniture"),
    )  # fmt: skip


def doubtful(findings: Mapping[str, Any], every: Sequence[Mark]) -> list[Mark]:
    """The doubtful places that touch a number: a person decides them before anything rests on them."""
    spans = [q["span"] for q in findings["quantities"] if q["suspicious"]]
    return [
        m for m in every if m.kind == "doubt"
        and (any(a < m.end and m.start < b for a, b in spans) or _of_figure(m.fact))
    ]  # fmt: skip


def _of_figure(fact: Mapping[str, Any]) -> bool:
    return fact["kind"] not in LAYOUT and any(sign.isdigit() for sign in fact["text"])


def _around(text: str, mark: Mark) -> tuple[str, str]:
    a, b = around.sentence(text, mark)
    return text[a : mark.start], text[mark.end : b]


def _place(region: str) -> str:
    """The place in the words in which the office has it already: 南开区 is 天津市南开区."""
    known = {one.place for one in queries.reports()}
    same = [place for place in known if region and place.endswith(region)]
    return same[0] if len(same) == 1 else region


def _year(text: str, findings: Mapping[str, Any], plan_year: int | None) -> int | None:
    """The year that the title names, else the year whose work the report plans."""
    front = " ".join(
        text[slice(*row["span"])] for row in findings["outline"] if row["kind"] in ("front", "heading")
    )
    named = _YEAR.search(front[:400])
    return int(named[1]) if named else plan_year


def there(text: str, place: str, year: int | None) -> tuple[Report | None, list[Report]]:
    """(the report that says the same, other texts of this place and year)."""
    if year is None:
        return None, []
    twin = texts.twin(text, place, year)
    return twin, [one for one in texts.of(place, year) if twin is None or one.pk != twin.pk]
