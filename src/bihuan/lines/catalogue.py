"""Finding a matter of a line by what people write: its full key, a bare code, or its name."""

from __future__ import annotations

from bihuan.core.line.parts import Line, Matter
from bihuan.core.say import Say

WIDE = str.maketrans("０１２３４５６７８９：", "0123456789:")


class NoMatter(LookupError):
    """No matter, or more than one, answers to a text; `.say` is the sentence, `.found` the candidates."""

    def __init__(self, say: Say, found: tuple[Matter, ...] = ()) -> None:
        self.say = say
        self.found = found
        super().__init__(f"{say} | {say.en}")


def matters_on(line: Line, day: int) -> tuple[Matter, ...]:
    """The rows of the catalogue in force on a Day, in the order of the file."""
    rows = (
        next((row for row in reversed(dated) if row.since <= day), None) for dated in line.matters.values()
    )
    return tuple(row for row in rows if row is not None)


def find_matter(line: Line, text: str, day: int | None = None) -> Matter:
    """The one matter meant by "管理事项:06042", "06042" or its Chinese or English name; else NoMatter.

    A bare code that both kinds have is refused with both named: 01001 is a cover and a faulty cover.
    """
    wanted = text.strip().translate(WIDE)
    rows = matters_on(line, line.version if day is None else day)
    for match in (_by_key, _by_code, _by_name):
        found = tuple(row for row in rows if match(row, wanted))
        if len(found) == 1:
            return found[0]
        if found:
            zh = "、".join(f"{row.code} {row.name}" for row in found)
            en = ", ".join(f"{row.code} {row.name_en}" for row in found)
            raise NoMatter(
                Say(
                    f"“{text}”有 {len(found)} 个:{zh}。请写明是哪一类",
                    f"{text!r} is {len(found)} matters: {en}. Say which kind",
                ),
                found,
            )
    raise NoMatter(Say(f"{line.title}没有事项“{text}”", f"{line.title.en} has no matter {text!r}"))


def _by_key(row: Matter, wanted: str) -> bool:
    return row.code == wanted


def _by_code(row: Matter, wanted: str) -> bool:
    return bool(wanted) and row.columns.get("code5") == wanted


def _by_name(row: Matter, wanted: str) -> bool:
    return bool(wanted) and (row.name == wanted or row.name_en.casefold() == wanted.casefold())
