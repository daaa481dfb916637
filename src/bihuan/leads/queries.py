"""Reads of leads and samples: for the office that settles them, and what is told to everybody afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import OFFSET, day_of, to_datetime, to_instant
from bihuan.cases.queries import doc_url
from bihuan.cases.signals import pictures
from bihuan.core.say import Say
from bihuan.core.signal.parts import Rule
from bihuan.core.time.instant import DAY, ymd
from bihuan.leads.models import Lead, Step
from bihuan.lines.signals import has_signals, office, rules, words
from bihuan.people import queries as people

PAGE = 30
LINE = "urban_management"
SETTLE, AGREE, GIVE_BACK = "settle", "agree", "give_back"
VERDICTS = {
    "confirmed": Say("属实，移交有权处理的单位", "True: passed on to the unit that may act"),
    "explained": Say("有合理解释", "There is a good explanation"),
    "unclear": Say("查不清，留存", "Cannot be cleared up: kept"),
}
STANDS = {
    "open": Say("待处理", "Open"),
    SETTLE: Say("待复核", "To be reviewed"),
    AGREE: Say("已办结", "Closed"),
}
STEPS = {
    SETTLE: Say("处理", "Settled"),
    AGREE: Say("复核同意", "Review: agreed"),
    GIVE_BACK: Say("复核退回", "Review: given back"),
}
LAST = "(select s.name from leads_step s where s.lead_id = l.id order by s.id desc limit 1)"
STANDING = f"case when {LAST} in ('settle', 'agree') then {LAST} else 'open' end"
LIST = f"""select l.id, l.signal, l.weight, l.said, l.said_en, cardinality(l.cases), l.at, {STANDING}
    from leads_lead l where {STANDING} = %s and (l.weight, l.id) < (%s, %s) order by l.weight desc, l.id desc limit %s"""
CHECKED = f"""select s.number, s.good, extract(epoch from s.at)::bigint + {OFFSET},
    (select e.name from cases_event e join cases_case c on c.id = e.case_id where c.number = s.number
     and e.at > s.at and e.name in (%s, %s) order by e.seq limit 1)
    from leads_sample s where s.line = %s and s.at >= %s and s.at < %s order by s.id"""


class NoSuchLead(Exception):
    """There is no such lead."""


@dataclass(frozen=True, slots=True)
class Row:
    """A lead in the list."""

    id: int
    title: Say
    weight: int
    said: Say
    cases: int
    at: datetime
    stand: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a case as the page of a lead shows it."""

    url: str
    number: str
    who: Say
    at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures side by side, so many of 64 bits apart."""

    new: Picture
    old: Picture
    apart: int


@dataclass(frozen=True, slots=True)
class Done:
    """A step of settling."""

    title: Say
    verdict: Say
    reason: str
    who: Say
    at: datetime


@dataclass(frozen=True, slots=True)
class LeadPage:
    """Everything the page of a lead shows."""

    lead: Lead
    title: Say
    said: Say
    source: str
    params: Sequence[tuple[str, str]]
    stand: str
    settled_by: str
    pairs: Sequence[Pair]
    steps: Sequence[Done]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Blind samples of one month: how many were sealed, how many of them bad, and what the checks made of them."""

    year: int
    month: int
    sealed: int
    bad: int
    caught: int  # bad ones the check found bad
    wronged: int  # good ones the check found bad
    waiting: int  # not checked yet


def may_see(unit: str, posts: Iterable[str], at: datetime | int) -> bool:
    """Whether somebody with these posts belongs to the office that settles leads."""
    text = lines.in_force(day_of(at)).get(LINE)
    if text is None or not has_signals(text):
        return False
    seat = office(text)
    return unit == seat.unit and bool(seat.posts & set(posts))


def leads(stand: str, after: str = "") -> tuple[list[Row], str]:
    """(one page of the leads that stand so, the heaviest first; the cursor of the next page, "" for none)."""
    weight, _, pk = after.partition(".")
    cursor = [int(weight), int(pk)] if weight.isdecimal() and pk.isdecimal() and len(after) < 30 else [101, 0]
    with connection.cursor() as db:
        db.execute(LIST, [stand, *cursor, PAGE + 1])
        rows = db.fetchall()
    found = [
        Row(pk, title_of(signal), weight, Say(zh, en), n, at, stands)
        for pk, signal, weight, zh, en, n, at, stands in rows[:PAGE]
    ]
    return found, f"{found[-1].weight}.{found[-1].id}" if len(rows) > PAGE else ""


def title_of(signal: str) -> Say:
    """What a signal is called; one that is no longer looked for keeps its key."""
    return next((one.title for one in _rules() if one.key == signal), Say(signal, signal))


def _rules() -> Iterator[Rule]:
    """The signals of every line as its newest text has them."""
    for versions in lines.all_lines().values():
        yield from rules(versions[max(versions)])


def lead(pk: int) -> Lead:
    found = Lead.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchLead(f"no lead {pk}")
    return found


def steps_of(one: Lead) -> list[Step]:
    return list(one.steps.order_by("pk"))


def stand_of(steps: Sequence[Step]) -> str:
    """open, settle (waits for review) or agree (closed)."""
    last = steps[-1].name if steps else ""
    return last if last in (SETTLE, AGREE) else "open"


def lead_page(pk: int) -> LeadPage:
    """One lead with its pictures and what was done with it."""
    one = lead(pk)
    steps = steps_of(one)
    shots = pictures(one.line, {doc for pair in one.pairs for doc in pair[:2]})
    names = people.names_of({step.by for step in steps} | {shot.by for shot in shots.values()})

    def name(by: str) -> Say:
        return Say(*names[by]) if by in names else Say("居民", "a resident")

    shown = {
        pk: Picture(doc_url(pk), shot.number, name(shot.by), to_datetime(shot.at))
        for pk, shot in shots.items()
    }
    return LeadPage(
        one, title_of(one.signal), Say(one.said, one.said_en), _source(one.signal),
        [(key, _plain(value)) for key, value in one.params.items()], stand_of(steps),
        next((step.by for step in reversed(steps) if step.name == SETTLE), ""),
        [Pair(shown[a], shown[b], apart) for a, b, apart in one.pairs if a in shown and b in shown],
        [Done(STEPS[s.name], VERDICTS.get(s.verdict) or Say("", ""), s.reason, name(s.by), s.at) for s in steps],
    )  # fmt: skip


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _source(signal: str) -> str:
    return next((one.source for one in _rules() if one.key == signal), "")


def known_of(line: str, signal: str, about: Sequence[str]) -> set[str]:
    """Numbers of the cases that leads of this signal about this have shown already."""
    found: set[str] = set()
    for cases in Lead.objects.filter(line=line, signal=signal, about=list(about)).values_list(
        "cases", flat=True
    ):
        found.update(cases)
    return found


def sampled(at: datetime | int, *, whole: bool) -> list[Sampled]:
    """Months with blind samples, the newest first. To everybody only `whole` ones: the month is over and every sample
    was checked, so that nothing tells which case is one while it still matters."""
    text = lines.at(LINE, day_of(at))
    said, now = words(text), to_instant(at)
    year, month, _ = ymd(now // DAY)
    months: dict[tuple[int, int], list[tuple[bool, str]]] = {}
    params = [said["good"], said["bad"], LINE, to_datetime(0), to_datetime(now + 1)]
    for _number, good, sealed, check in wall.ask(CHECKED, params, wall.SYSTEM):
        months.setdefault(ymd(sealed // DAY)[:2], []).append((good, check or ""))
    found = []
    for (y, m), rows in sorted(months.items(), reverse=True):
        row = Sampled(
            y, m, len(rows), sum(not good for good, _ in rows),
            sum(not good and check == said["bad"] for good, check in rows),
            sum(good and check == said["bad"] for good, check in rows), sum(not check for _, check in rows),
        )  # fmt: skip
        if not whole or ((y, m) < (year, month) and not row.waiting):
            found.append(row)
    return found


def waiting_for_check(number: str) -> str:
    """The line of a case that waits for its check; "" where it does not or is not there."""
    text = lines.all_lines()[LINE][max(lines.all_lines()[LINE])]
    checked_from = text.actions[words(text)["good"]].states
    rows = wall.ask("select line, state from cases_case where number = %s", [number], wall.SYSTEM)
    return str(rows[0][0]) if rows and rows[0][0] == LINE and rows[0][1] in checked_from else ""


def already_sealed(number: str) -> bool:
    """Whether this case was sealed since its last feedback: once for each check."""
    sql = """select 1 from leads_sample s where s.number = %s and s.at > (select max(e.at) from cases_event e
        join cases_case c on c.id = e.case_id where c.number = s.number and e.name = %s)"""
    text = lines.all_lines()[LINE][max(lines.all_lines()[LINE])]
    return bool(wall.ask(sql, [number, words(text)["work"]], wall.SYSTEM))
