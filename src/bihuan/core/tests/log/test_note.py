"""Notes, checkpoints, cosignatures and promises: what holds, what is malformed, what is by somebody else."""

import pytest

from bihuan.core.crypto.ed25519 import public_of, signed
from bihuan.core.log import checkpoint, encode, note, promise
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.doubt import Doubt
from bihuan.core.log.note import OTHER, PROMISE, Key, Line, Note
from bihuan.core.tests.log import made
from bihuan.core.tests.log.made import LOG, NOW, ORIGIN, SEED, WITNESSES

GOOD = made.signed(7, bytes(32), ["w0", "w2"])
W0 = WITNESSES["w0"]
VOW = Key("promise.example", PROMISE, public_of(SEED))


def test_what_each_vouches_for():
    again = note.parse(str(GOOD))
    assert again == GOOD
    assert checkpoint.read(again.text) == Checkpoint(ORIGIN, 7, bytes(32))
    assert checkpoint.sealed(LOG, again)
    assert checkpoint.cosigned(W0, again) == NOW
    assert checkpoint.cosigned(WITNESSES["w1"], again) is None
    assert not checkpoint.sealed(Key(ORIGIN, note.ED25519, public_of(b"x" * 32)), again)


def test_a_text_may_hold_blank_lines():
    found = note.parse(f"a\n\nb\n\n{GOOD.lines[0]}")
    assert found.text == "a\n\nb\n"
    assert note.parse(f"\n\n{GOOD.lines[0]}").text == "\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "a\n", "a\n\n", str(GOOD)[:-1], str(GOOD).replace("— ", "- "), str(GOOD).replace("—", "—\t"),
        str(GOOD) + "\n", "a\n\n— b AAAA\n", "a\n\n— b\n", "a\n\n—  AAAAAAAA\n", "a\n\n— a+b AAAAAAAA\n",
        "a\n\n— a\u3000b AAAAAAAA\n", "a\n\n— a\ufeff AAAAAAAA\n", "a\r\n\n— b AAAAAAAA\n", "a\n\n— b AAAAAAA\n",
        "a\n\n" + "— b AAAAAAAA\n" * 101,
    ],
)  # fmt: skip
def test_malformed_notes(text: str):
    with pytest.raises(Doubt):
        note.parse(text)


def test_a_note_has_a_hundred_lines_at_most():
    assert len(note.parse("a\n\n" + "— b AAAAAAAA\n" * 100).lines) == 100


@pytest.mark.parametrize("text", ["", "— b AAAAAAAA", "b AAAAAAAA\n"])
def test_malformed_lines(text: str):
    with pytest.raises(Doubt):
        note.lines(text)


def test_a_signature_has_one_byte_at_least():
    assert note.lines("— b AAAAAAA=\n")[0].signature == b"\0"
    with pytest.raises(Doubt, match="too short"):
        note.lines("— b AAAAAA==\n")


def test_a_cosignature_ends_before_the_year_292_billion():
    text, key = str(Checkpoint(ORIGIN, 1, bytes(32))), WITNESSES["w0"]
    for time, held in (((1 << 63) - 1, True), (1 << 63, False)):
        one = Note(text, (checkpoint.cosign(made.SEEDS["w0"], key, text, time),))
        if held:
            assert checkpoint.cosigned(key, one) == time
        else:
            with pytest.raises(Doubt, match="malformed"):
                checkpoint.cosigned(key, one)


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", f"a\n1\n{encode.to_base64(bytes(31))}\n", f"a\n01\n{encode.to_base64(bytes(32))}\n",
     f"a\n1\n{encode.to_base64(bytes(32))}\nmore\n", f"a b\n1\n{encode.to_base64(bytes(32))}\n",
     f"a\n1\n{encode.to_base64(bytes(32))}", f"a\n{1 << 63}\n{encode.to_base64(bytes(32))}\n"],
)  # fmt: skip
def test_malformed_checkpoints(text: str):
    with pytest.raises(Doubt):
        checkpoint.read(text)


def test_a_line_under_the_right_name_that_does_not_hold():
    bad = Note(GOOD.text, tuple(line._replace(signature=bytes(len(line.signature))) for line in GOOD.lines))
    with pytest.raises(Doubt):
        checkpoint.sealed(LOG, bad)
    with pytest.raises(Doubt):
        checkpoint.cosigned(W0, bad)
    for wrong in (bytes(71), b"\xff" * 72):
        with pytest.raises(Doubt):
            checkpoint.cosigned(W0, Note(GOOD.text, (Line(W0.name, W0.id, wrong),)))


@pytest.mark.parametrize(
    "text",
    ["", "a", "+00000000+AQ==", str(LOG)[:-4], str(LOG).replace("log", "lag"), str(LOG) + "=",
     str(Key("a", OTHER + b"x", bytes(32))), str(Key("a b", note.ED25519, bytes(32)))],
)  # fmt: skip
def test_malformed_keys(text: str):
    with pytest.raises(Doubt):
        note.key(text)


def test_keys_of_each_type_come_back():
    for one in (LOG, W0, VOW, made.LOG_SM2):
        assert note.key(str(one)) == one
    assert not signed(b"short", b"", bytes(64))


@pytest.mark.parametrize("text", ["", "00", "-1", "1 ", "9" * 20, "٣", "1e3"])
def test_numbers_have_one_spelling(text: str):
    with pytest.raises(Doubt):
        encode.from_decimal(text or "x")


def test_a_promise_holds_for_its_leaf_moment_and_key():
    given = promise.make(SEED, VOW, 1_795_525_562_123, b"l" * 32)
    assert promise.verify(str(given), VOW) == given
    assert promise.verify(str(given), note.key(str(VOW))) == given
    for wrong in (
        str(given).replace("562123", "562124"), str(given._replace(leaf=b"m" * 32)), str(given)[1:], str(given) + "\n",
        str(given._replace(line=given.line._replace(name="other"))),
    ):  # fmt: skip
        with pytest.raises(Doubt):
            promise.verify(wrong, VOW)
    with pytest.raises(Doubt):
        promise.verify(str(given), Key(VOW.name, PROMISE, public_of(b"x" * 32)))
