"""Which pairs of characters the reports of most places share; prints core/report/shared_pairs.py."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

SHARED_BY = 6  # of nine places
WIDTH = 100
HEAD = '''"""Pairs of characters that the work reports of at least six of nine places share: what is left of a name is its own.

Made by `python -m bench.pairs FILE...` from 45 public reports of 2012 to 2017; a place is the start of a file name.
"""

from __future__ import annotations

# each word: a first character, then every character that commonly follows it
_TABLE = """
'''
TAIL = '''"""
PAIRS = frozenset(word[0] + c for word in _TABLE.split() for c in word[1:])


def own_part(name: str) -> str:
    """The characters of a name that no common pair covers: nothing of 服务平台, all of 鲁能城."""
    common = [False] * len(name)
    for i in range(len(name) - 1):
        if name[i : i + 2] in PAIRS:
            common[i] = common[i + 1] = True
    return "".join(c for c, known in zip(name, common, strict=True) if not known)
'''


def pairs(files: list[Path]) -> dict[str, str]:
    """First characters with the characters that follow them in the reports of enough places."""
    places: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for run in re.findall(r"[\u4e00-\u9fff]+", file.read_text(encoding="utf-8")):
            for i in range(len(run) - 1):
                places[run[i : i + 2]].add(file.stem.rsplit("-", 1)[0])
    table: dict[str, str] = defaultdict(str)
    for pair in sorted(p for p, by in places.items() if len(by) >= SHARED_BY):
        table[pair[0]] += pair[1]
    return table


def main() -> None:
    """Print the module."""
    lines, line = [], ""
    for first, rest in pairs([Path(a) for a in sys.argv[1:]]).items():
        word = first + rest
        if len(line) + len(word) + 1 > WIDTH and line:
            lines.append(line)
            line = ""
        while len(word) > WIDTH:
            lines.append(word[:WIDTH])
            word = first + word[WIDTH:]
        line = f"{line} {word}".strip()
    sys.stdout.write(HEAD + "\n".join([*lines, line]) + "\n" + TAIL)


if __name__ == "__main__":
    main()
