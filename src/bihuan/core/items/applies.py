"""What applies to somebody: the items of an occasion, by a few plain answers, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bihuan.core.items.parts import TARGETS, Power
from bihuan.core.say import Say

YES, NO = "yes", "no"
WORD = {YES: Say("是", "yes"), NO: Say("不是", "no")}


@dataclass(frozen=True, slots=True)
class Condition:
    """A power applies only where a fact was answered so; `basis` says where that stands, if not in its own name."""

    power: str
    fact: str
    answer: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One power: `applies` is None while a question is open."""

    power: Power
    applies: bool | None
    why: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """The powers of an occasion: what applies, what hangs on an open question, what does not apply."""

    yes: list[Verdict] = field(default_factory=list)
    open: list[Verdict] = field(default_factory=list)
    no: list[Verdict] = field(default_factory=list)


def asked(powers: Iterable[str], conditions: Sequence[Condition]) -> list[str]:
    """The facts that matter for these powers, in the order of the table."""
    wanted = set(powers)
    return list(dict.fromkeys(one.fact for one in conditions if one.power in wanted))


def sort(
    powers: Sequence[Power], targets: Mapping[str, str], who: str, occasion: Say, conditions: Sequence[Condition],
    facts: Mapping[str, Say], answers: Mapping[str, str],
) -> Sorted:  # fmt: skip
    """Sort the powers of an occasion; `targets` says whom each is for, `answers` are yes or no by fact."""
    found = Sorted()
    for power in powers:
        own = [one for one in conditions if one.power == power.code]
        verdict = _verdict(power, targets[power.code], who, occasion, own, facts, answers)
        {True: found.yes, None: found.open, False: found.no}[verdict.applies].append(verdict)
    return found


def _verdict(
    power: Power, target: str, who: str, occasion: Say, conditions: Sequence[Condition], facts: Mapping[str, Say],
    answers: Mapping[str, str],
) -> Verdict:  # fmt: skip
    if target not in (who, "both"):
        to = TARGETS[target]
        return Verdict(power, False, (Say(f"只对{to}", f"For {to.en} only"),))
    against = [one for one in conditions if answers.get(one.fact, one.answer) != one.answer]
    if against:
        return Verdict(power, False, tuple(_said(one, facts, answers[one.fact]) for one in against))
    missing = [one for one in conditions if one.fact not in answers]
    if missing:
        return Verdict(power, None, tuple(facts[one.fact] for one in missing))
    if not conditions:
        return Verdict(
            power, True, (Say(f"“{occasion}”都要看这一项", f"It belongs to “{occasion.en}” in any case"),)
        )
    return Verdict(power, True, tuple(_said(one, facts, one.answer) for one in conditions))


def _said(one: Condition, facts: Mapping[str, Say], answer: str) -> Say:
    fact, word = facts[one.fact], WORD[answer]
    basis = f"（{one.basis}）" if one.basis else ""
    basis_en = f" ({one.basis})" if one.basis else ""
    return Say(f"{fact}{word}{basis}", f"{fact.en} {word.en}{basis_en}")
