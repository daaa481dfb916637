"""`bihuan draw`: result.tsv from the files beside it, checks with reasons, and what is wrong with the question."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bihuan.config.cli import app
from bihuan.config.cli.draw import bls
from bihuan.core.crypto.ed25519 import public_of
from bihuan.core.draw.beacon import QUICKNET, QUICKNET_KEY, beacon, signed
from bihuan.core.draw.seed import commitment, sharing
from bihuan.core.draw.shamir import join
from bihuan.core.log.checkpoint import Checkpoint, cosign, seal
from bihuan.core.log.entry import Entry, pack
from bihuan.core.log.note import COSIGNATURE, ED25519, Key, Note
from bihuan.core.log.receipt import Receipt
from bihuan.core.log.tree import leaf_hash
from bihuan.core.tests.draws_here import BEFORE_ROUND_1000, CLOSES, KL8, PL5, ROUND_1000, Setting

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


def test_nonce_is_kept_in_a_file_of_its_owner_and_only_the_commitment_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nonce.txt"
    said = run("nonce", "nk.scjg/2026-1", "nk.sfj", "--file", str(file))
    kept = dict(line.split(" ", 1) for line in file.read_text().splitlines())
    made = commitment("sha256", "nk.scjg/2026-1", "nk.sfj", bytes.fromhex(kept["nonce"]))
    assert (said.exit_code, said.output.strip()) == (0, made.hex())
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_text()
    assert run("nonce", "nk.scjg/2026-1", "nk.sfj", "--file", str(file)).exit_code != 0
    assert file.read_text() == before
    assert run("nonce", "d", "p", "--file", str(tmp_path / "x"), "--hash", "md5").exit_code != 0


def test_shares_are_kept_in_files_and_only_their_hashes_are_told(tmp_path: Path) -> None:
    file, folder = tmp_path / "nonce.txt", tmp_path / "shares"
    draw, party = "nk.scjg/2026-1", "nk.sfj"
    said = run("nonce", draw, party, "--file", str(file), "--hash", "sm3", "--shares", str(folder))
    assert said.exit_code == 0, said.output
    shares = []
    for number in range(1, 6):
        slip = folder / f"share-{number}.txt"
        assert slip.stat().st_mode & 0o777 == 0o600
        shares.append(bytes.fromhex(slip.read_text().split("share ")[1]))
    assert [share[0] for share in shares] == [1, 2, 3, 4, 5]
    nonce = join(shares[1:4])
    assert f"nonce {nonce.hex()}\n" in file.read_text()
    told = [commitment("sm3", draw, party, nonce), *(sharing("sm3", draw, party, share) for share in shares)]
    assert said.output.split() == [one.hex() for one in told]


@pytest.fixture
def witnessed(tmp_path: Path) -> Callable[[bytes, datetime], tuple[Path, Path]]:
    """A log of one entry with two witnesses: (receipt, policy) of a manifest cosigned at a moment."""

    def make(payload: bytes, moment: datetime) -> tuple[Path, Path]:
        entry = pack(Entry(2, 0, bytes(32), bytes(32), 1, payload))
        log = Key("log.example/x", ED25519, public_of(bytes(32)))
        keys = [
            (Key(f"w.example/{n}", COSIGNATURE, public_of(bytes([n]) * 32)), bytes([n]) * 32) for n in (1, 2)
        ]
        text = str(Checkpoint(log.name, 1, leaf_hash(entry)))
        lines = [seal(bytes(32), log, text), *(cosign(s, k, text, int(moment.timestamp())) for k, s in keys)]
        policy, proof = tmp_path / "policy", tmp_path / "manifest.proof"
        rows = [
            f"log {log}",
            *(f"witness w{i} {key}" for i, (key, _) in enumerate(keys)),
            "group q 2 w0 w1",
            "quorum q",
        ]
        policy.write_text("\n".join([*rows, ""]))
        proof.write_text(str(Receipt(entry, 0, (), str(Note(text, tuple(lines))))))
        return proof, policy

    return make


def test_verify_reads_when_the_manifest_was_logged_from_its_receipt(
    tmp_path: Path, witnessed: Callable[[bytes, datetime], tuple[Path, Path]]
) -> None:
    files = Setting().folder()
    folder = tmp_path / "draw"
    folder.mkdir()
    written(folder, files)
    for late, verdict in ((-60, "ok"), (60, "bad")):
        proof, policy = witnessed(files["manifest.txt"], CLOSES + timedelta(seconds=late))
        (folder / "manifest.proof").write_bytes(proof.read_bytes())
        checks = json.loads(run("verify", str(folder), "--policy", str(policy), "--json").output)["checks"]
        found = {check["name"]: check["verdict"] for check in checks}
        assert (found["logged"], found["rivals"]) == (verdict, "open")
    proof, policy = witnessed(b"another", CLOSES)
    (folder / "manifest.proof").write_bytes(proof.read_bytes())
    refused = run("verify", str(folder), "--policy", str(policy))
    assert refused.exit_code != 0 and "manifest.proof" in refused.output
