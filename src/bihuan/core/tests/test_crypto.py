"""Hashes and signatures against the examples of their standards, and against OpenSSL."""

import hmac
import os
import shutil
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from bihuan.core.crypto import sm2
from bihuan.core.crypto.hashes import NAMES, SHA256, SM3, digest, digests
from bihuan.core.crypto.suites import Suite, suite

SECRET = bytes.fromhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
PUBLIC = bytes.fromhex(
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SAID = b"message digest"
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_is_that_of_the_standard(said: bytes, known: str):
    """GB/T 32905-2016, annex A."""
    assert digest("sm3", said).hex() == known
    assert digests("sm3", said[:2], [said[2:], b""])[0].hex() == known


def test_sha256_is_that_of_the_standard():
    """FIPS 180-4, the example of one block."""
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("sha256", b"abc").hex() == digests("sha256", b"a", [b"bc"])[0].hex() == known
    assert (NAMES[SHA256], NAMES[SM3]) == ("sha256", "sm3")


def test_sm2_verifies_the_example_of_the_standard():
    """GB/T 32918.5-2017, annex A.2."""
    signature = bytes.fromhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )
    assert sm2.public_of(SECRET) == PUBLIC
    assert sm2.signed(PUBLIC, SAID, signature)


def test_sm2_signs_the_same_each_time():
    signature = sm2.sign(SECRET, SAID)
    assert signature == sm2.sign(SECRET, SAID)
    assert signature.hex() == (
        "8359cd32a87ebf0f14a58f57fc93581a8f98271c669c4c364db3af9f48ed71d2"
        "60ef3fba96cb9badaee1496ecc2b4c655caa3db117115007a798d4f015da1652"
    )
    assert sm2.sign(SECRET, b"another")[:32] != signature[:32]
    assert sm2.sign(bytes(31) + b"\1", SAID)[:32] != signature[:32]


@pytest.mark.parametrize("said", [SAID, b"10", b"451"])  # the second has a short s, the third a short r
def test_openssl_verifies_what_sm2_signs(said: bytes, tmp_path: Path):
    signature = sm2.sign(SECRET, said)
    assert sm2.signed(PUBLIC, said, signature)
    assert (signature[0] == 0, signature[32] == 0) == (said == b"451", said == b"10")
    if shutil.which("openssl") is None and os.environ.get("BIHUAN_OPENSSL") != "required":
        pytest.skip("OpenSSL's command is not installed (Debian: openssl)")
    for bits, verdict in ((signature, 0), (signature[:-1] + bytes([signature[-1] ^ 1]), 1)):
        assert openssl(said, bits, tmp_path) == verdict


def openssl(said: bytes, signature: bytes, folder: Path) -> int:
    """0 where OpenSSL takes the signature."""
    numbers = [int.from_bytes(signature[i : i + 32], "big") for i in (0, 32)]
    whole = b"".join(der(2, one.to_bytes(one.bit_length() // 8 + 1, "big")) for one in numbers)
    kind = der(6, bytes.fromhex("2a8648ce3d0201")) + der(6, bytes.fromhex("2a811ccf5501822d"))
    (folder / "key").write_bytes(der(0x30, der(0x30, kind) + der(3, b"\0" + PUBLIC)))
    (folder / "said").write_bytes(said)
    (folder / "signature").write_bytes(der(0x30, whole))
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in said -sigfile signature -digest sm3"
    who = ["-pkeyopt", f"distid:{sm2.WHO.decode()}"]
    return subprocess.run([*command.split(), *who], cwd=folder, capture_output=True).returncode


def der(kind: int, body: bytes) -> bytes:
    return bytes((kind, len(body))) + body


def test_what_sm2_did_not_sign():
    signature, one = sm2.sign(SECRET, SAID), (1).to_bytes(32, "big")
    for at in range(0, 64, 7):
        assert not sm2.signed(PUBLIC, SAID, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :])
    assert not sm2.signed(PUBLIC, SAID + b".", signature)
    assert not sm2.signed(sm2.public_of(one), SAID, signature)
    order = ORDER.to_bytes(32, "big")
    for wrong in (
        b"",
        signature[:-1],
        signature + b"\0",
        bytes(64),
        one + bytes(32),
        order + one,
        one + order,
    ):
        assert not sm2.signed(PUBLIC, SAID, wrong)
    assert not sm2.signed(PUBLIC, SAID, one + (ORDER - 1).to_bytes(32, "big"))  # r + s = n


@pytest.mark.parametrize(
    "public",
    [
        b"", b"\0", PUBLIC[:-1], PUBLIC + b"\0", b"\2" + PUBLIC[1:33], b"\6" + PUBLIC[1:],
        PUBLIC[:-1] + b"\0", b"\4" + bytes(64), b"\4" + b"\xff" * 64,
    ],
)  # fmt: skip
def test_what_is_no_point_verifies_nothing(public: bytes):
    assert not sm2.signed(public, SAID, sm2.sign(SECRET, SAID))


@pytest.mark.parametrize("secret", [bytes(32), b"\1" * 31, (ORDER - 1).to_bytes(32, "big"), b"\xff" * 32])
def test_a_secret_out_of_range_is_refused(secret: bytes):
    with pytest.raises(ValueError, match="from 1 to n - 2"):
        sm2.public_of(secret)


def test_the_smallest_and_the_largest_secret_sign():
    for number in (1, ORDER - 2):
        secret = number.to_bytes(32, "big")
        assert sm2.signed(sm2.public_of(secret), SAID, sm2.sign(secret, SAID))


def test_a_number_out_of_range_is_followed_by_another():
    """RFC 6979 §3.2 h; it happens once in 2^32 signatures."""
    first, second, third = islice(sm2._numbers(SECRET, digest("sm3", SAID)), 3)
    mac = lambda key, data: hmac.digest(key, data, "sm3")  # noqa: E731
    reduced = (int.from_bytes(digest("sm3", SAID), "big") % ORDER).to_bytes(32, "big")
    key = mac(bytes(32), b"\1" * 32 + b"\0" + SECRET + reduced)
    value = mac(key, b"\1" * 32)
    key = mac(key, value + b"\1" + SECRET + reduced)
    value = mac(key, mac(key, value))
    assert first == int.from_bytes(value, "big")
    key = mac(key, value + b"\0")
    assert second == int.from_bytes(mac(key, mac(key, value)), "big")
    assert len({first, second, third}) == 3


def test_suites():
    assert (suite("intl"), suite("gm")) == (Suite(SHA256, False), Suite(SM3, True))
    with pytest.raises(ValueError, match="intl or gm"):
        suite("sm")
