"""Formulas as sentences that anyone can read, made from the very data that is computed."""

from __future__ import annotations

from bihuan.core.line.parts import Line
from bihuan.core.line.titles import CAME_TO
from bihuan.core.say import Say
from bihuan.core.score.formula import Counted
from bihuan.core.score.scheme import Extra, Part

MOMENTS = {
    "opened": Say("本期登记的件", "cases opened in the period"),
    "closed": Say("本期办结的件", "cases closed in the period"),
    "started": Say("本期起算的", "begun in the period"),
    "ended": Say("本期结束的", "ended in the period"),
    "due": Say("本期到期的", "due in the period"),
    "done": Say("本期", "in the period"),
}
BY_SYSTEM = {  # events that no action of a line is
    "recurs": Say("又坏了", "Broken again"),
    "recurred": Say("结案后又坏", "Broken again after closing"),
}
VERDICTS = {
    "met": Say("按时", "in time"),
    "late": Say("超时", "late"),
    "cleared": Say("中途结束", "ended early"),
    "expired": Say("逾期生效", "expired"),
}


def counted_words(counted: Counted, line: Line) -> Say:
    """本期到期的“处置”时限,按时 / runs of the limit “Handling” due in the period, in time."""
    moment = MOMENTS[counted.moment]
    if counted.count == "runs":
        clock = line.clocks[counted.clock].title
        zh, en = [f"{moment}“{clock}”时限"], [f"limits “{clock.en}” {moment.en}"]
    elif counted.count == "events":
        acts = [BY_SYSTEM.get(name) or line.actions[name].title for name in counted.action]
        zh = [f"{moment}“{'、'.join(acts)}”的次数"]
        en = [f"times “{', '.join(act.en for act in acts)}” was done {moment.en}"]
    else:
        zh, en = [str(moment)], [moment.en]
    for says in _more(counted, line):
        zh.append(str(says))
        en.append(says.en)
    return Say("，".join(zh), ", ".join(en))


def _more(counted: Counted, line: Line) -> list[Say]:
    out = []
    if counted.verdict:
        words = [VERDICTS[one] for one in counted.verdict]
        out.append(Say("或".join(words), " or ".join(word.en for word in words)))
    if counted.figure == "plain":
        out.append(Say("不扣停表", "stops not deducted"))
    if counted.stopped is not None:
        out.append(Say("停过表", "stopped") if counted.stopped else Say("没有停过表", "never stopped"))
    if counted.extended is not None:
        out.append(Say("延长过", "extended") if counted.extended else Say("没有延长", "not extended"))
    if counted.ended is not None:
        out.append(Say("已经办了", "done") if counted.ended else Say("还没有办", "not done yet"))
    for names, zh, en in ((counted.action, "办过", "with"), (counted.without, "没有办过", "without")):
        if names and counted.count != "events":
            acts = [line.actions[name].title for name in names]
            out.append(Say(f"{zh}“{'、'.join(acts)}”", f"{en} “{', '.join(act.en for act in acts)}”"))
    if counted.state:
        states = [line.states[name].title for name in counted.state]
        out.append(Say(f"在“{'、'.join(states)}”", f"in “{', '.join(s.en for s in states)}”"))
    if counted.outcome:
        ends = [say for name in counted.outcome for say in _ended_by(line, name)]
        out.append(Say(f"以“{'、'.join(ends)}”结束", f"ended by “{', '.join(say.en for say in ends)}”"))
    return out


def _ended_by(line: Line, outcome: str) -> list[Say]:
    """The actions that end a case with this outcome; its key where the catalogue alone names it."""
    acts = [action.title for action in line.actions.values() if action.outcome == outcome]
    return acts or [CAME_TO.get(outcome, Say(outcome, outcome))]


def part_words(part: Part) -> Say:
    """How the rate becomes points."""
    weight, off = f"{part.weight.normalize():f}", f"{part.off.normalize():f}"
    rate = Say("比率", "rate") if part.of.direction == "up" else Say("（1 − 比率）", "(1 − rate)")
    if part.rule == "share":
        return Say(f"{weight} 分 × {rate}", f"{weight} points × {rate.en}")
    full = f"{part.full_from * 100:.4g}%"
    return Say(
        f"{rate} ≥ {full} 得 {weight} 分，每少 1 个百分点扣 {off} 分",
        f"{weight} points from {rate.en} ≥ {full} on, {off} less for each percentage point below",
    )


def extra_words(extra: Extra) -> Say:
    """What one more thing brings, or from how many on a one-vote item is a lead."""
    each = f"{extra.each.normalize():f}"
    if extra.side == "veto":
        return Say(
            f"{extra.least} 次起列为线索，由公布的人认定",
            f"a lead from {extra.least} on; whoever publishes decides",
        )
    sign = "加" if extra.side == "bonus" else "扣"
    return Say(f"每次{sign} {each} 分", f"{'+' if extra.side == 'bonus' else '−'}{each} points each")


def rate_words(k: int, n: int, least: int) -> Say:
    """94.9 % from the least number on, else 3 件里 2 件; of nothing there is no data."""
    if not n:
        return Say("没有数据", "no data")
    if n < least:
        return Say(f"{n} 件里 {k} 件", f"{k} of {n}")
    return Say(f"{100 * k / n:.1f}%", f"{100 * k / n:.1f} %")
