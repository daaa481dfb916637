"""A line's form between browser and write path: fields with their choices to show, and what was sent as data and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Protocol

from bihuan import lines
from bihuan.cases.compound import COMMUNITY, KINDS, PAPERS, STREET
from bihuan.cases.shapes import Upload
from bihuan.core.case.fold import Case
from bihuan.core.line.folder import Line
from bihuan.core.line.parts import Matter
from bihuan.core.say import Say
from bihuan.core.time.ledger import limit_words
from bihuan.lines.catalogue import matters_on
from bihuan.lines.forms import FILES, Field, not_asked
from bihuan.people import queries as people
from bihuan.places.queries import division_names

Option = tuple[str, Say]
LIMITS: tuple[Option, ...] = (
    ("working hours", Say("工作小时", "working hours")),
    ("working days", Say("工作日", "working days")),
    ("days", Say("自然日", "calendar days")),
    ("months", Say("个月", "months")),
    ("hours", Say("连续小时", "continuous hours")),
)
AS_TEXT = frozenset(
    {
        "text", "long", "choice", "date", "datetime", "unit", "person", "money", "number", "case", "condition", "organisation",
        "identity", "certificate",
    }
)  # fmt: skip
COMPOUND = frozenset({"subject", "address", "group"})
ROWS = 3  # rows of a table a page shows at first, and more than those filled in


class Posted(Protocol):
    """What a QueryDict is to us."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the page shows it: `value` is what was entered before, `options` what there is to choose from."""

    field: Field
    value: Any = ""
    unit_of_limit: str = ""
    options: tuple[Option, ...] = ()
    few: tuple[Option, ...] = ()  # those that the duty list or the draw suggests, shown first
    matters: tuple[Option, ...] = ()
    matter: str = ""
    written: bool = False  # a letter the line has words for: it need not be uploaded
    entries: tuple[tuple[Asked, ...], ...] = ()  # of a group: each entry with its fields
    within: tuple[tuple[Say, tuple[Option, ...]], ...] = ()  # of an address: communities by street
    source: Any = None  # where a value that was filled in for people comes from
    kept: tuple[Any, ...] = ()  # files handed in before
    on: tuple[str, str] = ("", "")  # the choice, and its answers, on which alone it is asked


def ask(
    line: Line, shown: Sequence[Field], day: int, *, unit: str = "", suggested: Sequence[str] = (), entered: Posted | None = None,
    limit_unit: str = "working days", case: Case | None = None,
) -> list[Asked]:  # fmt: skip
    """The fields with choices filled in and everything entered before kept."""
    names: Mapping[str, Say] = {}
    if any(field.kind in ("unit", "children") for field in shown):
        names = people.known(people.change()).names
    found = [
        _ask(line, field, day, unit, suggested, entered, names, limit_unit)
        for field in shown
        if not field.device
    ]
    found = [replace(one, on=asked_on(line, one.field, shown)) if one.field.when else one for one in found]
    return [chosen for one in found if (chosen := _conditions(one, line, day, case)) is not None]


def asked_on(line: Line, field: Field, shown: Sequence[Field]) -> tuple[str, str]:
    """The choice of the same form that decides whether a field is asked, and the answers on which it is; ("", "") where
    no single choice decides."""
    for other in shown:
        asked = [code for code, _ in other.options if not_asked(line, field, {other.key: code}) is None]
        if other.kind == "choice" and 0 < len(asked) < len(other.options):
            return other.key, " ".join(asked)
    return "", ""


def _conditions(one: Asked, line: Line, day: int, case: Case | None) -> Asked | None:
    """A field for the condition with those of the case's matter, the next stage alone once there is one; none where
    the matter has none."""
    if one.field.kind != "condition":
        return one
    known = line.conditions_of(case.matter, day) if case is not None else {}
    now = known.get(case.condition) if case is not None else None
    rows = [row for code, row in known.items() if now is None or code == now.columns["next"]]
    if not rows:
        return None
    value = one.value or (rows[0].code if len(rows) == 1 else "")
    return replace(
        one, value=value, field=replace(one.field, required=True),
        options=tuple((row.code, with_limit(row, line)) for row in rows),
    )  # fmt: skip


def with_limit(row: Matter, line: Line) -> Say:
    """A condition with the limit it gives the main clock: 作出处罚(7 个工作日)."""
    limit = row.limits.get(line.clocks[line.main_clock].limit.name)
    if limit is None:
        return Say(row.name, row.name_en)
    words = limit_words(limit)
    return Say(f"{row.name}（{words}）", f"{row.name_en} ({words.en})")


def _ask(
    line: Line, field: Field, day: int, unit: str, suggested: Sequence[str], entered: Posted | None,
    names: Mapping[str, Say], limit_unit: str,
) -> Asked:  # fmt: skip
    if field.kind in COMPOUND:
        return _ask_compound(line, field, entered)
    value = entered.get(field.key, "") if entered else ""
    kind, _, letter = field.stores.partition(":")
    written = kind == "letter" and letter in line.letters
    if field.kind == "unit":
        few = tuple((code, names[code]) for code in suggested if code in names)
        return Asked(
            field,
            value or (suggested[0] if suggested and field.required else ""),
            options=tuple(names.items()),
            few=few,
        )
    if field.kind == "person":
        ids = people.holders(unit, field.post, day) if field.post and unit else []
        there = people.names_of(ids)
        return Asked(field, value, options=tuple((pk, Say(*there[pk])) for pk in ids if pk in there))
    if field.kind == "children":
        rows = matters_on(lines.at(field.line, day), day) if field.line else ()
        return Asked(
            field, entered.getlist(field.key) if entered else [], options=tuple(names.items()),
            matters=tuple((row.code, Say(row.name, row.name_en)) for row in rows),
            matter=entered.get(f"{field.key}-matter", "") if entered else "",
        )  # fmt: skip
    if field.kind == "choices":
        return Asked(field, entered.getlist(field.key) if entered else [], options=field.options)
    if field.kind == "table":
        filled = read_table(field, entered) if entered else []
        return Asked(field, [*filled, *({} for _ in range(1 if filled else ROWS))])
    if field.kind == "limit":
        number = entered.get(f"{field.key}-n", "") if entered else ""
        chosen = entered.get(f"{field.key}-unit", "") if entered else ""
        return Asked(field, number, chosen or limit_unit, LIMITS)
    return Asked(field, value, options=field.options, written=written)


def _ask_compound(line: Line, field: Field, entered: Posted | None) -> Asked:
    """A field of several inputs with what was entered in each."""
    if field.kind == "subject":
        value = _parts(field, entered, ("kind", "name", "paper", "number")) if entered else {}
        return Asked(field, value, options=tuple(PAPERS.items()), few=tuple(KINDS.items()))
    if field.kind == "address":
        value = _parts(field, entered, ("text", "community", "lon", "lat", "datum")) if entered else {}
        return Asked(field, value, within=_communities())
    rows = read_group(field, entered) if entered else []
    return Asked(field, rows, entries=tuple(
        tuple(Asked(replace(inner, key=f"{field.key}-{inner.key}"), row.get(inner.key, ""), options=inner.options) for inner in field.fields)
        for row in [*rows, {}]
    ))  # fmt: skip


def _communities() -> tuple[tuple[Say, tuple[Option, ...]], ...]:
    """Every community under its street, by code."""
    names = {code: Say(zh, en or zh) for code, (zh, en) in division_names().items()}
    return tuple(
        (say, tuple((code, one) for code, one in names.items() if len(code) == COMMUNITY and code[:STREET] == street))
        for street, say in sorted(names.items()) if len(street) == STREET
    )  # fmt: skip


def _parts(field: Field, posted: Posted, names: Sequence[str]) -> dict[str, str]:
    """What was entered in the inputs of one field; blanks are left out."""
    found = {name: str(posted.get(f"{field.key}-{name}", "")).strip() for name in names}
    return {name: text for name, text in found.items() if text}


def read(shown: Sequence[Field], posted: Posted) -> dict[str, Any]:
    """The data of the fields as the write path takes them; what is empty is left out, nothing is judged here."""
    data: dict[str, Any] = {}
    for field in shown:
        if field.device:
            continue
        if field.kind in AS_TEXT:
            value = posted.get(field.key, "")
            if isinstance(value, str) and value.strip():
                data[field.key] = value
        elif field.kind == "choices":
            chosen = [one for one in posted.getlist(field.key) if one]
            if chosen:
                data[field.key] = chosen
        elif field.kind == "table":
            rows = read_table(field, posted)
            if rows:
                data[field.key] = rows
        elif field.kind in COMPOUND:
            given = _read_compound(field, posted)
            if given:
                data[field.key] = given
        elif field.kind == "limit":
            number = str(posted.get(f"{field.key}-n", "")).strip()
            if number:
                data[field.key] = f"{number} {posted.get(f'{field.key}-unit', '')}"
        elif field.kind == "children":
            chosen = [code for code in posted.getlist(field.key) if code]
            matter = posted.get(f"{field.key}-matter", "")
            if chosen:
                data[field.key] = [{"unit": code} | ({"matter": matter} if matter else {}) for code in chosen]
    return data


def _read_compound(field: Field, posted: Posted) -> Any:
    """What was entered in the inputs of one field; nothing where only a choice that stands there anyway was sent."""
    if field.kind == "group":
        return read_group(field, posted)
    if field.kind == "address":
        return _parts(field, posted, ("text", "community", "lon", "lat", "datum"))
    found = _parts(field, posted, ("kind", "name", "paper", "number"))
    return found if {"name", "number"} & found.keys() else {}


def read_group(field: Field, posted: Posted) -> list[dict[str, str]]:
    """The entries of a group that have anything in them; each field is sent as often as there are entries."""
    columns = [posted.getlist(f"{field.key}-{inner.key}") for inner in field.fields]
    rows = [
        {
            inner.key: str(cell).strip()
            for inner, cell in zip(field.fields, cells, strict=True)
            if str(cell).strip()
        }
        for cells in zip_longest(*columns, fillvalue="")
    ]
    return [row for row in rows if row]


def read_table(field: Field, posted: Posted) -> list[dict[str, str]]:
    """The rows of a table that have anything in them; each column is sent as often as there are rows."""
    columns = [posted.getlist(f"{field.key}-{name}") for name, _ in field.columns]
    rows = [
        {name: str(cell).strip() for (name, _), cell in zip(field.columns, cells, strict=True)}
        for cells in zip_longest(*columns, fillvalue="")
    ]
    return [row for row in rows if any(row.values())]


def read_files(shown: Sequence[Field], files: Any) -> list[Upload]:
    """The uploads of the fields; `files` is request.FILES."""
    found = []
    for field in shown:
        if field.kind in FILES:
            found += [Upload(field.key, one.name or "file", one.read()) for one in files.getlist(field.key)]
    return found
