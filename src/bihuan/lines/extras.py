"""Tables a line may have beside its text (curves.toml, signals.toml): read once for each version, and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bihuan.core.line.parts import Fault, Line
from bihuan.core.say import Say

Table = Mapping[str, Any]
Faults = Callable[[Line, Table], Iterator[tuple[str, str, str]]]  # (key, Chinese, English) of each


def table_of(line: Line, file: str) -> Table:
    """The table as it is written; empty where the line has none."""
    return _read(line.folder, line.digest, file)


def check_table(line: Line, file: str, faults: Faults) -> list[Fault]:
    """What is wrong with a table, if the line has one: that it cannot be read, or what `faults` finds."""
    try:
        table = table_of(line, file)
    except tomllib.TOMLDecodeError as error:
        return [Fault(file, "", Say(f"读不出来：{error}", f"cannot be read: {error}"))]
    return [Fault(file, key, Say(zh, en)) for key, zh, en in faults(line, table)] if table else []


@cache
def _read(folder: str, digest: str, file: str) -> Table:
    """The digest of the folder tells its versions apart."""
    path = Path(folder) / file
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
