"""The open data of the promises: pages of JSON, whole files as CSV and JSON-LD. Nothing but what is public."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

import orjson
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router, Schema

from bihuan.core.say import Say
from bihuan.targets import opendata, published
from bihuan.targets.published import MOST, READS, Ask, Page

Kind = Literal["reports", "commitments", "targets", "indicators", "readings"]
router = Router(tags=["开放数据 Open data"])


class Name(Schema):
    """A name in both languages."""

    zh: str
    en: str


class Fault(Name):
    """What is wrong with one field; field "" is the request as a whole."""

    field: str


class Faults(Schema):
    errors: list[Fault]


class Wish(Schema):
    """Where to go on (`next` of the page before), how many rows (200 at most), and what narrows them."""

    after: int = Query(0, ge=0)
    limit: int = Query(50, ge=1, le=MOST)
    report: str = Query("", max_length=12, pattern="^[0-9a-f]*$")
    unit: str = Query("", max_length=32)
    indicator: str = Query("", max_length=12, pattern="^[0-9a-f]*$")


class ReportOut(Schema):
    id: str
    place: str
    year: int
    title: str
    delivered: date | None
    source: str
    sha256: str
    page: str
    text: str


class CommitmentOut(Schema):
    """`text` is the sentence as the report has it, `sentence` its permanent address."""

    id: str
    report: str
    title: str
    text: str
    page: str
    sentence: str
    category: str
    measurability: str
    rated: bool
    lead: str
    lead_title: Name
    result: str
    target: str
    case: str
    state: str
    state_title: Name
    standing: str
    holder: str
    holder_title: Name
    due: datetime | None
    closed: datetime | None


class TargetOut(Schema):
    id: str
    report: str
    text: str
    page: str
    sentence: str
    kind: str
    comparator: str
    value: float | None
    unit: str
    by: int | None
    horizon: str
    indicator: str


class IndicatorOut(Schema):
    id: str
    place: str
    name: str
    unit: str
    scope: str


class ReadingOut(Schema):
    """One figure of a year or, where a formula counts by month, of a month (`month` 0 is the year); the latest `added`
    holds, a computed one before one by hand."""

    id: str
    indicator: str
    name: str
    unit: str
    scope: str
    year: int
    month: int
    value: float
    status: str
    kind: str
    formula: str
    version: str
    source: str
    added: datetime


class Reports(Schema):
    items: list[ReportOut]
    next: int | None


class Commitments(Schema):
    items: list[CommitmentOut]
    next: int | None


class Targets(Schema):
    items: list[TargetOut]
    next: int | None


class Indicators(Schema):
    items: list[IndicatorOut]
    next: int | None


class DayOut(Schema):
    """A day, and the SHA-256 (hex) of each data set's CSV file."""

    day: date
    files: dict[str, str]


class Readings(Schema):
    items: list[ReadingOut]
    next: int | None


@router.get("/reports", response={200: Reports, 422: Faults}, summary="报告 Reports")
def reports(request: HttpRequest, wish: Query[Wish]) -> dict[str, Any]:
    """Work reports, in the order they were added."""
    return _page(request, "reports", wish)


@router.get("/commitments", response={200: Commitments, 422: Faults}, summary="承诺 Commitments")
def commitments(request: HttpRequest, wish: Query[Wish]) -> dict[str, Any]:
    """Public commitments; `report` and `unit` (who leads) narrow them."""
    return _page(request, "commitments", wish)


@router.get("/targets", response={200: Targets, 422: Faults}, summary="目标 Goals")
def targets(request: HttpRequest, wish: Query[Wish]) -> dict[str, Any]:
    """Goals that a public commitment stands on; `report` and `unit` narrow them."""
    return _page(request, "targets", wish)


@router.get("/indicators", response={200: Indicators, 422: Faults}, summary="指标 Indicators")
def indicators(request: HttpRequest, wish: Query[Wish]) -> dict[str, Any]:
    """What public goals are measured by, and what formulas compute."""
    return _page(request, "indicators", wish)


@router.get("/readings", response={200: Readings, 422: Faults}, summary="读数 Readings")
def readings(request: HttpRequest, wish: Query[Wish]) -> dict[str, Any]:
    """Figures by year with their source; `indicator` narrows them."""
    return _page(request, "readings", wish)


def _page(request: HttpRequest, kind: str, wish: Wish) -> dict[str, Any]:
    now = request.now  # type: ignore[attr-defined]
    page: Page = READS[kind](_ask(wish), wish.after, wish.limit, now)
    rows = [opendata.absolute(row, request.build_absolute_uri) for row in page.rows]
    return {"items": [_named(row) for row in rows], "next": page.next}


def _ask(wish: Wish) -> Ask:
    return Ask(wish.report, wish.unit, wish.indicator)


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: {"zh": str(value), "en": value.en} if isinstance(value, Say) else value for key, value in row.items()
    }  # fmt: skip


@router.get("/catalog.jsonld", summary="目录 Catalogue (DCAT)")
def catalog(request: HttpRequest) -> HttpResponse:
    """The five data sets as a DCAT catalogue."""
    publisher = published.publisher(request.now)  # type: ignore[attr-defined]
    return _linked(opendata.catalogue(request.build_absolute_uri, _at, publisher, settings.OPEN_DATA_LICENCE))


@router.get("/{kind}.csv", response={200: None, 422: Faults}, summary="整份 CSV  A whole data set as CSV")
def as_csv(request: HttpRequest, kind: Kind) -> StreamingHttpResponse:
    """Every row of a data set; written while it is read."""
    rows = published.everything(READS[kind], Ask(), request.now)  # type: ignore[attr-defined]
    lines = opendata.csv_lines(kind, rows, request.build_absolute_uri)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer


@router.get(
    "/{kind}.jsonld", response={200: None, 422: Faults}, summary="整份 JSON-LD  A whole data set as JSON-LD"
)
def as_jsonld(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Every row of a data set as a node in the words of schema.org."""
    rows = published.everything(READS[kind], Ask(), request.now)  # type: ignore[attr-defined]
    return _linked(opendata.graph(kind, rows, request.build_absolute_uri, _at))


@router.get("/days", response=list[DayOut], summary="每天的开放数据 Open data by day")
def days(request: HttpRequest) -> list[dict[str, Any]]:
    """The days whose files stay as they were, the last first, with the SHA-256 of each as the public log has it."""
    return [{"day": day, "files": files} for day, files in published.days()]


@router.get(
    "/days/{day}/{kind}.csv", response={200: None, 404: None, 422: Faults}, summary="某天的 CSV  CSV of a day"
)
def day_csv(request: HttpRequest, day: date, kind: Kind) -> FileResponse:
    """A data set as it was released on a day; 404 where nothing was."""
    file = published.file_of(settings.HOME, day, kind)
    if not file.exists():
        raise Http404
    return FileResponse(
        file.open("rb"),
        content_type="text/csv; charset=utf-8",
        filename=f"{kind}-{day}.csv",
        as_attachment=True,
    )


def _at(name: str) -> str:
    return f"/api/open/{name}"


def _linked(data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(orjson.dumps(data), content_type="application/ld+json")
