"""Where a case or a clock stands, as the product's signs say it: on time, due soon, late, stopped, done, no data."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import DAY_UNITS, SECONDS, WORKING_DAYS, WORKING_SECONDS, Due, Run, measure
from bihuan.core.time.formats import clock, days, lasting, moment, near_date, span, working_days
from bihuan.core.time.instant import DAY

SOON = 0.8  # the share of the limit from which a clock is due soon
WORDS = {
    "ontime": Say("按时", "on time"),
    "soon": Say("快到期", "due soon"),
    "late": Say("超时", "late"),
    "stop": Say("停表", "clock stopped"),
    "done": Say("办结", "done"),
    "none": Say("没有数据", "no data"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` names the ring and the colour, `share` its arc (0 to 1), `left` the big words, `due` the moment in words."""

    code: str
    share: float
    left: Say
    due: Say

    @property
    def word(self) -> Say:
        return WORDS[self.code]


def remaining(n: int, unit: str) -> Say:
    """An amount in the unit of a limit: working or calendar days, or hours and minutes."""
    if unit == WORKING_DAYS:
        return working_days(n)
    return days(n) if unit in DAY_UNITS else span(n)


def of_clock(run: Run, now: Due, at: int, cal: Calendar, *, plain: bool = False) -> Standing:
    """A clock with its stops, or `plain` without them."""
    unit, end = run.limit.unit, now.plain if plain else now.at
    late = now.plain_late if plain else now.late
    total = run.limit.n + (0 if plain else run.extension)
    measured = "days" if unit == "months" else unit
    if unit == "months":
        total = measure(cal, measured, run.start, end)
    used = now.gross if plain else now.used
    share = min(1.0, used / total) if total else 1.0
    when = moment(end, at)
    if run.end is not None and run.how != "":
        return _ended(run, late, measured, end, used, when, cal)
    if late:
        over = measure(cal, measured, end, at)
        past = Say(f"{when} 到期", f"was due {when.en}")
        return Standing("late", 1.0, _over(over, measured), past)
    if now.status == "paused" and not plain:
        last = max((stop.expiry for stop in run.stops if stop.b is None), default=end)
        resumes = moment(last, at)
        return Standing(
            "stop", share, WORDS["stop"], Say(f"{resumes} 自动恢复", f"resumes by itself {resumes.en}")
        )
    rest = max(0, measure(cal, measured, at, end))
    left = remaining(rest, measured)
    if measured in DAY_UNITS and not rest:
        words = Say("今天到期", "due today")
    else:
        words = Say(f"剩 {left}", f"{left.en} left")
    code = "soon" if share >= SOON or (measured in DAY_UNITS and not rest) else "ontime"
    return Standing(code, share, words, Say(f"{when} 到期", f"due {when.en}"))


def _over(over: int, unit: str) -> Say:
    if not over:
        return Say("刚超时", "just late")
    much = remaining(over, unit)
    return Say(f"超 {much}", f"{much.en} late")


def _ended(run: Run, late: bool, unit: str, end: int, used: int, when: Say, cal: Calendar) -> Standing:
    assert run.end is not None
    if late:
        over = measure(cal, unit, end, run.end)
        much = remaining(over, unit)
        words = Say(f"超 {much}", f"{much.en} late") if over else Say("超时", "late")
        return Standing("late", 1.0, words, Say(f"期限是 {when}", f"was due {when.en}"))
    took = remaining(used, unit)
    if run.how == "cleared":
        return Standing(
            "none", 0.0, Say("不再计", "no longer counted"), Say(f"用了 {took}", f"{took.en} used")
        )
    if run.how == "expired":
        return Standing("none", 1.0, Say("到期", "expired"), Say(f"{when} 到期", f"expired {when.en}"))
    return Standing(
        "done", 1.0, Say(f"用了 {took}", f"took {took.en}"), Say(f"期限是 {when}", f"was due {when.en}")
    )


def of_row(
    opened: int, due: int | None, at: int, cal: Calendar, *, stopped: bool, late: bool, final: bool
) -> Standing:
    """A row of a list, from what the row knows; the arc is the share of working time from opening to due."""
    nothing = Say("", "")
    if final:
        return Standing(
            "late" if late else "done",
            1.0,
            Say("办结，超时", "closed late") if late else WORDS["done"],
            nothing,
        )
    if due is None:
        return Standing("none", 0.0, Say("没有时限", "no limit"), nothing)
    when = moment(due, at)
    unit = _unit_of(due, cal)
    if stopped:
        return Standing("stop", 1.0, WORDS["stop"], Say(f"最迟 {when} 到期", f"due {when.en} at the latest"))
    if due < at:
        over = _between(due, at, unit, cal)
        return Standing(
            "late", 1.0, Say(f"超 {over}", f"{over.en} late"), Say(f"{when} 到期", f"was due {when.en}")
        )
    return _coming(opened, due, at, unit, when, cal)


def _coming(opened: int, due: int, at: int, unit: str, when: Say, cal: Calendar) -> Standing:
    whole = (
        max(1, measure(cal, unit, opened, due))
        if unit != WORKING_DAYS
        else max(1, cal.worked(due) - cal.worked(opened))
    )
    gone = measure(cal, unit, opened, at) if unit != WORKING_DAYS else cal.worked(at) - cal.worked(opened)
    share = min(1.0, gone / whole)
    today = due // DAY == at // DAY
    if unit == WORKING_DAYS and today:
        words = Say("今天到期", "due today")
    else:
        left = _between(at, due, unit, cal)
        words = Say(f"剩 {left}", f"{left.en} left")
    code = "soon" if share >= SOON and (today or unit != WORKING_DAYS) else "ontime"
    return Standing(code, share, words, Say(f"{when} 到期", f"due {when.en}"))


def _between(a: int, b: int, unit: str, cal: Calendar) -> Say:
    if unit == WORKING_DAYS:
        n = cal.count(a // DAY, b // DAY)
        return working_days(n) if n else lasting(cal, a, b)
    if unit == SECONDS:
        return span(max(0, b - a))
    return lasting(cal, a, b)


def _unit_of(due: int, cal: Calendar) -> str:
    """What a due counts in, told by the due itself: an end of a day, a moment of office hours, or any moment."""
    if due % DAY == DAY - 1:
        return WORKING_DAYS
    of_day = due % DAY
    if any(opens < of_day <= closes for opens, closes in cal.sessions(due // DAY)):
        return WORKING_SECONDS
    return SECONDS


def next_due(due: int, at: int) -> Say:
    """14:40 where it is today, else 明天 09:30 or the date: for the sentence on top of the queue."""
    if due // DAY == at // DAY:
        return Say(clock(due), clock(due))
    when = near_date(due // DAY, at // DAY)
    return Say(f"{when} {clock(due)}", f"{when.en} {clock(due)}")
