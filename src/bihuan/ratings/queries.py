"""Reads of ratings: figures with their bases, published ratings with what was done, rows for the signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, day_of, to_datetime, to_instant
from bihuan.cases.family import version_day
from bihuan.cases.stories import stories
from bihuan.core.say import Say
from bihuan.core.score.formula import Indicator, Period, Tally, add_story, wilson
from bihuan.core.signal.rated import BAD, Rated
from bihuan.core.time import formats
from bihuan.counters.queries import served
from bihuan.lines.scores import indicators
from bihuan.people import queries as people
from bihuan.ratings.occasions import LINE, item_title, rated_lines

DAYS = 90
PAGE = 20
# the lower of the two words counts: nobody gains by talking a rater round, and a late complaint is not lost
COUNTED = """select r.unit, r.line, r.item, min(r.title), min(r.title_en), count(*) filter (where x.aside),
    count(*) filter (where not x.aside),
    count(*) filter (where not x.aside and least(r.level, coalesce(s.level, 5)) >= %s),
    count(*) filter (where s.level > r.level), count(*) filter (where s.level < r.level)
    from ratings_rating r left join ratings_rating s on s.first_id = r.id
    left join cases_case c on c.number = coalesce(nullif(r.case, ''), nullif(s.case, '')) and c.line = 'ratings'
    cross join lateral (select coalesce(c.outcome, '') = 'set_aside' aside) x
    where r.first_id is null and r.at >= %s and r.at < %s group by 1, 2, 3"""
# a matter is rated after it was opened: the ratings since then are all that can be about one of these
CAN = """with said as materialized (
        select about from ratings_rating where kind = 'case' and first_id is null and at >= %s)
    select c.line, c.matter, c.version, c.parties ->> (%s::jsonb ->> c.line), count(*), count(said.about)
    from cases_case c left join said on said.about = c.number
    where c.line = any(%s) and c.final and c.opened_at >= %s and c.opened_at < %s group by 1, 2, 3, 4"""
VISITS = "select about from ratings_rating where kind = 'visit' and at >= %s"
PUBLISHED = """select c.number, c.parties ->> 'unit', c.data ->> 'title', c.data ->> 'level', c.outcome, e.name,
    e.data ->> 'shown', e.data ->> 'shown_answer', c.opened_at, e.at, e.id
    from cases_event e join cases_case c on c.id = e.case_id
    where c.line = 'ratings' and c.final and e.name in ('publish', 'withhold') and e.id < %s order by e.id desc limit %s"""
RATED = f"""select r.about, r.unit, r."window", r.level, r.words <> '', r.device, r.source, r.inside,
    extract(epoch from r.at)::bigint + {OFFSET}, f.level, exists (select 1 from cases_event e join cases_case c on c.id = e.case_id
        where c.number = f.case and e.name in ('call_back', 'call_tried') and e.at <= r.at)
    from ratings_rating r left join ratings_rating f on f.id = r.first_id where r.at >= %s and r.at < %s order by r.id"""


@dataclass(slots=True)
class Figure:
    """Of one unit or item: of what `could` be rated so many were `answered`; of the ratings of the period so many were good.
    Those set aside on appeal are in neither."""

    title: Say
    could: int = 0
    answered: int = 0
    rated: int = 0
    good: int = 0
    set_aside: int = 0
    better: int = 0  # a second word better than the first
    worse: int = 0
    least: int = 30

    @property
    def share(self) -> Say:
        """主动评价率; nothing under the least number."""
        return formats.rate(self.answered, self.could) if self.could >= self.least else FEW

    @property
    def praise(self) -> Say:
        """好评率; nothing under the least number."""
        return formats.rate(self.good, self.rated) if self.rated >= self.least else FEW

    @property
    def bound(self) -> str:
        """The lower bound of 好评率 in per cent."""
        return f"{100 * wilson(self.good, self.rated)[0]:.1f}%" if self.rated >= self.least else ""


HOUR = timedelta(hours=1)
_counting = Lock()
_kept: dict[str, Figures] = {}
FEW = Say("件数不够", "too few")


@dataclass(frozen=True, slots=True)
class Shown:
    """A bad rating as it was published, with what was done; `words` None where the words were withheld."""

    number: str
    unit: Say
    title: str
    level: int
    outcome: str
    words: str | None
    answer: str
    rated_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """One indicator of the line for one unit: so many of so many, what was left out."""

    of: Indicator
    unit: Say
    tally: Tally

    @property
    def k(self) -> int:
        return len(self.tally.numerator)

    @property
    def n(self) -> int:
        return len(self.tally.denominator)

    @property
    def rate(self) -> Say:
        return formats.rate(self.k, self.n) if self.n >= self.of.minimum_n else FEW

    @property
    def bound(self) -> str:
        if self.n < self.of.minimum_n or not self.of.bound:
            return ""
        return f"{100 * wilson(self.k, self.n)[0]:.1f}%"


@dataclass(slots=True)
class Figures:
    """The last `days` before the moment of counting: the district, its units, its items, and how bad ratings were put
    right."""

    at: datetime
    days: int
    least: int
    whole: Figure
    units: list[Figure] = field(default_factory=list)
    items: list[Figure] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)


def given_for(about: str) -> list[Any]:
    """(level, at, case) of the ratings of a matter or visit, the first and the second."""
    return wall.ask(
        'select level, at, "case" from ratings_rating where about = %s order by id', [about], wall.SYSTEM
    )


def figures_of_hour(at: datetime) -> Figures | None:
    """The figures as they were last counted within the hour; a page that shows them says when that was. Counting reads
    every matter of ninety days and tells every bad rating anew: too much for a page that anybody may open."""
    with _counting:
        found = _kept.get("figures")
        if found is None or not timedelta() <= at - found.at < HOUR:
            found = figures(at)
            _kept.clear()
            if found is not None:
                _kept["figures"] = found
        return found


def figures(at: datetime, days: int = DAYS) -> Figures | None:
    """Counted from the ratings and cases of the period; None before the line is in force."""
    text = lines.in_force(day_of(at)).get(LINE)
    if text is None:
        return None
    least, since = text.param("least", day_of(at)).value, at - timedelta(days=days)
    names, parties = people.known(people.change()).names, rated_lines(at)
    whole = Figure(Say("全区", "The district"), least=least)
    units: dict[str, Figure] = {}
    items: dict[tuple[str, str], Figure] = {}

    def of(unit: str, code: str, item: str, title: Say) -> tuple[Figure, Figure, Figure]:
        mine = units.setdefault(unit, Figure(names.get(unit) or Say(unit, unit), least=least))
        its = items.setdefault((code, item), Figure(title, least=least))
        return whole, mine, its

    told = orjson.dumps(parties).decode()
    asked = [since, told, list(parties), since, at]
    for code, matter, version, unit, could, answered in wall.ask(CAN, asked, wall.SYSTEM):
        for one in of(unit or "", code, matter, item_title(code, matter, version_day(version))):
            one.could += could
            one.answered += answered
    rated_visits = {row[0] for row in wall.ask(VISITS, [since], wall.SYSTEM)}
    for number, unit, service, title in served(since, at):
        for one in of(unit, "", service, title):
            one.could += 1
            one.answered += number in rated_visits
    for unit, code, item, title, en, aside, n, good, better, worse in wall.ask(COUNTED, [BAD, since, at], wall.SYSTEM):  # fmt: skip
        for one in of(unit, code, item, Say(title, en)):
            one.set_aside += aside
            one.rated += n
            one.good += good
            one.better += better
            one.worse += worse
    found = Figures(at, days, least, whole)
    found.units = sorted(units.values(), key=lambda one: (-one.could, one.title))
    found.items = sorted(items.values(), key=lambda one: (-one.could, one.title))
    found.rates = rates(at, days)
    return found


def rates(at: datetime, days: int) -> list[Rate]:
    """The indicators of score.toml by unit, over the bad ratings of the period."""
    now = to_instant(at)
    period = Period(now - days * 86400, now)
    text, names = lines.at(LINE, day_of(at)), people.known(people.change()).names
    told = list(stories([LINE], period.since, now))
    found = []
    for one in indicators(text):
        tallies: dict[str, Tally] = {}
        for story in told:
            add_story(tallies, one, "unit", story, period, now, lines.calendar())
        found += [
            Rate(one, names.get(unit) or Say(unit, unit), tally)
            for unit, tally in sorted(tallies.items())
            if tally.denominator or tally.left_out
        ]
    return found


def published(after: int = 0) -> tuple[list[Shown], int]:
    """(one page of published bad ratings, the newest first; the cursor of the next page, 0 for none)."""
    rows = wall.ask(PUBLISHED, [after or 2**62, PAGE + 1], wall.SYSTEM)
    names = people.known(people.change()).names
    shown = [
        Shown(number, names.get(unit) or Say(unit, unit), title, int(level), outcome,
              None if name == "withhold" else words or "", answer or "", opened, at)
        for number, unit, title, level, outcome, name, words, answer, opened, at, _ in rows[:PAGE]
    ]  # fmt: skip
    return shown, rows[PAGE - 1][-1] if len(rows) > PAGE else 0


def rated(since: datetime | int, until: datetime | int) -> Sequence[Rated]:
    """The ratings of a period as signals look at them."""
    bounds = [to_datetime(to_instant(since)), to_datetime(to_instant(until))]
    return [Rated(*row) for row in wall.ask(RATED, bounds, wall.SYSTEM)]
