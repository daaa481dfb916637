"""A proposal of the reader becomes a commitment: indicator, base reading, target, and a supervision case."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from bihuan.cases.actions import open_case
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput
from bihuan.core.say import Say
from bihuan.people.models import Unit
from bihuan.targets import living, paths, queries
from bihuan.targets.actions.want import want_certain, want_mark, want_office
from bihuan.targets.models import Commitment, Indicator, Reading, Report, Target
from bihuan.targets.words import amount_of

LINE = "supervision"
SCOPES = {"growth_yoy": "同比增长", "growth_avg": "年均增长", "flow_in_year": "当年", "cumulative": "累计"}


def confirm(
    report_id: int,
    key: str,
    lead: str,
    *,
    by: str,
    unit: str,
    at: datetime | int,
    title: str = "",
    matter: str = "daily",
) -> Commitment:
    """Turn a goal or task of a report into a commitment: indicator and base reading where the reader linked them,
    target, and a supervision case that begins as a proposal. Confirming the same mark twice is BadInput."""
    want_office(by, unit, at)
    moment = to_instant(at)
    report = Report.objects.get(pk=report_id)
    mark = want_mark(report, key, living.PROPOSALS)
    lead_unit = Unit.objects.filter(pk=lead).first() if lead else None
    if lead_unit is None:
        raise BadInput([("lead", Say("请选责任单位", "Choose the lead unit"))])
    heading = (title or plain_words(mark.fact["text"])).strip()
    if len(heading) > 200:
        raise BadInput([("title", Say("任务名称不超过 200 字", "The title may have at most 200 characters"))])
    want_certain(report, mark)
    proposal = queries.suggest_lead(mark, report, moment)
    with transaction.atomic():
        _want_new(report, mark)
        target = _target(report, mark, by, moment) if mark.kind == "goal" else None
        opened = open_case(
            LINE, matter, by=by, unit=unit, at=moment, title=heading,
            data={
                "task": heading, "quote": mark.fact["text"], "target": said_goal(mark) or None,
            },
            key=f"commitment:{report.sha256[:16]}:{key}",
        )  # fmt: skip
        return Commitment.objects.create(
            report=report, key=key, quote=mark.fact["text"], title=heading, target=target, lead=lead_unit,
            suggested_id=proposal.unit if proposal else None, suggested_why=str(proposal.why)[:300] if proposal else "",
            measurability=queries.measurability(mark), case_id=opened.case, confirmed_by_id=by,
            confirmed_at=to_datetime(moment),
        )  # fmt: skip


def _want_new(report: Report, mark: living.Mark) -> None:
    there = Commitment.objects.filter(report=report, key=mark.key).first()
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
