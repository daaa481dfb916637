"""dr1.js in node, as a stranger runs it: the same bytes, verdicts and sentences as Python, for good and tampered folders."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from playwright._impl._driver import compute_driver_executable

import bihuan.config
from bihuan.core.tests.draws_here import answered, any_setting
from bihuan.core.tests.test_draw_refused import ALL, GOOD, ROOTED, shown

SCRIPT = Path(bihuan.config.__file__).parent / "static" / "bihuan" / "dr1.js"
NODE, _ = compute_driver_executable()  # the browser's driver is a node: none has to be installed beside it
RUN = """
import { readFileSync } from "node:fs";
const dr1 = await import(process.argv[1]);
const bytes = ([name, text]) => [name, new Uint8Array(Buffer.from(text, "base64"))];
const said = JSON.parse(readFileSync(0)).map((files) => {
    const given = Object.fromEntries(Object.entries(files).map(bytes));
    let result;
    try { result = new TextDecoder("latin1").decode(dr1.compute(given).result); }
    catch (error) { if (!error.code) throw error; result = [error.code, error.zh, error.en]; }
    return [result, dr1.verify(given).map((check) => [check.name, check.verdict, check.code, check.zh, check.en])];
});
console.log(JSON.stringify(said));
"""


def asked(folders: Sequence[Mapping[str, bytes]]) -> Any:
    """What node says of each folder; one start for all."""
    given = json.dumps(
        [{name: base64.b64encode(data).decode() for name, data in files.items()} for files in folders]
    )
    command = [NODE, "--input-type=module", "--eval", RUN, SCRIPT.as_uri()]
    return json.loads(subprocess.run(command, input=given, check=True, capture_output=True, text=True).stdout)


def test_draws_at_random_come_out_the_same() -> None:
    folders = [any_setting(Random(seed)).folder() for seed in range(200)]
    assert asked(folders) == [answered(files) for files in folders]


def test_what_is_tampered_with_is_refused_with_the_same_words() -> None:
    folders = [tamper(dict(GOOD)) for _, tamper in ALL.values()] + [GOOD, shown(), ROOTED.folder()]
    assert asked(folders) == [answered(files) for files in folders]
