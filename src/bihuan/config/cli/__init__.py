"""The command ``bihuan``: one sub-command per file of this folder."""

import os
from importlib import import_module

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Bihuan 闭环: every matter runs one closed loop."
)
for name in (
    "database",
    "serve",
    "lines",
    "report",
    "follow",
    "intake",
    "load",
    "cases",
    "signals",
    "keys",
    "components",
    "subjects",
    "items",
    "bulletin",
    "draw",
    "demo",
    "simulate",
    "record",
):
    import_module(f"bihuan.config.cli.{name}").add_to(app)
