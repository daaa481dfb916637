"""Every formula of every line reads as a sentence, with no key of the files left in it."""

from __future__ import annotations

import re

import pytest

from bihuan.core.score.words import counted_words
from bihuan.lines import all_lines
from bihuan.lines.scores import indicators

KEY = re.compile(r"[a-z]{3,}")
LINES = [line for versions in all_lines().values() for line in versions.values()]


@pytest.mark.parametrize("line", LINES, ids=[f"{line.code}-{line.version_text}" for line in LINES])
def test_a_formula_is_a_chinese_sentence(line) -> None:  # type: ignore[no-untyped-def]
    for one in indicators(line):
        for counted in (one.numerator, one.denominator, *(out.counted for out in one.exclude)):
            said = counted_words(counted, line)
            assert not KEY.search(str(said)) and "_" not in said.en, (one.key, said, said.en)
