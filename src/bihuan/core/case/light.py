"""The lamp of a case, from its clocks alone: green in time, yellow due soon, red late. It says nothing of progress."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.core.case.parts import Case
from bihuan.core.line.titles import moment_text
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Due, due
from bihuan.core.time.instant import DAY

GREEN, YELLOW, RED, NONE = "green", "yellow", "red", "none"
TITLES = {
    GREEN: Say("绿灯 · 期限内", "Green · in time"),
    YELLOW: Say("黄灯 · 临近到期", "Yellow · due soon"),
    RED: Say("红灯 · 超期", "Red · late"),
    NONE: Say("没有在走的时限", "No clock runs"),
}


@dataclass(frozen=True, slots=True)
class Light:
    """The colour, why, and the clock that decided ("" for none)."""

    colour: str
    says: Say
    clock: str = ""

    @property
    def title(self) -> Say:
        return TITLES[self.colour]


def light(case: Case, cal: Calendar, asof: int, near: int) -> Light:
    """The lamp at the Instant `asof`; yellow from `near` working days before the nearest due.

    The case must have been caught up to `asof`. A late main clock stays red whatever came after it; windows, which
    only shut actions, give no light.
    """
    line = case.line
    main = case.run(line.main_clock)
    if main is not None and main.clock not in case.runs and (found := due(main, cal, asof)).late:
        return Light(RED, _late(line.clocks[main.clock].title, found), main.clock)
    live = [(due(run, cal, asof), name) for name, run in case.runs.items() if not line.clocks[name].window]
    if case.final:
        return _ended(case, cal, asof)
    if not live:
        return Light(NONE, Say("这一步没有计时的规定", "No limit is set for this step"))
    found, name = min(live, key=lambda one: (not one[0].late, one[0].at))
    title, until = line.clocks[name].title, moment_text(found.at)
    if found.late:
        return Light(RED, _late(title, found), name)
    left = cal.count(asof // DAY, found.at // DAY)
    zh, en = f"“{title}”{until} 到期", f"“{title.en}” is due {until}"
    if left <= near:
        days = "1 working day" if left == 1 else f"{left} working days"
        return Light(YELLOW, Say(f"{zh}，还有 {left} 个工作日", f"{en}, {days} left"), name)
    return Light(GREEN, Say(zh, en), name)


def _late(title: Say, found: Due) -> Say:
    until = moment_text(found.at)
    return Say(f"“{title}”{until} 到期，已经超期", f"“{title.en}” was due {until} and is late")


def _ended(case: Case, cal: Calendar, asof: int) -> Light:
    main = case.run(case.line.main_clock)
    title = case.line.clocks[case.line.main_clock].title
    if main is None:
        return Light(NONE, Say(f"“{title}”没有开始计时", f"“{title.en}” never began"))
    until = moment_text(due(main, cal, asof).at)
    return Light(
        GREEN, Say(f"“{title}”{until} 到期，没有超期", f"“{title.en}” was due {until}, in time"), main.clock
    )
