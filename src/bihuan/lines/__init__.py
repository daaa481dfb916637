"""The law as folders: every line of the package and of the district's own folder, read and checked once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from bihuan.core.line.folder import Fault, Line, LineError, effective_line, read
from bihuan.core.line.sound import check
from bihuan.core.time.instant import day as day_of
from bihuan.lines.annual import check_annual
from bihuan.lines.asking import check_asking
from bihuan.lines.calendar import calendar
from bihuan.lines.curves import check_curves
from bihuan.lines.forms import check_forms
from bihuan.lines.once import check_once
from bihuan.lines.papers import check_papers
from bihuan.lines.promises import check_promises
from bihuan.lines.scores import check_scores
from bihuan.lines.signals import check_signals
from bihuan.lines.undertakings import check_undertakings

__all__ = ["Versions", "all_lines", "at", "calendar", "exact", "faults", "folders", "use"]

Versions = Mapping[str, Mapping[int, Line]]
HERE = Path(__file__).parent
_lock = Lock()
_second: Path | None = None


def use(folder: Path | str | None) -> None:
    """Add the district's own folder of lines; a line there with the same code and version replaces ours."""
    global _second
    second = Path(folder) if folder else None
    if second is not None and not second.is_dir():
        raise FileNotFoundError(f"没有条线文件夹 / no folder of lines: {second}")
    with _lock:
        _second = second
        _with.cache_clear()


def folders(root: Path) -> Iterator[Path]:
    """The folders of lines under `root`, each followed by the texts in force before (past/<date>)."""
    for process in sorted(root.glob("*/process.toml")):
        yield process.parent
        for past in sorted(process.parent.glob("past/*/process.toml")):
            yield past.parent


def faults(line: Line, lines: Versions) -> list[Fault]:
    """Everything that keeps a line from being used among `lines`: its graph, forms, indicators, curves, signals, yearly table, papers,
    undertakings."""
    return [
        *check(line, lines),
        *check_forms(line),
        *check_asking(line),
        *check_once(line),
        *check_promises(line),
        *check_scores(line),
        *check_curves(line),
        *check_signals(line),
        *check_annual(line),
        *check_papers(line),
        *check_undertakings(line),
    ]


def all_lines() -> Versions:
    """Every line by code and version (Day); the first unsound one raises LineError with all its faults."""
    with _lock:
        return _packaged() if _second is None else _with(_second)


@cache
def _packaged() -> Versions:
    return _sound(_read({}, HERE))


@cache
def _with(second: Path) -> Versions:
    """The package's own lines, which are read but once, and those of the second folder over them."""
    return _sound(_read({code: dict(versions) for code, versions in _packaged().items()}, second))


def _read(found: dict[str, dict[int, Line]], root: Path) -> dict[str, dict[int, Line]]:
    for folder in folders(root):
        line = read(folder)
        found.setdefault(line.code, {})[line.version] = line
    return found


def _sound(found: dict[str, dict[int, Line]]) -> Versions:
    for line in (line for versions in found.values() for line in versions.values()):
        wrong = faults(line, found)
        if wrong:
            raise LineError(line.folder, tuple(wrong))
    return MappingProxyType({code: MappingProxyType(versions) for code, versions in found.items()})


def at(code: str, day: int | str) -> Line:
    """The text of a line in force on a Day (or "2026-03-02"); unknown code or earlier day: KeyError."""
    return effective_line(_versions(code), day_of(day) if isinstance(day, str) else day)


def in_force(day: int) -> dict[str, Line]:
    """The text of each line in force on a Day; a line that takes force later is not there yet."""
    return {code: effective_line(texts, day) for code, texts in all_lines().items() if min(texts) <= day}


def exact(code: str, version: int | str) -> Line:
    """The version a case is pinned to; one no longer there raises, it is never replaced by another."""
    wanted = day_of(version) if isinstance(version, str) else version
    versions = _versions(code)
    if wanted not in versions:
        have = ", ".join(line.version_text for line in versions.values())
        raise KeyError(f"{code}: no version {version}; there are {have}")
    return versions[wanted]


def _versions(code: str) -> Mapping[int, Line]:
    lines = all_lines()
    if code not in lines:
        raise KeyError(f"没有条线“{code}” / no line {code!r}; there are {', '.join(lines)}")
    return lines[code]
