"""The rules of the house as functions: a module's text in, sentences about what breaks a rule out."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PRODUCT = REPO / "src" / "bihuan"

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
BANNED_ENDINGS = ("Manager", "Service", "Helper", "Util", "Utils", "Base", "Mixin", "Handler", "Processor")
BANNED_FUNCTIONS = re.compile(r"^(?!test_).*_(manager|service|helper|utils?|mixin|processor)$")
BANNED_MODULES = ("utils", "util", "helpers", "helper", "common", "misc")
WRITES_OF_MODELS = {
    "save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "update", "delete",
    "asave", "acreate", "aupdate", "adelete", "add", "set", "clear", "remove",
}  # fmt: skip
UNMISTAKABLE = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
QUERIES = {"objects", "filter", "exclude", "all", "select_for_update", "_default_manager", "using"}
SQL_WRITE = re.compile(
    r"\s*(insert|update|delete|truncate|merge|copy|alter|drop|create|grant|revoke)\b", re.I
)
CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One module: its path below src/bihuan (or the repository) and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.path).parts

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or self.parts[-1] == "conftest.py"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def product() -> list[Source]:
    """Every module of the package, tests and migrations included."""
    return [
        Source(str(file.relative_to(PRODUCT)), file.read_text())
        for file in sorted(PRODUCT.rglob("*.py"))
        if "__pycache__" not in file.parts
    ]


@cache
def everything() -> list[Source]:
    """Every module of the repository that people wrote."""
    outside = [
        REPO / "conftest.py",
        *sorted((REPO / "tests").rglob("*.py")),
        *sorted((REPO / "bench").rglob("*.py")),
    ]
    rest = [Source(str(file.relative_to(REPO)), file.read_text()) for file in outside]
    return [*product(), *rest]


def imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Every dotted name that a module imports, with its place."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            here = Path("bihuan", source.path).parts
            above = [".".join(here[: -node.level])] if node.level else []
            for alias in node.names:
                yield node, ".".join([*above, *([node.module] if node.module else []), alias.name])


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of an attribute chain, with calls left out: ``X.objects.filter().update``."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def signals(source: Source) -> list[str]:
    """No Django signals: what happens after a write stands in the write."""
    bad = (
        "django.dispatch",
        "django.db.models.signals",
        "django.core.signals",
        "django.contrib.auth.signals",
    )
    return [
        source.at(node, f"signal {name}")
        for node, name in imported(source)
        if name.startswith(bad) or name == "django.db.models.signals"
    ]


def clocks(source: Source) -> list[str]:
    """Only ``config`` reads the clock."""
    if source.is_test or source.is_migration or source.parts[0] == "config":
        return []
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and tuple(dotted(node).split(".")[-2:]) in CLOCKS:
            found.append(source.at(node, f"reads the clock: {dotted(node)}"))
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
            found.append(source.at(node.value, f"reads the clock: {node.arg}"))
    direct = ("django.utils.timezone.now", "time.time", "django.db.models.functions.Now")
    found += [
        source.at(node, f"reads the clock: {name}") for node, name in imported(source) if name in direct
    ]
    return found


def environment(source: Source) -> list[str]:
    """Only ``config`` reads the environment."""
    if source.is_test or source.is_migration or source.parts[0] == "config":
        return []
    names = ("os.environ", "os.getenv")
    reads = [n for n in ast.walk(source.tree) if isinstance(n, ast.Attribute) and dotted(n) in names]
    found = [source.at(node, f"reads the environment: {dotted(node)}") for node in reads]
    return found + [source.at(node, f"imports {name}") for node, name in imported(source) if name in names]


def writes(source: Source) -> list[str]:
    """Rows are written in ``actions.py`` only (or in modules of a folder ``actions/``)."""
    if source.is_test or source.is_migration or "actions" in source.parts or source.parts[-1] == "actions.py":
        return []
    found = []
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        through_query = bool(QUERIES & set(dotted(node.func.value).split(".")))
        saves = name == "save" and not node.args and isinstance(node.func.value, ast.Name)
        if name in UNMISTAKABLE or saves or (name in WRITES_OF_MODELS and through_query):
            found.append(source.at(node, f"writes: {dotted(node.func)}"))
        if (
            name in ("execute", "executemany", "copy")
            and node.args
            and SQL_WRITE.match(first_text(node.args[0]))
        ):
            found.append(source.at(node, f"writes by SQL: {first_text(node.args[0]).split()[0]}"))
    return found


def first_text(node: ast.AST) -> str:
    """The first words of a string, f-string or sql.SQL(...)."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            return inner.value
    return ""


def sizes(source: Source) -> list[str]:
    """Files of at most 400 lines, functions of at most 60."""
    if source.is_migration:
        return []
    found = []
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        found.append(f"{source.path}: {lines} lines")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(source.at(node, f"{node.name} has {length} lines"))
    return found


def names(source: Source) -> list[str]:
    """No Manager, Service, Helper ...: a name says what a thing is or does."""
    found = []
    stem = source.parts[-1].removesuffix(".py")
    if stem in BANNED_MODULES:
        found.append(f"{source.path}: module named {stem}")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(BANNED_ENDINGS):
            found.append(source.at(node, f"class named {node.name}"))
        if isinstance(node, ast.FunctionDef) and BANNED_FUNCTIONS.search(node.name):
            found.append(source.at(node, f"function named {node.name}"))
    return found


def swallowed(source: Source) -> list[str]:
    """No ``except Exception`` that goes on as if nothing had happened: it must raise again."""
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        broad = any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds)
        raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        if broad and not raises:
            found.append(source.at(node, "catches everything and does not raise"))
    return found


def unfinished(source: Source) -> list[str]:
    """Nothing is left for later, no test is switched off, none waits by the clock."""
    unwanted = ("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error", "x" + "fail")
    words = re.compile(rf"\b({'|'.join(unwanted)})\b")
    found = [
        f"{source.path}:{number}: {match[0]}"
        for number, line in enumerate(source.text.splitlines(), 1)
        if (match := words.search(line))
    ]
    if source.is_test:
        for node in ast.walk(source.tree):
            name = dotted(node) if isinstance(node, ast.Attribute) else ""
            if name.endswith((".skip", ".skipif", "time.sleep")):
                found.append(source.at(node, name))
    return found


ALLOWED_IN_CORE = {
    "__future__", "abc", "array", "ast", "base64", "bihuan", "bisect", "codecs", "collections",
    "contextlib", "cryptography", "csv", "dataclasses", "datetime", "decimal", "difflib", "enum", "fractions", "functools",
    "gmalg", "hashlib", "heapq", "hmac", "html", "importlib", "inspect", "io", "itertools", "json", "math", "numpy", "operator",
    "pathlib", "pypdf", "pypinyin", "python_calamine", "re", "shapely", "statistics", "string", "struct", "tomllib", "types", "typing",
    "unicodedata", "xml", "zipfile", "zlib",
}  # fmt: skip
READS_FILES = {"read_text", "read_bytes", "write_text", "write_bytes", "open", "iterdir", "glob", "rglob"}


def purity(source: Source) -> list[str]:
    """The core computes: no I/O, no clock, no chance, no Django; only ``core/line`` reads a line's folder."""
    if source.parts[0] != "core" or source.is_test:
        return []
    found = [
        source.at(node, f"imports {name}")
        for node, name in imported(source)
        if name.split(".")[0] not in ALLOWED_IN_CORE
    ]
    if source.parts[1] != "line":
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in READS_FILES:
                found.append(source.at(node, f"reads or writes files: {dotted(node.func)}"))
    return found


def views(source: Source) -> list[str]:
    """Views and addresses ask ``queries`` and ``actions``; they never query models themselves."""
    shows = source.parts[-1].endswith(("views.py", "api.py", "urls.py")) or {"views", "desk_views"} & set(
        source.parts
    )
    if source.is_test or not shows:
        return []
    return [
        source.at(node, f"queries a model: {dotted(node)}")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]


def lines_apart(source: Source) -> list[str]:
    """A line's rules know the core and nothing else: neither Django nor another line."""
    if source.parts[0] != "lines" or source.parts[-1] != "rules.py":
        return []
    own = ".".join(("bihuan", *source.parts[:-1]))
    return [
        source.at(node, f"imports {name}")
        for node, name in imported(source)
        if name.split(".")[0] not in ALLOWED_IN_CORE
        or (name.startswith("bihuan.") and not name.startswith(("bihuan.core.", f"{own}.")))
    ]
