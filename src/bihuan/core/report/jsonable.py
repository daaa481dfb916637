"""A Reading as plain dictionaries and lists, in the shape that `bihuan report read --json` prints."""

from __future__ import annotations

from typing import Any

from bihuan.core.report.file import Text
from bihuan.core.report.shapes import Check, Quantity, Reading, Span, Suspect, Target, Task, Term


def as_dict(reading: Reading, file: Text | None = None) -> dict[str, Any]:
    """The whole reading; sentences carry their English beside them (`finding`, `finding_en`).

    With a `file` that is not plain UTF-8, `file` says what was read and holds the text that the spans index.
    """
    m = reading.meta
    source = {} if file is None or file.plain else {
        "file": {"form": file.form, "encoding": file.encoding, "text": file.text}
    }  # fmt: skip
    return source | {
        "meta": {
            "region": m.region, "level": m.level, "speaker": m.speaker, "delivered": m.delivered,
            "term_review": list(m.term_review) if m.term_review else None,
            "term_plan": list(m.term_plan) if m.term_plan else None, "plan_year": m.plan_year,
        },
        "quantities": [_quantity(q) for q in reading.quantities],
        "targets": [_target(t) for t in reading.targets],
        "tasks": [_task(t) for t in reading.tasks],
        "glossary": [_term(t) for t in reading.glossary],
        "suspicious": [_suspect(s) for s in reading.suspicious],
        "checks": [_check(c) for c in reading.checks],
        "links": [{"name": k.name, "mentions": _spans(k.mentions), "parts": list(k.parts)} for k in reading.links],
    }  # fmt: skip


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [list(s) for s in spans]


def _quantity(q: Quantity) -> dict[str, Any]:
    return {
        "span": list(q.span), "text": q.text, "value": q.value, "unit": q.unit, "norm_value": q.norm_value,
        "norm_unit": q.norm_unit, "indicator": q.indicator, "canonical": q.canonical, "role": q.role,
        "comparator": q.comparator, "status": q.status, "period": {"from": q.period.first, "to": q.period.last},
        "section": list(q.section), "part": q.part, "hedge": q.hedge, "upper": q.upper,
        "suspicious": q.suspicious, "suggestions": list(q.suggestions),
    }  # fmt: skip


def _target(t: Target) -> dict[str, Any]:
    return {
        "span": list(t.span), "text": t.text, "indicator": t.indicator, "canonical": t.canonical,
        "comparator": t.comparator, "norm_value": t.norm_value, "norm_unit": t.norm_unit, "by": t.by, "kind": t.kind,
        "horizon": t.horizon, "section": list(t.section), "stated": t.stated, "hedge": t.hedge,
        "suspicious": t.suspicious,
    }  # fmt: skip


def _task(t: Task) -> dict[str, Any]:
    return {
        "span": list(t.span), "text": t.text, "verbs": list(t.verbs), "objects": list(t.objects),
        "projects": list(t.projects), "quantities": _spans(t.quantities), "horizon": t.horizon,
        "measurability": t.measurability, "section": list(t.section),
    }  # fmt: skip


def _term(t: Term) -> dict[str, Any]:
    return {
        "term": t.term,
        "definition": t.definition,
        "span": list(t.span),
        "uses": _spans(t.uses),
        "parts": list(t.parts),
    }


def _suspect(s: Suspect) -> dict[str, Any]:
    return {
        "span": list(s.span), "text": s.text, "kind": s.kind, "suggestions": list(s.suggestions),
        "confidence": s.confidence, "why": str(s.why), "why_en": s.why.en,
    }  # fmt: skip


def _check(c: Check) -> dict[str, Any]:
    return {
        "kind": c.kind, "indicator": c.indicator, "spans": _spans(c.spans), "computed": dict(c.computed),
        "verdict": c.verdict, "severity": c.severity, "finding": str(c.finding), "finding_en": c.finding.en,
        "caveat": str(c.caveat), "caveat_en": c.caveat.en,
    }  # fmt: skip
