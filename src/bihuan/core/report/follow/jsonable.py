"""What following one place yields as plain dictionaries and lists, as `bihuan report follow --json` prints it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bihuan.core.report.follow.shapes import Conflict, Followed, Following, Met, Statement


def as_dict(found: Following) -> dict[str, Any]:
    """Everything: pairs with both statements and the reason in both languages, conflicts, readings, counts."""
    return {
        "place": found.place,
        "years": list(found.years),
        "missing": list(found.missing),
        "met": _met(found.met),
        "met_by_name": {name: _met(met) for name, met in found.met_by_name.items()},
        "pairs": [_pair(pair) for pair in found.pairs],
        "conflicts": [_conflict(one) for one in found.conflicts],
        "readings": [_statement(one) for one in found.readings],
    }


def _met(met: Met) -> dict[str, int]:
    return {
        "kept": met.kept, "partly": met.partly, "not": met.missed, "n": met.judged, "dropped": met.dropped,
        "other": met.other,
    }  # fmt: skip


def _pair(pair: Followed) -> dict[str, Any]:
    return {
        "due": pair.due, "verdict": pair.verdict, "reason": str(pair.reason), "reason_en": pair.reason.en,
        "numeric": pair.numeric, "promise": _statement(pair.promise),
        "answer": _statement(pair.answer) if pair.answer else None,
    }  # fmt: skip


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "kind": one.kind, "reason": str(one.reason), "reason_en": one.reason.en, "one": _statement(one.one),
        "other": _statement(one.other),
    }  # fmt: skip


def _statement(one: Statement) -> dict[str, Any]:
    out = asdict(one)
    return out | {
        "span": list(one.span),
        "sentence_span": list(one.sentence_span),
        "period": {"from": one.period.first, "to": one.period.last},
    }
