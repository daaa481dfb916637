"""Refusals about time: dating back, windows, limits said in the request, extensions, effects of silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bihuan.core.case.parts import DAY, Case, limit_of
from bihuan.core.line.parts import Action, Clock, Ops, Source
from bihuan.core.line.titles import cannot, moment_text
from bihuan.core.say import Say
from bihuan.core.time.calendar import Calendar
from bihuan.core.time.clock import Limit, Run, deadline, read_limit


def time_reasons(
    case: Case, action: Action, ops: Ops, at: int, moment: int, data: Mapping[str, Any], cal: Calendar
) -> list[Say]:
    """The reasons of time against an action recorded `at` with lawful moment `moment`."""
    reasons: list[Say] = []
    if case.last is not None and at < case.last:
        reasons.append(
            cannot(
                action,
                f"这件已有 {moment_text(case.last)} 的记录，不能插到它前面",
                f"the case has an event of {moment_text(case.last)}; nothing is put before it",
            )
        )
    if moment != at:
        reasons += _dated_back(case, action, at, moment)
    if ops.windows:
        reasons += _shut(case, action, ops, moment, cal)
    if ops.ends:
        reasons += _too_late(case, action, ops, at, moment, cal)
    if ops.declares or ops.pauses or ops.extends:
        reasons += _limits(case, action, ops, moment, data, cal)
    return reasons


def _dated_back(case: Case, action: Action, at: int, moment: int) -> list[Say]:
    if not action.effective:
        return [
            cannot(
                action,
                "这一步按登记的时间算，不能另写日期",
                "it counts from its registration and carries no other date",
            )
        ]
    if moment > at:
        return [
            cannot(
                action,
                f"写的时间 {moment_text(moment)} 还没有到",
                f"the moment {moment_text(moment)} has not come yet",
            )
        ]
    if case.moved is not None and moment < case.moved:
        return [
            cannot(
                action,
                f"写的时间 {moment_text(moment)} 早于上一步 {moment_text(case.moved)}",
                f"the moment {moment_text(moment)} is before the last step, {moment_text(case.moved)}",
            )
        ]
    return []


def _shut(case: Case, action: Action, ops: Ops, moment: int, cal: Calendar) -> list[Say]:
    """Windows whose last second has passed."""
    reasons = []
    for clock in ops.windows:
        run = case.runs.get(clock.name)
        if run is not None and moment > (end := deadline(run, cal)[0]):
            reasons.append(
                cannot(
                    action,
                    f"可以办的时间到 {moment_text(end)} 为止（{clock.law}）",
                    f"it was possible until {moment_text(end)} ({clock.law})",
                )
            )
    return reasons


def _too_late(case: Case, action: Action, ops: Ops, at: int, moment: int, cal: Calendar) -> list[Say]:
    """While the worker still waits for the post, only what was done in time may end the clock."""
    reasons = []
    for clock in ops.ends:
        run = case.runs.get(clock.name)
        if run is None:
            continue
        end = deadline(run, cal)[0]
        if at > end and moment > end:
            effect = case.line.actions[clock.on_expire].title
            reasons.append(
                cannot(
                    action,
                    f"期限到 {moment_text(end)} 已满，之后的按“{effect}”办（{clock.law}）",
                    f"the period ended {moment_text(end)}; later it is “{effect.en}” ({clock.law})",
                )
            )
    return reasons


def _limits(
    case: Case, action: Action, ops: Ops, moment: int, data: Mapping[str, Any], cal: Calendar
) -> list[Say]:
    said: Limit | None = None
    if data.get("limit"):
        try:
            said = read_limit(str(data["limit"]))
        except ValueError:
            return [cannot(action, f"“{data['limit']}”不是时限", f"{data['limit']!r} is not a limit")]
    elif ops.declares:
        return [cannot(action, "要写明多长时间", "it must say how long")]
    reasons = []
    for pause in ops.pauses:
        if said is not None and pause.at_most.kind != "declared" and pause.clock in case.runs:
            most = _source(case, pause.at_most, moment)
            if _end(most, moment, cal) < _end(said, moment, cal):
                reasons.append(_longer(action, said, most))
    for clock in ops.extends:
        reasons += _extension(case, action, clock, said, moment, cal)
    return reasons


def _extension(
    case: Case, action: Action, clock: Clock, said: Limit | None, moment: int, cal: Calendar
) -> list[Say]:
    """An extension is granted before due (asked before due), so often and so long as the law says."""
    extend, run = clock.extend, case.runs.get(clock.name)
    assert extend is not None
    if run is None:
        return [cannot(action, "这个时限现在没有在走", "this clock is not running")]
    if extend.at_most.kind == "matter" and not _may_be_longer(case, extend.at_most.name, moment):
        return [
            cannot(action, "本事项没有可以延长的规定", "no law lets the time for this matter be extended")
        ]
    reasons = []
    given = sum(1 for t in case.times.get(extend.on, ()) if t >= run.start)
    if given >= extend.times:
        reasons.append(
            cannot(
                action,
                f"已延长 {given} 次，最多 {extend.times} 次（{extend.law}）",
                f"extended {given} times already, at most {extend.times} ({extend.law})",
            )
        )
    end = deadline(run, cal)[0]
    if extend.asked_by:
        asked = [t for t in case.times.get(extend.asked_by, ()) if t >= run.start]
        title = case.line.actions[extend.asked_by].title
        if len(asked) <= given:
            reasons.append(cannot(action, f"还没有“{title}”", f"nobody has done “{title.en}” yet"))
        elif asked[-1] > end:
            reasons.append(_over(action, end, f"“{title}”", f"“{title.en}”"))
    elif moment > end:
        reasons.append(_over(action, end, "延长", "an extension"))
    most = _source(case, extend.at_most, moment) if extend.at_most.kind != "declared" else None
    amount = said or most
    if amount is not None and amount.unit != run.limit.unit:
        reasons.append(
            cannot(
                action,
                f"时限是“{run.limit.text}”，延长也要按同样的单位写",
                f"the limit is {run.limit.text!r}; the extension must count in the same unit",
            )
        )
    elif said is not None and most is not None and said.n > most.n:
        reasons.append(_longer(action, said, most))
    return reasons


def _may_be_longer(case: Case, column: str, moment: int) -> bool:
    return column in case.line.matter(case.matter, moment // DAY).limits


def _over(action: Action, end: int, zh: str, en: str) -> Say:
    return cannot(action, f"{zh}须在 {moment_text(end)} 之前", f"{en} has to come before {moment_text(end)}")


def _longer(action: Action, said: Limit, most: Limit) -> Say:
    return cannot(
        action,
        f"“{said.text}”超过最长的“{most.text}”",
        f"{said.text!r} is longer than the most, {most.text!r}",
    )


def _source(case: Case, source: Source, moment: int) -> Limit:
    return limit_of(case.line, source, case.matter, moment // DAY, condition=case.condition)


def _end(limit: Limit, moment: int, cal: Calendar) -> int:
    return deadline(Run("", limit, False, moment), cal)[0]
