"""Which of the encodings in use here a text is in: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# what Chinese prose is full of in any subject; text decoded wrongly hits these by chance only
_USUAL = re.compile(
    r"[的一是在和了有人大为不上中国以到年发展业工建设会市政，。、；“”：0-9A-Za-z \n\r\t<>=\"/.-]"
)
_PROSE = 0.12  # least share of usual characters; wrong decodings of Chinese stay below 0.05
_SAMPLE = 200_000


class Undecodable(ValueError):
    """No encoding gives readable text; `at` is the first byte that is not UTF-8."""

    def __init__(self, at: int) -> None:
        super().__init__(f"not text: byte {at}")
        self.at = at


def decode(data: bytes) -> tuple[str, str]:
    """(text, encoding); a mark at the front decides, then strict UTF-8, then the decoding that reads as prose.

    A UTF-8 mark stays in the text, so that offsets index the file decoded as UTF-8. Undecodable if nothing fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise Undecodable(error.start) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _best(data)
        if found is None:
            raise Undecodable(error.start) from error
        return found
    if "\x00" in text:
        found = _best(data)  # UTF-16 without a mark is valid UTF-8 where it holds Latin text only
        if found is None:
            raise Undecodable(data.index(0))
        return found
    return text, "utf-8"


def _best(data: bytes) -> tuple[str, str] | None:
    best, name, share = "", "", _PROSE
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = prose(text)
        if usual > share and "\x00" not in text:
            best, name, share = text, encoding, usual
    return (best, name) if name else None


def prose(text: str) -> float:
    """Share of the characters that Chinese prose is full of."""
    sample = text[:_SAMPLE]
    return len(_USUAL.findall(sample)) / len(sample) if sample else 0.0
