"""How likely a goal is on the readings there are: the band for its picture and a plain sentence with what it rests on."""

from __future__ import annotations

from bihuan.core.report.base_rate import base_rate
from bihuan.core.report.chance import LEAST, Chance, chance
from bihuan.core.say import Say
from bihuan.targets.drawing import Band
from bihuan.targets.paths import GoalPath, unbroken

TENTHS = "零一二三四五六七八九"
SUMS = (8, 3)  # sums of two years and more that the 44 reports allow to test, and in how many places
NO_SUM = Say(
    f"累计还差两年以上，不推算：44 份报告里能验的多年之和只有 {SUMS[0]} 次、{SUMS[1]} 个地方，不足以说准不准",
    f"With two years and more to go the sum is not projected: the 44 reports allow only {SUMS[0]} tests in {SUMS[1]} places",
)


def prospect(way: GoalPath, kind: str) -> tuple[Band | None, tuple[Say, ...]]:
    """The band (None where there is none) and the sentences; `kind` is the goal's, for how often such goals are kept."""
    if way.readings and way.readings[-1].year >= way.goal.year:
        return None, ()  # what happened is known
    alike = base_rate(kind)
    if way.shape == "total":
        return _total(way, alike)
    found = _projected(way, alike)
    if found.refused is not None:
        return None, (*_refused(found.refused), *_alike(alike)) if way.later or way.before else _alike(alike)
    band = Band(found.years, found.median, found.low50, found.high50, found.low90, found.high90)
    return (band if way.shape in ("level", "ceiling") else None), (sentence(found),)


def _total(way: GoalPath, alike: tuple[int, int] | None) -> tuple[Band | None, tuple[Say, ...]]:
    """A sum with one year to go needs that year's figure only, which is projected like any other amount."""
    if not way.later:
        return None, _alike(alike)
    last, by = way.later[-1], way.goal.year
    if last.value >= way.goal.value:
        return None, ()  # reached already
    if by - last.year > 1:
        return None, (*_refused(NO_SUM), *_alike(alike))
    sums = {way.first - 1: 0.0} | {p.year: p.value for p in way.readings}
    years = {y: v - sums[y - 1] for y, v in sums.items() if y - 1 in sums}
    held = {p.year: p.value for p in way.before} | years
    found = chance(sorted(held.items()), way.goal.value - last.value, by, alike)
    if found.refused is not None:
        return None, (*_refused(found.refused), *_alike(alike))
    lines = (found.median, found.low50, found.high50, found.low90, found.high90)
    return Band((last.year, by), *((last.value, last.value + line[-1]) for line in lines)), (sentence(found),)


def _projected(way: GoalPath, alike: tuple[int, int] | None) -> Chance:
    aim, by = way.goal.value, way.goal.year
    if way.shape == "level":
        held = {p.year: p.value for p in ((way.base,) if way.base else ()) + way.readings if p}
        kind = "rate" if way.unit == "%" else "amount"
        falling = way.base is not None and aim < way.base.value
        rate = way.rate if way.at_rate and kind == "amount" else None
        return chance(sorted(held.items()), aim, by, alike, kind=kind, ceiling=falling, rate=rate)
    if way.shape == "growth" and by > way.first:
        return _index(way, alike)
    held = {p.year: p.value for p in (*way.before, *way.readings)}
    kind = {"growth": "growth", "ceiling": "rate" if way.unit == "%" else "amount"}.get(way.shape, "amount")
    return chance(sorted(held.items()), aim, by, alike, kind=kind, ceiling=way.shape == "ceiling")


def _index(way: GoalPath, alike: tuple[int, int] | None) -> Chance:
    """A mean growth over several years is a level of the index that begins at 100."""
    rates, index = unbroken(way.readings, way.first), [(way.first - 1, 100.0)]
    for point in rates:
        index.append((point.year, index[-1][1] * (1 + point.value / 100)))
    if len(rates) < LEAST:  # the beginning is no reading
        index = index[1:]
    aim = 100 * (1 + way.goal.value / 100) ** (way.goal.year - way.first + 1)
    return chance(index, aim, way.goal.year, alike)


def sentence(found: Chance) -> Say:
    """按现有 3 个读数推算，达到的可能约六成（四成到八成，只是大概）；依据：…"""
    assert found.probability is not None and found.low is not None and found.high is not None
    assert found.sure is not None
    zh, en = tenths(found.probability), f"{found.probability:.0%}"
    span = f"{tenths(found.low, False)}到{tenths(found.high, False)}"
    rests, rests_en = "；".join(found.rests_on), "; ".join(one.en for one in found.rests_on)
    return Say(
        f"按现有 {found.n} 个读数推算，达到的可能{zh}（{span}，{found.sure}）。依据：{rests}。",
        f"From the {found.n} readings the goal is reached in about {en} of cases ({found.low:.0%} to {found.high:.0%}, "
        f"{found.sure.en}). It rests on: {rests_en}.",
    )


def tenths(share: float, about: bool = True) -> str:
    """约六成; at the ends 不到一成 and 九成以上."""
    if share < 0.095:
        return "不到一成"
    if share > 0.905:
        return "九成以上"
    return f"{'约' if about else ''}{TENTHS[min(9, max(1, round(share * 10)))]}成"


def _refused(why: Say) -> tuple[Say, ...]:
    return (Say(f"{why}。", f"{why.en}."),)


def _alike(alike: tuple[int, int] | None) -> tuple[Say, ...]:
    if not alike or not alike[1]:
        return ()
    kept, judged = alike
    silent = (
        Say("；没再提起的不在内，所以偏高", "; those never mentioned again are left out, so this is too high")
        if kept
        else Say("", "")
    )
    return (
        Say(
            f"同类目标在 44 份报告里能比的有 {judged} 个，做到 {kept} 个{silent}。",
            f"Of {judged} such goals in 44 reports that could be compared, {kept} were kept{silent.en}.",
        ),
    )
