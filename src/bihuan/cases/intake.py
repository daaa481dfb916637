"""What was entered, against the form of the line: every fault with its field, nothing cut silently."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bihuan.cases.photo import Taken
from bihuan.cases.shapes import BadInput
from bihuan.core.line.folder import Line
from bihuan.core.say import Say
from bihuan.core.time.clock import read_limit
from bihuan.core.time.instant import at as read_at
from bihuan.core.time.instant import day as read_day
from bihuan.lines.forms import Field, defaults, fields

LONGEST = {"text": 2000, "long": 2000, "title": 200}
MOST_FILES = 9
FILES = ("photo", "file")
LINE_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
UNIT = re.compile(r"[a-z][a-z0-9_.]{0,31}")
PERSON = re.compile(r"[A-Za-z0-9:._-]{1,64}")

Faults = list[tuple[str, Say]]


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
    """Keys by which the opening action names a person in person: not given, it is the bearer of the look-up code."""
    people = {role.party for role in line.roles.values() if not role.post}
    sets = line.actions[line.opens_with].sets
    return frozenset(key for party, kind, key in sets if kind == "data" and party in people)


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
    in_person = bearers(line) if action == line.opens_with else frozenset()
    for key in data:
        if key not in fields and key not in known:
            faults.append((str(key)[:64], Say("没有这个栏目", "There is no such field")))
    for key, field in fields.items():
        if field.kind in FILES or field.kind == "place":
            continue
        value = data.get(key)
        if value is None or value == "" or value == []:
            if field.required and key not in in_person:
                faults.append((key, Say(f"请填写“{field.label}”", f"“{field.label.en}” is required")))
            continue
        good = check(field, value, faults)
        if good is not None:
            target = personal if field.personal and key not in known else plain
            target[key] = good
    for key in known - fields.keys():
        value = data.get(key)
        if value is not None and value != "":
            plain[key] = check(_shown(key, line, action), value, faults)
    if faults:
        raise BadInput(faults)
    return plain, personal


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


def sort_files(line: Line, action: str, uploads: Sequence[Taken]) -> list[tuple[Field, Taken]]:
    """Each upload with its field; BadInput for an upload no field asks for and for a required one that is missing.

    A letter the line has words for may be missing: it is written from them in the same transaction.
    """
    faults: Faults = []
    fields = [field for field in fields_of(line, action) if field.kind in FILES]
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


def check(field: Field, value: Any, faults: Faults) -> Any:
    """The value as it is stored, or None after adding to `faults` why it cannot be."""
    reader = READERS[field.kind]
    try:
        return reader(field, value)
    except _Bad as bad:
        faults.append((field.key, bad.say))
    return None


class _Bad(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.say = Say(zh, en)


def clean_text(value: Any, title: Say, most: int) -> str:
    """Text with plain line breaks; control characters and too many characters are refused with where and how many."""
    if not isinstance(value, str):
        raise _Bad(f"“{title}”应当是文字", f"“{title.en}” must be text")
    text = LINE_BREAKS.sub("\n", value).strip()
    if len(text) > most:
        raise _Bad(
            f"“{title}”有 {len(text):,} 个字,不得超过 {most:,} 个字",
            f"“{title.en}” has {len(text):,} characters; at most {most:,} are taken",
        )
    for place, c in enumerate(text):
        if c not in "\n\t" and _invisible(c):
            raise _Bad(
                f"“{title}”第 {place + 1} 个字是不可见的控制字符(U+{ord(c):04X}),请删去",
                f"“{title.en}”: character {place + 1} is an invisible control character (U+{ord(c):04X}); remove it",
            )
    return text


def want_text(key: str, value: Any, title: Say, kind: str = "text") -> str:
    """Text outside a form, by the same rules; BadInput names `key`."""
    try:
        return clean_text(value, title, LONGEST[kind])
    except _Bad as bad:
        raise BadInput([(key, bad.say)]) from bad


def _invisible(c: str) -> bool:
    """Controls, lone surrogates and direction overrides; joiners inside emoji are fine."""
    kind = unicodedata.category(c)
    return kind in ("Cc", "Cs") or "\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069"


def _text(field: Field, value: Any) -> str:
    return clean_text(value, field.label, LONGEST.get(field.kind, LONGEST["text"]))


def _case(field: Field, value: Any) -> str:
    """A case number as printed, however it was typed; whether there is such a case, the line's rule says."""
    text = unicodedata.normalize("NFKC", clean_text(value, field.label, LONGEST["text"])).upper()
    number = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[A-Z]{2}\d{8}-\d+", number):
        raise _Bad(
            f"“{field.label}”要写办件编号，例 CG20261124-000387",
            f"“{field.label.en}” is a case number, such as CG20261124-000387",
        )
    return number


def _choice(field: Field, value: Any) -> str:
    if not field.options:
        return clean_text(value, field.label, LONGEST["text"])
    names = [code for code, _ in field.options]
    if value not in names:
        said = "、".join(say for _, say in field.options)
        said_en = ", ".join(say.en for _, say in field.options)
        raise _Bad(f"“{field.label}”只能是:{said}", f"“{field.label.en}” must be one of: {said_en}")
    return str(value)


def _date(field: Field, value: Any) -> str:
    try:
        read_day(value)
    except (ValueError, TypeError, AttributeError):
        raise _Bad(
            f"“{field.label}”应当写成 2026-03-02 这样的日期",
            f"“{field.label.en}” must be a date such as 2026-03-02",
        ) from None
    return str(value)


def _datetime(field: Field, value: Any) -> str:
    """A moment, or a day alone (受理窗口常常只知道日子)."""
    text = value.replace("T", " ") if isinstance(value, str) else value
    try:
        read_day(text) if isinstance(text, str) and len(text) == 10 else read_at(text)
    except (ValueError, TypeError, AttributeError):
        raise _Bad(
            f"“{field.label}”应当写成 2026-03-02 或 2026-03-02 10:00",
            f"“{field.label.en}” must be written 2026-03-02 or 2026-03-02 10:00",
        ) from None
    return str(text)


def _unit(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not UNIT.fullmatch(value):
        raise _Bad(f"“{field.label}”应当是单位代码", f"“{field.label.en}” must be the code of a unit")
    return value


def _person(field: Field, value: Any) -> str:
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or not PERSON.fullmatch(value):
        raise _Bad(f"“{field.label}”应当是人员编号", f"“{field.label.en}” must be the id of a person")
    return value


def _limit(field: Field, value: Any) -> str:
    try:
        return read_limit(value).text
    except (ValueError, TypeError, AttributeError):
        raise _Bad(
            f"“{field.label}”应当写成 5 working days、15 days、4 working hours 这样的期限",
            f"“{field.label.en}” must be a limit such as 5 working days, 15 days, 4 working hours",
        ) from None


def _money(field: Field, value: Any) -> str:
    text = str(value)
    if isinstance(value, bool) or not MONEY.fullmatch(text):
        raise _Bad(
            f"“{field.label}”应当是金额(元),最多两位小数",
            f"“{field.label.en}” must be an amount in yuan, two decimals at most",
        )
    return text


def _number(field: Field, value: Any) -> int | float:
    try:
        number = float(value)
    except (ValueError, TypeError, OverflowError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise _Bad(f"“{field.label}”应当是数字", f"“{field.label.en}” must be a number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


CHILD_KEYS = ("unit", "line", "matter", "item", "title", "note")
MOST_CHILDREN = 50


def _children(field: Field, value: Any) -> list[dict[str, str]]:
    """Rows of `data.children`: who is asked, for which matter."""
    if not isinstance(value, list) or not value or not all(isinstance(row, Mapping) for row in value):
        raise _Bad("请至少选择一个被征询的单位", "Choose at least one body to ask")
    if len(value) > MOST_CHILDREN:
        raise _Bad(
            f"一次最多 {MOST_CHILDREN} 个,现有 {len(value)} 个",
            f"At most {MOST_CHILDREN} at once, got {len(value)}",
        )
    rows = []
    for row in value:
        extra = [str(name) for name in row if name not in CHILD_KEYS]
        if extra:
            raise _Bad(f"没有这个栏目:{extra[0]}", f"There is no such field: {extra[0]}")
        rows.append(
            {
                name: clean_text(row[name], Say(name, name), LONGEST["title"])
                for name in row
                if row[name] not in (None, "")
            }
        )
    return rows


READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long": _text,
    "choice": _choice,
    "date": _date,
    "datetime": _datetime,
    "unit": _unit,
    "person": _person,
    "limit": _limit,
    "money": _money,
    "number": _number,
    "children": _children,
    "case": _case,
    "condition": _text,
}
