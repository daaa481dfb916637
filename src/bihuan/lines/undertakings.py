"""undertakings.toml of a line: for which matters an undertaking (告知承诺) may stand in for the review, what the applicant
is told, which papers it replaces. A line may have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say
from bihuan.core.time.clock import read_limit
from bihuan.core.time.ledger import limit_words
from bihuan.lines.extras import check_table, table_of

FILE = "undertakings.toml"
SWITCH, BASIS = "undertaking", "undertaking_law"  # columns of matters.csv
INSTEAD = "promised_instead"  # the rule by which a paper is not asked of whoever undertakes
TOP = frozenset({"consequence", "matter"})
KEYS = frozenset({"code", "conditions", "instead", "source", "mark"})
MARKS = frozenset({"read", "example"})


class Told(NamedTuple):
    """One sentence that the applicant is told, with its provision."""

    say: Say
    law: str


class Undertaking(NamedTuple):
    """What is told of one matter; `instead` are the catalogue's keys of the papers that need not be handed in, `example`
    that the district has to confirm it."""

    matter: str
    basis: str
    conditions: tuple[Told, ...]
    consequences: tuple[Told, ...]
    instead: frozenset[str]
    source: str
    example: bool


def undertakings(line: Line, day: int) -> dict[str, Undertaking]:
    """Every matter of the line that may be handled on an undertaking on a Day, by code."""
    table = table_of(line, FILE)
    if not table:
        return {}
    check = limit_words(read_limit(line.param("check", day).value))
    after = tuple(
        Told(Say(row["zh"].replace("{check}", check), row["en"].replace("{check}", check.en)), row["law"])
        for row in table["consequence"]
    )
    return {
        row["code"]: Undertaking(
            row["code"], line.matter(row["code"], day).columns[BASIS],
            tuple(Told(Say(one["zh"], one["en"]), one["law"]) for one in row["conditions"]), after,
            frozenset(row.get("instead", ())), row["source"], row["mark"] == "example",
        )
        for row in table["matter"]
    }  # fmt: skip


def check_undertakings(line: Line) -> list[Fault]:
    """What is wrong with undertakings.toml: unknown keys, a matter that is not switched on in matters.csv or without a
    basis, conditions or consequences without their provision; and a matter switched on of which nothing is told."""
    on = {row.code for rows in line.matters.values() for row in rows if row.columns.get(SWITCH) == "yes"}
    told = {row.get("code") for row in table_of(line, FILE).get("matter", ())}
    silent = [
        Fault(
            "matters.csv",
            f"{code}.{SWITCH}",
            Say(f"{FILE} 没有写告知什么", f"nothing is told of it in {FILE}"),
        )
        for code in sorted(on - told)
    ]
    return check_table(line, FILE, _faults) + silent


def _faults(line: Line, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key in sorted(table.keys() - TOP):
        yield key, "不认识的项", "is unknown"
    if not table.get("consequence"):
        yield "consequence", "没有写后果", "no consequence is told"
    if INSTEAD not in line.rules:
        yield "matter", f"rules.py 没有规则“{INSTEAD}”", f"rules.py has no rule {INSTEAD!r}"
    yield from _untold("consequence", table.get("consequence", ()))
    if "check" not in line.params:
        yield "consequence", "没有参数 check：几天内核查", "there is no param check: how soon it is checked"
    for row in table.get("matter", ()):
        code = str(row.get("code", ""))
        for key in sorted(row.keys() - KEYS):
            yield f"{code}.{key}", "不认识的项", "is unknown"
        if row.get("mark") not in MARKS or not row.get("source"):
            yield (
                f"{code}.source",
                "要写来源，mark 写 read 或者 example",
                "give a source, and a mark: read or example",
            )
        if not row.get("conditions"):
            yield f"{code}.conditions", "没有写条件", "no condition is told"
        yield from _untold(f"{code}.conditions", row.get("conditions", ()))
        for one in line.matters.get(code, ()):
            if one.columns.get(SWITCH) != "yes" or not one.columns.get(BASIS):
                yield (
                    code, f"matters.csv 没有写 {SWITCH} = yes 和 {BASIS}", f"matters.csv has not {SWITCH} = yes with {BASIS}",
                )  # fmt: skip
        if code not in line.matters:
            yield code, "没有这个事项", "is no matter of the line"


def _untold(where: str, rows: Any) -> Iterator[tuple[str, str, str]]:
    for number, one in enumerate(rows, 1):
        if not all(one.get(key) for key in ("zh", "en", "law")):
            yield f"{where}.{number}", "zh、en、law 都要写", "zh, en and law are all needed"
