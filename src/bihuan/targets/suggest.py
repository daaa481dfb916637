"""Who would probably lead a promise: words of the report against a dated table and the duty list. Always to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bihuan.core.authority.duty import Duties, Place, who
from bihuan.core.rows import RowError, read_rows
from bihuan.core.say import Say
from bihuan.core.time.instant import day as read_day
from bihuan.core.time.instant import day_text

FILE = Path(__file__).parent / "seed" / "leads.csv"
COLUMNS = ("word", "unit", "duty", "since", "basis", "basis_en")
NOWHERE = Place(cell="", community="", street="", district="")


@dataclass(frozen=True, slots=True)
class LeadWord:
    """A row of leads.csv: exactly one of `unit` and `duty` (line and matter) is given."""

    word: str
    unit: str
    duty: tuple[str, str] | None
    since: int
    basis: Say


@dataclass(frozen=True, slots=True)
class Suggestion:
    """建议牵头（待确认）: the unit and why."""

    unit: str
    title: Say
    why: Say


def read_words(text: str, name: str = "leads.csv") -> tuple[LeadWord, ...]:
    """The table; a row that names neither or both of unit and duty raises RowError."""
    found = []
    for number, row in enumerate(read_rows(text, name, COLUMNS), 2):
        line, _, matter = row["duty"].partition(" ")
        if bool(row["unit"]) == bool(matter):
            raise RowError(f"{name}:{number}: {row['word']}: 单位和权责二选一 / give either a unit or a duty")
        found.append(
            LeadWord(
                row["word"], row["unit"], (line, matter) if matter else None, read_day(row["since"]),
                Say(row["basis"], row["basis_en"]),
            )
        )  # fmt: skip
    return tuple(found)


@cache
def lead_words() -> tuple[LeadWord, ...]:
    """The packaged table."""
    return read_words(FILE.read_text(encoding="utf-8"))


def suggest(
    texts: Sequence[str],
    duties: Duties,
    names: Mapping[str, Say],
    day: int,
    words: Sequence[LeadWord] | None = None,
) -> Suggestion | None:
    """The unit for the first of `texts` in which a word stands; among words of one text the longest decides,
    then the one that stands last (the object of a Chinese clause comes last)."""
    table = [row for row in (lead_words() if words is None else words) if row.since <= day]
    for text in texts:
        here = sorted(
            (row for row in table if row.word in text), key=lambda r: (-len(r.word), -text.rfind(r.word))
        )
        for row in here:
            found = _answer(row, duties, names, day)
            if found:
                return found
    return None


def _answer(row: LeadWord, duties: Duties, names: Mapping[str, Say], day: int) -> Suggestion | None:
    if row.duty is None:
        title = names.get(row.unit)
        if title is None:
            return None
        why = Say(
            f"句中有“{row.word}”，对应职能是{row.basis}（示例对照表，{day_text(row.since)} 起）",
            f"“{row.word}” stands for {row.basis.en} (example table, since {day_text(row.since)})",
        )
        return Suggestion(row.unit, title, why)
    line, matter = row.duty
    answer = who(duties, line, matter, NOWHERE, day, names)
    if len(answer.takers) != 1:
        return None
    unit = answer.takers[0]
    return Suggestion(
        unit,
        names.get(unit) or Say(unit, unit),
        Say(f"句中有“{row.word}”。{answer.reason}", f"“{row.word}” is named. {answer.reason.en}"),
    )


def suggest_beside(
    texts: Sequence[str],
    lead: str,
    duties: Duties,
    names: Mapping[str, Say],
    day: int,
    words: Sequence[LeadWord] | None = None,
) -> tuple[Suggestion, ...]:
    """Units that would probably cooperate: whoever else a word of `texts` stands for, and who assists by the duty list."""
    table = [row for row in (lead_words() if words is None else words) if row.since <= day]
    found: dict[str, Suggestion] = {}
    for row in table:
        if not any(row.word in text for text in texts):
            continue
        answer = _answer(row, duties, names, day)
        for one in (*([answer] if answer else []), *_assists(row, duties, names, day)):
            if one.unit != lead:
                found.setdefault(one.unit, one)
    return tuple(found.values())


def _assists(row: LeadWord, duties: Duties, names: Mapping[str, Say], day: int) -> tuple[Suggestion, ...]:
    if row.duty is None:
        return ()
    why = Say(
        f"句中有“{row.word}”，权责清单上这一事项由它协办",
        f"“{row.word}” is named; the duty list says that it assists in this matter",
    )
    answer = who(duties, *row.duty, NOWHERE, day, names)
    return tuple(Suggestion(unit, names.get(unit) or Say(unit, unit), why) for unit in answer.assists)
