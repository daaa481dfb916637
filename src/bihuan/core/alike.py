"""Whether two titles name the same thing, however they are punctuated: for telling a repeated task."""

from __future__ import annotations

import unicodedata
from collections import Counter
from fractions import Fraction
from itertools import pairwise


def bare(title: str) -> str:
    """The title without blanks and punctuation, wide and narrow signs alike, letters small."""
    wide = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in wide if sign.isalnum())


def alike(one: str, other: str) -> Fraction:
    """How alike two titles are, 0 to 1: twice the pairs of neighbouring signs in common over all pairs (Dice)."""
    a, b = bare(one), bare(other)
    if a == b:
        return Fraction(1)
    pairs, others = (Counter(pairwise(text)) for text in (a, b))
    total = pairs.total() + others.total()
    return Fraction(2 * (pairs & others).total(), total) if total else Fraction(0)
