"""One answer on a form: the value as it is stored, or the reason why it cannot be, naming the field and the place."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from bihuan.cases.shapes import BadInput
from bihuan.core.codes import BadCode, Code, read_id_number, read_uscc
from bihuan.core.say import Say
from bihuan.core.time.clock import read_limit
from bihuan.core.time.instant import at as read_at
from bihuan.core.time.instant import day as read_day
from bihuan.lines.forms import Field

LONGEST = {"text": 2000, "long": 2000, "title": 200}
LINE_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
UNIT = re.compile(r"[a-z][a-z0-9_.]{0,31}")
PERSON = re.compile(r"[A-Za-z0-9:._-]{1,64}")
Faults = list[tuple[str, Say]]


def check(field: Field, value: Any, faults: Faults) -> Any:
    """The value as it is stored, or None after adding to `faults` why it cannot be."""
    reader = READERS[field.kind]
    try:
        return reader(field, value)
    except Bad as bad:
        faults.append((field.key, bad.say))
    return None


class Bad(Exception):
    """Why an answer cannot be stored."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.say = Say(zh, en)


def clean_text(value: Any, title: Say, most: int) -> str:
    """Text with plain line breaks; control characters and too many characters are refused with where and how many."""
    if not isinstance(value, str):
        raise Bad(f"“{title}”应当是文字", f"“{title.en}” must be text")
    text = LINE_BREAKS.sub("\n", value).strip()
    if len(text) > most:
        raise Bad(
            f"“{title}”有 {len(text):,} 个字,不得超过 {most:,} 个字",
            f"“{title.en}” has {len(text):,} characters; at most {most:,} are taken",
        )
    for place, c in enumerate(text):
        if c not in "\n\t" and _invisible(c):
            raise Bad(
                f"“{title}”第 {place + 1} 个字是不可见的控制字符(U+{ord(c):04X}),请删去",
                f"“{title.en}”: character {place + 1} is an invisible control character (U+{ord(c):04X}); remove it",
            )
    return text


def want_text(key: str, value: Any, title: Say, kind: str = "text") -> str:
    """Text outside a form, by the same rules; BadInput names `key`."""
    try:
        return clean_text(value, title, LONGEST[kind])
    except Bad as bad:
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
        raise Bad(
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
        raise Bad(f"“{field.label}”只能是:{said}", f"“{field.label.en}” must be one of: {said_en}")
    return str(value)


def _date(field: Field, value: Any) -> str:
    try:
        read_day(value)
    except (ValueError, TypeError, AttributeError):
        raise Bad(
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
        raise Bad(
            f"“{field.label}”应当写成 2026-03-02 或 2026-03-02 10:00",
            f"“{field.label.en}” must be written 2026-03-02 or 2026-03-02 10:00",
        ) from None
    return str(text)


def _unit(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not UNIT.fullmatch(value):
        raise Bad(f"“{field.label}”应当是单位代码", f"“{field.label.en}” must be the code of a unit")
    return value


def _person(field: Field, value: Any) -> str:
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or not PERSON.fullmatch(value):
        raise Bad(f"“{field.label}”应当是人员编号", f"“{field.label.en}” must be the id of a person")
    return value


def _limit(field: Field, value: Any) -> str:
    try:
        return read_limit(value).text
    except (ValueError, TypeError, AttributeError):
        raise Bad(
            f"“{field.label}”应当写成 5 working days、15 days、4 working hours 这样的期限",
            f"“{field.label.en}” must be a limit such as 5 working days, 15 days, 4 working hours",
        ) from None


def _money(field: Field, value: Any) -> str:
    text = str(value)
    if isinstance(value, bool) or not MONEY.fullmatch(text):
        raise Bad(
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
        raise Bad(f"“{field.label}”应当是数字", f"“{field.label.en}” must be a number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


CHILD_KEYS = ("unit", "line", "matter", "item", "title", "note")
MOST_CHILDREN = 50


def _children(field: Field, value: Any) -> list[dict[str, str]]:
    """Rows of `data.children`: who is asked, for which matter."""
    if not isinstance(value, list) or not value or not all(isinstance(row, Mapping) for row in value):
        raise Bad("请至少选择一个被征询的单位", "Choose at least one body to ask")
    if len(value) > MOST_CHILDREN:
        raise Bad(
            f"一次最多 {MOST_CHILDREN} 个,现有 {len(value)} 个",
            f"At most {MOST_CHILDREN} at once, got {len(value)}",
        )
    rows = []
    for row in value:
        extra = [str(name) for name in row if name not in CHILD_KEYS]
        if extra:
            raise Bad(f"没有这个栏目:{extra[0]}", f"There is no such field: {extra[0]}")
        rows.append(
            {
                name: clean_text(row[name], Say(name, name), LONGEST["title"])
                for name in row
                if row[name] not in (None, "")
            }
        )
    return rows


def _organisation(field: Field, value: Any) -> str:
    return _code(read_uscc, field, value)


def _identity(field: Field, value: Any) -> str:
    return _code(read_id_number, field, value)


def _code(reader: Callable[[str], Code], field: Field, value: Any) -> str:
    """A code in its one written form; the reason says which place is wrong, never the number."""
    try:
        return reader(clean_text(value, field.label, LONGEST["title"])).value
    except BadCode as bad:
        raise Bad(str(bad.say), bad.say.en) from None


def _choices(field: Field, value: Any) -> list[str]:
    chosen = [value] if isinstance(value, str) else value
    if not isinstance(chosen, list):
        raise Bad(f"“{field.label}”应当是几个选项", f"“{field.label.en}” must be a list of options")
    return list(dict.fromkeys(_choice(field, one) for one in chosen))


MOST_ROWS = 50


def _table(field: Field, value: Any) -> list[dict[str, str]]:
    """Rows with the field's columns; empty rows are left out, a faulty cell is named by row and column."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise Bad(f"“{field.label}”应当是几行", f"“{field.label.en}” must be rows")
    if len(value) > MOST_ROWS:
        raise Bad(f"“{field.label}”最多 {MOST_ROWS} 行", f"“{field.label.en}” has {MOST_ROWS} rows at most")
    titles = dict(field.columns)
    rows = []
    for number, row in enumerate(value, 1):
        for name in row:
            if name not in titles:
                raise Bad(f"“{field.label}”没有这一列:{name}", f"“{field.label.en}” has no column {name}")
        cells = {
            name: clean_text(row[name], Say(f"{field.label}第 {number} 行{title}", f"{field.label.en}, row {number}, {title.en}"), LONGEST["title"])
            for name, title in titles.items()
            if row.get(name) not in (None, "")
        }  # fmt: skip
        missing = [title for name, title in titles.items() if name not in cells]
        if cells and missing:
            raise Bad(
                f"“{field.label}”第 {number} 行没有写“{missing[0]}”",
                f"“{field.label.en}”, row {number}: “{missing[0].en}” is missing",
            )
        if cells:
            rows.append(cells)
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
    "certificate": _text,
    "organisation": _organisation,
    "identity": _identity,
    "choices": _choices,
    "table": _table,
}
