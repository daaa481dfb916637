"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY, day, day_text, ymd


def no_decision(f: Facts) -> Say | None:
    """§11: the government decides or its head instructs; the office alone never does."""
    if f.data.get("basis") in ("decision", "instruction", "proposal_approved") and f.data.get("decision"):
        return None
    return Say(
        "立项须有本级政府决定、行政首长指令或经批准的建议,写明文号或批示",
        "To open, give the decision of the government, the instruction of its head or the approved proposal",
    )


def not_designated(f: Facts) -> Say | None:
    """§6 and §7: the supervision office, or a department the government designated, as the duty list says."""
    units = {f.actor.unit, str(f.data.get("office") or f.actor.unit)}
    for unit in sorted(units):
        reason = f.ask["duty"](unit, f.case.matter, "", f.effective // DAY)
        if reason is not None:
            return Say(
                f"未经本级政府指定，不得开展政府督查（督查条例§7）：{reason}",
                f"Not designated by the government to supervise (§7): {reason.en}",
            )
    return None


def bad_year(f: Facts) -> Say | None:
    """The year of a task lies near this one; a task of several years begins before its last one."""
    year, since, near, now = (
        f.data.get("year"),
        f.data.get("since_year"),
        f.params["year_near"],
        ymd(f.at // DAY)[0],
    )
    if year is not None and not (year == int(year) and abs(int(year) - now) <= near):
        return Say(
            f"任务所属年度应在 {now - near} 到 {now + near} 之间，写的是 {year}",
            f"The year of the task must be between {now - near} and {now + near}, not {year}",
        )
    if since is None or (year is not None and since == int(since) and year - 2 * near <= since <= year):
        return None
    return Say(
        f"跨年任务要写所属年度，起始年度不晚于它，也不早它 {2 * near} 年以上，写的是 {since}",
        f"Over several years give the year of the task, and a first year at most {2 * near} before it, not {since}",
    )


def no_way(f: Facts) -> Say | None:
    """A goal in figures differs from the figure it starts from, and is read in a unit."""
    goal = f.data.get("goal")
    if goal is None:
        return None
    if goal == f.data.get("base", 0):
        return Say(
            "目标值和起点值一样，没有进展可比", "Goal and starting figure are the same: nothing to follow"
        )
    if not str(f.data.get("goal_unit") or "").strip():
        return Say("目标值要写计量单位", "A goal in figures needs its unit")
    return None


def no_plan(f: Facts) -> Say | None:
    """§15 wants a plan; for everyday follow-up of a promise the approved breakdown of tasks is the plan."""
    if f.case.matter == "daily" or str(f.data.get("plan") or "").strip():
        return None
    return Say(
        "要有督查方案，写明督查内容、对象和范围",
        "A plan is needed: contents, object and scope of the supervision",
    )


def duplicated(f: Facts) -> Say | None:
    """§15 forbids repeated supervision: the shell looks for a case on the same object and matter."""
    unit = str(f.data.get("lead") or "")
    told_apart = bool(str(f.data.get("differs") or "").strip())
    reason: Say | None = f.ask["same_matter"](unit, f.effective // DAY, told_apart)
    return reason


def too_often(f: Facts) -> Say | None:
    """§15 keeps frequency down: general and special supervision of one object are counted in the year."""
    name = f"{f.case.matter}_a_year"
    if name not in f.params:
        return None
    most = f.params[name]
    count = f.ask["times_supervised"](str(f.data.get("lead") or ""), f.effective // DAY) or 0
    if count < most:
        return None
    return Say(
        f"这个对象本年已有 {count} 次同类督查，一年不超过 {most} 次",
        f"This object had {count} such supervisions this year; at most {most} a year",
    )


def other_object(f: Facts) -> Say | None:
    """§15: the object of the plan is not changed at will, but it may be once its dispute was upheld."""
    if f.case.times.get("agree_object"):
        return None
    reason: Say | None = f.ask["other_object"](str(f.data.get("lead") or ""))
    return reason


def urged_lately(f: Facts) -> Say | None:
    """§15, frequency: a reminder is given time to work."""
    days, last = f.params["urge_gap"], _last(f, "urge")
    if last < 0 or f.effective // DAY - last // DAY >= days:
        return None
    return Say(
        f"{days} 天内已经催办过（{day_text(last // DAY)}）",
        f"Reminded within {days} days ({day_text(last // DAY)})",
    )


def no_source(f: Facts) -> Say | None:
    """A figure without a source is no reading."""
    if f.data.get("value") is None or str(f.data.get("source") or "").strip():
        return None
    return Say(
        "数值要写明出处（业务系统、台账、报表）", "A figure needs its source (system, register, return)"
    )


def not_yet(f: Facts) -> Say | None:
    """A reading is of a day that has come."""
    on = str(f.data.get("value_on") or "")
    if not on or day(on) <= f.at // DAY:
        return None
    return Say(f"数据日期 {on} 还没有到", f"The day of the figure, {on}, has not come")


def not_advised(f: Facts) -> Say | None:
    """The head of the government decides on what the office proposed, once for each proposal."""
    return _answered(f, ("advise",), ("take_advice", "leave_advice"))


def not_suggested(f: Facts) -> Say | None:
    """§21: liability is proposed by the office, approved by the government, examined by the competent body."""
    return _answered(f, ("suggest",), ("refer", "leave"))


def no_lead(f: Facts) -> Say | None:
    """§23: what is handed over was found and written down by somebody first."""
    return _answered(f, ("find",), ("transfer",))


def no_reason(f: Facts) -> Say | None:
    """These acts change what somebody owes, so they carry their reason."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def not_disputed(f: Facts) -> Say | None:
    """The government names the lead unit only where an assignment came back."""
    if f.case.times.get("agree_object"):
        return None
    return Say("没有异议成立过,由督查机构交办", "No dispute was upheld: the supervision office assigns it")


def not_asked(f: Facts) -> Say | None:
    """What is approved was proposed by somebody of the office first, case by case."""
    return _answered(f, ("ask_merge",), ("merge",))


def other_task(f: Facts) -> Say | None:
    """§15: a task is merged into one that is still being followed, so that neither is lost."""
    number = str(f.data.get("main") or "")
    reason: Say | None = f.ask["open_task"](number) if number else None  # the form asks for it
    return reason


def no_figures(f: Facts) -> Say | None:
    """A changed target shows the old and the new figure, for the public difference."""
    if f.data.get("target_old") and f.data.get("target_new"):
        return None
    return Say("要写明原目标和新目标", "Give the old and the new target")


def only_papers(f: Facts) -> Say | None:
    """A meeting or a document is no result: evidence points to facts (case, permit, invoice, photograph)."""
    if f.data.get("facts"):
        return None
    return Say(
        "佐证要指向事实(案件号、许可证号、发票、现场照片),会议和发文不算",
        "Evidence must point to facts (case, permit, invoice, photograph); meetings and papers do not count",
    )


def not_true(f: Facts) -> Say | None:
    """ "Done" is concluded only on a verification that found it true."""
    if _last(f, "check_true") > _last(f, "check_short"):
        return None
    return Say("核查没有认定完成,不能作出完成的结论", "The verification did not find it done")


def reviewed_already(f: Facts) -> Say | None:
    """One review for each conclusion told; what a review decided is not reviewed again."""
    asked = max(_last(f, "ask_review"), _last(f, "ask_review_demand"))
    if asked < max(_last(f, "tell"), _last(f, "tell_demand")):
        return None
    return Say("这个结论已经申请过复核", "This conclusion was put to review already")


def not_concluded_done(f: Facts) -> Say | None:
    """Upholding keeps the conclusion that was told, whichever it was."""
    return _unless_last(f, "conclude", Say("原结论不是“完成”", "The conclusion was not “done”"))


def not_concluded_missed(f: Facts) -> Say | None:
    return _unless_last(f, "conclude_missed", Say("原结论不是“未完成”", "The conclusion was not “missed”"))


def not_put_right(f: Facts) -> Say | None:
    """A closed case whose last conclusion was a demand has been put right."""
    return _unless_last(f, "demand", Say("原结论不是要求整改", "The conclusion was no demand"))


def _answered(f: Facts, asked: tuple[str, ...], answers: tuple[str, ...]) -> Say | None:
    times = f.case.times
    if sum(len(times.get(name, ())) for name in asked) > sum(len(times.get(name, ())) for name in answers):
        return None
    title = f.case.line.actions[asked[0]].title
    return Say(f"还没有待批的“{title}”", f"Nothing waits to be decided: no “{title.en}”")


def _last(f: Facts, name: str) -> int:
    return max(f.case.times.get(name, ()), default=-1)


def _unless_last(f: Facts, name: str, reason: Say) -> Say | None:
    """The reason, unless `name` is the latest of the conclusions."""
    latest = max(("conclude", "conclude_missed", "demand"), key=lambda kind: _last(f, kind))
    return None if latest == name and _last(f, name) >= 0 else reason
