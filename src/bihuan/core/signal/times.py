"""Signals in clocks: asked for time or stopped just before due, nearly all stopped, put right by oneself, renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bihuan.core.case.parts import Event
from bihuan.core.place.datum import metres
from bihuan.core.say import Say
from bihuan.core.signal.chance import binomial_tail, holm
from bihuan.core.signal.parts import Found, Rule, Seen, Told, found, odds, per_cent
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import (
    DAYS,
    MONTHS,
    SECONDS,
    WORKING_DAYS,
    WORKING_SECONDS,
    Limit,
    Run,
    deadline,
    due,
)
from bihuan.core.time.instant import DAY

Mark = tuple[str, bool]  # number of the case, whether it is one of the odd ones


def late_asking(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A unit that asks for more time at the very end: in the last `share` of the limit, far more often than others."""
    yield from _edge(seen, rule, seen.words["more"], "延期", "more time")


def late_stop(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A unit that asks for a stop at the very end: in the last `share` of the limit, far more often than others."""
    yield from _edge(seen, rule, seen.words["stop"], "停表", "a stop")


def _edge(seen: Seen, rule: Rule, name: str, zh: str, en: str) -> Iterator[Found]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    for one in seen.told:
        for event in one.events:
            if event.name == name and seen.holds(event.at):
                left = left_of(one, seen.words["clock"], event, seen.cal)
                if left is not None:
                    marks[event.unit].append((one.number, 0 <= left <= rule["share"]))
    for unit, odd, n, base, chance in outliers(marks, rule, rule["share"]):
        who, by = seen.name(unit), odds(chance)
        yield found(rule, (unit,), odd, Say(
            f"{who}申请{zh} {n} 次，其中 {len(odd)} 次在到期前最后 {per_cent(rule['share'])} 的时间里；别的单位这样的占 {per_cent(base)}。碰巧这样的可能{by}",
            f"{who.en} asked {n} times for {en}, {len(odd)} of them in the last {per_cent(rule['share'])} of the limit; elsewhere {per_cent(base)}. By chance: {by.en}",
        ))  # fmt: skip


def left_of(one: Told, clock: str, event: Event, cal: Calendar) -> float | None:
    """What share of the limit was left when this happened, by what was known then; None where the clock did not run."""
    runs = [*one.case.history, *one.case.runs.values()]
    run = next((r for r in runs if r.clock == clock and r.start <= event.effective and (r.end is None or r.end >= event.effective)), None)  # fmt: skip
    if run is None:
        return None
    given = any(name in one.case.times for name in one.case.line.ops if one.case.line.ops[name].extends)
    later = not given or min(
        moment for name, ops in one.case.line.ops.items() if ops.extends for moment in one.case.times.get(name, (event.effective,))
    ) >= event.effective  # fmt: skip
    then = replace(run, extension=0 if later else run.extension, stops=tuple(s for s in run.stops if s.a < event.effective))  # fmt: skip
    end = deadline(then, cal)[0]
    spent = (
        cal.worked if run.limit.unit == WORKING_SECONDS else int
    )  # a night between is no time of the limit
    whole = spent(end) - spent(run.start)
    return (spent(end) - spent(event.effective)) / whole if whole > 0 else None


def stop_abuse(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A unit nearly all of whose limits were stopped: over `share` of `least` and more, far above the other units.

    Counted are runs whose plain due lies in the period, so that a stop takes nothing out of the count; the rate
    in time with stops and the one without are said side by side.
    """
    marks: dict[str, list[Mark]] = defaultdict(list)
    in_time: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in seen.told:
        for run in (*one.case.history, *one.case.runs.values()):
            if run.clock != seen.words["clock"]:
                continue
            now = due(run, seen.cal, seen.until)
            if seen.holds(now.plain):
                unit = _party_at(one, run, seen.words["party"])
                marks[unit].append((one.number, any(s.pause in rule["pauses"] for s in run.stops)))
                in_time[unit].append((not now.late, not now.plain_late))
    for unit, odd, n, base, chance in outliers(marks, rule, 0.0):
        if len(odd) < rule["share"] * n:
            continue
        with_stops, without = (sum(pair[i] for pair in in_time[unit]) / n for i in (0, 1))
        who, by = seen.name(unit), odds(chance)
        yield found(rule, (unit,), odd, Say(
            f"{who}应到期 {n} 件，停表的 {len(odd)} 件；别的单位停表占 {per_cent(base)}（碰巧的可能{by}）。扣停表按时 {per_cent(with_stops)}，不扣停表按时 {per_cent(without)}",
            f"{len(odd)} of {n} limits of {who.en} were stopped; elsewhere {per_cent(base)} (by chance: {by.en}). In time with stops {per_cent(with_stops)}, without {per_cent(without)}",
        ))  # fmt: skip


def _party_at(one: Told, run: Run, party: str) -> str:
    last = max((seq for seq, event in enumerate(one.events) if event.effective <= run.start), default=0)
    return one.parties[last].get(party, "")


def self_fixed(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A collector who ends far more cases as put right by oneself than the other collectors do."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for one in seen.told:
        case = one.case
        if case.closed is None or not case.final or not seen.holds(case.closed):
            continue
        own = case.outcome == seen.words["own"]
        doers = [d for name in ((seen.words["own_by"],) if own else seen.words["found_by"].split()) for d in case.done_by.get(name, ())]  # fmt: skip
        if doers and doers[-1].by.isdecimal():
            marks[doers[-1].by].append((one.number, own))
    for person, odd, n, base, chance in outliers(marks, rule, 0.0):
        who, by = seen.name(person), odds(chance)
        yield found(rule, (person,), odd, Say(
            f"{who}采集的 {n} 件里自行处置 {len(odd)} 件，占 {per_cent(len(odd) / n)}；别人占 {per_cent(base)}。碰巧这样的可能{by}",
            f"{len(odd)} of {n} cases found by {who.en} were put right on the spot, {per_cent(len(odd) / n)}; others {per_cent(base)}. By chance: {by.en}",
        ))  # fmt: skip


def outliers(
    marks: dict[str, list[Mark]], rule: Rule, floor: float
) -> Iterator[tuple[str, list[str], int, float, float]]:
    """(who, odd cases, n, share elsewhere, adjusted chance): exact binomial tail against all others, Holm over all.

    `floor` is a share that is no oddity by itself; it also stands in where there is nobody to compare with.
    """
    total, odd_total = sum(map(len, marks.values())), sum(odd for rows in marks.values() for _, odd in rows)
    chances, bases = {}, {}
    for who, rows in marks.items():
        n, k = len(rows), sum(odd for _, odd in rows)
        others = total - n
        if n < rule["least"] or not who:
            continue
        base = max(
            (odd_total - k + 1) / (others + 2), floor
        )  # one more of each: nobody else is no proof of nought
        chances[who], bases[who] = binomial_tail(k, n, base), base
    for who, chance in holm(chances, rule["level"]).items():
        odd = [number for number, is_odd in marks[who] if is_odd]
        n = len(marks[who])
        if len(odd) / n - bases[who] >= rule["gap"]:
            yield who, odd, n, bases[who], chance


def renamed(seen: Seen, rule: Rule) -> Iterator[Found]:
    """What was dropped by staff and came again near by as another subtype with a longer limit, within `days`."""
    dropped = [one for one in seen.told if one.case.final and one.case.outcome in rule["outcomes"] and one.lon is not None]  # fmt: skip
    for new in seen.told:
        opened = new.case.opened
        if opened is None or new.lon is None or not seen.holds(opened):
            continue
        for old in dropped:
            if _renamed(old, new, opened, rule):
                a, b = (
                    one.case.line.matter(one.case.matter, (one.case.opened or 0) // DAY) for one in (old, new)
                )
                was, now = a.limits[rule["limit"]].text, b.limits[rule["limit"]].text
                yield found(rule, (old.number, new.number), (old.number, new.number), Say(
                    f"{old.number}“{a.name}”不予立案后，同一处又按“{b.name}”立了 {new.number}，期限由 {was} 变成 {now}",
                    f"{old.number} ({a.name_en}) was dropped, and {new.number} opened at the same spot as {b.name_en}: the limit went from {was} to {now}",
                ))  # fmt: skip


def _renamed(old: Told, new: Told, opened: int, rule: Rule) -> bool:
    closed, matter = old.case.closed, old.case.matter
    if closed is None or matter == new.case.matter or old.number == new.number:
        return False
    if not closed - DAY <= opened <= closed + rule["days"] * DAY:
        return False
    assert old.lon is not None and old.lat is not None and new.lon is not None and new.lat is not None
    if metres(old.lon, old.lat, new.lon, new.lat) > rule["metres"]:
        return False
    limits = [one.case.line.matter(one.case.matter, (one.case.opened or 0) // DAY).limits.get(rule["limit"]) for one in (old, new)]  # fmt: skip
    return limits[0] is not None and limits[1] is not None and rough(limits[1]) > rough(limits[0])


_ROUGH = {WORKING_DAYS: 8 * 3600, DAYS: 8 * 3600, MONTHS: 170 * 3600, WORKING_SECONDS: 1, SECONDS: 1}


def rough(limit: Limit) -> int:
    """A limit in working seconds, near enough to say which of two is longer."""
    return limit.n * _ROUGH[limit.unit]
