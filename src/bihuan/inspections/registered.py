"""Reads of both registers: who is on them, what was recorded of one, what a table would change, what changed lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.cases import wall
from bihuan.core.register import CLASSES, NO_CLASS
from bihuan.core.say import Say
from bihuan.inspections.library import items, kinds, pools
from bihuan.inspections.models import Business, Inspector
from bihuan.inspections.shapes import CHANGES, Entry
from bihuan.people import queries as people
from bihuan.subjects import queries as subjects

PAGE = 50
POST = "enforcer"
CHANGED_DAYS = 90
ROWS = """select b.code, coalesce(s.name, ''), b.kinds, b.closing, b.valid_until, b.head from inspections_business b
    left join subjects_subject s on s.code = b.code and s.until is null
    where b.ended is null and b.code > %s and (%s = '' or b.code like %s or s.name ilike %s) and (%s = '' or %s = any(b.kinds))
    order by b.code limit %s"""
CHANGED = """select o.id is null or (k.kind <> 'any' and not k.kind = any(o.kinds)), k.kind <> 'any' and not k.kind = any(n.kinds),
    n.closing and not coalesce(o.closing, false),
    o.id is not null and n.valid_until is not null and (o.valid_until is null or n.valid_until < o.valid_until),
    o.id is not null and n.head <> '' and n.head <> o.head
    from inspections_business n cross join (values (%s)) k(kind)
    left join lateral (select * from inspections_business x where x.code = n.code and x.id < n.id order by x.id desc limit 1) o on true
    where n.since >= %s and n.since <= %s and (k.kind = 'any' or k.kind = any(n.kinds) or k.kind = any(o.kinds))"""
Faults = list[tuple[str, Say]]


TEAM = """select i.id from inspections_inspector i left join people_person p on p.id::text = i.person
    where i.ended is null and i.iid > %s and (%s = '' or i.iid like %s or i.certificate like %s or p.name ilike %s)
    order by i.iid limit %s"""
OF = {
    "iid": "iid",
    "certificate": "certificate",
    "pools": "specialities",
    "valid_until": "valid_until",
    "away_until": "away_until",
}


@dataclass(frozen=True, slots=True)
class OnList:
    """A business on the register, with its name of the register of organisations ("" where that has none)."""

    code: str
    name: str
    kinds: tuple[Say, ...]
    closing: bool
    valid_until: date | None
    head: str
    cls: Say


@dataclass(frozen=True, slots=True)
class Compared:
    """What a table would do to the register: new codes, what of which changes, how many stay as they are."""

    fresh: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    same: int


def businesses(text: str = "", kind: str = "", after: str = "", *, day: date) -> tuple[list[OnList], str]:
    """(one page of the register by code, the cursor of the next page, "" for none); `text` begins a code or is in a name."""
    like = _literal(text)
    asked = [after, text, f"{like.upper()}%", f"%{like}%", kind, kind, PAGE + 1]
    rows = wall.ask(ROWS, asked, wall.SYSTEM)
    classes = subjects.classes_of([row[0] for row in rows], day)
    found = [
        OnList(code, name, tuple(kinds()[one] for one in what), closing, until, head, CLASSES[classes.get(code, NO_CLASS)])
        for code, name, what, closing, until, head in rows[:PAGE]
    ]  # fmt: skip
    return found, found[-1].code if len(rows) > PAGE else ""


def inspectors(text: str = "", after: str = "") -> tuple[list[Inspector], str]:
    """(one page of the register by number, the cursor of the next page, "" for none); `text` begins a number or a
    certificate, or is in a name."""
    like = _literal(text)
    keys = [
        pk
        for (pk,) in wall.ask(TEAM, [after, text, f"{like}%", f"{like}%", f"%{like}%", PAGE + 1], wall.SYSTEM)
    ]
    rows = list(Inspector.objects.filter(pk__in=keys[:PAGE]).order_by("iid"))
    return rows, rows[-1].iid if len(keys) > PAGE else ""


def _literal(text: str) -> str:
    """Text that stands for itself in a pattern of SQL."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def business_story(code: str) -> list[Business]:
    """Everything that was recorded of a business, the latest first."""
    return list(Business.objects.filter(code=code).order_by("-since", "-pk"))


def inspector_story(iid: str) -> list[Inspector]:
    """Everything that was recorded of an inspector, the latest first."""
    return list(Inspector.objects.filter(iid=iid).order_by("-since", "-pk"))


def compare(good: Mapping[str, Mapping[str, Any]]) -> Compared:
    """What recording these rows would do."""
    there = {row.code: row for row in Business.objects.filter(ended=None, code__in=list(good))}
    changed = {
        code: names
        for code, said in good.items()
        if code in there and (names := tuple(key for key, value in said.items() if getattr(there[code], key) != value))
    }  # fmt: skip
    fresh = tuple(code for code in good if code not in there)
    return Compared(fresh, changed, len(good) - len(fresh) - len(changed))


def compare_inspectors(entries: Sequence[Entry]) -> Compared:
    """The same for inspectors, by person."""
    there = {
        row.person: row
        for row in Inspector.objects.filter(ended=None, person__in=[one.person for one in entries])
    }
    changed: dict[str, tuple[str, ...]] = {}
    for one in entries:
        row = there.get(one.person)
        said = {key: getattr(one, name) for key, name in OF.items()} | {"pools": sorted(one.specialities)}
        if row is not None and (
            names := tuple(key for key, value in said.items() if getattr(row, key) != value)
        ):
            changed[one.person] = names
    fresh = tuple(one.person for one in entries if one.person not in there)
    return Compared(fresh, changed, len(entries) - len(fresh) - len(changed))


def inspect_units() -> frozenset[str]:
    """The departments of the items on the list: theirs are the businesses."""
    return frozenset(one.unit for one in items().values())


def accounts(unit: str, day: date) -> dict[str, str]:
    """The id of each account that holds the post of an enforcement officer in a unit on a day."""
    held = people.holders(unit, POST, people.to_day(day))
    return {name: pk for pk, name in people.accounts_of(held).items()}


def entry_faults(entries: Sequence[Entry], day: date) -> list[Faults]:
    """What keeps each of these inspectors of one unit off the register, by field; those before it in the list count."""
    posted = {one.unit: set(people.holders(one.unit, POST, people.to_day(day))) for one in entries}
    numbers = dict(Inspector.objects.values_list("person", "iid"))
    whose = {iid: person for person, iid in numbers.items()}
    certificates = dict(Inspector.objects.filter(ended=None).values_list("certificate", "person"))
    seen: set[str] = set()
    found = []
    for one in entries:
        faults = list(_own_faults(one, day, one.person in posted[one.unit]))
        if faults:
            found.append(faults)
            continue
        before = numbers.setdefault(one.person, one.iid)
        if one.person in seen:
            faults.append(("person", Say("这个人前面已经写过", "This person is written twice")))
        elif before != one.iid:
            faults.append(("iid", Say(f"这个人的编号是 {before}，不能改", f"This person has the number {before} for good")))  # fmt: skip
        elif whose.setdefault(one.iid, one.person) != one.person:
            faults.append(("iid", TAKEN))
        if certificates.setdefault(one.certificate.strip(), one.person) != one.person:
            faults.append(("certificate", TAKEN))
        seen.add(one.person)
        found.append(faults)
    return found


TAKEN = Say("这个号已经有人用了", "Somebody else has this number")


def _own_faults(one: Entry, day: date, posted: bool) -> Iterable[tuple[str, Say]]:
    if not posted:
        yield "person", Say("这个人今天在这个单位没有执法人员岗位", "This person holds no post as an enforcement officer there today")  # fmt: skip
    if not 1 <= len(one.iid) <= 22 or not one.iid.isascii() or not one.iid.isalnum():
        yield "iid", Say("编号用 1 到 22 位字母、数字", "The number has 1 to 22 letters and digits")
    if not one.certificate.strip() or len(one.certificate) > 32:
        yield "certificate", Say("请写执法证号，不超过 32 字", "Give the number of the certificate, at most 32 characters")  # fmt: skip
    if one.valid_until < day:
        yield "valid_until", Say(f"执法证已于 {one.valid_until} 到期，不能登记", f"The certificate lapsed on {one.valid_until}")  # fmt: skip
    if not one.specialities or set(one.specialities) - pools().keys():
        yield "pools", Say("请从表里选专业", "Choose specialities of the list")


def changes(kind: str, at: datetime) -> dict[str, int]:
    """What of the register's own entries of a kind changed within the 90 days before a moment, by key of CHANGES; whoever
    takes a business off before a draw leaves it here."""
    rows = wall.ask(CHANGED, [kind, at - timedelta(days=CHANGED_DAYS), at], wall.SYSTEM)
    found: Counter[str] = Counter()
    for row in rows:
        found.update(key for key, is_so in zip(CHANGES, row, strict=True) if is_so)
    return {key: found[key] for key in CHANGES if found[key]}
