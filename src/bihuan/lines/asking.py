"""What a form may not ask of people: what the district holds already, and proofs that no law lets it ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bihuan.core.line.parts import Fault, Line
from bihuan.core.rows import read_rows
from bihuan.core.say import Say
from bihuan.lines.forms import FILE, Field, fields

HERE = Path(__file__).parent
PROOF = "证明"


@dataclass(frozen=True, slots=True)
class Held:
    """Something the government has: who has it, and the provision by which it is not asked for again."""

    key: str
    title: Say
    words: tuple[str, ...]
    holder: str
    basis: str


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry of the list of proofs (证明事项清单): the law that lets somebody ask for it, and who issues it."""

    key: str
    title: Say
    basis: str
    asked_by: str
    issued_by: str


@cache
def held() -> tuple[Held, ...]:
    """What the district holds, from held.csv."""
    rows = read_rows((HERE / "held.csv").read_text(encoding="utf-8"), "held.csv", ("key", "zh", "en", "words", "holder", "basis"))  # fmt: skip
    return tuple(
        Held(r["key"], Say(r["zh"], r["en"]), tuple(r["words"].split(";")), r["holder"], r["basis"]) for r in rows
    )  # fmt: skip


@cache
def proofs() -> dict[str, Proof]:
    """The proofs that may be asked for, from proofs.csv by key."""
    rows = read_rows((HERE / "proofs.csv").read_text(encoding="utf-8"), "proofs.csv", ("key", "zh", "en", "basis", "asked_by", "issued_by"))  # fmt: skip
    return {r["key"]: Proof(r["key"], Say(r["zh"], r["en"]), r["basis"], r["asked_by"], r["issued_by"]) for r in rows}  # fmt: skip


def check_asking(line: Line) -> list[Fault]:
    """Faults of every file that a form asks of people without being allowed to; staff may attach what they have."""
    return [
        Fault(FILE, f"action.{action}.{field.key}", reason)
        for action in line.actions
        if of_people(line, action)
        for field in fields(line, action)
        for reason in refused(field)
    ]


def of_people(line: Line, action: str) -> bool:
    """Whether somebody outside the offices fills in this action's form."""
    return any(
        name == "opening" or (name in line.roles and not line.roles[name].post)
        for name in line.actions[action].by
    )


def refused(field: Field) -> Iterator[Say]:
    """Why people may not be asked for this file."""
    if field.kind not in ("file", "photo"):
        return
    for one in held():
        if any(word in field.label for word in one.words):
            yield Say(
                f"不得要求提交“{field.label}”：{one.holder}已有（{one.basis}：通过数据共享能够获得的信息，不得要求另行提供）",
                f"“{field.label.en}” may not be asked for: {one.holder} has it ({one.basis})",
            )
    if field.proof and field.proof not in proofs():
        yield Say(f"证明事项清单里没有“{field.proof}”", f"no {field.proof!r} on the list of proofs")
    elif PROOF in field.label and not field.proof:
        yield Say(
            f"不得索要“{field.label}”：不在证明事项清单里（优化营商环境条例 §44：清单之外不得索要证明）",
            f"“{field.label.en}” may not be asked for: it is not on the list of proofs (优化营商环境条例 §44)",
        )
