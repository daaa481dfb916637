"""What was entered, against the form of the line: every fault with its field, nothing cut silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bihuan.cases import materials
from bihuan.cases.answers import Faults
from bihuan.cases.compound import check
from bihuan.cases.photo import Taken
from bihuan.cases.shapes import BadInput
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.core.time.instant import at as read_at
from bihuan.core.time.instant import day as read_day
from bihuan.lines.forms import FILES, Field, defaults, fields, in_person, not_asked

MOST_FILES = 20


@lru_cache(maxsize=1024)
def fields_of(line: Line, action: str) -> tuple[Field, ...]:
    """The fields of an action's form, in the order of forms.toml."""
    return fields(line, action)


@lru_cache(maxsize=1024)
def carried(line: Line, action: str) -> frozenset[str]:
    """Keys the core itself reads from this action's data: they stay in the event and need no form field."""
    it = line.actions[action]
    keys = {key for _, kind, key in it.sets if kind == "data"}
    if it.effective:
        keys.add(it.effective)
    if line.ops[action].declares or line.ops[action].pauses or line.ops[action].extends:
        keys.add("limit")
    if it.opens:
        keys.add(it.opens.each)
    return frozenset(keys)


@lru_cache(maxsize=64)
def bearers(line: Line) -> frozenset[str]:
    """Keys that name a person in person, kept per line."""
    return in_person(line)


def told_for(
    line: Line, data: Mapping[str, Any], by: str, unit: str
) -> tuple[str | None, str, dict[str, Any]]:
    """(by, unit, data) with which a clerk's entry is opened. Where whoever opens a case is its reporter, what somebody
    else told is opened for the bearer of the look-up code, who alone can say that it is not fixed; who entered it
    stays on record. What a collector found is the collector's own."""
    theirs = any((kind, key) == ("actor", "id") for _, kind, key in line.actions[line.opens_with].sets)
    if not theirs or data.get("channel") == "collector":
        return by, unit, dict(data)
    return None, "", dict(data) | {"entered_by": by}


def fill(line: Line, action: str, data: Mapping[str, Any], day: int) -> dict[str, Any]:
    """The data with the form's defaults where nothing was given, as they stand on that day."""
    given = {key: value for key, value in data.items() if value not in (None, "")}
    return defaults(line, action, day) | given


def clean(line: Line, action: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what goes into the event, what is personal and is kept apart); BadInput lists every fault."""
    faults: Faults = []
    plain: dict[str, Any] = {}
    personal: dict[str, Any] = {}
    fields = {field.key: field for field in fields_of(line, action)}
    known = carried(line, action)
    own = bearers(line) if action == line.opens_with else frozenset()
    for key in data:
        if key not in fields and key not in known:
            faults.append((str(key)[:64], Say("没有这个栏目", "There is no such field")))
    for key, field in fields.items():
        if field.kind in FILES or field.kind == "place":
            continue
        value = data.get(key)
        spared = not_asked(line, field, data)
        if value is None or value == "" or value == []:
            if spared is None and field.required and key not in own:
                faults.append((key, Say(f"请填写“{field.label}”", f"“{field.label.en}” is required")))
            continue
        if spared is not None:
            faults.append((key, Say(f"不用填“{field.label}”：{spared}", f"Leave out “{field.label.en}”: {spared.en}")))  # fmt: skip
            continue
        good = check(field, value, faults)
        if good is not None:
            target = personal if field.personal and key not in known else plain
            target[key] = good
    faults += same_person(fields, personal)
    for key in known - fields.keys():
        value = data.get(key)
        if value is not None and value != "":
            plain[key] = check(_shown(key, line, action), value, faults)
    if faults:
        raise BadInput(faults)
    return plain, personal


def same_person(fields: Mapping[str, Field], personal: Mapping[str, Any]) -> Faults:
    """Nobody is two parties of one form: whoever acts for the applicant is somebody else."""
    first: dict[str, Field] = {}
    faults: Faults = []
    for key, value in personal.items():
        field = fields[key]
        number = value["number"] if field.kind == "subject" else value if field.kind == "identity" else None
        if number is None:
            continue
        other = first.setdefault(number, field)
        if other is not field:
            faults.append((key, Say(
                f"“{field.label}”和“{other.label}”是同一个人：自己办就不用填“{field.label}”",
                f"“{field.label.en}” and “{other.label.en}” are one person: leave “{field.label.en}” empty if you apply yourself",
            )))  # fmt: skip
    return faults


def _shown(key: str, line: Line, action: str) -> Field:
    """A field for a value that no form shows but the core reads."""
    it = line.actions[action]
    if it.opens and key == it.opens.each:
        return Field(key, Say("征询谁", "Whom to ask"), "children")
    if key == "limit":
        return Field(key, Say("期限", "Limit"), "limit")
    if key == it.effective:
        return Field(key, Say("生效时间", "Effective"), "datetime")
    return Field(key, line.names.get(f"data.{key}") or Say(key, key), "person")


def sort_files(
    line: Line, action: str, uploads: Sequence[Taken], matter: str = ""
) -> list[tuple[Field, Taken]]:
    """Each upload with its field; BadInput for an upload no field asks for and for a required one that is missing.

    A letter the line has words for may be missing: it is written from them in the same transaction.
    """
    faults: Faults = []
    fields = [field for field in materials.each(fields_of(line, action), matter) if field.kind in FILES]
    by_kind = {field.key: field for field in fields} | {
        field.stores: field for field in fields if field.stores
    }
    found = []
    for upload in uploads:
        field = by_kind.get(upload.kind)
        if field is None:
            faults.append((upload.kind[:64], Say("这一步不收这种文件", "This step takes no such file")))
        else:
            found.append((field, upload))
    given = {field.key for field, _ in found}
    for field in fields:
        kind, _, name = field.stores.partition(":")
        written = kind == "letter" and name in line.letters
        if field.required and field.key not in given and not written:
            faults.append((field.key, Say(f"请上传“{field.label}”", f"“{field.label.en}” is required")))
    if len(found) > MOST_FILES:
        faults.append(("", Say(f"一次最多 {MOST_FILES} 个文件", f"At most {MOST_FILES} files at once")))
    if faults:
        raise BadInput(faults)
    return found


def moment_of(line: Line, action: str, plain: Mapping[str, Any], at: int) -> int | None:
    """The lawful moment the form names, None where it names none; a day alone is its end, today is now."""
    key = line.actions[action].effective
    text = plain.get(key) if key else None
    if not text:
        return None
    if len(text) > 10:
        return read_at(text)
    return min(at, read_at(f"{text} 24:00")) if read_day(text) <= at // 86400 else read_at(f"{text} 00:00")
