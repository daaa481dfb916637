"""dr1.js in node: the same bytes, the same verdicts, the same sentences as Python."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bihuan.config
from bihuan.core.draw import Refused, compute, verify
from bihuan.core.tests.draws_here import Setting, settings_of
from bihuan.core.tests.test_draw_refused import ALL, GOOD, ROOTED, shown

SCRIPT = Path(bihuan.config.__file__).parent / "static" / "bihuan" / "dr1.js"
ASK = """import { readFileSync } from "node:fs";
import { compute, verify } from "./dr1.mjs";
const told = JSON.parse(readFileSync(0, "utf8")).map((folder) => {
    const files = Object.fromEntries(Object.entries(folder).map(([name, text]) => [name, new Uint8Array(Buffer.from(text, "base64"))]));
    let result;
    try { result = Buffer.from(compute(files).result).toString("latin1"); }
    catch (error) { if (!error.code) throw error; result = [error.code, error.zh, error.en]; }
    return [result, verify(files).map((check) => [check.name, check.verdict, check.code, check.zh, check.en])];
});
process.stdout.write(JSON.stringify(told));
"""
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("node") is None:
        pytest.skip("node is not installed (Debian: nodejs)")
    place = tmp_path_factory.mktemp("node")
    (place / "dr1.mjs").write_bytes(SCRIPT.read_bytes())
    (place / "ask.mjs").write_text(ASK, encoding="utf-8")
    return place / "ask.mjs"


def asked(script: Path, folders: Sequence[Files]) -> Any:
    given = [{name: base64.b64encode(data).decode() for name, data in files.items()} for files in folders]
    run = subprocess.run(["node", script], input=json.dumps(given).encode(), capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def answered(files: Files) -> Any:
    result: str | list[str]
    try:
        result = compute(files).result().decode()
    except Refused as refused:
        result = [refused.code, str(refused.say), refused.say.en]
    return [result, [[c.name, c.verdict, c.code, str(c.say), c.say.en] for c in verify(files)]]


def test_random_draws_come_out_the_same_in_node(script: Path) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(settings_of(), min_size=15, max_size=15))
    def agree(chosen: list[Setting]) -> None:
        folders = [one.folder() for one in chosen]
        assert asked(script, folders) == [answered(files) for files in folders]

    agree()


def test_what_is_tampered_with_is_refused_with_the_same_words_in_node(script: Path) -> None:
    folders = [tamper(dict(GOOD)) for _, tamper in ALL.values()] + [GOOD, shown(), ROOTED.folder()]
    assert asked(script, folders) == [answered(files) for files in folders]
