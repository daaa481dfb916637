"""Writes the letters of an event from the words of its line: {number}, {title}, parties, what the forms said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from bihuan import lines
from bihuan.cases import lookup
from bihuan.cases.edge import to_date
from bihuan.cases.family import Member
from bihuan.cases.photo import Taken
from bihuan.cases.project import is_unit
from bihuan.core.case.fold import Event
from bihuan.core.line.folder import Line
from bihuan.core.line.titles import moment_text, party_title
from bihuan.core.say import Say
from bihuan.core.time.clock import due, read_limit
from bihuan.core.time.instant import day_text
from bihuan.core.time.ledger import limit_words
from bihuan.lines.forms import Field, fields
from bihuan.papers.actions import Issue

MARK = re.compile(r"\{([a-z_]+)\}")
SIGNED = re.compile(r"\{([a-z_]+)\} \{date\}")  # the last line of the Chinese part: who signs, when
HEADING = re.compile(r"# (.+?) / (.+)")
NOTHING = Say("(无)", "(none)")
ALWAYS = frozenset(
    {"number", "title", "code", "date", "until", "due", "said", "limit", "matter", "checked_by"}
)


class LetterError(ValueError):
    """A letter asks for something that no case of its line can have; the message names it."""


@lru_cache(maxsize=1024)
def letters_of(line: Line, name: str) -> tuple[str, ...]:
    """The letters that go out with this action and that the line has words for: those it needs, its own, that of
    the state it leads to, and the receipt of the opening."""
    action = line.actions[name]
    needed = [need.partition(":")[2] for need in action.needs if need.startswith("letter:")]
    opening = ["receipt"] if name == line.opens_with else []
    return tuple(one for one in dict.fromkeys([*needed, name, action.to, *opening]) if one in line.letters)


def fill(
    member: Member, event: Event, letter: str, units: Mapping[str, Say], to: Member | None = None
) -> str:
    """The letter as text, Chinese above the rule and English below it; `to` is the joined report it goes to."""
    text = member.case.line.letters[letter]
    known = _known(member.case.line)
    values = _values(member, event, units)
    if to is not None:
        values |= {"number": to.number, "title": to.title, "code": lookup.code_of(to.number)}
    above, rule, below = text.partition("\n---\n")

    def put(found: re.Match[str], english: bool) -> str:
        name = found[1]
        if name not in known:
            raise LetterError(f"{member.case.line.code}/letters/{letter}.md: unknown {{{name}}}")
        value = values.get(name) or NOTHING
        return value.en if english and isinstance(value, Say) else str(value)

    return MARK.sub(lambda m: put(m, False), above) + rule + MARK.sub(lambda m: put(m, True), below)


def paper(
    member: Member, event: Event, letter: str, units: Mapping[str, Say], to: Member | None = None
) -> Taken:
    """The letter as a file to be stored; the receipt shows the look-up code, so it is personal."""
    body = fill(member, event, letter, units, to).encode()
    name = f"{(to or member).number}-{letter}.md"
    return Taken(
        f"letter:{letter}", name, "text/markdown", len(body), sha256(body).hexdigest(), body, "md",
        personal=letter == "receipt",
    )  # fmt: skip


def issue_of(
    member: Member, event: Event, seq: int, letter: str, units: Mapping[str, Say], to: Member | None = None
) -> Issue | None:
    """What the letter is entered under; None where no unit of the district signs it."""
    unit = member.case.parties.get(signer(member.case.line, letter), "")
    if unit not in units:
        return None
    of = to or member
    return Issue(
        of.id, of.number, of.seq if to else seq, letter, heading(member.case.line, letter), unit, units[unit],
        to_date(event.at // 86400),
    )  # fmt: skip


def signer(line: Line, letter: str) -> str:
    """The party whose name stands under a letter; "" where nobody's does."""
    above = line.letters[letter].partition("\n---\n")[0]
    found = SIGNED.fullmatch(above.rstrip().rpartition("\n")[2])
    return found[1] if found else ""


def heading(line: Line, letter: str) -> Say:
    """What a letter is called; its key where it has no heading in both languages."""
    found = HEADING.match(line.letters[letter])
    return Say(found[1], found[2]) if found else Say(letter, letter)


def unknown_marks(line: Line) -> list[str]:
    """Everything letters of a line ask for that no case of it can have, as "letter.md: {name}"."""
    known = _known(line)
    return [
        f"{name}.md: {{{mark}}}"
        for name, text in line.letters.items()
        for mark in sorted(set(MARK.findall(text)) - known)
    ]


def _known(line: Line) -> frozenset[str]:
    asked = {field.key for action in line.actions for field in fields(line, action)}
    parties = {party for action in line.actions.values() for party, _, _ in action.sets}
    return ALWAYS | asked | parties


def _in_words(line: Line, event: Event) -> dict[str, Any]:
    """What the form of an event said, choices and limits as people write them."""
    asked = {field.key: field for field in fields(line, event.name)} if event.name in line.actions else {}
    found: dict[str, Any] = {}
    for key, value in event.data.items():
        if key == "limit" and isinstance(value, str):
            found[key] = limit_words(read_limit(value))
        else:
            found[key] = _worded(asked.get(key), value)
    return {key: value for key, value in found.items() if isinstance(value, str | int | float)}


def _values(member: Member, event: Event, units: Mapping[str, Say]) -> dict[str, Any]:
    """What the marks stand for: the latest word of each field, then parties, then what is always there."""
    case, cal = member.case, lines.calendar()
    found: dict[str, Any] = {}
    for one in member.events:
        found |= _in_words(case.line, one)
        if one is event:
            break
    for party, value in case.parties.items():
        found[party] = units.get(value) if is_unit(value) else party_title(party)
    found |= {"number": member.number, "title": member.title, "code": lookup.code_of(member.number)}
    found["date"] = day_text(event.at // 86400)
    found["checked_by"] = units.get(case.parties.get("centre", ""), party_title("checker"))
    ends = [due(run, cal, event.at).at for run in case.runs.values() if run.start == event.effective]
    if ends:
        found["until"] = moment_text(min(ends))
    owed = [
        due(run, cal, event.at).at for name, run in case.runs.items() if not case.line.clocks[name].window
    ]
    if owed:
        found["due"] = moment_text(min(owed))
    found["said"] = event.data.get("text")  # of this event alone
    if case.matter in case.line.matters:
        row = case.line.matter(case.matter, event.effective // 86400)
        law = row.columns.get("law", "")
        found["matter"] = Say(f"{row.name}（{law}）", f"{row.name_en} ({law})")
    return found


def _worded(field: Field | None, value: Any) -> Any:
    """What was chosen, in the words of the form; anything else as it is."""
    if field is None or not field.options:
        return value
    words = dict(field.options)
    if isinstance(value, list):
        chosen = [words.get(one, Say(str(one), str(one))) for one in value]
        return Say("、".join(chosen), ", ".join(one.en for one in chosen))
    return words.get(value, value)
