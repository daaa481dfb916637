"""All writes of targets: reports, decisions on doubtful places, commitments with their cases, readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

import bihuan.core.report
from bihuan.cases.actions import open_case
from bihuan.cases.edge import to_datetime, to_instant
from bihuan.cases.shapes import BadInput, Refused
from bihuan.core.report import NotAReport, as_dict, read
from bihuan.core.report.outline import outline
from bihuan.core.say import Say
from bihuan.people import queries as people
from bihuan.people.models import Unit
from bihuan.targets import living, paths, queries
from bihuan.targets.models import Commitment, Decision, Indicator, Reading, Report, Target
from bihuan.targets.words import amount_of

LINE = "supervision"
POSTS = frozenset({"officer", "head"})
LONGEST = 400_000  # characters; the longest national report has about 20,000
SCOPES = {"growth_yoy": "同比增长", "growth_avg": "年均增长", "flow_in_year": "当年", "cumulative": "累计"}


@dataclass(frozen=True, slots=True)
class Added:
    """The report, and whether it was there before."""

    report: Report
    repeated: bool


def add_report(text: str, place: str, year: int, source: str, by: str | None, at: datetime | int) -> Added:
    """Read a report and keep it with its source; the same text twice is the same report. BadInput says why not.

    `by` None is the loading of the packaged report.
    """
    if by is not None:
        _want_office(by, "", at)
    faults: list[tuple[str, Say]] = []
    if not place.strip() or len(place.strip()) > 40:
        faults.append(
            (
                "place",
                Say(
                    "请写明是哪里的报告（40 字以内）",
                    "Say which place it is the report of (at most 40 characters)",
                ),
            )
        )
    if not 1949 <= year <= 2100:
        faults.append(("year", Say("年份应在 1949 到 2100 之间", "The year must be between 1949 and 2100")))
    if len(text) > LONGEST:
        faults.append(
            ("text", Say(f"全文超过 {LONGEST} 字，不像一份报告", f"Over {LONGEST} characters: not a report"))
        )
    if "\x00" in text:
        faults.append(
            (
                "text",
                Say(
                    "全文里有空字符，请另存为纯文本",
                    "The text contains null characters; save it as plain text",
                ),
            )
        )
    if faults:
        raise BadInput(faults)
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    there = Report.objects.filter(sha256=digest).first()
    if there:
        return Added(there, True)
    findings = findings_of(text)
    meta = findings["meta"]
    try:
        with transaction.atomic():
            report = Report.objects.create(
                place=place.strip(), year=year, title=title_of(text, findings, year), speaker=meta["speaker"] or "",
                delivered=date.fromisoformat(meta["delivered"]) if meta["delivered"] else None,
                source=source.strip()[:300], text=text, sha256=digest, findings=findings, reader=reader_digest(),
                added_by_id=by, added_at=to_datetime(to_instant(at)),
            )  # fmt: skip
    except IntegrityError as error:
        if "sha256" not in str(error):
            raise
        return Added(Report.objects.get(sha256=digest), True)  # the same text came twice at once
    return Added(report, False)


def findings_of(text: str) -> dict[str, Any]:
    """What the reader makes of a text, with its skeleton; BadInput where it is no report."""
    try:
        found = as_dict(read(text))
    except NotAReport as error:
        raise BadInput([("text", error.say)]) from error
    shape = [
        {"span": [s.start, s.end], "kind": s.kind, "level": s.level, "part": s.part} for s in outline(text)
    ]
    return found | {"outline": shape}


def title_of(text: str, findings: Mapping[str, Any], year: int) -> str:
    """The first line before the speech that names it, else its plain name."""
    for row in findings["outline"]:
        words = text[slice(*row["span"])]
        if row["kind"] == "front" and "政府工作报告" in words and len(words) <= 40:
            return words
    return f"{year}年政府工作报告"


@cache
def reader_digest() -> str:
    """Tells findings of one version of the reader from those of another."""
    folder = Path(bihuan.core.report.__file__).parent
    return sha256(b"".join(file.read_bytes() for file in sorted(folder.glob("*.py")))).hexdigest()


def read_again(report_id: int) -> bool:
    """Read a report again where the reader has changed since; whether anything was done."""
    with transaction.atomic():
        report = Report.objects.select_for_update().get(pk=report_id)
        if report.reader == reader_digest():
            return False
        Report.objects.filter(pk=report_id).update(findings=findings_of(report.text), reader=reader_digest())
    return True


def decide(
    report_id: int, key: str, value: str, why: str, *, by: str, unit: str, at: datetime | int
) -> Decision:
    """Decide what a doubtful place says. The text stays; the decision stands beside it with its reason."""
    _want_office(by, unit, at)
    report = Report.objects.get(pk=report_id)
    mark = _want_mark(report, key, ("doubt",))
    faults = [
        (name, Say(f"请写明{zh}", f"State {en}"))
        for name, given, zh, en in (
            ("value", value, "采用的写法", "the reading adopted"),
            ("why", why, "理由", "the reason"),
        )
        if not given.strip()
    ]
    if len(value) > 120:
        faults.append(("value", Say("写法不超过 120 字", "At most 120 characters")))
    if len(why) > 300:
        faults.append(("why", Say("理由不超过 300 字", "At most 300 characters")))
    if faults:
        raise BadInput(faults)
    return Decision.objects.create(
        report=report, start=mark.start, end=mark.end, value=value.strip(), why=why.strip(), by_id=by,
        at=to_datetime(to_instant(at)),
    )  # fmt: skip


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
    _want_office(by, unit, at)
    moment = to_instant(at)
    report = Report.objects.get(pk=report_id)
    mark = _want_mark(report, key, living.PROPOSALS)
    lead_unit = Unit.objects.filter(pk=lead).first() if lead else None
    if lead_unit is None:
        raise BadInput([("lead", Say("请选责任单位", "Choose the lead unit"))])
    heading = (title or plain_words(mark.fact["text"])).strip()
    if len(heading) > 200:
        raise BadInput([("title", Say("任务名称不超过 200 字", "The title may have at most 200 characters"))])
    _want_certain(report, mark)
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


def add_reading(
    indicator_id: int, year: int, value: str | Decimal, status: str, source: str, *,
    by: str, unit: str, at: datetime | int,
) -> Reading:  # fmt: skip
    """Add a figure for a year; a second one for the same year corrects the first, which stays on record.

    By the supervision office or a unit that leads a commitment with this indicator.
    """
    moment = to_instant(at)
    indicator = Indicator.objects.get(pk=indicator_id)
    leads = Commitment.objects.filter(target__indicator=indicator, lead=unit).exists()
    if not (leads and people.posts_of(by, unit, moment // 86400) & POSTS):
        _want_office(
            by, unit, moment, Say("或牵头这项指标的单位", "or of the unit that leads this indicator")
        )
    faults: list[tuple[str, Say]] = []
    try:
        figure = Decimal(str(value).strip())
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** 20:
            raise InvalidOperation
    except InvalidOperation:
        faults.append(
            (
                "value",
                Say(
                    "数值要写成数字，例 70250000000", "Write the figure as a number, for example 70250000000"
                ),
            )
        )
    this_year = to_datetime(moment).year
    if not 1949 <= year <= this_year:
        faults.append(
            (
                "year",
                Say(f"年份应在 1949 到 {this_year} 之间", f"The year must be between 1949 and {this_year}"),
            )
        )
    if status not in Reading.Status.values:
        faults.append(("status", Say("状态是“实际”或“预计”", "The status is actual or expected")))
    if not source.strip():
        faults.append(("source", Say("请写明出处", "State where it comes from")))
    if faults:
        raise BadInput(faults)
    return Reading.objects.create(
        indicator=indicator, year=year, value=figure, status=status, source=source.strip()[:300], by_id=by,
        added_at=to_datetime(moment),
    )  # fmt: skip


def add_computed(
    name: str, unit: str, scope: str, place: str, year: int, value: Decimal, *,
    formula: str, version: str, source: str, at: datetime | int,
) -> Reading:  # fmt: skip
    """Add a figure that a formula gave: by no person, with formula, version and the page that lists its cases.

    The same figure again by the same version is the reading that is there already.
    """
    with transaction.atomic():
        indicator, _ = Indicator.objects.select_for_update().get_or_create(
            place=place, name=name, unit=unit, scope=scope
        )
        figure = value.quantize(Decimal("0.0001"))
        said = {"year": year, "kind": Reading.Kind.COMPUTED, "formula": formula, "version": version}
        last = indicator.readings.filter(**said).order_by("-id").first()
        if last and (last.value, last.source) == (figure, source):
            return last
        return Reading.objects.create(
            indicator=indicator, **said, value=figure, status=Reading.Status.ACHIEVED, source=source,
            added_at=to_datetime(to_instant(at)),
        )  # fmt: skip


# --- what must hold --------------------------------------------------------------------------------------------


def _want_office(by: str, unit: str, at: datetime | int, other: Say | None = None) -> None:
    """Officer or head of the supervision office acts here; Refused says so."""
    day = to_instant(at) // 86400
    office = queries.office(day)
    if unit in ("", office) and people.posts_of(by, office, day) & POSTS:
        return
    name = people.known(people.change()).names.get(office, Say(office, office))
    more, more_en = (str(other), f" {other.en}") if other else ("", "")
    raise Refused(
        [
            Say(
                f"须由{name}的经办人或负责人{more}办",
                f"Only an officer or the head of the {name.en}{more_en} may do this",
            )
        ]
    )


def _want_mark(report: Report, key: str, kinds: Sequence[str]) -> living.Mark:
    try:
        mark = living.find(report.findings, key)
    except KeyError:
        mark = None
    if mark is None or mark.kind not in kinds:
        raise BadInput([("key", Say("报告里没有这一处", "The report has no such place"))])
    return mark


def _want_certain(report: Report, mark: living.Mark) -> None:
    """A number that may have been damaged is not promised to anybody before a person decided what it says."""
    decided = set(Decision.objects.filter(report=report).values_list("start", "end"))
    open_ones = [
        doubt
        for doubt in queries.doubtful_numbers(report.findings, mark)
        if (doubt.start, doubt.end) not in decided
    ]
    if open_ones:
        words, en = (
            "、".join(f"“{d.fact['text']}”" for d in open_ones),
            ", ".join(f"“{d.fact['text']}”" for d in open_ones),
        )
        raise Refused(
            [
                Say(
                    f"{words}存疑，先认定采用哪个写法，再确认这一项",
                    f"{en} is doubtful: decide what it says before confirming",
                )
            ]
        )


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
