"""Signals in ratings: praise in bursts, praise without a word in a row, from inside, changed after the unit called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bihuan.core.record import record
from bihuan.core.say import Say
from bihuan.core.signal.parts import Found, Rule, found
from bihuan.core.time.instant import DAY

PRAISE = 4  # levels from here on are praise, of 5; under BAD they are bad
BAD = 3


@record
class Rated:
    """One rating: `about` is a case or ticket; `before` the level it changed, `called` whether the unit was in touch."""

    about: str
    unit: str
    window: str
    level: int
    words: bool
    device: str
    source: str
    inside: bool
    at: int
    before: int | None = None
    called: bool = False


Many = Sequence[Rated]
Name = Callable[[str], Say]


def same_device(rated: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Praise of one unit from one device on one day, `many` times."""
    for (unit, _), ones in _praise(rated, lambda one: one.device):
        if len(ones) >= rule["many"]:
            yield _found(rule, (unit,), ones, Say(
                f"同一台设备一天内给{name(unit)} {len(ones)} 次好评",
                f"One device praised {name(unit).en} {len(ones)} times in a day",
            ))  # fmt: skip


def same_source(rated: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Praise of one unit from one address on one day, `many` times within `minutes`."""
    for (unit, _), ones in _praise(rated, lambda one: one.source):
        burst = _burst(ones, rule["many"], rule["minutes"] * 60)
        if burst:
            yield _found(rule, (unit,), burst, Say(
                f"同一来源 {rule['minutes']} 分钟内给{name(unit)} {len(burst)} 次好评",
                f"One source praised {name(unit).en} {len(burst)} times within {rule['minutes']} minutes",
            ))  # fmt: skip


def wordless_run(rated: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Praise without a word at one window, `many` in a row with at most `seconds` from one to the next."""
    windows: dict[tuple[str, str], list[Rated]] = defaultdict(list)
    for each in sorted(rated, key=lambda one: one.at):
        if each.window:
            windows[each.unit, each.window].append(each)
    one: Rated | None
    for (unit, window), ones in sorted(windows.items()):
        run: list[Rated] = []
        for one in [*ones, None]:  # None ends the last run
            quiet = one is not None and one.level >= PRAISE and not one.words
            if one is not None and quiet and (not run or one.at - run[-1].at <= rule["seconds"]):
                run.append(one)
                continue
            if len(run) >= rule["many"]:
                yield _found(rule, (unit, window), run, Say(
                    f"{name(unit)}{window}：{len(run)} 次好评一句话没有，前后相隔不过 {rule['seconds']} 秒",
                    f"{name(unit).en}, {window}: {len(run)} times praise without a word, at most {rule['seconds']} seconds apart",
                ))  # fmt: skip
            run = [one] if one is not None and quiet else []


def from_inside(rated: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Praise that came from the district's own network, `many` for one unit."""
    units: dict[str, list[Rated]] = defaultdict(list)
    for one in rated:
        if one.inside and one.level >= PRAISE:
            units[one.unit].append(one)
    for unit, ones in sorted(units.items()):
        if len(ones) >= rule["many"]:
            yield _found(rule, (unit,), ones, Say(
                f"区里自己的网络给{name(unit)} {len(ones)} 次好评",
                f"{name(unit).en} was praised {len(ones)} times from the district's own network",
            ))  # fmt: skip


def talked_round(rated: Many, rule: Rule, name: Name) -> Iterator[Found]:
    """Bad ratings that turned good after the unit had called, `many` for one unit."""
    units: dict[str, list[Rated]] = defaultdict(list)
    for one in rated:
        if one.called and one.before is not None and one.before < BAD <= one.level:
            units[one.unit].append(one)
    for unit, ones in sorted(units.items()):
        if len(ones) >= rule["many"]:
            yield _found(rule, (unit,), ones, Say(
                f"{name(unit)}联系评价人以后，{len(ones)} 个差评改成了好评；两次都留着",
                f"{len(ones)} bad ratings turned good after {name(unit).en} was in touch; both are kept",
            ))  # fmt: skip


RATED: Mapping[str, Callable[[Many, Rule, Name], Iterator[Found]]] = {
    one.__name__: one for one in (same_device, same_source, wordless_run, from_inside, talked_round)
}


def look_at_ratings(rated: Many, rules: Iterable[Rule], name: Name) -> list[Found]:
    """The leads of these rules, the heaviest first; an unknown signal raises KeyError."""
    leads = [lead for rule in rules for lead in RATED[rule.key](rated, rule, name)]
    return sorted(leads, key=lambda one: (-one.weight, one.signal, one.about))


def _praise(rated: Many, of: Callable[[Rated], str]) -> Iterator[tuple[tuple[str, str], list[Rated]]]:
    groups: dict[tuple[str, str, int], list[Rated]] = defaultdict(list)
    for one in sorted(rated, key=lambda one: one.at):
        if one.level >= PRAISE and of(one):
            groups[one.unit, of(one), one.at // DAY].append(one)
    for (unit, who, _), ones in sorted(groups.items()):
        yield (unit, who), ones


def _burst(ones: Many, many: int, within: int) -> Many:
    """The first run of `many` or more that lies within so many seconds, as long as it goes on; none: empty."""
    for start in range(len(ones)):
        run = [one for one in ones[start:] if one.at - ones[start].at <= within]
        if len(run) >= many:
            return run
    return []


def _found(rule: Rule, about: tuple[str, ...], ones: Many, say: Say) -> Found:
    return found(rule, about, (one.about for one in ones), say)
