"""Receipts: what they prove, their size, and that three programs agree on good and spoiled ones."""

import random
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bihuan.core.log import policy, proof, receipt
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.entry import DELETION, PERSONAL, pack
from bihuan.core.log.entry import EVENT as EVENT_ENTRY
from bihuan.core.log.receipt import Group, Opened, Receipt
from bihuan.core.log.tree import inclusion, leaf_hash
from bihuan.core.tests.log import made, programs
from bihuan.core.tests.log.made import NOW, ORIGIN, POLICY

TRUSTED = policy.read(POLICY)
MANY = 1000
EVENT = Opened(
    1,
    (Group(b"0" * 32, b'{"a":1}'), Group(b"1" * 32, b"int"), Group(b"2" * 32, b"per")),
    1,
    60_000,
    b"k" * 32,
    5,
)


def only(opened: Opened | bytes, index: int = 0) -> bytes:
    """A receipt of a log with one entry."""
    extra = opened if isinstance(opened, bytes) else receipt.write_extra(opened)
    entry, _ = receipt.read_extra(extra)
    leaf = leaf_hash(pack(entry))
    return str(Receipt(extra, index, (), str(made.signed(1, leaf, ["w0", "w1"])))).encode()


def test_what_is_proven():
    found = proof.verify(only(EVENT), TRUSTED)
    assert found.opened == EVENT
    assert found.entry == receipt.entry_of(EVENT)
    assert (found.index, found.checkpoint.origin, found.checkpoint.size) == (0, ORIGIN, 1)
    assert found.seen == {"w0": NOW, "w1": NOW}


def test_a_closed_group_and_a_bare_tag_prove_the_same_entry():
    closed = receipt.close(EVENT.groups[2], 1, 2)
    shredded = EVENT._replace(groups=(*EVENT.groups[:2], Group(b"", b"", closed)))
    bare = shredded._replace(case_key=b"", seq=0, tag=receipt.entry_of(EVENT).tag)
    whole = pack(receipt.entry_of(EVENT))
    proven = [proof.verify(only(one), TRUSTED).entry for one in (EVENT, shredded, bare, whole)]
    assert len(set(proven)) == 1
    assert proof.verify(only(whole), TRUSTED).opened is None


@pytest.mark.parametrize(
    "wrong",
    [EVENT._replace(hash=3), EVENT._replace(ms=1), EVENT._replace(seq=1 << 32), EVENT._replace(kind=9),
     EVENT._replace(groups=(Group(b"short", b""), *EVENT.groups[1:])), EVENT._replace(case_key=b"short"),
     EVENT._replace(kind=-1), EVENT._replace(kind=256), EVENT._replace(ms=-60_000), EVENT._replace(ms=(1 << 64) // 60_000 * 60_000),
     EVENT._replace(seq=-1), EVENT._replace(case_key=b""), EVENT._replace(groups=(Group(b"", b"", b"short"), *EVENT.groups[1:]))],
)  # fmt: skip
def test_values_that_cannot_be(wrong: Opened):
    with pytest.raises(Doubt):
        receipt.read_extra(receipt.write_extra(wrong))


def test_what_is_opened_has_one_spelling():
    closed = Group(b"", b"", b"c" * 32)
    said = Opened(2, (Group(b"s" * 32, b"pub"), closed, Group(b"t" * 32, b"")), 5, 120_000, tag=b"m" * 32)
    extra = receipt.write_extra(said)
    assert extra == (
        b"DGO1\5\2\0\5" + (120_000).to_bytes(8, "big") + b"m" * 32
        + b"s" * 32 + b"\0\0\0\3pub" + b"c" * 32 + b"t" * 32 + b"\0\0\0\0"
    )  # fmt: skip
    keyed = receipt.write_extra(said._replace(tag=b"", case_key=b"k" * 32, seq=258))
    assert keyed == extra[:7] + b"\x0d" + extra[8:16] + b"k" * 32 + b"\0\0\1\2" + extra[48:]
    for one in (extra, keyed):
        entry, opened = receipt.read_extra(one)
        assert opened is not None and receipt.write_extra(opened) == one and receipt.entry_of(opened) == entry
    for wrong, why in (
        (b"", "cut off"), (extra[:-1], "cut off"), (extra[:47], "cut off"), (keyed[:51], "cut off"),
        (extra + b"\0", "more than"), (extra[:6] + b"\1" + extra[7:], "more than"),
        (extra[:7] + b"\x15" + extra[8:], "more than"), (b"DGO2" + extra[4:], "cannot be read"),
    ):  # fmt: skip
        with pytest.raises(Doubt, match=why):
            receipt.read_extra(wrong)


def test_receipts_that_cannot_be_read():
    good = only(EVENT)
    head = b"c2sp.org/tlog-proof@v1"
    for wrong in (
        b"", b"\xff", good.replace(b"@v1", b"@v2"), good.replace(b"extra ", b""), good.replace(b"index ", b""),
        head + b"\n\n", good.replace(b"index 0\n", b"index 0\n" + b"A" * 43 + b"=\n" * 64),
        good.replace(b"index 0\n", b"index 0\n" + (b"A" * 43 + b"=\n") * 64), good.split(b"\n\n")[0],
    ):  # fmt: skip
        with pytest.raises(Doubt):
            proof.verify(wrong, TRUSTED)


def test_a_path_has_at_most_63_hashes():
    good, path = only(EVENT), b"A" * 43 + b"=\n"
    longest = receipt.read(good.replace(b"index 0\n", b"index 0\n" + path * 63))
    assert len(longest.path) == 63
    with pytest.raises(Doubt, match="too long"):
        receipt.read(good.replace(b"index 0\n", b"index 0\n" + path * 64))


def test_the_second_signature_is_passed_over_unless_its_key_is_given():
    extra = receipt.write_extra(EVENT._replace(hash=2))
    entry, _ = receipt.read_extra(extra)
    note = made.signed(1, leaf_hash(pack(entry)), ["w0", "w1"], gm=True)
    one = Receipt(extra, 0, (), str(note))
    assert proof.verify(str(one).encode(), TRUSTED, made.LOG_SM2).sm2
    assert not proof.verify(str(one).encode(), TRUSTED).sm2
    assert not proof.verify(only(EVENT), TRUSTED, made.LOG_SM2).sm2
    line = note.lines[1]
    bad = line._replace(signature=bytes([line.signature[0] ^ 1]) + line.signature[1:])
    spoiled = str(replace(one, note=str(note._replace(lines=(note.lines[0], bad, *note.lines[2:]))))).encode()
    assert not proof.verify(spoiled, TRUSTED).sm2
    with pytest.raises(Doubt, match="does not hold"):
        proof.verify(spoiled, TRUSTED, made.LOG_SM2)
    with pytest.raises(Doubt, match="did not sign"):
        alone = str(replace(one, note=str(note._replace(lines=note.lines[1:])))).encode()
        proof.verify(alone, TRUSTED, made.LOG_SM2)
    assert len(str(line)) == len(str(note.lines[0]))


def test_each_doubt_is_said():
    good = receipt.read(only(EVENT))
    for wrong, said in (
        (str(replace(good, index=1)).encode(), "not in this checkpoint"),
        (only(EVENT).rsplit("— witness".encode(), 1)[0], "too few witnesses: w0"),
        (
            made.too_few(made.too_few(only(EVENT), random.Random(0)), random.Random(0)),
            "too few witnesses: none",
        ),
        (only(EVENT).replace(f"\n\n{ORIGIN}\n".encode(), b"\n\nother\n"), "other did not sign"),
        (made.later(only(EVENT), random.Random(0)), "cosignature of"),
        (str(replace(good, extra=b"DGO0")).encode(), "cannot be read"),
    ):
        with pytest.raises(Doubt, match=said) as caught:
            proof.verify(wrong, TRUSTED)
        assert caught.value.say.en in str(caught.value)


def test_size_of_a_receipt():
    """Of a report with one picture, public and personal group opened, three cosignatures: what grows is the path."""
    public = (
        '{"at":63900000000,"effective":63900000000,"files":[["evidence:report","%s"]],"line":"urban_management",'
        '"matter":"01-02-03","name":"report","number":"CG20261012000017","seq":1,"unit":"nk.jiandu"}'
        % ("a" * 64)
    ).encode()
    said = '{"data":{"centre":"nk.jiandu","command":"nk.zhihui","what":"东门口垃圾桶满了，两天没有人来收，招苍蝇"}}'.encode()
    groups = (Group(b"s" * 32, public), Group(b"", b"", b"c" * 32), Group(b"s" * 32, said))
    extra = receipt.write_extra(Opened(1, groups, 1, 1_795_525_560_000, b"k" * 32, 1))

    def size_of(index: int, size: int) -> int:
        path = tuple(inclusion(index, size, lambda level, n: b"h" * 32))
        note = str(made.signed(size, b"r" * 32, ["w0", "w1", "w2"]))
        return len(str(Receipt(extra, index, path, note)).encode())

    # the last of a log, and one whose checkpoint came after 49 more, as when 50 are written in a second
    assert [size_of(n - 1, n) for n in (1_000, 2_000_000, 16_000_000)] == [1_697, 1_929, 2_066]
    chance = random.Random(2)
    sizes = sorted(
        size_of(n - 1 - chance.randrange(50), n)
        for n in (chance.randrange(1_000_000, 4_000_000) for _ in range(500))
    )
    assert (sizes[250], sizes[495], sizes[-1]) == (1_974, 2_199, 2_289)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes], list[made.Spoiled]]:
    """A folder with the policy and two thousand receipts, good ones first."""
    chance = random.Random(6962)
    folder = tmp_path_factory.mktemp("receipts")
    good = made.receipts(MANY, chance)
    spoiled = [made.spoil(one, chance) for one in made.receipts(MANY, chance, witnesses=2)]
    (folder / "policy").write_text(POLICY, newline="")
    for i, one in enumerate([*good, *(one.data for one in spoiled)]):
        (folder / f"{i:04d}").write_bytes(one)
    return folder, good, spoiled


def test_good_receipts_hold_and_spoiled_ones_do_not(judged):
    _, good, spoiled = judged
    for one in good:
        assert proof.verify(one, TRUSTED, made.LOG_SM2).seen
    assert (
        100
        < sum(f"— {ORIGIN} ".encode() in one.replace(f"— {ORIGIN} ".encode(), b"", 1) for one in good)
        < 500
    )
    seen = [receipt.read_extra(receipt.read(one).extra) for one in good]
    shut = [entry.kind for entry, told in seen if told is not None and told.groups[PERSONAL].closed]
    assert shut.count(EVENT_ENTRY) > 50 and shut.count(DELETION) > 50, (
        "shredded ones and notices are among them"
    )
    for one in spoiled:
        with pytest.raises(Doubt):
            proof.verify(one.data, TRUSTED)
            pytest.fail(f"{one.how}:\n{one.data!r}")
    assert {one.how for one in spoiled} == {how.__name__ for how in made.CHANGES}


def verdicts(program: list[str], folder: Path, good: str) -> list[bool]:
    """What another program says of each receipt, in order."""
    names = [f"{i:04d}" for i in range(2 * MANY)]
    done = subprocess.run([*program, "policy", *names], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith((good, "bad ", "不成立"))]
    assert len(lines) == 2 * MANY, done.stderr
    return [line.startswith(good) for line in lines]


def test_the_program_of_one_file_agrees(judged):
    assert verdicts(programs.in_python(), judged[0], "成立") == [True] * MANY + [False] * MANY
    text = (programs.FOLDER / "bihuan_verify.py").read_text()
    assert "bihuan" not in text.replace("bihuan_verify", "")


def test_the_program_in_go_agrees(judged, tmp_path: Path):
    assert verdicts(programs.in_go(tmp_path), judged[0], "good ") == [True] * MANY + [False] * MANY
