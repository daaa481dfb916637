"""Why a clock is due when it is: a ledger that adds up on the page, and the same as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import (
    DAY_UNITS,
    DAYS,
    MONTHS,
    SECONDS,
    WORKING_DAYS,
    WORKING_SECONDS,
    Due,
    Limit,
    Run,
    add,
    deadline,
    due,
    measure,
    merged,
)
from bihuan.core.time.instant import DAY, text

MOST_DAYS_IN_DETAIL = 2  # a longer piece shows one row a day
MOST_ROWS = 12  # and a still longer one a single row


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger: `counted` without stops, `gross` with them, in days or seconds as the limit counts.

    Kinds: start, extension, work, off (a rest that does not count), stop, sum, due. A `due` row carries the due
    in `a` and the plain due in `b`. The `work` and `stop` rows add up to the `sum` row, in both columns.
    """

    kind: str
    label: Say
    a: int
    b: int
    counted: int = 0
    gross: int = 0
    stop: int = 0  # number of the event that stopped the clock, for its reason and approver


def amount(n: int, unit: str) -> Say:
    """So much time in words: 20 个工作日, 1 小时 36 分, 3 个月."""
    if unit == WORKING_DAYS:
        return Say(f"{n} 个工作日", f"{n} working day{'' if n == 1 else 's'}")
    if unit == DAYS:
        return Say(f"{n} 天", f"{n} day{'' if n == 1 else 's'}")
    if unit == MONTHS:
        return Say(f"{n} 个月", f"{n} month{'' if n == 1 else 's'}")
    zh, en = ("个工作小时", " working") if unit == WORKING_SECONDS else ("小时", "")
    hours, minutes = n // 3600, n % 3600 // 60
    if not hours:
        return Say(f"{minutes} 分钟", f"{minutes} min") if minutes else Say(f"{n} 秒", f"{n} s")
    if minutes:
        return Say(f"{hours} {zh} {minutes} 分", f"{hours} h {minutes} min{en and ' of working time'}")
    return Say(f"{hours} {zh}", f"{hours}{en} hour{'' if hours == 1 else 's'}")


def limit_words(limit: Limit) -> Say:
    """The limit in words."""
    return amount(limit.n, limit.unit)


def ledger(run: Run, cal: Calendar, asof: int) -> list[Row]:
    """The rows of *时间是这样算的* up to `asof` (or the end of the run); figures as Due has them."""
    now = due(run, cal, asof)
    seen = max(run.start, asof if run.end is None else run.end)
    words = limit_words(run.limit)
    first = (
        Say(f"起算，当日不计，时限 {words}", f"Begins; that day does not count; limit {words.en}")
        if run.limit.unit in DAY_UNITS
        else Say(f"起算，时限 {words}", f"Begins; limit {words.en}")
    )
    rows = [Row("start", first, run.start, run.start)]
    if run.extension:
        more = amount(run.extension, run.limit.unit)
        rows.append(Row("extension", Say(f"准予延长 {more}", f"Extended by {more.en}"), run.start, run.start))
    at = run.start
    for a, b in deadline(run, cal)[1]:
        a, b = max(a, run.start), min(b, seen)
        if a >= seen:
            break
        rows += _passed(cal, run.limit.unit, at, a)
        rows.append(_stop_row(run, cal, a, b))
        at = b
    rows += _passed(cal, run.limit.unit, at, seen)
    rows.append(Row("sum", Say("已用", "Used"), run.start, seen, now.used, now.gross))
    rows.append(Row("due", Say("到期", "Due"), now.at, now.plain))
    return rows


def _stop_row(run: Run, cal: Calendar, a: int, b: int) -> Row:
    """The stop that lies here; a gap between the end of a run and its reopening is one too."""
    here = [s for s in run.stops if s.a <= a and (s.b is None or s.b >= a)]
    own = here[0] if here else None
    label = Say("停表", "Stopped") if own is None or own.pause else Say("办结到重开", "Closed until reopened")
    return Row("stop", label, a, b, 0, measure(cal, run.limit.unit, a, b), own.event if own else 0)


def _passed(cal: Calendar, unit: str, a: int, b: int) -> list[Row]:
    """What passed between two Instants, as rows."""
    if b <= a:
        return []
    if unit == SECONDS:
        return [Row("work", Say("连续计时", "Continuous time"), a, b, b - a, b - a)]
    if unit == WORKING_SECONDS:
        return _hours(cal, a, b)
    n, whole = measure(cal, unit, a, b), b // DAY - a // DAY
    if not whole:
        return []
    words = amount(n, WORKING_DAYS if unit == WORKING_DAYS else DAYS)
    rows = [Row("work", Say(f"{words}", words.en), a, b, n, n)]
    if unit == WORKING_DAYS and whole > n:
        rest = whole - n
        rows.append(Row("off", Say(f"其间休息日、节假日 {rest} 天", f"{rest} rest days between"), a, b))
    return rows


def _hours(cal: Calendar, a: int, b: int) -> list[Row]:
    days = [d for d in range(a // DAY, b // DAY + 1) if cal.is_worked(d)]
    if len(days) > MOST_ROWS:
        n = measure(cal, WORKING_SECONDS, a, b)
        return [
            Row(
                "work",
                Say(f"{len(days)} 个工作日的工作时间", f"Office hours of {len(days)} days"),
                a,
                b,
                n,
                n,
            )
        ]
    rows: list[Row] = []
    for day in days:
        pieces = list(_sessions(cal, day, a, b))
        if len(days) > MOST_DAYS_IN_DETAIL and len(pieces) > 1:
            n = sum(y - x for x, y, _ in pieces)
            rows.append(
                Row("work", Say("全天工作时间", "Office hours of the day"), pieces[0][0], pieces[-1][1], n, n)
            )
            continue
        for i, (x, y, label) in enumerate(pieces):
            if i and x > pieces[i - 1][1]:
                rows.append(Row("off", Say("午休", "Lunch"), pieces[i - 1][1], x))
            rows.append(Row("work", label, x, y, y - x, y - x))
    return rows


def _sessions(cal: Calendar, day: int, a: int, b: int) -> Iterator[tuple[int, int, Say]]:
    for opens, closes in cal.sessions(day):
        x, y = max(a, day * DAY + opens), min(b, day * DAY + closes)
        if x < y:
            morning = opens < DAY // 2
            yield x, y, Say("上午工作时间", "Morning") if morning else Say("下午工作时间", "Afternoon")


def why(run: Run, cal: Calendar, asof: int | None = None) -> list[Say]:
    """The deadline in sentences, for a reader without the table."""
    now = due(run, cal, run.start if asof is None else asof)
    out = [_begins(run), *_changes(run, cal)]
    if run.limit.unit in (DAYS, MONTHS) and run.roll and not run.stops:
        out += _rolled(run, cal, now)
    end, plain = _moment(now.at), _moment(now.plain)
    out.append(Say(f"到期：{end}。", f"Due: {end}."))
    if now.plain != now.at:
        out.append(Say(f"不计停表和延长：{plain}。", f"Without stops and extension: {plain}."))
    if now.provisional:
        out.append(
            Say(
                "这一年的放假安排还没有公布，先按星期推算，公布后重算。",
                "The public holidays of that year are not announced yet: counted by weekdays, to be counted again.",
            )
        )
    return out


def _begins(run: Run) -> Say:
    words, start = limit_words(run.limit), _moment(run.start)
    if run.limit.unit in DAY_UNITS:
        return Say(
            f"{start} 起算，当日不计，从次日起数 {words}。",
            f"Counted from the day after {start}: {words.en}.",
        )
    return Say(f"{start} 起算，{words}。", f"From {start}: {words.en}.")


def _changes(run: Run, cal: Calendar) -> Iterator[Say]:
    unit = run.limit.unit
    if run.extension:
        more = amount(run.extension, unit)
        yield Say(f"准予延长 {more}，与原时限连续计算。", f"Extended by {more.en}, counted as one period.")
    shown = WORKING_DAYS if unit == WORKING_DAYS else DAYS if unit in DAY_UNITS else unit
    counted, left = deadline(run, cal)[1], _whole(run, cal)
    at, still_open = run.start, {stop.expiry for stop in run.stops if stop.b is None}
    for a, b in counted:
        left, at = left - measure(cal, unit, at, a), b
        begins, ends = _moment(a), _moment(b)
        span = Say(f"{begins} 到 {ends} 停表", f"Stopped from {begins} to {ends}")
        if b in still_open:
            span = Say(
                f"{begins} 起停表，最迟 {ends} 自动恢复", f"Stopped from {begins}, resumes by itself {ends}"
            )
        if left > 0:
            out = amount(measure(cal, unit, a, b), shown)
            yield Say(f"{span}，扣除 {out}。", f"{span.en}: {out.en} left out.")
        elif unit in DAY_UNITS:
            yield Say(
                f"{span}；停表时已是末日，恢复那天为末日。",
                f"{span.en}; no whole day was left, so the day of resuming is the last day.",
            )
        else:
            yield Say(
                f"{span}；停表时正好到期，恢复即到期。", f"{span.en}; it was just due, so resuming is due."
            )
    for a, _ in merged(run.stops)[len(counted) :]:
        yield Say(
            f"{_moment(a)} 停表时已经超时，不起作用。", f"Stopped {_moment(a)}, already late: no effect."
        )


def _whole(run: Run, cal: Calendar) -> int:
    """The limit with its extension in the unit of the figures."""
    n = run.limit.n + run.extension
    return add(cal, run.start, n, MONTHS) - run.start // DAY if run.limit.unit == MONTHS else n


def _rolled(run: Run, cal: Calendar, now: Due) -> Iterator[Say]:
    raw = deadline(Run(run.clock, run.limit, False, run.start, run.extension), cal)[0]
    if raw != now.at:
        yield Say(
            f"末日 {_moment(raw)[:10]} 是休息日，顺延到 {_moment(now.at)[:10]}（民法典§203）。",
            f"The last day, {_moment(raw)[:10]}, is a rest day: moved to {_moment(now.at)[:10]} (Civil Code 203).",
        )


def _moment(instant: int) -> str:
    """The last second of a day is shown as its 24:00."""
    return text(instant + 1 - DAY)[:10] + " 24:00" if instant % DAY == DAY - 1 else text(instant)
