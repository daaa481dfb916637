"""A signal in penalties: one fine cut into low ones, which are shown for less long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found, Rule, found


@record
class Fined:
    """A fine as it was decided: `day` is the Day, `amount` in fen, `low` whether it is shown as a low one."""

    number: str
    code: str
    name: str
    unit: str
    matter: str
    day: int
    amount: int
    low: bool


Many = Sequence[Fined]


def split(fines: Many, rule: Rule) -> list[list[Fined]]:
    """One party's low fines for one matter, `many` of them within `days`: for each party and matter the latest such
    days, by code and matter."""
    groups: dict[tuple[str, str], list[Fined]] = {}
    for one in sorted(fines, key=lambda each: (each.day, each.number)):
        if one.code and one.low:
            groups.setdefault((one.code, one.matter), []).append(one)
    near = []
    for _, ones in sorted(groups.items()):
        ends = sorted({one.day for one in ones}, reverse=True)
        close = ([one for one in ones if end - rule["days"] <= one.day <= end] for end in ends)
        near.append(next((some for some in close if len(some) >= rule["many"]), []))
    return [some for some in near if some]


def split_fine(fines: Many, rule: Rule) -> Iterator[Found]:
    """What looks like one fine cut into pieces."""
    for some in split(fines, rule):
        last, yuan = some[-1], sum(one.amount for one in some) // 100
        yield found(rule, (last.unit, last.code), (one.number for one in some), Say(
            f"“{last.name}” {rule['days']} 天里为同一事项被罚 {len(some)} 次，每次都按较低数额公示，合计 {yuan:,} 元",
            f"{last.name!r} was fined {len(some)} times for one matter within {rule['days']} days, each shown as a low fine, {yuan:,} yuan in all",
        ))  # fmt: skip


FINED: Mapping[str, Callable[[Many, Rule], Iterator[Found]]] = {split_fine.__name__: split_fine}


def look_at_fines(fines: Many, rules: Iterable[Rule]) -> list[Found]:
    """The leads of these rules, the heaviest first; an unknown signal raises KeyError."""
    leads = [lead for rule in rules for lead in FINED[rule.key](fines, rule)]
    return sorted(leads, key=lambda one: (-one.weight, one.signal, one.about))
