"""What everybody may read of inspections: results with what followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan import lines
from bihuan.cases import wall
from bihuan.core.line.parts import Line
from bihuan.core.say import Say
from bihuan.draws import queries as draws
from bihuan.inspections.library import items, kinds, pools
from bihuan.inspections.models import Round, Task
from bihuan.inspections.queries import LINE, slots_of, unit_name, units_name
from bihuan.inspections.shapes import FOLLOWS, Progress, Published
from bihuan.lines.forms import fields

PAGE = 30
RECORDED = "exists (select 1 from cases_event e where e.case_id = c.id and e.name = 'record')"
WAITING = f"""select count(*) from inspections_taken t join cases_case c on c.number = t.number
    where not c.final and not {RECORDED}"""
STAND = f"""select count(*), count(*) filter (where {RECORDED}), count(*) filter (where c.state = any(%s)),
    count(*) filter (where c.late and not c.final) from inspections_taken t join cases_case c on c.number = t.number
    where t.round_id = %s"""
REASONS = """select (select e.data->>'reason' from cases_event e where e.case_id = c.id and e.name = 'drop'
    order by e.seq desc limit 1), count(*) from inspections_taken t join cases_case c on c.number = t.number
    where t.round_id = %s and c.outcome = 'not_inspected' group by 1 order by 1"""
LAST = "(select e.data->>%s from cases_event e where e.case_id = c.id and e.name in ('record', 'correct') and e.data ? %s order by e.seq desc limit 1)"
PUBLISHES = (
    "name in ('publish', 'publish_rectify', 'publish_hand')"  # as the index cases_event_published says it
)
RESULTS = f"""select c.number, c.data->>'subject', c.title, c.parties->>'agency', coalesce(c.data->>'items', ''),
    {LAST}, {LAST}, c.state, p.at, c.matter, coalesce(c.data->>'draw', ''), p.id
    from cases_event p join cases_case c on c.id = p.case_id
    where p.{PUBLISHES} and not exists (select 1 from cases_event e where e.case_id = c.id and e.id < p.id and e.{PUBLISHES})
      and c.line = 'inspections' and c.state = any(%s) and c.data ? 'subject' and p.id < %s {{more}}
    order by p.id desc limit %s"""  # without a subject: its time was over and its words are gone


def progress(one: Round) -> Progress:
    """How far the inspections of a draw are; before its result nothing is drawn."""
    found = draws.result(one.draw)
    taken, inspected, published, late = wall.ask(STAND, [list(FOLLOWS), one.pk], wall.SYSTEM)[0]
    reasons = wall.ask(REASONS, [one.pk], wall.SYSTEM)
    names = options("drop", "reason")
    dropped = tuple((names.get(code) or Say(code, code), n) for code, n in reasons)
    if found is None:
        return Progress(one.draw, 0, taken, inspected, published, dropped, late, 0, False)
    short = sum(bool(each.short) or len(each.team) < 2 for each in found.selected)
    drawn = len(found.selected) + len(found.replaced)
    return Progress(one.draw, drawn, taken, inspected, published, dropped, late, short, found.secret)


def round_of(draw: str) -> Round | None:
    """The task that a draw was held for; None where it was held for none."""
    return Round.objects.select_related("task__plan").filter(draw=draw).first()


def results(after: int = 0, *, code: str = "", draw: str = "") -> tuple[list[Published], int]:
    """(one page of published results, the newest first; the cursor of the next page, 0 for none)."""
    more, values = "", []
    if code:
        more, values = "and c.data->>'subject' = %s", [code]
    elif draw:
        more, values = "and c.data->>'draw' = %s", [draw]
    params = ["result", "result", "text", "text", list(FOLLOWS), after or 2**62, *values, PAGE + 1]
    rows = wall.ask(RESULTS.format(more=more), params, wall.SYSTEM)
    kinds = options("record", "result")
    return [_shown(row, kinds) for row in rows[:PAGE]], rows[PAGE - 1][-1] if len(rows) > PAGE else 0


def _shown(row: Any, kinds: dict[str, Say]) -> Published:
    number, code, name, unit, items, result, words, state, at, matter, draw, _ = row
    said = kinds.get(result) or Say(str(result), str(result))
    return Published(number, code, name, unit_name(unit), items, said, words or "", FOLLOWS[state], at, matter == "random", draw)  # fmt: skip


def options(action: str, key: str) -> dict[str, Say]:
    """The choices of a field of the line, in words."""
    text: Line = max(lines.all_lines()[LINE].items())[1]
    return next((dict(field.options) for field in fields(text, action) if field.key == key), {})


def waiting() -> int:
    """Drawn, sent out and not inspected yet, in every plan: the figure of the home page."""
    return int(wall.ask(WAITING, [], wall.SYSTEM)[0][0])


@dataclass(frozen=True, slots=True)
class Told:
    """A task as everybody may read it."""

    task: Task
    unit: Say
    joined: Say
    kind: Say
    items: tuple[Say, ...]
    who: tuple[tuple[Say, int], ...]
    rounds: tuple[tuple[Round, Progress], ...]


def told(task: Task) -> Told:
    """A task in words."""
    who = tuple((pools()[slot.pool], slot.count) for slot in slots_of(task))
    names = tuple(items()[code].name for code in task.items)
    rounds = tuple((one, progress(one)) for one in task.rounds.order_by("-pk"))
    return Told(task, unit_name(task.unit), units_name(task.joined), kinds()[task.kind], names, who, rounds)
