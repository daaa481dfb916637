"""The fairness report of a published draw is computed once, from nothing but its public files, and kept."""

from __future__ import annotations

from datetime import datetime

from bihuan.core.draw.fairness import report_of
from bihuan.core.draw.told import told
from bihuan.draws import queries
from bihuan.draws.actions.steps import engine, locked, refuse
from bihuan.draws.models import Report


def report(draw_id: str, *, at: datetime) -> Report:
    """Compute and keep the fairness report of a draw; the one that is kept where there is one.

    Refused before the draw is published. Only public files are read, so that anyone gets the same numbers and a
    sealed draw can give nothing away.
    """
    with locked(draw_id) as draw:
        kept = queries.report(draw)
        if kept is not None:
            return kept
        if queries.state(draw, at) != "published":
            raise refuse(
                "抽取还没有公布，不出公平报告", "The draw is not published yet: there is no fairness report"
            )
        files = {name: queries.published(draw, name) or b"" for name, _, _ in queries.public_files(draw)}
        with engine():
            lines = told(report_of(files))
        said = [
            {"name": one.name, "verdict": one.verdict, "code": one.code, "zh": str(one.say), "en": one.say.en}
            for one in lines
        ]
        return Report.objects.create(draw=draw, said=said, at=at)


def report_due(at: datetime) -> int:
    """Make the reports that published draws lack; how many."""
    due = queries.unreported(at)
    for one in due:
        report(one.name, at=at)
    return len(due)
