"""The fairness report of a draw in sentences: what holds (ok), what does not (bad), what a person should look at (open)."""

from __future__ import annotations

from bihuan.core.draw.checks import Check, Verdict
from bihuan.core.draw.fairness import Even, Fairness, Load
from bihuan.core.draw.words import fill, rarely

SAYS: dict[str, tuple[str, str]] = {
    "chance": ("{stratum} 类 {listed} 个抽 {drawn} 个，每个的机会正好是 {chance}", "class {stratum}: {drawn} of {listed} are drawn, the chance of each is exactly {chance}"),
    "chance_all": ("{stratum} 类 {listed} 个全部抽中", "class {stratum}: all {listed} are drawn"),
    "chance_none": ("{stratum} 类 {listed} 个，一个不抽", "class {stratum}: none of {listed} is drawn"),
    "bias": ("公开值共 {bits} 比特。封存以前试过约一百万份（2²⁰）名单的人，最多能把机会相对抬高{small}；试过约一百亿亿份（2⁶⁰）的，{large}", "the public values hold {bits} bits: whoever tried about a million rosters (2²⁰) before sealing could raise a chance by at most {small}, relatively; with 2⁶⁰, {large}"),
    "bias_wide": ("公开值共 {bits} 比特，试过约一百亿亿份（2⁶⁰）名单的人最多能把机会相对抬高{large}，超过千万分之一", "the public values hold {bits} bits: with 2⁶⁰ rosters tried a chance could be raised by {large}, relatively; more than one in ten million"),
    "bias_nothing": ("公开值共 {bits} 比特。没有一类是抽一部分的，抬高机会无从谈起", "the public values hold {bits} bits; no class is drawn in part, so there is no chance to raise"),
    "even": ("{name} 类：模拟 {seeds} 次，{members} 个被抽中的次数一样均匀（χ² = {chi}，偏离 {away} 个标准差，不到 4 个）", "class {name}: over {seeds} simulated draws its {members} members come out evenly (χ² = {chi}, {away} standard deviations away, under 4)"),
    "even_not": ("{name} 类：模拟 {seeds} 次，{members} 个被抽中的次数不均匀（χ² = {chi}，偏离 {away} 个标准差）", "class {name}: over {seeds} simulated draws its {members} members do not come out evenly (χ² = {chi}, {away} standard deviations away)"),
    "alike": ("{name} 池：回避相同的 {members} 名检查人员可以互换，{seeds} 次模拟里轮到第一家的次数一样均匀（χ² = {chi}，偏离 {away} 个标准差）", "pool {name}: its {members} inspectors with the same relations are exchangeable; over {seeds} simulations each goes first equally often (χ² = {chi}, {away} standard deviations away)"),
    "alike_not": ("{name} 池：回避相同的 {members} 名检查人员轮到第一家的次数不均匀（χ² = {chi}，偏离 {away} 个标准差）", "pool {name}: its {members} inspectors with the same relations do not go first equally often (χ² = {chi}, {away} standard deviations away)"),
    "load": ("{pool} 池 {people} 人，每人 {least} 至 {greatest} 户，相差 {spread}，不超过 {most}", "pool {pool}, {people} inspectors: {least} to {greatest} visits each, a spread of {spread}, at most {most}"),
    "load_wide": ("{pool} 池 {people} 人，每人 {least} 至 {greatest} 户，相差 {spread}；回避最多的一人占本池 {barred}，为什么相差这么多，要有人看", "pool {pool}, {people} inspectors: {least} to {greatest} visits each, a spread of {spread}; one of them avoids {barred} of the pool's subjects; a person should look why it is so wide"),
    "served": ("应当回避的一对也没有派", "no pair that must be avoided was sent"),
    "served_not": ("派了 {n} 对应当回避的", "{n} pairs that must be avoided were sent"),
    "short": ("每一户都派足了人", "every visit has its full team"),
    "short_some": ("共缺 {n} 人，要从方案写明的候补池再抽", "{n} places in teams are empty and are drawn anew from the fallback pool of the plan"),
    "declared": ("登记回避最多的是 {iid}，{pairs} 户，占本池 {subjects} 户的 {share}，不超过 2 %", "{iid} declares the most relations, {pairs} of the pool's {subjects} subjects ({share}), no more than 2 %"),
    "declared_none": ("没有人登记回避", "nobody declared a relation"),
    "declared_many": ("{iid} 登记回避 {pairs} 户，占 {pool} 池 {subjects} 户的 {share}，超过 2 %，要有人看", "{iid} declares relations with {pairs} of the {subjects} subjects of pool {pool} ({share}), more than 2 %: a person should look"),
    "declared_hidden": ("回避表不公开，这里看不到每个人登记了多少；司法局和纪检看得到", "the avoid list is not public, so how many each declared is not seen here; the auditors see it"),
}  # fmt: skip
PROMISED = 1e-7  # trust §4: what 2^60 tries may gain at most


def told(report: Fairness) -> list[Check]:
    """The report line by line, in the order a reader follows."""
    lines = [_chance(one.stratum, one.listed, one.drawn, str(one.chance)) for one in report.chances]
    lines.append(_bias(report))
    lines += [_evenly("even", one) for one in report.even]
    lines += [_evenly("alike", one) for one in report.alike]
    if report.loads is not None:
        lines += [_load(one) for one in report.loads]
    if report.served is not None and report.loads:
        lines.append(
            _line("served", "bad", "served_not", n=report.served)
            if report.served
            else _line("served", "ok", "served")
        )
    if report.short is not None and report.loads:
        lines.append(
            _line("short", "open", "short_some", n=report.short)
            if report.short
            else _line("short", "ok", "short")
        )
    return lines + _declared(report)  # fmt: skip


def _line(name: str, verdict: Verdict, code: str, /, **facts: object) -> Check:
    return Check(name, verdict, code, fill(*SAYS[code], facts))


def _chance(stratum: str, listed: int, drawn: int, chance: str) -> Check:
    code = "chance_none" if not drawn else "chance_all" if drawn == listed else "chance"
    return _line(
        "chance", "ok", code, stratum=stratum, listed=f"{listed:,}", drawn=f"{drawn:,}", chance=chance
    )


def _bias(report: Fairness) -> Check:
    small, large = (max((one.gains[at] for one in report.chances), default=0.0) for at in (0, 1))
    if not large:
        return _line("bias", "ok", "bias_nothing", bits=f"{report.bits:.1f}")
    facts = {"bits": f"{report.bits:.1f}", "small": rarely(small), "large": rarely(large)}
    return _line("bias", "ok", "bias", **facts) if large <= PROMISED else _line("bias", "open", "bias_wide", **facts)  # fmt: skip


def _evenly(name: str, one: Even) -> Check:
    verdict: Verdict = "ok" if one.holds else "bad"
    facts = {"name": one.name, "seeds": f"{one.seeds:,}", "members": f"{one.members:,}", "chi": f"{one.chi:,.1f}", "away": f"{one.away:.2f}".replace("-", "−")}  # fmt: skip
    return _line(name, verdict, name if one.holds else f"{name}_not", **facts)


def _load(one: Load) -> Check:
    facts = {
        "pool": one.pool, "people": one.people, "least": one.least, "greatest": one.greatest, "spread": one.spread,
        "most": one.most, "barred": f"{float(one.barred):.0%}",
    }  # fmt: skip
    if one.most is not None and one.spread <= one.most:
        return _line("load", "ok", "load", **facts)
    return _line("load", "open", "load_wide", **facts)


def _declared(report: Fairness) -> list[Check]:
    if not report.loads and report.loads is not None:
        return []  # nobody goes anywhere: places by lot
    if report.declared is None:
        return [_line("declared", "open", "declared_hidden")]
    if not report.declared:
        return [_line("declared", "ok", "declared_none")]
    said = [one for one in report.declared if one.flagged] or report.declared[:1]
    return [
        _line(
            "declared", "open" if one.flagged else "ok", "declared_many" if one.flagged else "declared",
            iid=one.iid, pool=one.pool, pairs=one.pairs, subjects=one.subjects, share=f"{one.pairs / one.subjects:.1%}",
        )
        for one in said
    ]  # fmt: skip
