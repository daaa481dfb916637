"""A witness signs what begins with what it signed before, and answers everything else as the specification says."""

import pytest

from bihuan.core.crypto.ed25519 import public_of
from bihuan.core.log import witness
from bihuan.core.log.checkpoint import Checkpoint
from bihuan.core.log.note import COSIGNATURE, ED25519, Key
from bihuan.core.log.tree import EMPTY, consistency, leaf_hash, root
from bihuan.core.tests.log import made
from bihuan.core.tests.log.made import LOG, ORIGIN, over

LOOK = over([leaf_hash(bytes([i])) for i in range(200)])


def told(size: int) -> str:
    return str(made.signed(size, root(size, LOOK), []))


def stand(size: int) -> dict[str, Checkpoint]:
    return {ORIGIN: Checkpoint(ORIGIN, size, root(size, LOOK))}


def ask(old: int, new: int, before: dict[str, Checkpoint], text: str = "", keys: tuple[Key, ...] = (LOG,)):
    proof = consistency(old, new, LOOK) if old <= new else []
    return witness.answer(witness.ask(old, proof, text or told(new)).encode(), keys, before)


def test_first_time_growing_and_again():
    for old, new, before in ((0, 5, {}), (5, 130, stand(5)), (130, 130, stand(130)), (0, 0, {})):
        found = ask(old, new, before)
        assert found.status == 200
        assert found.stand == Checkpoint(ORIGIN, new, root(new, LOOK))
        assert found.sign == str(found.stand)


def test_it_says_where_it_stands():
    assert ask(0, 130, stand(5))[:2] == (409, "5\n")
    assert ask(3, 130, {})[:2] == (409, "0\n")


def test_another_history_is_refused():
    other = str(made.signed(5, EMPTY, []))
    assert ask(5, 5, stand(5), other)[:2] == (409, "5\n")
    assert ask(4, 5, stand(4), other).status == 422
    assert witness.answer(witness.ask(0, [EMPTY], told(5)).encode(), [LOG], {}).status == 422


def test_who_is_not_known():
    assert ask(0, 5, {}, keys=()).status == 404
    assert ask(0, 5, {}, keys=(Key(ORIGIN, ED25519, public_of(b"x" * 32)),)).status == 403
    forged = Key(ORIGIN, ED25519, public_of(b"y" * 32))
    line = told(5).replace(told(5).rsplit(" ", 1)[1], "")
    from bihuan.core.log.encode import to_base64

    assert ask(0, 5, {}, line + to_base64(forged.id + bytes(64)) + "\n", (forged,)).status == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"old 0\n", b"\xff", b"old x\n\n" + told(5).encode(), b"new 0\n\n" + told(5).encode(),
     b"old 00\n\n" + told(5).encode(), b"old 0\nAAAA\n\n" + told(5).encode(), b"old 0\n\nnothing",
     witness.ask(6, [], told(5)).encode()],
)  # fmt: skip
def test_malformed_requests(body: bytes):
    assert witness.answer(body, [LOG], {}).status == 400


def test_a_proof_has_at_most_63_hashes():
    def status(count: int) -> int:
        return witness.answer(witness.ask(0, [EMPTY] * count, told(5)).encode(), [LOG], {}).status

    assert (status(63), status(64)) == (422, 400)


def test_a_key_for_something_else_is_no_log():
    assert ask(0, 5, {}, keys=(Key(ORIGIN, COSIGNATURE, LOG.public),)).status == 403
