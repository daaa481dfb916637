"""`bihuan draw`: result.tsv from the files beside it, checks with reasons, and what is wrong with the question."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bihuan.config.cli import app
from bihuan.config.cli.draw import bls
from bihuan.core.draw.beacon import QUICKNET, QUICKNET_KEY, beacon, signed
from bihuan.core.tests.draws_here import BEFORE_ROUND_1000, KL8, PL5, ROUND_1000, Setting

SEEN = ["--announced", f"kl8 2026311={KL8.decode()}@2026-11-20T13:30:00Z", "--announced", f"pl5 2026311={PL5.decode()}@2026-11-20T13:30:00Z"]  # fmt: skip
HAS_CURVE = find_spec("py_arkworks_bls12381") is not None


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["draw", *words])


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_compute_writes_the_result_beside_its_files(tmp_path: Path) -> None:
    files = Setting().folder()
    written(tmp_path, {name: data for name, data in files.items() if name != "result.tsv"})
    assert run("compute", str(tmp_path)).exit_code == 0
    assert (tmp_path / "result.tsv").read_bytes() == files["result.tsv"]


def test_compute_refuses_with_the_reason_and_writes_nothing(tmp_path: Path) -> None:
    files = Setting().folder(drawn=False)
    written(tmp_path, {**files, "plan.tsv": files["plan.tsv"].replace(b"\t1\t5\t", b"\t1\t4\t")})
    result = run("compute", str(tmp_path))
    assert result.exit_code == 1
    assert "杂凑值不同" in result.output and "its hash differs" in result.output
    assert not (tmp_path / "result.tsv").exists()


def test_verify_tells_every_check_with_its_reason(tmp_path: Path) -> None:
    written(tmp_path, Setting().folder())
    result = run("verify", str(tmp_path))
    assert result.exit_code == 0
    assert "✓ result" in result.output and "? announced" in result.output and "✗" not in result.output


def test_verify_with_announcement_and_register(tmp_path: Path) -> None:
    written(tmp_path, Setting().folder())
    register = tmp_path / "register"
    register.write_text("".join(f"{sid}\n" for sid, *_ in (*Setting().subjects, *Setting().excluded)))
    result = run("verify", str(tmp_path), *SEEN, "--registry", str(register), "--json")
    told = {check["name"]: check["verdict"] for check in json.loads(result.output)["checks"]}
    assert {name for name, verdict in told.items() if verdict != "ok"} == {"logged", "rivals"}
    assert json.loads(result.output)["verdict"] == "open"


def test_verify_ends_with_1_where_a_check_does_not_hold(tmp_path: Path) -> None:
    written(tmp_path, Setting().folder())
    wrong = ["--announced", "pl5 2026311=0 0 0 0 0"]
    result = run("verify", str(tmp_path), *wrong)
    assert result.exit_code == 1
    assert "✗ announced" in result.output


@pytest.mark.parametrize("words", ["kl8 2026311", "kl8 2026311=01@yesterday", f"drand {QUICKNET} 7=xyz"])
def test_an_announcement_that_cannot_be_read_is_refused(tmp_path: Path, words: str) -> None:
    written(tmp_path, Setting().folder())
    result = run("verify", str(tmp_path), "--announced", words)
    assert result.exit_code == 2 and words in result.output


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert run("compute", str(tmp_path / "none")).exit_code == 2
    assert run("verify", str(tmp_path), "--registry", str(tmp_path / "none")).exit_code == 2


def test_a_drand_round_is_verified_where_the_library_is_and_open_where_it_is_not(tmp_path: Path) -> None:
    values = {f"drand {QUICKNET} 1000": ROUND_1000}
    written(tmp_path, Setting(values=values, closes=BEFORE_ROUND_1000).folder())
    checks = json.loads(run("verify", str(tmp_path), "--json").output)["checks"]
    assert {check["name"]: check["verdict"] for check in checks}["drand"] == ("ok" if HAS_CURVE else "open")
    if HAS_CURVE:
        one = beacon(f"drand {QUICKNET} 1000")
        assert bls(QUICKNET_KEY, signed(one), ROUND_1000)
        assert not bls(QUICKNET_KEY, signed(beacon(f"drand {QUICKNET} 1001")), ROUND_1000)
        assert not any(
            bls(QUICKNET_KEY, signed(one), bad) for bad in (bytes(48), b"\xff" * 48, b"\xc0" + bytes(47))
        )


def test_fairness_tells_chances_and_the_bound(tmp_path: Path) -> None:
    written(tmp_path, Setting().folder())
    result = run("fairness", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "每个的机会正好是 1/20" in result.output and "78.2 比特" in result.output
    told = json.loads(run("fairness", str(tmp_path), "--json").output)
    assert (
        told["bits"] > 60 and [one["drawn"] for one in told["chances"]] == [1, 2, 4] and told["served"] == 0
    )


def test_fairness_refuses_what_the_draw_refuses(tmp_path: Path) -> None:
    files = Setting().folder()
    written(tmp_path, {**files, "plan.tsv": files["plan.tsv"].replace(b"\t1\t5\t", b"\t1\t4\t")})
    result = run("fairness", str(tmp_path))
    assert result.exit_code == 1 and "杂凑值不同" in result.output
