"""The contracts of import-linter hold, and each is shown to catch a planted import."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.checks import PRODUCT, REPO

PLANTED = {
    "core/planted.py": "from bihuan.lines import calendar\n",  # upward: layers
    "core/planted_io.py": "import random\n",  # pure core
    "places/planted.py": "from bihuan.people import models\n",  # sideways: layers
    "planted_layer/__init__.py": "",  # a package outside the layers: exhaustive
    "{face}/views.py": "from bihuan.{face} import models\n",
    "{face}/models.py": "",
    "{face}/queries.py": "from bihuan.{face} import actions\n",
    "{face}/actions.py": "",
}


def lint(source: Path) -> str:
    """Run the linter on a source tree and return what it says."""
    program = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--no-cache",
        "--config",
        str(REPO / "pyproject.toml"),
    ]
    done = subprocess.run(
        program, cwd=source, capture_output=True, text=True, env={"PYTHONPATH": str(source)}
    )
    return done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        PRODUCT, tmp_path / "bihuan", ignore=lambda folder, names: [n for n in names if not wanted(folder, n)]
    )
    return tmp_path


def wanted(folder: str, name: str) -> bool:
    return name.endswith(".py") or (
        Path(folder, name).is_dir() and name not in ("__pycache__", "static", "templates")
    )


def verdicts(said: str) -> dict[str, str]:
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)", said, flags=re.M))


def test_contracts_hold(copy):
    said = lint(copy)
    found = verdicts(said)
    assert len(found) == 4, said
    assert set(found.values()) == {"KEPT"}, said


def test_contracts_catch_planted_imports(copy):
    for name, text in PLANTED.items():
        file = copy / "bihuan" / name.format(face="record")
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.format(face="record"))
    found = verdicts(lint(copy))
    assert found == dict.fromkeys(
        ("pure core", "views do not touch models", "reads do not write"), "BROKEN"
    ) | {"layers": found["layers"]}


@pytest.mark.parametrize("name", ["core/planted.py", "places/planted.py", "planted_layer/__init__.py"])
def test_layers_catch_each_way_out(copy, name):
    file = copy / "bihuan" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(PLANTED[name])
    said = lint(copy)
    assert "planted" in said
    assert verdicts(said).get("layers") != "KEPT", said
