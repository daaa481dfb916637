"""What an operator or a reader can use is written down: settings, addresses, commands, make targets, links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.checks import PRODUCT, REPO

READMES = ("README.md", "README.zh.md")
OF_DJANGO = ("admin/", "language/")


def settings(folder: Path = PRODUCT / "config") -> set[str]:
    """Every name that config reads from the environment."""
    pattern = re.compile(r"""environ(?:\.get\(|\[)\s*["']([A-Z_]+)["']""")
    found = {name for file in folder.rglob("*.py") for name in pattern.findall(file.read_text())}
    return found - {"DJANGO_SETTINGS_MODULE"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address of the site as it is written in urls.py."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def commands(app: typer.Typer, before: str = "bihuan") -> Iterator[str]:
    """Every command of the program, sub-commands included."""
    for command in app.registered_commands:
        yield f"{before} {command.name or command.callback.__name__.replace('_', '-')}"
    for group in app.registered_groups:
        yield from commands(group.typer_instance, f"{before} {group.name}")


def unwritten(names: Iterator[str] | set[str], *files: str) -> list[str]:
    """The names that one of the files does not mention as code."""
    texts = {file: (REPO / file).read_text() for file in files}
    return [
        f"{file}: {name}" for file, text in texts.items() for name in sorted(names) if f"`{name}`" not in text
    ]


def test_settings_are_documented():
    assert settings() >= {"DATABASE_URL", "BIHUAN_HOME"}
    assert unwritten(settings(), *READMES) == []


def test_every_part_stands_on_the_map_of_the_code():
    parts = {file.parent.name for file in PRODUCT.glob("*/__init__.py")} | {"lines"}
    for readme in READMES:
        drawn = re.search(
            r"^src/bihuan/\n(.*?)^tests/", (REPO / readme).read_text(), re.MULTILINE | re.DOTALL
        )
        assert drawn and set(re.findall(r"([a-z]+)/", drawn[1])) == parts, readme


def test_addresses_are_documented():
    ours = {a for a in addresses(get_resolver().url_patterns) if not a[1:].startswith(OF_DJANGO)}
    assert unwritten(ours, "docs/reference.md") == []


def test_commands_are_documented():
    from bihuan.config.cli import app

    there = set(commands(app))
    assert there >= {"bihuan serve", "bihuan migrate"}
    assert unwritten(there, "docs/reference.md") == []


def test_make_targets_are_documented():
    targets = set(re.findall(r"^([a-z]+):.*## ", (REPO / "Makefile").read_text(), flags=re.M))
    assert targets >= {"setup", "demo", "test", "lint", "bench", "serve"}
    assert unwritten({f"make {target}" for target in targets - {"help"}}, *READMES) == []


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link and link[0] != "#"]


@pytest.mark.parametrize(
    "file",
    [*READMES, "CHANGELOG.md", *(str(f.relative_to(REPO)) for f in sorted((REPO / "docs").rglob("*.md")))],
)
def test_links_lead_somewhere(file):
    here = REPO / file
    broken = [link for link in links(here.read_text()) if not (here.parent / link.split("#")[0]).exists()]
    assert broken == []


def test_decisions_are_numbered_pages():
    notes = sorted((REPO / "docs" / "decisions").glob("*.md"))
    assert [note.name[:4] for note in notes] == [f"{n:04}" for n in range(1, len(notes) + 1)]
    assert all(note.read_text().count("\n") <= 60 for note in notes)


def test_planted_gaps_are_caught(tmp_path):
    (tmp_path / "x.py").write_text(
        'import os\nos.environ.get("BIHUAN_PLANTED")\nos.environ["BIHUAN_OTHER"]\n'
    )
    assert settings(tmp_path) == {"BIHUAN_PLANTED", "BIHUAN_OTHER"}
    assert unwritten({"BIHUAN_PLANTED"}, "README.md") == ["README.md: BIHUAN_PLANTED"]
    planted = typer.Typer()
    planted.command("fly")(print)
    assert list(commands(planted)) == ["bihuan fly"]
    assert links("[a](docs/none.md) [b](https://example.org)") == ["docs/none.md"]
