"""What process.toml cannot say. Each rule returns the reason it refuses, or None."""

from __future__ import annotations

from bihuan.core.case.facts import Facts
from bihuan.core.say import Say

DAY = 86400


def unverified(f: Facts) -> Say | None:
    """A report by the public is opened after a collector has seen it; a collector's own at once."""
    if f.case.times.get("verify"):
        return None
    if f.case.done_by["report"][0].unit == f.case.parties["centre"]:
        return None
    return Say("公众上报的问题须先由采集员现场核实", "A report by the public must first be verified on site")


def no_duty(f: Facts) -> Say | None:
    """The duty list decides which unit may be sent here."""
    unit, cell = f.data.get("unit", ""), f.data.get("cell", "")
    reason: Say | None = f.ask["duty"](unit, f.case.matter, cell, f.at // DAY)
    return reason


def bounces_left(f: Facts) -> Say | None:
    """A ruling comes only when the dispatches are used up, or where no unit has the duty."""
    sent, cap = len(f.case.times.get("dispatch", ())), f.params["dispatches"]
    if sent >= cap or f.data.get("nobody"):
        return None
    return Say(
        f"已派遣 {sent} 次,满 {cap} 次仍定不下来才指定;查无职权单位的须说明",
        f"Dispatched {sent} times; a ruling comes after {cap}, or where no unit has the duty and you say so",
    )


def ungrounded(f: Facts) -> Say | None:
    """A ruling that changes the duty list gives its grounds: they become the row's basis."""
    if not f.data.get("scope") or str(f.data.get("text", "")).strip():
        return None
    return Say("改权责清单要写明指定的依据", "A change of the duty list needs its grounds")


def no_better(f: Facts) -> Say | None:
    """Whoever sends a case back names a unit that has the duty, or says why none can be named."""
    unit = f.data.get("should_be", "")
    if not unit:
        if str(f.data.get("nobody", "")).strip():
            return None
        return Say(
            "要指认应派给谁;指认不了的写明为什么",
            "Name the unit it should go to, or say why none can be named",
        )
    if unit == f.case.parties["handler"]:
        return Say("应派给的不能是本单位", "The unit it should go to is another than your own")
    reason: Say | None = f.ask["duty"](unit, f.case.matter, "", f.at // DAY)
    return reason


def ruled(f: Facts) -> Say | None:
    """Whoever was named by ruling cannot return the case."""
    if f.case.times.get("rule"):
        return Say("已指定处置单位,不得再退", "The handling unit was named by ruling: no more returns")
    return None


def no_reason(f: Facts) -> Say | None:
    """These acts cost somebody time, so they carry their reason."""
    if str(f.data.get("reason", "")).strip():
        return None
    return Say("要写明理由", "A reason must be given")


def not_asked(f: Facts) -> Say | None:
    """A suspension follows the handler's own request, one request for each."""
    if len(f.case.times.get("ask_suspend", ())) > len(f.case.times.get("suspend", ())):
        return None
    return Say("处置单位没有申请缓办", "The handling unit has not asked to suspend")


def not_extended(f: Facts) -> Say | None:
    """Listing as unsolved comes after more time was given and did not help."""
    if f.case.times.get("extend"):
        return None
    return Say("没有延期过,不得挂账", "Not extended yet: it cannot be listed as unsolved")


def needs_crew(f: Facts) -> Say | None:
    """Only small matters may be put right by a collector on the spot."""
    row = f.case.line.matter(f.case.matter, f.at // DAY)
    if row.columns.get("self") == "yes":
        return None
    return Say(
        "这类问题要派专业单位处置,采集员不得自行处置",
        "This kind of problem needs a crew: not for the collector",
    )


def another_thing(f: Facts) -> Say | None:
    """Only a report of the same thing, near and lately reported, goes into another case; the shell compares them."""
    main = str(f.data.get("main", ""))
    reason: Say | None = f.ask["another_thing"](main, f.at // DAY) if main else None
    return reason


def told_otherwise(f: Facts) -> Say | None:
    """Only what is split off another report dates from before it was entered: from when that one was told."""
    number = str(f.data.get("part_of", ""))
    if not number:
        if f.effective == f.at:
            return None
        return Say(
            "只有从一单里拆出的件,才按最初反映的时间算",
            "Only what is split off another report dates from when that was told",
        )
    reason: Say | None = f.ask["told_otherwise"](number, f.effective)
    return reason


def not_from_here(f: Facts) -> Say | None:
    """A case counts as split off only where it says so itself."""
    into = str(f.data.get("into", ""))
    reason: Say | None = f.ask["not_from_here"](into) if into else None
    return reason


def main_shut(f: Facts) -> Say | None:
    """Whoever reported the same thing may say that it is not fixed, as long as the main case can be reopened."""
    reason: Say | None = f.ask["main_shut"](f.at)
    return reason


def controlled(f: Facts) -> Say | None:
    """What was reported where and when the district does not take it is kept, and is not opened as a case."""
    reason: Say | None = f.ask["controlled"](f.case.matter, f.case.times["report"][0])
    return reason


def no_condition(f: Facts) -> Say | None:
    """Where a matter has conditions one of them is chosen: it decides the limit; where it has none, none is."""
    known, said = f.case.line.conditions_of(f.case.matter, f.at // DAY), f.data.get("condition", "")
    if said in known or not (said or known):
        return None
    if not known:
        return Say("这类问题不分立案条件", "This kind of problem has no conditions")
    zh, en = "、".join(one.name for one in known.values()), "; ".join(one.name_en for one in known.values())
    if not said:
        return Say(f"这类问题分立案条件,要选一个:{zh}", f"Choose the condition: {en}")
    return Say(f"立案条件只能是:{zh}", f"The condition is one of: {en}")


def not_next(f: Facts) -> Say | None:
    """Stages come one after another: the work goes on to the one that follows, and the last ends with the feedback."""
    now = f.case.line.conditions_of(f.case.matter, f.at // DAY).get(f.case.condition)
    if now is None or not now.columns["next"]:
        return Say("没有下一阶段,办完报处置反馈", "There is no next stage: report when it is done")
    if f.data.get("condition") == now.columns["next"]:
        return None
    return Say("阶段要一个接一个办", "Stages come one after another")
