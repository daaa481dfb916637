"""papers.toml of a line: which actions issue a certificate, where each thing on it comes from, what ends which paper. A
line may have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bihuan.core.line.parts import Fault, Line
from bihuan.lines.extras import check_table, table_of
from bihuan.lines.forms import fields

FILE = "papers.toml"
TOP = frozenset({"certificate", "end"})
FIELDS = ("number", "until", "scope", "place", "replaces", "uscc", "kind")
KEYS = frozenset({"issued_on", "decided_on", "law", *FIELDS})
END_KEYS = frozenset({"on", "how", "letters", "certificate", "law"})
HOWS = frozenset({"revoked"})


class Making(NamedTuple):
    """`issued_on`: actions that issue; `decided_on`: actions whose day stands on it; `field`: form key by thing."""

    issued_on: frozenset[str]
    decided_on: frozenset[str]
    field: Mapping[str, str]
    law: str


class End(NamedTuple):
    """How an action ends letters of these keys, and the certificate where `certificate`."""

    how: str
    letters: frozenset[str]
    certificate: bool


def making(line: Line) -> Making | None:
    """How the line makes certificates; None where it makes none."""
    row = table_of(line, FILE).get("certificate")
    if row is None:
        return None
    said = {thing: row[thing] for thing in FIELDS if thing in row}
    return Making(frozenset(row["issued_on"]), frozenset(row["decided_on"]), said, row["law"])


def ends(line: Line) -> Mapping[str, End]:
    """What an action ends, by action."""
    return {
        row["on"]: End(row["how"], frozenset(row.get("letters", ())), bool(row.get("certificate", False)))
        for row in table_of(line, FILE).get("end", ())
    }


def touches(line: Line, action: str) -> bool:
    """Whether an event of this name issues or ends papers."""
    found = making(line)
    return (found is not None and action in found.issued_on) or action in ends(line)


def check_papers(line: Line) -> list[Fault]:
    """What is wrong with papers.toml: unknown keys, actions, letters and form fields."""
    return check_table(line, FILE, _faults)


def _faults(line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(table.keys() - TOP):
        yield key, "不认识的项", "is unknown"
    row = table.get("certificate")
    if row is not None:
        yield from _certificate_faults(line, row)
    for end in table.get("end", ()):
        where = f"end.{end.get('on', '')}"
        for key in sorted(end.keys() - END_KEYS):
            yield f"{where}.{key}", "不认识的项", "is unknown"
        if end.get("on") not in line.actions:
            yield where, "条线里没有这个操作", "is no action of the line"
        if end.get("how") not in HOWS:
            yield (
                f"{where}.how",
                f"只能是 {'、'.join(sorted(HOWS))}",
                f"must be one of {', '.join(sorted(HOWS))}",
            )
        for letter in end.get("letters", ()):
            if letter not in line.letters:
                yield f"{where}.letters", f"没有文书“{letter}”", f"there is no letter {letter!r}"


def _certificate_faults(line: Line, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(row.keys() - KEYS):
        yield f"certificate.{key}", "不认识的项", "is unknown"
    for key in ("issued_on", "decided_on", "law"):
        if not row.get(key):
            yield f"certificate.{key}", "必须写", "must be given"
    for key in ("issued_on", "decided_on"):
        for name in row.get(key, ()):
            if name not in line.actions:
                yield f"certificate.{key}", f"条线里没有操作“{name}”", f"there is no action {name!r}"
    asked = {field.key for action in line.actions for field in fields(line, action)}
    for thing in FIELDS:
        if thing in row and row[thing] not in asked:
            yield f"certificate.{thing}", f"没有表单项“{row[thing]}”", f"no form asks for {row[thing]!r}"
