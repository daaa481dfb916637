"""A line: one kind of government business, read from its folder and checked name by name."""

from __future__ import annotations

from pathlib import Path

from bihuan.core.line.files import (
    digest_of,
    read_amend,
    read_bundle,
    read_conditions,
    read_letters,
    read_matters,
    read_names,
    read_params,
    read_rules,
    toml_of,
)
from bihuan.core.line.ops import compile_ops
from bihuan.core.line.parts import Fault, Line, LineError, effective_line
from bihuan.core.line.read import read_process
from bihuan.core.line.refs import check_names
from bihuan.core.line.toml import Reading

__all__ = ["Fault", "Line", "LineError", "effective_line", "examine", "read"]


def read(folder: Path | str) -> Line:
    """The line in `folder`; every fault of its files is raised at once in a LineError."""
    line, faults, _ = examine(folder)
    if faults:
        raise LineError(Path(folder).name, faults)
    return line


def examine(folder: Path | str) -> tuple[Line, tuple[Fault, ...], bool]:
    """The line as far as it can be read, its faults, and whether its graph is worth exploring."""
    root = Path(folder)
    reading = Reading()
    if not (root / "process.toml").is_file():
        reading.fault("process.toml", "", f"文件夹 {root} 里没有这个文件", f"is missing in folder {root}")
        raise LineError(root.name, tuple(reading.faults))
    process = read_process(reading, toml_of(reading, root, "process.toml"))
    forms = toml_of(reading, root, "forms.toml")
    letters = read_letters(root)
    readme = root / "README.md"
    matters = read_matters(reading, root)
    line = Line(
        **process._asdict(),
        matters=matters,
        conditions=read_conditions(reading, root, matters),
        params=read_params(reading, toml_of(reading, root, "params.toml")),
        rules=read_rules(reading, root),
        ops=compile_ops(process),
        digest=digest_of(root),
        folder=str(root),
        forms=forms,
        names=read_names(forms, letters),
        letters=letters,
        examples=tuple(toml_of(reading, root, "cases.toml").get("example", ())),
        gaps=tuple(toml_of(reading, root, "gaps.toml").get("gap", ())),
        score=toml_of(reading, root, "score.toml"),
        readme=readme.read_text(encoding="utf-8") if readme.is_file() else "",
        bundle=read_bundle(reading, root),
        amend=read_amend(reading, root, toml_of(reading, root, "amend.toml")),
    )
    check_names(reading, line)
    return line, tuple(reading.faults), reading.deep
