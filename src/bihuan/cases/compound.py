"""Answers made of several: a person or organisation, an address with its cell, entries of a group."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from bihuan.cases import answers
from bihuan.cases.answers import LONGEST, Bad, Faults, clean_text
from bihuan.core.codes import BadCode, read_id_number, read_uscc
from bihuan.core.say import Say
from bihuan.lines.forms import Field
from bihuan.places.queries import NotHere, division_names, place_of

PERSON, ORGANISATION = "person", "organisation"
KINDS = {PERSON: Say("个人", "a person"), ORGANISATION: Say("单位", "an organisation")}
# What a person shows: the first two are numbered by GB 11643 and checked, of the others only the characters are.
PAPERS = {
    "identity": Say("居民身份证", "resident identity card"),
    "residence": Say("港澳台居民居住证", "residence permit for Hong Kong, Macao, Taiwan"),
    "passport": Say("护照", "passport"),
    "travel": Say("来往内地（大陆）通行证", "mainland travel permit"),
}
CHECKED = frozenset({"identity", "residence"})
OTHER_NUMBER = re.compile(r"[A-Z0-9]{5,20}")
COMMUNITY, STREET = 12, 9  # digits of a division
MOST_ENTRIES = 50


def check(field: Field, value: Any, faults: Faults) -> Any:
    """The value as it is stored, or None after adding to `faults` why it cannot be."""
    reader = READERS.get(field.kind)
    if reader is None:
        return answers.check(field, value, faults)
    try:
        return reader(field, value)
    except Bad as bad:
        faults.append((field.key, bad.say))
    return None


def _want(field: Field, value: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Bad(f"“{field.label}”不完整", f"“{field.label.en}” is incomplete")
    for name in value:
        if name not in known:
            raise Bad(f"“{field.label}”里没有“{name}”", f"“{field.label.en}” has no {str(name)[:32]!r}")
    return value


def _subject(field: Field, value: Any) -> dict[str, str]:
    """{kind, name, paper, number}: an organisation by its code, a person by a paper; checked numbers in their one form."""
    given = _want(field, value, ("kind", "name", "paper", "number"))
    kind = given.get("kind")
    if kind not in KINDS:
        raise Bad(f"“{field.label}”要选个人还是单位", f"“{field.label.en}”: choose person or organisation")
    name = clean_text(given.get("name", ""), field.label, LONGEST["title"])
    if not name:
        raise Bad(f"“{field.label}”没有写姓名或者名称", f"“{field.label.en}”: the name is missing")
    number = given.get("number", "")
    if kind == ORGANISATION:
        return {"kind": kind, "name": name, "paper": "uscc", "number": _number(field, read_uscc, number)}
    paper = given.get("paper") or "identity"
    if paper not in PAPERS:
        raise Bad(f"“{field.label}”的证件种类不对", f"“{field.label.en}”: unknown kind of paper")
    reader = read_id_number if paper in CHECKED else _other_number
    return {"kind": kind, "name": name, "paper": paper, "number": _number(field, reader, number)}


def _number(field: Field, reader: Callable[[str], Any], number: Any) -> str:
    text = clean_text(number, field.label, LONGEST["title"])
    if not text:
        raise Bad(f"“{field.label}”没有写证件号码", f"“{field.label.en}”: the number is missing")
    try:
        read = reader(text)
    except BadCode as bad:
        raise Bad(f"“{field.label}”：{bad.say}", f"“{field.label.en}”: {bad.say.en}") from None
    if read is None:
        raise Bad(
            f"“{field.label}”的证件号码应是 5 到 20 位字母和数字",
            f"“{field.label.en}”: the number has 5 to 20 letters and digits",
        )
    return read if isinstance(read, str) else str(read.value)


def _other_number(text: str) -> str | None:
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    return tidy if OTHER_NUMBER.fullmatch(tidy) else None


def _address(field: Field, value: Any) -> dict[str, str]:
    """{text, community, street, cell, located, within}: `located` says by what it was placed, point or community;
    `within` names street and community. Words, community and point that contradict each other are refused: an address
    is never put somewhere in silence."""
    given = _want(field, value, ("text", "community", "lon", "lat", "datum"))
    text = clean_text(given.get("text", ""), field.label, LONGEST["title"])
    if not text:
        raise Bad(f"“{field.label}”没有写街路和门牌", f"“{field.label.en}”: street and number are missing")
    names, chosen, cell = division_names(), str(given.get("community") or ""), ""
    if chosen and (len(chosen) != COMMUNITY or chosen not in names):
        raise Bad(f"“{field.label}”：没有这个社区", f"“{field.label.en}”: there is no such community")
    if given.get("lon") not in (None, "") or given.get("lat") not in (None, ""):
        place = _place(field, given)
        if chosen and place.community != chosen:
            zh, en = (
                [names.get(code, (code, code))[i] for code in (place.community, chosen)] for i in (0, 1)
            )
            raise Bad(
                f"“{field.label}”标的位置在{zh[0]}，选的是{zh[1]}，请改一处",
                f"“{field.label.en}”: the point lies in {en[0]}, chosen is {en[1]}; change one",
            )
        chosen, cell = place.community, place.cell
    if not chosen:
        raise Bad(
            f"“{field.label}”还没有落到社区：选一个社区，或者用现在的位置",
            f"“{field.label.en}” lies in no community yet: choose one, or use your position",
        )
    for code, (zh_name, en_name) in names.items():
        if len(code) == STREET and zh_name in text and code != chosen[:STREET]:
            own = names.get(chosen[:STREET], ("", ""))
            raise Bad(
                f"“{field.label}”写的是{zh_name}，选的社区在{own[0]}，请改一处",
                f"“{field.label.en}” says {en_name}, the community chosen is in {own[1]}; change one",
            )
    within = [names[code] for code in (chosen[:STREET], chosen) if code in names]
    return {
        "text": text, "community": chosen, "street": chosen[:STREET], "cell": cell,
        "located": "point" if cell else "community", "within": "".join(zh for zh, _ in within),
        "within_en": ", ".join(en or zh for zh, en in reversed(within)),
    }  # fmt: skip


def _place(field: Field, given: Mapping[str, Any]) -> Any:
    try:
        lon, lat = float(given.get("lon", "")), float(given.get("lat", ""))
    except (TypeError, ValueError):
        raise Bad(
            f"“{field.label}”的坐标应当是数字", f"“{field.label.en}”: coordinates must be numbers"
        ) from None
    try:
        return place_of(lon, lat, str(given.get("datum") or "WGS-84"))
    except NotHere as error:
        raise Bad(f"“{field.label}”：{error.reason}", f"“{field.label.en}”: {error.reason.en}") from None


def _group(field: Field, value: Any) -> list[dict[str, Any]]:
    """Entries with the group's fields; a fault says which entry and which field."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise Bad(f"“{field.label}”应当是几项", f"“{field.label.en}” must be entries")
    if len(value) > MOST_ENTRIES:
        raise Bad(
            f"“{field.label}”最多 {MOST_ENTRIES} 项", f"“{field.label.en}” has {MOST_ENTRIES} entries at most"
        )
    found = []
    for number, given in enumerate(value, 1):
        _want(field, given, tuple(inner.key for inner in field.fields))
        wrong: Faults = []
        entry = {}
        for inner in field.fields:
            answer = given.get(inner.key)
            if answer in (None, ""):
                if inner.required:
                    wrong.append(
                        (inner.key, Say(f"请填写“{inner.label}”", f"“{inner.label.en}” is required"))
                    )
                continue
            entry[inner.key] = answers.check(inner, answer, wrong)
        if wrong and any(answer not in (None, "") for answer in given.values()):
            why = wrong[0][1]
            raise Bad(
                f"“{field.label}”第 {number} 项：{why}", f"“{field.label.en}”, entry {number}: {why.en}"
            )
        if entry:
            found.append(entry)
    return found


READERS: dict[str, Callable[[Field, Any], Any]] = {
    "subject": _subject,
    "address": _address,
    "group": _group,
}
