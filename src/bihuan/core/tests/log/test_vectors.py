"""The known answers, byte for byte."""

import json
from pathlib import Path

import pytest

from bihuan.core.crypto.hashes import digest
from bihuan.core.log import checkpoint, entry, note
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.entry import Entry, canonical, pack, unpack
from bihuan.core.log.tree import leaf_hash
from bihuan.core.tests.log.made import LOG, SEED

KNOWN = json.loads(Path(__file__).with_name("vectors.json").read_text())
TAG = entry.tag(bytes(32), 5)
GROUPS = [entry.group(1, i, bytes([i + 1]) * 32, said) for i, said in enumerate((b"pub", b"int", b"per"))]
ONE = Entry(1, 1795525562123, TAG, entry.commitment(1, GROUPS))


def test_tag_commitment_entry_and_leaf():
    assert TAG.hex() == KNOWN["tag case_key=00*32 seq=5"]
    assert ONE.commitment.hex() == KNOWN["event commitment pub/int/per salts 01*32,02*32,03*32"]
    assert pack(ONE).hex() == KNOWN["entry kind1 t=1795525562123"]
    assert leaf_hash(pack(ONE)).hex() == KNOWN["its leaf hash"]


def test_key_and_checkpoint():
    assert str(LOG) == KNOWN["vkey seed=00*32"]
    assert note.key(KNOWN["vkey seed=00*32"]) == LOG
    text = str(checkpoint.Checkpoint(LOG.name, 1, leaf_hash(pack(ONE))))
    signed = note.Note(text, (checkpoint.seal(SEED, LOG, text),))
    assert str(signed) == KNOWN["checkpoint"]
    assert note.parse(KNOWN["checkpoint"]) == signed
    assert checkpoint.sealed(LOG, signed)


def test_commitments_by_either_hash():
    for kind, name in ((1, "sha256"), (2, "sm3")):
        inner = [digest(name, b"dg-grp1\0" + bytes([i]) + b"s" * 32 + b"said") for i in range(3)]
        assert [entry.group(kind, i, b"s" * 32, b"said") for i in range(3)] == inner
        assert entry.commitment(kind, inner) == digest(name, b"dg-cmt1\0" + b"".join(inner))


def test_which_hash_an_entry_says():
    assert [entry.hash_of(pack(Entry(1, 0, TAG, TAG, kind))) for kind in (1, 2)] == [1, 2]
    data = pack(Entry(1, 0, TAG, TAG, 2))
    for wrong in (None, b"", data[:79], data[:5] + b"\3" + data[6:]):
        assert entry.hash_of(wrong) == 1


def test_entry_comes_back_with_its_minute():
    found = unpack(pack(ONE))
    assert found == Entry(1, 1795525562123 - 2123, TAG, ONE.commitment)
    assert unpack(pack(Entry(2, 0, TAG, TAG, 2, b"manifest"))).payload == b"manifest"


@pytest.mark.parametrize(
    "wrong",
    [
        Entry(0, 0, TAG, TAG), Entry(9, 0, TAG, TAG), Entry(1, 0, TAG, TAG, 3), Entry(1, 0, TAG[1:], TAG),
        Entry(1, 0, TAG, TAG[1:]), Entry(1, -1, TAG, TAG), Entry(1, 1 << 63, TAG, TAG),
        Entry(1, 0, TAG, TAG, 1, b"x"), Entry(2, 0, TAG, TAG, 1, bytes(60_001)),
    ],
)  # fmt: skip
def test_what_is_no_entry_is_not_packed(wrong: Entry):
    with pytest.raises(Doubt):
        pack(wrong)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:79], lambda data: b"DGE2" + data[4:], lambda data: data + b"x",
        lambda data: data[:6] + b"\1" + data[7:], lambda data: data[:15] + b"\1" + data[16:],
    ],
)  # fmt: skip
def test_bytes_that_are_no_entry(spoil):
    with pytest.raises(Doubt):
        unpack(spoil(pack(ONE)))


def test_canonical_json():
    assert (
        canonical({"b": [1, None, True], "a": {"z": '区\n"', "y": -5}})
        == '{"a":{"y":-5,"z":"区\\n\\""},"b":[1,null,true]}'.encode()
    )


@pytest.mark.parametrize("wrong", [1.5, 1 << 53, {1: 2}, [0.1], b"x", {"a": {"b": float("nan")}}])
def test_what_has_several_spellings_is_refused(wrong):
    with pytest.raises(Doubt):
        canonical({"x": wrong})
