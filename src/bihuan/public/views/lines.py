"""The lines, drawn from their files: process, actions with law, clocks, worked examples, what is not modelled."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bihuan import lines
from bihuan.cases.edge import day_of
from bihuan.cases.maps import tell
from bihuan.core.line.graph import graph
from bihuan.core.line.parts import Line, Matter
from bihuan.core.line.seek import seek
from bihuan.core.picture.process import draw_process
from bihuan.core.say import Say
from bihuan.core.time.ledger import limit_words
from bihuan.lines.annual import annual
from bihuan.lines.catalogue import matters_on
from bihuan.public.laws import tell_actions, tell_clocks, tell_examples, tell_gaps


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    day = day_of(request.now)  # type: ignore[attr-defined]
    return render(
        request,
        "public/lines.html",
        {"section": "lines", "rows": [row(line) for line in lines.in_force(day).values()]},
    )


def row(line: Line) -> dict[str, Any]:
    return {"line": line, "states": len(line.states), "actions": len(line.actions), "clocks": len(line.clocks),
            "matters": len(line.matters), "examples": len(line.examples), "gaps": len(line.gaps)}  # fmt: skip


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    day = day_of(request.now)  # type: ignore[attr-defined]
    line = lines.in_force(day).get(code)
    if line is None:
        raise Http404
    text = request.GET.get("q", "")[:80]
    rows = matters_on(line, day)
    found = seek(rows, text, most=40) if text else list(rows[:12])
    picture = draw_process(
        graph(line),
        tell,
        says=_("%(line)s的流程图，下面的表说同样的事") % {"line": tell(line.title)},
        anywhere=_("任何一步都可以："),
    )
    shown = {
        "section": "lines", "line": line, "picture": picture, "actions": tell_actions(line), "clocks": tell_clocks(line, day),
        "examples": tell_examples(line), "gaps": tell_gaps(line), "q": text, "n_matters": len(rows),
        "matters": [(one, matter_limit(line, one), stages(line, one, day)) for one in found], "counts": row(line),
        "yearly": annual(line), "year": request.now.year,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "public/line.html", shown)


def stages(line: Line, matter: Matter, day: int) -> list[tuple[Say, Say | None]]:
    """The conditions a matter is opened under, each with its own limit, in the order of the work."""
    rows = line.conditions_of(matter.code, day).values()
    return [(Say(row.name, row.name_en), matter_limit(line, row)) for row in rows]


def matter_limit(line: Line, matter: Matter) -> Say | None:
    """The limit of the main clock where the catalogue has it, else the only one the catalogue has."""
    source = line.clocks[line.main_clock].limit
    limit = (
        matter.limits.get(source.name)
        if source.kind == "matter"
        else next(iter(matter.limits.values()), None)
    )
    return None if limit is None else limit_words(limit)
