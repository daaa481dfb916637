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
    "core/time/planted.py": "from bihuan.core.case import fold\n",  # upward: rooms of the core
    "core/planted_io.py": "import random\n",  # pure core
    "places/planted.py": "from bihuan.people import models\n",  # sideways: layers
    "planted_layer/__init__.py": "",  # a package outside the layers: exhaustive
    "record/views.py": "from bihuan.record import models\n",
    "record/models.py": "",
    "record/queries.py": "from bihuan.record import actions\n",
    "record/actions.py": "",
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


def unwanted(folder: str, names: list[str]) -> list[str]:
    """All but modules and the folders they may lie in."""
    left_out = ("__pycache__", "static", "templates", "locale", "letters", "files")
    return [n for n in names if n in left_out or not (n.endswith(".py") or Path(folder, n).is_dir())]


def verdicts(said: str) -> dict[str, str]:
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)", said, flags=re.M))


def test_contracts_hold():
    said = lint(PRODUCT.parent)
    found = verdicts(said)
    assert len(found) == 5, said
    assert set(found.values()) == {"KEPT"}, said


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy of the product with every violation planted."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copytree(PRODUCT, copy / "bihuan", ignore=unwanted)
    for name, text in PLANTED.items():
        file = copy / "bihuan" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return lint(copy)


@pytest.mark.parametrize(
    "contract",
    ["layers", "rooms of the core", "pure core", "views do not touch models", "reads do not write"],
)
def test_contract_is_broken_by_a_planted_import(said, contract):
    assert verdicts(said)[contract] == "BROKEN"


@pytest.mark.parametrize(
    "sentence",
    [
        "bihuan.core is not allowed to import bihuan.lines",
        "bihuan.places is not allowed to import bihuan.people",
        "bihuan.core.time is not allowed to import bihuan.core.case",
        "bihuan.core is not allowed to import random",
        "planted_layer",
    ],
)
def test_each_way_out_is_named(said, sentence):
    assert sentence in said
