"""How long one receipt takes to verify, by each program that lies beside the page.

    python -m bench.receipts [--many 300]

Processor time, median and 99th percentile, of made-up receipts with three cosignatures, one thread, key lookup and
reading of the policy left out. Node and Go stand in for the browser and for strangers; where one is not installed it is
not measured.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.client import say
from bihuan.core.log import policy, proof
from bihuan.core.tests.log import made, programs

STATIC = Path(__file__).parents[1] / "src/bihuan/record/static/record"
WANTED = 5.0  # ms
IN_NODE = """
import { readFileSync, readdirSync } from "node:fs";
const [script, folder] = process.argv.slice(2);
const { readPolicy, verify } = await import(script);
const trusted = readPolicy(readFileSync(`${folder}/policy`, "utf8"));
const found = [];
for (const name of readdirSync(folder).filter((one) => one !== "policy")) {
  const data = new Uint8Array(readFileSync(`${folder}/${name}`));
  const before = process.cpuUsage();
  await verify(data, trusted);
  const { user, system } = process.cpuUsage(before);
  found.push((user + system) / 1000);
}
console.log(JSON.stringify(found));
"""


def timed(check: Callable[[bytes], object], receipts: list[bytes]) -> list[float]:
    """Milliseconds of the processor for each; the first few warm up."""
    found = []
    for one in [*receipts[:10], *receipts]:
        before = time.process_time()
        check(one)
        found.append((time.process_time() - before) * 1000)
    return found[10:]


def alone(receipts: list[bytes]) -> list[float]:
    """By the program of one file."""
    spec = importlib.util.spec_from_file_location("bihuan_verify", STATIC / "bihuan_verify.py")
    assert spec is not None and spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    trusted = program.read_policy(made.POLICY)
    return timed(lambda one: program.verify(one, trusted), receipts)


def in_node(folder: Path) -> list[float]:
    """By the script of the page."""
    script, run = folder.parent / "verify.mjs", folder.parent / "run.mjs"
    shutil.copy(STATIC / "verify.js", script)
    run.write_text(IN_NODE)
    said = subprocess.run(["node", run, script, folder], check=True, capture_output=True, text=True).stdout
    times: list[float] = json.loads(said)
    return times[10:]


def in_go(folder: Path) -> float:
    """By Go's own packages, all in one run of the program, start included: milliseconds for one."""
    files = [one.name for one in folder.iterdir() if one.name != "policy"]
    program = programs.in_go(folder.parent)
    before = time.perf_counter()
    subprocess.run([*program, "policy", *files], cwd=folder, check=True, capture_output=True)
    return (time.perf_counter() - before) * 1000 / len(files)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--many", type=int, default=300)
    receipts = made.receipts(words.parse_args().many, random.Random(6962), witnesses=3)
    trusted = policy.read(made.POLICY)
    found = {
        "core/log": timed(lambda one: proof.verify(one, trusted), receipts),
        "bihuan_verify.py": alone(receipts),
    }
    with tempfile.TemporaryDirectory(prefix="bihuan-receipts-") as top:
        folder = Path(top) / "all"
        folder.mkdir()
        (folder / "policy").write_text(made.POLICY, newline="")
        for i, one in enumerate(receipts):
            (folder / f"{i:04d}").write_bytes(one)
        if shutil.which("node"):
            found["verify.js in node"] = in_node(folder)
        if shutil.which("go"):
            say(f"bihuan_verify.go: {in_go(folder):.2f} ms, start of the program shared by all")
    for name, times in found.items():
        times.sort()
        say(
            f"{name}: median {times[len(times) // 2]:.2f} ms, 99th percentile {times[len(times) * 99 // 100]:.2f} ms"
        )
    return int(any(times[len(times) // 2] > WANTED for times in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
