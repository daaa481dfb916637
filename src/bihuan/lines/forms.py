"""forms.toml as fields: what each action asks for, which of it is personal, what its files are kept as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say

FILE = "forms.toml"
KINDS = frozenset(
    [
        "text",
        "long",
        "choice",
        "date",
        "datetime",
        "unit",
        "person",
        "place",
        "photo",
        "file",
        "limit",
        "money",
        "number",
        "children",
        "case",  # the number of another case of the line
        "condition",  # one of the conditions of the case's matter
        "organisation",  # a 统一社会信用代码, checked
        "certificate",  # the number of a certificate; one that the register says is no longer in force is refused
        "identity",  # a 公民身份号码, checked and put in its one form
        "choices",  # several of the options
        "table",  # rows with the same columns
        "group",  # the same few fields, as often as there are things to tell
        "address",  # where, in words, with the community and, where a point is given, the cell it lies in
        "subject",  # a person or an organisation: name, kind of paper, checked number
        "materials",  # one file for each paper that the item of the case asks for
    ]
)
KEYS = frozenset(
    [
        "key",
        "zh",
        "en",
        "kind",
        "required",
        "personal",
        "hint",
        "options",
        "stores",
        "default",
        "post",
        "line",
        "device",
        "purpose",
        "basis",
        "when",
        "proof",
        "columns",
        "fields",
        "part",
        "mask",
    ]
)
IN_GROUP = frozenset({"text", "long", "choice", "date", "money", "number", "organisation", "identity"})
FILES = ("photo", "file", "materials")
MASKS = frozenset({"name", "phone", "identity", "address", "all"})
NEEDED = ("key", "zh", "en", "kind")
TOP = frozenset({"prefix", "title_field", "action", "name"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an action asks for; photo and file are kept as document `stores`, children open `line`."""

    key: str
    label: Say
    kind: str
    required: bool = False
    personal: bool = False
    hint: Say | None = None
    options: tuple[tuple[str, Say], ...] = ()
    stores: str = ""
    default: str = ""
    post: str = ""
    line: str = ""
    device: bool = False  # filled in by the device that people carry, asked on no form
    purpose: Say | None = None  # what it is used for, and by which provision it may be asked
    basis: str = ""
    when: str = ""  # the rule that says when it is not asked
    proof: str = ""  # its entry on the list of proofs that may be asked for
    columns: tuple[tuple[str, Say], ...] = ()
    fields: tuple[Field, ...] = ()  # of each entry of a group
    part: Say | None = None  # the part of the form that begins with this field
    mask: str = ""  # how a personal answer is shown back: which of MASKS


@dataclass(frozen=True, slots=True)
class Given:
    """What a rule of a form may look at: the answers so far."""

    data: Mapping[str, Any]


def not_asked(line: Line, field: Field, data: Mapping[str, Any]) -> Say | None:
    """Why a field is not asked of somebody who gave these answers; None where it is."""
    return line.rules[field.when](Given(data)) if field.when else None


def in_person(line: Line) -> frozenset[str]:
    """Keys by which the opening action names a person in person: not given, it is the bearer of the look-up code."""
    people = {role.party for role in line.roles.values() if not role.post}
    sets = line.actions[line.opens_with].sets
    return frozenset(key for party, kind, key in sets if kind == "data" and party in people)


def form_rules(line: Line) -> frozenset[str]:
    """The rules of rules.py that decide what a form asks."""
    return frozenset(field.when for action in line.actions for field in fields(line, action) if field.when)


@lru_cache(maxsize=1024)
def fields(line: Line, action: str) -> tuple[Field, ...]:
    """The fields of an action, none where it asks for nothing; an unknown action raises KeyError."""
    if action not in line.actions:
        raise KeyError(f"{line.code}: no action {action!r}")
    return tuple(_field(row) for row in _rows(line, action))


def prefix(line: Line) -> str:
    """The letters in front of a case number, such as CG."""
    return str(line.forms["prefix"])


def title_field(line: Line) -> str:
    """The field of the opening action that becomes the title of the case."""
    return str(line.forms["title_field"])


def defaults(line: Line, action: str, day: int) -> dict[str, Any]:
    """The values an action's fields take from params.toml on Day `day`, by key."""
    found: dict[str, Any] = {}
    for field in fields(line, action):
        kind, _, name = field.default.partition(".")
        if kind == "param":
            found[field.key] = line.param(name, day).value
    return found


def personal_keys(line: Line, action: str) -> frozenset[str]:
    """The keys of an action's data that are personal information."""
    return frozenset(field.key for field in fields(line, action) if field.personal)


def check_forms(line: Line) -> list[Fault]:
    """What is wrong with forms.toml against its line: unknown actions, keys, kinds, parameters."""
    return [Fault(FILE, key, Say(zh, en)) for key, zh, en in _faults(line)]


def _rows(line: Line, action: str) -> list[dict[str, Any]]:
    table = line.forms.get("action", {}).get(action, {})
    return list(table.get("fields", ()))


def _field(row: Mapping[str, Any]) -> Field:
    hint, purpose, part = row.get("hint"), row.get("purpose"), row.get("part")
    kind = row["kind"]
    return Field(
        key=row["key"],
        label=Say(row["zh"], row["en"]),
        kind=kind,
        required=row.get("required", False),
        personal=row.get("personal", False),
        hint=Say(hint["zh"], hint["en"]) if hint else None,
        options=tuple((option["code"], Say(option["zh"], option["en"])) for option in row.get("options", ())),
        stores=row.get("stores") or (f"evidence:{row['key']}" if kind in FILES else ""),
        default=row.get("default", ""),
        post=row.get("post", ""),
        line=row.get("line", ""),
        device=row.get("device", False),
        purpose=Say(purpose["zh"], purpose["en"]) if purpose else None,
        basis=row.get("basis", ""),
        when=row.get("when", ""),
        proof=row.get("proof", ""),
        columns=tuple((column["key"], Say(column["zh"], column["en"])) for column in row.get("columns", ())),
        fields=tuple(_field(inner) for inner in row.get("fields", ())),
        part=Say(part["zh"], part["en"]) if part else None,
        mask=row.get("mask", ""),
    )


def _faults(line: Line) -> Iterator[tuple[str, str, str]]:
    for key in sorted(set(line.forms) - TOP):
        yield key, "没有这个键", "unknown key"
    for key in ("prefix", "title_field"):
        if not line.forms.get(key):
            yield key, "没有写", "is missing"
    for name in line.forms.get("action", {}):
        if name not in line.actions:
            yield f"action.{name}", f"没有操作“{name}”", f"unknown action {name!r}"
            continue
        rows = _rows(line, name)
        for number, row in enumerate(rows):
            yield from _row_faults(line, f"action.{name}.{row.get('key', number)}", row)
        yield from _missing(line, name, rows)
    first = {row.get("key") for row in _rows(line, line.opens_with)}
    if line.forms.get("title_field") not in first:
        yield "title_field", "不是第一个操作的字段", "is no field of the opening action"


def _row_faults(line: Line, key: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in sorted(set(row) - KEYS):
        yield f"{key}.{name}", "没有这个键", "unknown key"
    for name in NEEDED:
        if not row.get(name):
            yield f"{key}.{name}", "没有写", "is missing"
    kind = row.get("kind")
    if kind and kind not in KINDS:
        yield f"{key}.kind", f"没有“{kind}”这种字段", f"unknown kind {kind!r}"
    if (kind in ("choice", "choices")) != bool(row.get("options")):
        yield (
            f"{key}.options",
            "选项只用于 choice、choices,而且必须有",
            "a choice, and only a choice, has options",
        )
    if (kind == "table") != bool(row.get("columns")):
        yield f"{key}.columns", "列只用于 table,而且必须有", "table, and only table, has columns"
    yield from _group_faults(line, key, row)
    if row.get("mask") and not (row["mask"] in MASKS and row.get("personal")):
        yield (
            f"{key}.mask",
            f"遮法只有 {'、'.join(sorted(MASKS))},只用于个人信息",
            "an unknown mask, or not personal",
        )
    if bool(row.get("purpose")) != bool(row.get("basis")):
        yield f"{key}.purpose", "用途和依据要一起写", "purpose and basis are given together"
    if row.get("personal") and not (row.get("purpose") and row.get("basis")):
        yield (
            f"{key}.purpose",
            "个人信息要写明用途和依据(个人信息保护法§17、§34)",
            "personal information says purpose and basis",
        )
    if kind in ("identity", "subject") and not row.get("personal"):
        yield (
            f"{key}.purpose",
            "证件号码要标 personal(个人信息保护法§28)",
            "an identity number is personal",
        )
    if row.get("when") and row["when"] not in line.rules:
        yield f"{key}.when", f"没有规则“{row['when']}”", f"unknown rule {row['when']!r}"
    if row.get("device") and row.get("required"):
        yield f"{key}.device", "设备填的不能是必填", "what a device fills in cannot be required"
    if row.get("stores") and kind not in FILES:
        yield f"{key}.stores", "只有照片和文件才存成材料", "only photo and file are kept as documents"
    source, _, name = str(row.get("default", "")).partition(".")
    if source == "case":  # what was said on the case before, put into the form for people to see
        if not any(name == field.key for one in line.actions for field in fields(line, one)):
            yield f"{key}.default", f"没有表单问过“{name}”", f"no form asks for {name!r}"
    elif source and (source != "param" or name not in line.params):
        yield f"{key}.default", f"没有参数“{name}”", f"unknown param {name!r}"
    effective = {action.effective for action in line.actions.values()} - {""}
    if row.get("key") in effective and kind not in ("date", "datetime"):
        yield f"{key}.kind", "效力时间要用 date 或 datetime", "a lawful moment is a date or datetime"


def _group_faults(line: Line, key: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A group has fields of the simple kinds, and nothing else has any."""
    inner = row.get("fields", ())
    if (row.get("kind") == "group") != bool(inner):
        yield f"{key}.fields", "fields 只用于 group,而且必须有", "group, and only group, has fields"
    for number, one in enumerate(inner):
        where = f"{key}.{one.get('key', number)}"
        if one.get("kind") not in IN_GROUP:
            yield f"{where}.kind", f"组里不能有“{one.get('kind')}”", f"no {one.get('kind')!r} in a group"
        if one.get("personal"):
            yield f"{where}.personal", "整组一起标 personal", "a group is personal as a whole"
        if one.get("kind") == "identity" and row.get("personal") and row.get("purpose"):
            one = dict(one) | {"personal": True, "purpose": row["purpose"], "basis": row.get("basis", "")}
        yield from _row_faults(line, where, one)


def _missing(line: Line, name: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """What the action needs must be askable on its form: documents, parties, the lawful moment."""
    action = line.actions[name]
    asked = {row.get("key") for row in rows if row.get("key")}
    kept = {_field(row).stores for row in rows if all(row.get(key) for key in NEEDED)}
    for need in action.needs:
        if need not in kept:
            yield f"action.{name}", f"表单没有“{need}”", f"the form does not ask for {need!r}"
    for _, kind, key in action.sets:
        if kind == "data" and key not in asked and name != line.opens_with and action.by != ("draw",):
            yield f"action.{name}", f"表单没有“{key}”", f"the form does not ask for {key!r}"
    if action.effective and action.effective not in asked:
        yield (
            f"action.{name}",
            f"表单没有“{action.effective}”",
            f"the form does not ask for {action.effective!r}",
        )
    if action.amends and action.amends not in asked:
        yield f"action.{name}", f"表单没有“{action.amends}”", f"the form does not ask for {action.amends!r}"
    if line.ops[name].declares and "limit" not in asked:
        yield f"action.{name}", "表单没有“limit”", "the form does not ask for 'limit'"
