"""Open data as CSV and as JSON-LD in the words of schema.org and DCAT; rows in, text or plain dicts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from bihuan.core.rows import write_rows, write_sheet
from bihuan.core.say import Say

Row = Mapping[str, Any]
Absolute = Callable[[str], str]  # an address of this site with its host
CONTEXT = {
    "@vocab": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
UNDECLARED = Say("许可未声明", "No licence has been declared")
LINKS = ("page", "sentence", "text")
AT_ONCE = 200  # rows written together
STATUS = {
    "none": "PotentialActionStatus", "open": "ActiveActionStatus", "late": "ActiveActionStatus",
    "done": "CompletedActionStatus", "ended": "FailedActionStatus",
}  # fmt: skip
KINDS: dict[str, tuple[Say, Say, tuple[str, ...]]] = {
    "reports": (
        Say("政府工作报告", "Work reports"), Say("每份报告：地方、年份、出处、原文的摘要值", "Each report: place, year, source, digest of the text"),
        ("id", "place", "year", "title", "delivered", "source", "sha256", "page", "text"),
    ),
    "commitments": (
        Say("公开的承诺", "Public commitments"), Say("报告里立为任务的句子，牵头单位，现在在谁手里，办到哪里", "Sentences of the report that are followed: lead unit, holder, standing"),
        ("id", "report", "title", "text", "page", "sentence", "category", "measurability", "rated", "lead", "lead_title", "result",
         "target", "case", "state", "state_title", "standing", "holder", "holder_title", "due", "closed"),
    ),
    "targets": (
        Say("目标", "Goals"), Say("公开的承诺要达到的目标：数值、单位、年份、指标", "The goals of public commitments: figure, unit, year, indicator"),
        ("id", "report", "text", "page", "sentence", "kind", "comparator", "value", "unit", "by", "horizon", "indicator"),
    ),
    "indicators": (
        Say("指标", "Indicators"), Say("量什么，什么单位，什么口径", "What is measured, in which unit and scope"),
        ("id", "place", "name", "unit", "scope"),
    ),
    "readings": (
        Say("读数", "Readings"), Say("每个指标每年的数，系统按月算的也在（month 为 0 的是全年），更正也在，每个数有出处", "The yearly figures of each indicator and the monthly ones that formulas give (month 0 is the year) with their sources, corrections included"),
        ("id", "indicator", "name", "unit", "scope", "year", "month", "value", "status", "kind", "formula", "version", "source", "added"),
    ),
}  # fmt: skip


def absolute(row: Row, site: Absolute) -> dict[str, Any]:
    """The row with its links as whole addresses."""
    is_link = {name for name in LINKS if str(row.get(name, "")).startswith("/")}
    return {name: site(value) if name in is_link else value for name, value in row.items()}


def csv_lines(kind: str, rows: Iterable[Row], site: Absolute) -> Iterator[str]:
    """The file piece by piece; names in both languages have a column each. The mark in front tells spreadsheets UTF-8."""
    columns = KINDS[kind][2]
    names = [
        part for name in columns for part in ((name, f"{name}_en") if name.endswith("_title") else (name,))
    ]
    yield write_sheet([names])
    several = iter(rows)
    while some := list(islice(several, AT_ONCE)):
        yield write_rows(_cells(columns, absolute(row, site)) for row in some)


def _cells(columns: Iterable[str], row: Row) -> list[Any]:
    out: list[Any] = []
    for name in columns:
        value = row[name]
        if name.endswith("_title"):
            out += [str(value), value.en if isinstance(value, Say) else str(value)]
        else:
            out.append(_cell(value))
    return out


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | datetime) else value


def catalogue(
    site: Absolute, at: Callable[[str], str], publisher: tuple[str, Say], licence: str
) -> dict[str, Any]:
    """A dcat:Catalog of the five data sets; `at` gives the path of a file by its name.

    `licence` is the address of the district's licence, "" where it declared none: then the rights say so.
    """
    rights: dict[str, Any] = (
        {"dct:license": {"@id": licence}}
        if licence
        else {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _both(UNDECLARED)}}
    )
    return {
        "@context": CONTEXT,
        "@id": site(at("catalog.jsonld")),
        "@type": "dcat:Catalog",
        "dct:title": _both(Say("政府工作报告的承诺：开放数据", "Promises of the work reports: open data")),
        "dct:language": ["zh", "en"],
        "dct:publisher": {
            "@type": ["foaf:Agent", "GovernmentOrganization"], "dct:identifier": publisher[0], "foaf:name": _both(publisher[1]),
        },
        **rights,
        "dcat:dataset": [
            {
                "@id": site(at(kind)), "@type": "dcat:Dataset", "dct:identifier": kind, "dct:title": _both(title),
                "dct:description": _both(about), **rights,
                "dcat:distribution": [
                    {"@type": "dcat:Distribution", **rights, "dcat:downloadURL": {"@id": site(at(f"{kind}.{end}"))}, "dcat:mediaType": media}
                    for end, media in (("csv", "text/csv"), ("jsonld", "application/ld+json"))
                ],
            }
            for kind, (title, about, _) in KINDS.items()
        ],
    }  # fmt: skip


def _both(say: Say) -> list[dict[str, str]]:
    return [{"@value": str(say), "@language": "zh"}, {"@value": say.en, "@language": "en"}]


def graph(kind: str, rows: Iterable[Row], site: Absolute, at: Callable[[str], str]) -> dict[str, Any]:
    """All rows of one data set as nodes; a node's name is the data set's address with the row's id."""

    def node(of: str, key: str) -> str:
        return f"{site(at(of))}#{key}"

    made = NODES[kind]
    return {"@context": CONTEXT, "@graph": [made(absolute(row, site), node) for row in rows]}


Node = Callable[[str, str], str]


def _report(row: Row, node: Node) -> dict[str, Any]:
    return _full(
        {
            "@id": node("reports", row["id"]), "@type": "Report", "identifier": row["id"], "name": row["title"], "url": row["page"],
            "encoding": {"@type": "MediaObject", "contentUrl": row["text"], "encodingFormat": "text/plain", "sha256": row["sha256"]},
            "temporalCoverage": str(row["year"]), "datePublished": _cell(row["delivered"]), "inLanguage": "zh",
            "spatialCoverage": {"@type": "AdministrativeArea", "name": row["place"]}, "isBasedOn": row["source"],
        }
    )  # fmt: skip


def _commitment(row: Row, node: Node) -> dict[str, Any]:
    return _full(
        {
            "@id": node("commitments", row["id"]), "@type": "Action", "identifier": row["id"], "name": row["title"],
            "url": row["page"], "actionStatus": f"https://schema.org/{STATUS[row['standing']]}",
            "agent": {"@type": "GovernmentOrganization", "identifier": row["lead"], "name": _both(row["lead_title"])},
            "object": {"@id": node("targets", row["target"])} if row["target"] else None,
            "endTime": _cell(row["closed"]),
            "subjectOf": {
                "@type": "Quotation", "text": row["text"], "url": row["sentence"], "isPartOf": {"@id": node("reports", row["report"])},
            },
        }
    )  # fmt: skip


def _target(row: Row, node: Node) -> dict[str, Any]:
    place = {"ge": "minValue", "gt": "minValue", "le": "maxValue", "lt": "maxValue"}.get(
        row["comparator"], "value"
    )
    if row["kind"] == "ceiling":
        place = "maxValue"
    return _full(
        {
            "@id": node("targets", row["id"]), "@type": "QuantitativeValue" if row["value"] is not None else "Intangible",
            "identifier": row["id"], "name": row["text"], "url": row["page"], place: row["value"], "unitText": row["unit"] or None,
            "valueReference": {"@id": node("indicators", row["indicator"])} if row["indicator"] else None,
            "dct:valid": str(row["by"]) if row["by"] else None,
            "subjectOf": {"@type": "Quotation", "text": row["text"], "url": row["sentence"], "isPartOf": {"@id": node("reports", row["report"])}},
        }
    )  # fmt: skip


def _indicator(row: Row, node: Node) -> dict[str, Any]:
    return _full(
        {
            "@id": node("indicators", row["id"]), "@type": "StatisticalVariable", "identifier": row["id"], "name": row["name"],
            "unitText": row["unit"], "measurementQualifier": row["scope"] or None,
            "spatialCoverage": {"@type": "AdministrativeArea", "name": row["place"]},
        }
    )  # fmt: skip


def _reading(row: Row, node: Node) -> dict[str, Any]:
    return _full(
        {
            "@id": node("readings", row["id"]), "@type": "Observation", "identifier": row["id"],
            "variableMeasured": {"@id": node("indicators", row["indicator"])}, "observationDate": f"{row['year']}-{row['month']:02}" if row["month"] else str(row["year"]),
            "value": row["value"], "unitText": row["unit"], "description": row["status"], "isBasedOn": row["source"] or None,
            "measurementMethod": f"{row['formula']}@{row['version']}" if row["formula"] else None, "dateCreated": _cell(row["added"]),
        }
    )  # fmt: skip


def _full(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "")}


NODES: dict[str, Callable[[Row, Node], dict[str, Any]]] = {
    "reports": _report, "commitments": _commitment, "targets": _target, "indicators": _indicator, "readings": _reading,
}  # fmt: skip
