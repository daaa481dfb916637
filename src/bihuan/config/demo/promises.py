"""How promises of the real report live in the demo: confirmed, approved, assigned, signed for, some done, some late.

The text is of 2016 and real; units, dates and results of these cases are invented, and the pages say so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from bihuan import lines
from bihuan.cases.paced import paced
from bihuan.config.demo.world import Life, World, sheet
from bihuan.core.score.pace import expected
from bihuan.core.time.instant import DAY, text, ymd
from bihuan.targets import actions, board
from bihuan.targets.models import Commitment
from bihuan.targets.proposals import Proposal, proposals
from bihuan.targets.seed import nankai

OFFICE, GOVERNMENT = "nk.duban", "nk"
PROMISES = 32
DOUBT, READING = "doubt-12447-12452", "2个10亿元"  # 210亿元, where two places are listed before it
LIMITS = ("8 working days", "15 working days", "60 days", "60 days", "90 days", "6 months")
SPEEDS = (Fraction(1, 2), Fraction(9, 10), Fraction(1), Fraction(11, 10), Fraction(2))  # of what is due
STEPS = ("方案已定，分到科室和责任人", "已开工，按节点推进", "完成过半，资料已归档", "主体完成，正在验收")
LEADERS = ("示例副区长甲", "示例副区长乙", "示例副区长丙")
READINGS = {  # indicator, scope → figures by year, invented like the cases
    ("亿元楼宇", ""): {2017: "29", 2018: "35", 2019: "38"},
    ("城镇登记失业率", ""): {2017: "3.5", 2018: "3.6", 2019: "3.4"},
    ("新增就业", "累计"): {2017: "42000", 2018: "87000", 2019: "126000"},
}
INVENTED = "演示数据，不是统计数"
FACTS = "施工许可证 示例-0412，现场照片 6 张，验收单 示例-17"


def promises(w: World) -> Life:
    """Read the report, then let promises begin over the first two weeks of the month."""
    report = actions.add_report(**nankai(), by=None, at=w.now).report
    _report, rows = proposals(report.pk, w.now)
    goals = [row for row in rows if row.mark.kind == "goal" and row.lead]
    tasks = [
        row for row in rows if row.mark.kind == "task" and row.lead and row.measurability == "deliverable"
    ]
    chosen = [*goals[: PROMISES - 6], *tasks[:: max(1, len(tasks) // 6)][:6]]
    cal = lines.calendar()
    for row in chosen:
        w.start(cal.add_work(w.now, w.rng.randrange(1, 250_000)), promise(w, report.pk, row))
    yield w.now


def promise(w: World, report: int, row: Proposal) -> Life:
    """One promise from its confirmation as far as time goes."""
    assert row.lead is not None
    lead, duban = row.lead.unit, w.one(OFFICE, "officer")
    if row.doubts:
        actions.decide(
            report, DOUBT, READING, "前面正好列了两处，与“亿元楼宇”的说法一致", by=duban, unit=OFFICE, at=w.now,
        )  # fmt: skip
        yield w.work(20, 60)
    made = actions.confirm(report, row.mark.key, lead, by=duban, unit=OFFICE, at=w.now)
    case = made.case_id
    if w.chance(0.8):
        _plan(w, made, duban)
    _readings(w, made, duban)
    yield w.days(0.3, 4)
    if w.chance(0.06):
        return  # nobody has decided yet
    leader = w.one(GOVERNMENT, "head")
    w.act(
        case, "approve", leader, GOVERNMENT, basis="decision", decision=f"示例政〔2026〕{w.rng.randrange(1, 60)}号",
        plan="对照报告原句核查，只看事实和佐证",
    )  # fmt: skip
    yield w.days(0.2, 1.6)
    limit = w.rng.choice(LIMITS)
    w.act(case, "assign", duban, OFFICE, sheet("letter:assign", "assignment"), lead=lead, limit=limit)
    yield w.days(0.2, 1.8)
    if w.chance(0.06):
        yield from _dispute(w, case, lead)
        return
    w.act(case, "sign", w.one(lead, "officer"), lead)
    yield from _work(w, case, lead, duban, leader)


def _plan(w: World, made: Commitment, duban: str) -> None:
    """Who answers for it, and what stands by the ends of the next quarters."""
    year, month, _ = ymd(w.now // DAY)
    ends = [date(year, 12, 31) if month < 10 else date(year + 1, 3, 31), date(year + 1, 6, 30)]
    plan = replace(
        board.plan_of(made), leader=w.rng.choice(LEADERS), answerable="示例科室负责人",
        nodes=tuple(zip(ends, ("完成过半", "全部完成，资料归档"), strict=True)),
    )  # fmt: skip
    actions.edit(made.pk, made.title, made.lead_id, plan, by=duban, unit=OFFICE, at=w.now)


def _readings(w: World, made: Commitment, duban: str) -> None:
    """Figures of the years, for the few indicators that have invented ones."""
    indicator = made.target.indicator if made.target else None
    found = READINGS.get((indicator.name, indicator.scope), {}) if indicator else {}
    for year, value in found.items():
        actions.add_reading(
            indicator.pk, year, value, "achieved", INVENTED, by=duban, unit=OFFICE, at=w.now,  # type: ignore[union-attr]
        )  # fmt: skip


def _figure(w: World, case: int, speed: Fraction) -> dict[str, Any]:
    """What is reported where the promise has a goal in figures: so much of what is due by then, from an invented register."""
    plan = paced([case], w.now)[case].plan
    if plan is None:
        return {}
    share = min(Fraction(1), speed * expected(plan, w.now // DAY, lines.calendar()))
    places = 0 if abs(plan.goal - plan.base) >= 10 else 1
    return {"value": round(float(plan.value(share)), places), "source": "业务台账（示例）"}


def _dispute(w: World, case: int, lead: str) -> Life:
    """The unit says that it is not its task; the head of the office keeps the assignment."""
    w.act(case, "object", w.one(lead, "head"), lead, reason="这一项的建设主体是国有企业，请核对")
    yield w.days(0.3, 1)
    w.act(case, "keep", w.one(OFFICE, "head"), OFFICE, reason="牵头是行业主管单位，建设主体配合")


def _work(w: World, case: int, lead: str, duban: str, leader: str) -> Life:
    """Progress, a reminder, and for some the application to close, the check and the conclusion."""
    officer, speed = w.one(lead, "officer"), w.rng.choice(SPEEDS)
    for words in STEPS[: w.rng.randrange(1, len(STEPS) + 1)]:
        yield w.days(1, 3.5)
        w.act(case, "progress", officer, lead, text=words, **_figure(w, case, speed))
    if w.chance(0.2):
        yield w.days(0.5, 2)
        w.act(case, "urge", duban, OFFICE, text="节点快到了，请报佐证")
    if not w.chance(0.55):
        return  # still at work
    yield w.days(0.5, 3)
    w.act(case, "apply_close", w.one(lead, "head"), lead, sheet("evidence:result", "result"), facts=FACTS)
    yield w.days(0.5, 3)
    inspector = w.party(case, "inspector")
    if w.chance(0.2):
        w.act(
            case,
            "check_false",
            inspector,
            OFFICE,
            sheet("evidence:check", "check"),
            reason="一处没有完工，与佐证不符",
        )
        return
    w.act(case, "check_true", inspector, OFFICE, sheet("evidence:check", "check"))
    yield w.days(0.2, 2)
    w.act(
        case,
        "conclude",
        leader,
        GOVERNMENT,
        sheet("letter:conclusion", "conclusion"),
        text="按佐证和现场核查，完成",
    )
    yield w.days(0.2, 1)
    w.act(case, "tell", duban, OFFICE, sheet("evidence:receipt", "receipt"), received_on=text(w.now))


def first_morning(until: int, days: int) -> int:
    """Nine o'clock of the first worked day of the demo's month."""
    cal = lines.calendar()
    return cal.roll(until // DAY - days) * DAY + 9 * 3600
