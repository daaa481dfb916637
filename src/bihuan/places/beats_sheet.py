"""A table of responsibility cells: which unit cells belong to each, or who holds them; every bad row with its reasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.core.place.beats import Shift
from bihuan.core.say import Say
from bihuan.core.table import Bad
from bihuan.places.register import rows_of
from bihuan.places.roster import WatchRow

COLUMNS: dict[str, tuple[str, ...]] = {
    "beat": ("责任网格", "责任网格编号", "beat"),
    "name": ("名称", "责任网格名称", "name"),
    "cell": ("单元网格", "网格", "cell"),
    "shift": ("班次", "shift"),
    "person": ("采集员", "采集员账号", "账号", "person"),
    "since": ("自", "起日", "since"),
    "until": ("至", "止日", "until"),
}
OF_CELLS, OF_WATCHES = ("beat", "cell"), ("beat", "shift", "person", "since")
LONGEST = {"beat": 32, "name": 64}


@dataclass(frozen=True, slots=True)
class BeatSheet:
    """The table read: beats with name and cells, or holdings; and the rows that cannot be taken."""

    beats: Mapping[str, tuple[str, Sequence[str]]]
    watches: Sequence[WatchRow]
    bad: Sequence[Bad]


def read_beats(
    name: str, body: bytes, *, cells: Collection[str], beats: Collection[str], accounts: Mapping[str, str],
    shifts: Sequence[Shift],
) -> BeatSheet:  # fmt: skip
    """Every row of the file; Unreadable where it is neither table. `accounts` are person ids by account."""
    found: dict[str, tuple[str, list[str]]] = {}
    watches, bad, seen = [], [], dict[str, int]()
    titles = {str(shift.title): shift.code for shift in shifts} | {shift.code: shift.code for shift in shifts}
    for line, row in rows_of(name, body, COLUMNS, (OF_WATCHES, OF_CELLS)):
        faults = _lengths(row)
        if "person" in row:
            watch = _watch(row, beats, accounts, titles, faults)
            if watch is not None and not faults:
                watches.append(watch)
        else:
            _cell(row, cells, seen, line, faults)
            if not faults:
                found.setdefault(row["beat"], (row.get("name") or row["beat"], []))[1].append(row["cell"])
        if faults:
            bad.append(Bad(line, row.get("beat", "")[:40], tuple(faults)))
    return BeatSheet(found, watches, bad)


def _lengths(row: Mapping[str, str]) -> list[tuple[str, Say]]:
    faults = [
        (key, Say(f"超过 {most} 个字", f"Longer than {most} characters"))
        for key, most in LONGEST.items()
        if len(row.get(key, "")) > most
    ]
    if not row.get("beat"):
        faults.append(("beat", Say("没有写责任网格", "The responsibility cell is missing")))
    return faults


def _cell(
    row: Mapping[str, str], cells: Collection[str], seen: dict[str, int], line: int, faults: list[tuple[str, Say]]
) -> None:  # fmt: skip
    cell = row.get("cell", "")
    if cell not in cells:
        faults.append(("cell", Say(f"没有单元网格“{cell[:20]}”", f"No cell {cell[:20]!r}")))
    elif cell in seen:
        faults.append(
            ("cell", Say(f"第 {seen[cell]} 行已经有这一格", f"Line {seen[cell]} has this cell already"))
        )
    seen.setdefault(cell, line)


def _watch(
    row: Mapping[str, str], beats: Collection[str], accounts: Mapping[str, str], titles: Mapping[str, str],
    faults: list[tuple[str, Say]],
) -> WatchRow | None:  # fmt: skip
    beat, account = row.get("beat", ""), row.get("person", "")
    if beat and beat not in beats:
        faults.append(("beat", Say(f"没有责任网格“{beat[:32]}”", f"No responsibility cell {beat[:32]!r}")))
    shift = titles.get(row.get("shift", ""), "")
    if not shift:
        faults.append(
            (
                "shift",
                Say(f"没有班次“{row.get('shift', '')[:20]}”", f"No shift {row.get('shift', '')[:20]!r}"),
            )
        )
    person = accounts.get(account, "")
    if not person:
        faults.append(("person", Say(f"没有采集员账号“{account[:20]}”", f"No collector's account {account[:20]!r}")))  # fmt: skip
    since, until = (_day(row, key, faults) for key in ("since", "until"))
    if since is None:
        if not any(key == "since" for key, _ in faults):
            faults.append(("since", Say("没有写起日", "The first day is missing")))
        return None
    if until is not None and until <= since:
        faults.append(("until", Say("止日要在起日之后", "The end must be after the beginning")))
    return WatchRow(beat, shift, person, since, until)


def _day(row: Mapping[str, str], key: str, faults: list[tuple[str, Say]]) -> date | None:
    text = row.get(key, "").replace("/", "-")[:10]
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(
            (key, Say(f"“{text}”不是日期，写成 2026-12-01", f"{text!r} is no date; write 2026-12-01"))
        )
        return None
