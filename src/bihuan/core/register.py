"""From the two registers to the files of a draw: who is drawn from, who is left out and why, who can go, who may not.

Everything is decided by the registers as they stand on one day and the rules in force then; nobody's choice is asked.
`sids` are 统一社会信用代码, `iids` the numbers of inspectors; both are 1 to 22 visible ASCII bytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bihuan.core.record import record
from bihuan.core.say import Say

NO_CLASS = "N"
CLASSES = {
    "A": Say("A 信用风险低", "A, low risk"), "B": Say("B 信用风险一般", "B, ordinary risk"), "C": Say("C 信用风险较高", "C, raised risk"),
    "D": Say("D 信用风险高", "D, high risk"), NO_CLASS: Say("没有分类", "no class"),
}  # fmt: skip
REASONS = {
    "CLOSED": Say("已注销", "cancelled"),
    "REVOKED": Say("已吊销", "licence revoked"),
    "ANNULLED": Say("登记已被撤销", "its registration was annulled"),
    "MOVED": Say("已迁出本区", "moved out of the district"),
    "CLOSING": Say("正在办理注销", "being cancelled"),
    "EXPIRED": Say("名录登记已经过期", "its entry in the register has run out"),
    "BRANCH": Say("与总部同一处经营，只列总部", "one place with its head office, which is listed"),
    "RECENT": Say("近 12 个月同一事项已经查过", "inspected for the same within the last 12 months"),
    "CAP": Say("本年检查次数已到上限", "the yearly cap of visits is reached"),
}
UNFIT = {
    "LAPSED": Say("执法证到期", "the certificate has lapsed"),
    "NO_POST": Say("没有执法人员岗位", "no post as an enforcement officer"),
    "NO_POOL": Say("没有这次要的专业", "none of the specialities wanted"),
    "AWAY": Say("抽取时不在岗", "away at the time of the draw"),
}
STATUS = {
    "existing": "", "cancelled": "CLOSED", "revoked": "REVOKED", "annulled": "ANNULLED", "moved": "MOVED", "closing": "CLOSING",
}  # fmt: skip


@record
class Listed:
    """A business on the register: `visits` of any department this year, `last` the Day it was inspected for this."""

    sid: str
    cls: str = ""
    status: str = "existing"
    until: int | None = None  # Day on which its entry runs out
    head: str = ""  # the head office that trades at the same place
    visits: int = 0
    last: int | None = None
    address: str = ""


@record
class Officer:
    """Somebody on the register of inspectors; `until` is the last Day of the certificate."""

    iid: str
    unit: str
    pools: tuple[str, ...]
    until: int
    posted: bool = True
    away: bool = False


@record
class Slot:
    """So many of one pool go to each; nobody gets more than `cap` in one draw."""

    pool: str
    count: int
    cap: int | None = None

    @property
    def text(self) -> str:
        return f"{self.pool}:{self.count}" + (f":{self.cap}" if self.cap else "")


@record
class Rules:
    """The rules in force: the ratio of each class, at least so many, the yearly cap, how many days count as lately."""

    ratios: Mapping[str, Fraction]
    least: int
    cap: int
    lately: int

    def row(self, cls: str, slots: Sequence[Slot]) -> tuple[str, int, int, int, str]:
        """A line of plan.tsv; KeyError for a class without a ratio."""
        ratio = self.ratios[cls]
        return cls, ratio.numerator, ratio.denominator, self.least, ",".join(slot.text for slot in slots)


@dataclass(frozen=True, slots=True)
class Count:
    """One class: on the register, drawn from, left out by reason; the first is the sum of the others."""

    cls: str
    listed: int
    subjects: int
    left_out: Mapping[str, int]
    drawn: int  # how many will be drawn

    @property
    def adds_up(self) -> bool:
        return self.listed == self.subjects + sum(self.left_out.values())


@dataclass(frozen=True, slots=True)
class Roster:
    """The files of a draw as rows, what was left out, and why it may not be drawn (`faults`) or deserves a look (`looks`)."""

    subjects: tuple[tuple[str, str], ...]
    excluded: tuple[tuple[str, str, str], ...]
    inspectors: tuple[tuple[str, str], ...]
    unfit: tuple[tuple[str, str], ...]
    avoid: tuple[tuple[str, str, str], ...]
    plan: tuple[tuple[str, int, int, int, str], ...]
    counts: tuple[Count, ...]
    short: tuple[str, ...]  # sids for which too few may go, before anybody is drawn
    faults: tuple[Say, ...]
    looks: tuple[Say, ...]


def why_left_out(one: Listed, rules: Rules, day: int, listed: Mapping[str, Listed]) -> str:
    """The reason code, "" where it is drawn from. What the register says of it comes before what was done to it.

    A branch stands behind its head office only where that one is there and is no branch itself, so that two that name
    each other do not both stay out. KeyError for an unknown status.
    """
    gone = _why_gone(one, day)
    if gone:
        return gone
    head = listed.get(one.head)
    if head is not None and not head.head and not _why_gone(head, day):
        return "BRANCH"
    if one.visits >= rules.cap:
        return "CAP"
    if one.last is not None and day - one.last < rules.lately:
        return "RECENT"
    return ""


def _why_gone(one: Listed, day: int) -> str:
    """Why the register says that it is not there on a Day; "" where it is."""
    lapsed = one.until is not None and one.until < day
    return STATUS[one.status] or ("EXPIRED" if lapsed else "")


def why_unfit(one: Officer, slots: Sequence[Slot], first: int, last: int) -> str:
    """Why somebody cannot be dealt for a task that runs on Days `first` to `last`; "" where they can."""
    if one.until < last:
        return "LAPSED"
    if not one.posted:
        return "NO_POST"
    if one.away:
        return "AWAY"
    return "" if any(slot.pool in one.pools for slot in slots) else "NO_POOL"


def build(
    listed: Iterable[Listed], officers: Iterable[Officer], declared: Iterable[tuple[str, str]],
    went: Iterable[tuple[str, str]], slots: Sequence[Slot], rules: Rules, first: int, last: int,
) -> Roster:  # fmt: skip
    """The roster of a task that runs on Days `first` to `last`: `declared` are relations (sid, iid) that inspectors
    declared, `went` who inspected whom lately or last time. The order of what is given plays no part."""
    known = {one.sid: one for one in listed}
    subjects: list[tuple[str, str]] = []
    excluded: list[tuple[str, str, str]] = []
    for sid, one in sorted(known.items()):
        cls = one.cls or NO_CLASS
        why = why_left_out(one, rules, first, known)
        if why:
            excluded.append((sid, cls, why))
        else:
            subjects.append((sid, cls))
    fit, unfit = [], []
    for who in sorted(officers, key=lambda each: each.iid):
        why = why_unfit(who, slots, first, last)
        if why:
            unfit.append((who.iid, why))
        else:
            fit.append(who)
    pools = deal_pools(fit, slots)
    avoid = _avoid({sid for sid, _ in subjects}, pools.keys(), declared, went)
    counts = _counts(known, subjects, excluded, rules)
    plan = tuple(rules.row(count.cls, slots) for count in counts if count.subjects)
    short = _short(avoid, pools, slots)
    return Roster(
        tuple(subjects), tuple(excluded), tuple(sorted(pools.items())), tuple(unfit), avoid, plan, counts, short,
        tuple(_faults(subjects, pools, slots)), tuple(_looks(known, subjects, short)),
    )  # fmt: skip


def deal_pools(fit: Sequence[Officer], slots: Sequence[Slot]) -> dict[str, str]:
    """Each inspector in one pool: who fits one pool only goes there; the others where most are wanted for each there."""
    pools: dict[str, str] = {}
    size: Counter[str] = Counter()
    wanted = {slot.pool: slot.count for slot in slots}
    choices = [
        (len(options), one.iid, options) for one in fit if (options := [p for p in wanted if p in one.pools])
    ]
    for _, iid, options in sorted(choices, key=lambda row: (row[0] > 1, row[1])):
        pool = min(options, key=lambda name: (Fraction(size[name], wanted[name]), options.index(name)))
        pools[iid] = pool
        size[pool] += 1
    return pools


def _avoid(
    sids: set[str], iids: Iterable[str], declared: Iterable[tuple[str, str]], went: Iterable[tuple[str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """One line for each pair; what was declared comes before having gone."""
    there, found = set(iids), {}
    for code, pairs in (("H", went), ("C", declared)):
        for sid, iid in pairs:
            if sid in sids and iid in there:
                found[sid, iid] = code
    return tuple((sid, iid, code) for (sid, iid), code in sorted(found.items()))


def _counts(
    known: Mapping[str, Listed], subjects: Sequence[tuple[str, str]], excluded: Sequence[tuple[str, str, str]], rules: Rules
) -> tuple[Count, ...]:  # fmt: skip
    everyone = Counter(one.cls or NO_CLASS for one in known.values())
    drawn_from = Counter(cls for _, cls in subjects)
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for _, cls, why in excluded:
        out[cls][why] += 1
    return tuple(
        Count(cls, everyone[cls], drawn_from[cls], dict(sorted(out[cls].items())), drawn(drawn_from[cls], rules, cls))
        for cls in sorted(everyone)
    )  # fmt: skip


def drawn(listed: int, rules: Rules, cls: str) -> int:
    """min(N, max(least, ⌈N · ratio⌉)), as the draw reckons it."""
    ratio = rules.ratios[cls]
    return min(listed, max(rules.least, -(-listed * ratio.numerator // ratio.denominator)))


def _short(
    avoid: Sequence[tuple[str, str, str]], pools: Mapping[str, str], slots: Sequence[Slot]
) -> tuple[str, ...]:
    """Businesses to which too few of a pool may go."""
    size, barred = Counter(pools.values()), Counter((sid, pools[iid]) for sid, iid, _ in avoid)
    return tuple(sorted({
        sid for (sid, pool), n in barred.items() for slot in slots if slot.pool == pool and size[pool] - n < slot.count
    }))  # fmt: skip


def _faults(subjects: Sequence[object], pools: Mapping[str, str], slots: Sequence[Slot]) -> Iterable[Say]:
    """Why there can be no draw."""
    if sum(slot.count for slot in slots) < 2:
        yield Say(
            "一次检查不得少于两人（行政处罚法§42）", "There are at least two inspectors (行政处罚法§42)"
        )
    size = Counter(pools.values())
    for slot in slots:
        if size[slot.pool] < slot.count:
            yield Say(
                f"人员池“{slot.pool}”只有 {size[slot.pool]} 人能去，一次要 {slot.count} 人，凑不齐",
                f"Only {size[slot.pool]} of the pool {slot.pool!r} can go, {slot.count} are wanted for each",
            )
    if not subjects:
        yield Say("没有可以抽的检查对象", "There is nobody to draw from")


def _looks(
    known: Mapping[str, Listed], subjects: Sequence[tuple[str, str]], short: Sequence[str]
) -> Iterable[Say]:
    """What does not stand in the way and deserves a look."""
    if short:
        yield Say(
            f"{len(short)} 户能去的人不够（都要回避），抽中了会写明缺人：{'、'.join(short[:5])}",
            f"Too few may go to {len(short)} (all the others must avoid); if drawn they are shown as short: {', '.join(short[:5])}",
        )
    places = Counter(known[sid].address for sid, _ in subjects if known[sid].address)
    shared = {place: n for place, n in places.items() if n > 1}
    if shared:
        place, n = max(sorted(shared.items()), key=lambda row: row[1])
        yield Say(
            f"{len(shared)} 个住所登记了不止一户，最多的一处 {n} 户（{place}）：一址多照，各抽各的，同时抽中的一次去",
            f"{len(shared)} addresses have more than one business, {n} at most ({place}): each has its own chance",
        )
