"""Cases told up to a moment, for whoever counts them: folded from the events that were recorded before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET
from bihuan.cases.family import EVENTS, events_of, version_day
from bihuan.core.case.fold import fold
from bihuan.core.score.formula import Story
from bihuan.core.time.instant import DAY

BATCH = 300
LOOK_BACK = 400 * DAY  # a case that closed early may have a limit that runs out in a later period
BEFORE = EVENTS.replace("where e.case_id = c.id", "where e.case_id = c.id and e.at < to_timestamp(%s)")


def stories(codes: Sequence[str], since: int, asof: int) -> Iterator[Story]:
    """Every case of these lines that may count in a period from `since` on, as of an Instant; in order of ids."""
    cal, texts = lines.calendar(), lines.all_lines()
    sql = f"""select c.id, c.number, c.line, c.version, c.matter, c.parent_id, {BEFORE} from cases_case c
        where c.line = any(%s) and c.opened_at < to_timestamp(%s)
          and (c.closed_at is null or c.closed_at >= to_timestamp(%s)) and c.id > %s order by c.id limit %s"""
    moment, oldest, last = asof - OFFSET, since - LOOK_BACK - OFFSET, 0
    while rows := wall.ask(sql, [moment, list(codes), moment, oldest, last, BATCH], wall.SYSTEM):
        for pk, number, code, version, matter, parent, told in rows:
            last = pk
            events = events_of(told)
            if not events:
                continue
            parties: list[dict[str, str]] = []
            case = fold(
                lines.exact(code, version_day(version)), events, cal, texts, id=str(pk), matter=matter,
                parent=str(parent or ""), parties=parties,
            )  # fmt: skip
            yield Story(number, case, events, parties)
