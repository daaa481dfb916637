"""The programs by which anybody checks receipts, as commands that take a policy and receipts."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "record" / "static" / "record"


def in_python() -> list[str]:
    """The program of one file; a line "成立" for each receipt that holds."""
    return [sys.executable, str(FOLDER / "bihuan_verify.py")]


def in_go(folder: Path) -> list[str]:
    """The program that uses Go's own library, built in this folder; a line "good NAME" for each that holds."""
    if shutil.which("go") is None and os.environ.get("BIHUAN_GO") != "required":
        pytest.skip("Go is not installed (Debian: golang-go golang-golang-x-mod-dev)")
    place = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache"), "GOFLAGS": "-p=1",
             "HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin"}  # fmt: skip
    program = folder / "verify"
    subprocess.run(
        ["go", "build", "-o", program, FOLDER / "bihuan_verify.go"], env=place, check=True, timeout=300
    )
    return [str(program)]
