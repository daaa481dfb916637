"""Base64 and decimals that have one spelling each, so that no two texts say the same."""

from __future__ import annotations

from base64 import b64decode, b64encode

from bihuan.core.log.doubt import Doubt


def to_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return b64encode(data).decode("ascii")


def from_base64(text: str, size: int | None = None) -> bytes:
    """The bytes of canonical base64; of exactly `size` bytes where it is given, else Doubt."""
    try:
        data = b64decode(text, validate=True)
    except ValueError as error:
        raise Doubt("base64 写得不对", "the base64 is malformed") from error
    if to_base64(data) != text:
        raise Doubt("base64 不是规范写法", "the base64 is not the canonical spelling")
    if size is not None and len(data) != size:
        raise Doubt(f"应为 {size} 字节，实为 {len(data)}", f"expected {size} bytes, found {len(data)}")
    return data


def from_decimal(text: str) -> int:
    """A number from 0 to 2^63 - 1 in ASCII digits without leading zeros, else Doubt."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        raise Doubt(f"数字写得不对：{text[:30]}", f"the number is malformed: {text[:30]}")
    number = int(text)
    if number >= 1 << 63:
        raise Doubt(f"数字太大：{text}", f"the number is too large: {text}")
    return number
