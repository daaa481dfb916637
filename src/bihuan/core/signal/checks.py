"""Signals in checks: who passes whom, how soon, how evenly, and many endings by one person in one minute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean, pstdev

from bihuan.core.say import Say
from bihuan.core.signal.chance import holm, hypergeometric_tail
from bihuan.core.signal.parts import Check, Found, Rule, Seen, found, odds, per_cent
from bihuan.core.time.instant import text

Pair = tuple[str, str]


def collusion(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A checker who passes one unit's work at first sight far more often than the other checkers do.

    Exact hypergeometric tail given what all checkers found of this unit, over pairs with `least` checks on both
    sides; together at most `level` by accident (Holm). `gap` keeps small differences of large numbers out.
    """
    units: dict[str, list[Check]] = defaultdict(list)
    for check in seen.checks:
        if check.first:
            units[check.unit].append(check)
    chances: dict[Pair, float] = {}
    theirs: dict[Pair, tuple[list[Check], list[Check]]] = {}
    for unit, checks in units.items():
        good = sum(check.good for check in checks)
        for checker in {check.checker for check in checks}:
            own = [check for check in checks if check.checker == checker]
            rest = [check for check in checks if check.checker != checker]
            if min(len(own), len(rest)) >= rule["least"]:
                passed = sum(check.good for check in own)
                chances[checker, unit] = hypergeometric_tail(passed, len(own), good, len(checks))
                theirs[checker, unit] = own, rest
    for (checker, unit), chance in holm(chances, rule["level"]).items():
        own, rest = theirs[checker, unit]
        a, b = fmean(check.good for check in own), fmean(check.good for check in rest)
        if a - b >= rule["gap"]:
            yield found(rule, (checker, unit), (check.number for check in own), _pass(seen, checker, unit, len(own), a, b, chance))  # fmt: skip


def _pass(seen: Seen, checker: str, unit: str, n: int, a: float, b: float, chance: float) -> Say:
    who, whom, by = seen.name(checker), seen.name(unit), odds(chance)
    return Say(
        f"{who}核查{whom} {n} 件，一次通过 {per_cent(a)}；别的核查员核查同一单位通过 {per_cent(b)}。碰巧这样的可能{by}",
        f"{who.en} checked {n} cases of {whom.en} and passed {per_cent(a)} at first; other checkers passed {per_cent(b)} of the same unit. By chance: {by.en}",
    )


def soon_check(seen: Seen, rule: Rule) -> Iterator[Found]:
    """Checks within `minutes` of the feedback, at least `many` of one checker and one unit."""
    soon: dict[Pair, list[Check]] = defaultdict(list)
    for check in seen.checks:
        if check.at - check.worked < rule["minutes"] * 60:
            soon[check.checker, check.unit].append(check)
    for (checker, unit), checks in sorted(soon.items()):
        if len(checks) >= rule["many"]:
            who, whom = seen.name(checker), seen.name(unit)
            yield found(rule, (checker, unit), (check.number for check in checks), Say(
                f"{whom}反馈后 {rule['minutes']} 分钟内就由{who}核查的有 {len(checks)} 件，像是约好的",
                f"{len(checks)} cases of {whom.en} were checked by {who.en} within {rule['minutes']} minutes of the feedback, as if by appointment",
            ))  # fmt: skip


def regular_check(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A checker whose time from feedback to check hardly varies over `least` checks: spread under `spread` of the mean."""
    waits: dict[str, list[Check]] = defaultdict(list)
    for check in seen.checks:
        waits[check.checker].append(check)
    for checker, checks in sorted(waits.items()):
        minutes = [(check.at - check.worked) / 60 for check in checks]
        mean = fmean(minutes)
        if len(checks) >= rule["least"] and mean > 0 and pstdev(minutes) < rule["spread"] * mean:
            who, spread = seen.name(checker), pstdev(minutes)
            yield found(rule, (checker,), (check.number for check in checks), Say(
                f"{who}核查的 {len(checks)} 件，反馈到核查平均 {mean:.0f} 分钟，上下只差 {spread:.1f} 分钟，过于整齐",
                f"{len(checks)} checks by {who.en}: {mean:.0f} minutes after the feedback on average, give or take only {spread:.1f}: too even",
            ))  # fmt: skip


def same_minute(seen: Seen, rule: Rule) -> Iterator[Found]:
    """One person ending at least `many` cases within any 60 seconds."""
    endings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in seen.told:
        line = one.case.line
        for event in one.events:
            action = line.actions.get(event.name)
            final = action is not None and action.to in line.states and line.states[action.to].final
            if final and event.by.isdecimal() and seen.holds(event.at):
                endings[event.by].append((event.at, one.number))
    for person, rows in sorted(endings.items()):
        for at, numbers in _bursts(sorted(rows), rule["many"]):
            who = seen.name(person)
            yield found(rule, (person, text(at)), numbers, Say(
                f"{who}从 {text(at)} 起一分钟内办结 {len(numbers)} 件",
                f"{who.en} ended {len(numbers)} cases within a minute from {text(at)}",
            ))  # fmt: skip


def _bursts(rows: list[tuple[int, str]], many: int) -> Iterator[tuple[int, list[str]]]:
    """Runs of endings in which each window of a minute holds at least `many`; overlapping windows are one."""
    i = 0
    while i < len(rows):
        j = i
        while j + 1 < len(rows) and rows[j + 1][0] - rows[i][0] < 60:
            j += 1
        if j - i + 1 < many:
            i += 1
            continue
        yield rows[i][0], [number for _, number in rows[i : j + 1]]
        i = j + 1
