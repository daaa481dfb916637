"""How far a case is, in a sentence and on the loop, for the person who brought it."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan import lines
from bihuan.cases.edge import to_instant
from bihuan.cases.family import version_day
from bihuan.cases.shapes import Tracked
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.core.time import formats
from bihuan.core.time.instant import DAY

# where each state stands on the loop 上报 受理 派遣 处置 核查 结案 评分 公开
STATIONS = {
    "urban_management": {
        "reported": 1, "verifying": 1, "verified": 1, "unfound": 1, "dispatching": 2, "handling": 3, "returning": 3,
        "suspended": 3, "checking": 4,
    },
    "bundles": {"running": 3, "closing": 3},
}  # fmt: skip
ACCEPTED, ACTING, CLOSED, SCORED = 1, 3, 5, 6


@dataclass(frozen=True, slots=True)
class Progress:
    station: int
    title: Say
    lead: Say
    asks: bool  # whether the person's own verdict is due


def station(line: Line, state: str, rated: bool) -> int:
    """The place on the loop: known for some lines, else the first state is accepting and the others are acting."""
    if line.states[state].final:
        return SCORED if rated else CLOSED
    known = STATIONS.get(line.code, {})
    if state in known:
        return known[state]
    return ACCEPTED if state == line.first_state else ACTING


def tell_progress(found: Tracked, now: int) -> Progress:
    """The first line of the page answers: where is it, until when, who has it."""
    head, line = found.head, line_of(found)
    names = {choice.name for choice in found.allowed}
    rated = any(step.name == "rate" for step in found.steps)
    at = station(line, head.state, rated)
    if head.final:
        asks = "reopen" in names and not rated
        return Progress(at, _closed(found, asks), _after(found, now, asks), asks)
    return Progress(at, _running(found, now), _holder(found, now), False)


def _running(found: Tracked, now: int) -> Say:
    head, state = found.head, found.head.state_title
    if head.stopped:
        return Say(f"{state}，停表中", f"{state.en}: the clock is stopped")
    if head.due_at is None:
        return Say(f"{state}", state.en)
    due = to_instant(head.due_at)
    when = formats.moment(due, now)
    if due < now:
        cal = lines.calendar()
        over = formats.lasting(cal, due, now)
        return Say(f"{state}，晚了 {over}", f"{state.en}, {over.en} late")
    return Say(f"{state}，预计{when} 前", f"{state.en}, expected by {when.en}")


def _holder(found: Tracked, now: int) -> Say:
    head = found.head
    who = head.holder_title
    if found.parts and not head.holder:
        return _apart(found)
    late = head.due_at is not None and to_instant(head.due_at) < now and not head.stopped
    if late:
        return Say(
            f"现在在{who}。超过期限的时间照样记给它，谁都抹不掉。",
            f"It is with {who.en}. The time beyond the limit stays on its record.",
        )
    if head.stopped and found.main is not None and found.main.live:
        ends = [stop.expiry for stop in found.main.run.stops if stop.b is None]
        if ends:
            when = formats.moment(max(ends), now)
            return Say(
                f"现在在{who}。{when} 自动恢复计时。",
                f"It is with {who.en}. The clock resumes by itself {when.en}.",
            )
    return Say(f"现在在{who}。", f"It is with {who.en}.")


def _apart(found: Tracked) -> Say:
    """Nobody holds the whole: its parts are each with their own unit."""
    done, yours = sum(one.final for one in found.parts), sum(one.yours for one in found.parts)
    n = len(found.parts)
    said = Say(
        f"{n} 项里办完 {done} 项，其余在各自的单位。",
        f"{done} of {n} parts are done, the others are with their units.",
    )
    return (
        Say(
            f"{said}有 {yours} 项等你。",
            f"{said.en} {'One waits' if yours == 1 else f'{yours} wait'} for you.",
        )
        if yours
        else said
    )


def _closed(found: Tracked, asks: bool) -> Say:
    if asks and any(step.name == "check_ok" for step in found.steps):
        return Say("核查说修好了，你看呢？", "The check says it is fixed. What do you say?")
    return found.head.state_title


def _after(found: Tracked, now: int, asks: bool) -> Say:
    head = found.head
    when = formats.moment(to_instant(head.closed_at), now) if head.closed_at else Say("", "")
    window = next(
        (clock for clock in found.clocks if clock.window and clock.live and "reopen" in clock.code), None
    )
    said = Say(f"{when} 办结。", f"Closed {when.en}.")
    if asks and window is not None:
        until = formats.date(window.due.at // DAY, now // DAY)
        return Say(
            f"{said}说“没修好”，这件会重新打开，原来的时钟接着走。{until}前没有回答，按核查结果算。",
            f"{said.en} If you say it is not fixed, the case opens again on its old clock. Without an answer by {until.en} the check stands.",
        )
    return said


def line_of(found: Tracked) -> Line:
    """The text of the law the case runs under."""
    return lines.exact(found.head.line, version_day(found.head.version))
