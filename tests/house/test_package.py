"""What is installed is complete and pinned, and names no registry."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from tests.house.checks import PRODUCT, REPO

PINNED = sorted(REPO.glob("requirements*.txt"))
NEEDED = {".py", ".toml", ".csv", ".md", ".txt", ".html", ".css", ".js", ".svg", ".po", ".json", ".geojson"}


def addresses(text: str) -> list[str]:
    return re.findall(r"https?://\S+|--(?:extra-)?index-url\S*|--find-links\S*|@ file:\S+", text)


def unpinned(text: str) -> list[str]:
    """Requirements without an exact version or without a hash."""
    joined = text.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [line.split()[0] for line in lines if "==" not in line or "--hash=sha256:" not in line]


def test_requirements_are_pinned_by_hash_and_name_no_address():
    assert {file.name for file in PINNED} == {
        "requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-uv.txt",
    }  # fmt: skip
    for file in PINNED:
        assert unpinned(file.read_text()) == []
        assert addresses(file.read_text()) == []


def test_planted_requirements_are_caught():
    assert unpinned("django==5.2\nnumpy>=2 \\\n    --hash=sha256:00\n") == ["django==5.2", "numpy>=2"]
    assert addresses("--index-url https://example.org/simple\n")


def test_every_dependency_is_in_its_file():
    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    wanted = {"requirements.txt": project["dependencies"]}
    for extra, names in project["optional-dependencies"].items():
        wanted[f"requirements-{extra}.txt"] = [*project["dependencies"], *names]
    for file, names in wanted.items():
        there = set(re.findall(r"^([a-z0-9-]+)==", (REPO / file).read_text(), flags=re.M))
        assert {re.split(r"[\[><=]", name)[0].lower() for name in names} - there == set(), file


def test_no_lock_file_with_addresses_is_kept():
    assert not (REPO / "uv.lock").exists()
    assert not list(REPO.glob("package*.json"))


def test_wheel_carries_all_data(tmp_path: Path):
    """Build the wheel and compare: templates, styles, lines, calendars and texts are all inside."""
    uv = Path(sys.executable).parent / "uv"
    done = subprocess.run(
        [uv, "build", "--quiet", "--wheel", "--offline", "--out-dir", tmp_path, REPO],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    inside = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    ours = {
        str(file.relative_to(PRODUCT.parent)) for file in PRODUCT.rglob("*")
        if file.is_file() and file.suffix in NEEDED and "__pycache__" not in file.parts
    }  # fmt: skip
    assert sorted(ours - inside) == []
    assert "bihuan/lines/disclosure/process.toml" in inside
