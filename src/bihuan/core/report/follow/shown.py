"""How verdicts and sentences are shown: a mark and a word, and the words around a figure."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.core.report.follow.shapes import Followed, Following, Statement
from bihuan.core.say import Say

MARKS = {"kept": "✓", "partly": "◐", "not": "✗", "base_changed": "≠", "dropped": "—", "incomparable": "?"}
COLOURS = {  # of the word on its tint, 4.5 : 1 and more
    "kept": ("#1D6B43", "#E3F3EA"), "partly": ("#855000", "#FFF0D4"), "not": ("#B3261E", "#FDEBE8"),
    "base_changed": ("#5A4A86", "#EFECF7"), "dropped": ("#40545B", "#E8EEEF"), "incomparable": ("#40545B", "#FFFFFF"),
}  # fmt: skip
RATED = ("kept", "partly", "not")


def said(say: Say, english: bool) -> str:
    """A sentence in the language asked for."""
    return say.en if english else str(say)


def cut(one: Statement, before: int = 36, after: int = 30) -> tuple[str, str, str]:
    """(left, mark, right): the sentence around what it is about, cut with … to so many characters."""
    a, b = one.span[0] - one.sentence_span[0], one.span[1] - one.sentence_span[0]
    left, right = one.sentence[:a], one.sentence[b:]
    if len(left) > before:
        left = "…" + left[-before:]
    if len(right) > after:
        right = right[:after] + "…"
    return tuple(" ".join(part.split("\n")) for part in (left, one.sentence[a:b], right))  # type: ignore[return-value]


def title(found: Following) -> Say:
    """Place and years."""
    years = f"{found.years[0]}–{found.years[-1]}" if found.years else ""
    return Say(f"{found.place}{years}年的承诺", f"Promises of {found.place}, {years}")


def finding(found: Following) -> Say:
    """The first thing to know: how many goals that can be judged were kept."""
    met = found.met
    if not met.judged:
        return Say("还没有能评的数字目标", "No numeric goal can be judged yet")
    dropped = sum(p.verdict == "dropped" for p in found.pairs)
    return Say(
        f"能评的{met.judged}个数字目标，做到{met.kept}个，部分做到{met.partly}个，没有做到{met.missed}个；另有{dropped}个承诺次年不再提起",
        f"Of {met.judged} numeric goals that can be judged {met.kept} were kept, {met.partly} in part, {met.missed} not; "
        f"{dropped} promises were silently dropped",
    )  # fmt: skip


def by_year(pairs: Sequence[Followed]) -> dict[int, list[Followed]]:
    """Pairs with a verdict worth showing by the year they were due, in the order of the text."""
    out: dict[int, list[Followed]] = {}
    for pair in pairs:
        if pair.verdict in MARKS:
            out.setdefault(pair.due, []).append(pair)
    return dict(sorted(out.items()))


def rows(found: Following) -> dict[str, dict[int, Followed]]:
    """The grid: indicators that were judged at least once, most often judged first, each with its pair by year."""
    numeric = [p for p in found.pairs if p.numeric and p.verdict in MARKS]
    judged = [p.promise.name for p in numeric if p.verdict in RATED]
    names = sorted(dict.fromkeys(judged), key=lambda name: -judged.count(name))
    grid: dict[str, dict[int, Followed]] = {name: {} for name in names}
    for pair in numeric:
        if (years := grid.get(pair.promise.name)) is not None:
            held = years.get(pair.due)
            if held is None or held.verdict not in RATED:  # a verdict says more than a refusal
                years[pair.due] = pair
    return grid


def answered(found: Following) -> tuple[int, ...]:
    """The years whose promises a report of the next year can answer."""
    return tuple(year for year in found.years if year + 1 in found.years)


def missing(found: Following) -> Say | None:
    """Years in between of which there is no report; None where there is one of each."""
    if not found.missing:
        return None
    years = "、".join(map(str, found.missing))
    return Say(f"缺这些年的报告：{years}", f"Reports missing: {years.replace('、', ', ')}")


def waiting(found: Following) -> Say | None:
    """What cannot be judged yet, for want of a report; None where nothing waits."""
    years = [year for year in found.years if year + 1 not in found.years]
    if not years:
        return None
    return Say(
        f"还没有次年的报告、不能评的年份：{'、'.join(map(str, years))}",
        f"Not to be judged yet for want of the next year's report: {', '.join(map(str, years))}",
    )


def counts(found: Following) -> dict[str, int]:
    """How many pairs of each verdict, those without a mark left out."""
    return {verdict: sum(p.verdict == verdict for p in found.pairs) for verdict in MARKS}
