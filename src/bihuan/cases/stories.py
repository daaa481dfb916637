"""Cases told up to a moment, for whoever counts them: folded from the events that were recorded before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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


class Told(NamedTuple):
    """A story with what the case row says of it: its id, the matter, where it is."""

    case: int
    matter: str
    street: str
    community: str
    lon: float | None
    lat: float | None
    story: Story


def stories(codes: Sequence[str], since: int, asof: int) -> Iterator[Story]:
    """Every case of these lines that may count in a period from `since` on, as of an Instant; in order of ids."""
    where = """c.line = any(%s) and c.opened_at < to_timestamp(%s)
        and (c.closed_at is null or c.closed_at >= to_timestamp(%s)) and c.id > %s order by c.id limit %s"""
    moment, oldest, last = asof - OFFSET, since - LOOK_BACK - OFFSET, 0
    while rows := _rows(where, moment, [list(codes), moment, oldest, last, BATCH]):
        last = rows[-1][0]
        yield from (told.story for told in _told(rows))


def stories_of(cases: Sequence[int], asof: int) -> Iterator[Told]:
    """These cases as of an Instant, in order of ids; one that had not begun is left out."""
    for first in range(0, len(cases), BATCH):
        rows = _rows("c.id = any(%s) order by c.id", asof - OFFSET, [list(cases[first : first + BATCH])])
        yield from _told(rows)


def _rows(where: str, moment: int, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    sql = f"""select c.id, c.number, c.line, c.version, c.matter, c.parent_id, c.street, c.community, c.lon, c.lat, {BEFORE}
        from cases_case c where {where}"""
    return wall.ask(sql, [moment, *params], wall.SYSTEM)


def _told(rows: Sequence[tuple[Any, ...]]) -> Iterator[Told]:
    for pk, number, code, version, matter, parent, street, community, lon, lat, told in rows:
        story = story_of(pk, number, code, version, matter, parent, told)
        if story:
            yield Told(pk, matter, street, community, lon, lat, story)


def story_of(
    pk: int, number: str, code: str, version: Any, matter: str, parent: int | None, told: str
) -> Story | None:
    """A case folded from its events as EVENTS tells them; None where nothing had happened yet."""
    events = events_of(told)
    if not events:
        return None
    parties: list[dict[str, str]] = []
    case = fold(
        lines.exact(code, version_day(version)), events, lines.calendar(), lines.all_lines(), id=str(pk),
        matter=matter, parent=str(parent or ""), parties=parties,
    )  # fmt: skip
    return Story(number, case, events, parties)
