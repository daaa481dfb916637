"""The other files of a line's folder: matters, params, rules, forms, letters, examples, amend, bundle."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import inspect
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bihuan.core.line.bundle import BundleRow
from bihuan.core.line.parts import ALWAYS, Amend, KeptClock, Matter, Param, Rule
from bihuan.core.line.toml import Place, Reading, limit_or_none
from bihuan.core.say import Say
from bihuan.core.time.instant import day

LEFT_OUT = {"past", "__pycache__", "tests"}
BUNDLE = ("bundle", "item", "line", "matter", "unit", "after", "good", "optional")
HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)


def toml_of(reading: Reading, folder: Path, name: str) -> dict[str, Any]:
    """The tables of a TOML file, empty where the file is absent or broken."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reading.deep = False
        reading.fault(name, "", f"读不出来：{error}", f"cannot be read: {error}")
        return {}


def digest_of(folder: Path) -> str:
    """SHA-256 over every file of the folder in force, with names and lengths; hex."""
    total = hashlib.sha256()
    for path in sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix()):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in LEFT_OUT or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.suffix != ".pyc":
            yield path


def _rows(reading: Reading, folder: Path, name: str, need: list[str]) -> list[dict[str, str]]:
    path = folder / name
    if not path.is_file():
        return []
    table = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    head = [column.strip() for column in next(table, [])]
    for column in need:
        if column not in head:
            reading.fault(name, column, "缺这一列", "this column is missing")
    for column in {column for column in head if head.count(column) > 1}:
        reading.fault(name, column, "这一列写了两次", "this column is there twice")
    found = []
    for number, cells in enumerate(table, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            reading.fault(
                name, f"row {number}", f"有 {len(cells)} 格，应有 {len(head)} 格",
                f"has {len(cells)} cells instead of {len(head)}",
            )  # fmt: skip
            continue
        found.append({column: cell.strip() for column, cell in zip(head, cells, strict=True)})
    return found


def read_matters(reading: Reading, folder: Path) -> dict[str, tuple[Matter, ...]]:
    """matters.csv by code; several rows of one code need a `since` column and are sorted by it.

    A file without a `law` column leaves the law to the clocks; with one, every cell is filled.
    """
    name = "matters.csv"
    found: dict[str, list[Matter]] = {}
    for row in _rows(reading, folder, name, ["code", "name"]):
        code = row.get("code", "")
        for column in ("code", "name", "law"):
            if not row.get(column, "-" if column == "law" else ""):
                reading.fault(name, f"{code or '?'}.{column}", "没有写", "is missing")
        since = ALWAYS
        if row.get("since"):
            try:
                since = day(row["since"])
            except ValueError:
                reading.fault(name, f"{code}.since", f"“{row['since']}”不是日期", "is not a date")
        limits = {column: limit for column, cell in row.items() if (limit := limit_or_none(cell)) is not None}
        matter = Matter(code, row.get("name", ""), row, limits, since)
        rows = found.setdefault(code, [])
        if any(other.since == since for other in rows):
            reading.fault(name, code, "写了两次", "is there twice")
        rows.append(matter)
    return {code: tuple(sorted(rows, key=lambda row: row.since)) for code, rows in found.items()}


def read_conditions(
    reading: Reading, folder: Path, matters: Mapping[str, tuple[Matter, ...]]
) -> dict[str, tuple[Matter, ...]]:
    """conditions.csv by matter: each condition with the limits it has of its own, and the condition that comes `next`
    where the work goes in stages. A cell left empty takes the limit of the matter."""
    name = "conditions.csv"
    found: dict[str, list[Matter]] = {}
    for row in _rows(
        reading, folder, name, ["matter", "condition", "name", "name_en", "next", "since", "law", "source"]
    ):
        of, code = row.get("matter", ""), row.get("condition", "")
        if of not in matters:
            reading.unknown(name, f"{of}.{code}", ("事项", "matter"), of, matters)
            continue
        for column in ("condition", "name", "name_en", "since", "law", "source"):
            if not row.get(column):
                reading.fault(name, f"{of}.{code or '?'}.{column}", "没有写", "is missing")
        limits = {column: limit for column, cell in row.items() if (limit := limit_or_none(cell)) is not None}
        for column in limits:
            if column not in matters[of][-1].limits:
                reading.fault(
                    name, f"{of}.{code}.{column}", "事项没有这个时限", "the matter has no such limit"
                )
        try:
            since = day(row["since"])
        except ValueError:
            reading.fault(name, f"{of}.{code}.since", f"“{row['since']}”不是日期", "is not a date")
            continue
        found.setdefault(of, []).append(Matter(code, row["name"], row, limits, since))
    for of, rows in found.items():
        for one in rows:
            if one.columns["next"] and one.columns["next"] not in {other.code for other in rows}:
                reading.fault(name, f"{of}.{one.code}.next", "没有这个立案条件", "there is no such condition")
    return {of: tuple(rows) for of, rows in found.items()}


def read_params(reading: Reading, table: dict[str, Any]) -> dict[str, tuple[Param, ...]]:
    """params.toml by name, each a row of dated values with its source."""
    name = "params.toml"
    found: dict[str, tuple[Param, ...]] = {}
    for key, rows in table.items():
        if not isinstance(rows, list) or not rows:
            reading.fault(name, key, "应当写成 [[名字]]", "must be written [[name]]")
            continue
        values: list[Param] = []
        for number, row in enumerate(rows):
            place = Place(reading, name, f"{key}[{number}]", row)
            place.only(["since", "value", "source", "zh", "en"])
            value = place.table.get("value")
            if value is None:
                place.fault("value", "没有写", "is missing")
            source = place.text("source")
            if not source:
                place.fault("source", "没有写出处", "no source given")
            since = place.day("since")
            if any(other.since == since for other in values):
                place.fault("since", "同一天写了两次", "the same day is there twice")
            limit = limit_or_none(value) if isinstance(value, str) else None
            values.append(Param(key, since, value, source, limit))
        found[key] = tuple(sorted(values, key=lambda row: row.since))
    return found


def read_rules(reading: Reading, folder: Path) -> dict[str, Rule]:
    """The public functions of rules.py; each takes the facts and returns a reason or None."""
    path = folder / "rules.py"
    if not path.is_file():
        return {}
    spec = importlib.util.spec_from_file_location(
        f"bihuan_rules_{hashlib.sha256(str(path).encode()).hexdigest()[:16]}", path
    )
    if spec is None or spec.loader is None:
        reading.fault("rules.py", "", "读不出来", "cannot be read")
        return {}
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (SyntaxError, ImportError, NameError) as error:
        reading.deep = False
        reading.fault("rules.py", "", f"读不出来：{error}", f"cannot be read: {error}")
        return {}
    found: dict[str, Rule] = {}
    for name, rule in vars(module).items():
        if name.startswith("_") or not inspect.isfunction(rule) or rule.__module__ != module.__name__:
            continue
        if len(inspect.signature(rule).parameters) != 1:
            reading.fault("rules.py", name, "规则只有一个参数：事实", "a rule takes one argument: the facts")
        found[name] = rule
    if "children_open" in found:
        reading.fault("rules.py", "children_open", "系统已有同名规则", "is a rule of the system")
    return found


def read_letters(folder: Path) -> dict[str, str]:
    """The texts of letters/*.md by name."""
    path = folder / "letters"
    if not path.is_dir():
        return {}
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(path.glob("*.md"))}


def read_names(forms: dict[str, Any], letters: dict[str, str]) -> dict[str, Say]:
    """What people call a need or a field: headings of letters ("中文 / English") and labels of forms."""
    found: dict[str, Say] = {}
    for name, text in letters.items():
        heading = HEADING.search(text)
        if heading:
            zh, _, en = heading[1].partition(" / ")
            found[f"letter:{name}"] = Say(zh.strip(), en.strip() or zh.strip())
    for key, field in _fields(forms):
        say = Say(str(field["zh"]), str(field["en"]))
        if field.get("stores"):
            found[str(field["stores"])] = say
        for form in (key, f"data.{key}", f"evidence:{key}", f"material:{key}", f"letter:{key}"):
            found.setdefault(form, say)
    return found


def _fields(table: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table with zh and en inside forms.toml, with its key."""
    if isinstance(table, list):
        for row in table:
            yield from _fields(row)
    elif isinstance(table, dict):
        if isinstance(table.get("zh"), str) and isinstance(table.get("en"), str):
            name = table.get("key", key)
            if name:
                yield str(name), table
        for name, inner in table.items():
            if name != "hint":
                yield from _fields(inner, name)


def read_bundle(reading: Reading, folder: Path) -> tuple[BundleRow, ...]:
    """bundle.csv: the parts of each bundle (a matter of the line), in order; lists are split by ;."""
    name = "bundle.csv"
    rows = []
    for row in _rows(reading, folder, name, [*BUNDLE, "law"]):
        at = f"{row.get('bundle', '?')}.{row.get('item', '?')}"
        for column in ("bundle", "item", "line", "matter", "unit", "good", "law"):
            if not row.get(column):
                reading.fault(name, f"{at}.{column}", "没有写", "is missing")
        if row.get("optional") not in ("", "yes"):
            reading.fault(name, f"{at}.optional", "应当是 yes 或者空", "must be yes or empty")
        after, good = (
            tuple(part.strip() for part in re.split("[;；]", row.get(column, "")) if part.strip())
            for column in ("after", "good")
        )
        named = {column: row.get(column, "") for column in ("bundle", "item", "line", "matter", "unit")}
        rows.append(BundleRow(**named, after=after, good=good, optional=row.get("optional") == "yes"))
    return tuple(rows)


def read_amend(reading: Reading, folder: Path, table: dict[str, Any]) -> Amend | None:
    """amend.toml of a new version, None where there is none."""
    if not (folder / "amend.toml").is_file():
        return None
    top = Place(reading, "amend.toml", "", table)
    top.only(["was", "law", "state", "clock"])
    states = top.inner("state")
    clocks: dict[str, KeptClock] = {}
    for name, place in top.tables("clock"):
        place.only(["keep", "was"])
        keep = place.text("keep", required=True)
        if keep and keep not in ("old", "new", "earlier"):
            place.fault("keep", f"应当是 old、new 或 earlier，写的是“{keep}”", "must be old, new or earlier")
        clocks[name] = KeptClock(name, keep, place.text("was") or name)
    return Amend(top.day("was"), top.law(), {key: states.text(key) for key in states.table}, clocks)
