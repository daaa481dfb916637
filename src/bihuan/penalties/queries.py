"""Reads of penalties: those that are shown to the public today, whether one was shown once, what moves a credit class.

What is published is derived from the events of its case each time; no second copy of it exists that could stay behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from bihuan import lines
from bihuan.cases import wall
from bihuan.cases.edge import day_of, to_date, to_datetime, to_day, to_instant
from bihuan.cases.family import version_day
from bihuan.core.penalty import FINE, WARNING, fen, kinds_title, yuan
from bihuan.core.say import Say
from bihuan.core.signal.fined import Fined, split
from bihuan.lines.signals import rules
from bihuan.people import queries as people
from bihuan.subjects.models import ClassProposal
from bihuan.subjects.queries import classes_on

LINE = "enforcement"
PAGE = 20
MOST = 200  # of an answer of the API
SAID = "(select e.data ->> '{0}' from cases_event e where e.case_id = c.id and e.data ->> '{0}' <> '' order by e.seq desc limit 1)"
LOCAL = "at time zone 'Asia/Shanghai'"
# 公示规定§13: three months for mere public criticism or a low fine, three years for the rest, longer where a ban lasts longer
FOUND = f"""select c.id, c.number, c.matter, c.version, p.id as event, p.unit, (p.effective {LOCAL})::date as published,
    (d.at {LOCAL})::date as decided, d.data as decision, p.data as said, {SAID.format("party_kind")} as kind,
    {SAID.format("party_shown")} as party, {SAID.format("uscc")} as uscc,
    coalesce((select w.number from papers_paper w where w.case_id = c.id and w.key = 'decide' order by w.id desc limit 1), '') as paper,
    greatest(((p.effective {LOCAL})::date + make_interval(months => case when d.data -> 'final_kinds' <@ case when p.data ->> 'low' = 'yes'
        then '["criticism", "fine"]'::jsonb else '["criticism"]'::jsonb end then %s else %s end))::date,
        nullif(p.data ->> 'bound_until', '')::date) as until,
    exists (select 1 from cases_event t where t.case_id = c.id and t.name = 'overturn' and t.seq > p.seq) as overturned,
    exists (select 1 from cases_event t where t.case_id = c.id and t.name = 'take_down' and t.seq > p.seq) as taken_down
    from cases_case c join cases_event p on p.case_id = c.id and p.name = 'publish'
    join lateral (select data, at from cases_event e where e.case_id = c.id and e.name = 'decide' order by e.seq desc limit 1) d on true
    where c.line = '{LINE}'"""
SHOWN = f"""select * from ({FOUND}) f where not taken_down and until >= %s and (%s = 0 or event < %s)
    and (%s = '' or paper = %s or number = %s or uscc = upper(%s) or (kind = 'organisation' and strpos(party, %s) > 0))
    order by event desc limit %s"""
ONE = f"select * from ({FOUND} and c.number = %s) f"
DECIDED = f"""select c.number, d.unit, (d.at {LOCAL})::date, d.data, {SAID.format("party_shown")}, upper({SAID.format("uscc")}), c.state,
    {SAID.format("low")} = 'yes', c.matter
    from cases_case c join cases_event d on d.case_id = c.id and d.name = 'decide'
    where c.line = '{LINE}' and c.outcome <> 'revoked' and c.state <> 'overturned' and d.at >= %s and d.at < %s order by d.id"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A penalty as everybody may read it: a person masked, an organisation with its code; amounts in fen."""

    number: str
    paper: str
    party: str
    uscc: str
    matter: Say
    law: str
    kinds: Say
    bare: Say
    fine: int
    gains: int
    goods: int
    facts: str
    unit: Say
    decided: date
    published: date
    until: date
    overturned: bool
    event: int

    @property
    def amounts(self) -> Say:
        """The kinds with their amounts in words: 罚款 60,000 元."""
        parts = [(Say("罚款", "fine"), self.fine), (Say("没收违法所得", "gains forfeited"), self.gains),
                 (Say("没收财物", "goods forfeited"), self.goods)]  # fmt: skip
        told = [(name, yuan(amount)) for name, amount in parts if amount]
        return Say(
            "，".join(f"{name} {say}" for name, say in told),
            ", ".join(f"{name.en} {say.en}" for name, say in told),
        )

    @property
    def penalty(self) -> Say:
        """Every kind once: those with an amount, then the others (`bare`)."""
        told = [say for say in (self.amounts, self.bare) if say]
        return Say("，".join(told), ", ".join(say.en for say in told))


@dataclass(frozen=True, slots=True)
class Suggested:
    """A change of class that the rule suggests for a decided penalty; a person proposes it, another decides."""

    number: str
    code: str
    party: str
    was: str
    to: str
    rule: Say
    decided: date

    @property
    def source(self) -> str:
        return f"处罚案件 {self.number}"


def shown(on: date, q: str = "", before: int = 0, most: int = PAGE) -> tuple[list[Shown], int]:
    """(penalties shown on a day, the newest first; from which event on there are older ones, 0 where none). `q` is a
    decision or case number, a code, or part of an organisation's name: nobody is found by the name of a person."""
    text = q.strip()[:64]
    rows = wall.ask(
        SHOWN, [*_months(on), on, before, before, text, text, text, text, text, most + 1], wall.SYSTEM
    )
    names = _names()
    found = [_shown(row, names) for row in rows[:most]]
    return found, found[-1].event if len(rows) > most else 0


def one(number: str, on: date) -> Shown | None:
    """The penalty of a case as shown on a day; None where it was published once and is not any more. KeyError where no
    penalty of this number was ever published."""
    rows = wall.ask(ONE, [*_months(on), number], wall.SYSTEM)
    if not rows:
        raise KeyError(number)
    *_, until, _, taken_down = rows[-1]
    return None if taken_down or until < on else _shown(rows[-1], _names())


def _months(on: date) -> tuple[int, int]:
    day = to_day(on)
    text = lines.at(LINE, day)
    return int(text.param("months_short", day).value), int(text.param("months_long", day).value)


def _shown(row: Sequence[Any], names: Mapping[str, Say]) -> Shown:
    (_, number, matter, version, event, unit, published, decided, decision, said, kind, party, uscc, paper, until, overturned, _) = row  # fmt: skip
    decision, said = _json(decision), _json(said)
    kinds = decision.get("final_kinds") or ()
    what = lines.exact(LINE, version_day(version)).matter(matter, to_day(decided))
    return Shown(
        number, paper, party or "", (uscc or "") if kind == "organisation" else "", Say(what.name, what.name_en), what.columns["law"],
        kinds_title(kinds), kinds_title([one for one in kinds if not fen(decision.get(AMOUNTS.get(one, "")))]), fen(decision.get("final_amount")), fen(decision.get("final_gains")),
        fen(decision.get("final_goods")), said.get("summary", ""), names.get(unit) or Say(unit, unit), decided, published, until,
        overturned, event,
    )  # fmt: skip


def _names() -> Mapping[str, Say]:
    return people.known(people.change()).names


def _json(value: Any) -> Mapping[str, Any]:
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def suggested(at: datetime, days: int = 365) -> list[Suggested]:
    """What the rule suggests for the penalties decided in so many days that nobody has proposed yet.

    The rule (本区示例, 优化营商环境条例§53): a licence withdrawn, a business closed or people banned leads to D; any other
    penalty but a mere warning leads to C from A, B or no class. Only organisations with a code have a class.
    """
    today = to_date(day_of(at))
    classes = classes_on(today)
    taken = set(ClassProposal.objects.filter(ground="penalty").values_list("source", flat=True))
    found = []
    for number, _unit, decided, decision, party, code, *_ in _decided(at - timedelta(days=days), at):
        kinds = set(decision.get("final_kinds") or ())
        if not code or kinds <= {WARNING} or f"处罚案件 {number}" in taken:
            continue
        was = classes.get(code, "")
        grave = bool(kinds & {"withdraw", "close", "bar"})
        to = "D" if grave else "C"
        if was >= to:
            continue
        rule = GRAVE if grave else OTHER
        found.append(Suggested(number, code, party or "", was, to, rule, decided))
    return found


AMOUNTS = {"fine": "final_amount", "gains": "final_gains", "goods": "final_goods"}
GRAVE = Say("吊销许可证件、责令关闭、限制从业：D", "Licence withdrawn, business closed, people banned: D")
OTHER = Say("受到警告以外的处罚：C", "Any penalty but a mere warning: C")


def split_fines(at: datetime) -> list[list[Fined]]:
    """Low fines of one party for one matter that look like one fine cut into pieces, by the rule of the line."""
    text = lines.at(LINE, day_of(at))
    rule = next(one for one in rules(text) if one.key == "split_fine")
    return split(fined(at - timedelta(days=365), at), rule)


def fined(since: datetime | int, until: datetime | int) -> list[Fined]:
    """The fines decided in [since, until) as signals look at them."""
    start, end = to_datetime(to_instant(since)), to_datetime(to_instant(until))
    return [
        Fined(number, code or "", party or "", unit, matter, to_day(decided), fen(data.get("final_amount")), bool(low))
        for number, unit, decided, data, party, code, _state, low, matter in _decided(start, end)
        if FINE in (data.get("final_kinds") or ())
    ]  # fmt: skip


def _decided(since: datetime, until: datetime) -> list[tuple[Any, ...]]:
    rows = wall.ask(DECIDED, [since, until], wall.SYSTEM)
    return [(number, unit, decided, _json(data), *rest) for number, unit, decided, data, *rest in rows]
