"""How many small changes of a package's code its own tests notice.

    python -m bench.mutants src/bihuan/core/log src/bihuan/core/tests/log [--sample 200] [--seed 1]

Each mutant changes one place (a comparison, an operator, a number, a condition, a return, a raise); a fork runs the
tests with the changed module in place of the real one. Words of messages and annotations, which are never run, are
left alone; every other change that is not noticed counts, even where it has no effect.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import io
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.client import say

NOTES = ("annotation", "returns")  # where annotations stand
PATIENCE = 120  # seconds; a mutant that runs for ever is noticed
SWAPS: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def changes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(number of the node, what is done to it) for every place that can be changed."""
    notes = {
        id(part)
        for node in ast.walk(tree)
        for kind in NOTES
        if (note := getattr(node, kind, None))
        for part in ast.walk(note)
    }
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in notes:
            continue
        if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp | ast.AugAssign):
            op = node.ops[0] if isinstance(node, ast.Compare) else node.op
            if type(op) in SWAPS:
                yield number, "swap"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, bytes) and node.value != b"":
            yield number, "constant"
        elif isinstance(node, ast.If | ast.While | ast.IfExp):
            yield number, "negate"
        elif isinstance(node, ast.Return) and node.value is not None:
            yield number, "return"
        elif isinstance(node, ast.Raise):
            yield number, "raise"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield number, "not"


def change(tree: ast.Module, number: int, what: str) -> tuple[ast.Module, int]:
    """The tree with one place changed, and its line."""
    mutant = copy.deepcopy(tree)
    node = list(ast.walk(mutant))[number]
    match what:
        case "swap" if isinstance(node, ast.Compare):
            node.ops[0] = SWAPS[type(node.ops[0])]()
        case "swap":
            node.op = SWAPS[type(node.op)]()  # type: ignore[attr-defined]
        case "constant":
            value = node.value  # type: ignore[attr-defined]
            node.value = value + 1 if isinstance(value, int) else value[:-1] + bytes([value[-1] ^ 1])  # type: ignore[attr-defined]
        case "negate":
            node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]
        case "return":
            node.value = ast.Constant(None)  # type: ignore[attr-defined]
        case "raise":
            node.exc, node.cause = None, None  # type: ignore[attr-defined]
            replace(mutant, node, ast.Pass())
        case "not":
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)  # type: ignore[attr-defined]
    return ast.fix_missing_locations(mutant), node.lineno  # type: ignore[attr-defined]


def replace(tree: ast.AST, old: ast.AST, new: ast.stmt) -> None:
    for node in ast.walk(tree):
        for body in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(body, list) and old in body:
                body[body.index(old)] = ast.copy_location(new, old)


class Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed module for its name."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        self.name, self.file, self.tree = name, file, tree

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        return (
            importlib.util.spec_from_file_location(fullname, self.file, loader=self)
            if fullname == self.name
            else None
        )

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: object) -> None:
        exec(compile(self.tree, str(self.file), "exec"), module.__dict__)  # noqa: S102 - our own code, changed on purpose


def noticed(name: str, file: Path, tree: ast.Module, tests: list[str]) -> bool:
    """Whether the tests fail with this tree in place of the module."""
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        sys.meta_path.insert(0, Mutated(name, file, tree))
        import pytest

        code = 1  # also where it cannot even be imported
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                code = pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests])
        finally:
            os._exit(0 if code == 0 else 1)
    return os.waitpid(child, 0)[1] != 0


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("package", type=Path)
    words.add_argument("tests", nargs="+")
    words.add_argument("--sample", type=int, default=200, help="so many mutants, drawn; 0: all")
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    places = []
    for file in sorted(given.package.rglob("*.py")):
        tree = ast.parse(file.read_text())
        places += [(file, tree, number, what) for number, what in changes(tree)]
    total = len(places)
    if given.sample:
        places = random.Random(given.seed).sample(places, min(given.sample, total))
    first, unchanged, *_ = places[0]
    if noticed(".".join(first.relative_to("src").with_suffix("").parts), first, unchanged, given.tests):
        raise SystemExit("the tests fail without any change")
    alive = 0
    for file, tree, number, what in places:
        mutant, line = change(tree, number, what)
        name = ".".join(file.relative_to("src").with_suffix("").parts)
        if not noticed(name, file, mutant, given.tests):
            alive += 1
            say(f"not noticed: {file}:{line} {what}: {ast.unparse(list(ast.walk(mutant))[number])[:100]}")
    say(
        f"{len(places) - alive} of {len(places)} mutants noticed ({total} places): {100 - 100 * alive / len(places):.1f} %"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
