"""A proposal of the reader becomes a commitment: indicator, base reading, target, and a supervision case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bihuan import lines
from bihuan.cases.actions import open_case
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.core.time.instant import DAY
from bihuan.people.models import Unit
from bihuan.targets import board, living, paths, queries
from bihuan.targets.actions.assign import want_plan, write_parties
from bihuan.targets.actions.want import want_certain, want_mark, want_office
from bihuan.targets.measure import measure_of
from bihuan.targets.models import Commitment, Indicator, Reading, Rejection, Report, Source, Target
from bihuan.targets.plan import Plan, category_of, usual
from bihuan.targets.words import amount_of

LINE = "supervision"
MOST_PARTS = 12
HOW = ("quantified", "deliverable", "output", "soft")  # a merged commitment is as checkable as its best part
SCOPES = {
    "growth_yoy": "同比增长",
    "growth_avg": "年均增长",
    "flow_in_year": "当年",
    "cumulative": "累计",
    "count_new": "新增",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the commitments that a proposal is split into."""

    title: str
    lead: str


def confirm(
    report_id: int, key: str, lead: str, *, by: str, unit: str, at: datetime | int, title: str = "",
    matter: str = "daily", more: Sequence[str] = (), plan: Plan | None = None,
) -> Commitment:  # fmt: skip
    """Turn a goal or task of a report into a commitment: indicator and base reading where the reader linked them,
    target, and a supervision case that begins as a proposal, with its object and what it is measured by. `more` are proposals merged into the same commitment.
    Confirming the same mark twice is BadInput."""
    want_office(by, unit, at)
    keys = tuple(dict.fromkeys((key, *more)))
    with transaction.atomic():
        report = _locked(report_id)
        marks = [_confirmable(report, one) for one in keys]
        heading = _title(title or plain_words(marks[0].fact["text"]))
        return _make(report, marks, Part(heading, lead), 1, matter, plan, by, unit, to_instant(at))


def split(
    report_id: int, key: str, parts: Sequence[Part], *, by: str, unit: str, at: datetime | int, matter: str = "daily",
) -> list[Commitment]:  # fmt: skip
    """Turn one proposal into several commitments, each with a title and a lead of its own; they share its goal."""
    want_office(by, unit, at)
    if not 2 <= len(parts) <= MOST_PARTS:
        raise BadInput(
            [
                (
                    "parts",
                    Say(f"拆成 2 到 {MOST_PARTS} 项，一行一项", f"Split into 2 to {MOST_PARTS}, one a line"),
                )
            ]
        )
    titles = [_title(part.title, "parts") for part in parts]
    if len(set(titles)) < len(titles):
        raise BadInput([("parts", Say("拆出的几项名称要各不相同", "Each part needs a title of its own"))])
    with transaction.atomic():
        report = _locked(report_id)
        mark = _confirmable(report, key)
        return [
            _make(
                report, [mark], Part(title, part.lead), number, matter, None, by, unit, to_instant(at), True
            )
            for number, (title, part) in enumerate(zip(titles, parts, strict=True), 1)
        ]


def reject(report_id: int, key: str, why: str, *, by: str, unit: str, at: datetime | int) -> Rejection:
    """Set a proposal aside with the reason; it stays readable and can be taken up again."""
    return _set_aside(report_id, key, why, False, by, unit, at)


def take_up(report_id: int, key: str, why: str, *, by: str, unit: str, at: datetime | int) -> Rejection:
    """Withdraw a rejection, with the reason."""
    return _set_aside(report_id, key, why, True, by, unit, at)


def _set_aside(
    report_id: int, key: str, why: str, withdrawn: bool, by: str, unit: str, at: datetime | int
) -> Rejection:
    want_office(by, unit, at)
    if not why.strip() or len(why.strip()) > 300:
        raise BadInput([("why", Say("请写明理由，300 字以内", "State the reason, at most 300 characters"))])
    with transaction.atomic():
        report = _locked(report_id)
        want_mark(report, key, living.PROPOSALS)
        _want_new(report, key)
        if (key in board.rejected(report.pk)) == withdrawn:
            return Rejection.objects.create(
                report=report,
                key=key,
                withdrawn=withdrawn,
                why=why.strip(),
                by_id=by,
                at=to_datetime(to_instant(at)),
            )
    raise BadInput(
        [("key", Say("这一处没有被驳回", "This place is not rejected"))] if withdrawn else
        [("key", Say("这一处已经驳回", "This place is rejected already"))]
    )  # fmt: skip


def _locked(report_id: int) -> Report:
    """The report, held so that nobody else confirms the same mark meanwhile."""
    return Report.objects.select_for_update().get(pk=report_id)


def _confirmable(report: Report, key: str) -> living.Mark:
    mark = want_mark(report, key, living.PROPOSALS)
    _want_new(report, key)
    why = board.rejected(report.pk).get(key)
    if why:
        raise BadInput(
            [
                (
                    "key",
                    Say(
                        f"这一处已经驳回：{why.why}。先撤回驳回",
                        f"Rejected: {why.why}. Take it up again first",
                    ),
                )
            ]
        )
    want_certain(report, mark)
    return mark


def _title(text: str, field: str = "title") -> str:
    heading = " ".join(text.split())
    if not heading:
        raise BadInput([(field, Say("请写任务名称", "Give the task a title"))])
    if len(heading) > 200:
        raise BadInput([(field, Say("任务名称不超过 200 字", "The title may have at most 200 characters"))])
    return heading


def _make(
    report: Report, marks: Sequence[living.Mark], part: Part, number: int, matter: str, plan: Plan | None,
    by: str, unit: str, moment: int, shared: bool = False,
) -> Commitment:  # fmt: skip
    """The commitment with its case; where parts share one goal none of them has it as its own figure."""
    first = marks[0]
    lead = Unit.objects.filter(pk=part.lead).first() if part.lead else None
    if lead is None:
        raise BadInput([("lead", Say("请选责任单位", "Choose the lead unit"))])
    plan = plan or usual(category_of(first))
    want_plan(plan, part.lead)
    targets = [_target(report, mark, by, moment) if mark.kind == "goal" else None for mark in marks]
    quote = "\n".join(mark.fact["text"] for mark in marks)
    goals = "；".join(words for mark in marks if (words := said_goal(mark)))
    said = {} if shared else measure_of(report.findings, marks, lines.at(LINE, moment // DAY), moment // DAY)
    suffix = "" if number == 1 else f":{number}"
    opened = open_case(
        LINE, matter, by=by, unit=unit, at=moment, title=part.title,
        data={"task": part.title, "quote": quote, "target": goals or None, "object": part.lead, **said},
        key=f"commitment:{report.sha256[:16]}:{first.key}{suffix}",
    )  # fmt: skip
    proposal = queries.suggest_lead(first, report, moment)
    made = Commitment.objects.create(
        report=report, key=first.key, part=number, quote=quote, title=part.title, lead=lead,
        target=next((target for target in targets if target), None),
        suggested_id=proposal.unit if proposal else None, suggested_why=str(proposal.why)[:300] if proposal else "",
        measurability=min((queries.measurability(mark) for mark in marks), key=HOW.index),
        category=plan.category, leader=plan.leader, answerable=plan.answerable, result=plan.result,
        evidence=plan.evidence, public=plan.public, case_id=opened.case, confirmed_by_id=by,
        confirmed_at=to_datetime(moment),
    )  # fmt: skip
    Source.objects.bulk_create(
        Source(commitment=made, key=mark.key, quote=mark.fact["text"], target=target)
        for mark, target in zip(marks, targets, strict=True)
    )
    write_parties(made, plan)
    return made


def _want_new(report: Report, key: str) -> None:
    there = Commitment.objects.filter(report=report, sources__key=key).first()
    if there:
        raise BadInput(
            [
                (
                    "key",
                    Say(
                        f"这一处已经确认为“{there.title}”",
                        f"This place is confirmed already as “{there.title}”",
                    ),
                )
            ]
        )


def plain_words(text: str) -> str:
    """The words of a promise as the title of its case: without the stop at the end."""
    return " ".join(text.split()).rstrip("。；;，,")[:200]


def said_goal(mark: living.Mark) -> str:
    """Goal and scope in one line, for the form of the case."""
    fact = mark.fact
    if mark.kind != "goal" or fact["norm_value"] is None:
        return ""
    scope = SCOPES.get(fact["kind"], "")
    year = f"，{fact['by']} 年" if fact["by"] else ""
    return f"{fact['indicator']}{scope}：{amount_of(fact)}{year}"


def _target(report: Report, mark: living.Mark, by: str, moment: int) -> Target:
    there = Target.objects.filter(report=report, key=mark.key).first()
    if there:
        return there  # the parts of a split proposal share its goal
    fact, indicator = mark.fact, None
    doubtful = bool(queries.doubtful_numbers(report.findings, mark))
    if fact["norm_value"] is not None and fact["canonical"]:
        indicator, _ = Indicator.objects.get_or_create(
            place=report.place, name=fact["canonical"][:120], unit=fact["norm_unit"][:20],
            scope=SCOPES.get(fact["kind"], ""),
        )  # fmt: skip
        base = paths.base_of(report.findings, fact)
        if base and fact["kind"] in paths.LEVEL_KINDS:
            Reading.objects.get_or_create(
                indicator=indicator, year=base["period"]["to"], report=report, start=base["span"][0], end=base["span"][1],
                defaults={
                    "value": Decimal(str(base["norm_value"])), "status": base["status"], "by_id": by,
                    "source": f"{report.title}：{base['text']}", "added_at": to_datetime(moment),
                },
            )  # fmt: skip
    return Target.objects.create(
        report=report, key=mark.key, text=fact["text"], kind=fact["kind"], indicator=indicator,
        comparator=fact["comparator"],
        # a damaged figure is followed by the words that were decided, never by the figure the reader saw
        value=None if doubtful or fact["norm_value"] is None else Decimal(str(fact["norm_value"])),
        unit=fact["norm_unit"], by_year=fact["by"], horizon=fact["horizon"], confirmed_by_id=by,
        confirmed_at=to_datetime(moment),
    )  # fmt: skip
