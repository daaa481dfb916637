"""once.csv of a line with bundles: what is handed in once, which parts get it, which materials it stands for."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from bihuan.core.line.bundle import BundleRow
from bihuan.core.line.parts import Fault, Line
from bihuan.core.rows import read_rows
from bihuan.core.say import Say
from bihuan.lines.forms import fields

FILE = "once.csv"
FORM = "form"  # the application itself: one for all parts
COLUMNS = ("paper", "item", "material")
Row = tuple[str, str, str]  # paper, item, code of the material in the catalogue


def once(line: Line) -> tuple[Row, ...]:
    """Every row of once.csv; none where the line has no bundles."""
    return _read(line.folder, line.digest)


def once_for(line: Line, item: str) -> dict[str, str]:
    """The kinds of documents that the part of this item gets, each with the material of the catalogue it stands for
    there, "" where it stands for several."""
    stored = {field.key: field.stores for field in fields(line, line.opens_with) if field.kind == "file"}
    found: dict[str, str] = {}
    for paper, of, material in once(line):
        if of == item and paper != FORM:
            found[stored[paper]] = "" if stored[paper] in found else material
    return found


def asked_for(line: Line, rows: tuple[BundleRow, ...]) -> tuple[str, ...]:
    """The keys of the papers that these parts need between them, each once."""
    items = {row.item for row in rows}
    return tuple(dict.fromkeys(paper for paper, of, _ in once(line) if of in items and paper != FORM))


def check_once(line: Line) -> list[Fault]:
    """What is wrong with once.csv: an item of no bundle, a paper that the form does not take, a material twice."""
    if not line.bundle:
        return []
    items = {row.item for row in line.bundle}
    files = {field.key for field in fields(line, line.opens_with) if field.kind == "file" and not field.proof}
    found, seen = [], set()
    for paper, item, material in once(line):
        key = f"{paper}.{item}.{material}"
        if item not in items:
            found.append(Fault(FILE, key, Say("不在任何一件事里", "is part of no bundle")))
        if paper != FORM and paper not in files:
            found.append(Fault(FILE, key, Say("表单不收这份材料", "the form takes no such paper")))
        if (item, material) in seen:
            found.append(Fault(FILE, key, Say("写了两次", "is there twice")))
        seen.add((item, material))
    unused = files - {paper for paper, _, _ in once(line)}
    found += [Fault(FILE, one, Say("哪一项也不要它", "no part needs it")) for one in sorted(unused)]
    return found


def saved(line: Line, rows: tuple[BundleRow, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
    """((forms, papers) one by one, (forms, papers) at once) of these parts: what two parts both need is handed in once;
    several papers that one part needs stay several, though they are sent in one field."""
    counted = Counter((paper, item) for paper, item, _ in once(line) if item in {row.item for row in rows})
    forms = sum(n for (paper, _), n in counted.items() if paper == FORM)
    most: dict[str, int] = {}
    for (paper, _), n in counted.items():
        if paper != FORM:
            most[paper] = max(n, most.get(paper, 0))
    return (forms, counted.total() - forms), (1, sum(most.values()))


@cache
def _read(folder: str, digest: str) -> tuple[Row, ...]:
    """The digest of the folder tells its versions apart."""
    path = Path(folder) / FILE
    if not path.is_file():
        return ()
    rows = read_rows(path.read_text(encoding="utf-8"), FILE, COLUMNS)
    return tuple((row["paper"], row["item"], row["material"]) for row in rows)
