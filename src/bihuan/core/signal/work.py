"""Signals in what units do with their work: reported done and found undone, sent back as soon as it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bihuan.core.say import Say
from bihuan.core.signal.parts import Found, Rule, Seen, Told, found, odds, per_cent
from bihuan.core.signal.times import Mark, outliers


def undone(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A unit whose work is found undone far more often than that of others: the first check fails, or whoever reported
    it says that it is not fixed. `floor` is a share that is no oddity by itself."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for check in seen.checks:
        if check.first:
            again = check.good and _later(seen.by_number[check.number], seen.words["again"], check.at)
            marks[check.unit].append((check.number, again or not check.good))
    for unit, odd, n, base, chance in outliers(marks, rule, rule["floor"]):
        who, by = seen.name(unit), odds(chance)
        yield found(rule, (unit,), odd, Say(
            f"{who}报完成的 {n} 件，核查不过或者居民说没修好的 {len(odd)} 件，占 {per_cent(len(odd) / n)}；别的单位占 {per_cent(base)}。碰巧这样的可能{by}",
            f"Of {n} cases {who.en} reported done, {len(odd)} were found undone, {per_cent(len(odd) / n)}; elsewhere {per_cent(base)}. By chance: {by.en}",
        ))  # fmt: skip


def _later(one: Told, name: str, at: int) -> bool:
    return any(event.name == name and event.at > at for event in one.events)


def returned(seen: Seen, rule: Rule) -> Iterator[Found]:
    """A unit that asks to return what it is given far more often than others; how many were agreed is said beside it,
    since a wrong dispatch is no fault of the unit."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    agreed: dict[str, int] = defaultdict(int)
    for one in seen.told:
        given = ""
        for event, parties in zip(one.events, one.parties, strict=True):
            if event.name == seen.words["sent"] and seen.holds(event.at):
                given = parties.get(seen.words["party"], "")
                marks[given].append((one.number, False))
            elif given and event.name == seen.words["back"]:
                marks[given][-1] = (one.number, True)
            elif given and event.name == seen.words["agreed"]:
                agreed[given] += 1
                given = ""
    for unit, odd, n, base, chance in outliers(marks, rule, rule["floor"]):
        who, by, right = seen.name(unit), odds(chance), agreed[unit]
        yield found(rule, (unit,), odd, Say(
            f"派给{who} {n} 次，申请退回 {len(odd)} 次，占 {per_cent(len(odd) / n)}（其中同意退回 {right} 次）；别的单位占 {per_cent(base)}。碰巧这样的可能{by}",
            f"{who.en} was given {n} cases and asked to return {len(odd)}, {per_cent(len(odd) / n)} ({right} agreed); elsewhere {per_cent(base)}. By chance: {by.en}",
        ))  # fmt: skip
