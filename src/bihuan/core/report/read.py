"""The one entry: report text in, a Reading out."""

from __future__ import annotations

from dataclasses import replace

from bihuan.core.report.checks import checks
from bihuan.core.report.damage_bounds import NOWHERE, Place
from bihuan.core.report.fused import unfuse
from bihuan.core.report.glossary import glossary
from bihuan.core.report.links import links
from bihuan.core.report.meta import read_meta, require_length, require_report
from bihuan.core.report.quantities import quantities
from bihuan.core.report.sections import blocks, dated
from bihuan.core.report.shapes import Reading, Span
from bihuan.core.report.suspicious import mark, suspicious
from bihuan.core.report.targets import targets
from bihuan.core.report.tasks import tasks
from bihuan.core.report.text import prepare


def read(text: str, place: Place = NOWHERE) -> Reading:
    """Read a report; spans index `text` as given. NotAReport when it is none.

    `place` (area in km², residents) lets the reader refuse figures the place cannot hold.
    """
    require_length(text)
    src = prepare(text)
    require_report(src)
    meta = read_meta(src)
    made, fused = unfuse(dated(blocks(src, meta.plan_year), meta.term_review, meta.term_plan, meta.plan_year))
    suspects = suspicious(made, src.text, fused, place)
    found = mark(quantities(made, meta), suspects, src.text)
    goals = targets(made, found, meta)
    jobs = tasks(made, found, meta)
    terms = glossary(made, src.text)
    tests = checks(made, src.text, meta, found, goals, terms, suspects)
    same = links(made, found, goals, jobs, terms, meta.region)

    def at(span: Span) -> Span:
        return src.span(*span)

    def said(span: Span) -> str:
        a, b = src.span(*span)
        return text[a:b]

    return Reading(
        meta=meta,
        quantities=tuple(replace(q, span=at(q.span), text=said(q.span)) for q in found),
        targets=tuple(replace(t, span=at(t.span), text=said(t.span)) for t in goals),
        tasks=tuple(
            replace(t, span=at(t.span), text=said(t.span), quantities=tuple(map(at, t.quantities)))
            for t in jobs
        ),
        glossary=tuple(replace(t, span=at(t.span), uses=tuple(map(at, t.uses))) for t in terms),
        suspicious=tuple(replace(s, span=at(s.span), text=said(s.span)) for s in suspects),
        checks=tuple(replace(c, spans=tuple(map(at, c.spans))) for c in tests),
        links=tuple(replace(k, mentions=tuple(map(at, k.mentions))) for k in same),
        furniture=tuple(sorted((*(at((b.a, b.b)) for b in made if b.kind == "furniture"), *src.aside))),
    )
